package text_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"possync/internal/text"
)

func TestNatural(t *testing.T) {
	sorted := []string{"", "9", "010", "11", "100", "a", "N-2", "n-9", "N-10", "N-10b", "n-100"}
	shuffled := slices.Clone(sorted)
	slices.Reverse(shuffled)
	byKey := func(a, b string) int {
		switch a, b := text.Natural(a), text.Natural(b); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	}
	slices.SortFunc(shuffled, byKey)
	if !slices.Equal(shuffled, sorted) {
		t.Errorf("%q, want %q", shuffled, sorted)
	}
	if a, b := text.Natural("ÄRMEL 07"), text.Natural("ärmel 7"); a != b {
		t.Errorf("%q is not %q", a, b)
	}
}

// A key of whatever text can be stored in an index.
func TestNaturalIsShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if n := utf8.RuneCountInString(text.Natural(rapid.String().Draw(t, "text"))); n > 200 {
			t.Fatalf("%d characters", n)
		}
	})
}
