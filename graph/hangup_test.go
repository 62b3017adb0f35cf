package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// hangUp is a client that goes away.
type hangUp struct {
	*httptest.ResponseRecorder
	gone context.CancelFunc
}

// Write takes the first piece of a stream, and goes.
func (h hangUp) Write(p []byte) (int, error) {
	n, err := h.ResponseRecorder.Write(p)
	if bytes.Contains(p, []byte("data:")) {
		h.gone()
	}
	return n, err
}

// When a client hangs up, the next statement fails, whichever it is. That is an error of the field and never a panic.
func TestAClientMayHangUpBeforeAnyStatement(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	site := fillLong(t, client, "a", 2)
	counting, statements := storetest.Counting(db)
	var deps graph.Deps
	var options graph.HTTPOptions
	api := graphtest.New(t, counting, unbounded, func(d *graph.Deps, o *graph.HTTPOptions) { deps, options = *d, *o })

	// send reports whether the request was answered before its n-th statement, where its client hangs up.
	send := func(handler http.Handler, r *http.Request, n int) (answered bool) {
		ctx, gone := context.WithCancel(t.Context())
		defer gone()
		answered = true
		statements.Take()
		statements.Before(func(count int) {
			if count == n {
				answered = false
				gone()
			}
		})
		r = r.WithContext(ctx)
		r.Header.Set("Authorization", "Bearer a/"+string(tenant.RoleManage)+"/ann")
		handler.ServeHTTP(hangUp{httptest.NewRecorder(), gone}, r)
		return answered
	}
	// everyMoment sends a request again and again, and hangs up one statement later each time.
	everyMoment := func(t *testing.T, handler http.Handler, request func() *http.Request) {
		n, before := 1, len(api.Log.String())
		for ; n <= 200 && !send(handler, request(), n); n++ {
			if log := api.Log.String()[before:]; strings.Contains(log, `"msg":"panic"`) {
				t.Fatalf("it panics when the client hangs up before statement %d: %.2000s", n, log)
			}
		}
		if n == 1 || n > 200 {
			t.Errorf("the request sent %d statements", n-1)
		}
	}

	pool := samples(site)
	s := schema()
	for kind, root := range map[ast.Operation]*ast.Definition{ast.Query: s.Query, ast.Subscription: s.Subscription} {
		for _, field := range rootFields(root) {
			t.Run(string(kind)+" "+field.Name, func(t *testing.T) {
				op := graphtest.Plain(s, kind, field, pool, 1)
				if field.Name == "previewSaleDates" {
					op.Variables["input"] = map[string]any{"where": map[string]any{}, "startDate": "2026-06-01", "endDate": "2026-06-02"}
				}
				body, err := json.Marshal(map[string]any{"query": op.Query, "variables": op.Variables})
				if err != nil {
					t.Fatal(err)
				}
				everyMoment(t, api.Handler, func() *http.Request {
					r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
					r.Header.Set("Content-Type", "application/json")
					if kind == ast.Subscription {
						r.Header.Set("Accept", "text/event-stream")
					}
					return r
				})
			})
		}
	}
	for name, handler := range map[string]http.Handler{
		"products": graph.NewFeedExport(deps, options), "items": graph.NewItemExport(deps, options),
	} {
		t.Run("file of "+name, func(t *testing.T) {
			everyMoment(t, handler, func() *http.Request { return httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil) })
		})
	}
}

// samples are arguments for queries about a site.
func samples(site *tenancytest.Site) graphtest.Pool {
	return graphtest.Pool{IDs: append(slices.Clone(site.IDs["alerts"]), site.SomeIDs()...), Texts: []string{"key-1"}, Named: map[string]any{
		"key": "key-1", "lightspeedItemId": "1", "price": "1", "windowStart": "05:00", "windowEnd": "23:00",
	}}
}
