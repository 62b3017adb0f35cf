package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldName returns what names that people take for the same have in common: case, white space and the form in which Unicode
// writes a letter make no difference.
func FoldName(name string) string {
	folded := strings.ToLower(name)
	if !ASCII(name) { // most names are, and folding others takes a hundred times as long
		folded = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))
	}
	return strings.Join(strings.Fields(folded), " ")
}

// ASCII reports whether a text has only letters, digits and signs of ASCII.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
