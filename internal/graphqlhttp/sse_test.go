package graphqlhttp_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/graphqlhttp"
)

// eventStream is an open response whose events come one by one: "next {...}", "complete", ": comment".
type eventStream struct {
	t        *testing.T
	response *http.Response
	cancel   context.CancelFunc
	events   chan string
}

// open asks for an event stream.
func (r *rig) open(t *testing.T, query string, headers ...string) *eventStream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://shop.test/graphql", strings.NewReader(request(query, nil)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	response, err := r.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	s := &eventStream{t: t, response: response, cancel: cancel, events: make(chan string, 1000)}
	go func() {
		defer close(s.events)
		defer func() { _ = response.Body.Close() }()
		lines := bufio.NewScanner(response.Body)
		var event []string
		for lines.Scan() {
			line := lines.Text()
			if line != "" {
				event = append(event, strings.TrimPrefix(strings.TrimPrefix(line, "event: "), "data: "))
				continue
			}
			s.events <- strings.Join(event, " ")
			event = nil
		}
	}()
	t.Cleanup(cancel)
	return s
}

// hear takes the next event, which must begin like this.
func (s *eventStream) hear(begin string) string {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if !ok {
			e = "the end of the stream"
		}
		if !strings.HasPrefix(e, begin) {
			s.t.Fatalf("heard %q, want %q", e, begin)
		}
		return e
	case <-time.After(time.Hour):
		s.t.Fatalf("heard nothing, want %q", begin)
	}
	panic("unreachable")
}

// end waits for the end of the stream, before which nothing may come.
func (s *eventStream) end() {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if ok {
			s.t.Fatalf("heard %q, want the end of the stream", e)
		}
	case <-time.After(time.Hour):
		s.t.Fatal("the stream does not end")
	}
}

func TestEventsOfASubscription(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		s := r.open(t, "subscription { ticks(to: 2) }")
		if s.response.StatusCode != 200 || s.response.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
			t.Errorf("answered %s %s", s.response.Status, s.response.Header)
		}
		s.hear(":")
		s.hear(`next {"data":{"ticks":1},"extensions":{"cost":{`)
		s.hear(`next {"data":{"ticks":2}`)
		s.hear("complete data:") // browsers drop an event without a data field
		s.end()
	})
}

func TestEventsOfOtherOperations(t *testing.T) {
	for query, want := range map[string]string{
		"{ who }":                       `next {"data":{"who":"ann"}`,
		"mutation { __typename }":       `next {"data":{"__typename":"Mutation"}`,
		"{ fail(as: PLAIN) }":           `next {"errors":[{"message":"internal error","path":["fail"]`,
		"{":                             `next {"errors":[{"message":"Expected Name`,
		"{ nothing }":                   `next {"errors":[{"message":"Cannot query field`,
		"subscription { refused }":      `next {"errors":[{"message":"internal error"`,
		"subscription { panics }":       `next {"errors":[{"message":"internal error"`,
		"{ slow }":                      `next {"errors":[{"message":"The operation took too long`,
		"query($a: Int!) { hello }":     `next {"errors":[{"message":"Variable \"$a\" is never used`,
		"subscription { ticks(to: 0) }": "complete",
	} {
		t.Run(query, func(t *testing.T) {
			drive(t, func(t *testing.T, r *rig) {
				s := r.open(t, query)
				s.hear(":")
				e := s.hear(want)
				if strings.Contains(e, "hunter2") {
					t.Errorf("the server's own text left it: %s", e)
				}
				if !strings.HasPrefix(e, "complete") {
					s.hear("complete")
				}
				s.end()
			})
		})
	}
}

func TestEventsOnlyWhereTheyAreLiked(t *testing.T) {
	// What urql sends: anything will do.
	const any = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
	drive(t, func(t *testing.T, r *rig) {
		query := r.open(t, "{ who }", "Accept", any)
		if got := query.response.Header.Get("Content-Type"); got != acceptResponse+"; charset=utf-8" {
			t.Errorf("a query is answered as %s", got)
		}
		subscription := r.open(t, "subscription { ticks(to: 0) }", "Accept", any)
		if got := subscription.response.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
			t.Errorf("a subscription is answered as %s", got)
		}
		subscription.hear(":")
		subscription.hear("complete")
		unsigned := r.open(t, "subscription { feed }", "Authorization", "")
		if unsigned.response.StatusCode != 401 {
			t.Errorf("without a token: %s", unsigned.response.Status)
		}
	})
}

func TestEventsHeartbeatOutlivesTheServersTimeouts(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		s := r.open(t, "subscription { feed }")
		s.hear(":")
		start := time.Now()
		for range 9 {
			s.hear(":")
		}
		if waited := time.Since(start); waited != 3*time.Minute {
			t.Errorf("9 heartbeats in %v, want 3m", waited)
		}
		r.resolver.Numbers <- 5
		s.hear(`next {"data":{"feed":5}`)
		s.cancel() // the client goes
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	})
}

func TestEventsEndWithTheToken(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		start := time.Now()
		s := r.open(t, "subscription { feed }")
		s.hear(":")
		e := s.hear(`next {"errors":[`)
		if !strings.Contains(e, `"UNAUTHENTICATED"`) || !strings.Contains(e, `"requestId"`) {
			t.Errorf("event %s", e)
		}
		s.hear("complete")
		s.end()
		if lived := time.Since(start); lived != 15*time.Second {
			t.Errorf("lived %v, want 15s", lived)
		}
		synctest.Wait()
		if n := r.ended.Load(); n != 1 {
			t.Errorf("%d feeds ended, want 1", n)
		}
	}, expiring(15*time.Second))
}

func TestEventsShutdown(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		s := r.open(t, "subscription { feed }")
		s.hear(":")
		if err := r.handler.Shutdown(t.Context()); err != nil {
			t.Errorf("shut down: %v", err)
		}
		s.hear("complete")
		s.end()
		refused := r.open(t, "subscription { feed }")
		if refused.response.StatusCode != http.StatusServiceUnavailable || refused.response.Header.Get("Retry-After") == "" {
			t.Errorf("a stream from a stopping server: %s", refused.response.Status)
		}
		plain := r.open(t, "{ who }", "Accept", acceptJSON)
		if plain.response.StatusCode != 200 {
			t.Errorf("a query to a stopping server: %s", plain.response.Status)
		}
	})
}

func TestEventsToAClientThatDoesNotRead(t *testing.T) {
	drive(t, func(t *testing.T, r *rig) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://shop.test/graphql", strings.NewReader(request("subscription { feed }", nil)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "text/event-stream")
		req.Header.Set("Authorization", "Bearer "+token)
		response, err := r.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		// Nobody reads the body: the pipe, and what buffers there are, fill.
		sent := 0
		for r.ended.Load() == 0 && sent < 100_000 {
			select {
			case r.resolver.Numbers <- 1:
				sent++
			case <-time.After(time.Minute):
			}
		}
		if r.ended.Load() == 0 {
			t.Error("still served")
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}, func(o *graphqlhttp.Options) { o.Limits.PingInterval = time.Hour })
}
