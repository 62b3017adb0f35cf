package orderimport

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"possync/internal/text"
)

// How many characters of what people typed are stored.
const (
	maxName        = 1000 // names, e-mail addresses and the lines of postal addresses
	maxPhone       = 200
	maxMethod      = 1000
	maxDescription = 5000
	maxNote        = 20_000
)

// texts reads what people typed. It never holds an order up: what a database cannot store is left out, and what is too long is cut.
type texts struct{ cut []string } // what was cut, for people

// keep returns the text as it is stored: empty where it shows nothing. Breaks of lines become spaces.
func (t *texts) keep(typed *string, most int, what string) string {
	if typed == nil {
		return ""
	}
	kept := strings.TrimFunc(flat.Replace(text.Clean(*typed)), invisible)
	if utf8.RuneCountInString(kept) <= most {
		return kept
	}
	if !slices.Contains(t.cut, what) {
		t.cut = append(t.cut, what)
	}
	return strings.TrimFunc(text.First(kept, most), invisible)
}

// invisible reports whether a character shows nothing.
func invisible(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
