// Package itemexport hands the POS's items out as CSV, with what was found about each, however many there are: it holds one
// page of them at a time.
package itemexport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"possync/ent"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	"possync/internal/tenant"
)

const (
	// pageSize is how many items are held at a time.
	pageSize = 1000
	// pageTime is how long a client may take to read a page. Who is slower is cut off.
	pageTime = 30 * time.Second
)

// Handler answers GET with the items of the token's site as CSV; any role may have them. The query filters as posItems does, see
// [Filter]. Errors before the first row are JSON, as GraphQL's are; a later one cuts the response off, so that no client
// takes a part for the whole.
type Handler struct {
	Client *ent.Client
	Logger *slog.Logger

	// Authenticate turns a bearer token into a context made by tenant.NewContext, and the moment the token ends.
	Authenticate func(ctx context.Context, token string) (context.Context, time.Time, error)
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Vary", "Authorization")
	ctx, err := h.signIn(r)
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer realm="export"`)
		h.refuse(w, r, err)
		return
	}
	where, err := Filter(r.URL.RawQuery)
	if err != nil {
		h.refuse(w, r, err)
		return
	}
	out := &download{w: w, control: http.NewResponseController(w)}
	if r.Method == http.MethodHead {
		out.begin()
		return
	}
	ctx = sitedata.Remember(ent.NewContext(ctx, h.Client)) // what the whole file goes by is read once
	err = catalogue.EachPage(ctx, where, pageSize, func(items []*catalogue.Item) error { return out.page(ctx, items) })
	switch {
	case err == nil:
		out.end()
	case r.Context().Err() != nil: // the client has gone, and the log of requests tells how far it came
	case out.begun:
		h.Logger.WarnContext(ctx, "an export was cut off", "requestId", graphqlhttp.RequestID(ctx), "error", err)
		panic(http.ErrAbortHandler)
	default:
		h.refuse(w, r, err)
	}
}

var errSignIn = fault.New(fault.Unauthenticated, "Sign in: the token is missing, expired or not valid here.")

// signIn returns a context that acts as the token's site and ends with the token's life.
func (h *Handler) signIn(r *http.Request) (context.Context, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, errSignIn
	}
	ctx, end, err := h.Authenticate(r.Context(), strings.TrimSpace(token))
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

// refuse answers without any row.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, err error) {
	kind, id := fault.KindOf(err), graphqlhttp.RequestID(r.Context())
	status := map[fault.Kind]int{
		fault.Unauthenticated: http.StatusUnauthorized, fault.Forbidden: http.StatusForbidden, fault.BadInput: http.StatusBadRequest,
		fault.NotFound: http.StatusNotFound, fault.Throttled: http.StatusTooManyRequests, fault.Timeout: http.StatusGatewayTimeout,
	}[kind]
	if status == 0 {
		status = http.StatusInternalServerError
		h.Logger.ErrorContext(r.Context(), "cannot export", "requestId", id, "error", err)
	}
	body, problem := json.Marshal(map[string]any{"errors": []any{map[string]any{
		"message": fault.Message(err), "extensions": map[string]string{"code": kind.Code(), "requestId": id},
	}}})
	if problem != nil {
		h.Logger.ErrorContext(r.Context(), "cannot encode an error", "requestId", id, "error", errors.Join(problem, err))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone needs no answer
}
