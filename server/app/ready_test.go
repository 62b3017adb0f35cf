package app_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"possync/internal/database"
	"possync/internal/tenant"
)

// failing asks for readiness, and returns the names of the checks that fail.
func failing(t *testing.T, r *running) string {
	t.Helper()
	code, body := get(t, r.URL()+"/readyz")
	var report struct {
		Ready  bool
		Checks map[string]bool
	}
	if err := json.Unmarshal([]byte(body), &report); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	var names []string
	for name, passed := range report.Checks {
		if !passed {
			names = append(names, name)
		}
	}
	if report.Ready != (code == http.StatusOK) || report.Ready != (len(names) == 0) {
		t.Errorf("%d %s", code, body)
	}
	return strings.Join(names, " ")
}

// until asks until the checks that fail are these: a result may be a second old.
func until(t *testing.T, r *running, want string) {
	t.Helper()
	for t.Context().Err() == nil {
		if failing(t, r) == want {
			return
		}
	}
}

func (f *fixture) open(t *testing.T) *database.DB {
	t.Helper()
	db := must(database.Open(t.Context(), f.config.Database.URL.Reveal()))(t)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t *testing.T, db *database.DB, statement string) {
	t.Helper()
	if _, err := db.SQL.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// A database that takes no writes makes the server not ready until it takes them again, and staff have an issue of their set-up.
func TestReadinessNamesADatabaseThatTakesNoWrites(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		r := f.start(t)
		awaitReady(t, r)
		answer := post(t, r.URL(), f.token(t, tenant.RoleService), "", register)
		_ = answer.Body.Close()
		db := f.open(t)
		exec(t, db, "ALTER TABLE write_checks RENAME TO away")
		until(t, r, "writes")
		if issues := setupIssues(t, f, r); !strings.Contains(issues, "STORAGE_UNAVAILABLE") {
			t.Errorf("the set-up has %s", issues)
		}
		exec(t, db, "ALTER TABLE away RENAME TO write_checks")
		until(t, r, "")
		if issues := setupIssues(t, f, r); strings.Contains(issues, "STORAGE_UNAVAILABLE") {
			t.Errorf("the set-up still has %s", issues)
		}
		r.end(t)
	})
}

func setupIssues(t *testing.T, f *fixture, r *running) string {
	t.Helper()
	var answer struct {
		Data struct {
			Setup struct{ Issues []struct{ Code string } }
		}
	}
	response := post(t, r.URL(), f.token(t, tenant.RoleView), "", `{"query":"{ setup { issues { code } } }"}`)
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, issue := range answer.Data.Setup.Issues {
		codes = append(codes, issue.Code)
	}
	return strings.Join(codes, " ")
}

func TestReadinessNamesAPendingMigration(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		r := f.start(t)
		awaitReady(t, r)
		exec(t, f.open(t), "DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)")
		if got := failing(t, r); got != "migrations" {
			t.Errorf("failing: %q", got)
		}
		r.end(t)
	})
}

// Readiness has a connection of its own: it does not wait for those that requests keep.
func TestBusyPoolIsReady(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.config.Database.MaxConns = 2
		r := f.start(t)
		awaitReady(t, r)
		db := f.open(t)
		tx := must(db.SQL.BeginTx(t.Context(), nil))(t)
		lock := "UPDATE sites SET name = name"
		if db.Dialect == database.Postgres {
			lock = "LOCK TABLE sites, sync_states IN ACCESS EXCLUSIVE MODE"
		}
		if _, err := tx.ExecContext(t.Context(), lock); err != nil {
			t.Fatal(err)
		}
		done := make(chan int, 4)
		for range cap(done) {
			go func() {
				response, err := http.DefaultClient.Do(request(t, r.URL(), f.token(t, tenant.RoleService), register))
				if err != nil {
					done <- 0
					return
				}
				_ = response.Body.Close()
				done <- response.StatusCode
			}()
		}
		for range 20 {
			if got := failing(t, r); got != "" {
				t.Fatalf("failing: %q", got)
			}
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		for range cap(done) {
			<-done
		}
		r.end(t)
	})
}

func request(t *testing.T, url, token, body string) *http.Request {
	t.Helper()
	request := must(http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", strings.NewReader(body)))(t)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	return request
}
