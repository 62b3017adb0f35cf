package app_test

import (
	"fmt"
	"slices"
	"testing"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

// shopfront is a site whose catalogue comes over the API and whose items the jobs link and display.
type shopfront struct {
	*jobstest.Fixture
	t               *testing.T
	platform, staff graphtest.Caller
	products        []row // as they were imported first
}

// openShopfront opens a shopfront with as many products, each of an item with stock in the first of two shops.
func openShopfront(t *testing.T, client *ent.Client, products int) *shopfront {
	t.Helper()
	s := &shopfront{t: t, Fixture: jobstest.New(t, client, sandbox.Options{Items: products + products/10 + 1, Shops: 2, Seed: 5})}
	api := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) { d.Bus, d.Clock = s.Bus, s.Clock })
	s.platform, s.staff = api.As(t, s.Site.Key, tenant.RoleService), api.As(t, s.Site.Key, tenant.RoleManage)
	for item := range s.Account.Catalogue() {
		if len(s.products) == products {
			break
		}
		s.products = append(s.products, row{
			"key": fmt.Sprint(item.ItemID), "name": item.Description, "brand": item.Brand, "mpn": item.MPN, "gtin1": item.GTIN, "price": "20",
		})
	}
	s.importAll(s.products)
	s.Connect("admin")
	s.Work()
	s.MapAll()
	s.Work()
	return s
}

// importAll sends products in batches, each of which the jobs work in.
func (s *shopfront) importAll(products []row) {
	s.t.Helper()
	for batch := range slices.Chunk(products, 250) {
		s.platform.Get(nil, `mutation($in: [ProductInput!]!) { importProducts(input: {products: $in}) { userErrors { code } } }`, row{"in": batch})
		s.Work()
	}
}

// changed returns the products with a change made to each.
func (s *shopfront) changed(change func(row) row) []row {
	rows := make([]row, len(s.products))
	for i, p := range s.products {
		rows[i] = change(p)
	}
	return rows
}

func (s *shopfront) linked() int {
	return s.Client.PosItem.Query().Where(positem.ProductIDNotNil()).CountX(s.Ctx)
}

func (s *shopfront) displayed() int {
	return s.Client.PosItem.Query().Where(positem.Displayed(true)).CountX(s.Ctx)
}

// A feed with only keys, names and prices unlinks nothing and hides nothing.
func TestFeedWithFewFields(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := openShopfront(t, client, 703)
		linked, displayed := s.linked(), s.displayed()
		if linked < 600 || displayed < 300 {
			t.Fatalf("%d of 703 products are linked, %d are displayed", linked, displayed)
		}
		s.importAll(s.changed(func(p row) row { return row{"key": p["key"], "name": p["name"], "price": "21"} }))
		if l, d := s.linked(), s.displayed(); l != linked || d != displayed {
			t.Errorf("%d of %d are still linked, %d of %d displayed", l, linked, d, displayed)
		}
		if p := client.Product.Query().FirstX(s.Ctx); p.Price.String() != "21" {
			t.Errorf("the new price is not stored: %s", p.Price)
		}
	})
}
