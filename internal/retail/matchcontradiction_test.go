package retail

import "testing"

func TestContradicts(t *testing.T) {
	tests := map[string]struct {
		item, product Article
		want          bool
	}{
		"the same":                         {Article{Name: "Aero Jersey M"}, Article{Name: "Aero Jersey M"}, false},
		"no word in common":                {Article{Name: "Handlebar Bell"}, Article{Name: "Gel Glove"}, true},
		"one word in common":               {Article{Name: "Handlebar Bell Brass"}, Article{Name: "Bell for Children"}, false},
		"a letter in common is no word":    {Article{Name: "Jersey M"}, Article{Name: "Glove M"}, true},
		"another brand":                    {Article{Name: "Gel Glove", Brand: "Kobold"}, Article{Name: "Gel Glove", Brand: "Fenwick"}, true},
		"another size":                     {Article{Name: "Gel Glove", Size: "XL"}, Article{Name: "Gel Glove", Size: "L"}, true},
		"another year":                     {Article{Name: "Bike Guide 2007"}, Article{Name: "Bike Guide 2008"}, true},
		"another version":                  {Article{Name: "Trainer App 5"}, Article{Name: "Trainer App 6 Full"}, true},
		"one of several numbers in common": {Article{Name: "Tube 26 x 2"}, Article{Name: "Tube 26 x 1.9"}, false},
		"a number that one leaves out":     {Article{Name: "Trainer App 5"}, Article{Name: "Trainer App"}, false},
		"a year is no size":                {Article{Name: "Aero Jersey 42"}, Article{Name: "Aero Jersey 2024"}, false},
		"a code is no size":                {Article{Name: "Aero Jersey 42"}, Article{Name: "Aero Jersey 10741"}, false},

		"half of the words and not the brand": {
			Article{Name: "Snap Spelling Jewel Case", Brand: "Alder"}, Article{Name: "Home Deluxe Jewel Case"}, true,
		},
		"half of the words and the brand": {
			Article{Name: "Snap Spelling Jewel Case", Brand: "Alder"}, Article{Name: "Alder Home Deluxe Jewel Case"}, false,
		},
		"half of the words and no brand known": {Article{Name: "Snap Spelling Jewel Case"}, Article{Name: "Home Deluxe Jewel Case"}, false},
		"half of the words at a till that knows no brand": {
			Article{Name: "Snap Spelling Jewel Case"}, Article{Name: "Home Deluxe Jewel Case", Brand: "Alder"}, false,
		},
		"all words of the shorter one": {Article{Name: "Spelling Jewel Case Ages 7", Brand: "Alder"}, Article{Name: "Spelling"}, false},
		"most of the words": {
			Article{Name: "Home Spelling Jewel Case", Brand: "Alder"}, Article{Name: "Home Deluxe Jewel Case"}, false,
		},
		"the rest of them is the category": {
			Article{Name: "Snap Glove", Brand: "Alder"}, Article{Name: "Snap Winter Long", Category: "Gloves"}, false,
		},
	}
	for name, tt := range tests {
		p := describe(ProductCodes{Article: tt.product})
		if got := contradicts(tt.item, p, fitOf(ItemCodes{Article: tt.item}, p)); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A long word outweighs a short one, and a number counts as a word of usual length.
func TestLongWordsOutweighShortOnes(t *testing.T) {
	item := ItemCodes{Article: Article{Name: "Kestrel Dreamliner Pro"}}
	family := newFamily([]described{
		describe(ProductCodes{ID: "long", Article: Article{Name: "Kestrel Dreamliner Kit"}}),
		describe(ProductCodes{ID: "short", Article: Article{Name: "Kestrel Roadrunner Pro"}}),
	})
	nobody := func(string) bool { return false }
	for n, want := range []string{"", "long"} {
		candidate := family.products[n]
		if got := family.better(candidate, fitOf(item, candidate), nobody); got != want {
			t.Errorf("better than %q: %q, want %q", candidate.ID, got, want)
		}
	}
	for word, want := range map[string]int{"58": 100, "2024": 100, "m": 70, "pro": 80, "frame": 100, "dreamliner": 150, "dreamliners": 160, "größe": 100} {
		if got := weight(word); got != want {
			t.Errorf("%q counts %d, want %d", word, got, want)
		}
	}
}
