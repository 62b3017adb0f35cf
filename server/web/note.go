package web

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"possync/internal/fault"
	"possync/internal/graphqlhttp"
	"possync/internal/tenant"
)

// note is what becomes known of a request while it is answered, for its line of the log.
type note struct {
	mu      sync.Mutex
	written bool // the line is
	attrs   []slog.Attr
	slow    bool // it took too long
}

type noteKey struct{}

// Observe notes an operation of the request in ctx for its line of the log. Those that end after the line was written, as on a
// WebSocket, have lines of their own. A refusal for want of a right is a security event.
func Observe(log *slog.Logger) func(ctx context.Context, o graphqlhttp.Operation) {
	return func(ctx context.Context, o graphqlhttp.Operation) {
		attrs := describe(ctx, o)
		if slices.Contains(o.Codes, graphqlhttp.CodeForbidden) {
			log.LogAttrs(ctx, slog.LevelWarn, "an operation was refused", append([]slog.Attr{
				fault.Security("forbidden"), slog.String("requestId", graphqlhttp.RequestID(ctx)),
			}, attrs...)...)
		}
		slow := slices.Contains(o.Codes, graphqlhttp.CodeTimeout)
		if n, ok := ctx.Value(noteKey{}).(*note); ok && n.add(attrs, slow) {
			return
		}
		log.LogAttrs(ctx, levelOf(slow), "operation", append(attrs,
			slog.String("requestId", graphqlhttp.RequestID(ctx)), slog.Float64("ms", float64(o.Took.Microseconds())/1e3))...)
	}
}

// describe says who did what, and what came of it.
func describe(ctx context.Context, o graphqlhttp.Operation) []slog.Attr {
	var attrs []slog.Attr
	if p, ok := tenant.FromContext(ctx); ok {
		attrs = append(attrs, slog.String("site", p.SiteID), slog.String("user", p.UserID), slog.String("role", string(p.Role)))
	}
	attrs = append(attrs, slog.String("operation", strings.TrimSpace(o.Field+" "+o.Name)), slog.Int("cost", o.Cost))
	if code := o.Code(); code != "" {
		attrs = append(attrs, slog.String("code", string(code)))
	}
	return attrs
}

// add adds to the line, unless that is written.
func (n *note) add(attrs []slog.Attr, slow bool) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.written {
		return false
	}
	n.attrs, n.slow = attrs, n.slow || slow
	return true
}

// take returns what was noted, for the line.
func (n *note) take() (attrs []slog.Attr, slow bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.written = true
	return n.attrs, n.slow
}

func levelOf(slow bool) slog.Level {
	if slow {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}
