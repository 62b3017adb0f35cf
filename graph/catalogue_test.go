package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// page is a page of any list.
type page struct {
	Edges []struct {
		Node   struct{ ID, Name, Description, Key string }
		Cursor string
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	TotalCount int
}

func (p page) names() string {
	var names []string
	for _, e := range p.Edges {
		names = append(names, e.Node.Name+e.Node.Description)
	}
	return strings.Join(names, " ")
}

const productPage = `query($after: Cursor, $first: Int, $before: Cursor, $last: Int, $where: ProductWhere, $orderBy: ProductOrder) {
	page: products(after: $after, first: $first, before: $before, last: $last, where: $where, orderBy: $orderBy) {
		edges { node { id name key } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`

func products(t *testing.T, c graphtest.Caller, variables map[string]any) page {
	t.Helper()
	var data struct{ Page page }
	c.Get(&data, productPage, variables)
	return data.Page
}

func TestPages(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		for _, name := range []string{"d", "a", "c", "c", "e", "b"} { // two of one name: their ids decide
			client.Product.Create().SetKey("k" + fmt.Sprint(client.Product.Query().CountX(ctx))).SetName(name).SaveX(ctx)
		}
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)

		all := products(t, caller, nil)
		if all.names() != "a b c c d e" || all.TotalCount != 6 || all.PageInfo.HasNextPage || all.PageInfo.HasPreviousPage {
			t.Fatalf("all: %+v", all)
		}
		var forward, backward []string
		for after, more := any(nil), true; more; {
			p := products(t, caller, map[string]any{"first": 2, "after": after})
			forward = append(forward, p.names())
			after, more = p.PageInfo.EndCursor, p.PageInfo.HasNextPage
			if p.TotalCount != 6 {
				t.Errorf("a page counts %d", p.TotalCount)
			}
			if len(forward) > 9 {
				t.Fatal("pages without end")
			}
		}
		for before, more := any(nil), true; more; {
			p := products(t, caller, map[string]any{"last": 4, "before": before})
			backward = append(backward, p.names())
			before, more = p.PageInfo.StartCursor, p.PageInfo.HasPreviousPage
		}
		if diff := cmp.Diff([][]string{{"a b", "c c", "d e"}, {"c c d e", "a b"}}, [][]string{forward, backward}); diff != "" {
			t.Errorf("pages (-want +got):\n%s", diff)
		}
		down := products(t, caller, map[string]any{"first": 2, "orderBy": map[string]any{"direction": "DESC"}})
		if down.names() != "e d" {
			t.Errorf("downwards: %s", down.names())
		}
	})
}

func TestPageArguments(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	client.Product.Create().SetKey("k").SetName("Bike").SaveX(ctx)
	client.PosItem.Create().SetLightspeedID(1).SetDescription("Bike").SaveX(ctx)
	caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
	tree := caller.Tree("{ posItems { edges { cursor } } }", nil)
	foreign := graphtest.At(t, tree, "posItems.edges.0.cursor")
	for name, c := range map[string]struct {
		variables map[string]any
		message   string
	}{
		"both":              {map[string]any{"first": 1, "last": 1}, "first or last"},
		"none":              {map[string]any{"first": 0}, "first"},
		"negative":          {map[string]any{"last": -1}, "last"},
		"too many":          {map[string]any{"first": 101}, "first"},
		"no cursor":         {map[string]any{"after": "x"}, ""},
		"not base64":        {map[string]any{"after": "%%%"}, ""},
		"another list's":    {map[string]any{"after": foreign}, "after"},
		"a cursor of a map": {map[string]any{"before": "gqFpgaFhAaF2gaFhAQ"}, ""},
		"empty":             {map[string]any{"before": ""}, ""},
		"wrong order":       {map[string]any{"orderBy": map[string]any{"field": "COLOR"}}, ""},
		"zero in a text":    {map[string]any{"where": map[string]any{"brand": "a\u0000b"}}, "not allowed"},
		"long search":       {map[string]any{"where": map[string]any{"search": strings.Repeat("é", 201)}}, "200"},
	} {
		answer := caller.Ask(productPage, c.variables)
		if answer.Code() != "BAD_USER_INPUT" || !strings.Contains(answer.Errors[0].Message, c.message) {
			t.Errorf("%s: %s", name, answer.Body)
		}
	}
	if answer := caller.Ask("{ syncRuns(after: \"gqFpp3J1bl94eHg\") { totalCount } }", nil); answer.Code() != "BAD_USER_INPUT" {
		t.Errorf("runs after a cursor of nothing: %s", answer.Body)
	}
	ids := make([]string, 251)
	for i := range ids {
		ids[i] = "x"
	}
	if answer := caller.Ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": ids}); answer.Code() != "BAD_USER_INPUT" {
		t.Errorf("251 nodes: %s", answer.Body)
	}
}

