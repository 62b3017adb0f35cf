package logs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"possync/internal/tenant"
	"possync/server/logs"
)

// log writes lines at times of its own.
type log struct {
	text    bytes.Buffer
	handler slog.Handler
	now     time.Time
}

func newLog() *log {
	l := &log{now: time.Date(2026, 5, 2, 10, 0, 0, 0, time.UTC)}
	l.handler = logs.New(slog.NewTextHandler(&l.text, nil))
	return l
}

func (l *log) write(t *testing.T, ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	t.Helper()
	r := slog.NewRecord(l.now, level, message, 0)
	r.AddAttrs(attrs...)
	if err := l.handler.Handle(ctx, r); err != nil {
		t.Fatal(err)
	}
}

func (l *log) lines() []string {
	defer l.text.Reset()
	return strings.FieldsFunc(l.text.String(), func(c rune) bool { return c == '\n' })
}

func TestLinesSayWhoActs(t *testing.T) {
	l := newLog()
	p := tenant.Principal{SiteID: tenant.SiteID("bikes"), SiteKey: "bikes", UserID: "ann", Role: tenant.RoleManage}
	ctx := tenant.NewContext(t.Context(), p)
	l.write(t, ctx, slog.LevelInfo, "hello")
	l.write(t, ctx, slog.LevelInfo, "hello", slog.String("site", "another"))
	l.write(t, t.Context(), slog.LevelInfo, "hello")
	lines := l.lines()
	if want := "site=" + p.SiteID + " user=ann role=manage"; !strings.Contains(lines[0], want) {
		t.Errorf("%s lacks %s", lines[0], want)
	}
	if strings.Contains(lines[1], p.SiteID) || !strings.Contains(lines[1], "site=another user=ann") || strings.Contains(lines[2], "site=") {
		t.Errorf("%q", lines[1:])
	}
}

// A panic, or another error, that repeats is written once a minute, with how often it was left out. Others are not delayed by it.
func TestRepeatedErrorsAreCounted(t *testing.T) {
	l := newLog()
	failed := func(site string, n int) {
		l.write(t, t.Context(), slog.LevelError, "panic", slog.String("site", site), slog.String("stack", fmt.Sprint(n)),
			slog.Any("panic", fmt.Sprintf("index %d", n)))
	}
	for n := range 30 { // one a second
		failed("one", n)
		l.now = l.now.Add(time.Second)
	}
	failed("two", 0)
	l.write(t, t.Context(), slog.LevelError, "panic", slog.String("site", "one"), slog.Any("panic", errors.New("nil map")))
	l.write(t, t.Context(), slog.LevelWarn, "slow")
	l.write(t, t.Context(), slog.LevelWarn, "slow")
	if lines := l.lines(); len(lines) != 5 || strings.Contains(lines[0], "repeated") {
		t.Fatalf("%d lines:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	l.now = l.now.Add(time.Minute)
	failed("one", 99)
	failed("one", 100)
	l.now = l.now.Add(time.Minute)
	failed("one", 101)
	lines := l.lines()
	if len(lines) != 2 || !strings.Contains(lines[0], "repeated=29") || !strings.Contains(lines[1], "repeated=1") {
		t.Errorf("%q", lines)
	}
}

// However many different errors there are, memory is bounded: the oldest are forgotten, and written again.
func TestManyDifferentErrors(t *testing.T) {
	l := newLog()
	for n := range 3000 {
		l.write(t, t.Context(), slog.LevelError, "failed", slog.String("site", "s"+strings.Repeat("x", n)))
	}
	if lines := l.lines(); len(lines) != 3000 {
		t.Errorf("%d lines", len(lines))
	}
}
