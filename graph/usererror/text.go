package usererror

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"possync/internal/message"
)

// Bounds are the limits of a text.
type Bounds struct {
	Least, Most int // characters (runes)
	Bytes       int // that the stored column takes; 0 = as many as Most characters can have
}

// Text reads a text that a person wrote: spaces around it are dropped, and it must keep to the bounds and have no
// characters that control devices. It returns the text as it should be stored, and notes in the list what is wrong.
func (l *List) Text(text string, b Bounds, path ...any) string {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	switch {
	case !Printable(text):
		l.Add(Invalid, "The text contains invisible control characters. Remove them.", path...)
	case n == 0 && b.Least > 0:
		l.Add(Invalid, "The text must not be empty.", path...)
	case n < b.Least:
		l.Say(Invalid, "The text must have at least {least} characters.", message.Values{"least": b.Least}, path...)
	case n > b.Most:
		l.Say(Invalid, "The text can have at most {limit} characters. It has {length}.", message.Values{"limit": b.Most, "length": n}, path...)
	case b.Bytes > 0 && len(text) > b.Bytes:
		l.Say(Invalid, "The text is too long: it can take at most {limit} bytes, and it takes {length}. Letters other than a to z take several bytes.", message.Values{"limit": b.Bytes, "length": len(text)}, path...)
	}
	return text
}

// Storable reports whether both databases can hold and compare the text: valid Unicode without the character zero.
func Storable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// Printable reports whether the text is valid Unicode without control characters.
func Printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
