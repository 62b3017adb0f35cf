package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// While a site is being deleted nothing of what is left can be read, over any transport: queries and new subscriptions are refused, those
// that run end, downloads too. The deletion itself can be followed, and another site notices nothing.
func TestNothingIsReadDuringADeletion(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		site := tenancytest.Fill(t, client, "a", "Quaxa", 1)
		tenancytest.Fill(t, client, "b", "Quaxb", 1)
		var files http.Handler
		list, err := revokedtoken.Load(t.Context(), client, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		api := graphtest.New(t, client, unbounded, func(d *graph.Deps, o *graph.HTTPOptions) {
			d.Deleting = list.Deleting
			files = graph.NewItemExport(*d, *o)
		})
		running := api.As(t, "a", tenant.RoleView).Subscribe(`subscription { alertsChanged { alertIds } }`, nil)
		defer running.Close()
		running.Tree() // the present state
		client.SyncState.Update().SetDeletionRequestedAt(storetest.Now()).SetDeletionRequestedBy("ann").ExecX(site.Context(t.Context()))
		alert := orderbook.Alert{Cause: "c", Code: "EXPORTS_FAILED", Message: message.Plain("Failed.")}
		if err := orderbook.Raise(site.Context(t.Context()), client, alert, storetest.Now()); err != nil {
			t.Fatal(err)
		}
		if err := list.Refresh(t.Context()); err != nil { // as it is woken to do by the transaction of deleteSite
			t.Fatal(err)
		}
		api.Bus.Publish(orderbook.AlertTopic(site.ID))

		refused := func(what string, a graphtest.Answer) {
			t.Helper()
			if a.Code() != "NOT_FOUND" || !strings.Contains(a.Body, "being deleted") || strings.Contains(a.Body, "Quaxa") {
				t.Errorf("%s: %.300s", what, a.Body)
			}
		}
		s := schema()
		pool := graphtest.Pool{IDs: site.SomeIDs(), Texts: []string{"key-1"}}
		for kind, root := range map[ast.Operation]*ast.Definition{ast.Query: s.Query, ast.Subscription: s.Subscription} {
			for _, field := range rootFields(root) {
				op := graphtest.Plain(s, kind, field, pool, 1)
				caller := api.As(t, "a", tenant.RoleView)
				var answer graphtest.Answer
				if kind == ast.Query {
					answer = caller.Ask(op.Query, op.Variables)
				} else {
					stream := caller.Subscribe(op.Query, op.Variables)
					answer = stream.Next()
					stream.Close()
				}
				if field.Name == "siteDeletion" || field.Name == "viewer" {
					if len(answer.Errors) > 0 {
						t.Errorf("%s: %s", field.Name, answer.Body)
					}
					continue
				}
				refused(field.Name, answer)
			}
		}
		caller := api.As(t, "a", tenant.RoleView)
		refused("a field beside one that is answered", caller.Ask(`{ siteDeletion { requestedBy } site { name } }`, nil))
		refused("in a fragment", caller.Ask(`query { ...all } fragment all on Query { site { name } }`, nil))
		if text := string(caller.OverWebSocket(`{ site { name } }`, nil)[0].Payload); !strings.Contains(text, "being deleted") {
			t.Errorf("over a WebSocket: %s", text)
		}
		refused("a subscription that ran", running.Next())
		if !running.Ended() {
			t.Error("it goes on")
		}
		fetch := func(site string) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/export/items.csv", nil)
			r.Header.Set("Authorization", "Bearer "+site+"/view/ann")
			w := httptest.NewRecorder()
			files.ServeHTTP(w, r)
			return w
		}
		if w := fetch("a"); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "Quaxa") {
			t.Errorf("a download: %d %s", w.Code, w.Body)
		}
		if w := fetch("b"); w.Code != http.StatusOK {
			t.Errorf("another site's download: %d %s", w.Code, w.Body)
		}
		if answer := api.As(t, "b", tenant.RoleView).Ask(`{ site { name } }`, nil); !strings.Contains(answer.Body, "Quaxb") {
			t.Errorf("another site: %s", answer.Body)
		}
	})
}
