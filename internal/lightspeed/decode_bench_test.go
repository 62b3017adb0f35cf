package lightspeed

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDecodePage decodes a page of 100 items in 3 shops with 4 price levels.
func BenchmarkDecodePage(b *testing.B) {
	const stock = `{"itemShopID":"%d","qoh":"3","sellable":"3","backorder":"2","componentQoh":"0","componentBackorder":"0","reorderPoint":"1","reorderLevel":"4","timeStamp":"2026-05-01T17:02:11+00:00","itemID":"%d","shopID":"%d"}`
	var items []string
	for i := 1; i <= 100; i++ {
		var shops []string
		for shop := range 4 {
			shops = append(shops, fmt.Sprintf(stock, i*10+shop, i, shop))
		}
		items = append(items, fmt.Sprintf(`{"itemID":"%d","systemSku":"210000000101","defaultCost":"32.5","avgCost":"32.5","discountable":"true","tax":"true","archived":"false","itemType":"default","serialized":"false","description":"Urban Helmet M Black","modelYear":"0","upc":"012345678905","ean":"","customSku":"HLM-UR-M-BK","manufacturerSku":"UR100-M","createTime":"2026-01-10T18:00:00+00:00","timeStamp":"2026-04-02T09:15:00+00:00","publishToEcom":"false","categoryID":"2","taxClassID":"1","departmentID":"0","itemMatrixID":"0","manufacturerID":"1","seasonID":"0","defaultVendorID":"1","ItemShops":{"ItemShop":[%s]},"Prices":{"ItemPrice":[{"amount":"64.99","useTypeID":"1","useType":"Default"},{"amount":"79.99","useTypeID":"2","useType":"MSRP"},{"amount":"0","useTypeID":"3","useType":"Sale Price"},{"amount":"0","useTypeID":"4","useType":"Online"}]}}`,
			i, strings.Join(shops, ",")))
	}
	page := itemPage("[" + strings.Join(items, ",") + "]")
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if d, err := decodePage(page, "Item", itemRow); err != nil || len(d.rows) != 100 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(100*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}
