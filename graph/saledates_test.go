package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/ent/product"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/pid"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

func wantSaleDates(t *testing.T, s *graphtest.Retailer, what string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, s.SaleDates()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Products are found by their brand and category (R23).
func TestProductsByBrandAndCategory(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(6)
		for where, want := range map[string]string{
			`brand: "Alder"`:                                    "[p-0 p-3]",
			`category: "Tyres"`:                                 "[p-1 p-3 p-5]",
			`brand: "Alder", category: "Tyres"`:                 "[p-3]",
			`brands: ["Alder", "Birch"]`:                        "[p-0 p-1 p-3 p-4]",
			`categories: ["Tyres", "Tubes"], brands: ["Birch"]`: "[p-1 p-4]",
			`brands: []`:                                        "[]",
		} {
			var keys []string
			for _, edge := range graphtest.At(t, s.Staff.Tree(`{ products(where: {`+where+`}) { edges { node { key effectivePrice { saleStartDate } } } } }`, nil), "products.edges").([]any) {
				keys = append(keys, graphtest.At(t, edge, "node.key").(string))
			}
			wantText(t, where, fmt.Sprint(keys), want)
		}
	})
}

// Sale dates are set, changed and taken away for chosen products (R24, R25, R26, R27).
func TestSaleDatesOfAPage(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(4)
		page := s.Products[:2]
		count, changed, wrong := s.SetSaleDates(map[string]any{"productIds": page, "startDate": "2026-05-02"})
		wantText(t, "R24 the start", fmt.Sprint(count, changed)+wrong, "2 2")
		wantSaleDates(t, s, "R27 the page alone", map[string]string{"p-0": "2026-05-02/", "p-1": "2026-05-02/"})
		_, _, wrong = s.SetSaleDates(map[string]any{"productIds": page, "endDate": "2026-05-09"})
		wantText(t, "R25 the end, by itself", wrong, "")
		wantSaleDates(t, s, "R26 both", map[string]string{"p-0": "2026-05-02/2026-05-09", "p-1": "2026-05-02/2026-05-09"})
		count, changed, _ = s.SetSaleDates(map[string]any{"productIds": page, "startDate": "2026-05-02", "endDate": "2026-05-09"})
		wantText(t, "again", fmt.Sprint(count, changed), "2 0")
		_, _, wrong = s.SetSaleDates(map[string]any{"productIds": page[:1], "startDate": nil})
		wantText(t, "cleared", wrong, "")
		wantSaleDates(t, s, "null clears both", map[string]string{"p-1": "2026-05-02/2026-05-09"})
	})
}

