package graphqlhttp

import (
	"context"
	"crypto/rand"
	"net/http"
)

type requestIDKey struct{}

// requestIDBytes bounds a request id taken from a client.
const requestIDBytes = 64

// RequestID is the id under which the request of the context is logged and answered, empty outside a request.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// WithRequestID puts an id into the context.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// requestID takes the id an outer handler put into the context, else the one of the X-Request-Id header if it is fit for a log, else a
// new one.
func requestID(r *http.Request) string {
	if id := RequestID(r.Context()); id != "" {
		return id
	}
	if id := r.Header.Get("X-Request-Id"); sane(id) {
		return id
	}
	return rand.Text()
}

func sane(id string) bool {
	if id == "" || len(id) > requestIDBytes {
		return false
	}
	for _, c := range []byte(id) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}
