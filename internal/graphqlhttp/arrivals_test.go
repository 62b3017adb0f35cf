package graphqlhttp_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/coder/websocket"

	"possync/internal/graphqlhttp"
)

// A page whose own name leads to this server is none of the server's pages.
func TestWebSocketOfAnotherHost(t *testing.T) {
	for own, want := range map[string]int{"shop.test": 0, "SHOP.test": 0, "possync.example": 403} {
		drive(t, func(t *testing.T, r *rig) {
			status := r.dialStatus(t, http.Header{"Origin": {"http://shop.test"}}) // the address that the client connects to
			if status != want {
				t.Errorf("a page of shop.test, while the server is %s: %d, want %d", own, status, want)
			}
			if status := r.dialStatus(t, nil); status != 0 {
				t.Errorf("a program: %d", status)
			}
		}, func(o *graphqlhttp.Options) { o.Hosts = []string{own} })
	}
}

// dialStatus returns the status by which a WebSocket was refused, or 0.
func (r *rig) dialStatus(t *testing.T, header http.Header) int {
	t.Helper()
	conn, response, err := websocket.Dial(t.Context(), "ws://shop.test/graphql", &websocket.DialOptions{HTTPClient: r.client, HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return response.StatusCode
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return 0
}

// Whoever has not signed in cannot send much: what a message becomes when it is decoded is many times as long.
func TestMessagesBeforeTheSignInAreShort(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		long := strings.Repeat("x", 20<<10)
		early := r.dial(t, nil)
		// The server may close while the message is still being written.
		_ = early.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"connection_init","payload":{"x":"`+long+`"}}`))
		early.end(websocket.StatusMessageTooBig)
		c := r.connect(t)
		c.say(`{"type":"ping","payload":{"x":"` + long + `"}}`)
		c.hear("pong", "")
	})
}

// Connections from one address that have not signed in are bounded. Who signs in, leaves or is late makes room.
func TestArrivals(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		first, second := r.dial(t, nil), r.dial(t, nil)
		if status := r.dialStatus(t, nil); status != http.StatusTooManyRequests {
			t.Errorf("a third: %d", status)
		}
		first.say(initMessage)
		first.hear("connection_ack", "")
		third := r.dial(t, nil)
		if status := r.dialStatus(t, nil); status != http.StatusTooManyRequests {
			t.Errorf("a fourth: %d", status)
		}
		_ = second.conn.CloseNow()
		<-third.closed // connection_init was late
		synctest.Wait()
		r.connect(t)
		r.connect(t)
	}, func(o *graphqlhttp.Options) { o.Limits.Arrivals = 2 })
}
