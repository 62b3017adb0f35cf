// Package displaytest fills a site with a shop's random items, stock and prices, as a sync leaves them, for tests and
// benchmarks of what decides about display and prices.
package displaytest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"possync/ent"
	"possync/internal/pid"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// Shop is a filled site.
type Shop struct {
	Shops     []*ent.Shop
	Locations []*ent.Location // as many; none is mapped
	Levels    []*ent.PriceLevel
}

// Levels is how many price levels there are.
const levels = 3

// Fill adds shops, locations, price levels and so many items with their stock and products. They are matched; whether they
// are displayed is not evaluated yet.
func Fill(tb testing.TB, ctx context.Context, client *ent.Client, rng *rand.Rand, siteID string, shops, items int) *Shop {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatalf("fill: %v", err)
		}
	}
	s := &Shop{}
	for i := range shops {
		row, err := client.Shop.Create().SetLightspeedID(int64(i + 1)).SetName(fmt.Sprint("Shop ", i+1)).Save(ctx)
		must(err)
		s.Shops = append(s.Shops, row)
		location, err := client.Location.Create().SetKey(fmt.Sprint("loc-", i+1)).SetName(fmt.Sprint("Location ", i+1)).Save(ctx)
		must(err)
		s.Locations = append(s.Locations, location)
	}
	for i := range levels {
		row, err := client.PriceLevel.Create().SetLightspeedID(int64(i + 1)).SetName(fmt.Sprint("Level ", i+1)).Save(ctx)
		must(err)
		s.Levels = append(s.Levels, row)
	}
	goods := make([]good, items)
	var itemCodes []retail.ItemCodes
	var productCodes []retail.ProductCodes
	for i := range goods {
		goods[i] = newGood(rng, i+1)
		itemCodes = append(itemCodes, goods[i].item)
		if goods[i].product.ID != "" {
			productCodes = append(productCodes, goods[i].product)
		}
	}
	matches := retail.MatchAll(itemCodes, productCodes, nil, retail.BarcodeLinksAtOnce)
	linking, known := tenancy.WithKnown(ctx)
	for chunk := range slices.Chunk(goods, 500) {
		var products []*ent.ProductCreate
		for _, g := range chunk {
			known.Add(g.item.ID, g.product.ID)
			if g.product.ID != "" {
				products = append(products, g.createProduct(client, rng))
			}
		}
		must(client.Product.CreateBulk(products...).Exec(ctx))
	}
	for chunk := range slices.Chunk(goods, 500) {
		var rows []*ent.PosItemCreate
		var stock []*ent.ShopStockCreate
		for _, g := range chunk {
			rows = append(rows, g.createItem(client, rng, matches[g.item.ID]))
			for _, shop := range s.Shops {
				if rng.IntN(8) > 0 {
					stock = append(stock, client.ShopStock.Create().SetItemID(g.item.ID).SetLightspeedItemID(int64(g.number)).
						SetLightspeedShopID(shop.LightspeedID).SetOnHand(max(rng.Int64N(9)-4, -1)).SetOnOrder(max(rng.Int64N(6)-4, 0)).
						SetReorderPoint(max(rng.Int64N(8)-6, 0)).SetReorderLevel(max(rng.Int64N(8)-6, 0)))
				}
			}
		}
		must(client.PosItem.CreateBulk(rows...).Exec(linking))
		must(client.ShopStock.CreateBulk(stock...).Exec(linking))
	}
	return s
}

// good is an item, and mostly the product that it is.
type good struct {
	number          int
	upc, brand, mpn string
	item            retail.ItemCodes
	product         retail.ProductCodes // without an id: there is none
}

