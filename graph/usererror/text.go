package usererror

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text reads a text that a person wrote: spaces around it are dropped, and it must have from least to most characters
// (runes) and none that control devices. It returns the text as it should be stored, and notes in the list what is wrong.
func (l *List) Text(text string, least, most int, path ...any) string {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case !Printable(text):
		l.Add(Invalid, "The text has characters that cannot be shown. Remove them.", path...)
	case n < least:
		l.Add(Invalid, "The text must not be empty.", path...)
	case n > most:
		l.Add(Invalid, fmt.Sprintf("The text may have at most %d characters, not %d.", most, n), path...)
	}
	return text
}

// Storable reports whether both databases can hold and compare the text: valid Unicode without the character zero.
func Storable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// Printable reports whether the text is valid Unicode without control characters.
func Printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
