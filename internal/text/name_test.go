package text_test

import (
	"testing"

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
