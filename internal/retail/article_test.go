package retail

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSameArticle(t *testing.T) {
	tests := map[string]struct {
		item, product Article
		want          bool
	}{
		"the same":                             {Article{Name: "Aero Jersey M Black"}, Article{Name: "Aero Jersey M Black"}, true},
		"case, accents, marks, order":          {Article{Name: "BLACK AÉRO-JERSEY, M"}, Article{Name: "Aero Jersey (Black / M)"}, true},
		"the item's name has the brand":        {Article{Name: "Fenwick Aero Jersey", Brand: "Fenwick"}, Article{Name: "Aero Jersey", Brand: "FENWICK"}, true},
		"the product's name has the brand":     {Article{Name: "Aero Jersey", Brand: "Fenwick"}, Article{Name: "Fenwick Aero Jersey"}, true},
		"brands of more and fewer words":       {Article{Name: "Marlin 5", Brand: "Trek"}, Article{Name: "Marlin 5", Brand: "Trek Bicycle Corp."}, true},
		"another brand":                        {Article{Name: "Aero Jersey M", Brand: "Fenwick"}, Article{Name: "Aero Jersey M", Brand: "Kobold"}, false},
		"short words":                          {Article{Name: "AERO JRSY BLK M"}, Article{Name: "Aero Jerseys Black M"}, true},
		"numbers and units apart":              {Article{Name: "Tube 700 x 25c 60 mm"}, Article{Name: "Tube 700x25C 60mm"}, true},
		"one says more at the end":             {Article{Name: "Aero Jersey"}, Article{Name: "Aero Jersey M Black"}, true},
		"one says more at the beginning":       {Article{Name: "Men's Aero Jersey"}, Article{Name: "Aero Jersey"}, true},
		"one says more in the middle":          {Article{Name: "Wheel Boost Black"}, Article{Name: "Wheel Super Boost Black"}, false},
		"another size":                         {Article{Name: "Aero Jersey M Black"}, Article{Name: "Aero Jersey L Black"}, false},
		"another colour":                       {Article{Name: "Aero Jersey M Black", Brand: "Fenwick"}, Article{Name: "Aero Jersey M Navy", Brand: "Fenwick"}, false},
		"another number":                       {Article{Name: "Tube 700x25"}, Article{Name: "Tube 700x28"}, false},
		"a number is not short for another":    {Article{Name: "Rotor 160"}, Article{Name: "Rotor 1600"}, false},
		"the same words, one of them twice":    {Article{Name: "Aero Aero Jersey"}, Article{Name: "Aero Jersey Jersey"}, false},
		"two articles":                         {Article{Name: "Aero Jersey", Brand: "Fenwick"}, Article{Name: "Floor Pump", Brand: "Fenwick"}, false},
		"one word":                             {Article{Name: "Helmet"}, Article{Name: "Helmet"}, false},
		"one word of one brand":                {Article{Name: "Helmet", Brand: "Fenwick"}, Article{Name: "Fenwick Helmet", Brand: "Fenwick"}, true},
		"the brand alone":                      {Article{Name: "Fenwick", Brand: "Fenwick"}, Article{Name: "Fenwick", Brand: "Fenwick"}, false},
		"a word that is the other's category":  {Article{Name: "Aero Jersey M Black"}, Article{Name: "Aero M Black", Category: "Apparel/Jerseys"}, true},
		"categories that differ help nobody":   {Article{Name: "Aero Jersey M", Category: "Jerseys"}, Article{Name: "Aero Glove M", Category: "Gloves"}, false},
		"no name":                              {Article{Brand: "Fenwick"}, Article{Name: "Aero Jersey", Brand: "Fenwick"}, false},
		"nothing at all":                       {Article{}, Article{}, false},
		"other scripts":                        {Article{Name: "Педаль Сокол 9"}, Article{Name: "ПЕДАЛЬ СОКОЛ 9"}, true},
		"a script without spaces needs brands": {Article{Name: "空気入れ"}, Article{Name: "空気入れ"}, false},
		"and is enough with them":              {Article{Name: "空気入れ", Brand: "隼"}, Article{Name: "空気入れ", Brand: "隼"}, true},
	}
	for name, tt := range tests {
		if got := sameArticle(tt.item, tt.product); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
		if got := sameArticle(tt.product, tt.item); got != tt.want {
			t.Errorf("%s, the other way round: %v", name, got)
		}
	}
}

// A part number speaks for itself without the brand, unless it is so short that others have it.
func TestPartNumberConfirmsBarcode(t *testing.T) {
	for part, want := range map[string]bool{"rt25": true, " RT-25 ": true, "rt26": false, "": false} {
		i, p := ItemCodes{UPC: "1", Article: Article{Part: part}}, ProductCodes{GTIN1: "1", Article: Article{Part: "RT-25"}}
		if got := samePart(i, p); got != want {
			t.Errorf("part number %q: %v", part, got)
		}
	}
	if samePart(ItemCodes{UPC: "1", Article: Article{Part: "25"}}, ProductCodes{GTIN1: "1", Article: Article{Part: "25"}}) {
		t.Error("two digits are enough")
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " - ": nil, "Women's 700x25C": {"womens", "700", "x", "25", "c"}, "27.5″ E-MTB": {"27", "5", "e", "mtb"},
		"Größe\u00a0XL": {"grosse", "xl"}, "Cafe\u0301": {"cafe"},
	} {
		if diff := cmp.Diff(want, words(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestSameWord(t *testing.T) {
	short := [][2]string{{"blk", "black"}, {"ped", "pedals"}, {"grn", "green"}}
	for _, pair := range short {
		if !sameWord(pair[0], pair[1]) || !sameWord(pair[1], pair[0]) {
			t.Errorf("%v differ", pair)
		}
	}
	for _, pair := range [][2]string{{"bl", "black"}, {"gel", "gravel"}, {"m", "medium"}, {"blk", "blue"}, {"160", "1600"}, {"рул", "регулировка"}} {
		if sameWord(pair[0], pair[1]) || slices.ContainsFunc([]string{pair[0]}, in([]string{pair[1]})) {
			t.Errorf("%v are the same", pair)
		}
	}
}
