package graphqlhttp_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// frame is a message of the server.
type frame struct {
	ID      string
	Type    string
	Payload json.RawMessage
}

// wsClient speaks in raw frames.
type wsClient struct {
	t      *testing.T
	conn   *websocket.Conn
	frames chan frame
	closed chan websocket.CloseError
}

// dial connects with the subprotocol and takes every frame off the wire.
func (r *rig) dial(t *testing.T, header http.Header, subprotocols ...string) *wsClient {
	t.Helper()
	c := r.dialDeaf(t, header, subprotocols...)
	go func() {
		for {
			_, text, err := c.conn.Read(t.Context())
			if err != nil {
				var ce websocket.CloseError
				errors.As(err, &ce)
				c.closed <- ce
				return
			}
			var f frame
			if err := json.Unmarshal(text, &f); err != nil {
				t.Errorf("the server sent %q: %v", text, err)
			}
			c.frames <- f
		}
	}()
	return c
}

// dialDeaf connects and reads nothing.
func (r *rig) dialDeaf(t *testing.T, header http.Header, subprotocols ...string) *wsClient {
	t.Helper()
	if subprotocols == nil {
		subprotocols = []string{"graphql-transport-ws"}
	}
	conn, _, err := websocket.Dial(t.Context(), "ws://shop.test/graphql", &websocket.DialOptions{HTTPClient: r.client, HTTPHeader: header, Subprotocols: subprotocols})
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &wsClient{t: t, conn: conn, frames: make(chan frame, 1000), closed: make(chan websocket.CloseError, 1)}
}

// connect dials and signs in.
func (r *rig) connect(t *testing.T) *wsClient {
	t.Helper()
	c := r.dial(t, nil)
	c.say(initMessage)
	c.hear("connection_ack", "")
	return c
}

const initMessage = `{"type":"connection_init","payload":{"Authorization":"Bearer ` + token + `"}}`

func (c *wsClient) say(text string) {
	c.t.Helper()
	if err := c.conn.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatalf("write %s: %v", text, err)
	}
}

func (c *wsClient) subscribe(id, query string) {
	c.t.Helper()
	c.say(`{"id":"` + id + `","type":"subscribe","payload":` + request(query, nil) + `}`)
}

// hear takes the next frame, which must be of the kind and the id.
func (c *wsClient) hear(kind, id string) frame {
	c.t.Helper()
	select {
	case f := <-c.frames:
		if f.Type != kind || f.ID != id {
			c.t.Fatalf("heard %s %q %s, want %s %q", f.Type, f.ID, f.Payload, kind, id)
		}
		return f
	case ce := <-c.closed:
		c.t.Fatalf("closed with %v, want %s %q", ce, kind, id)
	case <-time.After(time.Hour):
		c.t.Fatalf("heard nothing, want %s %q", kind, id)
	}
	panic("unreachable")
}

// silence checks that nothing more comes of what has happened so far.
func (c *wsClient) silence() {
	c.t.Helper()
	synctest.Wait()
	select {
	case f := <-c.frames:
		c.t.Errorf("heard %s %q %s, want nothing", f.Type, f.ID, f.Payload)
	case ce := <-c.closed:
		c.t.Errorf("closed with %v, want an open socket", ce)
	default:
	}
}

// end takes the close frame, before which nothing may come.
func (c *wsClient) end(code websocket.StatusCode) websocket.CloseError {
	c.t.Helper()
	select {
	case f := <-c.frames:
		c.t.Fatalf("heard %s %q %s, want the socket closed with %d", f.Type, f.ID, f.Payload, code)
	case ce := <-c.closed:
		if ce.Code != code {
			c.t.Fatalf("closed with %v, want %d", ce, code)
		}
		return ce
	case <-time.After(time.Hour):
		c.t.Fatalf("still open, want it closed with %d", code)
	}
	panic("unreachable")
}

// code returns the code of the first error of an error frame's payload.
func (f frame) code(t *testing.T) string {
	t.Helper()
	var errs []struct {
		Extensions struct{ Code, RequestID string }
	}
	if err := json.Unmarshal(f.Payload, &errs); err != nil || len(errs) == 0 {
		t.Fatalf("payload %s, want a list of errors", f.Payload)
	}
	if errs[0].Extensions.RequestID == "" {
		t.Errorf("an error without a request id: %s", f.Payload)
	}
	return errs[0].Extensions.Code
}

// data answers the data of a next frame's payload.
func (f frame) data(t *testing.T) string {
	t.Helper()
	var r struct{ Data json.RawMessage }
	if err := json.Unmarshal(f.Payload, &r); err != nil {
		t.Fatalf("payload %s: %v", f.Payload, err)
	}
	return string(r.Data)
}
