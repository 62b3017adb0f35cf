// Package traces sends traces by OTLP over HTTP, if the standard variables of OpenTelemetry ask for it. The SDK itself reads the others, such as
// OTEL_EXPORTER_OTLP_HEADERS, OTEL_RESOURCE_ATTRIBUTES and OTEL_TRACES_SAMPLER.
package traces

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
	"go.opentelemetry.io/otel/trace"

	"possync/internal/graphqlhttp"
	"possync/internal/tenant"
	"possync/internal/tracing"
)

// Traces are the traces of one process. Nil traces record nothing.
type Traces struct {
	provider *sdktrace.TracerProvider
}

// Wanted reports whether the environment asks for traces.
func Wanted(env func(string) string) bool {
	if env("OTEL_SDK_DISABLED") == "true" || env("OTEL_TRACES_EXPORTER") == "none" {
		return false
	}
	return env("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// New returns traces that are sent to where the environment says. It does not connect.
func New(ctx context.Context, version string) (*Traces, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("make the exporter of traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(semconv.ServiceName("possync"), semconv.ServiceVersion(version)), resource.WithFromEnv(), resource.WithHost())
	if err != nil {
		return nil, fmt.Errorf("describe this process for traces: %w", err)
	}
	return &Traces{sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about), sdktrace.WithIDGenerator(ids{}))}, nil
}

// Handler records a span for each request but those of probes. Spans hold no query string, body or token.
func (t *Traces) Handler(next http.Handler) http.Handler {
	if t == nil {
		return next
	}
	return otelhttp.NewHandler(next, "request", otelhttp.WithTracerProvider(t.provider), otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithFilter(func(r *http.Request) bool {
			return r.URL.Path != "/healthz" && r.URL.Path != "/readyz" && r.URL.Path != "/oauth/callback"
		}))
}

// Transport records a span for each request to Lightspeed. otelhttp's would hold the whole address, and with its query data of customers.
func (t *Traces) Transport(next http.RoundTripper) http.RoundTripper {
	if t == nil {
		return next
	}
	return transport{next, t.Tracer()}
}

type transport struct {
	next   http.RoundTripper
	tracer trace.Tracer
}

// RoundTrip implements [http.RoundTripper].
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, span := t.tracer.Start(r.Context(), "Lightspeed "+r.Method, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(semconv.HTTPRequestMethodKey.String(r.Method), semconv.ServerAddress(r.URL.Hostname()), semconv.URLPath(r.URL.Path)))
	defer span.End()
	resp, err := t.next.RoundTrip(r.WithContext(ctx))
	switch {
	case err != nil:
		span.SetStatus(codes.Error, "no response")
	case resp.StatusCode >= http.StatusBadRequest:
		span.SetStatus(codes.Error, resp.Status)
	}
	if resp != nil {
		span.SetAttributes(semconv.HTTPResponseStatusCode(resp.StatusCode))
	}
	return resp, err
}

// Describe adds to the span of a request what it did, and for whom.
func Describe(ctx context.Context, o graphqlhttp.Operation) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	span.SetAttributes(attribute.String("graphql.operation", o.Field), attribute.Int("graphql.cost", o.Cost))
	if p, ok := tenant.FromContext(ctx); ok {
		span.SetAttributes(attribute.String("possync.site", p.SiteID))
	}
	if code := o.Code(); code != "" {
		span.SetStatus(codes.Error, string(code))
	}
}

// Tracer starts the spans of the jobs; nil = none are recorded.
func (t *Traces) Tracer() trace.Tracer {
	if t == nil {
		return nil
	}
	return t.provider.Tracer("possync")
}

// Close sends what is left.
func (t *Traces) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("send the last traces: %w", err)
	}
	return nil
}

// ids makes the ids of spans: random, but that the trace of some work follows from the work.
type ids struct{}

// NewIDs implements [sdktrace.IDGenerator].
func (g ids) NewIDs(ctx context.Context) (trace.TraceID, trace.SpanID) {
	id, ok := tracing.TraceOf(ctx)
	for !ok {
		binary.NativeEndian.PutUint64(id[:8], rand.Uint64())
		binary.NativeEndian.PutUint64(id[8:], rand.Uint64())
		ok = id.IsValid()
	}
	return id, g.NewSpanID(ctx, id)
}

// NewSpanID implements [sdktrace.IDGenerator].
func (ids) NewSpanID(context.Context, trace.TraceID) (id trace.SpanID) {
	for !id.IsValid() {
		binary.NativeEndian.PutUint64(id[:], rand.Uint64())
	}
	return id
}
