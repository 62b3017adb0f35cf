package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// What can be sold of an item that is not counted, or that is made of others.
func TestKindsOfItems(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) { fn(t, s.on(t)) })
		}
		run("non-inventory", testNonInventory)
		run("an assembly", testAssembly)
		run("a box of unknown content", testUnknownBox)
		run("an assembly that is sold before it is made", testSoldAssembly)
		run("a box with stock of its own", testStockedBox)
	})
}

func (s *webshop) edit(item int, e sandbox.ItemEdit) {
	s.t.Helper()
	if err := s.Account.Edit(s.items[item].LightspeedID, e); err != nil {
		s.t.Fatal(err)
	}
	s.FullSync()
}

// shown is whether the website displays an item, whether it is tracked, its kind and its reasons.
func (s *webshop) shown(item int) string {
	s.t.Helper()
	tree := s.staff.Tree(`query($i: String!) { posItem(lightspeedItemId: $i) { kind product { tracked displayed } diagnosis { reasons { code blocking message advice } } } }`,
		row{"i": fmt.Sprint(s.items[item].LightspeedID)})
	p := graphtest.At(s.t, tree, "posItem")
	text := fmt.Sprint(graphtest.At(s.t, p, "kind"), " displayed=", graphtest.At(s.t, p, "product.displayed"), " tracked=", graphtest.At(s.t, p, "product.tracked"))
	for _, r := range graphtest.At(s.t, p, "diagnosis.reasons").([]any) {
		if code := graphtest.At(s.t, r, "code"); code != "NO_BRAND" && code != "NO_MPN" {
			text += fmt.Sprint(" ", code, "=", graphtest.At(s.t, r, "blocking"))
		}
		if graphtest.At(s.t, r, "message") == "" || graphtest.At(s.t, r, "advice") == "" {
			s.t.Errorf("a reason without words: %v", r)
		}
	}
	return text
}

func testNonInventory(t *testing.T, s *webshop) {
	s.shelf(4, 0, 0)
	s.edit(4, sandbox.ItemEdit{ItemType: new("non_inventory")})
	s.want("without a count", s.shown(4), "NON_INVENTORY displayed=true tracked=false NON_INVENTORY=false")
}

// An assembly can be sold as often as its scarcest component allows, less what orders of it and of its components hold.
func testAssembly(t *testing.T, s *webshop) {
	s.shelf(5, 0, 0)
	s.shelf(6, 9, 0)
	s.shelf(7, 4, 0)
	s.edit(5, sandbox.ItemEdit{ItemType: new("assembly"), Components: []sandbox.Component{
		{ItemID: s.items[6].LightspeedID, Units: 2}, {ItemID: s.items[7].LightspeedID, Units: 1},
	}})
	s.want("made of its components", s.stockAt(5, "loc-1"), "0, 0: 4")
	s.want("its kind", s.shown(5), "ASSEMBLY displayed=true tracked=true")
	s.sell(s.goods("assembly", 5))
	s.want("an order of it", s.stockAt(5, "loc-1")+" "+s.stockAt(6, "loc-1")+" "+s.stockAt(7, "loc-1"), "0, 1: 3 9, 2: 7 4, 1: 3")
	two := s.good(6)
	two["quantity"], two["tax"] = "4", "33"
	s.sell(s.goods("component", 6, with("lines", []row{two}), with("payments", []row{paid("p", "Stripe", "433")})))
	s.want("an order of a component", s.stockAt(5, "loc-1")+" "+s.stockAt(6, "loc-1"), "0, 1: 1 9, 6: 3")
	if err := s.Account.Count(s.items[7].LightspeedID, 1, 1); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("a component sold out", s.stockAt(5, "loc-1"), "0, 1: 0")
	s.want("and why", s.shown(5), "ASSEMBLY displayed=false tracked=true COMPONENTS_SHORT=true")
	for _, key := range []string{"assembly", "component"} {
		s.sell(s.goods(key, 5, with("sourceVersion", 9), with("cancelled", true)))
	}
	if diff := cmp.Diff("0, 0: 1", s.stockAt(5, "loc-1")); diff != "" {
		t.Errorf("after the orders are cancelled:\n%s", diff)
	}
}

func testUnknownBox(t *testing.T, s *webshop) {
	s.shelf(10, 0, 0)
	s.edit(10, sandbox.ItemEdit{ItemType: new("box"), Components: []sandbox.Component{}})
	s.want("nothing is known of it", s.shown(10), "BOX displayed=false tracked=true COMPONENTS_UNKNOWN=true")
	s.shelf(10, 2, 0)
	s.want("its own stock counts", s.shown(10)+" "+s.stockAt(10, "loc-1"), "BOX displayed=true tracked=true COMPONENTS_UNKNOWN=false 2, 0: 2")
}

// The sale of an assembly that was not made yet lowers its own balance alone: its components are gone all the same.
func testSoldAssembly(t *testing.T, s *webshop) {
	s.export(s.sell(s.goods("first", 0))) // a new database is not trusted at once
	s.Clock.Advance(5 * time.Minute)
	s.Work()
	s.shelf(11, 0, 0)
	s.shelf(12, 9, 0)
	s.shelf(13, 1, 0)
	s.edit(11, sandbox.ItemEdit{ItemType: new("assembly"), Components: []sandbox.Component{
		{ItemID: s.items[12].LightspeedID, Units: 2}, {ItemID: s.items[13].LightspeedID, Units: 1},
	}})
	all := func() string {
		return s.stockAt(11, "loc-1") + " " + s.stockAt(12, "loc-1") + " " + s.stockAt(13, "loc-1")
	}
	id := s.sell(s.goods("sold assembly", 11))
	s.want("ordered", all(), "0, 1: 0 9, 2: 7 1, 1: 0")
	s.export(id)
	s.sale(id)
	s.want("sold", all(), "-1, 0: 0 9, 2: 7 1, 1: 0")
	s.Clock.Advance(time.Hour)
	s.Work()
	s.want("after a sync", all(), "-1, 0: 0 9, 2: 7 1, 1: 0")
	if err := s.Account.Count(s.items[11].LightspeedID, 1, 0); err != nil { // it was made, of these
		t.Fatal(err)
	}
	s.shelf(13, 0, 0)
	s.want("made", s.stockAt(12, "loc-1")+" "+s.stockAt(13, "loc-1"), "9, 0: 9 0, 0: 0")
}

// Boxes on the shelf are sold as they are. What they contain is held only by orders of more boxes than there are.
func testStockedBox(t *testing.T, s *webshop) {
	s.shelf(14, 1, 0)
	s.shelf(15, 13, 0)
	s.edit(14, sandbox.ItemEdit{ItemType: new("box"), Components: []sandbox.Component{{ItemID: s.items[15].LightspeedID, Units: 12}}})
	both := func() string { return s.stockAt(14, "loc-1") + " " + s.stockAt(15, "loc-1") }
	s.want("one box, and one can be packed", both(), "1, 0: 2 13, 0: 13")
	s.sell(s.goods("box-1", 14))
	s.want("an order of the box", both(), "1, 1: 1 13, 0: 13")
	s.sell(s.goods("box-2", 14))
	s.want("an order of one more", both(), "1, 2: 0 13, 12: 1")
	s.shelf(14, 6, 0)
	s.shelf(15, 0, 0)
	s.want("boxes without single units", both(), "6, 2: 4 0, 0: 0")
	s.want("shown", s.shown(14), "BOX displayed=true tracked=true")
}
