package link_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"possync/ent"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/connection"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	accountA  = "111111"
	accountB  = "222222"
	returnURL = "https://shop.example/settings/lightspeed"
	tokenPath = "/auth/oauth/token"
)

// fixture is a site of two Lightspeed accounts, with as many server processes as a test starts, whose logs and secrets are
// collected.
type fixture struct {
	*jobstest.Fixture
	t       *testing.T
	clock   *clock.Manual
	box     *secret.Box
	secrets *secrets
	logs    *lockedBuffer
}

// run runs a test on both databases.
func run(t *testing.T, fn func(t *testing.T, w *fixture)) {
	t.Helper()
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) { withFixture(t, client, db, fn) })
}

// runOnce runs a test that has nothing to do with the database.
func runOnce(t *testing.T, fn func(t *testing.T, w *fixture)) {
	t.Helper()
	t.Parallel()
	client, db := storetest.Any(t)
	withFixture(t, client, db, fn)
}

// withFixture runs a test, and at its end looks for secrets in what was logged.
func withFixture(t *testing.T, client *ent.Client, db *database.DB, fn func(t *testing.T, w *fixture)) {
	t.Helper()
	w := &fixture{t: t, clock: clock.NewAuto(storetest.Now()), secrets: &secrets{}, logs: &lockedBuffer{}}
	w.Fixture = jobstest.NewAt(t, client, sandbox.Options{Accounts: []sandbox.AccountOptions{
		{ID: accountA, Name: "Alpine Bikes", Items: 3, Shops: 1, Seed: 1},
		{ID: accountB, Name: "Beach Cruisers", Items: 3, Shops: 1, Seed: 2},
	}}, w.clock)
	w.DB, w.box = db, boxOf(t, w.Key)
	fn(t, w)
	w.secrets.absent(t, "the log", w.logs.String())
}

// process is one server process: with a database pool of its own, and its own view of Lightspeed.
type process struct {
	*link.Links
	w     *fixture
	oauth *lightspeed.OAuth
	api   *lightspeed.Client
	store *ent.Client
	box   *secret.Box
}

func (w *fixture) process(owner string) *process {
	return w.processWith(owner, jobstest.ClientSecret, w.box)
}

func (w *fixture) processWith(owner, clientSecret string, box *secret.Box) *process {
	w.t.Helper()
	transport := &http.Transport{}
	w.t.Cleanup(transport.CloseIdleConnections)
	spied := &http.Client{Transport: spy{transport, w.secrets}}
	p := &process{w: w, box: box}
	p.oauth = lightspeed.NewOAuth(lightspeed.OAuthConfig{
		BaseURL: w.URL, ClientID: jobstest.ClientID, ClientSecret: clientSecret,
		Scopes: []string{"employee:all"}, HTTP: spied, Clock: w.clock,
	})
	// The pacer's waits are not tested here: its clock moves on its own.
	p.api = lightspeed.NewClient(lightspeed.Config{BaseURL: w.URL, HTTP: spied, Clock: clock.NewAuto(w.clock.Now())})
	p.store = store.NewClient(databasetest.Reopen(w.t, w.DB))
	p.Links = link.New(link.Deps{
		Client: p.store, Settings: settings.NewSource(p.store, settings.Kept), OAuth: p.oauth, API: p.api, Box: box, Bus: w.Bus, Clock: w.clock,
		Logger: slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})), Owner: owner,
	})
	return p
}

// before lets something happen before the process's next change of an entity, of which it has read the row by then.
func before(entity interface{ Use(...ent.Hook) }, what func()) {
	var once sync.Once
	entity.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			once.Do(what)
			return next.Mutate(ctx, m)
		})
	})
}

// trip is one attempt to connect, as the connect mutation begins it.
type trip struct {
	attempt  *ent.ConnectAttempt
	state    string
	verifier string
}

type tripOption func(*connection.Request)

func acknowledged(r *connection.Request) { r.OtherAccountAcknowledged = true }

func (w *fixture) begin(options ...tripOption) trip {
	w.t.Helper()
	verifier := lightspeed.NewVerifier()
	request := connection.Request{UserID: "user-7", ReturnURL: returnURL, Verifier: verifier}
	for _, o := range options {
		o(&request)
	}
	attempt, state, err := connection.Begin(w.Ctx, w.Client, w.box, request, w.clock.Now())
	w.must(err)
	_, secret, _ := strings.Cut(state, ".")
	w.secrets.add(secret, verifier)
	return trip{attempt: attempt, state: state, verifier: verifier}
}

// visit signs in at Lightspeed's page and returns what the browser brings back.
func (p *process) visit(tr trip, user, decision string) link.Callback {
	t := p.w.t
	t.Helper()
	q := jobstest.Visit(t, p.oauth.AuthorizeURL(tr.state, tr.verifier), user, decision)
	p.w.secrets.add(q.Get("code"))
	return link.Callback{State: q.Get("state"), Code: q.Get("code"), Error: q.Get("error"), ErrorDescription: q.Get("error_description")}
}

// back brings back what the browser got, and checks the kind and that the outcome contains no secret but its code.
func (p *process) back(cb link.Callback, want link.OutcomeKind) link.Outcome {
	p.w.t.Helper()
	out, err := p.Return(p.w.t.Context(), cb)
	p.w.must(err)
	if out.Kind != want {
		p.w.t.Fatalf("outcome %+v, want kind %s\n%s", out, want, p.w.logs)
	}
	p.w.secrets.absent(p.w.t, "the outcome", fmt.Sprintf("%+v", out))
	p.w.secrets.add(out.Code)
	return out
}

