// Package logs completes the lines of the log: each says who acts, and an error that repeats is written once a minute, with a count.
package logs

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel/trace"

	"possync/internal/tenant"
)

const (
	every = time.Minute
	most  = 1000 // different errors that are counted at a time
)

// counted are the attributes that make two errors the same. Others differ each time, such as the request or the stack.
var counted = []string{"pool", "job", "site", "check", "path", "panic", "error", "err"}

// varying is what differs in the text of the same error: ids and numbers.
var varying = regexp.MustCompile(`\b[a-z]{3,4}_[0-9a-z]{26}\b|[0-9]+`)

// New returns a handler that completes lines for the next one.
func New(next slog.Handler) slog.Handler {
	return handler{next, &repeats{seen: map[string]*repeat{}}}
}

type handler struct {
	next    slog.Handler
	repeats *repeats
}

// Enabled implements [slog.Handler].
func (h handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// WithAttrs implements [slog.Handler].
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.next.WithAttrs(attrs), h.repeats}
}

// WithGroup implements [slog.Handler].
func (h handler) WithGroup(name string) slog.Handler {
	return handler{h.next.WithGroup(name), h.repeats}
}

// Handle implements [slog.Handler].
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	r = r.Clone()
	r.AddAttrs(acting(ctx, r)...)
	if r.Level >= slog.LevelError {
		times, write := h.repeats.count(r)
		if !write {
			return nil
		}
		if times > 0 {
			r.AddAttrs(slog.Int("repeated", times))
		}
	}
	return h.next.Handle(ctx, r)
}

// acting returns who acts in the context, as far as the line does not say so itself.
func acting(ctx context.Context, r slog.Record) []slog.Attr {
	said := map[string]bool{}
	r.Attrs(func(a slog.Attr) bool {
		said[a.Key] = true
		return true
	})
	var attrs []slog.Attr
	add := func(key, value string) {
		if value != "" && !said[key] {
			attrs = append(attrs, slog.String(key, value))
		}
	}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		add("trace", span.TraceID().String())
	}
	if site, kind := tenant.Scope(ctx); kind == tenant.ScopeSite {
		add("site", site)
	}
	if p, ok := tenant.FromContext(ctx); ok {
		add("user", p.UserID)
		add("role", string(p.Role))
	}
	return attrs
}

// repeats counts errors.
type repeats struct {
	mu   sync.Mutex
	seen map[string]*repeat
}

type repeat struct {
	since time.Time // when it was last written
	times int       // that it was not
}

// count reports whether to write a line, and how often it was left out before.
func (s *repeats) count(r slog.Record) (times int, write bool) {
	key := keyOf(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.seen[key]
	if known != nil && r.Time.Sub(known.since) < every {
		known.times++
		return 0, false
	}
	if known == nil {
		s.forget(r.Time)
		s.seen[key] = &repeat{since: r.Time}
		return 0, true
	}
	times = known.times
	*known = repeat{since: r.Time}
	return times, true
}

// forget makes room for one more.
func (s *repeats) forget(now time.Time) {
	if len(s.seen) < most {
		return
	}
	for key, known := range s.seen {
		if now.Sub(known.since) >= every {
			delete(s.seen, key)
		}
	}
	if len(s.seen) >= most {
		clear(s.seen)
	}
}

func keyOf(r slog.Record) string {
	var b strings.Builder
	b.WriteString(r.Message)
	r.Attrs(func(a slog.Attr) bool {
		if slices.Contains(counted, a.Key) {
			fmt.Fprintf(&b, "\x00%s=%s", a.Key, varying.ReplaceAllString(a.Value.String(), "#"))
		}
		return true
	})
	return b.String()
}
