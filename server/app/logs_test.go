package app_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"possync/ent/migrate/migrations"
	"possync/internal/database/databasetest"
	"possync/internal/tenant"
)

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// line returns the first line with that message and attribute.
func (l *logBuffer) line(t *testing.T, message, key, value string) map[string]any {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for text := range strings.Lines(l.text.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		if line["msg"] == message && line[key] == value {
			return line
		}
	}
	t.Fatalf("no line %q with %s=%s:\n%s", message, key, value, l.text.String())
	return nil
}

// The log of the real server says who did what, and marks each refusal of authority.
func TestLogOfRequests(t *testing.T) {
	f := newFixture(t, databasetest.Any(t, databasetest.Migrations(t, migrations.Files)))
	log := &logBuffer{}
	f.log = slog.New(slog.NewJSONHandler(log, nil))
	r := f.start(t)
	for _, c := range []struct{ token, body string }{
		{f.token(t, tenant.RoleService), register},
		{f.token(t, tenant.RoleView), `{"query":"mutation Mine { goLive { userErrors { message } } }"}`},
		{"", `{"query":"{ viewer { role } }"}`},
		{f.token(t, tenant.RoleView), `{"query":"{ nothingLikeThis }"}`},
	} {
		_ = post(t, r.URL(), c.token, "", c.body).Body.Close()
	}
	r.end(t)
	site := tenant.SiteID("bikes")
	registered := log.line(t, "request", "operation", "mutation registerSite")
	if registered["site"] != site || registered["user"] != "u" || registered["role"] != "service" || registered["cost"].(float64) <= 0 || registered["code"] != nil {
		t.Errorf("%v", registered)
	}
	refused := log.line(t, "an operation was refused", "security", "forbidden")
	if refused["site"] != site || refused["role"] != "view" || refused["operation"] != "mutation goLive Mine" || refused["code"] != "FORBIDDEN" {
		t.Errorf("%v", refused)
	}
	log.line(t, "request not authenticated", "security", "unauthenticated")
	log.line(t, "request", "code", "BAD_USER_INPUT")
}