// complete is what the mutation of that name does: it commits also what was counted against a wrong code.
func (p *process) complete(userID, code string) error {
	var refused error
	err := store.InTx(p.w.Ctx, p.store, p.w.Bus, func(ctx context.Context, tx *ent.Client) error {
		if _, err := synclog.Next(ctx, tx); err != nil { // the site's lock
			return err
		}
		refused = connection.Complete(ctx, tx, p.box, connection.Completion{UserID: userID, Code: code, Now: p.w.clock.Now()})
		_, other := errors.AsType[*connection.OtherAccountError](refused)
		if other || errors.Is(refused, connection.ErrCodeInvalid) || errors.Is(refused, connection.ErrCodeExpired) {
			return nil
		}
		return refused
	})
	return cmp.Or(err, refused)
}

// connected goes the rest of the way.
func (p *process) connected(cb link.Callback) link.Outcome {
	p.w.t.Helper()
	out := p.back(cb, link.Granted)
	p.w.must(p.complete("user-7", out.Code))
	return out
}

// connect goes the whole way as an account's user, such as "111111/admin".
func (p *process) connect(user string, options ...tripOption) link.Outcome {
	p.w.t.Helper()
	return p.connected(p.visit(p.w.begin(options...), user, "allow"))
}

func (w *fixture) link() *ent.LightspeedLink {
	w.t.Helper()
	row, err := w.Client.LightspeedLink.Query().Only(w.Ctx)
	w.must(err)
	return row
}

func (w *fixture) state() *ent.SyncState {
	w.t.Helper()
	row, err := synclog.State(w.Ctx, w.Client)
	w.must(err)
	return row
}

// stored returns the pair that the link holds, opened.
func (w *fixture) stored() (access, refresh string) {
	w.t.Helper()
	row := w.link()
	access, err := connection.AccessToken(w.box, row)
	w.must(err)
	refresh, err = connection.RefreshToken(w.box, row)
	w.must(err)
	return access, refresh
}

// use makes a request as the site's jobs do and returns its error.
func (p *process) use(tokens lightspeed.TokenSource) error {
	_, err := p.api.Account(p.w.link().AccountID, tokens).Shops(p.w.t.Context())
	return err
}

// refreshes counts the requests for tokens since the last ResetStats.
func (w *fixture) refreshes() int { return w.POS.Stats().Requests["POST "+tokenPath] }

func (w *fixture) fault(f sandbox.Fault) {
	w.t.Helper()
	_, err := w.POS.AddFault(f)
	w.must(err)
}

func (w *fixture) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%v\n%s", err, w.logs)
	}
}

// is fails unless err is target; nor may it contain a secret.
func (w *fixture) is(err, target error) {
	w.t.Helper()
	if !errors.Is(err, target) {
		w.t.Fatalf("error %v, want %v\n%s", err, target, w.logs)
	}
	w.secrets.absent(w.t, "the error", err.Error())
}

func (w *fixture) wantState(want retail.LinkState) *ent.LightspeedLink {
	w.t.Helper()
	row := w.link()
	if row.State != want {
		w.t.Fatalf("the link is %s, want %s\n%s", row.State, want, w.logs)
	}
	return row
}

// woken subscribes to a topic and returns a function that reports whether it was published since.
func (w *fixture) woken(topic string) func() bool {
	s := w.Bus.Subscribe(topic)
	w.t.Cleanup(s.Close)
	return func() bool {
		select {
		case <-s.C():
			return true
		default:
			return false
		}
	}
}

func system(ctx context.Context) context.Context { return tenant.System(ctx) }

// secrets are all codes, tokens, states and verifiers that occurred.
type secrets struct {
	mu  sync.Mutex
	all []string
}

func (s *secrets) add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range values {
		if v != "" {
			s.all = append(s.all, v)
		}
	}
}

func (s *secrets) absent(t *testing.T, where, text string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.ContainsFunc(append(s.all, jobstest.ClientSecret), func(v string) bool { return strings.Contains(text, v) }) {
		t.Errorf("a secret stands in %s: %s", where, text)
	}
}

// spy collects the tokens that pass by.
type spy struct {
	next    http.RoundTripper
	secrets *secrets
}

func (s spy) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.next.RoundTrip(r)
	if err != nil || r.URL.Path != tokenPath {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	if err == nil {
		var said struct {
			Access  string `json:"access_token"`
			Refresh string `json:"refresh_token"`
		}
		if json.Unmarshal(body, &said) == nil {
			s.secrets.add(said.Access, said.Refresh)
		}
	}
	rest := errorReader{err}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), rest), resp.Body}
	return resp, nil
}

// errorReader ends a body as it ended when it was read first.
type errorReader struct{ err error }

func (e errorReader) Read([]byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	return 0, io.EOF
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// newBox makes a box of one new key.
func newBox(t *testing.T, id string) *secret.Box {
	t.Helper()
	key, err := secret.GenerateKey(id)
	if err != nil {
		t.Fatal(err)
	}
	return boxOf(t, key)
}

func boxOf(t *testing.T, keys ...string) *secret.Box {
	t.Helper()
	parsed, err := secret.ParseKeys(strings.Join(keys, ","))
	if err != nil {
		t.Fatal(err)
	}
	box, err := secret.NewBox(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return box
}
