package graphqlhttp_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"possync/internal/graphqlhttp"
)

// The names of these tests are the sentences of PROTOCOL.md they hold.

func TestWebSocketSubprotocolIsDemanded(t *testing.T) {
	for name, offered := range map[string][]string{"legacy": {"graphql-ws"}, "none": {}} {
		t.Run(name, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) { r.dial(t, nil, offered...).end(4406) })
		})
	}
}

func TestWebSocketInvalidMessageClosesWith4400(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":                      `{"type":`,
		"empty":                         ``,
		"null":                          `null`,
		"array":                         `[{"type":"ping"}]`,
		"no type":                       `{"id":"1"}`,
		"type is a number":              `{"type":1}`,
		"unknown type":                  `{"type":"start","id":"1"}`,
		"a server's type":               `{"type":"next","id":"1","payload":{}}`,
		"init with a list":              `{"type":"connection_init","payload":[]}`,
		"ping with a string":            `{"type":"ping","payload":"x"}`,
		"pong with a string":            `{"type":"pong","payload":"x"}`,
		"subscribe without id":          `{"type":"subscribe","payload":{"query":"{ who }"}}`,
		"subscribe with empty id":       `{"type":"subscribe","id":"","payload":{"query":"{ who }"}}`,
		"subscribe with a number":       `{"type":"subscribe","id":1,"payload":{"query":"{ who }"}}`,
		"subscribe with a long id":      `{"type":"subscribe","id":"` + strings.Repeat("é", 200) + `","payload":{"query":"{ who }"}}`,
		"subscribe without payload":     `{"type":"subscribe","id":"1"}`,
		"subscribe without query":       `{"type":"subscribe","id":"1","payload":{}}`,
		"subscribe with query null":     `{"type":"subscribe","id":"1","payload":{"query":null}}`,
		"subscribe with a batch":        `{"type":"subscribe","id":"1","payload":[{"query":"{ who }"}]}`,
		"subscribe with bad operation":  `{"type":"subscribe","id":"1","payload":{"query":"{ who }","operationName":1}}`,
		"subscribe with bad variables":  `{"type":"subscribe","id":"1","payload":{"query":"{ who }","variables":[]}}`,
		"subscribe with bad extensions": `{"type":"subscribe","id":"1","payload":{"query":"{ who }","extensions":"x"}}`,
		"complete without id":           `{"type":"complete"}`,
	} {
		t.Run(name, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) {
				before := r.dial(t, nil)
				before.say(text)
				before.end(4400)
				if strings.Contains(text, "connection_init") {
					return
				}
				after := r.connect(t)
				after.say(text)
				after.end(4400)
			})
		})
	}
	t.Run("binary", func(t *testing.T) {
		drive(t, func(t *testing.T, r *rig) {
			c := r.dial(t, nil)
			if err := c.conn.Write(t.Context(), websocket.MessageBinary, []byte(initMessage)); err != nil {
				t.Fatal(err)
			}
			c.end(4400)
		})
	})
}

func TestWebSocketSubscribeBeforeAckClosesWith4401(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.dial(t, nil)
		c.subscribe("1", "{ who }")
		if got := c.end(4401); got.Reason != "Unauthorized" {
			t.Errorf("reason %q", got.Reason)
		}
	})
}

