package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/product"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/graphqlhttp"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const importProducts = `mutation($in: [ProductInput!]!) { importProducts(input: {products: $in}) {
	results { key outcome product { id key } userErrors { code field message } } userErrors { code field message } } }`

type row = map[string]any

func outcomes(t *testing.T, c graphtest.Caller, rows ...row) []string {
	t.Helper()
	var data struct {
		ImportProducts struct {
			Results []struct {
				Key, Outcome string
				Product      *struct{ Key string }
				UserErrors   []struct {
					Code  string
					Field []string
				}
			}
			UserErrors []struct{ Code string }
		}
	}
	c.Get(&data, importProducts, map[string]any{"in": append([]row{}, rows...)})
	var list []string
	for _, r := range data.ImportProducts.Results {
		text := r.Key + " " + r.Outcome
		if (r.Product == nil) != (r.Outcome == "REFUSED") || r.Product != nil && r.Product.Key != strings.TrimSpace(r.Key) {
			t.Errorf("%s shows %v", text, r.Product)
		}
		for _, e := range r.UserErrors {
			text += " " + e.Code + ":" + strings.Join(e.Field, "/")
		}
		list = append(list, text)
	}
	for _, e := range data.ImportProducts.UserErrors {
		list = append(list, "batch "+e.Code)
	}
	return list
}

func TestImportProducts(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleService)
		work := api.Bus.Subscribe(synclog.WorkTopic)
		defer work.Close()
		expect := func(want []string, rows ...row) {
			t.Helper()
			if diff := cmp.Diff(want, outcomes(t, caller, rows...)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
		bike := row{"key": "bike", "name": " Bike ", "brand": "Giant", "mpn": "X-1", "gtin1": "0 12345 67890 5", "price": "12.50", "category": "Bikes"}
		expect([]string{"bike CREATED", "tyre CREATED"}, bike, row{"key": "tyre", "name": "Tyre", "gtin1": "no code"})
		if len(work.C()) != 1 {
			t.Fatal("the jobs were not woken")
		}
		<-work.C()
		p := client.Product.Query().Where(product.Key("bike")).OnlyX(ctx)
		if p.Name != "Bike" || p.Gtin1 != "0 12345 67890 5" || p.Gtin1Code != "00012345678905" || p.MpnKey != retail.MPNKey("Giant", "X-1") ||
			p.Price != 12_500_000 || !p.Active || !p.MatchPending || p.ContentHash == 0 || len(p.StaleCodes) != 0 {
			t.Errorf("stored %+v", p)
		}
		tyre := client.Product.Query().Where(product.Key("tyre")).OnlyX(ctx)
		if tyre.Gtin1 != "no code" || tyre.Gtin1Code != "" || !tyre.MatchPending {
			t.Errorf("a product without codes: %+v", tyre)
		}
		if state := client.SyncState.Query().OnlyX(ctx); state.DueAt == nil || !state.DueAt.Equal(storetest.Now()) {
			t.Errorf("due at %v", state.DueAt)
		}

		// Told again, with the same meaning in other words: nothing is written.
		api.Clock.Advance(time.Hour)
		bike["price"] = "12.5"
		expect([]string{"bike UNCHANGED"}, bike)
		if again := client.Product.GetX(ctx, p.ID); !again.UpdatedAt.Equal(p.UpdatedAt) || len(work.C()) != 0 {
			t.Errorf("an unchanged product was written at %v", again.UpdatedAt)
		}

		// A change that matching does not look at leaves it in peace.
		client.Product.Update().SetMatchPending(false).ExecX(ctx)
		bike["price"] = "13"
		expect([]string{"bike UPDATED"}, bike)
		if now := client.Product.GetX(ctx, p.ID); now.MatchPending || now.Price != 13_000_000 || !now.UpdatedAt.Equal(api.Clock.Now()) || len(work.C()) != 0 {
			t.Errorf("a new price: %+v", now)
		}

		// What a product is called bears its barcode out, or no longer. The words that it had are kept until it is matched.
		wordsOf := func(name string) string { return retail.StaleWords(retail.Article{Name: name, Brand: "Giant"}) }
		bike["name"] = "Better bike"
		expect([]string{"bike UPDATED"}, bike)
		if now := client.Product.GetX(ctx, p.ID); !now.MatchPending || now.Name != "Better bike" || !slices.Equal(now.StaleCodes, []string{wordsOf("Bike")}) || len(work.C()) != 1 {
			t.Errorf("a new name: %+v", now)
		}
		<-work.C()
		client.Product.Update().SetMatchPending(false).ClearStaleCodes().ExecX(ctx)
		if n := client.Product.Query().Where(product.SearchTextContains("giant\nbetter bike")).CountX(ctx); n != 1 {
			t.Errorf("%d products are found by the new name", n)
		}

		// New codes are matched, and the old ones are kept until then, also over a second change.
		bike["gtin1"], bike["mpn"] = "4006381333931", nil
		expect([]string{"bike UPDATED"}, bike)
		bike["gtin1"] = nil
		expect([]string{"bike UPDATED"}, bike)
		now := client.Product.GetX(ctx, p.ID)
		stale := slices.Sorted(slices.Values(now.StaleCodes))
		want := []string{"00012345678905", "04006381333931", retail.MPNKey("Giant", "X-1")}
		if slices.Sort(want); !now.MatchPending || now.Gtin1Code != "" || now.MpnKey != "" || !slices.Equal(stale, want) || len(work.C()) != 1 {
			t.Errorf("pending %v with stale codes %q, want %q", now.MatchPending, stale, want)
		}
		// Retiring is matched too: retired products take part in nothing.
		client.Product.Update().SetMatchPending(false).ClearStaleCodes().ExecX(ctx)
		bike["active"] = false
		expect([]string{"bike UPDATED"}, bike)
		if now := client.Product.GetX(ctx, p.ID); !now.MatchPending || now.Active {
			t.Errorf("retired: %+v", now)
		}
		_ = s
	})
}

