package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

func itemOf(productID string) predicate.PosItem { return positem.ProductID(productID) }

// named adds products whose names, brands, categories, prices and stock are given in words: "name|brand|category|price|units".
func named(s *graphtest.Retailer, rows ...string) {
	s.AddLink()
	s.AddStores("East")
	s.MapStores()
	for i, row := range rows {
		f := strings.Split(row, "|")
		var price, units int64
		_, _ = fmt.Sscan(f[3], &price)
		_, _ = fmt.Sscan(f[4], &units)
		p := s.Client.Product.Create().SetKey(fmt.Sprintf("key-%d", i)).SetName(f[0]).SetBrand(f[1]).SetCategory(f[2]).
			SetPrice(retail.Amount(price) * 100 * retail.Cent).SaveX(s.Ctx)
		s.Products = append(s.Products, p.ID)
		if units == 0 {
			continue
		}
		item := s.Client.PosItem.Create().SetLightspeedID(int64(i + 1)).SetDescription(f[0]).SetProductID(p.ID).SetMatchState(retail.MatchLinked).SaveX(s.Ctx)
		s.Client.ShopStock.Create().SetItemID(item.ID).SetLightspeedItemID(int64(i + 1)).SetLightspeedShopID(1).SetOnHand(units).
			SetOnOrder(0).SetReorderPoint(0).SetReorderLevel(0).ExecX(s.Ctx)
	}
	s.ListProducts()
}

// Products are sorted by name, brand, price and stock, in natural order, and paged by cursor both ways (R23, R27).
func TestOrdersOfProducts(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		named(s, "Tube 10|Vittoria||5|0", "tube 9|ärmel||7|3", "Ärmel|Zéfal||0|0", "bell|Äpex||2|12", "Tube 100|apex||0|2", "Cap|||3|0")
		for order, want := range map[string]string{
			"NAME":  "Ärmel, bell, Cap, tube 9, Tube 10, Tube 100",
			"BRAND": "Cap, bell/Tube 100, tube 9, Tube 10, Ärmel",
			"PRICE": "Ärmel/Tube 100, bell, Cap, Tube 10, tube 9",
			"STOCK": "Tube 10/Ärmel/Cap, Tube 100, tube 9, bell",
		} {
			for _, direction := range []string{"ASC", "DESC"} {
				by := row{"field": order, "direction": direction}
				var forward, backward []string
				for after, more := any(nil), true; more; {
					p := products(t, s.Staff, row{"first": 2, "after": after, "orderBy": by})
					for _, e := range p.Edges {
						forward = append(forward, e.Node.Name)
					}
					after, more = p.PageInfo.EndCursor, p.PageInfo.HasNextPage && len(forward) < 9
				}
				for before, more := any(nil), true; more; {
					p := products(t, s.Staff, row{"last": 2, "before": before, "orderBy": by})
					var names []string
					for _, e := range p.Edges {
						names = append(names, e.Node.Name)
					}
					backward = append(names, backward...)
					before, more = p.PageInfo.StartCursor, p.PageInfo.HasPreviousPage && len(backward) < 9
				}
				if !slices.Equal(forward, backward) {
					t.Errorf("%s %s: %q forwards, %q backwards", order, direction, forward, backward)
				}
				if direction == "DESC" {
					slices.Reverse(forward)
				}
				wantOrder(t, order+" "+direction, forward, want)
			}
		}
	})
}

// wantOrder compares with names in which "/" is between those whose order does not matter.
func wantOrder(t *testing.T, what string, got []string, want string) {
	t.Helper()
	rest := got
	for _, group := range strings.Split(want, ", ") {
		same := strings.Split(group, "/")
		if len(rest) < len(same) || slices.ContainsFunc(rest[:len(same)], func(n string) bool { return !slices.Contains(same, n) }) {
			t.Errorf("%s: %q, want %s", what, got, want)
			return
		}
		rest = rest[len(same):]
	}
}

