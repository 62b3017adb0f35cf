package graphqlhttp

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const subprotocol = "graphql-transport-ws"

// Close codes of graphql-transport-ws.
const (
	closeBadRequest     websocket.StatusCode = 4400
	closeUnauthorized   websocket.StatusCode = 4401
	closeForbidden      websocket.StatusCode = 4403
	closeSubprotocol    websocket.StatusCode = 4406
	closeInitTimeout    websocket.StatusCode = 4408
	closeIDInUse        websocket.StatusCode = 4409
	closeTooManyInits   websocket.StatusCode = 4429
	closeReasonBytes                         = 123  // the space in a close frame
	messageOverhead     int64                = 1024 // of a subscribe message around its payload
	unansweredPings                          = 2    // after which the client counts as gone
	lingeringOperations                      = 2    // operations that may still be ending, for each that may run
)

func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// serveWebSocket serves one WebSocket until it closes.
func (h *Handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	out := httpResponse{w: w, media: mediaJSON}
	if !h.originAllowed(r) {
		out.bad(r.Context(), newBadRequest(http.StatusForbidden, CodeForbidden, "pages of this origin may not connect"))
		return
	}
	// It is not defined how long the request's own context lasts after the upgrade.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	end, ok := h.streams.begin(cancel)
	if !ok {
		w.Header().Set("Retry-After", "1")
		out.bad(r.Context(), newBadRequest(http.StatusServiceUnavailable, CodeThrottled, "the server is restarting: connect again"))
		return
	}
	defer end()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:       []string{subprotocol},
		InsecureSkipVerify: true, // the origin was checked already, with our own response
	})
	if err != nil {
		return // Accept has responded
	}
	if conn.Subprotocol() != subprotocol {
		_ = conn.Close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	conn.SetReadLimit(h.limits.BodyBytes + messageOverhead)
	s := &socket{handler: h, conn: conn, cancel: cancel, header: r.Header, expiry: make(chan time.Time, 1), mu: make(gate, 1), operations: make(map[string]*running)}
	defer s.wait()
	s.background.Go(func() { s.watch(ctx) })
	s.read(ctx)
}

// originAllowed reports whether a page may connect: its origin is the server's own or an allowed one. Programs that are not
// browsers send none.
func (h *Handler) originAllowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) {
		return true
	}
	return slices.ContainsFunc(h.options.AllowedOrigins, func(allowed string) bool { return strings.EqualFold(allowed, origin) })
}

// socket is one WebSocket. Its mutex is held while writing, so that an operation's state and what was sent about it always
// agree. So while a client does not read, its messages are not read either, until WriteTimeout ends the connection.
type socket struct {
	handler    *Handler
	conn       *websocket.Conn
	cancel     context.CancelFunc
	header     http.Header    // of the upgrade
	expiry     chan time.Time // the end of the token, once
	background sync.WaitGroup
	release    func() // frees the place among the principal's streams

	mu         gate
	initiated  bool // connection_init was received
	acked      bool
	closing    bool
	heard      bool // something was received since the last ping
	operations map[string]*running
	goroutines int // of operations, including those that are ending
}

// gate is a mutex made of a channel. It is held while writing, and tests that drive the clock recognize a wait for a channel,
// but not for a sync.Mutex.
type gate chan struct{}

func (g gate) Lock()   { g <- struct{}{} }
func (g gate) Unlock() { <-g }

// running is an operation that runs. It is in the map until it is complete on either side.
type running struct{ cancel context.CancelFunc }

// closure is why a socket must close.
type closure struct {
	code   websocket.StatusCode
	reason string
}

// read handles messages until the connection ends. From connection_init on, the context is the caller's.
func (s *socket) read(ctx context.Context) {
	for {
		kind, message, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.heard = true
		closing := s.closing
		s.mu.Unlock()
		if closing {
			continue // until the client has answered the close frame
		}
		var c *closure
		if ctx, c = s.handle(ctx, kind, message); c != nil {
			s.close(*c)
			return
		}
	}
}

// watch closes the socket when the token expires, connection_init is late or the server stops. It pings the client.
func (s *socket) watch(ctx context.Context) {
	limits := s.handler.limits
	init := time.NewTimer(limits.InitTimeout)
	defer init.Stop()
	ping := time.NewTicker(limits.PingInterval)
	defer ping.Stop()
	var expired <-chan time.Time
	unanswered := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.handler.streams.closing:
			s.close(closure{websocket.StatusGoingAway, "the server is restarting"})
			return
		case <-init.C:
			if !s.isInitiated() {
				s.close(closure{closeInitTimeout, "Connection initialisation timeout"})
				return
			}
		case end := <-s.expiry:
			var stop func()
			expired, stop = at(end)
			defer stop()
		case <-expired:
			s.close(closure{closeForbidden, "Forbidden: the token has expired"})
			return
		case <-ping.C:
			if s.ping(ctx, &unanswered); unanswered > unansweredPings {
				s.cancel()
				return
			}
		}
	}
}

func (s *socket) isInitiated() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.initiated
}

// ping sends a ping and counts those without a reply.
func (s *socket) ping(ctx context.Context, unanswered *int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.acked {
		return
	}
	if s.heard {
		*unanswered = 0
	}
	s.heard = false
	*unanswered++
	s.write(ctx, []byte(`{"type":"ping"}`))
}

// write sends a message, the mutex held, and reports whether it could.
func (s *socket) write(ctx context.Context, message []byte) bool {
	if s.closing || ctx.Err() != nil {
		return false // an interrupted operation has not completed
	}
	// The context must not be an operation's: cancelling a write ends the connection.
	ctx, cancel := context.WithTimeout(ctx, s.handler.limits.WriteTimeout)
	defer cancel()
	if err := s.conn.Write(ctx, websocket.MessageText, message); err != nil {
		s.closing = true
		s.cancel()
		return false
	}
	return true
}

// close ends every operation without a message, and closes with the code. It returns when the client has answered, or after 5 s.
func (s *socket) close(c closure) {
	s.mu.Lock()
	if s.closing {
		s.mu.Unlock()
		return
	}
	s.closing = true
	for id, op := range s.operations {
		op.cancel()
		delete(s.operations, id)
	}
	s.mu.Unlock()
	reason := c.reason
	if len(reason) > closeReasonBytes {
		reason = strings.ToValidUTF8(reason[:closeReasonBytes], "")
	}
	_ = s.conn.Close(c.code, reason)
}

// wait ends the rest of the socket and returns when all its goroutines have ended.
func (s *socket) wait() {
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.cancel()
	s.background.Wait()
	_ = s.conn.CloseNow()
	if s.release != nil {
		s.release()
	}
}
