package retail_test

import (
	"fmt"
	"testing"

	"possync/internal/retail"
)

// brandOf fills a memory with a brand's products, each in many colours and sizes, and their items, whose names say a word more.
func brandOf(size int) *memory {
	w := newMemory()
	colors := []string{"Black", "White", "Red", "Blue", "Green", "Silver", "Orange", "Navy", "Pink", "Gold"}
	for n := range size {
		code := retail.GTIN(fmt.Sprintf("0036000%07d", n))
		name := fmt.Sprintf("Model%d %s Jersey %d cm", n/100, colors[n%10], 40+n/10%10)
		i, p := item(fmt.Sprint("i", n), code, "", ""), product(fmt.Sprint("p", n), code, "", "")
		i.Article.Name, i.Article.Brand = name+" Men's", "Fenwick"
		p.Article.Name, p.Article.Brand = name, "Fenwick"
		i.Link = retail.Link{ProductID: p.ID, By: retail.ByUPC}
		w.items[i.ID], w.products[p.ID] = i, p
	}
	return w
}

// BenchmarkRematchInBrand matches what follows when one product of a large brand is renamed.
func BenchmarkRematchInBrand(b *testing.B) {
	for _, size := range []int{1250, 2500, 5000, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			w := brandOf(size)
			names := []string{w.products["p7"].Article.Name, "Model7 Grey Jersey Men's"}
			for n := 0; b.Loop(); n++ {
				p := w.products["p7"]
				var seeds retail.Codes
				seeds.AddProduct(p)
				p.Article.Name = names[(n+1)%2]
				w.products["p7"] = p
				seeds.AddProduct(p)
				got, err := retail.Rematch(b.Context(), w, seeds, nil, retail.BarcodeLinksAtOnce)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(got)), "matched/op")
			}
		})
	}
}
