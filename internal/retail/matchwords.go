package retail

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wording returns the words of a text as two records are compared by them: those of [words], with the usual spellings of sizes,
// colours and units made one (Medium, Med, MD are m; BLK is black; X-Large is xl), and without words that say nothing.
func wording(text string) []string {
	var list []string
	for _, field := range strings.Fields(text) {
		if phrase := phrases[strings.ToLower(strings.Trim(field, ".,;()"))]; phrase != nil {
			list = append(list, phrase...)
			continue
		}
		list = append(list, words(field)...)
	}
	said := list[:0]
	for _, w := range list {
		if fillers[w] {
			continue
		}
		if same, ok := synonyms[w]; ok {
			w = same
		}
		if last := len(said) - 1; last >= 0 {
			if joined, ok := sizePairs[[2]string{said[last], w}]; ok {
				said[last] = joined
				continue
			}
		}
		said = append(said, w)
	}
	return said
}

// fillers are words that do not tell one article from another.
var fillers = setOf("size", "sz", "the", "of", "for", "and", "with", "w", "in", "inch", "inches", "a")

// phrases are abbreviations with a stroke, which the words alone do not show.
var phrases = map[string][]string{"l/s": {"long", "sleeve"}, "s/s": {"short", "sleeve"}, "o/s": {"one"}}

// synonyms are the usual spellings, each with the one that stands for all of them.
var synonyms = spelt(map[string]string{
	"xs": "xsm xsmall", "s": "sm sml small", "m": "md med medium", "l": "lg lrg large", "xl": "xlg xlarge",
	"2xl": "xxl xxlarge", "3xl": "xxxl", "x": "extra",
	"black": "blk bk", "white": "wht wh", "gray": "grey gry", "green": "grn", "blue": "blu", "yellow": "yel ylw yllw",
	"orange": "org orng", "silver": "slv slvr sil", "purple": "pur prp purp", "pink": "pnk", "brown": "brn", "navy": "nvy nav",
	"gold": "gld", "beige": "bge", "turquoise": "turq tq", "multi": "multicolor multicolour mlt",
	"mm": "millimeter millimeters millimetre millimetres", "cm": "centimeter centimeters centimetre centimetres",
	"ml": "milliliter milliliters millilitre millilitres", "g": "gr gram grams gramme grammes", "kg": "kilo kilos kilogram kilograms",
	"oz": "ounce ounces", "lb": "lbs pound pounds", "ft": "foot feet", "pc": "pcs piece pieces", "pr": "pair pairs",
	"pk": "pack packs", "t": "tooth teeth", "spd": "speed speeds",
})

// sizePairs are sizes that are written in two words.
var sizePairs = map[[2]string]string{
	{"x", "l"}: "xl", {"x", "s"}: "xs", {"x", "xl"}: "2xl", {"xx", "l"}: "2xl", {"xx", "s"}: "2xs", {"2", "xl"}: "2xl", {"3", "xl"}: "3xl",
	{"4", "xl"}: "4xl", {"5", "xl"}: "5xl",
}

func setOf(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[w] = true
	}
	return set
}

func spelt(spellings map[string]string) map[string]string {
	all := map[string]string{}
	for one, others := range spellings {
		for _, w := range strings.Fields(others) {
			all[w] = one
		}
	}
	return all
}

// Likeness of two words, in hundredths.
const (
	sameSpelling   = 100
	beginningOf    = 90 // pedal, pedals
	consonantsOf   = 85 // blk, black
	twoLettersOf   = 50 // rd, road
	abbreviation   = consonantsOf
	maxTwoLetterOf = 7 // letters of a word that two letters may stand for
)

// likeness says how sure it is that two words are the same: equal, or one is short for the other, which begins with it or has
// its consonants in their order. Numbers are never short for another.
func likeness(a, b string) int {
	if a == b {
		return sameSpelling
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 || a[0] != b[0] || isDigit(a[0]) {
		return 0
	}
	letters := utf8.RuneCountInString(a)
	if letters >= 3 && strings.HasPrefix(b, a) {
		return beginningOf
	}
	rest := b[1:]
	for i := 1; i < len(a); i++ {
		at := strings.IndexByte(rest, a[i])
		if at < 0 || a[i] >= utf8.RuneSelf || strings.IndexByte("aeiou", a[i]) >= 0 {
			return 0
		}
		rest = rest[at+1:]
	}
	switch {
	case a[0] >= utf8.RuneSelf:
		return 0
	case letters >= 3:
		return consonantsOf
	case len(b) <= maxTwoLetterOf:
		return twoLettersOf
	}
	return 0
}

// sameWord reports whether two words are the same, or one of at least three letters is short for the other.
func sameWord(a, b string) bool { return likeness(a, b) >= abbreviation }

func in(list []string) func(string) bool {
	return func(w string) bool {
		return slices.ContainsFunc(list, func(other string) bool { return sameWord(w, other) })
	}
}

// words returns the words of a text: folded as part numbers are, and cut where letters meet digits.
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
