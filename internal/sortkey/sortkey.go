// Package sortkey makes keys that both databases sort alike: the natural order of texts, in which "Tube 9" comes before "Tube 10" and
// case and accents make no difference, and the paths of categories, in which those below another follow it.
//
// A key is written in the digits 0 to 9 and a to f: these have the same order in every collation.
package sortkey

import (
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"possync/internal/text"
)

// maxBytes bounds what is compared of a text, so that a key fits into an index. No brand is longer.
const maxBytes = 255

// Of returns the key of a text. Keys are equal for texts that differ in case, accents or white space alone, and for such that have
// the first 255 bytes in common.
func Of(s string) string {
	s = fold(s)
	if len(s) > maxBytes {
		s = s[:maxBytes]
	}
	key, zeros := make([]byte, 0, len(s)+8), []byte{0}
	padded := false
	for len(s) > 0 {
		digits := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
		if digits == "" {
			key, s = append(key, s[0]), s[1:]
			continue
		}
		s = s[len(digits):]
		number := strings.TrimLeft(digits, "0")
		// A number with more digits is greater. Zeros before it decide last.
		key = append(append(key, '0', byte(len(number))), number...)
		zeros = append(zeros, byte(len(digits)-len(number)))
		padded = padded || len(digits) > len(number)
	}
	if padded {
		key = append(key, zeros...)
	}
	return hex.EncodeToString(key)
}

func fold(s string) string {
	s = text.FoldName(s)
	if text.ASCII(s) {
		return s
	}
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return plain
}

// behind ends each name in a path. No name contains it.
const behind = "\x01"

// Names splits a category into the names on its path, such as "Bikes/Road" or "Bikes > Road".
func Names(category string) []string {
	var names []string
	for _, name := range strings.FieldsFunc(category, func(r rune) bool { return r == '/' || r == '>' }) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Path returns the path of a category, the same for each way to write it; empty for none.
func Path(category string) string {
	var b strings.Builder
	for _, name := range Names(category) {
		b.WriteString(strings.ReplaceAll(text.FoldName(name), behind, "") + behind)
	}
	return hex.EncodeToString([]byte(b.String()))
}

// Below returns what the paths of a category and of those below it lie between: they are not less than from, and less than to.
func Below(category string) (from, to string) {
	from = Path(category)
	return from, from + "g"
}
