package retail_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
)

// codeFaults are the mistakes that damage a code.
const codeFaults = sandbox.FaultNoCode | sandbox.FaultBadCheck | sandbox.FaultShortCode | sandbox.FaultStrayMarks |
	sandbox.FaultLeadingZero | sandbox.FaultSharedCode

// quality counts what matching makes of a shop's records whose true identities are known.
type quality struct {
	items, coded, damaged          int // items that are not archived; those with a code; those whose code is damaged
	linked, conflicts, unconfirmed int // the last are some of the conflicts
	wrong                          []string
}

func (q *quality) String() string {
	part := func(n int) float64 { return 100 * float64(n) / float64(q.items) }
	return fmt.Sprintf("%d of %d codes damaged; of %d items %.1f %% linked, %.1f %% in conflict (%.2f %% unconfirmed), %d wrong",
		q.damaged, q.coded, q.items, part(q.linked), part(q.conflicts), part(q.unconfirmed), len(q.wrong))
}

// catalogues are a shop and a website's catalogue, with the truth about both. An item and a product are of the same article if
// their articles are called the same.
type catalogues struct {
	items    []retail.ItemCodes
	products []retail.ProductCodes
	truth    map[string]string // an item's article; a product's is its id
	quality
}

// record is an item as the shop has it.
type record struct {
	article                      string
	upc, ean, description, brand string
	category, part               string
	archived, coded, damaged     bool
}

func (c *catalogues) addItem(r record) {
	upc, _ := retail.ParseGTIN(r.upc)
	ean, _ := retail.ParseGTIN(r.ean)
	id := fmt.Sprint("i", len(c.items))
	c.truth[id] = r.article
	c.items = append(c.items, retail.ItemCodes{
		ID: id, UPC: upc, EAN: ean, MPN: retail.ItemMPNKey(r.brand, r.part), Archived: r.archived,
		Article: retail.Article{Name: r.description, Brand: r.brand, Category: r.category, Part: r.part},
	})
	if r.archived {
		return
	}
	c.quality.items++
	if r.coded {
		c.coded++
	}
	if r.damaged {
		c.damaged++
	}
}

func (c *catalogues) addProduct(article, gtin, name, brand, category, mpn string) {
	code, _ := retail.ParseGTIN(gtin)
	c.products = append(c.products, retail.ProductCodes{
		ID: article, GTIN1: code, MPN: retail.MPNKey(brand, mpn),
		Article: retail.Article{Name: name, Brand: brand, Category: category, Part: mpn},
	})
}

// match matches everything and compares it with the truth.
func (c *catalogues) match() *quality {
	for id, m := range retail.MatchAll(c.items, c.products, nil, retail.BarcodeLinksConfirmed) {
		switch {
		case m.State == retail.MatchConflict:
			c.conflicts++
			if m.Reason.Unconfirmed() {
				c.unconfirmed++
			}
		case m.State != retail.MatchLinked:
		case m.ProductID == c.truth[id]:
			c.linked++
		default:
			at := slices.IndexFunc(c.items, func(i retail.ItemCodes) bool { return i.ID == id })
			c.wrong = append(c.wrong, fmt.Sprintf("%+v of %s is linked to %s by %s", c.items[at], c.truth[id], m.ProductID, m.By))
		}
	}
	return &c.quality
}

// defects are what a shop may have besides damaged codes.
type defects struct {
	families bool  // of sizes and colours with one code, and records entered twice
	lacks    int64 // the website lacks one article in so many; 0 for none
}

// measure matches a generated shop with the clean catalogue of the same articles. Of the articles whose code is not damaged,
// those for which harm says so are damaged besides.
func measure(seed uint64, items int, harm func(id int64, code string) string, with defects) *quality {
	pos := &sandbox.Server{Options: sandbox.Options{Items: items, Shops: 1, Seed: seed}}
	truth := pos.Account("").Truth()
	c := &catalogues{truth: make(map[string]string, items)}
	for a := range pos.Catalogue() {
		r := truth.Items[a.ItemID-1]
		article := fmt.Sprint("article ", a.ItemID)
		if a.TwinOf != 0 {
			article = fmt.Sprint("article ", a.TwinOf)
		}
		onSite := a.TwinOf == 0 && (with.lacks == 0 || a.ItemID%with.lacks != 0)
		if onSite {
			c.addProduct(article, a.GTIN, onWebsite(a), a.Brand, a.Category, a.MPN)
		}
		damaged := a.Faults&codeFaults != 0
		if !damaged && a.GTIN != "" {
			upc, ean := harm(a.ItemID, r.UPC), harm(a.ItemID, r.EAN)
			damaged = upc != r.UPC || ean != r.EAN
			r.UPC, r.EAN = upc, ean
		}
		own := record{
			article: article, upc: r.UPC, ean: r.EAN, description: inShop(a), brand: r.Manufacturer, category: a.Category,
			part: r.ManufacturerSKU, archived: r.Archived, coded: a.GTIN != "", damaged: damaged,
		}
		c.addItem(own)
		if with.families && onSite && a.ItemID%61 == 0 && a.MPN != "" && !a.Faults.Has(sandbox.FaultArchived) {
			c.addFamily(a, own)
		}
		if with.families && a.ItemID%97 == 0 && a.TwinOf == 0 { // entered twice, and both in use
			own.damaged = true
			c.addItem(own)
		}
	}
	return c.match()
}

