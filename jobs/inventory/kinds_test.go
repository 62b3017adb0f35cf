package inventory_test

import (
	"testing"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

func itemRow(w *jobstest.Fixture, id int64) *ent.PosItem {
	return w.Client.PosItem.Query().Where(positem.LightspeedID(id)).OnlyX(w.Ctx)
}

// An item's type, its size and colour, and what it is made of are mirrored by full syncs and by syncs of changes.
func TestKindsOfItemsAreMirrored(t *testing.T) {
	databasetest.NotRaced(t)
	settled(sandbox.Options{Items: 80, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.CheckMirror()
		for id, kind := range map[int64]retail.ItemKind{1: retail.ItemDefault, 61: retail.ItemBox, 63: retail.ItemAssembly, 65: retail.ItemSerialized, 73: retail.ItemNonInventory} {
			if got := itemRow(w, id).ItemKind; got != kind {
				t.Errorf("item %d is %s, want %s", id, got, kind)
			}
		}
		if got := itemRow(w, 63).Components; len(got) != 2 || got[0] != (retail.Component{ItemID: 62, Units: 1}) {
			t.Errorf("the assembly is made of %v", got)
		}
		must(t, w.Account.Edit(1, sandbox.ItemEdit{
			ItemType: text("box"), Size: text("M"), Color: text("Black"), Components: []sandbox.Component{{ItemID: 2, Units: 12}},
		}))
		must(t, w.Account.Edit(63, sandbox.ItemEdit{ItemType: text("default"), Components: []sandbox.Component{}}))
		deltas(w, 1)
		w.CheckMirror()
		if got := itemRow(w, 1); got.ItemKind != retail.ItemBox || got.Size != "M" || got.Color != "Black" || len(got.Components) != 1 {
			t.Errorf("item 1: %v", got)
		}
		changed := w.LastRun()
		if changed.ItemsChanged != 2 {
			t.Errorf("%d items were written, want 2", changed.ItemsChanged)
		}
		expectDrift(t, w)
		if run := w.LastRun(); run.ItemsChanged != 0 {
			t.Errorf("the full sync wrote %d items that did not change", run.ItemsChanged)
		}
	})
}

// A database that an earlier version filled lacks kinds, sizes and components. The next full sync brings them, without
// calling that drift, and writes no other item.
func TestUpgradeFillsKindsOfItems(t *testing.T) {
	settled(sandbox.Options{Items: 80, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		special := positem.Or(positem.ItemKindNEQ(retail.ItemDefault), positem.SizeNEQ(""), positem.ColorNEQ(""))
		n := w.Client.PosItem.Query().Where(special).CountX(w.Ctx)
		w.Client.PosItem.Update().Where(special).SetItemKind(retail.ItemDefault).SetSize("").SetColor("").ClearComponents().
			SetContentHash(1).ExecX(w.Ctx)
		expectDrift(t, w)
		if run := w.LastRun(); n < 10 || run.ItemsChanged != n {
			t.Errorf("%d items were written, want %d", run.ItemsChanged, n)
		}
	})
}

// What a full sync finds changed although no stamp moved is drift for these fields too. The sandbox moves the stamp, so it
// is the mirror that is changed here.
func TestDriftOfKindsOfItems(t *testing.T) {
	settled(sandbox.Options{Items: 80, Shops: 2, Seed: 4}).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Client.PosItem.Update().Where(positem.LightspeedID(61)).SetItemKind(retail.ItemAssembly).SetSize("M").SetColor("Black").
			SetComponents([]retail.Component{{ItemID: 1, Units: 2}}).SetContentHash(1).ExecX(w.Ctx)
		expectDrift(t, w,
			"61/0 ITEM_KIND: ASSEMBLY > BOX, STAMP_NOT_MOVED", "61/0 SIZE: M > , STAMP_NOT_MOVED", "61/0 COLOR: Black > , STAMP_NOT_MOVED",
			"61/0 COMPONENTS: 2 × item 1 > 10 × item 60, STAMP_NOT_MOVED")
	})
}
