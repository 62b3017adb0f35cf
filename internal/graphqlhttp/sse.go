package graphqlhttp

import (
	"context"
	"net/http"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// streamEvents responds with an event stream: a next event for each result of the source, then complete. When the token
// expires, it ends with an UNAUTHENTICATED event.
func (h *Handler) streamEvents(ctx context.Context, out httpResponse, who caller, source func(ctx context.Context, send func(*result) bool)) {
	w := out.w
	ctx, cancel := context.WithCancel(ctx)
	end, ok := h.streams.begin(cancel, nil)
	defer cancel()
	if !ok {
		w.Header().Set("Retry-After", "1")
		httpResponse{handler: h, w: w, media: mediaJSON}.bad(ctx, newBadRequest(http.StatusServiceUnavailable, CodeThrottled, "The server is restarting. Connect again."))
		return
	}
	defer end()
	release, ok := h.streams.occupy(who.principal, h.limits.Streams)
	if !ok {
		w.Header().Set("Retry-After", "1")
		httpResponse{handler: h, w: w, media: mediaJSON}.bad(ctx, newBadRequest(http.StatusTooManyRequests, CodeThrottled, "Too many streams are open."))
		return
	}
	defer release()

	e := eventWriter{w: w, control: http.NewResponseController(w), timeout: h.limits.WriteTimeout}
	header := w.Header()
	header.Set("Content-Type", mediaEvents+"; charset=utf-8")
	header.Set("X-Accel-Buffering", "no") // a proxy must not collect events
	w.WriteHeader(http.StatusOK)

	events := make(chan []byte)
	go func() {
		defer close(events)
		source(ctx, func(r *result) bool {
			// Encoded here, because the source reuses a result's memory for the next one.
			select {
			case events <- nextEvent(r):
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	defer func() {
		cancel()
		for range events { // until the source has ended
		}
	}()

	ping := time.NewTicker(h.limits.PingInterval)
	defer ping.Stop()
	expired, stop := at(who.expiry)
	defer stop()
	alive := e.comment()
	for alive {
		select {
		case event, more := <-events:
			if !more {
				e.complete()
				return
			}
			if !h.accepted(ctx) {
				e.signedOut(ctx, "The token was revoked.")
				return
			}
			alive = e.write(event)
			ping.Reset(h.limits.PingInterval)
		case <-ping.C:
			if !h.accepted(ctx) {
				e.signedOut(ctx, "The token was revoked.")
				return
			}
			alive = e.comment()
		case <-expired:
			e.signedOut(ctx, "The token has expired.")
			return
		case <-h.streams.closing:
			e.complete()
			return
		case <-ctx.Done():
			return
		}
	}
}

// revoked says why a WebSocket ends although its token has not.
const revoked = "the token was revoked"

// at returns a channel that receives at the given time, or never if that is zero.
func at(t time.Time) (<-chan time.Time, func()) {
	if t.IsZero() {
		return nil, func() {}
	}
	timer := time.NewTimer(time.Until(t))
	return timer.C, func() { timer.Stop() }
}

// eventWriter writes events, each within the timeout, so that a client that reads nothing does not hold the stream for ever.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

func (e eventWriter) comment() bool { return e.write([]byte(":\n\n")) }

// complete has an empty data field, because browsers ignore an event without one.
// signedOut ends the stream because the token is no longer accepted.
func (e eventWriter) signedOut(ctx context.Context, why string) {
	e.write(nextEvent(&result{errors: gqlerror.List{safeError(ctx, &gqlerror.Error{}, CodeUnauthenticated, why)}}))
	e.complete()
}

func (e eventWriter) complete() { e.write([]byte("event: complete\ndata:\n\n")) }

func (e eventWriter) write(p []byte) bool {
	// The server's own deadline is for a whole response. A writer that does not support deadlines has none.
	_ = e.control.SetWriteDeadline(time.Now().Add(e.timeout))
	if _, err := e.w.Write(p); err != nil {
		return false
	}
	return e.control.Flush() == nil
}

func nextEvent(r *result) []byte {
	const head, tail = "event: next\ndata: ", "\n\n"
	text := r.json()
	p := make([]byte, 0, len(head)+len(text)+len(tail))
	p = append(p, head...)
	for _, c := range text {
		// A line break would end the field. In JSON they are only between tokens, where a space means the same.
		if c == '\n' || c == '\r' {
			c = ' '
		}
		p = append(p, c)
	}
	return append(p, tail...)
}
