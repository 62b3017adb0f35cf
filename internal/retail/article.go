package retail

import (
	"slices"
	"unicode/utf8"
)

// Article holds the words of an item or a product, as they were written.
type Article struct {
	Name     string // an item's description, a product's name
	Brand    string
	Category string // may be a path
	Part     string // the manufacturer's part number

	Size, Color string // of the variant, where the record has them apart from its name
}

// minPartLength is how many letters and digits a part number needs to identify a product without its brand.
const minPartLength = 4

// words returns the words of the name and of the variant, each of the latter's only if the name does not have it.
func (a Article) words() []string {
	said := wording(a.Name)
	for _, w := range append(wording(a.Size), wording(a.Color)...) {
		if !in(said)(w) {
			said = append(said, w)
		}
	}
	return said
}

// samePart reports whether an item and a product have the same brand and part number, or the same part number if that has at
// least four letters and digits.
func samePart(i ItemCodes, p ProductCodes) bool {
	if i.MPN != "" && i.MPN == p.MPN {
		return true
	}
	part := normalisePart(i.Article.Part)
	return utf8.RuneCountInString(part) >= minPartLength && part == normalisePart(p.Article.Part)
}

// sameArticle reports whether the words of two records can mean the same article. It needs no list of sizes, colours or
// words of a language: it checks whether each name says something that the other does not.
//
// Words are compared without case, accents and punctuation. Numbers are separate words (700x25 is 700, x, 25). A size or a
// colour is the same however it is usually written, see [wording], and a word may be abbreviated, see [sameWord]. Words of the brand do not count, nor does a word of one name that is in the other
// record's category instead. Then
//
//   - the brands, if both are known, must have a word in common;
//   - both names must have the same words in any order, or the shorter must be a piece of the longer: a name may say more at
//     its ends (a colour that the other leaves out), but an extra word in the middle makes another article;
//   - these must be at least two words, or one if the brands are known and the same.
//
// So a record without a name is never the same as another.
func sameArticle(a, b Article) bool {
	brandA, brandB := wording(a.Brand), wording(b.Brand)
	enough := 2
	if len(brandA) > 0 && len(brandB) > 0 {
		if !slices.ContainsFunc(brandA, in(brandB)) {
			return false
		}
		enough = 1
	}
	nameA, nameB := a.words(), b.words()
	own := func(name, other []string, category string) []string {
		elsewhere := wording(category)
		return slices.DeleteFunc(slices.Clone(name), func(w string) bool {
			return in(brandA)(w) || in(brandB)(w) || in(elsewhere)(w) && !in(other)(w)
		})
	}
	short, long := own(nameA, nameB, b.Category), own(nameB, nameA, a.Category)
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(short) >= enough && (isPiece(short, long) || sameWords(short, long))
}

// isPiece reports whether long contains the words of short, side by side and in their order.
func isPiece(short, long []string) bool {
	for at := range len(long) - len(short) + 1 {
		if slices.EqualFunc(short, long[at:at+len(short)], sameWord) {
			return true
		}
	}
	return false
}

// sameWords reports whether the two have the same words in any order.
func sameWords(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	left := slices.Clone(b)
	for _, w := range a {
		at := slices.Index(left, w)
		if at < 0 {
			at = slices.IndexFunc(left, func(other string) bool { return sameWord(w, other) })
		}
		if at < 0 {
			return false
		}
		left = slices.Delete(left, at, at+1)
	}
	return true
}
