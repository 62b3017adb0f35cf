package graphtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph"
	"possync/internal/database"
	"possync/internal/records/display"
	"possync/internal/records/display/displaytest"
	"possync/internal/records/feedlog"
	"possync/internal/records/listing"
	"possync/internal/records/orderbook/orderbooktest"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Retailer is a registered site as its platform and its staff see it. It is new: not connected, with nothing in it. What a
// test needs it adds by the methods whose names begin with Add, and by SetUpExports.
type Retailer struct {
	T               testing.TB
	Ctx             context.Context // acts as the site
	Client          *ent.Client
	Site            *ent.Site
	API             *API
	Platform, Staff Caller

	orderbooktest.Shop // of SetUpExports

	Shops     []*ent.Shop
	Locations []*ent.Location
	Levels    []*ent.PriceLevel
	Products  []string     // ids of AddPricedProducts, of the keys p-0, p-1, …
	Run       *ent.SyncRun // the last of Enqueue
}

// NewRetailer registers the site "a" and makes the API on its store.
func NewRetailer(t testing.TB, client *ent.Client, change ...func(*graph.Deps, *graph.HTTPOptions)) *Retailer {
	t.Helper()
	return (&Retailer{T: t, Client: client, API: New(t, client, change...)}).Neighbour("a")
}

// Neighbour registers another site in the same store, which the same API serves.
func (s *Retailer) Neighbour(key string) *Retailer {
	s.T.Helper()
	ctx, site := storetest.Site(s.T, s.Client, key)
	return &Retailer{
		T: s.T, Ctx: ctx, Client: s.Client, Site: site, API: s.API,
		Platform: s.API.As(s.T, key, tenant.RoleService), Staff: s.API.As(s.T, key, tenant.RoleManage),
	}
}

// EachRetailer runs fn with a new retailer in each database.
func EachRetailer(t *testing.T, fn func(t *testing.T, s *Retailer)) {
	t.Helper()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, NewRetailer(t, client)) })
}

// AddLink connects the site with a Lightspeed account.
func (s *Retailer) AddLink() *ent.LightspeedLink {
	s.T.Helper()
	return s.Client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SetAccountName("A").SetEmployeeName("E").
		SetConnectedBy("ann").SetConnectedAt(storetest.Now()).SaveX(s.Ctx)
}

// AddStores adds shops with the numbers 1, 2 and so on, and as many locations. They are not mapped.
func (s *Retailer) AddStores(names ...string) {
	s.T.Helper()
	for i, name := range names {
		s.Shops = append(s.Shops, s.Client.Shop.Create().SetLightspeedID(int64(i+1)).SetName(name).SetStockAsOf(storetest.Now()).SaveX(s.Ctx))
		s.Locations = append(s.Locations, s.Client.Location.Create().SetKey(name).SetName("Loc "+name).SaveX(s.Ctx))
	}
}

// MapStores maps each shop to the location of the same number.
func (s *Retailer) MapStores() {
	s.T.Helper()
	for i, shop := range s.Shops {
		s.Client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(s.Locations[i].ID).ExecX(s.Ctx)
	}
}

// AddItems fills the site with so many random items in three mapped shops, and marks those that its rules display.
func (s *Retailer) AddItems(n int) {
	s.T.Helper()
	filled := displaytest.Fill(s.T, s.Ctx, s.Client, rand.New(rand.NewPCG(5, 6)), s.Site.ID, 3, n)
	s.Shops, s.Locations, s.Levels = filled.Shops, filled.Locations, filled.Levels
	s.MapStores()
	stored, err := settings.Read(s.Ctx, s.Client)
	if err != nil {
		s.T.Fatal(err)
	}
	shown := map[bool][]string{}
	err = display.RulesOf(stored).Each(s.Ctx, s.Client, display.Walk{}, func(item *ent.PosItem, o display.Result) (bool, error) {
		if o.Displayed {
			shown[o.InStock] = append(shown[o.InStock], item.ID)
		}
		return true, nil
	})
	if err != nil {
		s.T.Fatal(err)
	}
	for stocked, ids := range shown {
		for len(ids) > 0 {
			n := min(len(ids), 1000)
			s.Client.PosItem.Update().Where(positem.IDIn(ids[:n]...)).SetDisplayed(true).SetInStock(stocked).ExecX(s.Ctx)
			ids = ids[n:]
		}
	}
}

// ListAgain is ListProducts after a test has changed rows itself, which nobody has marked.
func (s *Retailer) ListAgain() {
	s.T.Helper()
	if err := feedlog.Mark(s.Ctx, s.Client, s.Client.Product.Query().IDsX(s.Ctx), nil); err != nil {
		s.T.Fatal(err)
	}
	s.ListProducts()
}

// ListProducts works in what lists of products are sorted and filtered by, as the jobs do.
func (s *Retailer) ListProducts() {
	s.T.Helper()
	for s.Client.SyncState.Query().Where(listing.Due()).ExistX(s.Ctx) {
		err := store.InTx(s.Ctx, s.Client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
			return listing.Work(ctx, tx, nil, storetest.Now())
		})
		if err != nil {
			s.T.Fatal(err)
		}
	}
}

// Codes lists the codes of user errors, blockers or notices.
func Codes(t testing.TB, list any) []string {
	t.Helper()
	found := []string{}
	for _, b := range list.([]any) {
		found = append(found, fmt.Sprint(At(t, b, "code")))
	}
	return found
}
