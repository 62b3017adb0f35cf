package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
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

// retire sends products as retired or active again.
func (s *shopfront) retire(products []row, retired bool) {
	s.t.Helper()
	rows := make([]row, len(products))
	for i, p := range products {
		rows[i] = row{"key": p["key"], "name": p["name"], "active": !retired}
	}
	s.importAll(rows)
}

// shown are the products whose items are displayed.
func (s *shopfront) shown() (products []row) {
	s.t.Helper()
	keys := s.Client.Product.Query().Where(product.HasPosItemWith(positem.Displayed(true))).Select(product.FieldKey).StringsX(s.Ctx)
	for _, p := range s.products {
		if slices.Contains(keys, p["key"].(string)) {
			products = append(products, p)
		}
	}
	return products
}

// held returns how many items are held, and fails unless the set-up checklist and the alerts say whether any is.
func (s *shopfront) held() int {
	s.t.Helper()
	var data struct {
		HeldChanges struct {
			ItemsSince *string
			Items      int
		}
		Setup  struct{ Issues []struct{ Code string } }
		Alerts []struct{ Code string }
	}
	s.staff.Get(&data, `{ heldChanges { itemsSince items } setup { issues { code } } alerts { code } }`, nil)
	issue, alert := 0, 0
	for _, i := range data.Setup.Issues {
		if i.Code == "DISPLAY_NEEDS_CONFIRMATION" {
			issue++
		}
	}
	for _, a := range data.Alerts {
		if a.Code == "DISPLAY_NEEDS_CONFIRMATION" {
			alert++
		}
	}
	held := min(data.HeldChanges.Items, 1)
	if issue != held || alert != held || (data.HeldChanges.ItemsSince != nil) != (held == 1) {
		s.t.Errorf("%d items are held since %v: %d issues, %d alerts", data.HeldChanges.Items, data.HeldChanges.ItemsSince, issue, alert)
	}
	return data.HeldChanges.Items
}

// confirm confirms that as many items are hidden, and returns the codes of what is wrong.
func (s *shopfront) confirm(count int) []string {
	s.t.Helper()
	return s.staff.UserErrors(`mutation($n: Int!) { confirmHiddenItems(input: {expectedCount: $n}) { heldChanges { items } userErrors { code field message } } }`,
		row{"n": count}, "confirmHiddenItems")
}

func eachShopfront(t *testing.T, products int, fn func(t *testing.T, s *shopfront)) {
	t.Helper()
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, openShopfront(t, client, products)) })
}

// Products that a feed retires in batches, each too small to be asked about, do not empty the website: what goes beyond 30 %
// stays displayed, with its stock, until a manager confirms or the feed takes it back.
func TestFeedRetiresInBatches(t *testing.T) {
	databasetest.NotRaced(t)
	eachShopfront(t, 160, func(t *testing.T, s *shopfront) {
		before := s.displayed()
		goods := s.shown()
		batches := slices.Collect(slices.Chunk(goods, before/7))
		for _, batch := range batches[:6] {
			s.Clock.Advance(time.Hour)
			s.retire(batch, true)
		}
		left := before - 2*len(batches[0])
		if d, h := s.displayed(), s.held(); d != left || h != 4*len(batches[0]) {
			t.Fatalf("%d of %d are displayed, want %d; %d are held", d, before, left, h)
		}
		held := s.Client.PosItem.Query().Where(positem.DisplayHeld(true)).WithProduct().FirstX(s.Ctx)
		if held.Edges.Product == nil || held.Edges.Product.Active {
			t.Fatalf("the held item is linked to %v", held.Edges.Product)
		}
		// Stock keeps flowing, and the item says why it would be hidden.
		if err := s.Account.Count(held.LightspeedID, 1, 77); err != nil {
			t.Fatal(err)
		}
		s.Tick()
		var item struct {
			Node struct {
				Diagnosis struct {
					Displayed, Held bool
					Reasons         []struct {
						Code     string
						Blocking bool
					}
				}
			}
		}
		s.staff.Get(&item, `query($id: ID!) { node(id: $id) { ... on PosItem { diagnosis { displayed held reasons { code blocking } } } } }`, row{"id": held.ID})
		if d := item.Node.Diagnosis; !d.Displayed || !d.Held || len(d.Reasons) == 0 || d.Reasons[0].Code != "NOT_IN_CATALOGUE" || !d.Reasons[0].Blocking {
			t.Errorf("diagnosis %+v", d)
		}
		var feed struct {
			ProductFeed struct {
				Products []struct {
					Key               string
					Active, Displayed bool
					Stock             []struct{ Available int }
				}
			}
		}
		s.platform.Get(&feed, `{ productFeed(first: 1000) { products { key active displayed stock { available } } } }`, nil)
		for _, p := range feed.ProductFeed.Products {
			if p.Key == held.Edges.Product.Key && (p.Active || !p.Displayed || p.Stock[0].Available != 77) {
				t.Errorf("the feed has %+v", p)
			}
		}
		// Time alone does not end it, and settings do not either.
		s.Clock.Advance(30 * time.Hour)
		s.ChangeRules(retail.ImportRules{OnHand: true, OnOrder: true, CostBasis: retail.CostDefaultCost, RequiredIdentifiers: retail.RequireGTINOrMPN})
		s.Work()
		s.ChangeRules(retail.DefaultImportRules())
		s.Work()
		if d, h := s.displayed(), s.held(); d != left || h != 4*len(batches[0]) {
			t.Errorf("30 hours later %d are displayed, %d held", d, h)
		}
		// Undone by the feed, the hold ends by itself.
		for _, batch := range batches[2:6] {
			s.retire(batch, false)
		}
		if d, h := s.displayed(), s.held(); d != left || h != 0 {
			t.Errorf("undone, %d are displayed and %d held", d, h)
		}
		// The same again, confirmed.
		s.retire(slices.Concat(batches[2:6]...), true)
		h := s.held()
		if h == 0 || !slices.Equal(s.confirm(h+1), []string{"COUNT_CHANGED expectedCount"}) || s.held() != h {
			t.Errorf("%d are held", h)
		}
		if wrong := s.confirm(h); len(wrong) > 0 {
			t.Errorf("confirm: %v", wrong)
		}
		s.Work()
		if d, h := s.displayed(), s.held(); d != left-4*len(batches[0]) || h != 0 {
			t.Errorf("confirmed, %d are displayed and %d held", d, h)
		}
		// What comes later is measured against the confirmation.
		s.retire(s.shown()[:5], true)
		if h := s.held(); h != 0 {
			t.Errorf("after the confirmation %d are held", h)
		}
	})
}

