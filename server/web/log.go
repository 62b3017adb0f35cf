package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"time"

	"possync/internal/graphqlhttp"
)

const requestIDHeader = "X-Request-Id"

// withRequestID gives the request an id. The GraphQL handler does that itself and accepts an id from the client.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(graphqlhttp.WithRequestID(r.Context(), id)))
	})
}

// logged writes one line for each request when it has ended; for a WebSocket, when it has been opened. The line has the path, but never the query, which may contain an
// OAuth code, and no headers.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin, out := time.Now(), &responseRecorder{ResponseWriter: w}
		n := &note{}
		next.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), noteKey{}, n)))
		noted, slow := n.take()
		level := levelOf(slow || out.code() == http.StatusGatewayTimeout)
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			level = slog.LevelDebug // asked every few seconds
		}
		log.LogAttrs(r.Context(), level, "request", append([]slog.Attr{
			slog.String("requestId", w.Header().Get(requestIDHeader)),
			slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", out.code()),
			slog.Int64("bytes", out.bytes), slog.Float64("ms", float64(time.Since(begin).Microseconds())/1e3), slog.String("peer", r.RemoteAddr),
		}, noted...)...)
	})
}

// responseRecorder counts the bytes that are sent.
type responseRecorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements [http.ResponseWriter].
func (a *responseRecorder) WriteHeader(status int) {
	if a.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (a *responseRecorder) Write(p []byte) (int, error) {
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets [http.ResponseController] and the WebSocket upgrade reach what is beneath.
func (a *responseRecorder) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *responseRecorder) code() int {
	if a.status == 0 {
		return http.StatusOK
	}
	return a.status
}
