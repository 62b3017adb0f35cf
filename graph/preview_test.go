package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/ent/positem"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// What would hide much must be acknowledged, whichever setting does it; the message tells both figures. What hides little needs
// nothing, and neither does anything on a site that shows nothing (D8).
func TestHidingMuchMustBeAcknowledged(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.AddLink()
		s.AddItems(200)
		ctx := tenant.WithSite(t.Context(), tenant.SiteID("a"))
		displayed := client.PosItem.Query().Where(positem.Displayed(true)).CountX(ctx)
		all := make([]any, len(s.Locations))
		for i, l := range s.Locations {
			all[i] = keep(l.ID, 1000)
		}
		for _, c := range []struct {
			name, mutation, field string
			in                    map[string]any
		}{
			{"import settings", updateImportSettings, "updateImportSettings", map[string]any{"onHand": false}},
			{"mappings", `mutation($in: SetStoreMappingsInput!) { setStoreMappings(input: $in) { userErrors { code field message } } }`, "setStoreMappings",
				map[string]any{"mappings": []any{pair(s.Shops[0].ID, s.Locations[0].ID)}}},
			{"reserves", updateReserveStock, "updateReserveStock", map[string]any{"locations": all}},
		} {
			tree := s.Staff.Tree(c.mutation, map[string]any{"in": c.in})
			got := s.Staff.UserErrors(c.mutation, map[string]any{"in": c.in}, c.field)
			if diff := cmp.Diff([]string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}, got); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", c.name, diff)
			}
			message := graphtest.At(t, tree, c.field+".userErrors.0.message").(string)
			if !strings.Contains(message, fmt.Sprintf("of the %d displayed items", displayed)) {
				t.Errorf("%s: the message tells no figures: %s", c.name, message)
			}
			if wanted := client.SyncState.Query().OnlyX(ctx).EvaluationWanted; wanted != 0 {
				t.Fatalf("%s: something was changed", c.name)
			}
			c.in["acknowledge"] = []string{"OTHER_ACCOUNT"}
			if len(s.Staff.UserErrors(c.mutation, map[string]any{"in": c.in}, c.field)) == 0 {
				t.Errorf("%s: another acknowledgement is taken for this one", c.name)
			}
			c.in["acknowledge"] = []string{"HIDES_MANY"}
			if got := s.Staff.UserErrors(c.mutation, map[string]any{"in": c.in}, c.field); len(got) > 0 {
				t.Errorf("%s, acknowledged: %v", c.name, got)
			}
			client.SyncState.Update().SetEvaluationWanted(0).ExecX(ctx)
			client.ImportSettings.Delete().ExecX(ctx)
			client.Location.Update().SetReserve(0).ExecX(ctx)
			client.PosItem.Update().ClearLostAt().ExecX(ctx) // as the evaluation does that finds them displayed again
			client.StoreMapping.Delete().ExecX(ctx)
			for i := range s.Shops {
				client.StoreMapping.Create().SetShopID(s.Shops[i].ID).SetLocationID(s.Locations[i].ID).ExecX(ctx)
			}
		}
		if got := s.Staff.UserErrors(updateImportSettings, map[string]any{"in": map[string]any{"onOrder": true}}, "updateImportSettings"); len(got) > 0 {
			t.Errorf("what shows more: %v", got)
		}
		client.LightspeedLink.Update().SetState(retail.LinkDisconnected).ExecX(ctx)
		if got := s.Staff.UserErrors(updateReserveStock, map[string]any{"in": map[string]any{"locations": all}}, "updateReserveStock"); len(got) > 0 {
			t.Errorf("a site that shows nothing: %v", got)
		}
	})
}

const previewSettings = `query($in: PreviewSettingsInput!, $after: Cursor) { previewSettings(input: $in) { appearing disappearing repricing
	items(after: $after) { totalCount edges { node { effects } } } userErrors { code field message } } }`

// What is wrong with the input is told as its mutations tell it, all at once.
func TestPreviewRefuses(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.AddLink()
		s.AddItems(50)
		for name, c := range map[string]struct {
			in   map[string]any
			want []string
		}{
			"nothing":     {map[string]any{}, []string{}},
			"null":        {map[string]any{"importSettings": map[string]any{"onHand": nil}}, []string{"INVALID importSettings/onHand"}},
			"no mappings": {map[string]any{"storeMappings": []any{}}, []string{"EMPTY storeMappings"}},
			"no reserves": {map[string]any{"reserveStock": []any{}}, []string{"EMPTY reserveStock"}},
			"no level":    {map[string]any{"pricingSettings": map[string]any{"enabled": true}}, []string{"EMPTY pricingSettings/regularPriceLevelId"}},
			"all at once": {map[string]any{
				"storeMappings":   []any{pair("x", s.Locations[0].ID)},
				"reserveStock":    []any{keep(s.Locations[0].ID, -1)},
				"pricingSettings": map[string]any{"salePriceLevelId": "x"},
			}, []string{"INVALID reserveStock/0/units", "NOT_FOUND pricingSettings/salePriceLevelId", "NOT_FOUND storeMappings/0/shopId"}},
		} {
			if diff := cmp.Diff(c.want, s.Staff.UserErrors(previewSettings, map[string]any{"in": c.in}, "previewSettings")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		off := map[string]any{"importSettings": map[string]any{"onHand": false}}
		cursor := graphtest.At(t, s.Staff.Tree(`{ products { edges { cursor } } }`, nil), "products.edges.0.cursor")
		if a := s.Staff.Ask(previewSettings, map[string]any{"in": off, "after": cursor}); a.Code() != "BAD_USER_INPUT" {
			t.Errorf("another list's cursor: %s", a.Body)
		}
		many := "{" + strings.Repeat(` %s: previewSettings(input: {}) { appearing }`, 6) + "}"
		if a := s.Staff.Ask(fmt.Sprintf(many, "a", "b", "c", "d", "e", "f"), nil); a.Code() != "COMPLEXITY_LIMIT" {
			t.Errorf("six previews at once: %s", a.Body)
		}
	})
}

