// Package tracing joins what is done later, by whichever process, to the request that asked for it. A piece of work, such as an export, has
// a trace that follows from its id; the request links to it. So nothing has to be stored or sent along.
package tracing

import (
	"context"
	"crypto/sha256"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// ofWork is the span context that links to a piece of work lead to.
func ofWork(id string) trace.SpanContext {
	sum := sha256.Sum256([]byte("possync/trace/" + id))
	return trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID(sum[:16]), SpanID: trace.SpanID(sum[16:24]), TraceFlags: trace.FlagsSampled, Remote: true,
	})
}

// Link has the present span, if any is recorded, link to work that it asks for.
func Link(ctx context.Context, kind, id string) {
	if span := trace.SpanFromContext(ctx); span.IsRecording() {
		span.AddLink(trace.Link{SpanContext: ofWork(id), Attributes: []attribute.KeyValue{attribute.String("possync."+kind, id)}})
	}
}

type workKey struct{}

// Start starts the span of some work, in the trace of its id. The caller ends it. A nil tracer records nothing.
func Start(ctx context.Context, tracer trace.Tracer, kind, site, id string) (context.Context, trace.Span) {
	if tracer == nil {
		return ctx, noop.Span{}
	}
	ctx = context.WithValue(ctx, workKey{}, ofWork(id).TraceID())
	return tracer.Start(ctx, kind, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(attribute.String("possync."+kind, id), attribute.String("possync.site", site)))
}

// TraceOf returns the trace in which a new root span belongs, if it is that of some work.
func TraceOf(ctx context.Context) (trace.TraceID, bool) {
	id, ok := ctx.Value(workKey{}).(trace.TraceID)
	return id, ok
}
