package retail

import (
	"strings"
	"unicode"
)

// MPNKey returns the key by which a brand's part numbers are compared, or "" if either is missing. Keys ignore case,
// accents, width of characters, spaces, punctuation and symbols.
//
// Punctuation is ignored because manufacturers, distributors and shops write the same number with and without it
// (00.7918.076.000, 00-7918-076-000). The drawback: 1.5 and 15 of one brand have the same key. If both are in the
// catalogue, a person must decide; if one is missing, the other is taken for it. Leading zeros count (0042 is not 42), but for
// those of six and more digits without a letter, which spreadsheets drop. Placeholders (N/A, none, TBD, 0) count as missing.
func MPNKey(brand, mpn string) string {
	b, m := normaliseCode(brand), normalisePart(mpn)
	if b == "" || m == "" {
		return ""
	}
	return b + "|" + m
}

// ItemMPNKey is the [MPNKey] of an item. Where the brand is not known, it is the key of the part number alone if that has at
// least four letters and digits.
func ItemMPNKey(brand, mpn string) string {
	if normaliseCode(brand) != "" {
		return MPNKey(brand, mpn)
	}
	return PartKey("|" + normalisePart(mpn))
}

// normalisePart is normaliseCode of a part number.
func normalisePart(mpn string) string {
	const digits = 6
	part := normaliseCode(mpn)
	if len(part) >= digits && strings.Trim(part, "0123456789") == "" {
		return strings.TrimLeft(part, "0")
	}
	return part
}

// normaliseCode returns the folded letters and digits of s, or "" if nothing is left or s is a placeholder.
func normaliseCode(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		foldRune(&b, r)
	}
	key := b.String()
	switch key {
	case "na", "none", "null", "nil", "tbd", "unknown":
		return ""
	}
	if strings.Trim(key, "0") == "" {
		return ""
	}
	return key
}

// foldRune writes the letters and digits that r stands for, in lower case. It covers what Unicode's compatibility
// normalisation does to Latin text, digits and full-width forms; of other scripts it folds the case only.
func foldRune(b *strings.Builder, r rune) {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		b.WriteByte(byte(r))
		return
	case 'A' <= r && r <= 'Z':
		b.WriteByte(byte(r) + 'a' - 'A')
		return
	case r < 0x80, 0x300 <= r && r <= 0x36F: // ASCII punctuation; combining accents
		return
	case 0xFF01 <= r && r <= 0xFF5E: // full-width ASCII
		foldRune(b, r-0xFEE0)
		return
	}
	if d, ok := digitValue(r); ok {
		b.WriteByte('0' + d)
		return
	}
	r = unicode.ToLower(unicode.ToUpper(r)) // via upper case, so that ς and σ, ſ and s become the same
	if s := latin(r); s != "" {
		b.WriteString(s)
		return
	}
	if unicode.IsLetter(r) || unicode.IsMark(r) { // marks of other scripts are vowels, not ornaments
		b.WriteRune(r)
	}
}

// latin returns the plain spelling of a lower-case Latin letter with an accent, a ligature, or a raised or lowered digit;
// "" for anything else.
func latin(r rune) string {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ǎ', 'ª':
		return "a"
	case 'ç', 'ć', 'ĉ', 'ċ', 'č':
		return "c"
	case 'ď', 'đ', 'ð':
		return "d"
	case 'è', 'é', 'ê', 'ë', 'ē', 'ĕ', 'ė', 'ę', 'ě':
		return "e"
	case 'ĝ', 'ğ', 'ġ', 'ģ':
		return "g"
	case 'ĥ', 'ħ':
		return "h"
	case 'ì', 'í', 'î', 'ï', 'ĩ', 'ī', 'ĭ', 'į', 'i', 'ǐ':
		return "i"
	case 'ĵ':
		return "j"
	case 'k', 'ķ':
		return "k"
	case 'ĺ', 'ļ', 'ľ', 'ŀ', 'ł':
		return "l"
	case 'ñ', 'ń', 'ņ', 'ň':
		return "n"
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ŏ', 'ő', 'ǒ', 'º':
		return "o"
	case 'ŕ', 'ŗ', 'ř':
		return "r"
	case 's', 'ś', 'ŝ', 'ş', 'š', 'ș':
		return "s"
	case 'ţ', 'ť', 'ŧ', 'ț':
		return "t"
	case 'ù', 'ú', 'û', 'ü', 'ũ', 'ū', 'ŭ', 'ů', 'ű', 'ų', 'ǔ':
		return "u"
	case 'ŵ':
		return "w"
	case 'ý', 'ÿ', 'ŷ':
		return "y"
	case 'ź', 'ż', 'ž':
		return "z"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'þ':
		return "th"
	case 'ĳ':
		return "ij"
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	case 'ﬅ', 'ﬆ':
		return "st"
	case '¹':
		return "1"
	case '²':
		return "2"
	case '³':
		return "3"
	}
	switch {
	case r == '⁰', '⁴' <= r && r <= '⁹':
		return string('0' + r - '⁰')
	case '₀' <= r && r <= '₉':
		return string('0' + r - '₀')
	}
	return ""
}
