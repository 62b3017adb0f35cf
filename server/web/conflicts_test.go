package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
)

const (
	tissues = "036000291452"
	pump    = "012345678905"
)

// counter is a shop whose staff enter items, and what the API then says of them.
type counter struct {
	*jobstest.Fixture
	t   *testing.T
	api *api
}

func atCounter(t *testing.T, fn func(c counter)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		w := jobstest.New(t, client, sandbox.Options{Items: 1, Shops: 1})
		w.Connect("admin")
		w.ImportProduct("tissues", "Alder Box of Tissues", tissues, "Alder", "BT-36", true)
		w.ImportProduct("pump", "Floor Pump", pump, "", "", true)
		w.Work()
		w.MapAll()
		w.Work()
		fn(counter{w, t, newAPI(t, client)})
	})
}

func (c counter) enter(description, upc string) int64 {
	c.t.Helper()
	id, err := c.Account.AddItem(sandbox.ItemEdit{Description: &description, UPC: &upc}, decimal.Zero)
	if err != nil {
		c.t.Fatal(err)
	}
	return id
}

func (c counter) edit(id int64, description, upc string) {
	c.t.Helper()
	if err := c.Account.Edit(id, sandbox.ItemEdit{Description: &description, UPC: &upc}); err != nil {
		c.t.Fatal(err)
	}
}

// expect reads the whole POS and compares what is said of an item's match: its state, its product or candidates with how many
// rivals, and the finding about the match as staff read it.
func (c counter) expect(when string, id int64, want string) {
	c.t.Helper()
	c.FullSync()
	c.expectMatch(when, id, want)
}

func (c counter) expectMatch(when string, id int64, want string) {
	c.t.Helper()
	var data struct {
		PosItem struct {
			MatchState string
			Product    *struct{ Key string }
			Candidates []struct{ Key string }
			Rivals     []struct{ LightspeedItemID string }
			Diagnosis  struct {
				Reasons []struct {
					Code, Message, Advice string
					Blocking              bool
				}
			}
		}
	}
	c.api.ask(&data, `query($id: String!) { posItem(lightspeedItemId: $id) { matchState product { key } candidates { key }
		rivals { lightspeedItemId } diagnosis { reasons { code message advice blocking } } } }`, map[string]any{"id": fmt.Sprint(id)})
	got := []string{data.PosItem.MatchState}
	if p := data.PosItem.Product; p != nil {
		got = append(got, p.Key)
	}
	for _, p := range data.PosItem.Candidates {
		got = append(got, p.Key)
	}
	if n := len(data.PosItem.Rivals); n > 0 {
		got = append(got, fmt.Sprintf("with %d others", n))
	}
	for _, r := range data.PosItem.Diagnosis.Reasons {
		if slices.Contains([]string{"MATCH_CONFLICT", "MATCH_UNCONFIRMED", "ARCHIVED", "NOT_IN_CATALOGUE"}, r.Code) {
			if !r.Blocking {
				c.t.Errorf("%s: %s does not block", when, r.Code)
			}
			got = append(got, r.Message, r.Advice)
		}
	}
	if got := strings.Join(got, " / "); got != want {
		c.t.Errorf("%s: item %d\nis   %s\nwant %s", when, id, got, want)
	}
}

const (
	shared = "The item's codes match more than one product, or another item matches the same product. / " +
		"Choose the right product in the review queue. Or fix the codes in Lightspeed, so that each item has its own, and archive duplicates."
	unconfirmed = "Only one code matches this product, the barcode or the part number. Names and other codes do not confirm it. / " +
		"Compare the two in the review queue, then link or reject them. Or enter the item's brand and part number (Manufact. SKU) in Lightspeed."
	archived = "The item is archived in Lightspeed. / Restore the item in Lightspeed if it should be sold online."
	missing  = "No product in the website's catalogue has this item's UPC, EAN, or brand and MPN. / " +
		"Compare the item's codes with the product's GTIN1, GTIN2 and MPN, or add the product to the catalogue."
)