// A page chooses from brands and categories that are counted by one request, however they are written (R23).
func TestCatalogueFacets(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		named(s, "A|Trek|Bikes/Road|1|0", "B|TREK|bikes > road|1|0", "C|Trek|Bikes/Road/Race|1|0", "D|Brand 10|Bikes|1|1", "E|Brand 9|Parts/Tubes|1|1", "F|||1|0")
		s.Client.PosItem.Update().Where(positem.ProductID(s.Products[3])).SetDisplayed(true).ExecX(s.Ctx)
		s.ListAgain()
		for where, want := range map[string]string{
			`{}`:                     "Brand 9 1, Brand 10 1, Trek 3 | Bikes 4, Bikes/Road 3, Bikes/Road/Race 1, Parts 1, Parts/Tubes 1",
			`{category: "BIKES"}`:    "Brand 10 1, Trek 3 | Bikes 4, Bikes/Road 3, Bikes/Road/Race 1, Parts 1, Parts/Tubes 1",
			`{brands: ["trek"]}`:     "Brand 9 1, Brand 10 1, Trek 3 | Bikes 3, Bikes/Road 3, Bikes/Road/Race 1",
			`{displayed: true}`:      "Brand 10 1 | Bikes 1",
			`{displayed: false}`:     "Brand 9 1, Trek 3 | Bikes 3, Bikes/Road 3, Bikes/Road/Race 1, Parts 1, Parts/Tubes 1",
			`{linked: true}`:         "Brand 9 1, Brand 10 1 | Bikes 1, Parts 1, Parts/Tubes 1",
			`{search: "nothing"}`:    " | ",
			`{search: "bran key-3"}`: "Brand 10 1 | Bikes 1",
		} {
			tree := s.Staff.Tree(`{ catalogueFacets(where: `+where+`) { brands { name count } brandCount categories { path name count } categoryCount } }`, nil)
			facets := graphtest.At(t, tree, "catalogueFacets").(map[string]any)
			list := func(field, name string) string {
				var all []string
				for _, f := range facets[field].([]any) {
					all = append(all, fmt.Sprint(graphtest.At(t, f, name), " ", graphtest.At(t, f, "count")))
				}
				return strings.Join(all, ", ")
			}
			wantText(t, where, list("brands", "name")+" | "+list("categories", "path"), want)
		}
		counts := func() string {
			f := graphtest.At(t, s.Staff.Tree(`{ catalogueFacets { brandCount brandsTruncated categoryCount categoriesTruncated } }`, nil), "catalogueFacets").(map[string]any)
			return fmt.Sprint(f["brandCount"], f["brandsTruncated"], f["categoryCount"], f["categoriesTruncated"])
		}
		wantText(t, "counts", counts(), "3 false 5 false")
		var more []*ent.ProductCreate
		for i := range 998 {
			key := fmt.Sprint("more-", i)
			more = append(more, s.Client.Product.Create().SetSiteID(s.Site.ID).SetKey(key).SetName(key).SetBrand(key))
		}
		for chunk := range slices.Chunk(more, 250) {
			s.Client.Product.CreateBulk(chunk...).ExecX(s.Ctx)
		}
		wantText(t, "more brands than are listed", counts(), "1001 true 5 false")
	})
}

