package retail_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// part is units of a line that a location hands over; "supplier" sends them itself.
func part(location string, units int64) retail.Fulfillment {
	f := retail.Fulfillment{By: retail.ByStore, Location: location, Quantity: retail.Quantity(units) * retail.Unit}
	if location == "supplier" {
		f.By, f.Location = retail.BySupplier, ""
	}
	return f
}

// bells is a line of bells, whose item is 11.
func bells(key string, parts ...retail.Fulfillment) retail.OrderLine {
	l := retail.OrderLine{Key: key, Kind: retail.LineProduct, ProductKey: "bell", Description: "Bell", ItemID: 11, Parts: parts}
	for _, p := range parts {
		l.Quantity += p.Quantity
	}
	return l
}

// soldBells is the plan of a sale of bells, and of as many that were sold as text.
func soldBells(units, text int64) retail.SalePlan {
	return retail.SalePlan{
		Lines:    []retail.SaleLine{{ItemID: 11, Units: units}},
		Sold:     map[string]retail.Quantity{"product bell": retail.Quantity(units+text) * retail.Unit},
		Products: map[string]retail.SoldProduct{"product bell": {Name: "Bell", ItemID: 11}},
	}
}

func atHome(location string) bool { return location == "home" }

// Parts of a line that leave one location are one transfer, and nothing that was added since the sale is to be transferred.
func TestTransfers(t *testing.T) {
	cable := bells("c", part("north", 2))
	cable.ProductKey, cable.ItemID = "cable", 12
	relinked := bells("1", part("north", 2))
	relinked.ItemID = 12
	unlinked := bells("1", part("north", 2))
	unlinked.ItemID = 0
	early := func(p retail.SalePlan) retail.SalePlan {
		p.Sold, p.Products = nil, nil
		return p
	}
	asText := retail.SalePlan{
		Lines: []retail.SaleLine{{Units: 2}}, Sold: map[string]retail.Quantity{"product bell": 2 * retail.Unit},
		Products: map[string]retail.SoldProduct{"product bell": {Name: "Bell"}},
	}
	for name, tt := range map[string]struct {
		plan    retail.SalePlan
		lines   []retail.OrderLine
		counted retail.TransferUnits
		want    string
	}{
		"none leaves another store":           {soldBells(2, 0), []retail.OrderLine{bells("1", part("home", 2))}, nil, ""},
		"handed over in part":                 {soldBells(3, 0), []retail.OrderLine{bells("1", part("north", 1), part("north", 2))}, nil, "north/1 3"},
		"with one between":                    {soldBells(4, 0), []retail.OrderLine{bells("1", part("north", 1), part("south", 1), part("north", 2))}, nil, "north/1 3, south/1 1"},
		"five were added":                     {soldBells(3, 0), []retail.OrderLine{bells("1", part("north", 3), part("north", 5))}, nil, "north/1 3"},
		"five were added after the transfer":  {soldBells(3, 0), []retail.OrderLine{bells("1", part("north", 3), part("north", 5))}, retail.TransferUnits{"north/1": 3 * retail.Unit}, "north/1 3"},
		"added units are handed over":         {soldBells(3, 0), []retail.OrderLine{bells("1", part("home", 3), part("north", 2))}, nil, ""},
		"one of the added is sold":            {soldBells(3, 0), []retail.OrderLine{bells("1", part("home", 2), part("north", 3))}, nil, "north/1 1"},
		"what counted comes first":            {soldBells(3, 0), []retail.OrderLine{bells("1", part("home", 3), part("north", 2))}, retail.TransferUnits{"north/1": 2 * retail.Unit}, "north/1 2"},
		"what counted no longer leaves there": {soldBells(3, 0), []retail.OrderLine{bells("1", part("home", 2), part("north", 1))}, retail.TransferUnits{"north/1": 2 * retail.Unit}, "north/1 1"},
		"a line was added":                    {soldBells(2, 0), []retail.OrderLine{bells("1", part("north", 2)), bells("2", part("north", 4))}, nil, "north/1 2"},
		"a line took another's place":         {soldBells(2, 0), []retail.OrderLine{bells("2", part("north", 4))}, nil, "north/2 2"},
		"another product was added":           {soldBells(2, 0), []retail.OrderLine{bells("1", part("home", 2)), cable}, nil, ""},
		"linked to another item since":        {soldBells(2, 0), []retail.OrderLine{relinked}, nil, "north/1 2"},
		"linked to no item any more":          {soldBells(2, 0), []retail.OrderLine{unlinked}, nil, "north/1 2"},
		"sold as text and linked since":       {asText, []retail.OrderLine{bells("1", part("north", 2))}, nil, ""},
		"a supplier's":                        {soldBells(3, 0), []retail.OrderLine{bells("1", part("supplier", 2), part("north", 3))}, nil, "north/1 1"},
		"a supplier's, as text":               {soldBells(1, 2), []retail.OrderLine{bells("1", part("supplier", 2), part("north", 3))}, nil, "north/1 1"},
		"without products: handed over":       {early(soldBells(3, 0)), []retail.OrderLine{bells("1", part("north", 1), part("north", 4))}, nil, "north/1 3"},
		"without products: another item":      {early(soldBells(2, 0)), []retail.OrderLine{relinked}, nil, "north/1 2"},
		"without products: another was added": {early(soldBells(2, 0)), []retail.OrderLine{bells("1", part("home", 2)), cable}, nil, ""},
		"without products: no item":           {early(soldBells(2, 0)), []retail.OrderLine{unlinked}, nil, ""},
		"without products: no item, counted":  {early(soldBells(2, 0)), []retail.OrderLine{unlinked}, retail.TransferUnits{"north/1": retail.Unit}, "north/1 2"},
		"a plan that was not stored":          {retail.SalePlan{}, []retail.OrderLine{bells("1", part("north", 1), part("north", 1))}, nil, "north/1 2"},
	} {
		var got string
		for i, found := range tt.plan.Transfers(retail.Order{Lines: tt.lines}, atHome, tt.counted) {
			if i > 0 {
				got += ", "
			}
			got += fmt.Sprint(found.Key, " ", found.Units)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// drawOrder draws an order of bells and cables, whose lines are divided in any way.
func drawOrder(t *rapid.T, label string) retail.Order {
	o, asText := retail.Order{Pickup: "home"}, rapid.Bool().Draw(t, "suppliers' as text")
	locations := rapid.SampledFrom([]string{"", "home", "north", "south", "supplier"})
	for i := range rapid.IntRange(0, 3).Draw(t, label+" lines") {
		var parts []retail.Fulfillment
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			parts = append(parts, part(locations.Draw(t, "location"), rapid.Int64Range(1, 5).Draw(t, "units")))
		}
		l := bells(fmt.Sprint(i), parts...)
		if rapid.Bool().Draw(t, "cable") {
			l.ProductKey, l.ItemID = "cable", 12
		}
		l.SupplierAsText = asText
		o.Lines = append(o.Lines, l)
	}
	return o
}

// leaves are the units of an order that leave other stores, by the transfers' keys, each unit for itself.
func leaves(o retail.Order) retail.TransferUnits {
	units := retail.TransferUnits{}
	for _, l := range o.Lines {
		for _, p := range l.Parts {
			if p.By != retail.BySupplier && p.Location != "" && p.Location != "home" {
				units[retail.TransferKey(l.Key, p.Location)] += p.Quantity
			}
		}
	}
	return units
}

func planOf(t *rapid.T, o retail.Order) retail.SalePlan {
	plan, err := retail.PlanSale(o, retail.SaleTerms{Unlinked: retail.UnlinkedAsMisc})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Of an order that is as it was sold, every unit that leaves another store is to be transferred once.
func TestTransfersOfWhatWasSold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrder(t, "sold")
		if len(o.Lines) == 0 {
			t.Skip("nothing is sold")
		}
		plan := planOf(t, o)
		early := rapid.Bool().Draw(t, "early")
		if early {
			plan.Sold, plan.Products = nil, nil
		}
		list := plan.Transfers(o, atHome, nil)
		keys := map[string]bool{}
		for _, found := range list {
			keys[found.Key] = true
		}
		if diff := cmp.Diff(leaves(o), retail.UnitsOf(list)); diff != "" || len(keys) != len(list) {
			t.Fatalf("%d transfers of %d keys (-want +got):\n%s", len(list), len(keys), diff)
		}
		if early { // what a supplier has sent of it is not known
			return
		}
		// What is added at the end adds nothing.
		last := &o.Lines[len(o.Lines)-1]
		more := part(rapid.SampledFrom([]string{"home", "north", "south"}).Draw(t, "who hands more over"), 3)
		last.Parts, last.Quantity = append(slices.Clone(last.Parts), more), last.Quantity+more.Quantity
		o.Lines = append(o.Lines, bells("added", part("north", 2)))
		if diff := cmp.Diff(retail.UnitsOf(list), retail.UnitsOf(plan.Transfers(o, atHome, nil))); diff != "" {
			t.Fatalf("with more units (-want +got):\n%s", diff)
		}
	})
}