// One product, and up to ten items with its code: the first stays linked, and each reports the others.
func TestCodesSharedByManyItems(t *testing.T) {
	atCounter(t, func(c counter) {
		var ids []int64
		for n := range 10 {
			ids = append(ids, c.enter("Box of Tissues", tissues))
			switch n + 1 {
			case 1:
				c.expect("one", ids[0], "LINKED / tissues")
			case 5, 10:
				c.expect(fmt.Sprint(n+1, " items"), ids[n], fmt.Sprintf("CONFLICT / tissues / with %d others / %s", n, shared))
				for _, id := range ids[1:] {
					c.expectMatch(fmt.Sprint(n+1, " items"), id, fmt.Sprintf("CONFLICT / tissues / with %d others / %s", n, shared))
				}
				c.expectMatch(fmt.Sprint(n+1, " items"), ids[0], fmt.Sprintf("LINKED / tissues / tissues / with %d others", n))
			}
		}
		for _, id := range ids[1:] {
			if err := c.Account.Archive(id); err != nil {
				t.Fatal(err)
			}
		}
		c.expect("the duplicates archived", ids[0], "LINKED / tissues")
		c.expectMatch("a duplicate", ids[1], "NOT_IN_CATALOGUE / "+archived)
	})
}

// Items that swap their codes and names keep their links with a doubt, until a person decides.
func TestItemsRenamedIntoEachOther(t *testing.T) {
	atCounter(t, func(c counter) {
		box, other := c.enter("Box of Tissues", tissues), c.enter("Floor Pump", pump)
		c.expect("at first", box, "LINKED / tissues")
		c.expectMatch("at first", other, "LINKED / pump")
		c.edit(other, "Floor Pump", tissues)
		c.expect("with the other's code", other, "LINKED / pump / tissues / pump")
		c.expectMatch("with its code taken", box, "LINKED / tissues")
		c.edit(box, "Floor Pump", pump)
		c.edit(other, "Box of Tissues", tissues)
		c.expect("codes and names swapped", box, "LINKED / tissues / tissues / pump")
		c.expectMatch("codes and names swapped", other, "LINKED / pump / tissues / pump")
		c.expectQueue("codes and names swapped", "Box of Tissues DOUBT, Floor Pump DOUBT")
		c.CheckEvaluation()
	})
}

// A code copied from another article links nothing by itself, and a new name of either side is enough for it to.
func TestACopiedCodeLinksNothing(t *testing.T) {
	atCounter(t, func(c counter) {
		id := c.enter("Handlebar Bell", tissues)
		c.expect("copied", id, "CONFLICT / tissues / "+unconfirmed)
		c.ImportProduct("tissues", "Handlebar Bells", tissues, "Alder", "BT-36", true)
		c.expect("the product renamed", id, "LINKED / tissues")
		c.ImportProduct("tissues", "Handkerchiefs", tissues, "Alder", "BT-36", true)
		c.expect("and again", id, "LINKED / tissues / tissues")
		part := "bt36"
		if err := c.Account.Edit(id, sandbox.ItemEdit{ManufacturerSKU: &part}); err != nil {
			t.Fatal(err)
		}
		c.expect("with the part number", id, "LINKED / tissues")
		c.CheckEvaluation()
	})
}

// An item that was archived, or merged into another (Lightspeed archives it and the other takes its code over), leaves its product
// to the one in use.
func TestArchivedAndMergedItems(t *testing.T) {
	atCounter(t, func(c counter) {
		old := c.enter("Box of Tissues", tissues)
		c.expect("in use", old, "LINKED / tissues")
		if err := c.Account.Archive(old); err != nil {
			t.Fatal(err)
		}
		c.expect("archived", old, "LINKED / tissues / "+archived)
		kept := c.enter("Tissues", "")
		c.edit(kept, "Box of Tissues", tissues)
		c.expect("merged into", kept, "LINKED / tissues")
		c.expectMatch("merged away", old, "NOT_IN_CATALOGUE / "+archived)
		if err := c.Account.Unarchive(old); err != nil {
			t.Fatal(err)
		}
		c.expect("restored", old, "CONFLICT / tissues / with 1 others / "+shared)
		c.edit(old, "Box of Tissues, old", "4006381333931")
		c.expect("with a code of its own", old, "NOT_IN_CATALOGUE / "+missing)
		c.expectMatch("alone again", kept, "LINKED / tissues")
	})
}