func TestWebSocketRefusedCredentialsCloseWith4403(t *testing.T) {
	for name, text := range map[string]string{
		"no payload":         `{"type":"connection_init"}`,
		"null":               `{"type":"connection_init","payload":null}`,
		"no token":           `{"type":"connection_init","payload":{}}`,
		"bad token":          `{"type":"connection_init","payload":{"Authorization":"Bearer nonsense"}}`,
		"no scheme":          `{"type":"connection_init","payload":{"Authorization":"` + token + `"}}`,
		"token is no string": `{"type":"connection_init","payload":{"Authorization":{"Bearer":1}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) {
				c := r.dial(t, nil)
				c.say(text)
				if got := c.end(4403); got.Reason != "Forbidden" {
					t.Errorf("reason %q", got.Reason)
				}
			})
		})
	}
}

func TestWebSocketTakesTheTokenFromEitherPlace(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		lower := r.dial(t, nil)
		lower.say(`{"type":"connection_init","payload":{"authorization":"bearer bob.secret"}}`)
		lower.hear("connection_ack", "")
		lower.subscribe("1", "{ who }")
		if got := lower.hear("next", "1").data(t); got != `{"who":"bob"}` {
			t.Errorf("data %s", got)
		}
		header := r.dial(t, http.Header{"Authorization": {"Bearer eve.secret"}})
		header.say(`{"type":"connection_init"}`)
		header.hear("connection_ack", "")
	})
}

func TestWebSocketInitTimeoutClosesWith4408(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		start := time.Now()
		c := r.dial(t, nil)
		c.say(`{"type":"ping"}`) // is no initialisation
		c.hear("pong", "")
		if got := c.end(4408); got.Reason != "Connection initialisation timeout" {
			t.Errorf("reason %q", got.Reason)
		}
		if waited := time.Since(start); waited != 5*time.Second {
			t.Errorf("closed after %v, want 5s", waited)
		}
	})
}

func TestWebSocketIDInUseClosesWith4409(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("a", "subscription { feed }")
		c.subscribe("a", "{ who }")
		if got := c.end(4409); got.Reason != "Subscriber for a already exists" {
			t.Errorf("reason %q", got.Reason)
		}
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	})
}

func TestWebSocketLongIDIsCutInTheReason(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		id := strings.Repeat("é", 120)
		c.subscribe(id, "subscription { feed }")
		c.subscribe(id, "subscription { feed }")
		c.end(4409)
	})
}

func TestWebSocketSecondInitClosesWith4429(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.say(initMessage)
		if got := c.end(4429); got.Reason != "Too many initialisation requests" {
			t.Errorf("reason %q", got.Reason)
		}
	})
}

func TestWebSocketPingIsAnsweredAtAnyTime(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.dial(t, nil)
		c.say(`{"type":"ping"}`)
		if f := c.hear("pong", ""); f.Payload != nil {
			t.Errorf("payload %s of a pong, want none", f.Payload)
		}
		c.say(`{"type":"pong"}`)
		c.say(`{"type":"ping","payload":{"n":1}}`)
		if f := c.hear("pong", ""); string(f.Payload) != `{"n":1}` {
			t.Errorf("payload %s of a pong", f.Payload)
		}
		c.say(initMessage)
		c.hear("connection_ack", "")
		c.say(`{"type":"ping","payload":null}`)
		c.hear("pong", "")
		c.say(`{"type":"pong","payload":{"unsolicited":true}}`)
		c.silence()
	})
}

func TestWebSocketOperationsEndWithOneComplete(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("q", "{ who }")
		if f := c.hear("next", "q"); f.data(t) != `{"who":"ann"}` || !strings.Contains(string(f.Payload), `"cost":{"requested":1,`) {
			t.Errorf("payload %s", f.Payload)
		}
		c.hear("complete", "q")
		c.subscribe("m", `mutation { importItems(input: {items: [{name: "bell"}]}) { results { name } } }`)
		if got := c.hear("next", "m").data(t); got != `{"importItems":{"results":[{"name":"bell"}]}}` {
			t.Errorf("data %s", got)
		}
		c.hear("complete", "m")
		c.subscribe("s", "subscription { ticks(to: 3) }")
		for _, want := range []string{`{"ticks":1}`, `{"ticks":2}`, `{"ticks":3}`} {
			if got := c.hear("next", "s").data(t); got != want {
				t.Errorf("data %s, want %s", got, want)
			}
		}
		c.hear("complete", "s")
		c.silence()
		c.subscribe("s", "{ who }") // the id is free again
		c.hear("next", "s")
		c.hear("complete", "s")
		c.silence()
	})
}

func TestWebSocketErrorEndsTheOperationWithoutComplete(t *testing.T) {
	tests := []struct{ name, query, code string }{
		{"syntax", "{", "BAD_USER_INPUT"},
		{"empty", "", "BAD_USER_INPUT"},
		{"validation", "{ nothing }", "BAD_USER_INPUT"},
		{"coercion", "query($id: ID!) { item(id: $id) { id } }", "BAD_USER_INPUT"},
		{"cost", "{ items(first: 100) { nodes { related(first: 100) { nodes { id name } } } } }", "COMPLEXITY_LIMIT"},
		{"defer", "{ ... @defer { who } }", "BAD_USER_INPUT"},
		{"a subscription that fails to start", "subscription { refused }", "INTERNAL"},
		{"a subscription that panics", "subscription { panics }", "INTERNAL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) {
				c := r.connect(t)
				c.subscribe("1", tt.query)
				f := c.hear("error", "1")
				if got := f.code(t); got != tt.code {
					t.Errorf("code %s, want %s", got, tt.code)
				}
				if strings.Contains(string(f.Payload), "hunter2") {
					t.Errorf("the server's own text left it: %s", f.Payload)
				}
				c.silence()
				c.subscribe("1", "{ who }")
				c.hear("next", "1")
				c.hear("complete", "1")
			})
		})
	}
}

func TestWebSocketTooManyValuesAreAnErrorOfTheOperation(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.say(`{"id":"1","type":"subscribe","payload":{"query":"{ who }","variables":{"a":[` + strings.Repeat("1,", 20_000) + `1]}}}`)
		if got := c.hear("error", "1").code(t); got != "COMPLEXITY_LIMIT" {
			t.Errorf("code %s", got)
		}
		c.silence()
	})
}

func TestWebSocketErrorsOfFieldsAreResults(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("1", "{ who fail(as: PLAIN) }")
		f := c.hear("next", "1")
		if f.data(t) != `{"who":"ann","fail":null}` || !strings.Contains(string(f.Payload), `"INTERNAL"`) || strings.Contains(string(f.Payload), "hunter2") {
			t.Errorf("payload %s", f.Payload)
		}
		c.hear("complete", "1")
		c.subscribe("2", "{ failHard }")
		if got := c.hear("next", "2").data(t); got != "null" {
			t.Errorf("data %s, want null", got)
		}
		c.hear("complete", "2")
	})
}

func TestWebSocketNothingFollowsTheClientsComplete(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("1", "subscription { feed }")
		r.resolver.Numbers <- 7
		c.hear("next", "1")
		c.say(`{"type":"complete","id":"1"}`)
		c.silence()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
		c.say(`{"type":"complete","id":"1"}`) // known no more
		c.say(`{"type":"complete","id":"never known"}`)
		c.silence()
		// Of a query too.
		c.subscribe("2", "{ slow }")
		synctest.Wait()
		c.say(`{"type":"complete","id":"2"}`)
		c.silence()
		c.subscribe("1", "{ who }")
		c.hear("next", "1")
		c.hear("complete", "1")
	})
}

func TestWebSocketOperationsInterleave(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("feed", "subscription { feed }")
		c.subscribe("who", "{ who }")
		c.hear("next", "who")
		c.hear("complete", "who")
		r.resolver.Numbers <- 1
		c.hear("next", "feed")
		close(r.resolver.Numbers)
		c.hear("complete", "feed")
		c.silence()
	})
}

func TestWebSocketQueryThatTakesTooLong(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		start := time.Now()
		c.subscribe("1", "{ slow }")
		f := c.hear("next", "1")
		if !strings.Contains(string(f.Payload), `"TIMEOUT"`) || f.data(t) != `{"slow":null}` {
			t.Errorf("payload %s", f.Payload)
		}
		if waited := time.Since(start); waited != 10*time.Second {
			t.Errorf("given up after %v, want 10s", waited)
		}
		c.hear("complete", "1")
	})
}

func TestWebSocketEndsWithTheToken(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		start := time.Now()
		c := r.connect(t)
		c.subscribe("1", "subscription { feed }")
		for range 2 {
			c.hear("ping", "")
			c.say(`{"type":"pong"}`)
		}
		c.end(4403)
		if lived := time.Since(start); lived != 50*time.Second {
			t.Errorf("lived %v, want 50s", lived)
		}
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	}, expiring(50*time.Second))
}

func TestWebSocketExpiredTokenIsRefused(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.dial(t, nil)
		c.say(initMessage)
		c.end(4403)
	}, expiring(0))
}

// expiring gives every token the same time to live.
func expiring(after time.Duration) func(*graphqlhttp.Options) {
	return func(o *graphqlhttp.Options) {
		o.Authenticate = func(ctx context.Context, tok string) (context.Context, time.Time, error) {
			ctx, _, err := authenticate(ctx, tok)
			return ctx, time.Now().Add(after), err
		}
	}
}

func TestWebSocketLimits(t *testing.T) {
	limits := func(o *graphqlhttp.Options) {
		o.Limits.OperationsPerConn = 2
		o.Limits.Streams = 1
		o.Limits.BodyBytes = 4 << 10
	}
	t.Run("operations", func(t *testing.T) {
		drive(t, func(t *testing.T, r *rig) {
			c := r.connect(t)
			c.subscribe("1", "subscription { feed }")
			c.subscribe("2", "subscription { feed }")
			c.subscribe("3", "subscription { feed }")
			if got := c.hear("error", "3").code(t); got != "THROTTLED" {
				t.Errorf("code %s", got)
			}
			c.silence()
			c.say(`{"type":"complete","id":"1"}`)
			synctest.Wait()
			c.subscribe("3", "{ who }")
			c.hear("next", "3")
			c.hear("complete", "3")
		}, limits)
	})
	t.Run("streams of one principal", func(t *testing.T) {
		drive(t, func(t *testing.T, r *rig) {
			first := r.connect(t)
			second := r.dial(t, nil)
			second.say(initMessage)
			second.end(websocket.StatusTryAgainLater)
			other := r.dial(t, nil)
			other.say(`{"type":"connection_init","payload":{"Authorization":"Bearer bob.secret"}}`)
			other.hear("connection_ack", "")
			if events := r.open(t, "subscription { feed }"); events.response.StatusCode != http.StatusTooManyRequests {
				t.Errorf("an event stream beside it: %s", events.response.Status)
			}
			if err := first.conn.Close(websocket.StatusNormalClosure, ""); err != nil {
				t.Errorf("close: %v", err)
			}
			synctest.Wait()
			r.connect(t)
		}, limits)
	})
	t.Run("message size", func(t *testing.T) {
		drive(t, func(t *testing.T, r *rig) {
			c := r.connect(t)
			// The server may close while the message is still being written.
			_ = c.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"ping","payload":{"x":"`+strings.Repeat("x", 6<<10)+`"}}`))
			c.end(websocket.StatusMessageTooBig)
		}, limits)
	})
}

