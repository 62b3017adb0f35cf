package retail_test

import (
	"fmt"
	"testing"

	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
)

// codeFaults are the mistakes that damage a code.
const codeFaults = sandbox.FaultNoCode | sandbox.FaultBadCheck | sandbox.FaultShortCode | sandbox.FaultStrayMarks |
	sandbox.FaultLeadingZero | sandbox.FaultSharedCode

// quality counts what matching makes of a shop's records whose true identities are known.
type quality struct {
	items, coded, damaged int // items that are not archived; those with a code; those whose code is damaged
	linked, conflicts     int
	wrong                 []string // links to another product than the item is, although the record contradicts it
	blind                 int      // such links of records that hold nothing but the code of another article
}

// measure matches a generated shop with the clean catalogue of the same articles. Of the articles whose code is not
// damaged, those for which harm says so are damaged besides.
func measure(seed uint64, items int, harm func(id int64, code string) string) (q quality) {
	pos := &sandbox.Server{Options: sandbox.Options{Items: items, Shops: 1, Seed: seed}}
	records := pos.Account("").Truth().Items
	var itemCodes []retail.ItemCodes
	var products []retail.ProductCodes
	truth := make(map[string]sandbox.CatalogueItem, items)
	idOf := func(n int64) string { return fmt.Sprint("p", n) }
	for c := range pos.Catalogue() {
		r := records[c.ItemID-1]
		if c.TwinOf == 0 {
			gtin, _ := retail.ParseGTIN(c.GTIN)
			products = append(products, retail.ProductCodes{ID: idOf(c.ItemID), GTIN1: gtin, MPN: retail.MPNKey(c.Brand, c.MPN)})
		}
		if c.Faults&codeFaults == 0 && c.GTIN != "" {
			if upc, ean := harm(c.ItemID, r.UPC), harm(c.ItemID, r.EAN); upc != r.UPC || ean != r.EAN {
				r.UPC, r.EAN = upc, ean
				c.Faults |= sandbox.FaultBadCheck
			}
		}
		upc, _ := retail.ParseGTIN(r.UPC)
		ean, _ := retail.ParseGTIN(r.EAN)
		id := fmt.Sprint("i", c.ItemID)
		truth[id] = c
		itemCodes = append(itemCodes, retail.ItemCodes{
			ID: id, UPC: upc, EAN: ean, MPN: retail.MPNKey(r.Manufacturer, r.ManufacturerSKU), Archived: r.Archived,
		})
		if r.Archived {
			continue
		}
		q.items++
		if c.GTIN != "" {
			q.coded++
		}
		if c.Faults&codeFaults != 0 {
			q.damaged++
		}
	}
	for id, m := range retail.MatchAll(itemCodes, products, nil) {
		c := truth[id]
		switch {
		case m.State == retail.MatchConflict:
			q.conflicts++
		case m.State != retail.MatchLinked:
		case m.ProductID == idOf(c.ItemID), c.TwinOf != 0 && m.ProductID == idOf(c.TwinOf):
			q.linked++
		case c.Faults.Has(sandbox.FaultSharedCode) && (c.Faults.Has(sandbox.FaultNoMPN) || c.Faults.Has(sandbox.FaultNoBrand) || c.MPN == ""):
			q.blind++
		default:
			q.wrong = append(q.wrong, fmt.Sprintf("%s (%+v) is linked to %s by %s", id, c, m.ProductID, m.By))
		}
	}
	return q
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

// Of shops in which a fifth of the codes are damaged no item is linked to another product than it is, unless its record holds
// the code of another article and nothing that contradicts it.
func TestMatchingQuality(t *testing.T) {
	for seed := uint64(1); seed <= 10; seed++ {
		q := measure(seed, 5000, mistype)
		for _, wrong := range q.wrong {
			t.Errorf("seed %d: %s", seed, wrong)
		}
		if 100*q.damaged < 19*q.coded {
			t.Errorf("seed %d: only %d of %d codes are damaged", seed, q.damaged, q.coded)
		}
		if 100*q.linked < 88*q.items || q.blind > 3 {
			t.Errorf("seed %d: %d of %d items linked, %d blindly", seed, q.linked, q.items, q.blind)
		}
		t.Logf("seed %d: %d of %d codes damaged; of %d items %.1f %% linked, %.1f %% in conflict; wrong %d, and %d that nothing contradicts",
			seed, q.damaged, q.coded, q.items, 100*float64(q.linked)/float64(q.items), 100*float64(q.conflicts)/float64(q.items), len(q.wrong), q.blind)
	}
}

// BenchmarkMatching matches a shop of 100,000 items from nothing, a fifth of whose codes are damaged.
func BenchmarkMatching(b *testing.B) {
	var q quality
	for b.Loop() {
		q = measure(1, 100_000, mistype)
	}
	b.ReportMetric(100*float64(q.linked)/float64(q.items), "%linked")
	b.ReportMetric(100*float64(q.conflicts)/float64(q.items), "%conflicts")
	b.ReportMetric(float64(len(q.wrong)), "wrong")
	b.ReportMetric(float64(q.blind), "uncontradicted")
}
