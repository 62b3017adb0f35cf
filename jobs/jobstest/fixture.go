// Package jobstest is a fixture for tests of the jobs: a sandbox POS, a store, a clock that they share, and one or
// more processes that work on it.
package jobstest

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/pid"
	"possync/internal/records/connection"
	"possync/internal/records/feedlog"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/jobs"
	"possync/jobs/inventory"
	"possync/jobs/link"
)

// siteKey is the platform's key of a fixture's site.
const siteKey = "world"

// The program as which a fixture's processes are known to the POS.
const (
	ClientID     = "possync"
	ClientSecret = "hush"
)

// callback is the address that the sandbox sends browsers back to; nothing listens there.
const callback = "http://127.0.0.1:1/oauth/callback"

// Fixture is one site, its POS and the time. Its methods fail the test on error.
type Fixture struct {
	T       testing.TB
	DB      *database.DB     // nil when the caller made the store
	POS     *sandbox.Server  // nil when it is another process
	Account *sandbox.Account // likewise
	URL     string           // of the POS
	Clock   Clock            // the POS goes by it too
	Client  *ent.Client
	Bus     *event.Bus
	Jobs    *jobs.Service
	Ctx     context.Context // acts as the site
	Site    *ent.Site

	// Around, if set before the first request, is called when a request comes to the POS; what it returns is called when
	// the request has been answered.
	Around func(*http.Request) (leave func())

	// Damage, if set, changes what the POS answers to a request of its API.
	Faults func(r *http.Request, body []byte) []byte

	Key  string // seals the tokens, for other processes on the same store
	keys secret.Keys

	sizes inventory.Sizes
}

// New makes a fixture with the given POS and a registered site that is not connected.
func New(t testing.TB, client *ent.Client, options sandbox.Options) *Fixture {
	t.Helper()
	return NewAt(t, client, options, clock.NewAuto(storetest.Now()))
}

// NewAt is New with a clock.
func NewAt(t testing.TB, client *ent.Client, options sandbox.Options, at Clock) *Fixture {
	t.Helper()
	w := &Fixture{T: t, Client: client, Clock: at, Bus: event.NewBus()}
	w.servePOS(options)
	w.open(siteKey)
	return w
}

// servePOS starts the POS.
func (w *Fixture) servePOS(options sandbox.Options) {
	options.Clock, options.Clients = w.Clock, Clients()
	w.POS = &sandbox.Server{Options: options}
	w.Account = w.POS.Account("")
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if w.Around != nil {
			defer w.Around(r)()
		}
		if w.Faults == nil {
			w.POS.ServeHTTP(rw, r)
			return
		}
		r.Header.Del("Accept-Encoding")
		answer := httptest.NewRecorder()
		w.POS.ServeHTTP(answer, r)
		body := w.Faults(r, answer.Body.Bytes())
		maps.Copy(rw.Header(), answer.Header())
		rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
		rw.WriteHeader(answer.Code)
		_, _ = rw.Write(body)
	}))
	w.T.Cleanup(server.Close)
	w.URL = server.URL
}

// NewRemote is New with a POS in another process, which must know the Clients.
func NewRemote(t testing.TB, client *ent.Client, url string, clock Clock) *Fixture {
	t.Helper()
	w := &Fixture{T: t, Client: client, Clock: clock, Bus: event.NewBus(), URL: url}
	w.open(siteKey)
	return w
}

// Beside is the fixture of another site in the same database, with the same POS in another process.
func (w *Fixture) Beside(key string) *Fixture {
	w.T.Helper()
	other := &Fixture{T: w.T, Client: w.Client, Clock: w.Clock, Bus: event.NewBus(), URL: w.URL}
	other.open(key)
	return other
}

// Clients are the programs that the POS of a fixture knows.
func Clients() []sandbox.ClientOptions {
	return []sandbox.ClientOptions{{ID: ClientID, Secret: ClientSecret, RedirectURIs: []string{callback}}}
}