// A location that the platform retires by mistake does not empty the website.
func TestPlatformRetiresLocations(t *testing.T) {
	eachShopfront(t, 60, func(t *testing.T, s *shopfront) {
		before := s.displayed()
		locations := func(active bool) {
			t.Helper()
			var batch []row
			for _, l := range s.Client.Location.Query().AllX(s.Ctx) {
				batch = append(batch, row{"key": l.Key, "name": l.Name, "active": active})
			}
			s.platform.Get(nil, `mutation($in: [LocationInput!]!) { importLocations(input: {locations: $in}) { userErrors { code } } }`, row{"in": batch})
			s.Work()
		}
		counted := func() (n int) {
			t.Helper()
			return int(graphtest.At(t, s.staff.Tree(`{ posItems(where: {displayed: true}) { totalCount } }`, nil), "posItems.totalCount").(float64))
		}
		locations(false)
		if d, h, c := s.displayed(), s.held(), counted(); before < 20 || d != before || h != before || c != before {
			t.Errorf("%d of %d are displayed, %d held, %d counted", d, before, h, c)
		}
		locations(true)
		if d, h := s.displayed(), s.held(); d != before || h != 0 {
			t.Errorf("undone, %d are displayed, %d held", d, h)
		}
		locations(false)
		if wrong := s.confirm(before); len(wrong) > 0 {
			t.Errorf("confirm: %v", wrong)
		}
		s.Work()
		if d, h, c := s.displayed(), s.held(), counted(); d != 0 || h != 0 || c != 0 {
			t.Errorf("confirmed, %d are displayed, %d held, %d counted", d, h, c)
		}
	})
}

// A change of settings asks too when it is the last of several that together take much away, as the preview says; what is
// acknowledged counts no more for what comes later.
func TestSettingsAfterAFeed(t *testing.T) {
	eachShopfront(t, 120, func(t *testing.T, s *shopfront) {
		before := s.displayed()
		s.retire(s.shown()[:before/4], true)
		if s.held() != 0 {
			t.Fatal("a quarter is held")
		}
		location := s.Client.Location.Query().Order(ent.Asc("key")).FirstX(s.Ctx)
		const set = `mutation($l: ID!, $u: Int!, $a: [Acknowledgement!]) { updateReserveStock(input: {locations: [{locationId: $l, units: $u}], acknowledge: $a}) { userErrors { code field message } } }`
		units := 0
		for units = 1; units < 100; units++ { // the least reserve that hides something
			p := s.staff.Tree(`query($l: ID!, $u: Int!) { previewSettings(input: {reserveStock: [{locationId: $l, units: $u}]}) { disappearing needsAcknowledgement } }`, row{"l": location.ID, "u": units})
			if graphtest.At(t, p, "previewSettings.needsAcknowledgement").(bool) {
				if n := graphtest.At(t, p, "previewSettings.disappearing").(float64); int(n)*10 > before*3 {
					t.Fatalf("%v of %d disappear by this alone", n, before)
				}
				break
			}
		}
		if wrong := s.staff.UserErrors(set, row{"l": location.ID, "u": units, "a": []string{}}, "updateReserveStock"); !slices.Equal(wrong, []string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}) {
			t.Errorf("a reserve of %d: %v", units, wrong)
		}
		if wrong := s.staff.UserErrors(set, row{"l": location.ID, "u": units, "a": []string{"HIDES_MANY"}}, "updateReserveStock"); len(wrong) > 0 {
			t.Errorf("acknowledged: %v", wrong)
		}
		s.Work()
		s.retire(s.shown()[:5], true)
		if h := s.held(); h != 0 {
			t.Errorf("after the acknowledgement %d are held", h)
		}
	})
}

// A feed with only keys, names and prices unlinks nothing and hides nothing.
func TestFeedWithFewFields(t *testing.T) {
	databasetest.NotRaced(t)
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
