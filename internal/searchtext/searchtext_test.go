package searchtext_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"possync/internal/searchtext"
)

func TestOf(t *testing.T) {
	if got, want := searchtext.Of("RT-25", "", "ÄRMEL Größe 50%"), "rt-25\n\närmel größe 50%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := searchtext.Of(strings.Repeat("é", 601)); got != strings.Repeat("é", 600) {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
}

// Whatever stands in a part is found, however it is typed.
func TestPartsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.StringN(1, 100, -1).Draw(t, "part")
		runes := []rune(part)
		from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
		piece := string(runes[from : from+rapid.IntRange(1, len(runes)-from).Draw(t, "length")])
		text := searchtext.Of("before", part, "after")
		for _, typed := range []string{piece, strings.Map(toLower, piece)} {
			if !strings.Contains(text, searchtext.Fold(typed)) {
				t.Fatalf("%q is not found in %q", typed, text)
			}
		}
	})
}

func toLower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func TestWords(t *testing.T) {
	for typed, want := range map[string][]string{
		"":                       {},
		" Tube  4711 ":           {"4711", "tube"},
		"tube Tyre TUBE":         {"tube", "tyre"},
		"29 tubeless tyre RT-25": {"rt-25", "29", "tubeless", "tyre"},
		"tyre Schläuche":         {"schläuche", "tyre"},
	} {
		if got := searchtext.Words(typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
