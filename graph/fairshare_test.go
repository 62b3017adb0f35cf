package graph_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/fairshare"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// A site that has taken all its places is answered THROTTLED, and when to try again. What needs another place runs, and so does everything
// of another site.
func TestSiteHasItsShare(t *testing.T) {
	t.Parallel()
	const (
		query     = `{ setup { complete } }`
		mutation  = `mutation { updateImportSettings(input: {reorder: true}) { userErrors { message } } }`
		preview   = `{ previewSettings(input: {importSettings: {onHand: false}}) { displayedAfter } }`
		download  = "download"
		downloads = "/export/items.csv"
	)
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		storetest.Site(t, client, "a")
		storetest.Site(t, client, "b")
		one := fairshare.Bound{AtOnce: 1}
		var shares *fairshare.Shares
		var files http.Handler
		api := graphtest.New(t, client, func(d *graph.Deps, o *graph.HTTPOptions) {
			shares = fairshare.New(fairshare.Limits{Bounds: map[fairshare.Kind]fairshare.Bound{
				fairshare.Requests: one, fairshare.Mutations: one, fairshare.Previews: one, fairshare.Downloads: one, fairshare.Connections: {AtOnce: 2},
			}}, d.Clock.Now)
			d.Shares = shares
			files = graph.NewItemExport(*d, *o)
		})
		// does reports which of the uses run for the site.
		does := func(site string) (list []string) {
			for _, text := range []string{query, mutation, preview} {
				a := api.As(t, site, tenant.RoleManage).Ask(text, nil)
				switch {
				case len(a.Errors) == 0:
					list = append(list, text)
				case a.Code() != "THROTTLED" || !strings.Contains(a.Body, `"retryAfter":1`):
					t.Errorf("%s: %s", text, a.Body)
				}
			}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, downloads, nil)
			r.Header.Set("Authorization", "Bearer "+site+"/view/ann")
			w := httptest.NewRecorder()
			files.ServeHTTP(w, r)
			switch {
			case w.Code == http.StatusOK:
				list = append(list, download)
			case w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1":
				t.Errorf("a download: %d %s", w.Code, w.Body)
			}
			return list
		}
		all := []string{query, mutation, preview, download}
		for name, test := range map[string]struct {
			taken []fairshare.Kind
			runs  []string
		}{
			"nothing":     {nil, all},
			"requests":    {[]fairshare.Kind{fairshare.Requests}, []string{download}},
			"mutations":   {[]fairshare.Kind{fairshare.Mutations}, []string{query, preview, download}},
			"previews":    {[]fairshare.Kind{fairshare.Previews}, []string{query, mutation, download}},
			"downloads":   {[]fairshare.Kind{fairshare.Downloads}, []string{query, mutation, preview}},
			"connections": {[]fairshare.Kind{fairshare.Connections, fairshare.Connections}, nil},
		} {
			var leave []func()
			for _, kind := range test.taken {
				free, err := fairshare.Enter(shares.NewContext(tenant.WithSite(context.Background(), tenant.SiteID("a"))), kind)
				if err != nil {
					t.Fatal(err)
				}
				leave = append(leave, free)
			}
			if runs := does("a"); !slices.Equal(runs, test.runs) {
				t.Errorf("%s taken: of the site's run %q, want %q", name, runs, test.runs)
			}
			if runs := does("b"); !slices.Equal(runs, all) {
				t.Errorf("%s taken: of another site's run only %q", name, runs)
			}
			for _, free := range leave {
				free()
			}
			if runs := does("a"); !slices.Equal(runs, all) {
				t.Errorf("%s free again: of the site's run only %q", name, runs)
			}
		}
	})
}

// A site spends its own budget of cost: what is left is in every answer, and an operation for which it is too small has not run.
func TestSiteHasItsBudget(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		storetest.Site(t, client, "b")
		api := graphtest.New(t, client, func(d *graph.Deps, _ *graph.HTTPOptions) {
			d.Shares = fairshare.New(fairshare.Limits{CostPerSecond: 1, CostBurst: 1000}, d.Clock.Now)
		})
		staff := api.As(t, "a", tenant.RoleManage)
		const costly, change = `{ reviewSummary { reasons { count } } }`, `mutation { updateImportSettings(input: {reorder: true}) { userErrors { message } } }`
		left := 1000.0
		for answered := 0; ; answered++ {
			a := staff.Ask(costly, nil)
			if a.Code() == "THROTTLED" {
				if answered == 0 || answered > 5 || !strings.Contains(a.Body, `"retryAfter":`) || a.Data != nil {
					t.Errorf("the request after %d: %s", answered, a.Body)
				}
				break
			}
			left -= graphtest.At(t, a.Extensions, "cost.requested").(float64)
			if got := graphtest.At(t, a.Extensions, "cost.throttle.currentlyAvailable"); got != left {
				t.Errorf("%v are left of the budget, want %v", got, left)
			}
		}
		for staff.Ask(`{ nothing }`, nil).Code() != "THROTTLED" { // what is rejected costs too
		}
		if a := staff.Ask(change, nil); a.Code() != "THROTTLED" || client.AuditEvent.Query().ExistX(ctx) {
			t.Errorf("a change without a budget: %s", a.Body)
		}
		if a := api.As(t, "b", tenant.RoleView).Ask(costly, nil); len(a.Errors) > 0 {
			t.Errorf("another site than %s: %s", site.Key, a.Body)
		}
		api.Clock.Advance(time.Minute)
		if a := staff.Ask(change, nil); len(a.Errors) > 0 || !client.AuditEvent.Query().ExistX(ctx) {
			t.Errorf("a minute later: %s", a.Body)
		}
	})
}