// What a filter finds is what the facets count; words are found in any order, in names, brands, codes and keys.
func TestFiltersOfYourItems(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		named(s, "Road Bike 54|Trek|Bikes/Road|1|0", "Race bike|TREK|bikes > road > race|1|0", "Tube 28|Conti|Parts/Tubes|1|0", "Roadster bell|Conti|Bikes/Roadster|1|0")
		s.Client.Product.UpdateOneID(s.Products[2]).SetMpn("CT-28").SetGtin1("12345678905").SetGtin1Code("00012345678905").ExecX(s.Ctx)
		s.ListAgain() // who writes the columns has the text made again
		for where, want := range map[string]string{
			`category: "bikes/ROAD"`:                     "Race bike, Road Bike 54",
			`category: "Bikes"`:                          "Race bike, Road Bike 54, Roadster bell",
			`category: "Bikes/Roa"`:                      "",
			`categories: ["parts", "Bikes > Road/Race"]`: "Race bike, Tube 28",
			`categories: []`:                             "",
			`category: ""`:                               "",
			`brand: "trek"`:                              "Race bike, Road Bike 54",
			`brands: ["CONTI", "nobody"]`:                "Roadster bell, Tube 28",
			`search: "54 trek"`:                          "Road Bike 54",
			`search: "TREK  bike"`:                       "Race bike, Road Bike 54",
			`search: "ct-28 tube"`:                       "Tube 28",
			`search: "key-3"`:                            "Roadster bell",
			`search: "0012345678905"`:                    "Tube 28",
			`search: "tube trek"`:                        "",
			`search: "50%"`:                              "",
		} {
			tree := s.Staff.Tree(`{ products(where: {`+where+`}) { edges { node { name } } totalCount } }`, nil)
			var names []string
			for _, e := range graphtest.At(t, tree, "products.edges").([]any) {
				names = append(names, graphtest.At(t, e, "node.name").(string))
			}
			wantText(t, where, strings.Join(names, ", "), want)
		}
	})
}

const saveSaleDates = `mutation($p: [ProductSaleDatesInput!]!) { saveSaleDates(input: {products: $p}) { changed
	results { product { key effectivePrice { saleStartDate saleEndDate } } userErrors { code message field } } userErrors { code message field } } }`

// A page is saved whole, each product with its own dates, or not at all (R24 to R26).
func TestSaveSaleDates(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(4)
		save := func(rows ...row) (map[string]any, string) {
			t.Helper()
			payload := s.Staff.Tree(saveSaleDates, row{"p": append([]row{}, rows...)})["saveSaleDates"].(map[string]any)
			return payload, graphtest.Wrongs(payload)
		}
		p := s.Products
		payload, wrong := save(row{"productId": p[0], "startDate": "2026-05-02", "endDate": "2026-05-09"}, row{"productId": p[1], "startDate": "2026-06-01"},
			row{"productId": p[2], "startDate": nil})
		wantText(t, "saved", wrong+fmt.Sprint(payload["changed"]), "2")
		wantText(t, "the products in the payload", fmt.Sprint(graphtest.At(t, payload, "results.1.product")),
			"map[effectivePrice:map[saleEndDate:<nil> saleStartDate:2026-06-01] key:p-1]")
		stored := map[string]string{"p-0": "2026-05-02/2026-05-09", "p-1": "2026-06-01/"}
		wantSaleDates(t, s, "stored", stored)
		payload, wrong = save(row{"productId": p[0], "startDate": "2026-05-02"})
		wantText(t, "the end stays", wrong+fmt.Sprint(payload["changed"]), "0")

		payload, wrong = save(row{"productId": p[3], "startDate": "2026-05-02"}, row{"productId": p[0], "startDate": "2026-05-10"},
			row{"productId": p[2], "endDate": "2026-05-10"}, row{"productId": "prd_none", "startDate": "2026-05-02"}, row{"productId": p[3], "startDate": "2026-05-03"},
			row{"productId": p[1]})
		wantText(t, "all that is wrong", wrong, "INVALID [products 1 endDate]; INVALID [products 2 endDate]; NOT_FOUND [products 3 productId]; "+
			"DUPLICATE [products 4 productId]; EMPTY [products 5 startDate]")
		wantText(t, "a row's own", graphtest.Wrongs(graphtest.At(t, payload, "results.1").(map[string]any)), "INVALID [endDate]")
		if payload["changed"] != nil || len(payload["results"].([]any)) != 6 {
			t.Errorf("refused: %v", payload)
		}
		wantSaleDates(t, s, "nothing changed", stored)
		if _, wrong = save(); wrong != "EMPTY [products]" {
			t.Errorf("no products: %s", wrong)
		}

		// What somebody else has set meanwhile is not overwritten by who has not seen it.
		if _, wrong = save(row{"productId": p[0], "startDate": "2026-05-03", "expected": row{"startDate": "2026-05-01", "endDate": "2026-05-09"}},
			row{"productId": p[1], "startDate": "2026-06-02", "expected": row{"startDate": "2026-06-01"}},
			row{"productId": p[2], "startDate": "2026-06-02", "expected": row{"startDate": "2026-06-01"}}); wrong != "STALE_REVISION [products 0 startDate]; STALE_REVISION [products 2 startDate]" {
			t.Errorf("changed meanwhile: %s", wrong)
		}
		wantSaleDates(t, s, "nothing overwritten", stored)
		if payload, wrong = save(row{"productId": p[0], "startDate": "2026-05-02", "expected": row{}}); wrong+fmt.Sprint(payload["changed"]) != "0" {
			t.Errorf("what is wanted is there already: %s", wrong)
		}
		payload, _ = save(row{"productId": p[0], "startDate": nil, "expected": row{"startDate": "2026-05-02", "endDate": "2026-05-09"}},
			row{"productId": p[1], "startDate": nil, "endDate": nil})
		wantText(t, "cleared", fmt.Sprint(payload["changed"]), "2")
		wantSaleDates(t, s, "cleared", map[string]string{})
	})
}

