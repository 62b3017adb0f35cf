package lightspeed

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// errMissing marks a row without a field that we cannot do without: reading on would take what is missing for empty or
// zero.
var errMissing = errors.New("missing")

// row reads the fields of one object and keeps the first error, so that a decoder is a plain list of fields.
//
// Every scalar should be a string. Numbers, booleans and null occur too and are read alike. A decoder names as few
// fields as it can as required: an opt… method reads a field that may be missing, null or empty. A field that nobody
// uses is not read at all.
type row struct {
	members []member
	id      string // of the row, for messages
	err     error
}

// read begins with another object.
func (r *row) read(v value) {
	r.members, r.id, r.err = r.members[:0], "", nil
	for m := range v.members() {
		r.members = append(r.members, m)
	}
}

// field returns the value of a field, found as by [value.get].
func (r *row) field(name string) (v value, ok bool) {
	for i := len(r.members) - 1; i >= 0; i-- {
		if string(r.members[i].key) == name {
			return r.members[i].value, true
		}
	}
	for i := len(r.members) - 1; i >= 0; i-- {
		if k := r.members[i].key; len(k) == len(name) && bytes.EqualFold(k, []byte(name)) {
			return r.members[i].value, true
		}
	}
	return nil, false
}

// scalar is the text of a required field; empty if it is null or no scalar.
func (r *row) scalar(name string) []byte {
	v, ok := r.field(name)
	if !ok {
		r.missing(name)
	}
	return r.textOf(name, v)
}

// optScalar is the text of a field that may be missing; empty if it is.
func (r *row) optScalar(name string) []byte {
	v, _ := r.field(name)
	return r.textOf(name, v)
}

func (r *row) textOf(name string, v value) []byte {
	switch {
	case v.isEmpty(): // PHP may write an empty value as an empty object or list
		return nil
	case v.isObject() || v.isList():
		r.fail(name, v, "a scalar")
		return nil
	}
	return v.text()
}

func (r *row) fail(name string, text []byte, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("field %s: %s is not %s", name, strconv.QuoteToASCII(foreignText(string(text[:min(len(text), maxMessage)]))), want)
	}
}

// missing reports a missing field, whatever else is wrong with the row.
func (r *row) missing(name string) {
	if !errors.Is(r.err, errMissing) {
		r.err = fmt.Errorf("field %s is %w", name, errMissing)
	}
}

// primaryID reads the id of the row itself.
func (r *row) primaryID(name string) int64 {
	text := r.scalar(name)
	n, ok := whole(text)
	if !ok || n <= 0 {
		r.missing(name)
		return 0
	}
	r.id = string(text)
	return n
}

// foreignID reads a required reference; 0 is a value.
func (r *row) foreignID(name string) int64 {
	text := r.scalar(name)
	if len(text) == 0 {
		r.missing(name)
		return 0
	}
	return r.idOf(name, text)
}

// idOrNone reads a required reference that may be empty; 0 = none.
func (r *row) idOrNone(name string) int64 {
	if text := r.scalar(name); len(text) > 0 {
		return r.idOf(name, text)
	}
	return 0
}

// optID reads a reference that may be missing; 0 = none.
func (r *row) optID(name string) int64 {
	if text := r.optScalar(name); len(text) > 0 {
		return r.idOf(name, text)
	}
	return 0
}

func (r *row) idOf(name string, text []byte) int64 {
	n, ok := whole(text)
	if !ok || n < 0 {
		r.fail(name, text, "an id")
	}
	return n
}

// units reads a required whole number.
func (r *row) units(name string) int64 {
	if n := r.count(name); n != nil {
		return *n
	}
	r.missing(name)
	return 0
}

// count reads a required whole number; nil if it is empty.
func (r *row) count(name string) *int64 { return r.countOf(name, r.scalar(name)) }

// optCount reads a whole number that may be missing; nil if it is.
func (r *row) optCount(name string) *int64 { return r.countOf(name, r.optScalar(name)) }

func (r *row) countOf(name string, text []byte) *int64 {
	if len(text) == 0 {
		return nil
	}
	n, ok := whole(text)
	if !ok {
		r.fail(name, text, "a whole number")
	}
	return &n
}

// whole reads "3", and also "3.0", which a number may become on its way.
func whole(text []byte) (int64, bool) {
	if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		return n, true
	}
	d, ok := number(text)
	if !ok || !d.IsInteger() || d.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt64)) {
		return 0, false
	}
	return d.IntPart(), true
}

const (
	maxDigits   = 40
	maxExponent = 30
)

// number reads a number of limited size: with a large exponent a short text would become a number of that many digits.
func number(text []byte) (decimal.Decimal, bool) {
	if len(text) == 0 || len(text) > maxDigits {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(string(text))
	if err != nil || d.Exponent() > maxExponent || d.Exponent() < -maxExponent {
		return decimal.Zero, false
	}
	return d, true
}

// sum reads a required amount.
func (r *row) sum(name string) decimal.Decimal {
	d, sent := r.money(name)
	if !sent {
		r.missing(name)
	}
	return d
}

// optSum reads an amount that is zero when it is missing.
func (r *row) optSum(name string) decimal.Decimal {
	d, _ := r.moneyOf(name, r.optScalar(name))
	return d
}

// money reads a required amount that may be empty, and whether there is one.
func (r *row) money(name string) (amount decimal.Decimal, sent bool) {
	return r.moneyOf(name, r.scalar(name))
}

func (r *row) moneyOf(name string, text []byte) (amount decimal.Decimal, sent bool) {
	if len(text) == 0 {
		return decimal.Zero, false
	}
	d, ok := number(text)
	if !ok {
		r.fail(name, text, "an amount")
	}
	return d, ok
}

// boolean reads a required flag. It has no empty form: guessing either way would do harm.
func (r *row) boolean(name string) bool {
	text := r.scalar(name)
	if len(text) == 0 {
		r.missing(name)
		return false
	}
	return r.booleanOf(name, text)
}

// flag reads a boolean that is false if it is missing or empty.
func (r *row) flag(name string) bool {
	text := r.optScalar(name)
	return len(text) > 0 && r.booleanOf(name, text)
}

func (r *row) booleanOf(name string, text []byte) bool {
	switch string(text) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	r.fail(name, text, "true or false")
	return false
}

// text reads a required string.
func (r *row) text(name string) string { return string(r.scalar(name)) }

// optText reads a string that may be missing.
func (r *row) optText(name string) string { return string(r.optScalar(name)) }

// time reads a required date and time into UTC; the zero time if it is empty.
func (r *row) time(name string) time.Time { return r.timeOf(name, r.scalar(name)) }

// optTime reads a date and time that may be missing.
func (r *row) optTime(name string) time.Time { return r.timeOf(name, r.optScalar(name)) }

func (r *row) timeOf(name string, text []byte) time.Time {
	if len(text) == 0 {
		return time.Time{}
	}
	// The first is the usual form, the other appears in the documentation.
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			return t.UTC()
		}
	}
	r.fail(name, text, "a time")
	return time.Time{}
}
