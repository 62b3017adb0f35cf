package demo_test

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	v1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"possync/internal/database/databasetest"
	"possync/server/demo"
	"possync/server/traces"
)

// collected are the spans that a collector has got.
type collected struct {
	mu    sync.Mutex
	spans []*v1.Span
	more  chan struct{} // closed and replaced when there are more
}

// ServeHTTP takes spans by OTLP over HTTP.
func (c *collected) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var request collector.ExportTraceServiceRequest
	if err != nil || proto.Unmarshal(body, &request) != nil {
		http.Error(w, "not a request of OTLP", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, resource := range request.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			c.spans = append(c.spans, scope.Spans...)
		}
	}
	close(c.more)
	c.more = make(chan struct{})
}

// await returns all spans as soon as one is as wanted.
func (c *collected) await(t *testing.T, f *fixture, wanted func(*v1.Span) bool) (*v1.Span, []*v1.Span) {
	t.Helper()
	for {
		c.mu.Lock()
		spans, more := c.spans, c.more
		c.mu.Unlock()
		for _, s := range spans {
			if wanted(s) {
				return s, spans
			}
		}
		select {
		case <-more:
		case <-f.ctx.Done():
			t.Fatalf("the span does not come; there are %d", len(spans))
		}
	}
}

func value(s *v1.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key == key {
			return a.Value.GetStringValue()
		}
	}
	return ""
}

// A request that asks for a sync links to the trace of the run, which another process may work on, and the calls to Lightspeed are in that.
func TestTraceFromTheRequestToTheCall(t *testing.T) {
	databasetest.NotRaced(t)
	got := &collected{more: make(chan struct{})}
	server := httptest.NewServer(got)
	t.Cleanup(server.Close)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
	f := start(t, func(o *demo.Options) {
		var err error
		if o.Traces, err = traces.New(t.Context(), "test"); err != nil {
			t.Fatal(err)
		}
	})
	_, page := f.connect(t, "admin", "allow")
	f.enter(t, page)
	f.watch(t, func(s status) bool { return s.State == "COMPLETED" && s.Run.Trigger == "CONNECT" })
	f.startSync(t, "{}")
	request, _ := got.await(t, f, func(s *v1.Span) bool { // one that was refused links to no run
		return value(s, "graphql.operation") == "mutation startSync" && len(s.Links) == 1
	})
	trace := hex.EncodeToString(request.Links[0].TraceId)
	in := func(s *v1.Span) bool { return hex.EncodeToString(s.TraceId) == trace }
	run, _ := got.await(t, f, func(s *v1.Span) bool { return in(s) && s.Name == "run" })
	if len(run.ParentSpanId) != 0 || value(run, "possync.run") == "" || value(run, "possync.site") == "" {
		t.Errorf("the run's span: %v", run)
	}
	call, all := got.await(t, f, func(s *v1.Span) bool { return in(s) && s.Name == "Lightspeed GET" })
	if hex.EncodeToString(call.ParentSpanId) != hex.EncodeToString(run.SpanId) || !strings.HasPrefix(value(call, "url.path"), "/API/V3/Account/") {
		t.Errorf("the call's span: %v", call)
	}
	for _, s := range all {
		for _, a := range s.Attributes {
			if text := a.Value.GetStringValue(); strings.Contains(text, "?") || strings.Contains(text, "Bearer") {
				t.Errorf("%s has %s = %s", s.Name, a.Key, text)
			}
		}
	}
}
