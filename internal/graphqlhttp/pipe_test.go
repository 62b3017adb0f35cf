package graphqlhttp_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/graphqlhttp"
	"possync/internal/graphqlhttp/internal/testschema"
)

// pipeListener serves connections that exist only in memory, so that a test can drive their clock.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

// rig is a running server within a bubble of driven time.
type rig struct {
	handler  *graphqlhttp.Handler
	resolver *testschema.Resolver
	client   *http.Client
	ended    atomic.Int32 // feeds that have ended
}

// drive runs a test against a server in a bubble: time passes only while everything waits. At the end every goroutine of server and
// client must have ended.
func drive(t *testing.T, test func(t *testing.T, r *rig), change ...func(*graphqlhttp.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{resolver: &testschema.Resolver{Numbers: make(chan int)}}
		r.resolver.Ended = func() { r.ended.Add(1) }
		r.handler = newHandler(r.resolver, nil, change...)
		listener := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		server := &http.Server{Handler: r.handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second}
		var serving sync.WaitGroup
		serving.Go(func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				t.Errorf("serve: %v", err)
			}
		})
		transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			select {
			case listener.conns <- theirs:
				return ours, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}
		r.client = &http.Client{Transport: transport}
		defer func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := r.handler.Shutdown(ctx); err != nil {
				t.Errorf("shut down: %v", err)
			}
			transport.CloseIdleConnections()
			if err := server.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			serving.Wait()
		}()
		test(t, r)
	})
}