// Clock is a clock that tests drive.
type Clock interface {
	clock.Clock
	Advance(time.Duration)
	Set(time.Time)
}

func (w *Fixture) open(key string) {
	w.T.Helper()
	w.Ctx, w.Site = storetest.Site(w.T, w.Client, key)
	seal, err := secret.GenerateKey("test")
	w.must("make a key", err)
	w.begin(seal)
}

// begin starts the first process, with the key that seals tokens.
func (w *Fixture) begin(key string) {
	w.T.Helper()
	keys, err := secret.ParseKeys(key)
	w.must("parse the key", err)
	w.Key, w.keys = key, keys
	w.Jobs = w.Process(w.Client, "one")
}

func (w *Fixture) must(what string, err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatalf("%s: %v", what, err)
	}
}

// Process returns the jobs of another server process on the same store, which it reaches by its own client.
func (w *Fixture) Process(client *ent.Client, owner string) *jobs.Service {
	w.T.Helper()
	return w.ProcessOn(client, w.Bus, owner)
}

// ProcessOn is Process with a bus of its own. The POS knows the process by its name as user agent.
func (w *Fixture) ProcessOn(client *ent.Client, bus *event.Bus, owner string) *jobs.Service {
	w.T.Helper()
	box, err := secret.NewBox(w.keys)
	w.must("make a box", err)
	return jobs.New(jobs.Deps{
		Client: client, Settings: settings.NewSource(client, settings.Kept), Bus: bus, Clock: w.Clock, Logger: Logger(w.T), Owner: owner, Workers: 2, Box: box,
		Sizes: w.sizes, PlatformSilentAfter: 24 * time.Hour,
		OAuth: lightspeed.NewOAuth(lightspeed.OAuthConfig{
			BaseURL: w.URL, ClientID: ClientID, ClientSecret: ClientSecret, Scopes: []string{"employee:all"}, Clock: w.Clock,
		}),
		API: lightspeed.NewClient(lightspeed.Config{BaseURL: w.URL, Clock: w.Clock, Logger: Logger(w.T), UserAgent: owner}),
	})
}

// Resize has the processes do less at a time, so that a small catalogue fills several portions.
func (w *Fixture) Resize(s inventory.Sizes) {
	w.T.Helper()
	w.sizes = s
	w.Jobs = w.Process(w.Client, "one")
}

// Connect signs in at the POS as login and completes the connection.
func (w *Fixture) Connect(login string) link.Outcome {
	w.T.Helper()
	box, err := secret.NewBox(w.keys)
	w.must("make a box", err)
	verifier := lightspeed.NewVerifier()
	user := pid.New("someone") // another one each time: one alone may not begin that often
	_, state, err := connection.Begin(w.Ctx, w.Client, box, connection.Request{
		UserID: user, OtherAccountAcknowledged: true, Verifier: verifier,
	}, w.Clock.Now())
	w.must("begin to connect", err)
	oauth := lightspeed.NewOAuth(lightspeed.OAuthConfig{
		BaseURL: w.URL, ClientID: ClientID, ClientSecret: ClientSecret, Scopes: []string{"employee:all"}, Clock: w.Clock,
	})
	back := SignIn(w.T, oauth.AuthorizeURL(state, verifier), login)
	outcome, err := w.Jobs.Links().Return(w.T.Context(), link.Callback{
		State: back.Get("state"), Code: back.Get("code"), Error: back.Get("error"),
	})
	w.must("come back from the POS", err)
	if outcome.Kind != link.Granted {
		return outcome
	}
	w.must("complete the connection", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		return connection.Complete(ctx, tx, box, connection.Completion{UserID: user, Code: outcome.Code, Now: w.Clock.Now()})
	}))
	return outcome
}

// SignIn allows access on the sandbox's sign-in page as login, and returns what the browser brings back.
func SignIn(t testing.TB, authorizeURL, login string) url.Values {
	t.Helper()
	return Visit(t, authorizeURL, login, "allow")
}

