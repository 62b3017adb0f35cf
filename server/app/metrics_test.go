package app_test

import (
	"strings"
	"testing"

	"possync/internal/tenant"
)

// The real server serves metrics on an address of their own: what was done, and what is in the database.
func TestMetrics(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.config.MetricsListen = "127.0.0.1:0"
		r := f.start(t)
		for _, c := range []struct{ token, body string }{
			{f.token(t, tenant.RoleService), register},
			{f.token(t, tenant.RoleView), `{"query":"mutation { goLive { userErrors { message } } }"}`},
			{f.token(t, tenant.RoleView), `{"query":"{ nothingLikeThis1 }"}`},
			{f.token(t, tenant.RoleView), `{"query":"query AnythingAClientSays { a: viewer { role } }"}`},
		} {
			_ = post(t, r.URL(), c.token, "", c.body).Body.Close()
		}
		code, text := get(t, r.MetricsURL())
		if code != 200 {
			t.Fatalf("%d %s", code, text)
		}
		for _, want := range []string{
			`possync_operations_total{code="OK",operation="mutation registerSite"} 1`, `possync_operations_total{code="FORBIDDEN",operation="mutation goLive"} 1`,
			`possync_operations_total{code="BAD_USER_INPUT",operation="unknown"} 1`, `possync_operations_total{code="OK",operation="query viewer"} 1`,
			`possync_operation_seconds_count{operation="query viewer"} 1`, `possync_pos_calls_total{outcome="unavailable"} 0`,
			`possync_leases{pool="sync"} 0`, "possync_streams 0", "possync_database_writable 1", "possync_census_up 1",
			`go_sql_max_open_connections{db_name="requests"}`, `version="test"`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s", want)
			}
		}
		if strings.Contains(text, "Anything") || strings.Contains(text, "bikes") || strings.Contains(text, tenant.SiteID("bikes")) {
			t.Error("a label has what a client chose, or names a site")
		}
		if code, _ := get(t, r.URL()+"/metrics"); code != 404 {
			t.Errorf("the public address answers %d", code)
		}
		r.end(t)
	})
}
