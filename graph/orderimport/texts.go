package orderimport

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"possync/internal/retail"
	"possync/internal/text"
)

// How many characters of what people typed are stored.
const (
	maxName        = 1000 // names, e-mail addresses and the lines of postal addresses
	maxPhone       = 200
	maxMethod      = retail.MaxPaymentMethod // also bytes, as its column takes
	maxDescription = 5000
	maxNote        = 20_000
)

// texts reads what people typed. It never holds an order up: what a database cannot store is left out, and what is too long is cut.
type texts struct{ cut []string } // what was cut, for people

// keep returns the text as it is stored, up to so many characters: empty where it shows nothing. Breaks of lines become spaces.
func (t *texts) keep(typed *string, most int, what string) string {
	return t.keepWithin(typed, most, most*utf8.UTFMax, what)
}

// keepWithin is keep of a text whose column takes so many bytes.
func (t *texts) keepWithin(typed *string, most, bytes int, what string) string {
	if typed == nil {
		return ""
	}
	whole := strings.TrimFunc(flat.Replace(text.Clean(*typed)), invisible)
	kept := text.Clip(text.First(whole, most), bytes)
	if len(kept) == len(whole) {
		return whole
	}
	if !slices.Contains(t.cut, what) {
		t.cut = append(t.cut, what)
	}
	return strings.TrimFunc(kept, invisible)
}

// invisible reports whether a character shows nothing.
func invisible(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