// What a row leaves out stays as it is stored, and null clears it.
func TestImportProductsPartially(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleService)
		whole := row{
			"key": "bike", "name": "Bike", "brand": "Giant", "mpn": "X-1", "gtin1": "012345678905", "gtin2": "4006381333931",
			"price": "12.50", "category": "Bikes", "active": false,
		}
		stored := func() string {
			p := client.Product.Query().Where(product.Key("bike")).OnlyX(ctx)
			return fmt.Sprint(p.Name, "|", p.Brand, "|", p.Mpn, "|", p.Gtin1, "|", p.Gtin2, "|", p.Price, "|", p.Category, "|", p.Active, "|", p.Gtin1Code, "|", p.Gtin2Code, "|", p.MpnKey)
		}
		for _, step := range []struct {
			row        row
			want, left string
		}{
			{whole, "bike CREATED", "Bike|Giant|X-1|012345678905|4006381333931|12.5|Bikes|false|00012345678905|04006381333931|" + retail.MPNKey("Giant", "X-1")},
			{row{"key": "bike", "name": "Bike"}, "bike UNCHANGED", "Bike|Giant|X-1|012345678905|4006381333931|12.5|Bikes|false|00012345678905|04006381333931|" + retail.MPNKey("Giant", "X-1")},
			{row{"key": "bike", "name": "Bike 2", "price": "13"}, "bike UPDATED", "Bike 2|Giant|X-1|012345678905|4006381333931|13|Bikes|false|00012345678905|04006381333931|" + retail.MPNKey("Giant", "X-1")},
			{row{"key": "bike", "name": "Bike 2", "gtin1": nil, "price": nil, "category": nil}, "bike UPDATED", "Bike 2|Giant|X-1||4006381333931|0||false||04006381333931|" + retail.MPNKey("Giant", "X-1")},
			{row{"key": "bike", "name": "Bike 2", "brand": nil, "mpn": "", "gtin2": "", "active": true}, "bike UPDATED", "Bike 2|||||0||true|||"},
			{row{"key": "bike", "name": "Bike 2", "active": nil}, "bike REFUSED INVALID:active", "Bike 2|||||0||true|||"},
		} {
			if got := outcomes(t, caller, step.row); !slices.Equal(got, []string{step.want}) {
				t.Errorf("%v: %q, want %q", step.row, got, step.want)
			}
			if got := stored(); got != step.left {
				t.Errorf("%v leaves\n%s, want\n%s", step.row, got, step.left)
			}
		}
	})
}

