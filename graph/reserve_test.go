package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/location"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/tenant"
)

const updateReserveStock = `mutation($in: UpdateReserveStockInput!) { updateReserveStock(input: $in) {
	locations { name reserveStock } revision userErrors { code field message } } }`

func keep(locationID string, units int) map[string]any {
	return map[string]any{"locationId": locationID, "units": units}
}

// Units that a location keeps in reserve are not for sale on the website (B17).
func TestReserveStock(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		foreign, _ := storetest.Site(t, client, "b")
		api := graphtest.New(t, client)
		caller := api.As(t, "a", tenant.RoleManage)
		work := api.Bus.Subscribe(synclog.WorkTopic)
		defer work.Close()
		var ids []string
		for _, name := range []string{"North", "South"} {
			ids = append(ids, client.Location.Create().SetKey(name).SetName(name).SaveX(ctx).ID)
		}
		other := client.Location.Create().SetKey("x").SetName("X").SaveX(foreign).ID
		shop := client.Shop.Create().SetLightspeedID(1).SetName("Shop").SaveX(ctx)
		client.StoreMapping.Create().SetShopID(shop.ID).SetLocationID(ids[0]).ExecX(ctx)
		p := client.Product.Create().SetKey("p").SetName("P").SaveX(ctx)
		item := client.PosItem.Create().SetLightspeedID(1).SetDescription("I").SetProductID(p.ID).SaveX(ctx)
		client.ShopStock.Create().SetItemID(item.ID).SetLightspeedItemID(1).SetLightspeedShopID(1).
			SetOnHand(5).SetOnOrder(0).SetReorderPoint(0).SetReorderLevel(0).ExecX(ctx)
		available := func(want float64) {
			t.Helper()
			got := graphtest.At(t, caller.Tree(`{ products { edges { node { stock { available } } } } }`, nil), "products.edges.0.node.stock.0.available")
			if got != want {
				t.Errorf("%v are available, want %v", got, want)
			}
		}
		set := func(revision float64, wakes bool, stock ...map[string]any) {
			t.Helper()
			before := client.SyncState.Query().OnlyX(ctx).EvaluationWanted
			tree := caller.Tree(updateReserveStock, map[string]any{"in": map[string]any{"locations": stock}})
			if got := graphtest.At(t, tree, "updateReserveStock.revision"); got != revision {
				t.Errorf("revision %v, want %v", got, revision)
			}
			if woken := len(work.C()) > 0; woken != wakes || (client.SyncState.Query().OnlyX(ctx).EvaluationWanted > before) != wakes {
				t.Errorf("%v: woken %t", stock, woken)
			} else if woken {
				<-work.C()
			}
		}
		available(5)
		set(2, true, keep(ids[0], 2), keep(ids[1], 3))
		available(3)
		set(2, false, keep(ids[1], 3))
		set(3, true, keep(ids[0], 7))
		available(0)
		if n := client.Location.GetX(ctx, ids[1]).Reserve; n != 3 {
			t.Errorf("a location that was not named keeps %d, not 3", n)
		}
		for name, c := range map[string]struct {
			in   map[string]any
			want []string
		}{
			"none":         {map[string]any{"locations": []any{}}, []string{"EMPTY locations"}},
			"twice":        {map[string]any{"locations": []any{keep(ids[0], 1), keep(ids[0], 2)}}, []string{"DUPLICATE locations/1/locationId"}},
			"foreign":      {map[string]any{"locations": []any{keep(other, 1)}}, []string{"NOT_FOUND locations/0/locationId"}},
			"out of range": {map[string]any{"locations": []any{keep(ids[0], -1), keep(ids[1], 1_000_001)}}, []string{"INVALID locations/0/units", "INVALID locations/1/units"}},
			"all at once": {map[string]any{"locations": []any{keep(other, -1)}, "expectedRevision": 1}, []string{
				"INVALID locations/0/units", "NOT_FOUND locations/0/locationId", "STALE_REVISION expectedRevision"}},
		} {
			if diff := cmp.Diff(c.want, caller.UserErrors(updateReserveStock, map[string]any{"in": c.in}, "updateReserveStock")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		// A stale writer is told what the others have set.
		stale := caller.Tree(updateReserveStock, map[string]any{"in": map[string]any{"locations": []any{keep(ids[0], 1), keep(ids[1], 3)}, "expectedRevision": 2}})
		message := graphtest.At(t, stale, "updateReserveStock.userErrors.0.message").(string)
		if !strings.Contains(message, `"North" is now 7, not 2 (changed by ann)`) || strings.Contains(message, "South") {
			t.Errorf("the message does not say what changed: %s", message)
		}
		if n := client.Location.Query().Where(location.ReserveIn(7, 3)).CountX(ctx); n != 2 {
			t.Errorf("%d of 2 locations keep what they had", n)
		}
	})
}
