package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"possync/internal/clock"
)

// Server is a local Lightspeed Retail. Its zero value has one account with a small catalogue. Everything is in memory and ends
// with the Server. It is safe for concurrent use; set the fields before you use it.
type Server struct {
	Options

	// OnRequest, if set, is called with each request to Lightspeed's paths before anything else, so that a test can order
	// concurrent requests or make them wait.
	OnRequest func(*http.Request)

	// FaultFor, if set, returns the faults that a request to Lightspeed's paths meets, in addition to those of AddFault. The
	// fields for matching and counting are ignored.
	FaultFor func(*http.Request) []Fault

	once     sync.Once
	clock    *shiftedClock
	schema   schema
	accounts []*Account
	oauth    *oauthState
	buckets  bucketSet
	faults   faultSet
	stats    statSet
	traffic  traffic
	late     lateQueue
	mux      *http.ServeMux
}

// New returns a Server made of the options.
func New(opts Options) *Server { return &Server{Options: opts} }

// setup makes everything at the first use, so that the zero value works.
func (s *Server) setup() {
	s.once.Do(func() {
		base := s.Clock
		if base == nil {
			base = clock.System()
		}
		s.clock = &shiftedClock{base: base}
		s.schema = newSchema()
		for _, o := range s.Options.accounts() {
			s.accounts = append(s.accounts, newAccount(s, o))
		}
		s.oauth = newOAuthState(s.clients())
		s.faults.seed(s.accounts[0].opts.Seed)
		s.mux = s.controlMux()
	})
}

// Account returns the account with this id, or the first one if it is empty; nil = there is none.
func (s *Server) Account(id string) *Account {
	s.setup()
	if id == "" {
		return s.accounts[0]
	}
	for _, a := range s.accounts {
		if a.opts.ID == id {
			return a
		}
	}
	return nil
}

// Close stops the traffic that a control endpoint may have started, and waits for its end. Late requests no longer take effect;
// call Settle before if they should.
func (s *Server) Close() error {
	s.setup()
	s.traffic.stop()
	s.late.drop()
	return nil
}

// Credentials are what a client needs to call the API. The command sandbox prints them as JSON.
type Credentials struct {
	URL          string `json:"url"`
	ClientID     string `json:"clientID"`
	ClientSecret string `json:"clientSecret"`
	AccountID    string `json:"accountID"`
	RefreshToken string `json:"refreshToken"`
	AccessToken  string `json:"accessToken"`
}

// Credentials issues tokens for the first client and the administrator of the first account, as if he had signed in and allowed
// employee:all. URL is BaseURL.
func (s *Server) Credentials() (Credentials, error) {
	s.setup()
	return s.CredentialsFor(s.accounts[0].opts.ID, LoginAdmin)
}

// CredentialsFor is Credentials for one of the logins (LoginAdmin, LoginManager, LoginClerk) of an account.
func (s *Server) CredentialsFor(accountID, login string) (Credentials, error) {
	s.setup()
	a := s.Account(accountID)
	if a == nil {
		return Credentials{}, fmt.Errorf("sandbox credentials: no account %q", accountID)
	}
	u, ok := a.user(login)
	if !ok {
		return Credentials{}, fmt.Errorf("sandbox credentials: no login %q", login)
	}
	client := s.oauth.order[0]
	p, err := s.oauth.connect(s.clock.Now(), s.tokenTTL(), client, a, u, scopePrefix+"all")
	if err != nil {
		return Credentials{}, fmt.Errorf("sandbox credentials: %w", err)
	}
	return Credentials{
		URL: strings.TrimRight(s.BaseURL, "/"), ClientID: client.ID, ClientSecret: client.Secret,
		AccountID: a.opts.ID, RefreshToken: p.refresh, AccessToken: p.access,
	}, nil
}

// ServeHTTP answers Lightspeed's paths, the control endpoints under /sandbox/, and pages for people.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.setup()
	if strings.HasPrefix(r.URL.Path, "/sandbox/") {
		s.settleDue()
		s.mux.ServeHTTP(w, r)
		return
	}
	if s.page(w, r) {
		return
	}
	if s.OnRequest != nil {
		s.OnRequest(r)
	}
	plan := s.planFaults(r)
	rep := s.before(r.Context(), plan)
	if rep == nil {
		s.settleDue()
		rep = s.handle(r, plan)
		rep = s.after(rep, plan)
	}
	s.stats.count(r, rep)
	s.send(w, r, rep)
}

func (s *Server) handle(r *http.Request, plan *faultPlan) *reply {
	path := r.URL.Path
	switch {
	case path == "/auth/oauth/authorize":
		return s.authorize(r)
	case path == "/auth/oauth/token":
		return s.token(r)
	case path == "/auth/oauth/revoke":
		return s.revoke(r)
	case path == "/auth/oauth/introspect":
		return s.introspect(r)
	case path == "/.well-known/jwks":
		return s.jwks(r)
	case strings.HasPrefix(path, "/API/"):
		return s.api(r, plan)
	}
	return apiError(http.StatusNotFound, "Exception", "No route for "+path+".")
}

// baseURL is the address that links of a response start with.
func (s *Server) baseURL(r *http.Request) string {
	if s.BaseURL != "" {
		return strings.TrimRight(s.BaseURL, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// sleep waits on the sandbox's clock.
func (s *Server) sleep(ctx context.Context, plan *faultPlan) {
	for _, f := range plan.faults {
		if f.Kind == FaultLatency {
			// On an error the client has gone.
			_ = s.clock.Sleep(ctx, f.latency())
		}
	}
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("sandbox: encode %T: %v", v, err))
	}
	return b
}
