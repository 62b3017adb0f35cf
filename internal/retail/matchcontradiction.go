package retail

import (
	"slices"
	"strings"
)

// contradicts reports whether what an item and a product say cannot be of one article:
//
//   - brands that are known and share no word, or sizes of their variants that differ;
//   - years, or small numbers such as sizes and versions, of which they have none in common;
//   - no word in common or, if the item's brand is known and the product says it nowhere, not most of the words of either. Tills
//     often do not know the brand, so that it proves nothing if the item does not say the product's.
func contradicts(item Article, p described, has fit) bool {
	if strangers(has.itemBrand, p.brand) || strangers(wording(item.Size), wording(p.Article.Size)) {
		return true
	}
	for _, kind := range []func(string) bool{isYear, isSmall} {
		if strangers(numbers(has.own, kind), numbers(p.words, kind)) {
			return true
		}
	}
	elsewhere := append(wording(item.Category), wording(p.Article.Category)...)
	if !shareWord(has, elsewhere) {
		return true
	}
	return strangers(has.itemBrand, slices.Concat(p.words, p.brand)) &&
		!mostOf(has.own, slices.Concat(p.words, elsewhere)) && !mostOf(p.words, slices.Concat(has.own, elsewhere))
}

// shareWord reports whether the product, or a category, has one of the item's words that says something.
func shareWord(has fit, elsewhere []string) bool {
	for n, w := range has.own {
		if len(w) >= 2 && !(isDigit(w[0]) && len(w) < 3) && (has.each[n] > 0 || in(elsewhere)(w)) {
			return true
		}
	}
	return false
}

// mostOf reports whether more than half of the words are among others, as far as they are like these.
func mostOf(words, others []string) bool {
	sum := 0
	for _, w := range words {
		sum += bestLike(w, others)
	}
	return 2*sum > sameSpelling*len(words)
}

// numbers returns the words that are numbers of a kind.
func numbers(words []string, kind func(string) bool) (found []string) {
	for _, w := range words {
		if strings.Trim(w, "0123456789") == "" && kind(w) {
			found = append(found, w)
		}
	}
	return found
}

func isYear(number string) bool {
	return len(number) == 4 && (number[:2] == "19" || number[:2] == "20")
}

// isSmall reports whether a number may be a size or a version. Longer ones are mostly pieces of codes.
func isSmall(number string) bool { return len(number) <= 2 }
