package sandbox

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// kind is what a field means. In JSON every kind is a string.
type kind uint8

const (
	kindInt kind = iota
	kindBool
	kindDecimal // money and factors, in millionths
	kindText
	kindTime  // seconds since 1970; 0 is "unset", and its key is left out
	kindExact // amounts and rates with more than six decimals, as their shortest decimal text
)

// value is the value of a field: text and exact decimals are in s, everything else is in n.
type value struct {
	n int64
	s string
}

func intValue[T ~int | ~int32 | ~int64](n T) value { return value{n: int64(n)} }

func boolValue(b bool) value {
	if b {
		return value{n: 1}
	}
	return value{}
}

func textValue(s string) value { return value{s: s} }

func exactValue(d decimal.Decimal) value { return value{s: d.String()} }

// exact is the number of a value of kindExact.
func (v value) exact() decimal.Decimal {
	d, err := decimal.NewFromString(v.s)
	if err != nil {
		return decimal.Zero // the zero value
	}
	return d
}

func compareValues(k kind, a, b value) int {
	switch k {
	case kindText:
		return cmp.Compare(a.s, b.s)
	case kindExact:
		return a.exact().Cmp(b.exact())
	}
	return cmp.Compare(a.n, b.n)
}

// money is an amount in millionths of the account's currency.
type money int64

const moneyScale = 1_000_000

// Decimal is the amount as a decimal number.
func (m money) Decimal() decimal.Decimal { return decimal.New(int64(m), -6) }

// maxAmount is the largest amount. Products of it still fit into 64 bits.
func maxAmount() decimal.Decimal { return decimal.New(1, 9) }

func moneyOf(d decimal.Decimal) money { return money(d.Round(6).Shift(6).IntPart()) }

// appendMoney writes the shortest decimal text, as Lightspeed does: 13.95, 6.5, 0.
func appendMoney(buf []byte, n int64) []byte {
	if n < 0 {
		buf = append(buf, '-')
		n = -n
	}
	buf = strconv.AppendInt(buf, n/moneyScale, 10)
	frac := n % moneyScale
	if frac == 0 {
		return buf
	}
	buf = append(buf, '.')
	for digit := int64(moneyScale / 10); frac > 0; digit /= 10 {
		buf = append(buf, byte('0'+frac/digit))
		frac %= digit
	}
	return buf
}

// timeForm is Lightspeed's form of a time: UTC, whole seconds.
const timeForm = "2006-01-02T15:04:05+00:00"

func appendTime(buf []byte, unix int64) []byte {
	return time.Unix(unix, 0).UTC().AppendFormat(buf, timeForm)
}

// appendScalar writes a value as it is in JSON, without quotes.
func appendScalar(buf []byte, k kind, v value) []byte {
	switch k {
	case kindBool:
		return strconv.AppendBool(buf, v.n != 0)
	case kindDecimal:
		return appendMoney(buf, v.n)
	case kindText:
		return appendEscaped(buf, v.s)
	case kindExact:
		if v.s == "" {
			return append(buf, '0')
		}
		return append(buf, v.s...)
	case kindTime:
		return appendTime(buf, v.n)
	default:
		return strconv.AppendInt(buf, v.n, 10)
	}
}

// appendString writes s as a JSON string.
func appendString(buf []byte, s string) []byte {
	buf = append(buf, '"')
	return append(appendEscaped(buf, s), '"')
}

// appendEscaped escapes as PHP does by default, slashes too.
func appendEscaped(buf []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				buf = append(buf, `\ufffd`...)
			} else {
				buf = append(buf, s[i:i+n]...)
			}
			i += n
			continue
		}
		switch {
		case c == '"' || c == '\\' || c == '/':
			buf = append(buf, '\\', c)
		case c == '\n':
			buf = append(buf, '\\', 'n')
		case c == '\t':
			buf = append(buf, '\\', 't')
		case c < 0x20:
			buf = append(buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			buf = append(buf, c)
		}
		i++
	}
	return buf
}

var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02"}

// maxPlaces is how many decimals an amount or a rate in a request may have.
const maxPlaces = 12

// parseExact reads a decimal number without rounding it; empty is zero.
func parseExact(s string) (decimal.Decimal, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return decimal.Zero, nil
	}
	d, err := decimal.NewFromString(s)
	if err != nil || d.Exponent() < -maxPlaces || d.Exponent() > maxPlaces || d.Abs().GreaterThan(maxAmount()) {
		return decimal.Zero, fmt.Errorf("%q is not a decimal number", s)
	}
	return d, nil
}

// parseValue reads a value as it stands in a query or a body.
func parseValue(k kind, s string) (value, error) {
	switch k {
	case kindText:
		return value{s: s}, nil
	case kindBool:
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "true", "1":
			return value{n: 1}, nil
		case "false", "0", "":
			return value{}, nil
		}
		return value{}, fmt.Errorf("%q is not a boolean", s)
	case kindDecimal:
		if strings.TrimSpace(s) == "" {
			return value{}, nil
		}
		d, err := decimal.NewFromString(strings.TrimSpace(s))
		if err != nil || d.Abs().GreaterThan(maxAmount()) {
			return value{}, fmt.Errorf("%q is not a decimal number", s)
		}
		return value{n: int64(moneyOf(d))}, nil
	case kindExact:
		d, err := parseExact(s)
		return exactValue(d), err
	case kindTime:
		for _, form := range timeForms {
			if t, err := time.Parse(form, strings.TrimSpace(s)); err == nil {
				return value{n: t.Unix()}, nil
			}
		}
		return value{}, fmt.Errorf("%q is not a date and time", s)
	default:
		if strings.TrimSpace(s) == "" {
			return value{}, nil
		}
		n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		if err != nil {
			return value{}, fmt.Errorf("%q is not an integer", s)
		}
		return value{n: n}, nil
	}
}
