package web_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed/sandbox"
)

// offer has the platform send products.
func (c counter) offer(products ...map[string]any) {
	c.t.Helper()
	service := *c.api
	service.token = "world/service"
	for batch := range slices.Chunk(products, 250) {
		var data struct {
			ImportProducts struct {
				Results []struct{ Key, Outcome string }
			}
		}
		service.ask(&data, `mutation($p: [ProductInput!]!) { importProducts(input: {products: $p}) { results { key outcome } userErrors { message } } }`,
			map[string]any{"p": batch})
		for _, r := range data.ImportProducts.Results {
			if len(data.ImportProducts.Results) != len(batch) || r.Outcome == "REFUSED" {
				c.t.Fatalf("%s is %s", r.Key, r.Outcome)
			}
		}
	}
}

// ean is the nth barcode of a company.
func ean(company, n int) string {
	digits := fmt.Sprintf("4%06d%05d", company, n)
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (1 + 2*(i%2))
	}
	return digits + fmt.Sprint((10-sum%10)%10)
}

// links are the keys of the products that the API shows items linked to, by Lightspeed's numbers of the items.
func (c counter) links() map[string]string {
	c.t.Helper()
	links := map[string]string{}
	for after := any(nil); ; {
		var data struct {
			PosItems struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   *string
				}
				Edges []struct {
					Node struct {
						LightspeedItemID string
						Product          *struct{ Key string }
					}
				}
			}
		}
		c.api.ask(&data, `query($a: Cursor) { posItems(first: 100, after: $a) { pageInfo { hasNextPage endCursor } edges { node { lightspeedItemId product { key } } } } }`,
			map[string]any{"a": after})
		for _, e := range data.PosItems.Edges {
			if e.Node.Product != nil {
				links[e.Node.LightspeedItemID] = e.Node.Product.Key
			}
		}
		if !data.PosItems.PageInfo.HasNextPage {
			return links
		}
		after = *data.PosItems.PageInfo.EndCursor
	}
}

