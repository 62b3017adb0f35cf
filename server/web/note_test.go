package web_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"possync/internal/graphqlhttp"
	"possync/internal/tenant"
	"possync/server/web"
)

// lines are the lines of the log so far.
func (f *fixture) lines(t *testing.T) (lines []map[string]any) {
	t.Helper()
	for _, text := range strings.Split(strings.TrimSpace(f.log.String()), "\n") {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

// A request's line says who asked for what, what it cost and what came of it. What takes too long is a warning. What ends after the line,
// as on a WebSocket, has a line of its own.
func TestRequestLineSaysWhoDidWhat(t *testing.T) {
	var late func()
	f := newFixture(t, func(o *web.Options) {
		observe := web.Observe(o.Logger)
		o.GraphQL = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			ctx := tenant.NewContext(r.Context(), tenant.Principal{SiteID: "site_1", UserID: "ann", Role: tenant.RoleManage})
			op := graphqlhttp.Operation{Name: "Mine", Field: "query orders", Cost: 7, Codes: []graphqlhttp.Code{graphqlhttp.CodeTimeout}}
			observe(ctx, op)
			late = func() {
				observe(context.WithoutCancel(ctx), graphqlhttp.Operation{Field: "subscription syncStatus", Cost: 2})
			}
		})
	})
	f.do("POST", "/graphql", map[string]string{"Content-Type": "application/json"})
	late()
	lines := f.lines(t)
	if len(lines) != 2 {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	for i, want := range []map[string]any{
		{"level": "WARN", "msg": "request", "site": "site_1", "user": "ann", "role": "manage", "operation": "query orders Mine", "code": "TIMEOUT", "cost": 7.0},
		{"level": "INFO", "msg": "operation", "site": "site_1", "user": "ann", "role": "manage", "operation": "subscription syncStatus", "cost": 2.0},
	} {
		for key, value := range want {
			if lines[i][key] != value {
				t.Errorf("line %d: %s = %v, want %v", i, key, lines[i][key], value)
			}
		}
	}
}

// Each refusal of authority has the one attribute that says so.
func TestRefusalsAreSecurityEvents(t *testing.T) {
	f := newFixture(t, func(o *web.Options) {
		observe := web.Observe(o.Logger)
		o.GraphQL = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			observe(r.Context(), graphqlhttp.Operation{Field: "mutation startSync", Codes: []graphqlhttp.Code{graphqlhttp.CodeNotFound, graphqlhttp.CodeForbidden}})
		})
	})
	f.do("POST", "/graphql", nil)
	f.do("POST", "/graphql", map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
	var events []string
	for _, line := range f.lines(t) {
		if event, ok := line["security"].(string); ok {
			events = append(events, event)
			if line["level"] != slog.LevelWarn.String() {
				t.Errorf("%v", line)
			}
		}
	}
	if got := strings.Join(events, " "); got != "forbidden origin" {
		t.Errorf("security events: %s", got)
	}
}