// Products are found by what becomes of their sale prices, and a preview counts them before dates are set (R22, B14).
func TestSalesOfProducts(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(6)
		p := s.Products
		s.Client.PosItem.Update().Where(itemOf(p[1])).SetPrices(graphtest.LevelPrices("100", "120")).ExecX(s.Ctx)             // no sale price
		s.Client.PosItem.Update().Where(itemOf(p[2])).SetPrices(graphtest.LevelPrices("", "120", "79.99")).ExecX(s.Ctx)       // no regular price
		s.Client.PosItem.Update().Where(itemOf(p[3])).SetPrices(graphtest.LevelPrices("100", "120", "100")).ExecX(s.Ctx)      // not below
		s.Client.PosItem.Update().Where(itemOf(p[4])).ClearProductID().SetMatchState(retail.MatchNotInCatalogue).ExecX(s.Ctx) // not linked
		s.EnablePricing()
		s.ListProducts()
		found := func(where string) string {
			t.Helper()
			var keys []string
			var data struct {
				Products struct {
					Edges []struct {
						Node struct {
							Key            string
							EffectivePrice struct {
								OnSale   bool
								Problems []struct{ Code string }
							}
						}
					}
				}
			}
			s.Staff.Get(&data, `{ products(where: {`+where+`}) { edges { node { key effectivePrice { onSale problems { code } } } } } }`, nil)
			for _, e := range data.Products.Edges {
				keys = append(keys, strings.TrimPrefix(e.Node.Key, "p-"))
				if n := e.Node; where == "onSale: true" && !n.EffectivePrice.OnSale || where == "priceProblems: true" && len(n.EffectivePrice.Problems) == 0 ||
					where == "priceProblems: false" && len(n.EffectivePrice.Problems) > 0 {
					t.Errorf("%s finds %+v", where, n)
				}
			}
			return strings.Join(keys, " ")
		}
		preview := func(input row) string {
			t.Helper()
			all := s.PreviewSaleDates(input)
			return fmt.Sprint(all["onSale"], " ", all["withoutSalePrice"])
		}
		wantText(t, "before any dates", found("priceProblems: true"), "2 4")
		wantText(t, "preview", preview(row{"where": row{}, "startDate": "2026-05-01"}), "2 4")
		wantText(t, "preview of a sale that is over", preview(row{"where": row{}, "startDate": "2026-04-01", "endDate": "2026-05-01"}), "0 0")
		wantText(t, "preview of no sale", preview(row{"where": row{}, "startDate": nil}), "0 0")
		s.SetSaleDates(row{"productIds": []string{p[0], p[1], p[2], p[3], p[4]}, "startDate": "2026-05-01"})
		s.SetSaleDates(row{"productIds": []string{p[5]}, "startDate": "2026-05-03"})
		// Dates are true at once.
		for where, want := range map[string]string{
			"salePlanned: true": "0 1 2 3 4 5", "salePlanned: false": "", "onSale: true": "0", "onSale: false": "1 2 3 4 5",
			"priceProblems: true": "1 2 3 4", "priceProblems: false": "0 5",
		} {
			wantText(t, where, found(where), want)
		}
		s.SetSaleDates(row{"productIds": []string{p[0], p[1]}, "endDate": "2026-05-01"})
		for where, want := range map[string]string{
			"salePlanned: true": "2 3 4 5", "onSale: true": "", "priceProblems: true": "2 3 4", "priceProblems: false": "0 1 5",
		} {
			wantText(t, "over: "+where, found(where), want)
		}
		tree := s.Staff.Tree(`{ a: product(key: "p-5") { effectivePrice { salePrice { amount } onSale } } b: product(key: "p-1") { effectivePrice { salePrice { amount } } } }`, nil)
		wantText(t, "the sale price before the sale starts", fmt.Sprint(tree),
			"map[a:map[effectivePrice:map[onSale:false salePrice:map[amount:79.99]]] b:map[effectivePrice:map[salePrice:<nil>]]]")
		if _, wrong := s.UpdatePricing(row{"enabled": false}); wrong != "" {
			t.Fatal(wrong)
		}
		s.ListProducts()
		wantText(t, "POS pricing off", found("onSale: true")+found("priceProblems: true"), "")
	})
}