// The default page is 50 rows, and the whole list is counted only when somebody asks.
func TestDefaultPageAndCount(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	var creates []*ent.ProductCreate
	for i := range 60 {
		creates = append(creates, client.Product.Create().SetKey(fmt.Sprint(i)).SetName("Bike"))
	}
	client.Product.CreateBulk(creates...).SaveX(ctx)
	counting, statements := storetest.Counting(db)
	caller := graphtest.New(t, counting).As(t, "a", tenant.RoleView)
	for query, want := range map[string][3]int{ // rows, count, statements
		"{ page: products { edges { node { id } } pageInfo { hasNextPage } } }":                                     {50, 0, 1},
		"{ page: products { ...f totalCount } } fragment f on ProductConnection { edges { node { id } } }":          {50, 60, 2},
		"{ page: products { totalCount } }":                                                                         {0, 60, 1},
		"{ page: products(first: 7) { pageInfo { endCursor hasNextPage } edges { cursor } } }":                      {7, 0, 1},
		"query($no: Boolean = false) { page: products(last: 3) { edges { cursor } totalCount @include(if: $no) } }": {3, 0, 1},
	} {
		statements.Take()
		var data struct{ Page page }
		caller.Get(&data, query, nil)
		if got := [3]int{len(data.Page.Edges), data.Page.TotalCount, statements.Take()}; got != want {
			t.Errorf("%s: rows, count, statements = %v, want %v", query, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		gtin, _ := retail.ParseGTIN("012345678905")
		for key, p := range map[string]*ent.ProductCreate{
			"zuerich": client.Product.Create().SetName("Zürich Lock").SetBrand("Ütli"),
			"percent": client.Product.Create().SetName("100% wool").SetMpn("a_b"),
			"plain":   client.Product.Create().SetName("1000 wool").SetMpn("aXb"),
			"slash":   client.Product.Create().SetName(`back\slash`),
			"coded":   client.Product.Create().SetName("Coded").SetGtin1("0 12345 67890 5").SetGtin1Code(gtin),
		} {
			p.SetKey(key).SaveX(ctx)
		}
		client.PosItem.Create().SetLightspeedID(1).SetDescription("HELMET Größe L").SetManufacturerSku("X_1").SaveX(ctx)
		client.PosItem.Create().SetLightspeedID(2).SetDescription("Pump").SetUpc("012345678905").SetUpcCode(gtin).SaveX(ctx)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		for search, want := range map[string]string{
			"zürich": "zuerich", "ZÜRICH": "zuerich", "Zürich": "zuerich", "lock": "zuerich", "ÜTLI": "zuerich",
			"100%": "percent", "A_B": "percent", `\`: "slash", "wool": "percent plain", "12345678905": "coded", " coded ": "coded",
			"nothing": "", "": "coded percent plain slash zuerich",
		} {
			found := map[string]bool{}
			for _, e := range products(t, caller, map[string]any{"where": map[string]any{"search": search}}).Edges {
				found[e.Node.Key] = true
			}
			if diff := cmp.Diff(fields(want), found); diff != "" {
				t.Errorf("%q (-want +got):\n%s", search, diff)
			}
		}
		for search, want := range map[string]int{"helmet": 1, "GRÖSSE": 0, "größe": 1, "x_1": 1, "x%1": 0, "0012345678905": 1} {
			var data struct{ PosItems page }
			caller.Get(&data, "query($s: String) { posItems(where: {search: $s}) { totalCount } }", map[string]any{"s": search})
			if data.PosItems.TotalCount != want {
				t.Errorf("items with %q: %d, want %d", search, data.PosItems.TotalCount, want)
			}
		}
	})
}

// Searches that find more than are looked up one by one find the same, on both databases.
func TestSearchOfMany(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		gtin, _ := retail.ParseGTIN("012345678905")
		var items []*ent.PosItemCreate
		var all []*ent.ProductCreate
		for n := range 1200 {
			item := client.PosItem.Create().SetSiteID(site.ID).SetLightspeedID(int64(n + 1)).SetDescription(fmt.Sprintf("Schlauch Größe %d", n)).
				SetManufacturerSku(fmt.Sprintf("12345678905-%d", n))
			p := client.Product.Create().SetSiteID(site.ID).SetKey(fmt.Sprint(n)).SetName(fmt.Sprintf("Schlauch Größe %d", n)).SetMpn(fmt.Sprintf("12345678905-%d", n))
			if n == 7 { // found by the code alone
				item.SetManufacturerSku("").SetUpc("0 12345 67890 5").SetUpcCode(gtin)
				p.SetMpn("").SetGtin1("0 12345 67890 5").SetGtin1Code(gtin)
			}
			items, all = append(items, item), append(all, p)
		}
		for some := range slices.Chunk(items, 500) { // SQLite bounds the values of a statement
			client.PosItem.CreateBulk(some...).ExecX(ctx)
		}
		for some := range slices.Chunk(all, 500) {
			client.Product.CreateBulk(some...).ExecX(ctx)
		}
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		for search, want := range map[string]int{
			"SCHLAUCH": 1200, "schlauch größe 11": 120, "11 GRÖßE schlauch": 120, "GRÖßE 1199": 1, "12345678905": 1200, "12345678905-1": 311, "12345-": 0, "\u00df": 1200,
		} {
			var data struct{ PosItems, Products page }
			caller.Get(&data, "query($s: String) { posItems(first: 5, where: {search: $s}) { totalCount edges { node { id } } } products(first: 5, where: {search: $s}) { totalCount edges { node { id } } } }",
				map[string]any{"s": search})
			for name, got := range map[string]page{"items": data.PosItems, "products": data.Products} {
				if got.TotalCount != want || len(got.Edges) != min(want, 5) {
					t.Errorf("%s with %q: %d, of which %d on the page; want %d", name, search, got.TotalCount, len(got.Edges), want)
				}
			}
		}
	})
}

func fields(text string) map[string]bool {
	set := map[string]bool{}
	for _, f := range strings.Fields(text) {
		set[f] = true
	}
	return set
}

// shop is a live retailer with two mapped shops, one of them without stock records, an item in stock, and two products, of which
// one is linked.
type shop struct {
	*graphtest.Retailer
	linked, lonely *ent.Product
	item           *ent.PosItem
	link           *ent.LightspeedLink
}

func newShop(t *testing.T, client *ent.Client) *shop {
	t.Helper()
	s := &shop{Retailer: graphtest.NewRetailer(t, client)}
	s.link = s.AddLink()
	s.AddStores("Uptown", "Downtown")
	s.MapStores()
	client.Shop.Create().SetLightspeedID(3).SetName("Warehouse").SaveX(s.Ctx)
	client.PriceLevel.Create().SetLightspeedID(1).SetName("Default").SaveX(s.Ctx)
	s.linked = client.Product.Create().SetKey("p").SetName("Bike").SetBrand("Giant").SetPrice(12_500_000).SaveX(s.Ctx)
	s.lonely = client.Product.Create().SetKey("q").SetName("Tyre").SetCategory("Parts").SaveX(s.Ctx)
	s.item = client.PosItem.Create().SetLightspeedID(77).SetDescription("bike").SetBrand("Giant").SetProductID(s.linked.ID).
		SetDefaultCost(7_250_000).SetMatchState(retail.MatchLinked).SetDisplayed(true).
		SetPrices([]retail.LevelPrice{{LevelID: 1, Amount: 10_000_000}, {LevelID: 9, Amount: 1}}).
		SetReasonBits(retail.ReasonNoMPN.Found()).SaveX(s.Ctx)
	stock := func(shop, onHand, onOrder int64) {
		client.ShopStock.Create().SetItemID(s.item.ID).SetLightspeedItemID(77).SetLightspeedShopID(shop).
			SetOnHand(onHand).SetOnOrder(onOrder).SetReorderPoint(1).SetReorderLevel(2).SaveX(s.Ctx)
	}
	stock(1, -4, 3)
	stock(3, 8, 0)
	stock(4, 5_000_000_000, 0) // a shop that is unknown here, and a typing error at the register
	return s
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := newShop(t, client)
		client.PosItem.Create().SetLightspeedID(78).SetDescription("twin").SetMatchState(retail.MatchConflict).
			SetCandidateIds([]string{s.lonely.ID, "prd_01m83kb0bwek481sx0q6k8q612", s.linked.ID}).SaveX(s.Ctx)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		got := caller.Tree(`{
			product(key: "p") { price { amount currencyCode } displayed posItem { lightspeedItemId }
				stock { location { name } available onOrder asOf } }
			lonely: product(key: "q") { displayed posItem { id } stock { available } }
			none: product(key: "zz") { id }
			posItem(lightspeedItemId: "77") { defaultCost { amount } msrp { amount } matchState product { key }
				prices { priceLevel { name } price { amount } } candidates { key }
				stock { shop { name } onHand onOrder reorderPoint reorderLevel }
				diagnosis { displayed reasons { code blocking message advice } } }
			twin: posItem(lightspeedItemId: "78") { product { key } candidates { key } stock { onHand } diagnosis { displayed } }
			notPadded: posItem(lightspeedItemId: "077") { id }
			noNumber: posItem(lightspeedItemId: "x") { id }
		}`, nil)
		want := map[string]any{
			"product": map[string]any{
				"price": map[string]any{"amount": "12.5", "currencyCode": "USD"}, "displayed": true,
				"posItem": map[string]any{"lightspeedItemId": "77"},
				"stock": []any{
					map[string]any{"location": map[string]any{"name": "Loc Downtown"}, "available": 0.0, "onOrder": 0.0, "asOf": "2026-05-02T18:20:31Z"},
					map[string]any{"location": map[string]any{"name": "Loc Uptown"}, "available": 0.0, "onOrder": 3.0, "asOf": "2026-05-02T18:20:31Z"},
				},
			},
			"lonely": map[string]any{"displayed": false, "posItem": nil, "stock": []any{}},
			"none":   nil,
			"posItem": map[string]any{
				"defaultCost": map[string]any{"amount": "7.25"}, "msrp": map[string]any{"amount": "0"},
				"matchState": "LINKED", "product": map[string]any{"key": "p"},
				"prices": []any{
					map[string]any{"priceLevel": map[string]any{"name": "Default"}, "price": map[string]any{"amount": "10"}},
					map[string]any{"priceLevel": nil, "price": map[string]any{"amount": "0.000001"}},
				},
				"candidates": []any{},
				"stock": []any{
					map[string]any{"shop": map[string]any{"name": "Uptown"}, "onHand": -4.0, "onOrder": 3.0, "reorderPoint": 1.0, "reorderLevel": 2.0},
					map[string]any{"shop": map[string]any{"name": "Warehouse"}, "onHand": 8.0, "onOrder": 0.0, "reorderPoint": 1.0, "reorderLevel": 2.0},
					map[string]any{"shop": nil, "onHand": 2147483647.0, "onOrder": 0.0, "reorderPoint": 1.0, "reorderLevel": 2.0},
				},
				"diagnosis": map[string]any{"displayed": true, "reasons": []any{map[string]any{
					"code": "NO_MPN", "blocking": false, "message": retail.ReasonNoMPN.Message(), "advice": retail.ReasonNoMPN.Advice(),
				}}},
			},
			"twin": map[string]any{
				"product": nil, "stock": []any{}, "diagnosis": map[string]any{"displayed": false},
				"candidates": []any{map[string]any{"key": "q"}, map[string]any{"key": "p"}},
			},
			"notPadded": nil, "noNumber": nil,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The stock of an archived shop, or for a retired location, does not count.
func TestStockThatDoesNotCount(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	s := newShop(t, client)
	client.ShopStock.Update().SetOnHand(5).SetOnOrder(6).ExecX(s.Ctx)
	caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
	uptown := func() any { // the second by name
		return graphtest.At(t, caller.Tree(`{ product(key: "p") { stock { available onOrder } } }`, nil), "product.stock.1")
	}
	counted, none := map[string]any{"available": 5.0, "onOrder": 6.0}, map[string]any{"available": 0.0, "onOrder": 0.0}
	client.Shop.Update().SetArchived(true).ExecX(s.Ctx)
	if diff := cmp.Diff(any(none), uptown()); diff != "" {
		t.Errorf("archived (-want +got):\n%s", diff)
	}
	client.Shop.Update().SetArchived(false).ExecX(s.Ctx)
	if diff := cmp.Diff(any(counted), uptown()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	client.Location.Update().SetActive(false).ExecX(s.Ctx)
	if diff := cmp.Diff(any(none), uptown()); diff != "" {
		t.Errorf("retired (-want +got):\n%s", diff)
	}
}

// What the rules would show is shown only while the site is live, by the flags and by the filters alike.
func TestDisplayedNeedsALiveSite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := newShop(t, client)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		check := func(when string, want bool) {
			t.Helper()
			tree := caller.Tree(`{ product(key: "p") { displayed } posItem(lightspeedItemId: "77") { diagnosis { displayed } }
				products(where: {displayed: true}) { totalCount } items: posItems(where: {displayed: true}) { totalCount }
				hidden: products(where: {displayed: false}) { totalCount } hiddenItems: posItems(where: {displayed: false}) { totalCount } }`, nil)
			shown := map[bool]float64{true: 1}[want]
			for path, wanted := range map[string]any{
				"product.displayed": want, "posItem.diagnosis.displayed": want,
				"products.totalCount": shown, "items.totalCount": shown, "hidden.totalCount": 2 - shown, "hiddenItems.totalCount": 1 - shown,
			} {
				if got := graphtest.At(t, tree, path); got != wanted {
					t.Errorf("%s: %s = %v, want %v", when, path, got, wanted)
				}
			}
		}
		s.ListAgain()
		check("live", true)
		s.link.Update().SetState(retail.LinkNeedsReauth).ExecX(s.Ctx)
		check("asked to sign in again", true)
		s.link.Update().SetState(retail.LinkDisconnected).ExecX(s.Ctx)
		check("disconnected", false)
		s.link.Update().SetState(retail.LinkConnected).ExecX(s.Ctx)
		client.Shop.Update().SetArchived(true).ExecX(s.Ctx)
		check("all shops archived", false)
		client.Shop.Update().SetArchived(false).ExecX(s.Ctx)
		client.Location.Update().SetActive(false).ExecX(s.Ctx)
		check("all locations retired", false)
		client.Location.Update().SetActive(true).ExecX(s.Ctx)
		s.linked.Update().SetActive(false).SetMatchPending(false).ExecX(s.Ctx)
		s.ListAgain()
		tree := caller.Tree(`{ product(key: "p") { displayed } products(where: {displayed: true}) { totalCount } }`, nil)
		if graphtest.At(t, tree, "product.displayed") != false || graphtest.At(t, tree, "products.totalCount") != 0.0 {
			t.Errorf("a retired product: %v", tree)
		}
	})
}

func TestFilters(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := newShop(t, client)
		client.PosItem.Create().SetLightspeedID(5).SetDescription("old").SetArchived(true).SaveX(s.Ctx)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		for where, want := range map[string]string{
			"{}": "Bike Tyre", "{linked: true}": "Bike", "{linked: false}": "Tyre", "{active: true}": "Bike Tyre", "{active: false}": "",
			`{brand: "Giant"}`: "Bike", `{brand: "giant"}`: "Bike", `{brand: "gian"}`: "", `{category: "Parts"}`: "Tyre", `{keys: ["q", "zz"]}`: "Tyre", "{keys: []}": "",
			`{linked: true, category: "Parts"}`: "", "{linked: null}": "Bike Tyre",
		} {
			var data struct{ Products page }
			caller.Get(&data, fmt.Sprintf("{ products(where: %s) { edges { node { name } } } }", where), nil)
			if got := data.Products.names(); got != want {
				t.Errorf("products where %s: %q, want %q", where, got, want)
			}
		}
		for where, want := range map[string]string{
			"{}": "bike old", "{matchState: LINKED}": "bike", "{archived: true}": "old", `{brand: "Giant"}`: "bike",
			`{lightspeedItemIds: ["5", "x", "005"]}`: "old", `{lightspeedItemIds: []}`: "", `{lightspeedItemIds: ["x"]}`: "",
		} {
			var data struct{ PosItems page }
			caller.Get(&data, fmt.Sprintf("{ posItems(where: %s) { edges { node { description } } } }", where), nil)
			if got := data.PosItems.names(); got != want {
				t.Errorf("items where %s: %q, want %q", where, got, want)
			}
		}
	})
}