func newGood(rng *rand.Rand, n int) good {
	g := good{number: n, item: retail.ItemCodes{ID: pid.New("itm")}}
	switch rng.IntN(8) {
	case 0:
		g.upc = "036000291453" // its check digit is wrong
	case 1, 2:
	case 3:
		g.upc = upc(n / 2) // which another item has too
	default:
		g.upc = upc(1_000_000_000 + n)
	}
	if rng.IntN(5) > 0 {
		g.mpn = fmt.Sprint("M-", n)
	}
	if rng.IntN(5) > 0 {
		g.brand = []string{"Alder", "Birch", "Cedar"}[rng.IntN(3)]
	}
	g.item.UPC, _ = retail.ParseGTIN(g.upc)
	g.item.MPN = retail.ItemMPNKey(g.brand, g.mpn)
	g.item.Article = retail.Article{Name: g.name(), Brand: g.brand, Part: g.mpn}
	if rng.IntN(10) > 0 {
		g.product = retail.ProductCodes{ID: pid.New("prd"), GTIN1: g.item.UPC, MPN: retail.MPNKey(g.brand, g.mpn), Article: g.item.Article}
	}
	return g
}

// name is what both sides call it.
func (g good) name() string { return fmt.Sprint("Tyre ", g.number) }

// upc makes a valid UPC of a number of at most 11 digits.
func upc(n int) string {
	digits := fmt.Sprintf("%011d", n)
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (3 - 2*(i%2))
	}
	return fmt.Sprint(digits, (10-sum%10)%10)
}

// amount draws an amount, which is none as often as one of n.
func amount(rng *rand.Rand, n int) retail.Amount {
	if rng.IntN(n) == 0 {
		return 0
	}
	return retail.Amount(1+rng.Int64N(20)) * 10_000_000
}

func (g good) createItem(client *ent.Client, rng *rand.Rand, m retail.Match) *ent.PosItemCreate {
	var prices []retail.LevelPrice
	for level := range levels {
		if a := amount(rng, 4); a > 0 {
			prices = append(prices, retail.LevelPrice{LevelID: int64(level + 1), Amount: a})
		}
	}
	byBrand, byName := retail.BrandKeys(g.brand, g.name())
	row := client.PosItem.Create().SetID(g.item.ID).SetLightspeedID(int64(g.number)).SetDescription(g.name()).
		SetSystemSku(fmt.Sprintf("%012d", g.number)).SetUpc(g.upc).SetManufacturerSku(g.mpn).SetBrand(g.brand).
		SetUpcCode(g.item.UPC).SetMpnKey(g.item.MPN).SetBrandKey(byBrand).SetNameKey(byName).SetDefaultCost(amount(rng, 10)).SetMsrp(amount(rng, 10)).SetPrices(prices).
		SetMatchState(m.State).SetMatchBasis(m.By).SetMatchReason(m.Reason)
	if m.Reason != "" {
		row.SetCandidateIds(m.Candidates[:min(len(m.Candidates), 10)]).SetRivalIds(m.Rivals[:min(len(m.Rivals), 10)])
	}
	if m.ProductID != "" {
		row.SetProductID(m.ProductID)
	}
	return row
}

func (g good) createProduct(client *ent.Client, rng *rand.Rand) *ent.ProductCreate {
	row := client.Product.Create().SetID(g.product.ID).SetKey(fmt.Sprint("p-", g.number)).SetName(g.name()).
		SetBrand(g.brand).SetMpn(g.mpn).SetGtin1(string(g.product.GTIN1)).SetGtin1Code(g.product.GTIN1).SetMpnKey(g.product.MPN).SetPartKey(retail.PartKey(g.product.MPN)).SetBrandKey(retail.BrandKey(g.brand, g.name())).
		SetPrice(amount(rng, 10)).SetMatchPending(false)
	if rng.IntN(3) == 0 { // the tests' today is 2026-05-02
		row.SetSaleStartDate([]retail.Date{"2026-04-01", "2026-05-02", "2026-05-03"}[rng.IntN(3)])
		row.SetSaleEndDate([]retail.Date{"", "2026-05-02", "2026-05-31"}[rng.IntN(3)])
	}
	return row
}
