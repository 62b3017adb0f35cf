package text_test

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"possync/internal/text"
)

func TestFoldName(t *testing.T) {
	for name, want := range map[string]string{
		"Stripe":              "stripe",
		"  STRIPE\u00a0 eu\t": "stripe eu",
		"Ｓtripe":              "stripe",
		"Ke\u0301ri":          "k\u00e9ri",
		"KE\u0301RI":          "k\u00e9ri",
		"Straße":              "strasse",
		"ﬁxed":                "fixed",
		"\u2003":              "",
	} {
		if got := text.FoldName(name); got != want || text.FoldName(got) != got {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
}

// Names of ASCII alone are folded as the same name is behind a letter of another alphabet.
func TestFoldNameOfASCII(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.RuneFrom(nil, ascii)).Draw(t, "name")
		if got, want := text.FoldName(name+" ж"), text.FoldName(name+" x"); !text.ASCII(name) || got[:len(got)-len("ж")] != want[:len(want)-1] {
			t.Fatalf("%q folds to %q beside a letter of another alphabet, else to %q", name, got, want)
		}
	})
}

// ascii are all its characters.
var ascii = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: unicode.MaxASCII, Stride: 1}}, LatinOffset: 1}
