package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/pid"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// Every kind of node is found by its id, alone and among others, in the order asked for; what is no node is null.
func TestNodes(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		site := tenancytest.Fill(t, client, "a", "Quaxa", 2)
		caller := graphtest.New(t, client).As(t, "a", tenant.RoleView)
		kinds := map[string]bool{}
		var ids []string
		var want []any
		for _, id := range site.SomeIDs() {
			node := graphtest.At(t, caller.Tree("query($id: ID!) { node(id: $id) { __typename id } }", map[string]any{"id": id}), "node")
			if object, ok := node.(map[string]any); ok {
				kinds[object["__typename"].(string)] = true
				if object["id"] != id {
					t.Errorf("%s answers with %v", id, object)
				}
			}
			ids, want = append(ids, id), append(want, node)
		}
		for _, def := range schema().GetPossibleTypes(schema().Types["Node"]) {
			if !kinds[def.Name] {
				t.Errorf("no %s is found by its id", def.Name)
			}
		}
		for _, nothing := range []string{"", "x", "prd_", "prd_\u0000", pid.New("prd"), pid.New("zzz"), tenant.SiteID("b"), ids[0] + " "} {
			ids, want = append(ids, nothing), append(want, nil)
		}
		ids, want = append(ids, ids[0], site.ID), append(want, want[0], map[string]any{"__typename": "Site", "id": site.ID})
		got := graphtest.At(t, caller.Tree("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", map[string]any{"ids": ids}), "nodes")
		if diff := cmp.Diff(any(want), got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := graphtest.At(t, caller.Tree("{ nodes(ids: []) { id } }", nil), "nodes"); len(got.([]any)) != 0 {
			t.Errorf("no ids answer with %v", got)
		}
	})
}
