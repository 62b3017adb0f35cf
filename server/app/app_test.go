package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"possync/ent/migrate/migrations"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/filelock"
	"possync/internal/records/sealing"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/server/app"
	"possync/server/auth"
	"possync/server/config"
)

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// fixture is an app on a database, and who signs its tokens.
type fixture struct {
	config  config.Config
	signer  *auth.Signer
	sealKey string
	log     *slog.Logger
}

func newFixture(t *testing.T, db *database.DB) *fixture {
	t.Helper()
	signer := must(auth.NewSigner(must(auth.NewKey())(t), "issuer", "possync"))(t)
	key := must(secret.GenerateKey("a"))(t)
	return &fixture{signer: signer, sealKey: key, log: slog.New(slog.DiscardHandler), config: config.Config{
		Listen:   "127.0.0.1:0",
		Database: config.Database{URL: config.Secret(db.URL())},
		Lightspeed: config.Lightspeed{
			ClientID: "client", ClientSecret: "secret", OAuthURL: "http://127.0.0.1:1", APIURL: "http://127.0.0.1:1",
		},
		SealKeys:      must(secret.ParseKeys(key))(t),
		Auth:          config.Auth{PublicKey: signer.Public(), Issuer: "issuer", Audience: "possync", LongestToken: 24 * time.Hour},
		Workers:       2,
		ShutdownGrace: 20 * time.Second,
	}}
}

func (f *fixture) token(t *testing.T, role tenant.Role) string {
	t.Helper()
	return must(f.signer.Sign(auth.Token{Site: "bikes", User: "u", Role: role, ExpiresAt: time.Now().Add(time.Hour)}))(t)
}

// running is an app at work.
type running struct {
	*app.App
	stop func()
	done chan error
}

func (f *fixture) start(t *testing.T) *running {
	t.Helper()
	a := must(app.New(t.Context(), f.config, app.Options{Logger: f.log, Version: "test"}))(t)
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{App: a, stop: cancel, done: make(chan error, 1)}
	go func() { r.done <- a.Run(ctx) }()
	t.Cleanup(cancel)
	return r
}

func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	if err := <-r.done; err != nil {
		t.Errorf("Run = %v", err)
	}
}

// get waits for no more than the answer: the listener is open before Run, so a request is taken in any case.
func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response := must(http.Get(url))(t)
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode, string(must(io.ReadAll(response.Body))(t))
}

func post(t *testing.T, url, token, accept, body string) *http.Response {
	t.Helper()
	request := must(http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", strings.NewReader(body)))(t)
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	return must(http.DefaultClient.Do(request))(t)
}

func each(t *testing.T, fn func(t *testing.T, f *fixture)) {
	databasetest.Run(t, databasetest.Migrations(t, migrations.Files), func(t *testing.T, db *database.DB) {
		fn(t, newFixture(t, db))
	})
}

const register = `{"query":"mutation { registerSite(input: {name: \"Bikes\", currencyCode: \"USD\", timeZone: \"UTC\"}) { site { id } userErrors { message } } }"}`

// A server comes up, is ready, answers who is signed in and nobody else, and stops clean in the middle of a stream.
func TestServesAndStops(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		ignore := goleak.IgnoreCurrent()
		r := f.start(t)
		if code, body := get(t, r.URL()+"/healthz"); code != 200 || !strings.Contains(body, "alive") {
			t.Errorf("/healthz: %d %s", code, body)
		}
		awaitReady(t, r)

		anonymous := post(t, r.URL(), "", "", `{"query":"{ site { id } }"}`)
		if text := string(must(io.ReadAll(anonymous.Body))(t)); anonymous.StatusCode != http.StatusUnauthorized || !strings.Contains(text, "UNAUTHENTICATED") {
			t.Errorf("nobody: %d %s", anonymous.StatusCode, text)
		}
		_ = anonymous.Body.Close()
		registered := post(t, r.URL(), f.token(t, tenant.RoleService), "", register)
		if text := string(must(io.ReadAll(registered.Body))(t)); !strings.Contains(text, tenant.SiteID("bikes")) {
			t.Errorf("the platform: %s", text)
		}
		_ = registered.Body.Close()

		stream := post(t, r.URL(), f.token(t, tenant.RoleView), "text/event-stream", `{"query":"subscription { setupChanged { complete } }"}`)
		events := bufio.NewScanner(stream.Body)
		for events.Scan() && events.Text() != "event: next" { // the present state
		}
		r.stop()
		complete := false
		for events.Scan() {
			complete = complete || events.Text() == "event: complete"
		}
		if !complete || events.Err() != nil {
			t.Errorf("the stream was cut off without an end: %v", events.Err())
		}
		_ = stream.Body.Close()
		r.end(t)
		http.DefaultClient.CloseIdleConnections()
		if _, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://")); err == nil {
			t.Error("the port is still open")
		}
		goleak.VerifyNone(t, ignore)
	})
}