// Rows with errors are left out and say why; the others are stored.
func TestImportProductsRefusesRows(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		caller := graphtest.New(t, client, func(_ *graph.Deps, o *graph.HTTPOptions) {
			o.Limits = graphqlhttp.Limits{ListItems: 300, Cost: 100_000}
		}).As(t, "a", tenant.RoleService)
		long := strings.Repeat("x", 501)
		got := outcomes(t, caller,
			row{"key": "ok", "name": "Fine"},
			row{"key": "", "name": long, "brand": long, "mpn": long, "gtin1": long, "gtin2": "\u0000", "category": long, "price": "-1"},
			row{"key": "ok", "name": "Twin"},
			row{"key": " ok ", "name": ""},
			row{"key": "huge", "name": "Huge", "price": "99999999999999999999"},
			row{"key": "fine", "name": "Fine", "price": "0.0000001"},
			row{"key": "zero", "name": strings.Repeat("é", 500), "price": "0.000001"},
		)
		want := []string{
			"ok CREATED",
			" REFUSED INVALID:key INVALID:name INVALID:brand INVALID:mpn INVALID:gtin1 INVALID:gtin2 INVALID:category INVALID:price",
			"ok REFUSED DUPLICATE:key", " ok  REFUSED INVALID:name DUPLICATE:key", "huge REFUSED INVALID:price", "fine REFUSED INVALID:price",
			"zero CREATED",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if n := client.Product.Query().CountX(ctx); n != 2 {
			t.Errorf("%d products are stored", n)
		}
		var many []row
		for i := range 251 {
			many = append(many, row{"key": fmt.Sprint(i), "name": "x"})
		}
		if got := outcomes(t, caller, many...); !slices.Equal(got, []string{"batch TOO_MANY"}) {
			t.Errorf("251 rows: %v", got)
		}
		if got := outcomes(t, caller); !slices.Equal(got, []string{"batch EMPTY"}) {
			t.Errorf("no rows: %v", got)
		}
		for _, price := range []any{1.5, "1e3", "NaN", "", "1.", ".5", "+1", strings.Repeat("9", 41)} {
			got := outcomes(t, caller, row{"key": "k", "name": "n", "price": price}, row{"key": "a", "name": "Bell"})
			if len(got) != 2 || got[0] != "k REFUSED INVALID:price" || strings.Contains(got[1], "REFUSED") {
				t.Errorf("price %v: %v", price, got)
			}
		}
	})
}

// The largest batch that the rules allow goes through within the limits of the API as it is served.
func TestImportProductsTakesTheLargestBatch(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleService)
		rows := make([]row, 250)
		for i := range rows {
			pad := func(n int) string { return fmt.Sprintf("%0*d", n, i) }
			rows[i] = row{
				"key": pad(200), "name": strings.Repeat("é", 500), "brand": pad(200), "mpn": pad(200),
				"gtin1": pad(40), "gtin2": pad(40), "category": pad(200), "price": "1.5",
			}
		}
		for _, want := range []string{"CREATED", "UNCHANGED"} {
			for i, got := range outcomes(t, caller, rows...) {
				if !strings.HasSuffix(got, want) {
					t.Fatalf("row %d: %.300s, want %s", i, got, want)
				}
			}
		}
		if n := client.Product.Query().CountX(ctx); n != 250 {
			t.Errorf("%d products", n)
		}
	})
}

// A product's variant stays if the row leaves it out, and goes if it is null.
func TestImportProductVariant(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for _, step := range []struct {
			variant map[string]any
			want    any
		}{
			{map[string]any{"variant": map[string]any{"size": "M", "color": "Black"}}, map[string]any{"size": "M", "color": "Black"}},
			{nil, map[string]any{"size": "M", "color": "Black"}},
			{map[string]any{"variant": map[string]any{"size": "L"}}, map[string]any{"size": "L", "color": ""}},
			{map[string]any{"variant": nil}, nil},
		} {
			row := map[string]any{"key": "jersey", "name": "Aero Jersey"}
			maps.Copy(row, step.variant)
			tree := s.Platform.Tree(`mutation($p: [ProductInput!]!) { importProducts(input: {products: $p}) { results { product { variant { size color } } userErrors { field } } } }`,
				map[string]any{"p": []any{row}})
			if diff := cmp.Diff(step.want, graphtest.At(t, tree, "importProducts.results.0.product.variant")); diff != "" {
				t.Errorf("%v (-want +got):\n%s", step.variant, diff)
			}
		}
	})
}