// onWebsite is an article's name as the website writes it: some with the brand, some without, some in another order.
func onWebsite(a sandbox.CatalogueItem) string {
	bare := strings.TrimSpace(strings.TrimPrefix(a.Description, a.Brand))
	switch model, rest, _ := strings.Cut(bare, " "); a.ItemID % 5 {
	case 0, 1:
		return a.Description
	case 2, 3:
		return bare
	default:
		return rest + " - " + model
	}
}

// inShop is an article's description as the shop's staff typed it.
func inShop(a sandbox.CatalogueItem) string {
	switch a.ItemID % 7 {
	case 0:
		return strings.ToUpper(a.Description)
	case 1:
		return strings.ReplaceAll(strings.ReplaceAll(a.Description, "Black", "BLK"), " ", "  ")
	case 2:
		return strings.TrimSpace(strings.TrimPrefix(a.Description, a.Brand))
	default:
		return a.Description
	}
}

// addFamily adds four more of an article in other colours or sizes, each with its product, of which the shop's records carry
// the first one's code, as records that are made by copying do. Only some still have the other codes that distinguish them;
// the first's own record may have no code any more.
func (c *catalogues) addFamily(first sandbox.CatalogueItem, own record) {
	words := strings.Fields(first.Description)
	for n, word := range []string{"Teal", "Plum", "XXL", "115"} {
		member := fmt.Sprintf("%s, %s", own.article, word)
		name := strings.Join(append(slices.Clone(words[:len(words)-1]), word), " ")
		part := fmt.Sprintf("%s-%s", first.MPN, word)
		gtin := withCheckDigit(fmt.Sprintf("0%010d%02d", first.ItemID, 40+n))
		if first.ItemID%2 == 0 || n%2 == 0 {
			c.addProduct(member, gtin, name, first.Brand, first.Category, part)
		}
		r := record{
			article: member, upc: own.upc, ean: own.ean, description: name, brand: first.Brand, category: first.Category,
			coded: true, damaged: true,
			// Of some families all is in use, of others one is left.
			archived: first.ItemID%3 != 0 && int64(n) != first.ItemID%4,
		}
		if (first.ItemID+int64(n))%3 == 0 {
			r.part = part
		}
		if first.ItemID%5 == 0 {
			r.brand = ""
		}
		c.addItem(r)
	}
	if first.ItemID%2 == 0 { // then nothing but the words tells that the code is another's
		at := len(c.items) - 5
		c.items[at].UPC, c.items[at].EAN = "", ""
	}
}

// mistype damages one more code in fourteen, so that a fifth are damaged in all, as hands and spreadsheets do.
func mistype(id int64, code string) string {
	if len(code) < 12 || id%14 != 0 {
		return code
	}
	at := 2 + int(id/14)%(len(code)-3)
	switch id / 14 % 6 {
	case 0: // a wrong digit
		return code[:at] + string('0'+(code[at]-'0'+3)%10) + code[at+1:]
	case 1: // two digits swapped
		return code[:at] + code[at+1:at+2] + code[at:at+1] + code[at+2:]
	case 2: // a digit lost
		return code[:at] + code[at+1:]
	case 3: // a digit typed twice
		return code[:at] + code[at:at+1] + code[at:]
	case 4: // the check digit lost
		return code[:len(code)-1]
	default: // a number that a spreadsheet shortened
		return code[:1] + "." + code[1:6] + "E+11"
	}
}

// Of shops in which a fifth of the codes are damaged no item is linked to another product than it is, also where the website
// lacks articles of the shop.
func TestMatchingQuality(t *testing.T) {
	for seed := uint64(1); seed <= 3; seed++ {
		for with, least := range map[defects]int{{}: 95, {families: true}: 88, {families: true, lacks: 4}: 66} {
			q := measure(seed, 5000, mistype, with)
			for _, wrong := range q.wrong {
				t.Errorf("seed %d: %s", seed, wrong)
			}
			if 100*q.damaged < 19*q.coded {
				t.Errorf("seed %d: only %d of %d codes are damaged", seed, q.damaged, q.coded)
			}
			if 100*q.linked < least*q.items {
				t.Errorf("seed %d: %d of %d items linked", seed, q.linked, q.items)
			}
			t.Logf("seed %d, %+v: %s", seed, with, q)
		}
	}
}

// BenchmarkMatching matches a shop of 100,000 items from nothing, a fifth of whose codes are damaged.
func BenchmarkMatching(b *testing.B) {
	var q *quality
	for b.Loop() {
		q = measure(1, 100_000, mistype, defects{})
	}
	q.report(b)
}

// BenchmarkMatchingQuality matches forty shops of 5,000 items, each without and with further defects.
func BenchmarkMatchingQuality(b *testing.B) {
	var all quality
	for b.Loop() {
		for seed := range uint64(40) {
			for _, with := range []defects{{}, {families: true}, {families: true, lacks: 4}} {
				q := measure(seed+1, 5000, mistype, with)
				all.items += q.items
				all.linked += q.linked
				all.conflicts += q.conflicts
				all.unconfirmed += q.unconfirmed
				all.wrong = append(all.wrong, q.wrong...)
			}
		}
	}
	all.report(b)
	for _, wrong := range all.wrong {
		b.Error(wrong)
	}
}

func (q *quality) report(b *testing.B) {
	b.ReportMetric(100*float64(q.linked)/float64(q.items), "%linked")
	b.ReportMetric(100*float64(q.conflicts)/float64(q.items), "%conflicts")
	b.ReportMetric(100*float64(q.unconfirmed)/float64(q.items), "%unconfirmed")
	b.ReportMetric(float64(len(q.wrong)), "wrong")
}
