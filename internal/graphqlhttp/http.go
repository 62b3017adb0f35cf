package graphqlhttp

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// httpResponse writes one JSON response.
type httpResponse struct {
	handler *Handler
	w       http.ResponseWriter
	media   string
}

// bad answers a request that is not a GraphQL request.
func (h httpResponse) bad(ctx context.Context, b *badRequest) {
	h.write(b.status, h.handler.refused(ctx, b.err))
}

// answer writes a result with the status that its media type requires: always 200 for application/json if the request is well-formed,
// and for application/graphql-response+json a status that says whether the request ran.
func (h httpResponse) answer(res *result) {
	status := http.StatusOK
	if res.data == nil && len(res.errors) > 0 && h.media == mediaResponse {
		switch codeOf(res.errors[0]) {
		case CodeInternal:
			status = http.StatusInternalServerError
		case CodeTimeout:
			status = http.StatusGatewayTimeout
		case CodeThrottled:
			status = http.StatusTooManyRequests
		case CodeForbidden:
			status = http.StatusForbidden
		case CodeUnauthenticated:
			status = http.StatusUnauthorized
		default:
			status = http.StatusBadRequest
		}
	}
	h.write(status, res)
}

func (h httpResponse) write(status int, res *result) {
	header := h.w.Header()
	header.Set("Content-Type", h.media+"; charset=utf-8")
	if len(res.errors) > 0 {
		if after, ok := res.errors[0].Extensions[retryAfterExtension].(int); ok {
			header.Set("Retry-After", strconv.Itoa(after))
		}
	}
	h.w.WriteHeader(status)
	// A client that has left needs no response.
	_, _ = h.w.Write(res.json())
}

// json returns a result as JSON. Without data there is no data entry.
func (r *result) json() []byte {
	var b bytes.Buffer
	b.Grow(len(r.data) + 128)
	b.WriteByte('{')
	if len(r.errors) > 0 {
		b.WriteString(`"errors":`)
		writeJSON(&b, r.errors)
	}
	if r.data != nil {
		comma(&b)
		b.WriteString(`"data":`)
		b.Write(r.data)
	}
	if len(r.extensions) > 0 {
		comma(&b)
		b.WriteString(`"extensions":`)
		writeJSON(&b, r.extensions)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func comma(b *bytes.Buffer) {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
}

func writeJSON(b *bytes.Buffer, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		text = []byte("null") // an extension that cannot be written is left out
	}
	b.Write(text)
}

// Refuse answers a request that does not reach a Handler as one would: with a GraphQL error that has a code and the request's id.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code Code, message string) {
	id := requestID(r)
	header := w.Header()
	header.Set("X-Request-Id", id)
	header.Set("Content-Type", mediaJSON+"; charset=utf-8")
	header.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	errs := rejected(WithRequestID(r.Context(), id), singleError(code, message))
	// A client that has left needs no response.
	_, _ = w.Write((&result{errors: errs, extensions: map[string]any{"cost": costReport{}}}).json())
}

// exchange is what is known of an HTTP request with an operation, and its response.
type exchange struct {
	out    httpResponse
	method string
	accept accepted
	who    caller
	leave  func() // frees the request's place; the request may run on
}

// serveOperation answers an operation over HTTP: as a stream of events if it is a subscription, or if the client prefers that,
// else as one JSON document.
func (h *Handler) serveOperation(ctx context.Context, params *graphql.RawParams, x exchange) {
	op, no := h.prepare(ctx, params)
	if no != nil {
		if x.accept.best == mediaEvents {
			h.streamEvents(ctx, x.out, x.who, func(_ context.Context, send func(*result) bool) { send(no) })
			return
		}
		x.out.answer(no)
		return
	}
	if x.method == http.MethodGet && op.is(ast.Mutation) {
		x.out.w.Header().Set("Allow", "POST")
		x.out.bad(ctx, newBadRequest(http.StatusMethodNotAllowed, CodeBadUserInput, "A mutation must be sent by POST."))
		return
	}
	switch {
	case op.is(ast.Subscription) && x.accept.events:
		x.leave() // a subscription has a place of its own
		h.streamEvents(ctx, x.out, x.who, op.stream)
	case x.accept.best == mediaEvents:
		h.streamEvents(ctx, x.out, x.who, op.stream)
	case op.is(ast.Subscription):
		x.out.answer(op.failed(rejected(ctx, singleError(CodeBadUserInput, "A subscription needs a stream. Send Accept: text/event-stream, or connect by graphql-transport-ws."))))
	default:
		res := op.run(ctx)
		sent := h.sending(ctx, x.leave)
		defer sent()
		x.out.answer(res)
	}
}
