// Package searchtext makes the text that searches look in. Rows store it, so that a search reads one short column and gives the
// same result in both databases, whatever their rules for upper and lower case.
package searchtext

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"possync/internal/text"
)

// maxBytes bounds a text, in characters, so that it fits into an index of either database.
const maxBytes = 600

// Of returns the text of a row whose parts can be searched, the most important first: what is beyond 600 characters is not
// found. No search finds the end of one part with the beginning of the next.
func Of(parts ...string) string {
	return text.First(Fold(strings.Join(parts, "\n")), maxBytes)
}

// OfProduct returns the text of a product.
func OfProduct(key, gtin1, gtin2, mpn, brand, name string) string {
	return Of(gtin1, gtin2, mpn, key, brand, name)
}

// Words returns what to look for, each on its own, when a person types several words in whatever order. Those that few rows have come
// first, by guess: numbers, then long words. The database then asks most rows for one word alone.
func Words(typed string) []string {
	words := strings.Fields(Fold(typed))
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(digits(b), digits(a)), cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	return slices.Compact(words)
}

func digits(word string) int {
	return len(word) - len(strings.TrimFunc(word, unicode.IsDigit))
}

// Fold returns what to look for in texts when a person types this.
func Fold(typed string) string { return strings.Map(unicode.ToLower, typed) }
