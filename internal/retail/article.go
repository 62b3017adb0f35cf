package retail

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Article holds the words of an item or a product, as they were written.
type Article struct {
	Name     string // an item's description, a product's name
	Brand    string
	Category string // may be a path
	Part     string // the manufacturer's part number
}

// minPartLength is how many letters and digits a part number needs to identify a product without its brand.
const minPartLength = 4

// supportedByWords reports whether anything besides one shared GTIN supports that the item is the product. Barcode numbers are
// often copied from one item to another, mostly within a family of sizes and colours, so one alone is not enough. Any of
// these is:
//
//   - the same brand and part number, or the same part number if that has at least four letters and digits;
//   - a second GTIN that they share;
//   - words that say the same, see [sameArticle].
func supportedByWords(i ItemCodes, p ProductCodes) bool {
	if i.MPN != "" && i.MPN == p.MPN {
		return true
	}
	if part := normaliseCode(i.Article.Part); utf8.RuneCountInString(part) >= minPartLength && part == normaliseCode(p.Article.Part) {
		return true
	}
	has := func(code GTIN) bool { return code != "" && (code == p.GTIN1 || code == p.GTIN2) }
	return i.UPC != i.EAN && has(i.UPC) && has(i.EAN) || sameArticle(i.Article, p.Article)
}

// sameArticle reports whether the words of two records can mean the same article. It needs no list of sizes, colours or
// words of a language: it checks whether each name says something that the other does not.
//
// Words are compared without case, accents and punctuation. Numbers are separate words (700x25 is 700, x, 25). A word may
// be abbreviated, see [sameWord]. Words of the brand do not count, nor does a word of one name that is in the other
// record's category instead. Then
//
//   - the brands, if both are known, must have a word in common;
//   - both names must have the same words in any order, or the shorter must be a piece of the longer: a name may say more at
//     its ends (a colour that the other leaves out), but an extra word in the middle makes another article;
//   - these must be at least two words, or one if the brands are known and the same.
//
// So a record without a name is never the same as another.
func sameArticle(a, b Article) bool {
	brandA, brandB := words(a.Brand), words(b.Brand)
	enough := 2
	if len(brandA) > 0 && len(brandB) > 0 {
		if !slices.ContainsFunc(brandA, in(brandB)) {
			return false
		}
		enough = 1
	}
	nameA, nameB := words(a.Name), words(b.Name)
	own := func(name, other []string, category string) []string {
		elsewhere := words(category)
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

func in(list []string) func(string) bool {
	return func(w string) bool {
		return slices.ContainsFunc(list, func(other string) bool { return sameWord(w, other) })
	}
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

// sameWord reports whether two words are the same, or one of at least three letters is short for the other: its beginning
// (pedal, pedals), or Latin consonants of it in their order from the first on (blk, black). Numbers are never short for another.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if utf8.RuneCountInString(a) < 3 || a[0] != b[0] || isDigit(a[0]) {
		return false
	}
	if strings.HasPrefix(b, a) {
		return true
	}
	rest := b
	for _, r := range a {
		_, after, found := strings.Cut(rest, string(r))
		if !found || r >= utf8.RuneSelf || strings.ContainsRune("aeiou", r) {
			return false
		}
		rest = after
	}
	return true
}

// words returns the words of a text as they are compared: folded as part numbers are, and cut where letters meet digits.
func words(text string) (list []string) {
	var word, letter strings.Builder
	end := func() {
		if word.Len() > 0 {
			list = append(list, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		letter.Reset()
		foldRune(&letter, r)
		folded := letter.String()
		switch {
		case folded == "" && (r == '\'' || r == '’' || unicode.IsMark(r)): // within a word
			continue
		case folded == "":
			end()
			continue
		case word.Len() > 0 && isDigit(folded[0]) != isDigit(word.String()[word.Len()-1]):
			end()
		}
		word.WriteString(folded)
	}
	end()
	return list
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