// What is wrong is refused whole, with a reason.
func TestSaleDatesRefused(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(3)
		s.SetSaleDates(map[string]any{"productIds": s.Products[:1], "startDate": "2026-05-02", "endDate": "2026-05-09"})
		before := s.SaleDates()
		many := make([]string, 50_000)
		for i := range many {
			many[i] = pid.New("prd")
		}
		for _, tt := range []struct {
			name  string
			input map[string]any
			want  string
		}{
			{"end before start", map[string]any{"productIds": s.Products, "startDate": "2026-05-02", "endDate": "2026-05-01"}, "INVALID [endDate]"},
			{"end without start", map[string]any{"productIds": s.Products, "startDate": nil, "endDate": "2026-05-01"}, "INVALID [endDate]"},
			{"end where some have no start", map[string]any{"productIds": s.Products, "endDate": "2026-05-10"}, "INVALID [startDate]"},
			{"end before a kept start", map[string]any{"productIds": s.Products[:1], "endDate": "2026-05-01"}, "INVALID [startDate]"},
			{"start after a kept end", map[string]any{"where": map[string]any{}, "startDate": "2026-05-10"}, "INVALID [endDate]"},
			{"no date", map[string]any{"productIds": s.Products}, "EMPTY [startDate]"},
			{"no products", map[string]any{"startDate": "2026-05-01"}, "EMPTY [productIds]"},
			{"an empty list", map[string]any{"productIds": []string{}, "startDate": "2026-05-01"}, "EMPTY [productIds]"},
			{"a long search", map[string]any{"where": map[string]any{"search": strings.Repeat("x", 201)}, "startDate": "2026-05-01"}, "INVALID [where search]"},
			{"a long list", map[string]any{"where": map[string]any{"keys": many[:251]}, "startDate": "2026-05-01"}, "TOO_MANY [where keys]"},
			{"both", map[string]any{"productIds": s.Products, "where": map[string]any{}, "startDate": "2026-05-01"}, "INVALID [where]"},
			{"one is not there", map[string]any{"productIds": []string{s.Products[1], many[0]}, "startDate": "2026-05-01"}, "NOT_FOUND [productIds 1]"},
			{"no id", map[string]any{"productIds": []string{"a\x00b"}, "startDate": "2026-05-01"}, "NOT_FOUND [productIds 0]"},
			{"another count", map[string]any{"where": map[string]any{}, "startDate": "2026-05-01", "expectedCount": 4}, "COUNT_CHANGED [expectedCount]"},
			{"all at once", map[string]any{"productIds": []string{}, "startDate": nil, "endDate": "2026-05-01"}, "INVALID [endDate]; EMPTY [productIds]"},
		} {
			count, changed, wrong := s.SetSaleDates(tt.input)
			wantText(t, tt.name, wrong, tt.want)
			wantText(t, tt.name+": preview", graphtest.Wrongs(s.PreviewSaleDates(tt.input)), tt.want)
			if count != 0 || changed != 0 {
				t.Errorf("%s: %v meant, %v changed", tt.name, count, changed)
			}
		}
		// A list that is too long is refused before anything is done with it, and one beyond all measure before it is read.
		for n, want := range map[int]string{
			1001: "BAD_USER_INPUT: A list can have at most 1000 elements.", 50_000: "COMPLEXITY_LIMIT: The request body is too large.",
		} {
			a := s.Staff.Ask(`mutation($i: [ID!]) { setSaleDates(input: {productIds: $i, startDate: "2026-05-01"}) { count } }`, map[string]any{"i": many[:n]})
			wantText(t, fmt.Sprint(n, " ids"), a.Code()+": "+a.Errors[0].Message, want)
		}
		wantSaleDates(t, s, "nothing changed", before)
		for _, bad := range []any{"2026-02-30", "1.5.2026", "", 20260501} {
			_, _, wrong := s.SetSaleDates(map[string]any{"where": map[string]any{}, "startDate": bad})
			wantText(t, fmt.Sprint(bad), wrong, "INVALID [startDate]")
		}
	})
}

// The preview tells what setting then does, for each of the filters (B14).
func TestSaleDatesOfAFilter(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(30)
		s.EnablePricing()
		for _, where := range []map[string]any{
			{"brand": "Alder"}, {"brands": []string{"Alder", "Cedar"}, "category": "Tyres"}, {"linked": true}, {"displayed": true},
			{"displayed": false, "search": "product 01"}, {"linked": false}, {},
		} {
			s.SetSaleDates(map[string]any{"where": map[string]any{}, "startDate": nil, "acknowledge": []string{"EVERY_PRODUCT"}})
			s.SetSaleDates(map[string]any{"productIds": s.Products[:5], "startDate": "2026-05-01", "endDate": "2026-05-31"})
			input := map[string]any{"where": where, "startDate": "2026-05-01", "endDate": "2026-05-31"}
			preview := s.PreviewSaleDates(input)
			before := s.SaleDates()
			input["expectedCount"] = preview["count"]
			if all := len(where) == 0; preview["needsAcknowledgement"] != all {
				t.Errorf("%v: needsAcknowledgement is %v", where, preview["needsAcknowledgement"])
			} else if all {
				_, _, wrong := s.SetSaleDates(input)
				wantText(t, "every product", wrong, "ACKNOWLEDGEMENT_REQUIRED [acknowledge]")
				input["acknowledge"] = []string{"EVERY_PRODUCT"}
			}
			count, changed, wrong := s.SetSaleDates(input)
			wantText(t, fmt.Sprint(where), fmt.Sprint(count, changed, wrong), fmt.Sprint(preview["count"], preview["changing"], ""))
			after := s.SaleDates()
			if got := len(after) - len(before); float64(got) != changed {
				t.Errorf("%v: %d changed, %v were told", where, got, changed)
			}
			examples := preview["examples"].([]any)
			if want := min(10, int(changed)); len(examples) != want {
				t.Errorf("%v: %d examples, want %d", where, len(examples), want)
			}
			for _, e := range examples {
				key := graphtest.At(t, e, "product.key").(string)
				if before[key] != "" || after[key] != "2026-05-01/2026-05-31" {
					t.Errorf("%v: %s went from %q to %q", where, key, before[key], after[key])
				}
				wantText(t, "before", fmt.Sprint(graphtest.At(t, e, "before.price.amount")), "100")
				wantText(t, "after", fmt.Sprint(graphtest.At(t, e, "after.price.amount")), "79.99")
				wantText(t, "now", s.Price(key), "79.99 of 100 on sale until 2026-06-01T07:00:00Z")
			}
		}
	})
}