// A preview counts by the prices that are in force, also before the lists of products have followed.
func TestSalePreviewRightAfterAChange(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(3)
		s.Client.PosItem.Update().Where(itemOf(s.Products[1])).SetPrices(graphtest.LevelPrices("100", "120")).ExecX(s.Ctx) // no sale price
		s.EnablePricing()
		for _, when := range []string{"right after the change", "once the lists have followed"} {
			all := s.PreviewSaleDates(row{"where": row{}, "startDate": "2026-05-01"})
			wantText(t, when, fmt.Sprint(all["onSale"], " ", all["withoutSalePrice"]), "2 1")
			s.ListProducts()
		}
	})
}

// The platform sends the addresses of a product's picture and page; what no browser can open is refused.
func TestAddressesOfProducts(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		send := func(fields row) string {
			t.Helper()
			fields["key"], fields["name"] = "k", "Bike"
			tree := s.Platform.Tree(`mutation($p: ProductInput!) { importProducts(input: {products: [$p]}) { results { outcome product { imageUrl websiteUrl }
				userErrors { code field } } } }`, row{"p": fields})
			result := graphtest.At(t, tree, "importProducts.results.0").(map[string]any)
			return fmt.Sprint(result["outcome"], " ", result["product"], " ", graphtest.Wrongs(result))
		}
		wantText(t, "without", send(row{}), "CREATED map[imageUrl:<nil> websiteUrl:<nil>] ")
		wantText(t, "with", send(row{"imageUrl": "https://shop.example/1.jpg", "websiteUrl": "http://shop.example/bike?x=1#y"}),
			"UPDATED map[imageUrl:https://shop.example/1.jpg websiteUrl:http://shop.example/bike?x=1#y] ")
		wantText(t, "absent stays", send(row{"imageUrl": nil}), "UPDATED map[imageUrl:<nil> websiteUrl:http://shop.example/bike?x=1#y] ")
		for _, bad := range []string{"javascript:alert(1)", "//shop.example/1.jpg", "/1.jpg", "https://", "https://user:pw@shop.example/", "https://a b/", "data:text/html,x",
			"https://shop.example/" + strings.Repeat("x", 2000)} {
			wantText(t, bad, send(row{"websiteUrl": bad}), "REFUSED <nil> INVALID [websiteUrl]")
		}
	})
}

