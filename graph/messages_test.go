package graph_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/syncrun"
	"possync/graph/graphtest"
	"possync/internal/retail"
)

// What a message says of its own is beside it, of an input as of an alert that is stored: a page needs no more to say it in another language.
func TestMessagesBringTheirParameters(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		ids := make([]string, 251)
		for i := range ids {
			ids[i] = fmt.Sprint("itm_", i)
		}
		tooMany := s.Staff.Tree("mutation($in: StartSyncInput!) { startSync(input: $in) { userErrors { code messageParameters { name value } } } }",
			row{"in": row{"posItemIds": ids}})
		want := []any{row{"code": "TOO_MANY", "messageParameters": []any{row{"name": "limit", "value": "250"}}}}
		if diff := cmp.Diff(want, graphtest.At(t, tooMany, "startSync.userErrors")); diff != "" {
			t.Errorf("too many items (-want +got):\n%s", diff)
		}
		id := s.Sell(graphtest.NewOrder("a"))
		s.Must("exportOrder", row{"orderId": id})
		s.Staff.Tree(`mutation { pauseExports(input: {reason: "New till"}) { userErrors { code } } }`, nil)
		parameters := []any{row{"name": "user", "value": "ann"}, row{"name": "reason", "value": "New till"}}
		alert := s.Staff.Tree("{ alerts { code alertCode messageParameters { name value } } }", nil)
		want = []any{row{"code": "EXPORTS_PAUSED", "alertCode": "EXPORTS_PAUSED", "messageParameters": parameters}}
		if diff := cmp.Diff(want, graphtest.At(t, alert, "alerts")); diff != "" {
			t.Errorf("the alert (-want +got):\n%s", diff)
		}
		export := s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { export { reason { code reasonCode messageParameters { name value } } } } } }",
			row{"id": id})
		if diff := cmp.Diff(row{"code": "EXPORTS_PAUSED", "reasonCode": "EXPORTS_PAUSED", "messageParameters": parameters}, graphtest.At(t, export, "node.export.reason")); diff != "" {
			t.Errorf("the export's reason (-want +got):\n%s", diff)
		}
		s.Client.Alert.Update().SetCode("OF_AN_OLDER_VERSION").ExecX(s.Ctx)
		if got := graphtest.At(t, s.Staff.Tree("{ alerts { alertCode } }", nil), "alerts.0.alertCode"); got != "OTHER" {
			t.Errorf("a code that is not known is %v", got)
		}
	})
}

// A status's revision grows with each change of it, and a change that expects another one is refused.
func TestRevisionsOfStatuses(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		add := func(name string) any {
			return graphtest.At(t, s.Must("addStatusType", row{"name": name}), "statusType.id")
		}
		a, b := add("Packed"), add("Shipped")
		revision := func(id any) any {
			return graphtest.At(t, s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on OrderStatus { revision } } }", row{"id": id}), "node.revision")
		}
		edit := func(in row, wrong string, after float64) {
			t.Helper()
			in["statusId"] = a
			got := s.Staff.Tree("mutation($in: EditStatusTypeInput!) { editStatusType(input: $in) { userErrors { code field } } }", row{"in": in})
			if found := fmt.Sprint(graphtest.At(t, got, "editStatusType.userErrors")); found != wrong || revision(a) != after {
				t.Errorf("%v: %s at revision %v, want %s at %v", in, found, revision(a), wrong, after)
			}
		}
		edit(row{"name": "Packed up", "expectedRevision": 1}, "[]", 2)
		edit(row{"name": "Wrapped", "expectedRevision": 1}, "[map[code:STALE_REVISION field:[expectedRevision]]]", 2)
		edit(row{"name": "Packed up", "expectedRevision": 2}, "[]", 2)
		edit(row{"retired": true}, "[]", 3)
		reorder := func(revisions any, wrong string) {
			t.Helper()
			got := s.Staff.Tree("mutation($in: ReorderStatusTypesInput!) { reorderStatusTypes(input: $in) { userErrors { code field } } }",
				row{"in": row{"statusIds": []any{b, a}, "expectedRevisions": revisions}})
			if found := fmt.Sprint(graphtest.At(t, got, "reorderStatusTypes.userErrors")); found != wrong {
				t.Errorf("reordered expecting %v: %s, want %s", revisions, found, wrong)
			}
		}
		reorder([]int{1}, "[map[code:INVALID field:[expectedRevisions]]]")
		reorder([]int{1, 2}, "[map[code:STALE_REVISION field:[expectedRevisions 1]]]")
		reorder([]int{1, 3}, "[]")
		if x, y := revision(a), revision(b); x != 4.0 || y != 2.0 {
			t.Errorf("after both moved: %v and %v", x, y)
		}
	})
}

// A run has the one before and the one after it, of its site, also where two were requested at one instant.
func TestRunsBesideARun(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for range 3 {
			s.Enqueue(retail.KindDelta)
			s.Client.SyncRun.Update().SetState(retail.RunCompleted).SetFinishedAt(s.API.Clock.Now()).ExecX(s.Ctx)
			s.API.Clock.Advance(time.Second)
		}
		ids := s.Client.SyncRun.Query().Order(ent.Asc(syncrun.FieldCreatedAt, syncrun.FieldID)).IDsX(s.Ctx)
		shown := fmt.Sprint(graphtest.At(t, s.Staff.Tree("{ syncRuns(orderBy: {direction: ASC}) { edges { node { previous { id } next { id previous { id } } } } } }", nil), "syncRuns.edges"))
		want := "[map[node:map[next:map[id:" + ids[1] + " previous:map[id:" + ids[0] + "]] previous:<nil>]]" +
			" map[node:map[next:map[id:" + ids[2] + " previous:map[id:" + ids[1] + "]] previous:map[id:" + ids[0] + "]]]" +
			" map[node:map[next:<nil> previous:map[id:" + ids[1] + "]]]]"
		if shown != want {
			t.Errorf("shown %s\nwant  %s", shown, want)
		}
	})
}
