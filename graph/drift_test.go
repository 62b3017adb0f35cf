package graph_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// The drift of a run is counted, listed with its items and shops, filtered and paged; that of other runs is apart (B10).
func TestDriftReport(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		r := graphtest.NewRetailer(t, client)
		r.AddLink()
		ctx := r.Ctx
		client.Shop.Create().SetLightspeedID(3).SetName("Downtown").ExecX(ctx)
		client.PosItem.Create().SetLightspeedID(1).SetDescription("Bell").ExecX(ctx)
		var runs []*ent.SyncRun
		for n := range 3 {
			r.Enqueue(retail.KindFull)
			runs = append(runs, r.Run)
			for i := range 5 * n {
				d := client.Drift.Create().SetRunID(r.Run.ID).SetLightspeedItemID(int64(i + 1)).SetCause(retail.CauseStampNotMoved).
					SetBefore(fmt.Sprint(i)).SetAfter("9").SetField(retail.DriftOnHand).SetLightspeedShopID(3)
				if i == 0 {
					d.SetField(retail.DriftArchived).SetLightspeedShopID(0).SetCause(retail.CauseMissed)
				}
				d.ExecX(ctx)
			}
			r.Move(graphtest.To(retail.RunRunning, retail.PhaseItems))
			r.Move(func(u *ent.SyncRunUpdateOne) { u.SetState(retail.RunCompleted).SetDrifted(7 * n) })
		}
		caller := r.API.As(t, "a", tenant.RoleView)
		const rest = " { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { lightspeedItemId posItem { description } shop { name } field before after cause at } } } } } } } }"
		page := func(args string) (reports []any) {
			t.Helper()
			tree := caller.Tree("{ syncRuns(first: 3, orderBy: {direction: ASC}) { edges { node { drift { count entries"+args+rest, nil)
			for _, e := range graphtest.At(t, tree, "syncRuns.edges").([]any) {
				reports = append(reports, graphtest.At(t, e, "node.drift"))
			}
			return reports
		}
		befores := func(report any) (list []string) {
			t.Helper()
			for _, e := range graphtest.At(t, report, "entries.edges").([]any) {
				list = append(list, graphtest.At(t, e, "node.before").(string))
			}
			return list
		}
		all := page("")
		want := map[string]any{
			"lightspeedItemId": "1", "posItem": map[string]any{"description": "Bell"}, "shop": nil, "field": "ARCHIVED",
			"before": "0", "after": "9", "cause": "MISSED", "at": graphtest.At(t, all[1], "entries.edges.0.node.at"),
		}
		if diff := cmp.Diff(any(want), graphtest.At(t, all[1], "entries.edges.0.node")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		second := graphtest.At(t, all[1], "entries.edges.1.node")
		if graphtest.At(t, second, "posItem") != nil || graphtest.At(t, second, "shop.name") != "Downtown" {
			t.Errorf("the second: %v", second)
		}
		check := func(args string, want [3][]string, totals [3]int, next, previous [3]bool) {
			t.Helper()
			for i, report := range page(args) {
				if diff := cmp.Diff(want[i], befores(report)); diff != "" {
					t.Errorf("%s of run %d (-want +got):\n%s", args, i, diff)
				}
				if graphtest.At(t, report, "count") != float64(7*i) || graphtest.At(t, report, "entries.totalCount") != float64(totals[i]) {
					t.Errorf("%s of run %d: %v", args, i, report)
				}
				if graphtest.At(t, report, "entries.pageInfo.hasNextPage") != next[i] || graphtest.At(t, report, "entries.pageInfo.hasPreviousPage") != previous[i] {
					t.Errorf("%s of run %d: %v", args, i, graphtest.At(t, report, "entries.pageInfo"))
				}
			}
		}
		five, ten := []string{"0", "1", "2", "3", "4"}, []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
		none := [3]bool{}
		check("", [3][]string{nil, five, ten}, [3]int{0, 5, 10}, none, none)
		check("(first: 5)", [3][]string{nil, five, five}, [3]int{0, 5, 10}, [3]bool{false, false, true}, none)
		check("(last: 2)", [3][]string{nil, {"3", "4"}, {"8", "9"}}, [3]int{0, 5, 10}, none, [3]bool{false, true, true})
		check("(first: 2, orderBy: {direction: DESC})", [3][]string{nil, {"4", "3"}, {"9", "8"}}, [3]int{0, 5, 10}, [3]bool{false, true, true}, none)
		check("(last: 2, orderBy: {direction: DESC})", [3][]string{nil, {"1", "0"}, {"1", "0"}}, [3]int{0, 5, 10}, none, [3]bool{false, true, true})
		check("(where: {fields: [ARCHIVED]})", [3][]string{nil, {"0"}, {"0"}}, [3]int{0, 1, 1}, none, none)
		check("(where: {causes: [MISSED], fields: [ON_HAND]})", [3][]string{nil, nil, nil}, [3]int{}, none, none)
		check("(where: {causes: []})", [3][]string{nil, nil, nil}, [3]int{}, none, none)
		// From page to page, forwards and backwards, each once.
		node := func(args string) any {
			t.Helper()
			tree := caller.Tree("query($id: ID!) { node(id: $id) { ... on SyncRun { drift { count entries"+args+" { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { before } } } } } } }", map[string]any{"id": runs[2].ID})
			return graphtest.At(t, tree, "node.drift")
		}
		var walked []string
		for args := "(first: 3)"; args != ""; {
			report := node(args)
			walked = append(walked, befores(report)...)
			args = ""
			if graphtest.At(t, report, "entries.pageInfo.hasNextPage") == true {
				args = fmt.Sprintf("(first: 3, after: %q)", graphtest.At(t, report, "entries.pageInfo.endCursor"))
			}
		}
		if diff := cmp.Diff(ten, walked); diff != "" {
			t.Errorf("forwards (-want +got):\n%s", diff)
		}
		walked = nil
		for args := "(last: 3)"; args != ""; {
			report := node(args)
			walked = append(befores(report), walked...)
			args = ""
			if graphtest.At(t, report, "entries.pageInfo.hasPreviousPage") == true {
				args = fmt.Sprintf("(last: 3, before: %q)", graphtest.At(t, report, "entries.pageInfo.startCursor"))
			}
		}
		if diff := cmp.Diff(ten, walked); diff != "" {
			t.Errorf("backwards (-want +got):\n%s", diff)
		}
		for _, args := range []string{`(first: 101)`, `(first: 0)`, `(first: 1, last: 1)`, `(after: "x")`} {
			if answer := caller.Ask("{ syncRuns(first: 1) { edges { node { drift { entries"+args+" { totalCount } } } } } }", nil); answer.Code() != "BAD_USER_INPUT" {
				t.Errorf("%s: %s", args, answer.Body)
			}
		}
	})
}
