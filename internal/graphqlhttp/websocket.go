package graphqlhttp

import (
	"context"
	"encoding/base64"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"possync/internal/fault"
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
	closeReasonBytes                         = 123      // the space in a close frame
	messageOverhead     int64                = 1024     // of a subscribe message around its payload
	arrivalBytes        int64                = 16 << 10 // of a message before the sign-in, which needs no more than a token
	unansweredPings                          = 2        // after which the client counts as gone
	lingeringOperations                      = 2        // operations that may still be ending, for each that may run
)

func isUpgrade(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// serveWebSocket opens a WebSocket, which lives on when the request is over.
func (h *Handler) serveWebSocket(w http.ResponseWriter, r *http.Request) {
	out := httpResponse{handler: h, w: w, media: mediaJSON}
	if !h.originAllowed(r) {
		h.options.Logger.LogAttrs(r.Context(), slog.LevelWarn, "a page of another origin was refused",
			fault.Security("origin"), slog.String("requestId", RequestID(r.Context())), slog.String("origin", r.Header.Get("Origin")))
		out.bad(r.Context(), newBadRequest(http.StatusForbidden, CodeForbidden, "Pages of this origin may not connect."))
		return
	}
	if bad := checkUpgrade(r); bad != nil {
		w.Header().Set("Sec-WebSocket-Version", socketVersion)
		out.bad(r.Context(), bad)
		return
	}
	arrived, ok := h.streams.occupy(arrivalsFrom+addressOf(r), h.limits.Arrivals)
	if !ok {
		w.Header().Set("Retry-After", "1")
		out.bad(r.Context(), newBadRequest(http.StatusTooManyRequests, CodeThrottled, "Too many connections from this address are not signed in yet."))
		return
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	s := &socket{handler: h, cancel: cancel, header: r.Header, arrived: sync.OnceFunc(arrived), mu: make(gate, 1), operations: make(map[string]*running)}
	end, ok := h.streams.begin(cancel, s.restart)
	if !ok {
		cancel()
		s.arrived()
		w.Header().Set("Retry-After", "1")
		out.bad(r.Context(), newBadRequest(http.StatusServiceUnavailable, CodeThrottled, "The server is restarting. Connect again."))
		return
	}
	conn, err := websocket.Accept(slimHijacker{w}, r, &websocket.AcceptOptions{
		Subprotocols:       []string{subprotocol},
		InsecureSkipVerify: true, // the origin was checked already, with our own response
	})
	if err != nil { // Accept has responded: the connection cannot be taken over
		cancel()
		s.timers.stop()
		s.arrived()
		end()
		return
	}
	s.conn = conn
	// A goroutine of its own has a small stack, and the request's memory is free. Shutdown waits for it.
	go func() {
		defer end()
		s.serve(ctx)
	}()
}

// arrivalsFrom keeps addresses apart from principals.
const arrivalsFrom = "\x00arrivals from "

// socketVersion is the only version of the WebSocket protocol.
const socketVersion = "13"

// checkUpgrade returns why a request cannot open a WebSocket (RFC 6455, section 4.2.1), or nil.
func checkUpgrade(r *http.Request) *badRequest {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(r.Header.Get("Sec-WebSocket-Key")))
	switch {
	case !r.ProtoAtLeast(1, 1) || !slices.ContainsFunc(r.Header.Values("Connection"), hasUpgrade):
		return newBadRequest(http.StatusUpgradeRequired, CodeBadUserInput, "A WebSocket needs HTTP/1.1 and the header Connection: Upgrade.")
	case r.Header.Get("Sec-WebSocket-Version") != socketVersion:
		return newBadRequest(http.StatusBadRequest, CodeBadUserInput, "A WebSocket needs the header Sec-WebSocket-Version: "+socketVersion+".")
	case err != nil || len(key) != 16 || len(r.Header.Values("Sec-WebSocket-Key")) != 1:
		return newBadRequest(http.StatusBadRequest, CodeBadUserInput, "A WebSocket needs one header Sec-WebSocket-Key of 16 bytes in base64.")
	}
	return nil
}

func hasUpgrade(list string) bool {
	return slices.ContainsFunc(strings.Split(list, ","), func(option string) bool { return strings.EqualFold(strings.TrimSpace(option), "upgrade") })
}

// serve serves the WebSocket until it closes.
func (s *socket) serve(ctx context.Context) {
	defer s.wait()
	defer func() {
		if v := recover(); v != nil {
			_ = s.handler.recovered(ctx, v)
		}
	}()
	if s.conn.Subprotocol() != subprotocol {
		_ = s.conn.Close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	s.conn.SetReadLimit(min(arrivalBytes, s.messageBytes()))
	s.watch(ctx)
	s.read(ctx)
}

// messageBytes is how long a message may be from the sign-in on.
func (s *socket) messageBytes() int64 { return s.handler.limits.BodyBytes + messageOverhead }

// originAllowed reports whether a page may connect: its origin is the server's own or an allowed one. Programs that are not
// browsers send none.
func (h *Handler) originAllowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) && h.isHost(u.Host) {
		return true
	}
	return slices.ContainsFunc(h.options.AllowedOrigins, func(allowed string) bool { return strings.EqualFold(allowed, origin) })
}

