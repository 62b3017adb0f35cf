package retail_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"possync/internal/retail"
)

func TestMPNKey(t *testing.T) {
	tests := []struct{ name, brand, mpn, want string }{
		{"plain", "SRAM", "XG1275", "sram|xg1275"},
		{"dots", "SRAM", "00.7918.076.000", "sram|7918076000"},
		{"dashes and spaces", " Sram ", "00-7918 076/000", "sram|7918076000"},
		{"typographic dashes", "SRAM", "00–7918—076−000", "sram|7918076000"},
		{"symbols", "SRAM®", "XG‑1275™", "sram|xg1275"},
		{"punctuated brand", "fi'zi:k", "70F2", "fizik|70f2"},
		{"full width", "ＳＲＡＭ", "ＸＧ－１２７５", "sram|xg1275"},
		{"Arabic digits", "SRAM", "XG١٢٧٥", "sram|xg1275"},
		{"accents", "Löffler Ångström", "É1", "lofflerangstrom|e1"},
		{"combining accents", "Lo\u0308ffler A\u030angstro\u0308m", "E\u03011", "lofflerangstrom|e1"},
		{"signs for letters", "K\u212aO", "\u212b1", "kko|a1"},
		{"ligatures", "Oﬀroad ﬁne ﬂat oﬃce raﬄe ﬆ", "œ-æ-ĳ-þ-ß-ẞ", "offroadfineflatofficerafflest|oeaeijthssss"},
		{"dotted and dotless i", "İIıi", "1", "iiii|1"},
		{"long s", "Poſt", "ſ1", "post|s1"},
		{"raised and lowered digits", "CO₂ m²", "¹³⁰⁴⁹₀₉", "co2m2|1304909"},
		{"sigma", "ΣΊΣΥΦΟΣ", "1", "σίσυφοσ|1"},
		{"sigma in small letters", "σίσυφος", "1", "σίσυφοσ|1"},
		{"Cyrillic", "ВЕЛО", "А1", "вело|а1"},
		{"Japanese", "シマノ", "１", "シマノ|1"},
		{"Hindi vowels are kept", "हिंदी", "1", "हिंदी|1"},
		{"leading zeros of a short number are kept", "ACME", "0042", "acme|0042"},
		{"those of a long number are not", "ACME", "0634017714", "acme|634017714"},
		{"nor with spaces", "ACME", "06 340 177 14", "acme|634017714"},
		{"nor where a spreadsheet dropped them", "ACME", "634017714", "acme|634017714"},
		{"those of a long number with letters are kept", "ACME", "00634017714A", "acme|00634017714a"},
		{"the brand does not leak into the number", "AB", "C1", "ab|c1"},
		{"nor the number into the brand", "A", "BC1", "a|bc1"},
		{"a bar in the number", "A", "B|C1", "a|bc1"},

		{"no brand", "", "XG1275", ""},
		{"no number", "SRAM", "", ""},
		{"blank", "SRAM", " \u00a0", ""},
		{"punctuation only", "SRAM", "--", ""},
		{"emoji only", "SRAM", "🚲", ""},
		{"broken UTF-8", "SRAM", "\xff\xfe", ""},
		{"not available", "SRAM", "N/A", ""},
		{"none", "SRAM", "None", ""},
		{"null", "SRAM", "NULL", ""},
		{"nil", "SRAM", "nil", ""},
		{"to be determined", "SRAM", "T.B.D.", ""},
		{"unknown", "unknown", "XG1275", ""},
		{"zeros", "SRAM", "000", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := retail.MPNKey(tt.brand, tt.mpn); got != tt.want {
				t.Errorf("MPNKey(%q, %q) = %q, want %q", tt.brand, tt.mpn, got, tt.want)
			}
		})
	}
}

// Every accented letter of Latin-1 and Latin Extended-A comes out the same as its letter, in either case.
func TestMPNKeyAccents(t *testing.T) {
	for base, accented := range map[string]string{
		"a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįıǐ", "j": "ĵ", "k": "ķ",
		"l": "ĺļľŀł", "n": "ñńņň", "o": "òóôõöøōŏőǒ", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűųǔ", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		want := retail.MPNKey("brand", base+"1")
		for _, r := range accented {
			for _, s := range []string{string(r), string(unicode.ToUpper(r))} {
				if got := retail.MPNKey("brand", s+"1"); got != want {
					t.Errorf("MPNKey of %s = %s, want %s", s, got, want)
				}
			}
		}
	}
}

func TestMPNKeyProperties(t *testing.T) {
	text := rapid.StringOf(rapid.OneOf(
		rapid.SampledFrom([]rune("aAbB01 .-/éÉßſﬁ²①٣σςΣ|\u0301\u00ad🚲")), rapid.Rune()))
	rapid.Check(t, func(t *rapid.T) {
		brand, mpn := text.Draw(t, "brand"), text.Draw(t, "mpn")
		key := retail.MPNKey(brand, mpn)
		if retail.MPNKey(strings.ToLower(brand), " "+mpn+".") != key {
			t.Fatalf("%q, %q: case of the brand or punctuation around the number matters", brand, mpn)
		}
		if key == "" {
			return
		}
		b, m, ok := strings.Cut(key, "|")
		if !ok || b == "" || m == "" || strings.Contains(m, "|") {
			t.Fatalf("MPNKey(%q, %q) = %q", brand, mpn, key)
		}
		if again := retail.MPNKey(b, m); again != key {
			t.Fatalf("MPNKey(%q, %q) = %q, and of that %q", brand, mpn, key, again)
		}
	})
}

// Numbers that differ in a letter or a digit differ.
func TestMPNKeyKeepsDifferences(t *testing.T) {
	code := rapid.StringMatching("[A-Z0-9]{1,8}")
	rapid.Check(t, func(t *rapid.T) {
		a, b := code.Draw(t, "a"), code.Draw(t, "b")
		ka, kb := retail.MPNKey("brand", a), retail.MPNKey("brand", b)
		if ka != "" && (ka == kb) != (a == b) {
			t.Fatalf("%s and %s: %s and %s", a, b, ka, kb)
		}
	})
}
