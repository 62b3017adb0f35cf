package lightspeed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// scalar is one value in any form the vendor writes it: nominally every scalar
// is a string, in practice numbers, booleans, null and "" occur as well.
// Decoding never fails, so that one bad value spoils its row and not the page.
type scalar struct {
	text    string
	present bool // the key was there
	bad     bool // an object or a list stood there
}

// optional is the scalar for a field whose absence means nothing.
func (s scalar) optional() scalar {
	s.present = true
	return s
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *scalar) UnmarshalJSON(b []byte) error {
	*s = scalar{present: true}
	switch b[0] {
	case 'n': // null is no value, but the field is there
	case '{', '[':
		// PHP writes an empty value also as an empty object or list.
		s.bad = !isEmpty(b)
	case '"':
		if bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b) {
			s.text = string(b[1 : len(b)-1])
			return nil
		}
		if err := json.Unmarshal(b, &s.text); err != nil {
			return err
		}
		// No text of the vendor's has a reason to contain NUL, and PostgreSQL refuses it.
		s.text = strings.ReplaceAll(s.text, "\x00", "")
	default:
		s.text = string(b)
	}
	return nil
}

// isEmpty reports whether b is one of the spellings of nothing.
func isEmpty(b []byte) bool {
	switch b[0] {
	case '{', '[':
		return len(bytes.TrimSpace(b[1:len(b)-1])) == 0
	}
	return string(b) == "null" || string(b) == `""`
}

// errDamaged marks a row without its id, or without a field that every such
// row has. Part of the answer got lost, so the whole page cannot be trusted:
// reading on would take what is missing for empty or zero.
var errDamaged = errors.New("missing")

// reader converts the scalars of one row and keeps the first failure, so that
// a row's conversion reads as a plain list of its fields. A field that is not
// there at all is damage unless it is read as [scalar.optional]; empty is a value.
type reader struct{ err error }

func (r *reader) fail(field string, s scalar, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s is not %s", field, strconv.QuoteToASCII(foreignText(s.text)), want)
	}
}

// damaged reports a missing field, whatever else is wrong with the row.
func (r *reader) damaged(field string) {
	if !errors.Is(r.err, errDamaged) {
		r.err = fmt.Errorf("%s: %w", field, errDamaged)
	}
}

// blank reports whether there is no value to convert.
func (r *reader) blank(field string, s scalar) bool {
	if !s.present {
		r.damaged(field)
	}
	return s.text == "" && !s.bad
}

// primaryID reads the id of the row itself.
func (r *reader) primaryID(field string, s scalar) int64 {
	n, ok := whole(s)
	if !ok || n <= 0 {
		r.damaged(field)
	}
	return n
}

// foreignID reads a reference that the row makes no sense without; 0 is a value.
func (r *reader) foreignID(field string, s scalar) int64 {
	if !s.present {
		r.damaged(field)
	}
	n, ok := whole(s)
	if !ok || n < 0 {
		r.fail(field, s, "an id")
	}
	return n
}

// id reads a reference: empty and 0 mean unset.
func (r *reader) id(field string, s scalar) int64 {
	if r.blank(field, s) {
		return 0
	}
	return r.foreignID(field, s)
}

// count reads a whole number, nil when it is empty.
func (r *reader) count(field string, s scalar) *int64 {
	if r.blank(field, s) {
		return nil
	}
	n, ok := whole(s)
	if !ok {
		r.fail(field, s, "a whole number")
	}
	return &n
}

// whole accepts "3" and, as a float turned text may look, "3.0".
func whole(s scalar) (int64, bool) {
	if n, err := strconv.ParseInt(s.text, 10, 64); err == nil {
		return n, true
	}
	d, ok := number(s)
	if !ok || !d.IsInteger() || d.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt64)) {
		return 0, false
	}
	return d.IntPart(), true
}

const (
	maxDigits   = 40
	maxExponent = 30
)

// number bounds what it accepts: a short text with a large exponent would
// become a number of that many digits when printed.
func number(s scalar) (decimal.Decimal, bool) {
	if s.bad || s.text == "" || len(s.text) > maxDigits {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(s.text)
	if err != nil || d.Exponent() > maxExponent || d.Exponent() < -maxExponent {
		return decimal.Zero, false
	}
	return d, true
}

// money reads an amount; empty is zero.
func (r *reader) money(field string, s scalar) decimal.Decimal {
	if r.blank(field, s) {
		return decimal.Zero
	}
	d, ok := number(s)
	if !ok {
		r.fail(field, s, "an amount")
	}
	return d
}

// boolean reads a flag, which has no empty form: guessing either way would do harm.
func (r *reader) boolean(field string, s scalar) bool {
	if !s.present {
		r.damaged(field)
	}
	switch strings.ToLower(s.text) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	r.fail(field, s, "true or false")
	return false
}

// flag reads a boolean whose absence means false.
func (r *reader) flag(field string, s scalar) bool {
	if s.text == "" && !s.bad {
		return false
	}
	return r.boolean(field, s)
}

// text reads a string.
func (r *reader) text(field string, s scalar) string {
	if !r.blank(field, s) && s.bad {
		r.fail(field, s, "a text")
	}
	return s.text
}

// timeLayouts: the first is the vendor's own, the others appear in its documentation.
var timeLayouts = [...]string{time.RFC3339, "2006-01-02T15:04:05-0700"}

// time reads a date-time into UTC; empty is the zero time.
func (r *reader) time(field string, s scalar) time.Time {
	if r.blank(field, s) {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s.text); err == nil {
			return t.UTC()
		}
	}
	r.fail(field, s, "a time")
	return time.Time{}
}
