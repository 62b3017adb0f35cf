package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"possync/internal/lightspeed/sandbox"
)

// enterItem enters an item with everything that its staff know of it.
func (c counter) enterItem(e sandbox.ItemEdit) int64 {
	c.t.Helper()
	id, err := c.Account.AddItem(e, decimal.Zero)
	if err != nil {
		c.t.Fatal(err)
	}
	return id
}

// queue lists the review queue: each item's description with its reason, sorted.
func (c counter) queue(where string) string {
	c.t.Helper()
	var data struct {
		ReviewQueue struct {
			Edges []struct {
				Node struct{ Description, MatchReason string }
			}
		}
	}
	c.api.ask(&data, "{ reviewQueue"+where+" { edges { node { description matchReason } } } }", nil)
	var lines []string
	for _, e := range data.ReviewQueue.Edges {
		lines = append(lines, e.Node.Description+" "+e.Node.MatchReason)
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

func (c counter) expectQueue(when, want string) {
	c.t.Helper()
	if got := c.queue(""); got != want {
		c.t.Errorf("%s the queue is\n%s\nwant %s", when, got, want)
	}
}

// manage asks for a mutation as a manager and returns its answer as text.
func (c counter) manage(mutation string) string {
	c.t.Helper()
	manager := *c.api
	manager.token = "world/manage"
	var data map[string]any
	manager.ask(&data, mutation, nil)
	return fmt.Sprint(data)
}

// D9: an established link stays on the website, whatever comes later, and the review queue lists the doubt.
func TestALinkSurvivesWhatComesLater(t *testing.T) {
	atCounter(t, func(c counter) {
		box := c.enter("Box of Tissues", tissues)
		c.expect("at first", box, "LINKED / tissues")
		c.expectQueue("at first", "")

		newcomer := c.enter("Tissue Box", tissues)
		c.expect("with a newcomer", box, "LINKED / tissues / tissues / with 1 others")
		c.expectMatch("the newcomer", newcomer, "CONFLICT / tissues / with 1 others / "+shared)
		c.expectQueue("with a newcomer", "Box of Tissues DOUBT, Tissue Box RIVAL")
		if got := c.queue("(where: {reasons: [RIVAL]})"); got != "Tissue Box RIVAL" {
			t.Errorf("rivals: %s", got)
		}
		c.edit(newcomer, "Tissue Box", "")
		c.expect("alone again", box, "LINKED / tissues")

		c.edit(box, "Handlebar Bell", tissues)
		c.expect("with other words", box, "LINKED / tissues / tissues")
		c.edit(box, "Box of Tissues", tissues)
		c.ImportProduct("better", "Box of Tissues 100", "", "Alder", "", true)
		c.edit(box, "Box of Tissues 100", tissues)
		c.expect("with a better sibling", box, "LINKED / tissues / tissues / better")
		c.edit(box, "Box of Tissues", tissues)
		c.ImportProduct("tissues", "Alder Box of Tissues", "", "Alder", "", true)
		c.expect("without the product's codes", box, "LINKED / tissues / tissues")
		c.edit(box, "Box of Tissues", "")
		c.expect("without any code", box, "LINKED / tissues / tissues")
		c.expectQueue("without any code", "Box of Tissues DOUBT")
		c.CheckEvaluation()

		c.ImportProduct("tissues", "Alder Box of Tissues", tissues, "Alder", "BT-36", false)
		c.expect("the product retired", box, "LACKING_CODES")
		c.ImportProduct("tissues", "Alder Box of Tissues", tissues, "Alder", "BT-36", true)
		c.expect("and back", box, "LINKED / tissues / tissues")
		c.CheckEvaluation()
	})
}

// D9: till-style names wait for nobody. What contradicts a barcode does.
func TestABarcodeLinksUnlessContradicted(t *testing.T) {
	atCounter(t, func(c counter) {
		c.ImportProduct("frame-black", "HL Road Frame - Black, 58", "4006381333931", "Kestrel", "", true)
		c.ImportProduct("frame-red", "HL Road Frame - Red, 58", "4006381333948", "Kestrel", "", true)
		c.ImportProduct("glove", "Gel Glove", "5901234123457", "Fenwick", "", true)
		right := c.enter("HL RD FRM BLK 58", "4006381333931")
		c.expect("a till's name", right, "LINKED / frame-black")
		sibling := c.enter("HL RD FRM BLK 58 NEW", "4006381333948")
		c.expect("a sibling's code", sibling, "CONFLICT / frame-black / frame-red / "+unconfirmed)
		words := c.enter("Handlebar Bell", "5901234123457")
		c.expect("no word in common", words, "CONFLICT / glove / "+unconfirmed)
		c.expectQueue("contradicted", "HL RD FRM BLK 58 NEW CONTRADICTION, Handlebar Bell CONTRADICTION")
		kobold, err := c.Account.AddManufacturer("Kobold")
		if err != nil {
			t.Fatal(err)
		}
		c.edit(words, "Gel Glove", "5901234123457")
		if err := c.Account.Edit(words, sandbox.ItemEdit{ManufacturerID: &kobold}); err != nil {
			t.Fatal(err)
		}
		c.expect("another brand", words, "CONFLICT / glove / "+unconfirmed)
	})
}

// D9: usual spellings of sizes and colours, part numbers without their zeros, style numbers, items without a brand, UPC-E.
func TestWordsAndCodesAsShopsWriteThem(t *testing.T) {
	atCounter(t, func(c counter) {
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		c.ImportProduct("jersey", "Aero Jersey Medium Black", "4006381333931", "Fenwick", "", true)
		c.ImportProduct("upce", "Cable Cutter", "112345000062", "", "", true)
		c.ImportProduct("zeros", "Chain", "", "Kestrel", "0634017714", true)
		c.ImportProduct("unbranded", "Saddle Comfort", "", "Alder", "SD-7701", true)
		for key, size := range map[string]string{"s": "S", "m": "M", "l": "L", "xl": "XL"} {
			c.ImportProduct("style-"+key, "Trail Short "+size, "", "Kestrel", "STYLE-9", true)
		}
		kestrel, err := c.Account.AddManufacturer("Kestrel")
		if err != nil {
			t.Fatal(err)
		}
		text := func(s string) *string { return &s }
		jersey := c.enter("AERO JERSEY MD BLK", "4006381333931")
		c.expect("MD BLK", jersey, "LINKED / jersey")
		c.expectMatch("a UPC-E of number system 1", c.upce(), "LINKED / upce")
		zeros := c.enterItem(sandbox.ItemEdit{Description: text("Chain 11s"), ManufacturerID: &kestrel, ManufacturerSKU: text("06 340 177 14")})
		named := c.enterItem(sandbox.ItemEdit{Description: text("ALDER SADDLE"), ManufacturerSKU: text("SD7701")})
		c.expect("leading zeros", zeros, "LINKED / zeros")
		c.expectMatch("the brand in the description", named, "LINKED / unbranded")
		styles := map[string]int64{}
		for _, size := range []string{"SM", "Medium", "LG", "X-Large"} {
			styles[size] = c.enterItem(sandbox.ItemEdit{Description: text("Trail Short SZ " + size), ManufacturerID: &kestrel, ManufacturerSKU: text("STYLE-9")})
		}
		c.FullSync()
		for size, key := range map[string]string{"SM": "style-s", "Medium": "style-m", "LG": "style-l", "X-Large": "style-xl"} {
			c.expectMatch("one style number, "+size, styles[size], "LINKED / "+key)
		}
		if err := c.Account.Archive(named); err != nil {
			t.Fatal(err)
		}
		other := c.enterItem(sandbox.ItemEdit{Description: text("Comfort saddle"), ManufacturerSKU: text("SD-7701")})
		c.expect("no brand in the description", other, "CONFLICT / unbranded / "+unconfirmed)
	})
}

func (c counter) upce() int64 {
	c.t.Helper()
	id := c.enter("Cable cutter", "11234562")
	c.FullSync()
	return id
}

// D9: attributes of Lightspeed's items and the website's variants are compared.
func TestVariantsDistinguishSiblings(t *testing.T) {
	atCounter(t, func(c counter) {
		var data struct{ Products struct{ TotalCount int } }
		service := *c.api
		service.token = "world/service"
		service.ask(&data, `mutation { importProducts(input: {products: [
			{key: "v-m", name: "Aero Jersey", brand: "Fenwick", gtin1: "4006381333931", variant: {size: "M", color: "Black"}},
			{key: "v-l", name: "Aero Jersey", brand: "Fenwick", gtin1: "4006381333948", variant: {size: "L", color: "Black"}}]}) { userErrors { message } } }`, nil)
		text := func(s string) *string { return &s }
		right := c.enterItem(sandbox.ItemEdit{Description: text("Fenwick Aero Jersey"), UPC: text("4006381333931"), Size: text("Medium"), Color: text("BLK")})
		copied := c.enterItem(sandbox.ItemEdit{Description: text("Fenwick Aero Jersey"), UPC: text("4006381333948"), Size: text("XL"), Color: text("BLK")})
		c.expect("the same variant", right, "LINKED / v-m")
		c.expectMatch("another size", copied, "CONFLICT / v-l / "+unconfirmed)
	})
}

// Sites that confirm links by barcode see what AT_ONCE would link before they choose it, and confirm many at once.
func TestBarcodesThatAreConfirmed(t *testing.T) {
	atCounter(t, func(c counter) {
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		c.ImportProduct("frame", "HL Road Frame - Black, 58", "4006381333931", "Kestrel", "", true)
		c.ImportProduct("fork", "HL Mountain Fork", "4006381333948", "Kestrel", "", true)
		frame, fork := c.enter("HL RD FRM BLK", "4006381333931"), c.enter("HL MTN SUSP FRK", "4006381333948")
		c.expect("waits", frame, "CONFLICT / frame / "+unconfirmed)
		c.expectMatch("waits", fork, "CONFLICT / fork / "+unconfirmed)
		c.expectQueue("waiting", "HL MTN SUSP FRK UNCONFIRMED, HL RD FRM BLK UNCONFIRMED")

		confirm := func(expected int) string {
			return c.manage(fmt.Sprintf(`mutation { confirmMatches(input: {where: {reasons: [UNCONFIRMED]}, expectedCount: %d}) {
				batch results { decision { verdict } userErrors { code } } userErrors { code } } }`, expected))
		}
		if got := confirm(3); !strings.Contains(got, "COUNT_CHANGED") {
			t.Errorf("another count: %s", got)
		}
		got := confirm(2)
		if strings.Count(got, "LINK") != 2 {
			t.Errorf("confirmed: %s", got)
		}
		c.expect("confirmed", frame, "LINKED / frame")
		c.expectMatch("confirmed", fork, "LINKED / fork")
		_, batch, _ := strings.Cut(got, "batch:")
		batch, _, _ = strings.Cut(batch, " ")
		if got := c.manage(fmt.Sprintf(`mutation { undoConfirmMatches(input: {batch: %q}) { results { decision { verdict } } userErrors { code } } }`, batch)); strings.Count(got, "LINK") != 2 {
			t.Errorf("undone: %s", got)
		}
		c.expect("undone", frame, "CONFLICT / frame / "+unconfirmed)

		c.manage(`mutation { setMatchesAside(input: {where: {search: "FRK"}, expectedCount: 1}) { userErrors { code } } }`)
		c.expectQueue("one left aside", "HL RD FRM BLK UNCONFIRMED")
		if got := c.queue("(where: {setAside: true})"); got != "HL MTN SUSP FRK UNCONFIRMED" {
			t.Errorf("left aside: %s", got)
		}
		var preview struct {
			PreviewSettings struct{ Linking int }
		}
		c.api.ask(&preview, `{ previewSettings(input: {importSettings: {barcodeLinks: AT_ONCE}}) { linking } }`, nil)
		if preview.PreviewSettings.Linking != 2 {
			t.Errorf("AT_ONCE would link %d", preview.PreviewSettings.Linking)
		}
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: AT_ONCE}) { userErrors { message } } }`)
		c.expect("at once", frame, "LINKED / frame")
		c.expectMatch("at once", fork, "LINKED / fork")
		c.manage(`mutation { updateImportSettings(input: {barcodeLinks: CONFIRMED}) { userErrors { message } } }`)
		c.expect("links stay", frame, "LINKED / frame")
		c.CheckEvaluation()
	})
}

// The undo of a confirmed doubt leaves the link as it was before: in doubt.
func TestUndoOfAConfirmedDoubt(t *testing.T) {
	atCounter(t, func(c counter) {
		box := c.enter("Box of Tissues", tissues)
		c.expect("at first", box, "LINKED / tissues")
		c.edit(box, "Handlebar Bell", tissues)
		c.expect("in doubt", box, "LINKED / tissues / tissues")
		got := c.manage(`mutation { confirmMatches(input: {where: {reasons: [DOUBT]}, expectedCount: 1}) { batch userErrors { code } } }`)
		c.expect("confirmed", box, "LINKED / tissues")
		c.expectQueue("confirmed", "")
		_, batch, _ := strings.Cut(got, "batch:")
		batch, _, _ = strings.Cut(batch, " ")
		c.manage(fmt.Sprintf(`mutation { undoConfirmMatches(input: {batch: %q}) { userErrors { code } } }`, batch))
		c.expect("undone", box, "LINKED / tissues / tissues")
		c.expectQueue("undone", "Handlebar Bell DOUBT")
	})
}