func TestWebSocketPeerThatIsGoneIsDropped(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("1", "subscription { feed }")
		start := time.Now()
		for range 10 { // an answer keeps it alive
			c.hear("ping", "")
			c.say(`{"type":"pong"}`)
		}
		if lived := time.Since(start); lived != 200*time.Second {
			t.Errorf("10 pings in %v, want 200s", lived)
		}
		for range 3 {
			c.hear("ping", "")
		}
		c.end(0) // without a close frame: nobody would answer it
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	})
}

func TestWebSocketClientThatDoesNotReadIsGivenUp(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.dialDeaf(t, nil)
		c.say(initMessage)
		if _, _, err := c.conn.Read(t.Context()); err != nil { // the acknowledgement
			t.Fatal(err)
		}
		c.subscribe("1", "subscription { feed }")
		r.resolver.Numbers <- 1
		start := time.Now()
		synctest.Wait()
		if n := r.ended.Load(); n != 0 {
			t.Fatal("given up at once")
		}
		time.Sleep(11 * time.Second)
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("still served after %v", time.Since(start))
		}
	})
}

func TestWebSocketShutdown(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.connect(t)
		c.subscribe("1", "subscription { feed }")
		synctest.Wait()
		if err := r.handler.Shutdown(t.Context()); err != nil {
			t.Errorf("shut down: %v", err)
		}
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
		c.end(websocket.StatusGoingAway)
		_, response, err := websocket.Dial(t.Context(), "ws://shop.test/graphql", &websocket.DialOptions{HTTPClient: r.client, Subprotocols: []string{"graphql-transport-ws"}})
		if err == nil || response == nil || response.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("connecting to a stopping server: %v, %v", response, err)
		}
	})
}

