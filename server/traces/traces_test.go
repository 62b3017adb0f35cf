package traces_test

import (
	"net/http"
	"testing"

	"possync/server/traces"
)

// Traces are off unless the standard variables ask for them.
func TestWanted(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, false},
		{map[string]string{"OTEL_SERVICE_NAME": "x"}, false},
		{map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}, true},
		{map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, true},
		{map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, false},
		{map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"}, false},
	} {
		if got := traces.Wanted(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %v", c.env, got)
		}
	}
}

// Without traces nothing is wrapped.
func TestNoTraces(t *testing.T) {
	var none *traces.Traces
	next := http.NewServeMux()
	if none.Handler(next) != http.Handler(next) || none.Transport(http.DefaultTransport) != http.DefaultTransport || none.Tracer() != nil || none.Close(t.Context()) != nil {
		t.Error("traces that are off do something")
	}
}
