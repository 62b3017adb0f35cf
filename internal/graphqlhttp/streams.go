package graphqlhttp

import (
	"context"
	"fmt"
	"sync"
)

// streams holds every open event stream and WebSocket, to count them and to end them.
type streams struct {
	mu      sync.Mutex
	open    sync.WaitGroup
	closed  bool
	closing chan struct{}        // closed when streams must end by their protocols
	alive   map[*ending]struct{} // how to end each
	held    map[string]int       // streams by principal
}

// ending is how to end a stream: immediately, or by its protocol when closing is closed. Neither waits; stop is nil for a stream that
// looks at closing itself.
type ending struct{ cut, stop func() }

func newStreams() *streams {
	return &streams{closing: make(chan struct{}), alive: make(map[*ending]struct{}), held: make(map[string]int)}
}

// begin registers a stream, unless the server is stopping. Its owner calls end when it has ended.
func (s *streams) begin(cut, stop func()) (end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, false
	}
	s.open.Add(1)
	e := &ending{cut, stop}
	s.alive[e] = struct{}{}
	return func() {
		s.mu.Lock()
		delete(s.alive, e)
		s.mu.Unlock()
		s.open.Done()
	}, true
}

// occupy counts a stream of a principal, unless that has reached the limit. The stream's owner calls release.
func (s *streams) occupy(principal string, limit int) (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held[principal] >= limit {
		return nil, false
	}
	s.held[principal]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.held[principal]--; s.held[principal] == 0 {
			delete(s.held, principal)
		}
	}, true
}

// Streams returns how many streams are open.
func (h *Handler) Streams() int {
	h.streams.mu.Lock()
	defer h.streams.mu.Unlock()
	return len(h.streams.alive)
}

// Shutdown ends every stream: WebSockets close with 1001, event streams complete, and new ones are refused. It waits until all
// their goroutines have ended. If the context ends first, it closes the connections and returns the context's error without
// waiting. Other requests are ended by http.Server.Shutdown, which should be called after this.
func (h *Handler) Shutdown(ctx context.Context) error {
	s := h.streams
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.closing)
		for e := range s.alive {
			if e.stop != nil {
				e.stop()
			}
		}
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() {
		s.open.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.mu.Lock()
		for e := range s.alive {
			e.cut()
		}
		s.mu.Unlock()
		return fmt.Errorf("end streams: %w", ctx.Err())
	}
}