// Before a site goes live, a preview counts what would be displayed once it has, as the set-up's own count does; saving then needs
// no acknowledgement, because nothing leaves the website.
func TestPreviewBeforeGoingLive(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddLink()
		s.AddItems(200)
		all := make([]any, len(s.Locations))
		for i, l := range s.Locations {
			all[i] = keep(l.ID, 1000)
		}
		look := func() any {
			return s.Staff.Tree(`query($in: PreviewSettingsInput!) { previewSettings(input: $in) { displayedBefore displayedAfter appearing disappearing
				items(where: {effects: [DISAPPEARS]}) { totalCount } } }`, map[string]any{"in": map[string]any{"reserveStock": all}})["previewSettings"]
		}
		acknowledgements := func() any {
			return graphtest.At(t, s.Staff.Tree(`query($in: PreviewSettingsInput!) { previewSettings(input: $in) { needsAcknowledgement } }`,
				map[string]any{"in": map[string]any{"reserveStock": all}}), "previewSettings.needsAcknowledgement")
		}
		live := look()
		if graphtest.At(t, live, "disappearing") == 0. || acknowledgements() != true {
			t.Fatalf("the change hides too little: %v", live)
		}
		s.Client.Site.Update().SetLive(false).ExecX(s.Ctx)
		if diff := cmp.Diff(live, look()); diff != "" {
			t.Errorf("before going live (-live +got):\n%s", diff)
		}
		would := graphtest.At(t, s.Staff.Tree(`{ setup { wouldDisplay } }`, nil), "setup.wouldDisplay")
		if before := graphtest.At(t, look(), "displayedBefore"); before != would {
			t.Errorf("the preview begins with %v items, the set-up counts %v", before, would)
		}
		if acknowledgements() != false {
			t.Error("a site that displays nothing is asked for an acknowledgement")
		}
		s.Client.LightspeedLink.Update().SetState(retail.LinkDisconnected).ExecX(s.Ctx)
		if n := graphtest.At(t, look(), "displayedAfter"); n != 0. {
			t.Errorf("without a connection %v items would be displayed", n)
		}
	})
}

// BenchmarkPreview looks at a change of everything over the API with 100,000 items on PostgreSQL: all figures and the first page;
// and counts what appears and disappears by plain SQL.
func BenchmarkPreview(b *testing.B) {
	db := databasetest.Postgres(b, databasetest.Migrations(b, migrations.Files))
	s := graphtest.NewRetailer(b, store.NewClient(db))
	s.AddLink()
	s.AddItems(100_000)
	if _, err := db.SQL.ExecContext(b.Context(), "analyze"); err != nil {
		b.Fatal(err)
	}
	rules := map[string]any{"importSettings": map[string]any{"onHand": false, "onOrder": true}}
	everything := map[string]any{
		"importSettings":  map[string]any{"onHand": false, "onOrder": true},
		"reserveStock":    []any{keep(s.Locations[0].ID, 2)},
		"pricingSettings": map[string]any{"enabled": true, "regularPriceLevelId": s.Levels[0].ID, "salePriceLevelId": s.Levels[1].ID},
	}
	for name, in := range map[string]map[string]any{"rules": rules, "everything": everything} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				var got struct {
					PreviewSettings struct{ Appearing, Disappearing int }
				}
				s.Staff.Get(&got, previewSettings, map[string]any{"in": in})
				if got.PreviewSettings.Appearing == 0 || got.PreviewSettings.Disappearing == 0 {
					b.Fatal(got)
				}
			}
		})
	}
	b.Run("sql", func(b *testing.B) {
		for b.Loop() {
			var appearing, disappearing int
			err := db.SQL.QueryRowContext(b.Context(), fmt.Sprintf(`select count(*) filter (where is_then and not displayed), count(*) filter (where displayed and not is_then)
				from (select displayed, not archived and match_state = 'LINKED' and default_cost > 0 and (upc_code <> '' or manufacturer_sku <> '')
					and exists (select 1 from shop_stocks s where s.site_id = i.site_id and s.lightspeed_item_id = i.lightspeed_id and s.on_order > 0) as is_then
					from pos_items i where site_id = '%s') x`, tenant.SiteID("a"))).Scan(&appearing, &disappearing)
			if err != nil || appearing == 0 {
				b.Fatal(appearing, err)
			}
		}
	})
}
