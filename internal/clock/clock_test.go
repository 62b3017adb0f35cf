package clock_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/clock"
)

var start = time.Date(2026, 5, 2, 18, 20, 31, 123456789, time.FixedZone("west", -7*3600))

func TestSystemIsUTCInMicroseconds(t *testing.T) {
	now := clock.System().Now()
	if now.Location() != time.UTC || now.Nanosecond()%1000 != 0 {
		t.Fatalf("Now() = %v, want UTC in whole microseconds", now)
	}
}

func TestSystemSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, before := clock.System(), time.Now()
		if err := c.Sleep(t.Context(), 3*time.Second); err != nil {
			t.Fatal(err)
		}
		if got := time.Since(before); got != 3*time.Second {
			t.Fatalf("slept %v, want 3s", got)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := c.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Sleep past the deadline = %v", err)
		}
		if err := c.Sleep(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Sleep(0) with a context that is done = %v", err)
		}
	})
}

func TestManualWakesSleepersInTime(t *testing.T) {
	m := clock.NewManual(start)
	if got, want := m.Now(), time.Date(2026, 5, 3, 1, 20, 31, 123456000, time.UTC); !got.Equal(want) || got.Location() != time.UTC {
		t.Fatalf("Now() = %v, want %v", got, want)
	}
	woken := make(chan time.Time, 2)
	for _, d := range []time.Duration{time.Second, time.Minute} {
		go func() {
			if err := m.Sleep(t.Context(), d); err != nil {
				t.Error(err)
			}
			woken <- m.Now()
		}()
	}
	if err := m.AwaitSleepers(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if next, ok := m.NextWake(); !ok || !next.Equal(m.Now().Add(time.Second)) {
		t.Fatalf("NextWake() = %v, %v", next, ok)
	}
	begin := m.Now()
	m.Advance(time.Second - time.Microsecond)
	select {
	case at := <-woken:
		t.Fatalf("woke too early, at %v", at)
	default:
	}
	m.Advance(time.Microsecond)
	if at := <-woken; !at.Equal(begin.Add(time.Second)) {
		t.Fatalf("first woke at %v", at)
	}
	m.Set(begin.Add(time.Hour))
	<-woken
	if _, ok := m.NextWake(); ok {
		t.Fatal("someone still sleeps")
	}
}

func TestManualSleepEndsWithItsContext(t *testing.T) {
	m := clock.NewManual(start)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- m.Sleep(ctx, time.Hour) }()
	if err := m.AwaitSleepers(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Fatalf("Sleep = %v, want context.Canceled", err)
	}
	if _, ok := m.NextWake(); ok {
		t.Fatal("the cancelled sleeper is still listed")
	}
	if err := m.AwaitSleepers(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Fatalf("AwaitSleepers = %v, want context.Canceled", err)
	}
}

func TestAutoAdvances(t *testing.T) {
	m := clock.NewAuto(start)
	begin := m.Now()
	if err := m.Sleep(t.Context(), 1500*time.Nanosecond); err != nil {
		t.Fatal(err)
	}
	if got := m.Now().Sub(begin); got != 2*time.Microsecond {
		t.Fatalf("the clock moved by %v, want it rounded up to 2µs", got)
	}
}

func TestAutoAdvanceWakesThoseAsleep(t *testing.T) {
	m := clock.NewManual(start)
	begin, done := m.Now(), make(chan error)
	go func() { done <- m.Sleep(t.Context(), time.Hour) }()
	if err := m.AwaitSleepers(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	m.AutoAdvance(true)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := m.Now().Sub(begin); got != time.Hour {
		t.Fatalf("the clock moved by %v, want 1h", got)
	}
}
