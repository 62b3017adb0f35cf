package jobstest

import (
	"context"
	"slices"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/product"
	"possync/internal/records/display"
	"possync/internal/records/listing"
	"possync/internal/records/settings"
	"possync/internal/records/store"
)

// ListProducts works in what lists of products are sorted and filtered by.
func (w *Fixture) ListProducts() {
	w.T.Helper()
	for {
		due, err := w.Client.SyncState.Query().Where(listing.Due()).Exist(w.Ctx)
		w.must("look for products that have changed", err)
		if !due {
			return
		}
		w.must("list the products", store.InTx(w.Ctx, w.Client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
			return listing.Work(ctx, tx, nil, w.Clock.Now())
		}))
	}
}

// listed is what a list of products says of one.
type listed struct {
	Displayed bool
	Units     int64
}

// CheckListing fails the test unless the lists of products say of each what its item does: whether it is displayed at once, and what
// can be sold when the job has worked.
func (w *Fixture) CheckListing() {
	w.T.Helper()
	shown, err := w.Client.Product.Query().Where(product.ListDisplayed(true)).IDs(w.Ctx)
	w.must("read what is displayed", err)
	w.ListProducts()
	products, err := w.Client.Product.Query().WithPosItem().All(w.Ctx)
	w.must("read the products", err)
	var items []*ent.PosItem
	for _, p := range products {
		if p.Edges.PosItem != nil {
			items = append(items, p.Edges.PosItem)
		}
	}
	site, err := settings.Read(w.Ctx, w.Client)
	w.must("read the settings", err)
	stock, err := display.RulesOf(site).Stock(w.Ctx, w.Client, items)
	w.must("read the stock", err)
	kept, counted := map[string]listed{}, map[string]listed{}
	for _, p := range products {
		kept[p.Key] = listed{slices.Contains(shown, p.ID), p.ListUnits}
		var l listed
		if item := p.Edges.PosItem; item != nil {
			l.Displayed = item.Displayed && (p.Active || p.MatchPending || item.DisplayHeld)
			for _, s := range stock[item.LightspeedID] {
				l.Units += s.Sellable()
			}
		}
		counted[p.Key] = l
	}
	if diff := cmp.Diff(counted, kept); diff != "" {
		w.T.Fatalf("the lists of products differ from a recount (-recount +kept):\n%s", diff)
	}
}
