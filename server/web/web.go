// Package web serves HTTP: the GraphQL endpoint, the downloads, the API's schema, the Site Manager pages, the page that Lightspeed sends
// browsers back to, health checks
// and a front page, with common headers, limits and log lines.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/rs/cors"

	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	manager "possync/server/web/pages"
)

// Options are the parts of the handler. All are required unless their comment says otherwise.
type Options struct {
	GraphQL   http.Handler
	Items     http.Handler // the items as CSV
	Products  http.Handler // the website's feed as a stream
	Schema    http.Handler // the API's schema
	Pages     http.Handler // the Site Manager pages, below [manager.Path]
	Explorer  http.Handler // GraphiQL, below [manager.ExplorerPath]; nil = not served
	Return    Return
	PublicURL *url.URL
	Origins   []string       // origins besides our own whose pages may use the API; may be empty
	Proxies   []netip.Prefix // of which X-Forwarded-For is believed; may be empty
	Checks    []Check        // of readiness, in the order in which they are reported
	Demo      bool           // whether the front page explains the demo
	Version   string
	Logger    *slog.Logger
}

// New returns the handler of the whole server.
func New(o Options) (http.Handler, error) {
	cross := http.NewCrossOriginProtection()
	for _, origin := range append([]string{o.PublicURL.String()}, o.Origins...) {
		if err := cross.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trust the origin %q: %w", origin, err)
		}
	}
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.Logger.LogAttrs(r.Context(), slog.LevelWarn, "a page of another origin was refused", fault.Security("origin"), slog.String("origin", r.Header.Get("Origin")))
		graphqlhttp.Refuse(w, r, http.StatusForbidden, graphqlhttp.CodeForbidden, "Pages of this origin may not use the API.")
	}))
	p := newPages(o)
	mux := http.NewServeMux()
	mux.Handle("/graphql", shared(o.Origins, cross.Handler(o.GraphQL)))
	for path, file := range map[string]http.Handler{"/export/items.csv": o.Items, "/export/products.ndjson": o.Products, "/schema.graphql": o.Schema} {
		mux.Handle(path, withRequestID(shared(o.Origins, file)))
	}
	for _, path := range []string{"/graphql/", "/export/"} {
		mux.Handle(path, withRequestID(shared(o.Origins, http.HandlerFunc(nothingHere))))
	}
	mux.Handle("GET /oauth/callback", withRequestID(http.HandlerFunc(p.callback)))
	mux.Handle(manager.Path, withRequestID(o.Pages))
	if o.Explorer != nil {
		mux.Handle(manager.ExplorerPath, withRequestID(o.Explorer))
	}
	mux.Handle("GET /healthz", withRequestID(http.HandlerFunc(healthy)))
	mux.Handle("GET /readyz", withRequestID(&readiness{checks: o.Checks, log: o.Logger}))
	mux.Handle("GET /{$}", withRequestID(http.HandlerFunc(p.front)))
	mux.Handle("/", withRequestID(http.HandlerFunc(p.notFound)))
	handler := secured(mux)
	if o.PublicURL.Scheme == "https" {
		handler = onlyHTTPS(handler)
	}
	return behindProxies(o.Proxies, logged(o.Logger, handler)), nil
}

// shared lets pages of the allowed origins call the API and read its responses (CORS). They authenticate by the token that they
// send, not by cookies, so the browser's credentials are not needed.
func shared(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next // rs/cors takes an empty list for "all"
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Authorization", "Content-Type", "X-Request-Id"},
		ExposedHeaders: []string{"X-Request-Id", "Content-Disposition"},
		MaxAge:         600,
	}).Handler(next)
}

// nothingHere answers programs, for which the other addresses below those of the API are.
func nothingHere(w http.ResponseWriter, r *http.Request) {
	graphqlhttp.Refuse(w, r, http.StatusNotFound, graphqlhttp.CodeNotFound, "There is nothing at this address.")
}

// NewServer returns an HTTP server with its time limits. A response that its client does not read ends after two minutes, which is more than
// any takes to be made. What lasts longer, as event streams and downloads, sets a limit of its own for each part, which replaces this one.
func NewServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// secured sets security headers for every response. The pages allow only their own style, see page.go.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer") // the callback's address holds a code
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		next.ServeHTTP(w, r)
	})
}

// onlyHTTPS has browsers call this address by HTTPS alone, for a year.
func onlyHTTPS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		next.ServeHTTP(w, r)
	})
}

// Check is one condition for sending requests to this process.
type Check struct {
	Name string
	Run  func(ctx context.Context) error
}