// awaitReady asks until the scheduler has ticked for the first time.
func awaitReady(t *testing.T, r *running) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		code, body := get(t, r.URL()+"/readyz")
		var report struct {
			Ready  bool
			Checks map[string]bool
		}
		if err := json.Unmarshal([]byte(body), &report); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		for _, name := range []string{"database", "writes", "migrations", "sealing", "serving"} {
			if !report.Checks[name] {
				t.Fatalf("%s fails: %s", name, body)
			}
		}
		if code == http.StatusOK {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("not ready: %s", body)
		}
	}
}

func TestRefusesADatabaseThatIsNotMigrated(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		_, err := app.New(t.Context(), newFixture(t, db).config, app.Options{Logger: slog.New(slog.DiscardHandler)})
		if !errors.Is(err, app.ErrPending) || !strings.Contains(err.Error(), "possync migrate") {
			t.Errorf("New = %v", err)
		}
	})
}

// One SQLite file serves one process. It is free again when the first server has stopped.
func TestRefusesAnSQLiteFileThatIsServed(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Migrations(t, migrations.Files))
	f := newFixture(t, db)
	first := f.start(t)
	_, err := app.New(t.Context(), f.config, app.Options{Logger: slog.New(slog.DiscardHandler)})
	if !errors.Is(err, filelock.ErrHeld) || !strings.Contains(err.Error(), strings.TrimPrefix(db.URL(), "sqlite:")) {
		t.Errorf("New = %v, want that the file is in use", err)
	}
	first.end(t)
	second := f.start(t)
	second.end(t)
}

func TestRefusesATakenPort(t *testing.T) {
	f := newFixture(t, databasetest.Any(t, databasetest.Migrations(t, migrations.Files)))
	l := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	defer func() { _ = l.Close() }()
	f.config.Listen = l.Addr().String()
	if _, err := app.New(t.Context(), f.config, app.Options{Logger: slog.New(slog.DiscardHandler)}); err == nil {
		t.Error("New succeeds on a taken port")
	}
}

// With a JWKS the server comes up while the issuer is down, says that it is not ready, and is once the keys are there.
func TestComesUpBeforeItsIssuer(t *testing.T) {
	f := newFixture(t, databasetest.Any(t, databasetest.Migrations(t, migrations.Files)))
	issuer := httptest.NewServer(http.NotFoundHandler())
	defer issuer.Close()
	f.config.Auth.PublicKey, f.config.Auth.JWKSURL = nil, issuer.URL
	r := f.start(t)
	code, body := get(t, r.URL()+"/readyz")
	if code != http.StatusServiceUnavailable || !strings.Contains(body, `"keys":false`) {
		t.Errorf("/readyz: %d %s", code, body)
	}
	answer := post(t, r.URL(), f.token(t, tenant.RoleView), "", `{"query":"{ site { id } }"}`)
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a token without keys: %d", answer.StatusCode)
	}
	_ = answer.Body.Close()
	r.end(t)
}

// A server that lacks the key of the database is not ready, and does not start.
func TestServerWithoutTheKeyOfTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		r := f.start(t)
		awaitReady(t, r)
		fresh := must(secret.GenerateKey("b"))(t)
		db := must(database.Open(t.Context(), f.config.Database.URL.Reveal()))(t)
		defer func() { _ = db.Close() }()
		both := must(secret.NewBox(must(secret.ParseKeys(fresh + "," + f.sealKey))(t)))(t)
		if err := sealing.Reseal(t.Context(), store.NewClient(db), both, func(sealing.Progress) {}); err != nil {
			t.Fatal(err)
		}
		if code, body := get(t, r.URL()+"/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, `"sealing":false`) {
			t.Errorf("/readyz: %d %s", code, body)
		}
		r.end(t)
		_, err := app.New(t.Context(), f.config, app.Options{Logger: slog.New(slog.DiscardHandler)})
		if !errors.Is(err, sealing.ErrKeys) || !strings.Contains(err.Error(), "POSSYNC_SEAL_KEYS") {
			t.Errorf("New = %v", err)
		}
	})
}