// However an order was changed since, no more is to be transferred than was sold, nor than leaves, and what has counted goes on to count
// as long as it leaves.
func TestTransfersOfChangedOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sold, counted := drawOrder(t, "sold"), retail.TransferUnits{}
		if len(sold.Lines) == 0 {
			t.Skip("nothing is sold")
		}
		plan := planOf(t, sold)
		for range 3 {
			o := drawOrder(t, "changed")
			list := plan.Transfers(o, atHome, counted)
			got, most := retail.UnitsOf(list), leaves(o)
			items, kept := map[int64]retail.Quantity{}, map[int64]retail.Quantity{}
			for _, l := range o.Lines {
				for _, location := range []string{"north", "south"} {
					key := retail.TransferKey(l.Key, location)
					items[l.ItemID] += got[key]
					kept[l.ItemID] += min(counted[key], most[key])
					if got[key] > most[key] {
						t.Fatalf("%s of %s leave, and %s are to be transferred", most[key], key, got[key])
					}
				}
			}
			for item, units := range items {
				all := retail.Quantity(plan.Units()[item]) * retail.Unit
				if units > all || units < min(kept[item], all) {
					t.Fatalf("of item %d %s were sold, %s have counted, and %s are to be transferred", item, all, kept[item], units)
				}
			}
			counted = got
		}
	})
}

// What was transferred is subtracted once, however the transfers are divided.
func TestTransferredUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"north/1", "south/1", "north/2"})
		var list []retail.Transfer
		moved := retail.TransferUnits{}
		for range rapid.IntRange(0, 6).Draw(t, "transfers") {
			list = append(list, retail.Transfer{Key: key.Draw(t, "key"), Units: retail.Quantity(rapid.IntRange(1, 5).Draw(t, "units"))})
			moved[key.Draw(t, "moved")] += retail.Quantity(rapid.IntRange(0, 3).Draw(t, "moved units"))
		}
		before := maps.Clone(moved)
		want := retail.TransferUnits{}
		for k, units := range retail.UnitsOf(list) {
			if units > moved[k] {
				want[k] = units - moved[k]
			}
		}
		if diff := cmp.Diff(want, retail.UnitsOf(moved.Less(list))); diff != "" {
			t.Fatalf("left (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(before, moved); diff != "" {
			t.Fatalf("what was transferred is changed:\n%s", diff)
		}
	})
}