func TestWebSocketShutdownCutsWhoDoesNotAnswer(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		c := r.dialDeaf(t, nil) // never answers the close frame
		c.say(initMessage)
		if _, _, err := c.conn.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.subscribe("1", "subscription { feed }")
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := r.handler.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("shut down: %v, want a deadline exceeded", err)
		}
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	})
}

func TestWebSocketOrigin(t *testing.T) {
	allow := func(o *graphqlhttp.Options) { o.AllowedOrigins = []string{"https://manager.example"} }
	for origin, want := range map[string]int{
		"":                                0,
		"http://shop.test":                0,
		"https://SHOP.test":               0,
		"https://manager.example":         0,
		"http://manager.example":          403,
		"https://evil.example":            403,
		"https://shop.test.evil.example":  403,
		"null":                            403,
		"https://manager.example:8443":    403,
		"https://evil.manager.example":    403,
		"javascript:alert(1)":             403,
		"https://evil.example/#shop.test": 403,
	} {
		t.Run(origin, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) {
				header := http.Header{}
				if origin != "" {
					header.Set("Origin", origin)
				}
				conn, response, err := websocket.Dial(t.Context(), "ws://shop.test/graphql", &websocket.DialOptions{HTTPClient: r.client, HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"}})
				if want == 0 {
					if err != nil {
						t.Fatalf("refused: %v", err)
					}
					_ = conn.CloseNow()
					return
				}
				if err == nil || response.StatusCode != want {
					t.Errorf("answered %v, %v; want %d", response, err, want)
				}
			}, allow)
		})
	}
}