// An item's page in Lightspeed can be opened.
func TestLightspeedURLOfItems(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.Client.PosItem.Create().SetLightspeedID(77).SetDescription("Bike").ExecX(s.Ctx)
		url := func() any {
			return graphtest.At(t, s.Staff.Tree(`{ posItem(lightspeedItemId: "77") { lightspeedUrl } }`, nil), "posItem.lightspeedUrl")
		}
		if got := url(); got != nil {
			t.Errorf("without an account: %v", got)
		}
		s.AddLink()
		wantText(t, "the page", fmt.Sprint(url()), "https://us.merchantos.com/?name=item.views.item&form_name=view&tab=details&id=77")
	})
}

// Items are found by several brands and by a category with those below it; the review queue is counted by reason.
func TestItemsByBrandsAndCategory(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for i, r := range []string{"A|Trek|Bikes/Road|RIVAL", "B|Giant|Bikes/Road/Race|DOUBT", "C|Conti|Parts|RIVAL", "D|Trek||"} {
			f := strings.Split(r, "|")
			s.Client.PosItem.Create().SetLightspeedID(int64(i + 1)).SetDescription(f[0]).SetBrand(f[1]).SetCategory(f[2]).
				SetMatchReason(retail.MatchReason(f[3])).SetInStock(i == 0).ExecX(s.Ctx)
			if f[2] != "" {
				s.Client.PosLabel.Create().SetKind("CATEGORY").SetLightspeedID(int64(i + 1)).SetName(f[2]).ExecX(s.Ctx)
			}
		}
		for where, want := range map[string]string{
			`brands: ["Trek", "Conti"]`: "A C D", `category: "bikes > ROAD"`: "A B", `category: "Bikes"`: "A B", `category: ""`: "D",
			`category: "Bike"`: "", `brands: []`: "", `search: "trek a"`: "A",
		} {
			var names []string
			for _, e := range graphtest.At(t, s.Staff.Tree(`{ posItems(where: {`+where+`}) { edges { node { description } } } }`, nil), "posItems.edges").([]any) {
				names = append(names, graphtest.At(t, e, "node.description").(string))
			}
			wantText(t, where, strings.Join(names, " "), want)
		}
		summary := func(args string) string {
			tree := s.Staff.Tree(`{ reviewSummary`+args+` { total inStock setAside reasons { reason count } } }`, nil)
			got := graphtest.At(t, tree, "reviewSummary").(map[string]any)
			line := fmt.Sprint(got["total"], " ", got["inStock"], " ", got["setAside"])
			for _, r := range got["reasons"].([]any) {
				line += fmt.Sprint(" ", graphtest.At(t, r, "reason"), "=", graphtest.At(t, r, "count"))
			}
			return line
		}
		wantText(t, "all", summary(""), "3 1 0 RIVAL=2 DOUBT=1 UNCONFIRMED=0 CONTRADICTION=0")
		wantText(t, "of a category", summary(`(where: {category: "Bikes", reasons: [DOUBT]})`), "2 1 0 RIVAL=1 DOUBT=1 UNCONFIRMED=0 CONTRADICTION=0")
		stocked := s.Client.PosItem.Query().Where(positem.InStock(true)).OnlyX(s.Ctx)
		tree := s.Staff.Tree(`mutation($ids: [ID!]) { setMatchesAside(input: {posItemIds: $ids}) { userErrors { code } } }`, row{"ids": []string{stocked.ID}})
		wantText(t, "left aside", graphtest.Wrongs(tree["setMatchesAside"].(map[string]any)), "")
		wantText(t, "without what is left aside", summary(""), "2 0 1 RIVAL=1 DOUBT=1 UNCONFIRMED=0 CONTRADICTION=0")
	})
}
