package text

import (
	"strings"
	"unicode"
)

const (
	fewestPhoneDigits   = 7 // that distinguish people
	nationalPhoneDigits = 9 // that do so in a whole country
)

// PhoneKey returns the digits of a phone number that people are found by: without the zeros before them, which are dialled or left
// out, and without an extension. It is empty where they distinguish nobody: where there are fewer than seven, or the last seven are
// all the same, as people type them when a form asks for a number.
func PhoneKey(phone string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(phone, "(0)", "") {
		if b.Len() > 0 && (unicode.IsLetter(r) || strings.ContainsRune("#;,", r)) {
			break // an extension
		}
		if '0' <= r && r <= '9' {
			b.WriteRune(r)
		}
	}
	key := strings.TrimLeft(b.String(), "0")
	if len(key) < fewestPhoneDigits {
		return ""
	}
	if last := key[len(key)-fewestPhoneDigits:]; strings.Count(last, last[:1]) == len(last) {
		return ""
	}
	return key
}

// SamePhone reports whether two texts are one phone number: their keys are equal, or one of them has the prefix of its country and
// the other has not. A text without a key is no phone number.
func SamePhone(a, b string) bool {
	short, long := PhoneKey(a), PhoneKey(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	prefix, ends := strings.CutSuffix(long, short)
	switch {
	case short == "" || !ends:
		return false
	case prefix == "":
		return true
	default:
		return len(short) >= nationalPhoneDigits && (countryCode(prefix) || countryCode(strings.TrimSuffix(prefix, "0"))) // as in +44 020
	}
}

// countryCode reports whether a country can have the code: 1 and 7 are codes of one digit, with which no longer ones begin.
func countryCode(prefix string) bool {
	if strings.HasPrefix(prefix, "1") || strings.HasPrefix(prefix, "7") {
		return len(prefix) == 1
	}
	return len(prefix) == 2 || len(prefix) == 3
}