// isHost reports whether the server is reached at a host.
func (h *Handler) isHost(host string) bool {
	return h.options.Hosts == nil || slices.ContainsFunc(h.options.Hosts, func(own string) bool { return strings.EqualFold(own, host) })
}

// addressOf returns the network address that a request comes from, without its port.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// socket is one WebSocket. Its mutex is held while writing, so that an operation's state and what was sent about it always
// agree. So while a client does not read, its messages are not read either, until WriteTimeout ends the connection.
type socket struct {
	handler    *Handler
	conn       *websocket.Conn
	cancel     context.CancelFunc
	header     http.Header // of the upgrade
	timers     timers
	background sync.WaitGroup
	release    func() // frees the place among the principal's streams
	arrived    func() // frees the place among those who have not signed in

	mu         gate
	opened     bool // it can be closed by the protocol
	restarting bool // it must be, because the server stops
	initiated  bool // connection_init was received
	acked      bool
	signedIn   context.Context // the caller's; nil before that
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
type running struct {
	socket *socket
	id     string
	ctx    context.Context // of the socket: it outlives the operation, whose last message must go out
	cancel context.CancelFunc
}

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

// watch closes the socket when connection_init is late, and pings the client.
func (s *socket) watch(ctx context.Context) {
	limits := s.handler.limits
	s.timers.after(limits.InitTimeout, func() {
		if !s.isInitiated() {
			s.close(closure{closeInitTimeout, "Connection initialisation timeout"})
		}
	})
	unanswered := 0
	var ping func()
	ping = func() {
		if s.ping(ctx, &unanswered); unanswered > unansweredPings {
			s.cancel()
			return
		}
		if signedIn := s.signedInContext(); signedIn != nil && !s.handler.accepted(signedIn) {
			s.close(closure{closeForbidden, "Forbidden: " + revoked})
			return
		}
		s.timers.after(limits.PingInterval, ping)
	}
	s.timers.after(limits.PingInterval, ping)
	s.mu.Lock()
	s.opened = true
	restarting := s.restarting
	s.mu.Unlock()
	if restarting {
		s.restart()
	}
}

// expire closes the socket when the token ends; zero = never.
func (s *socket) expire(end time.Time) {
	if !end.IsZero() {
		s.timers.after(time.Until(end), func() { s.close(closure{closeForbidden, "Forbidden: the token has expired"}) })
	}
}

// restart closes the socket because the server stops. It does not wait for that, since the client may take its time.
func (s *socket) restart() {
	s.timers.after(0, func() {
		s.mu.Lock()
		s.restarting = true
		opened := s.opened
		s.mu.Unlock()
		if opened {
			s.close(closure{websocket.StatusGoingAway, "the server is restarting"})
		}
	})
}

func (s *socket) isInitiated() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.initiated
}

// signedInContext returns the caller's context, or nil before there is one.
func (s *socket) signedInContext() context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signedIn
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
	s.timers.stop()
	s.background.Wait()
	_ = s.conn.CloseNow()
	s.arrived()
	if s.release != nil {
		s.release()
	}
}
