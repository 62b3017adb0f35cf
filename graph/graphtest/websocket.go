package graphtest

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// Message is a frame of graphql-transport-ws.
type Message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// OverWebSocket sends an operation over a WebSocket and returns the messages that answer it, until it is complete.
func (c Caller) OverWebSocket(query string, variables map[string]any) []Message {
	c.t.Helper()
	server := httptest.NewServer(c.api.Handler)
	defer server.Close()
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	address := "ws" + strings.TrimPrefix(server.URL, "http")
	conn, _, err := websocket.Dial(ctx, address, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = conn.CloseNow() }()
	say := func(m Message) {
		c.t.Helper()
		if err := wsjson.Write(ctx, conn, m); err != nil {
			c.t.Fatal(err)
		}
	}
	auth, err := json.Marshal(map[string]string{"Authorization": "Bearer " + c.token})
	if err != nil {
		c.t.Fatal(err)
	}
	say(Message{Type: "connection_init", Payload: auth})
	say(Message{ID: "1", Type: "subscribe", Payload: request(c.t, query, variables)})
	var answers []Message
	for {
		var m Message
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			c.t.Fatalf("after %v: %v", answers, err)
		}
		if m.ID == "1" {
			answers = append(answers, m)
		}
		if m.ID == "1" && m.Type != "next" {
			_ = conn.Close(websocket.StatusNormalClosure, "")
			return answers
		}
	}
}
