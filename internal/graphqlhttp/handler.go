package graphqlhttp

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"possync/internal/fault"
)

// Handler serves one schema. It is an http.Handler for one path, safe for concurrent use.
type Handler struct {
	options   Options
	limits    Limits
	exec      *executor.Executor
	documents *documents
	streams   *streams
}

// New returns a handler. It panics, as gqlgen does, if an extension does not fit the schema or a required option is missing,
// because both are errors in the program.
func New(o Options) *Handler {
	if o.Schema == nil || o.Logger == nil {
		panic("graphqlhttp: Options need a Schema and a Logger")
	}
	h := &Handler{options: o, limits: o.Limits.orDefaults(), streams: newStreams()}
	h.documents = newDocuments(o.Schema.Schema(), h.limits)
	if h.options.ErrorPresenter == nil {
		h.options.ErrorPresenter = graphql.DefaultErrorPresenter
	}
	if h.options.Recover == nil {
		h.options.Recover = h.logPanic
	}
	if h.options.Authenticate == nil {
		h.options.Authenticate = func(ctx context.Context, _ string) (context.Context, time.Time, error) {
			return ctx, time.Time{}, errors.New("no way to authenticate is set up")
		}
	}
	h.exec = executor.New(o.Schema)
	h.exec.SetQueryCache(preparsed{})
	h.exec.SetErrorPresenter(h.present)
	h.exec.SetRecoverFunc(h.options.Recover)
	h.exec.Use(newIntrospections())
	for _, extension := range o.Extensions {
		h.exec.Use(extension)
	}
	return h
}

// ServeHTTP answers a request over the transport that it requests.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := requestID(r)
	r = r.WithContext(WithRequestID(r.Context(), id))
	w.Header().Set("X-Request-Id", id)

	if isUpgrade(r) {
		h.serveWebSocket(w, r)
		return
	}
	header := w.Header()
	header.Set("Cache-Control", "private, no-store")
	header.Set("Vary", "Accept, Authorization")
	header.Set("X-Content-Type-Options", "nosniff")

	accept := negotiate(r.Header.Get("Accept"))
	out := httpResponse{handler: h, w: w, media: accept.document}
	if out.media == "" {
		out.media = mediaJSON
	}
	switch r.Method {
	case http.MethodPost, http.MethodGet:
	default:
		header.Set("Allow", "GET, POST")
		out.bad(r.Context(), newBadRequest(http.StatusMethodNotAllowed, CodeBadUserInput, "Use POST."))
		return
	}
	ctx, who, ok := h.authenticate(r, out)
	if !ok {
		return
	}
	if accept.best == "" {
		out.bad(ctx, newBadRequest(http.StatusNotAcceptable, CodeBadUserInput, "Accept application/json, application/graphql-response+json or text/event-stream."))
		return
	}
	var body []byte
	if r.Method == http.MethodPost {
		var bad *badRequest
		if body, bad = readBody(w, r, h.limits); bad != nil {
			out.bad(ctx, bad)
			return
		}
	}
	leave, no := h.admit(ctx) // after the body, which a client may send slowly
	if no != nil {
		out.answer(no)
		return
	}
	defer leave()
	params, bad := paramsOf(r, body, h.limits)
	if bad != nil {
		h.rejected(ctx)
		out.bad(ctx, bad)
		return
	}
	params.Headers = r.Header
	h.serveOperation(ctx, params, exchange{out: out, method: r.Method, accept: accept, who: who, leave: leave})
}

// paramsOf reads the parameters of a GET or a POST.
func paramsOf(r *http.Request, body []byte, l Limits) (*graphql.RawParams, *badRequest) {
	if r.Method == http.MethodGet {
		return paramsOfGET(r.URL, l)
	}
	return decodeParams(body, l)
}

// caller is what the transports need to know about who calls.
type caller struct {
	expiry    time.Time // of the token, zero for never
	principal string    // whose streams are counted together
}

// signIn returns the context and the caller of a token.
func (h *Handler) signIn(ctx context.Context, token string) (context.Context, caller, bool) {
	signedIn, expiry, err := h.options.Authenticate(ctx, token)
	if err != nil || !expiry.IsZero() && !time.Now().Before(expiry) {
		h.options.Logger.LogAttrs(ctx, slog.LevelWarn, "request not authenticated",
			fault.Security("unauthenticated"), slog.String("requestId", RequestID(ctx)), slog.Any("error", err))
		return ctx, caller{}, false
	}
	who := caller{expiry: expiry, principal: token}
	if h.options.Principal != nil {
		who.principal = h.options.Principal(signedIn)
	}
	return signedIn, who, true
}

// authenticate signs the request in, or answers 401.
func (h *Handler) authenticate(r *http.Request, out httpResponse) (context.Context, caller, bool) {
	token := bearer(r.Header.Get("Authorization"))
	ctx, who, ok := h.signIn(r.Context(), token)
	if ok {
		return ctx, who, true
	}
	challenge := `Bearer realm="graphql"`
	if token != "" {
		challenge += `, error="invalid_token"`
	}
	out.w.Header().Set("WWW-Authenticate", challenge)
	out.bad(r.Context(), newBadRequest(http.StatusUnauthorized, CodeUnauthenticated, "Sign in. The token is missing, expired or not valid here."))
	return nil, caller{}, false
}

// accepted reports whether the caller in the context is still accepted.
func (h *Handler) accepted(ctx context.Context) bool {
	return h.options.Accepted == nil || h.options.Accepted(ctx)
}

// bearer returns the token of an Authorization header; empty = it has none.
func bearer(header string) string {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