// D9: of a real catalogue, with names as a till writes them and barcodes of their own, nearly all items are linked at once. Where a site
// confirms its barcodes, many wait for a person.
func TestRealCatalogueIsLinkedAtOnce(t *testing.T) {
	type pair struct {
		Pos  bool
		A, B struct{ Name, Brand string }
	}
	f, err := os.Open("../../internal/retail/testdata/matching/adventureworks-till.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []pair
	if err := json.NewDecoder(unzipped).Decode(&pairs); err != nil {
		t.Fatal(err)
	}
	pairs = slices.DeleteFunc(pairs, func(p pair) bool { return !p.Pos })
	atCounter(t, func(c counter) {
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		want := map[string]string{}
		var products []map[string]any
		for n, p := range pairs {
			key := fmt.Sprint("aw-", n)
			products = append(products, map[string]any{"key": key, "name": p.B.Name, "brand": p.B.Brand, "gtin1": ean(7, n)})
			if n%4 == 0 {
				want[fmt.Sprint(c.enter(p.A.Name, ean(7, n)))] = key
			}
		}
		c.offer(products...)
		c.FullSync()
		count := func() (right int) {
			t.Helper()
			for item, key := range c.links() {
				if want[item] == key {
					right++
				} else {
					t.Errorf("item %s is linked to %s, it is %s", item, key, want[item])
				}
			}
			return right
		}
		confirmed := count()
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: AT_ONCE}) { userErrors { message } } }`)
		c.Work()
		if atOnce := count(); len(want) < 75 || atOnce*100 < 95*len(want) || confirmed*100 > 75*len(want) {
			t.Errorf("of %d items %d are linked at once, %d when barcodes are confirmed", len(want), atOnce, confirmed)
		}
	})
}

// D9: where names must agree, sizes, units and colours agree however they are usually written, and others do not.
func TestSpellingsOfSizesUnitsAndColours(t *testing.T) {
	same := [][2]string{
		{"Aero Jersey M Black", "Aero Jersey Medium Black"}, {"BORA JERSEY MED BLK", "Bora Jersey Medium Black"}, {"CETO JERSEY MD BLK", "Ceto Jersey M Black"},
		{"DORA JERSEY LARGE", "Dora Jersey L"}, {"ESKO JERSEY LG", "Esko Jersey Large"}, {"FARO JERSEY XL", "Faro Jersey X-Large"},
		{"GILA JERSEY SZ L", "Gila Jersey Large"}, {"HUGO SHOE SZ 44", "Hugo Shoe Size 44"}, {"IDRO SHOE 44", "Idro Shoe SZ 44"},
		{"JURA TUBE 700 X 25 C 60 MM", "Jura Tube 700x25C 60mm"}, {"KORA BOTTLE 750ML", "Kora Bottle 750 ml"},
		{"LUPO HELMET GRY", "Lupo Helmet Grey"}, {"MIRA HELMET WHT", "Mira Helmet White"}, {"NERO HELMET NVY", "Nero Helmet Navy"},
	}
	others := [][2]string{
		{"PICO JERSEY M BLACK", "Pico Jersey Large Black"}, {"RENO JERSEY M BLK", "Reno Jersey M Blue"}, {"SIRO TUBE 700X25C", "Siro Tube 700x28C"},
		{"TERA JERSEY XL", "Tera Jersey L"}, {"ULMO BOTTLE 750ML", "Ulmo Bottle 500 ml"},
	}
	atCounter(t, func(c counter) {
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		ids := map[string]int64{}
		for n, pair := range slices.Concat(same, others) {
			ids[pair[1]] = c.enter(pair[0], ean(100+n, 1))
			c.offer(map[string]any{"key": pair[1], "name": pair[1], "gtin1": ean(100+n, 1)})
		}
		c.FullSync()
		for _, pair := range same {
			c.expectMatch(pair[0], ids[pair[1]], "LINKED / "+pair[1])
		}
		for _, pair := range others {
			c.expectMatch(pair[0], ids[pair[1]], "CONFLICT / "+pair[1]+" / "+unconfirmed)
		}
	})
}

// D9: part numbers of six and more digits are the same with and without their leading zeros and spaces; shorter ones are not.
func TestPartNumbersAreTheSame(t *testing.T) {
	atCounter(t, func(c counter) {
		ids := map[string]int64{}
		pairs := [][2]string{ // an item's and a product's
			{"634017714", "0634017714"}, {"0634017714", "06 340 177 14"}, {"06 340 177 14", "634017714"}, {"000123456", "123456"}, {"04217", "4217"},
		}
		for n, pair := range pairs {
			brand := fmt.Sprint("Maker ", n)
			maker, err := c.Account.AddManufacturer(brand)
			if err != nil {
				t.Fatal(err)
			}
			ids[pair[0]] = c.enterItem(sandbox.ItemEdit{Description: new("Part"), ManufacturerID: &maker, ManufacturerSKU: &pair[0]})
			c.offer(map[string]any{"key": pair[1], "name": "Part", "brand": brand, "mpn": pair[1]})
		}
		c.FullSync()
		for _, pair := range pairs[:4] {
			c.expectMatch(pair[0], ids[pair[0]], "LINKED / "+pair[1])
		}
		c.expectMatch("of five digits", ids["04217"], "NOT_IN_CATALOGUE / "+missing)
	})
}

// D9: four sizes of one style have one part number: their variants tell them apart, where the names do not.
func TestVariantsOfOneStyleNumber(t *testing.T) {
	atCounter(t, func(c counter) {
		maker, err := c.Account.AddManufacturer("Kestrel")
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]int64{}
		for key, size := range map[string][2]string{"s": {"SM", "S"}, "m": {"Medium", "M"}, "l": {"LG", "Large"}, "xl": {"X-Large", "XL"}} {
			ids[key] = c.enterItem(sandbox.ItemEdit{Description: new("Trail Short"), ManufacturerID: &maker, ManufacturerSKU: new("STYLE-9"), Size: &size[0], Color: new("BLK")})
			c.offer(map[string]any{"key": key, "name": "Trail Short", "brand": "Kestrel", "mpn": "STYLE-9", "variant": map[string]any{"size": size[1], "color": "Black"}})
		}
		c.FullSync()
		for key, id := range ids {
			c.expectMatch(key, id, "LINKED / "+key)
		}
	})
}

// D9: eight digits that begin with 1 are a UPC-E in the field of the UPC, and an EAN-8 in that of the EAN.
func TestEightDigitsOfEachField(t *testing.T) {
	atCounter(t, func(c counter) {
		c.offer(map[string]any{"key": "upc-e", "name": "Cable Cutter", "gtin1": "112345000062"}, map[string]any{"key": "ean-8", "name": "Spoke Wrench", "gtin1": "11234562"})
		cutter := c.enterItem(sandbox.ItemEdit{Description: new("Cable Cutter"), UPC: new("11234562")})
		wrench := c.enterItem(sandbox.ItemEdit{Description: new("Spoke Wrench"), EAN: new("11234562")})
		c.expect("in the UPC", cutter, "LINKED / upc-e")
		c.expectMatch("in the EAN", wrench, "LINKED / ean-8")
	})
}

// D9: a barcode does not link an item that has another product's part number, or whose words fit a product of the same company clearly
// better, also where nobody knows the brand.
func TestCodesOfSiblingsContradict(t *testing.T) {
	atCounter(t, func(c counter) {
		maker, err := c.Account.AddManufacturer("Kestrel")
		if err != nil {
			t.Fatal(err)
		}
		c.offer(
			map[string]any{"key": "left", "name": "Brake Lever", "brand": "Kestrel", "mpn": "BL-100-L", "gtin1": ean(1, 1)},
			map[string]any{"key": "right", "name": "Brake Lever", "brand": "Kestrel", "mpn": "BL-100-R", "gtin1": ean(2, 1)},
			map[string]any{"key": "black", "name": "Black Road Frame 58", "gtin1": ean(3, 1)},
			map[string]any{"key": "red", "name": "Red Road Frame 58", "gtin1": ean(3, 2)},
		)
		lever := c.enterItem(sandbox.ItemEdit{Description: new("Brake Lever"), UPC: new(ean(1, 1)), ManufacturerID: &maker, ManufacturerSKU: new("BL100R")})
		frame := c.enter("RD FRM BLK 58", ean(3, 2))
		c.expect("the part number of another product", lever, "CONFLICT / left / right / "+unconfirmed)
		c.expectMatch("a sibling of the company", frame, "CONFLICT / black / red / "+unconfirmed)
		c.expectQueue("contradicted", "Brake Lever CONTRADICTION, RD FRM BLK 58 CONTRADICTION")
	})
}

// D9: whatever comes after a link, the product stays on the website with its item's stock.
func TestNothingTakesALinkedProductOffTheWebsite(t *testing.T) {
	atCounter(t, func(c counter) {
		cost := decimal.NewFromInt(5)
		stocked := func(description, upc string, units int) int64 {
			t.Helper()
			id := c.enterItem(sandbox.ItemEdit{Description: &description, UPC: &upc, DefaultCost: &cost})
			if err := c.Account.Receive(id, 1, units); err != nil {
				t.Fatal(err)
			}
			return id
		}
		box := stocked("Box of Tissues", tissues, 3)
		on := func(when string) {
			t.Helper()
			c.FullSync()
			var data struct {
				ProductFeed struct {
					Products []struct {
						Key, LightspeedItemID string
						Displayed             bool
						Stock                 []struct{ Available int }
					}
				}
			}
			service := *c.api
			service.token = "world/service"
			service.ask(&data, `{ productFeed(first: 1000) { products { key displayed lightspeedItemId stock { available } } } }`, nil)
			for _, p := range data.ProductFeed.Products {
				if p.Key == "tissues" {
					if !p.Displayed || p.LightspeedItemID != fmt.Sprint(box) || len(p.Stock) != 1 || p.Stock[0].Available != 3 {
						t.Errorf("%s: %+v", when, p)
					}
					return
				}
			}
			t.Errorf("%s: the feed does not have the product", when)
		}
		on("at first")
		stocked("Box of Tissues", tissues, 9)
		on("a newcomer with the item's UPC")
		c.edit(box, "Handlebar Bell", tissues)
		on("other words")
		c.offer(map[string]any{"key": "bell", "name": "Handlebar Bell", "brand": "Alder"})
		on("a product that fits the words better")
		c.offer(map[string]any{"key": "other", "name": "Box of Tissues", "gtin1": tissues})
		on("another product with the barcode")
		c.offer(map[string]any{"key": "tissues", "name": "Alder Box of Tissues", "gtin1": nil, "mpn": nil})
		on("a feed without the codes")
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		on("barcodes that are confirmed")
		c.expectQueue("in the end", "Handlebar Bell DOUBT")
		c.CheckEvaluation()
	})
}
