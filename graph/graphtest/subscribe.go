package graphtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits for something that must come.
const patience = 20 * time.Second

// Stream is a subscription under way, over server-sent events.
type Stream struct {
	t      testing.TB
	events chan Answer
	end    func()
}

// Subscribe starts a subscription. It ends with the test, or with Close.
func (c Caller) Subscribe(query string, variables map[string]any) *Stream {
	c.t.Helper()
	server := httptest.NewServer(c.api.Handler)
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, server.URL, bytes.NewReader(request(c.t, query, variables)))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer "+c.token)
	client := server.Client()
	response, err := client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	s := &Stream{t: c.t, events: make(chan Answer, 1000)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer close(s.events)
		s.read(response)
	}()
	closed := false
	s.end = func() {
		if !closed {
			closed = true
			_ = response.Body.Close()
			<-read
			server.Close()
			client.CloseIdleConnections()
		}
	}
	c.t.Cleanup(s.end)
	return s
}

func (s *Stream) read(response *http.Response) {
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	next := false
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimSpace(value)
		switch name {
		case "event":
			next = value == "next"
		case "data":
			if !next {
				continue
			}
			a := Answer{Status: response.StatusCode, Body: value}
			if err := json.Unmarshal([]byte(value), &a); err != nil {
				s.t.Errorf("an event is not JSON: %v\n%s", err, value)
			}
			s.events <- a
		}
	}
}

// Close ends the subscription.
func (s *Stream) Close() { s.end() }

// Next waits for the next update.
func (s *Stream) Next() Answer {
	s.t.Helper()
	select {
	case a, more := <-s.events:
		if !more {
			s.t.Fatal("the stream has ended")
		}
		return a
	case <-time.After(patience):
		s.t.Fatal("no update came")
	}
	panic("unreachable")
}

// Tree waits for the next update, which must have no errors, and returns what stands under its root field.
func (s *Stream) Tree() map[string]any {
	s.t.Helper()
	a := s.Next()
	var data map[string]map[string]any
	if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 || len(data) != 1 {
		s.t.Fatalf("update %s: %v", a.Body, err)
	}
	for _, tree := range data {
		return tree
	}
	panic("unreachable")
}

// Silent reports whether no update lies there unread.
func (s *Stream) Silent() bool { return len(s.events) == 0 }

// Ended waits for the end of the stream and reports whether it came without an update before.
func (s *Stream) Ended() bool {
	s.t.Helper()
	select {
	case _, more := <-s.events:
		return !more
	case <-time.After(patience):
		return false
	}
}
