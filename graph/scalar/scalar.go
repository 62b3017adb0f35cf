// Package scalar reads and writes the API's scalars for exact decimals, UTC instants and cursors.
package scalar

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"
)

// maxDecimal bounds the characters of a decimal number: more than any amount of money needs.
const maxDecimal = 40

// decimalForm is a number without exponent: digits, and at most one point among them.
var decimalForm = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// MarshalDecimal writes a number as a string without exponent.
func MarshalDecimal(d decimal.Decimal) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) })
}

// UnmarshalDecimal reads a number from a string of at most 40 characters without exponent. JSON numbers are refused:
// what is between here and the sender may have made floats of them.
func UnmarshalDecimal(v any) (decimal.Decimal, error) {
	s, ok := v.(string)
	if !ok || len(s) > maxDecimal || !decimalForm.MatchString(s) {
		return decimal.Decimal{}, errors.New(`must be a decimal number as a string, such as "12.50"`)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Decimal{}, errors.New(`must be a decimal number as a string, such as "12.50"`)
	}
	return d, nil
}

// MarshalDateTime writes an instant in UTC, to the microsecond where it has one.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)))
	})
}

// UnmarshalDateTime reads an RFC 3339 instant of any offset.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, errors.New(`must be a date and time such as "2026-05-02T18:20:31Z"`)
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf(`must be a date and time such as "2026-05-02T18:20:31Z", not %.40q`, s)
	}
	return t.UTC().Truncate(time.Microsecond), nil
}