// Setting and previewing dates costs as many statements for a page or a whole catalogue as for one product.
func TestStatementsOfSaleDates(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	s := graphtest.NewRetailer(t, client)
	s.AddPricedProducts(250)
	s.EnablePricing()
	counting, statements := storetest.Counting(db)
	s.API = graphtest.New(t, counting)
	s.Staff = s.API.As(t, "a", tenant.RoleManage)
	cost := func(input map[string]any) int {
		statements.Take()
		s.PreviewSaleDates(input)
		s.SetSaleDates(input)
		return statements.Take()
	}
	cost(map[string]any{"productIds": s.Products[:1], "startDate": "2026-05-01"}) // reads the settings, which are kept then
	one, page := cost(map[string]any{"productIds": s.Products[:1], "startDate": "2026-05-02"}), cost(map[string]any{"productIds": s.Products, "startDate": "2026-05-03"})
	few, all := cost(map[string]any{"where": map[string]any{"keys": []string{"p-7"}}, "startDate": "2026-05-04"}), cost(map[string]any{"where": map[string]any{}, "startDate": "2026-05-05", "acknowledge": []string{"EVERY_PRODUCT"}})
	if one != page || few != all || one > 30 {
		t.Errorf("one product costs %d statements, 250 cost %d; by a filter %d and %d", one, page, few, all)
	}
	save := func(n int, start string) int {
		rows := make([]row, n)
		for i := range rows {
			rows[i] = row{"productId": s.Products[i], "startDate": start}
		}
		statements.Take()
		s.Staff.Tree(saveSaleDates, row{"p": rows})
		return statements.Take()
	}
	if one, page := save(1, "2026-05-06"), save(250, "2026-05-07"); one != page || one > 12 {
		t.Errorf("saving one product costs %d statements, a page %d", one, page)
	}
}

// BenchmarkSetSaleDates sets the dates of 10,000 of 100,000 products by a filter, over the API on PostgreSQL, and the same by
// plain SQL.
func BenchmarkSetSaleDates(b *testing.B) {
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	client := store.NewClient(db)
	ctx, site := storetest.Site(b, client, "a")
	i := 0
	for rows := range slices.Chunk(make([]struct{}, 100_000), 1000) {
		var creates []*ent.ProductCreate
		for range rows {
			i++
			creates = append(creates, client.Product.Create().SetKey(fmt.Sprint(i)).SetName(fmt.Sprintf("Product %d", i)).SetBrand(fmt.Sprint("Brand ", i%10)))
		}
		if err := client.Product.CreateBulk(creates...).Exec(ctx); err != nil {
			b.Fatal(err)
		}
	}
	caller := graphtest.New(b, client).As(b, "a", tenant.RoleManage)
	day := func(n int) retail.Date { return retail.DateOf(time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC)) }
	n := 0
	b.Run("api", func(b *testing.B) {
		for b.Loop() {
			n++
			var got struct{ SetSaleDates struct{ Changed int } }
			caller.Get(&got, `mutation($d: Date) { setSaleDates(input: {where: {brand: "Brand 3"}, startDate: $d}) { changed } }`, map[string]any{"d": day(n)})
			if got.SetSaleDates.Changed != 10_000 {
				b.Fatalf("%d changed", got.SetSaleDates.Changed)
			}
		}
	})
	b.Run("sql", func(b *testing.B) {
		for b.Loop() {
			n++
			_, err := db.SQL.ExecContext(ctx, `update products set sale_start_date = $1, updated_at = now() where site_id = $2 and brand = 'Brand 3'`, day(n), site.ID)
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	if found := client.Product.Query().Where(product.SaleStartDate(day(n))).CountX(ctx); found != 10_000 {
		b.Errorf("%d have the last date", found)
	}
}
