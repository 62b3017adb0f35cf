package sortkey_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"possync/internal/sortkey"
)

func TestNaturalOrder(t *testing.T) {
	t.Parallel()
	for _, ordered := range [][]string{
		{"", "#1", "7", "07", "10", "Ärmel", "arrow", "Tube", "tube 2", "Tube 9", "TUBE 10", "tube 10b", "Tube 100", "Über", "zoo"},
		{"26 x 1.75", "26 x 2.1", "26 x 2.25", "700 x 23", "700 x 25"},
	} {
		shuffled := slices.Clone(ordered)
		slices.Reverse(shuffled)
		slices.SortStableFunc(shuffled, func(a, b string) int { return strings.Compare(sortkey.Of(a), sortkey.Of(b)) })
		if !slices.Equal(shuffled, ordered) {
			t.Errorf("sorted as %q, want %q", shuffled, ordered)
		}
	}
	for _, same := range [][2]string{{"Café  Racer", "CAFE racer"}, {"Straße", "STRASSE"}} {
		if sortkey.Of(same[0]) != sortkey.Of(same[1]) {
			t.Errorf("%q and %q have other keys", same[0], same[1])
		}
	}
	if sortkey.Of("Brand 1") == sortkey.Of("Brand 01") {
		t.Error("zeros make no difference at all")
	}
}

// A key consists of digits and the letters a to f, and fits into an index of either database.
func TestKeysSortAlikeEverywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := sortkey.Of(rapid.String().Draw(t, "text"))
		if strings.Trim(key, "0123456789abcdef") != "" || len(key) > 2000 {
			t.Fatalf("%q is no key", key)
		}
	})
}

func TestPaths(t *testing.T) {
	t.Parallel()
	from, to := sortkey.Below("bikes/ROAD")
	for category, within := range map[string]bool{
		"Bikes/Road": true, "Bikes > Road": true, "bikes / road / Endurance": true, "/Bikes/Road/": true,
		"Bikes": false, "Bikes/Roadster": false, "Bikes/Gravel": false, "Road": false, "": false, "Parts/Bikes/Road": false,
	} {
		if path := sortkey.Path(category); (from <= path && path < to) != within {
			t.Errorf("%q is below bikes/ROAD: %v, want %v", category, !within, within)
		}
	}
	if sortkey.Path(" / ") != "" {
		t.Error("a category without names has a path")
	}
}
