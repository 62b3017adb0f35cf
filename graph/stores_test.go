package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/graphqlhttp"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/tenant"
)

const setStoreMappings = `mutation($in: [StoreMappingInput!]!, $expected: Int) {
	setStoreMappings(input: {mappings: $in, expectedRevision: $expected}) {
		storeMappings { revision mappings { id shop { id name location { name } } location { name shop { name } } } }
		userErrors { code field message } } }`

func pair(shop, location string) map[string]any {
	return map[string]any{"shopId": shop, "locationId": location}
}

func TestSetStoreMappings(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, s := storetest.Site(t, client, "a")
		var shops, locations []string
		for i, name := range []string{"C", "A", "B"} {
			shops = append(shops, client.Shop.Create().SetLightspeedID(int64(i+1)).SetName("Shop "+name).SaveX(ctx).ID)
			locations = append(locations, client.Location.Create().SetKey(name).SetName("Loc "+name).SaveX(ctx).ID)
		}
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		work := api.Bus.Subscribe(synclog.WorkTopic)
		defer work.Close()
		set := func(revision int, pairs ...map[string]any) (names []string, ids []string) {
			t.Helper()
			tree := graphtest.At(t, caller.Tree(setStoreMappings, map[string]any{"in": pairs}), "setStoreMappings.storeMappings")
			if got := graphtest.At(t, tree, "revision"); got != float64(revision) {
				t.Errorf("revision %v, want %d", got, revision)
			}
			for i := range graphtest.At(t, tree, "mappings").([]any) {
				shop, location := fmt.Sprintf("mappings.%d.shop.name", i), fmt.Sprintf("mappings.%d.location.name", i)
				names = append(names, fmt.Sprintf("%v=%v", graphtest.At(t, tree, shop), graphtest.At(t, tree, location)))
				ids = append(ids, graphtest.At(t, tree, fmt.Sprintf("mappings.%d.id", i)).(string))
			}
			return names, ids
		}
		names, ids := set(2, pair(shops[0], locations[0]), pair(shops[1], locations[1]))
		if diff := cmp.Diff([]string{"Shop A=Loc A", "Shop C=Loc C"}, names); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		state := client.SyncState.Query().OnlyX(ctx)
		if state.EvaluationWanted != 1 || state.DueAt == nil || state.Sequence != 1 || len(work.C()) != 1 {
			t.Errorf("wanted %d, due %v, sequence %d", state.EvaluationWanted, state.DueAt, state.Sequence)
		}
		<-work.C()
		// The same set in another order is no change.
		set(2, pair(shops[1], locations[1]), pair(shops[0], locations[0]))
		if len(work.C()) != 0 || client.SyncState.Query().OnlyX(ctx).EvaluationWanted != 1 {
			t.Error("the same set woke the jobs")
		}
		// Two shops swap their locations, a third comes in its place: what stays keeps its id.
		names, swapped := set(3, pair(shops[0], locations[1]), pair(shops[1], locations[0]))
		if diff := cmp.Diff([]string{"Shop C=Loc A", "Shop A=Loc C"}, names); diff != "" || swapped[0] == ids[0] {
			t.Errorf("%v (-want +got):\n%s", swapped, diff)
		}
		_, grown := set(4, pair(shops[0], locations[1]), pair(shops[1], locations[0]), pair(shops[2], locations[2]))
		if !slices.Contains(grown, swapped[0]) || !slices.Contains(grown, swapped[1]) || len(grown) != 3 {
			t.Errorf("ids %v after %v", grown, swapped)
		}
		for expected, want := range map[int][]string{3: {"STALE_REVISION expectedRevision"}, 4: {}} {
			got := caller.UserErrors(setStoreMappings, map[string]any{"in": []any{pair(shops[0], locations[0])}, "expected": expected}, "setStoreMappings")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("revision %d (-want +got):\n%s", expected, diff)
			}
		}
		if n := client.StoreMapping.Query().CountX(ctx); n != 1 {
			t.Errorf("%d mappings", n)
		}
		_ = s
	})
}

func TestSetStoreMappingsRefuses(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		foreign, _ := storetest.Site(t, client, "b")
		shop := func(n int64, archived bool) string {
			return client.Shop.Create().SetLightspeedID(n).SetName("S").SetArchived(archived).SaveX(ctx).ID
		}
		location := func(key string, active bool) string {
			return client.Location.Create().SetKey(key).SetName("L").SetActive(active).SaveX(ctx).ID
		}
		s1, s2, archived := shop(1, false), shop(2, false), shop(3, true)
		l1, l2, retired := location("1", true), location("2", true), location("3", false)
		foreignShop := client.Shop.Create().SetLightspeedID(1).SetName("F").SaveX(foreign).ID
		foreignLocation := client.Location.Create().SetKey("1").SetName("F").SaveX(foreign).ID
		caller := graphtest.New(t, client, func(_ *graph.Deps, o *graph.HTTPOptions) {
			o.Limits = graphqlhttp.Limits{ListItems: 300}
		}).As(t, "a", tenant.RoleManage)
		var many []map[string]any
		for range 251 {
			many = append(many, pair(s1, l1))
		}
		for name, c := range map[string]struct {
			pairs []map[string]any
			want  []string
		}{
			"empty":                {[]map[string]any{}, []string{"EMPTY mappings"}},
			"many":                 {many, []string{"TOO_MANY mappings"}},
			"shop twice":           {[]map[string]any{pair(s1, l1), pair(s1, l2)}, []string{"DUPLICATE mappings/1/shopId"}},
			"location twice":       {[]map[string]any{pair(s1, l1), pair(s2, l1)}, []string{"DUPLICATE mappings/1/locationId"}},
			"pair twice":           {[]map[string]any{pair(s1, l1), pair(s1, l1)}, []string{"DUPLICATE mappings/1/locationId", "DUPLICATE mappings/1/shopId"}},
			"foreign":              {[]map[string]any{pair(foreignShop, foreignLocation)}, []string{"NOT_FOUND mappings/0/locationId", "NOT_FOUND mappings/0/shopId"}},
			"ends exchanged":       {[]map[string]any{pair(l1, s1)}, []string{"NOT_FOUND mappings/0/locationId", "NOT_FOUND mappings/0/shopId"}},
			"no ids":               {[]map[string]any{pair("", "\u0000")}, []string{"NOT_FOUND mappings/0/locationId", "NOT_FOUND mappings/0/shopId"}},
			"archived and retired": {[]map[string]any{pair(archived, retired)}, []string{"ARCHIVED mappings/0/locationId", "ARCHIVED mappings/0/shopId"}},
			"everything at once": {[]map[string]any{pair(archived, l1), pair(foreignShop, l1), pair(s1, retired)}, []string{
				"ARCHIVED mappings/0/shopId", "ARCHIVED mappings/2/locationId", "DUPLICATE mappings/1/locationId", "NOT_FOUND mappings/1/shopId"}},
		} {
			got := caller.UserErrors(setStoreMappings, map[string]any{"in": c.pairs}, "setStoreMappings")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		got := caller.UserErrors(setStoreMappings, map[string]any{"in": []any{}, "expected": 9}, "setStoreMappings")
		if diff := cmp.Diff([]string{"EMPTY mappings", "STALE_REVISION expectedRevision"}, got); diff != "" {
			t.Errorf("stale too (-want +got):\n%s", diff)
		}
		if n := client.StoreMapping.Query().CountX(ctx); n != 0 {
			t.Errorf("%d mappings were made", n)
		}
	})
}
