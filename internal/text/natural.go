package text

import (
	"fmt"
	"strings"
	"unicode"
)

const (
	maxNatural = 200 // characters of a key
	maxDigits  = 99  // of a number within it
)

// Natural returns a key by which texts sort as people sort them: regardless of upper and lower case, and numbers by their values, so
// that N-9 comes before N-10.
func Natural(s string) string {
	var key strings.Builder
	digits := ""
	number := func() {
		if digits == "" {
			return
		}
		digits = strings.TrimLeft(digits, "0")
		fmt.Fprintf(&key, "%02d%s", min(len(digits), maxDigits), digits) // a longer number is greater
		digits = ""
	}
	for _, r := range First(s, maxNatural) {
		if '0' <= r && r <= '9' {
			digits += string(r)
			continue
		}
		number()
		key.WriteRune(unicode.ToLower(r))
	}
	number()
	return First(key.String(), maxNatural)
}