// Visit decides "allow" or "deny" on the sandbox's sign-in page as login, and returns what the browser brings back.
func Visit(t testing.TB, authorizeURL, login, decision string) url.Values {
	t.Helper()
	at, err := url.Parse(authorizeURL)
	if err != nil {
		t.Fatalf("authorize URL: %v", err)
	}
	form := at.Query()
	form.Set("user", login)
	form.Set("decision", decision)
	at.RawQuery = ""
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(at.String(), form)
	if err != nil {
		t.Fatalf("sign in: %v", err)
	}
	defer resp.Body.Close()
	location, err := resp.Location()
	if err != nil {
		t.Fatalf("sign in: status %d without a redirect", resp.StatusCode)
	}
	return location.Query()
}

// MapAll maps every shop to a location of its own.
func (w *Fixture) MapAll() {
	w.T.Helper()
	shops, err := w.Client.Shop.Query().All(w.Ctx)
	w.must("read shops", err)
	pairs := map[int64]string{}
	for _, shop := range shops {
		pairs[shop.LightspeedID] = fmt.Sprintf("loc-%d", shop.LightspeedID)
	}
	w.Map(pairs)
}

func (w *Fixture) wantEvaluation() {
	w.T.Helper()
	w.must("ask for an evaluation", synclog.RequestEvaluation(w.Ctx, w.Client, w.Clock.Now()))
	w.must("mark the products", feedlog.MarkLinked(w.Ctx, w.Client))
}

// Work does what is due.
func (w *Fixture) Work() {
	w.T.Helper()
	w.must("work", w.Jobs.WorkDue(w.T.Context()))
}

// LastRun returns the newest run.
func (w *Fixture) LastRun() *ent.SyncRun {
	w.T.Helper()
	run, err := w.Client.SyncRun.Query().Order(ent.Desc("sequence")).First(w.Ctx)
	w.must("read the last run", err)
	return run
}

// Tick moves the clock to when the site is due next, and works.
func (w *Fixture) Tick() {
	w.T.Helper()
	state, err := w.Client.SyncState.Query().Only(w.Ctx)
	w.must("read the state", err)
	if state.DueAt == nil {
		w.T.Fatal("the site is not due at any time")
	}
	if now := w.Clock.Now(); state.DueAt.After(now) {
		w.Clock.Advance(state.DueAt.Sub(now))
	}
	w.Work()
}

// Logger writes to the test's log when POSSYNC_TEST_LOG is set, and nowhere else.
func Logger(t testing.TB) *slog.Logger {
	if os.Getenv("POSSYNC_TEST_LOG") == "" {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimRight(string(p), "\n"))
	return len(p), nil
}

// MakeFullDue makes a full sync due now, as the night does.
func (w *Fixture) MakeFullDue() {
	w.T.Helper()
	now := w.Clock.Now()
	w.must("make a full sync due", w.Client.SyncState.Update().SetFullDueAt(now).SetDueAt(now).Exec(w.Ctx))
}

// FullSync reads everything, waiting where the POS makes the run wait.
func (w *Fixture) FullSync() {
	w.T.Helper()
	w.MakeFullDue()
	w.Work()
	for w.LastRun().State == retail.RunWaiting {
		w.Tick()
	}
}

// ChangeRules replaces the import settings, as their mutation does.
func (w *Fixture) ChangeRules(r retail.ImportRules) {
	w.T.Helper()
	_, err := w.Client.ImportSettings.Delete().Exec(w.Ctx)
	w.must("remove settings", err)
	w.must("change settings", w.Client.ImportSettings.Create().SetOnHand(r.OnHand).SetOnOrder(r.OnOrder).SetReorder(r.Reorder).
		SetCostBasis(r.CostBasis).SetRequiredIdentifiers(r.RequiredIdentifiers).
		SetBarcodeLinks(retail.BarcodeLinksAtOnce).Exec(w.Ctx))
	w.wantEvaluation()
}
