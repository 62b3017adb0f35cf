package lightspeed

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// silence is how long Lightspeed may send no byte of an answer that we wait for.
const silence = 10 * time.Second

var errSilent = errors.New("no byte came for too long")

// listening returns the HTTP client with a transport that gives an exchange up when nothing is received for so long.
func listening(h *http.Client, silence time.Duration) *http.Client {
	h.Transport = listener{next: cmp.Or[http.RoundTripper](h.Transport, http.DefaultTransport), silence: silence}
	return h
}

type listener struct {
	next    http.RoundTripper
	silence time.Duration
}

// RoundTrip implements [http.RoundTripper].
func (l listener) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	timer := time.AfterFunc(l.silence, func() { cancel(errSilent) })
	resp, err := l.next.RoundTrip(r.WithContext(ctx))
	body := &heardBody{ctx: ctx, timer: timer, cancel: cancel, silence: l.silence}
	if err != nil {
		body.end()
		return nil, body.why(err)
	}
	timer.Reset(l.silence)
	body.ReadCloser, resp.Body = resp.Body, body
	return resp, nil
}

// heardBody is the body of an answer whose silence ends it.
type heardBody struct {
	io.ReadCloser
	ctx     context.Context // of the exchange that the body belongs to
	timer   *time.Timer
	cancel  context.CancelCauseFunc
	silence time.Duration
}

// Read implements [io.Reader].
func (b *heardBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if n > 0 && context.Cause(b.ctx) == nil {
		b.timer.Reset(b.silence)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = b.why(err)
	}
	return n, err
}

// Close implements [io.Closer].
func (b *heardBody) Close() error {
	err := b.ReadCloser.Close()
	b.end()
	return err
}

func (b *heardBody) end() {
	b.timer.Stop()
	b.cancel(nil)
}

// why is the error of an exchange: silence, if that ended it.
func (b *heardBody) why(err error) error {
	if cause := context.Cause(b.ctx); errors.Is(cause, errSilent) {
		return cause
	}
	return err
}
