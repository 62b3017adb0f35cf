package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// A list reads only the columns that its nodes are asked for. So each field of a node, asked for alone, says the same as beside all others;
// and none says the same only because it is empty anyway.
func TestColumnsOfLists(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		site := tenancytest.Fill(t, client, "one", "Quaxa", 2)
		ctx := site.Context(t.Context())
		client.PosItem.Update().SetMatchState(retail.MatchLinked).SetMatchReason(retail.MatchDoubt).SetMatchBasis(retail.ByEAN).ClearSetAsideAt().
			SetArchived(false).SetItemKind(retail.ItemBox).SetComponents([]retail.Component{{ItemID: 1, Units: 1}}).
			SetCandidateIds(slices.Repeat(site.IDs["products"], 6)).SetRivalIds(slices.Repeat(site.IDs["pos_items"], 6)).SetReasonBits(retail.ReasonNoMPN.Found()).SetPrices([]retail.LevelPrice{{LevelID: 1, Amount: 1}}).ExecX(ctx)
		client.PosItem.UpdateOneID(site.IDs["pos_items"][1]).SetArchived(true).SetSetAsideAt(storetest.Now()).ExecX(ctx) // that is not in the queue
		filled := map[string]bool{}                                                                                      // fields of types
		staff := graphtest.New(t, client, unbounded).As(t, site.Key, tenant.RoleView)
		s := schema()
		for list, of := range map[string]string{"products": "Product", "posItems": "PosItem", "reviewQueue": "PosItem"} {
			for _, field := range rootFields(s.Types[of]) {
				selection := "{ id " + field.Name
				if child := s.Types[field.Type.Name()]; child.IsCompositeType() {
					selection += graphtest.Selection(s, child, 1)
				}
				selection += " }"
				edges := graphtest.At(t, staff.Tree("{ "+list+" { edges { node "+selection+" } } }", nil), list+".edges").([]any)
				if len(edges) == 0 {
					t.Fatalf("%s has no rows", list)
				}
				for _, edge := range edges {
					listed := graphtest.At(t, edge, "node")
					// By its id a row is read with all columns.
					whole := staff.Tree("query($id: ID!) { node(id: $id) { ... on "+of+" "+selection+" } }", map[string]any{"id": graphtest.At(t, listed, "id")})
					if diff := cmp.Diff(graphtest.At(t, whole, "node"), listed); diff != "" {
						t.Errorf("%s: %s (-read whole +in the list):\n%s", list, field.Name, diff)
					}
					switch value := graphtest.At(t, listed, field.Name); fmt.Sprint(value) {
					case "", "[]", "<nil>", "false", "0":
					default:
						filled[of+"."+field.Name] = true
					}
				}
			}
		}
		for _, of := range []string{"Product", "PosItem"} {
			for _, field := range rootFields(s.Types[of]) {
				if !filled[of+"."+field.Name] {
					t.Errorf("%s.%s is empty in this test, which so shows nothing of it", of, field.Name)
				}
			}
		}
	})
}
