// Package download serves lists that are too long for one GraphQL response as files, written a page at a time.
//
// Errors before the first page are JSON, as in GraphQL. A later error cuts the response off, so that no client takes a part
// of the file for the whole. Any role may download, by a token or by a link that was made with one.
package download

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"possync/ent"
	"possync/internal/fairshare"
	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	"possync/internal/records/sitedeletion"
	"possync/internal/tenant"
)

// pageTime is how long a client may take to read a page. Slower ones are cut off.
const pageTime = 30 * time.Second

// Server serves files of the token's site.
type Server struct {
	Client *ent.Client
	Logger *slog.Logger
	Box    Box              // opens links
	Now    func() time.Time // for the end of links

	// Authenticate turns a bearer token into a context made by tenant.NewContext, and returns when the token expires.
	Authenticate func(ctx context.Context, token string) (context.Context, time.Time, error)
}

// Content writes a file. For each page, in order, it calls page with the function that writes it. The first page may be
// written before it is known whether there are any rows.
type Content func(ctx context.Context, page func(write func() error) error) error

// File describes what is served.
type File struct {
	Header http.Header
	// Prepare reads the query, and returns what writes the file to w.
	Prepare func(rawQuery string, w http.ResponseWriter) (Content, error)
}

// Handler answers GET and HEAD with the file.
func (s *Server) Handler(f File) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.serve(f, w, r) })
}

func (s *Server) serve(f File, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Add("Vary", "Authorization")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		graphqlhttp.Refuse(w, r, http.StatusMethodNotAllowed, graphqlhttp.CodeBadUserInput, "Use GET or HEAD.")
		return
	}
	asked, err := s.accessOf(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	ctx, err := s.signIn(r, asked.token)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if r.Method == http.MethodGet {
		leave, err := fairshare.Enter(ctx, fairshare.Downloads) // first of all: who asks again and again is to cost little
		if err != nil {
			s.refuse(w, r, fairshare.Slow(ctx, err))
			return
		}
		defer leave()
	}
	if err := sitedeletion.Check(ctx, s.Client); err != nil {
		s.refuse(w, r, err)
		return
	}
	content, err := f.Prepare(asked.query, w)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	out := &response{w: w, control: http.NewResponseController(w), header: f.Header}
	if r.Method == http.MethodHead {
		out.begin()
		return
	}
	err = content(ent.NewContext(ctx, s.Client), out.page)
	switch {
	case err == nil:
		out.end()
	case r.Context().Err() != nil: // the client has hung up; the access log says how much it received
	case out.begun:
		s.Logger.WarnContext(ctx, "a download was cut off", "requestId", graphqlhttp.RequestID(ctx), "error", err)
		panic(http.ErrAbortHandler)
	default:
		s.refuse(w, r, err)
	}
}

// response is a file that is being sent to a client.
type response struct {
	w       http.ResponseWriter
	control *http.ResponseController
	header  http.Header
	begun   bool
}

// begin sends the headers.
func (r *response) begin() {
	r.begun = true
	for name, values := range r.header {
		r.w.Header()[name] = values
	}
	r.w.WriteHeader(http.StatusOK)
}

func (r *response) page(write func() error) error {
	// Not every writer has deadlines: those of tests do not.
	if err := r.control.SetWriteDeadline(time.Now().Add(pageTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("bound the time of a page: %w", err)
	}
	if !r.begun {
		r.begin()
	}
	return write()
}

// end leaves the connection as it was, for the next request. An error means that it is gone.
func (r *response) end() { _ = r.control.SetWriteDeadline(time.Time{}) }

var errSignIn = fault.New(fault.Unauthenticated, "Sign in. The token is missing, expired or not valid here.")

// signIn returns a context that acts as the token's site and ends when the token expires.
func (s *Server) signIn(r *http.Request, token string) (context.Context, error) {
	ctx, end, err := s.Authenticate(r.Context(), token)
	if err != nil {
		return nil, fault.Wrap(fault.Unauthenticated, err, fault.Message(errSignIn))
	}
	p, ok := tenant.FromContext(ctx)
	if siteID, kind := tenant.Scope(ctx); !ok || !p.Role.Valid() || kind != tenant.ScopeSite || siteID != p.SiteID {
		return nil, errSignIn
	}
	if end.IsZero() {
		return ctx, nil
	}
	ctx, cancel := context.WithDeadlineCause(ctx, end, fmt.Errorf("the token has ended: %w", context.DeadlineExceeded))
	context.AfterFunc(r.Context(), cancel) // which ends when the request has been answered
	return ctx, nil
}

// refuse responds with an error and no rows.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	kind, id := fault.KindOf(err), graphqlhttp.RequestID(r.Context())
	status := map[fault.Kind]int{
		fault.Unauthenticated: http.StatusUnauthorized, fault.Forbidden: http.StatusForbidden, fault.BadInput: http.StatusBadRequest,
		fault.NotFound: http.StatusNotFound, fault.Throttled: http.StatusTooManyRequests, fault.Timeout: http.StatusGatewayTimeout,
	}[kind]
	if status == 0 {
		status = http.StatusInternalServerError
		s.Logger.ErrorContext(r.Context(), "cannot serve the download", "requestId", id, "error", err)
	}
	if kind == fault.Unauthenticated || kind == fault.Forbidden {
		s.Logger.LogAttrs(r.Context(), slog.LevelWarn, "a download was refused",
			fault.Security(strings.ToLower(kind.Code())), slog.String("requestId", id), slog.Any("error", err))
	}
	if after := fault.RetryAfter(err); after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(after.Seconds()))))
	}
	if kind == fault.Unauthenticated {
		w.Header().Set("WWW-Authenticate", `Bearer realm="export"`)
	}
	graphqlhttp.Refuse(w, r, status, graphqlhttp.Code(kind.Code()), fault.Message(err))
}
