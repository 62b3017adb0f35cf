package retail_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"possync/internal/retail"
)

// pair is a record of a till and one of a website's catalogue. See testdata/matching/README.md for where the files are from.
type pair struct {
	Same bool    `json:"pos"`
	Item listing `json:"a"`
	Site listing `json:"b"`
}

type listing struct {
	Name, Brand string
	Variant     struct{ Size, Color string }
}

func (r listing) article() retail.Article {
	return retail.Article{Name: r.Name, Brand: r.Brand, Size: r.Variant.Size, Color: r.Variant.Color}
}

// pairs are a file's pairs, with its catalogue: each record of the website once, with a barcode of its own.
type pairs struct {
	all      []pair
	products []retail.ProductCodes
	number   map[listing]int // a record's place among the products
}

func readPairs(t testing.TB, file string, barcode func(n int) string) *pairs {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "matching", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	p := &pairs{number: map[listing]int{}}
	if err := json.NewDecoder(unzipped).Decode(&p.all); err != nil {
		t.Fatal(err)
	}
	for _, pair := range p.all {
		if _, known := p.number[pair.Site]; known {
			continue
		}
		n := len(p.products)
		p.number[pair.Site] = n
		code, problem := retail.ParseGTIN(barcode(n))
		if problem != retail.CodeOK {
			t.Fatalf("product %d has the barcode %s: %s", n, barcode(n), problem)
		}
		p.products = append(p.products, retail.ProductCodes{ID: fmt.Sprintf("p%05d", n), GTIN1: code, Article: pair.Site.article()})
	}
	return p
}

// linked counts the pairs of a kind, and those that are linked if the till's record has the barcode of the website's. Pairs of
// different products do not concern each other, so many are matched at once.
func (p *pairs) linked(same bool, barcodes retail.BarcodeLinks) (all, linked int) {
	var left []pair
	for _, pair := range p.all {
		if pair.Same == same {
			left = append(left, pair)
		}
	}
	all = len(left)
	for len(left) > 0 {
		var items []retail.ItemCodes
		var later []pair
		used := map[int]bool{}
		for n, pair := range left {
			product := p.number[pair.Site]
			if used[product] {
				later = append(later, pair)
				continue
			}
			used[product] = true
			items = append(items, retail.ItemCodes{ID: fmt.Sprint("i", n), UPC: p.products[product].GTIN1, Article: pair.Item.article()})
		}
		for _, m := range retail.MatchAll(items, p.products, nil, barcodes) {
			if m.State == retail.MatchLinked {
				linked++
			}
		}
		left = later
	}
	return all, linked
}

// Real catalogues: of the pairs that are the same article so many are linked at once, and so few of the others, whose barcode was
// copied from a sibling.
func TestMatchingOfCatalogues(t *testing.T) {
	numbering := map[string]func(n int) string{
		"one company":    func(n int) string { return withCheckDigit(fmt.Sprintf("0360%08d", n)) },
		"many companies": func(n int) string { return withCheckDigit(fmt.Sprintf("%07d%05d", 5_000_000+n*1013, 100)) },
	}
	for _, file := range []struct {
		name  string
		right float64 // of the pairs that are the same, at least
		wrong float64 // of the others, at most
	}{
		{"adventureworks-till.json.gz", 95, 2},
		{"adventureworks-till-brand.json.gz", 95, 2},
		{"adventureworks-variant.json.gz", 95, 2},
		{"amazon-google.json.gz", 85, 9},
	} {
		for numbers, barcode := range numbering {
			p := readPairs(t, file.name, barcode)
			for _, barcodes := range []retail.BarcodeLinks{retail.BarcodeLinksAtOnce, retail.BarcodeLinksConfirmed} {
				same, right := p.linked(true, barcodes)
				others, wrong := p.linked(false, barcodes)
				rights, wrongs := 100*float64(right)/float64(same), 100*float64(wrong)/float64(others)
				t.Logf("%s, codes of %s, %s: %d of %d linked rightly (%.1f %%), %d of %d wrongly (%.1f %%)",
					file.name, numbers, barcodes, right, same, rights, wrong, others, wrongs)
				if barcodes == retail.BarcodeLinksAtOnce && rights < file.right || wrongs > file.wrong {
					t.Errorf("%s, codes of %s, %s: %.1f %% linked rightly, want %.0f; %.1f %% wrongly, want at most %.0f",
						file.name, numbers, barcodes, rights, file.right, wrongs, file.wrong)
				}
			}
		}
	}
}
