package event_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"possync/internal/event"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func woken(s *event.Subscription) bool {
	select {
	case <-s.C():
		return true
	default:
		return false
	}
}

func TestPublishWakesTheTopicOnce(t *testing.T) {
	bus := event.NewBus()
	a, again, b := bus.Subscribe("a"), bus.Subscribe("a"), bus.Subscribe("b")
	bus.Publish("a")
	bus.Publish("a", "a", "nobody")
	bus.Publish()
	if !woken(a) || !woken(again) || woken(b) {
		t.Error("want both subscribers of a woken, and b not")
	}
	if woken(a) {
		t.Error("two publications before a read are two wake-ups")
	}
	bus.Publish("b", "a")
	if !woken(a) || !woken(b) {
		t.Error("want every topic of a publication woken")
	}
}

func TestWakeAll(t *testing.T) {
	bus := event.NewBus()
	a, b := bus.Subscribe("a"), bus.Subscribe("b")
	bus.WakeAll()
	bus.WakeAll()
	if !woken(a) || !woken(b) || woken(a) {
		t.Error("want everybody woken once")
	}
}

func TestCloseEndsASubscription(t *testing.T) {
	bus := event.NewBus()
	closed, open := bus.Subscribe("a"), bus.Subscribe("a")
	closed.Close()
	closed.Close()
	bus.Publish("a")
	bus.WakeAll()
	if woken(closed) || !woken(open) {
		t.Error("want only the open subscription woken")
	}
	open.Close()
	if later := bus.Subscribe("a"); woken(later) {
		t.Error("a new subscription begins woken")
	}
}

func TestZeroBus(t *testing.T) {
	var bus event.Bus
	bus.Publish("a")
	s := bus.Subscribe("a")
	bus.Publish("a")
	if !woken(s) {
		t.Error("not woken")
	}
}

// Whoever reads the state on every wake-up ends with the last state, however many publish and subscribe meanwhile.
func TestNoLostWakeUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const publishers, changes = 8, 2000
	bus := event.NewBus()
	var state atomic.Int64
	var group sync.WaitGroup
	for range 4 {
		s := bus.Subscribe("state")
		group.Go(func() {
			defer s.Close()
			for state.Load() < publishers*changes {
				select {
				case <-s.C():
				case <-ctx.Done():
					t.Errorf("asleep at state %d of %d", state.Load(), publishers*changes)
					return
				}
			}
		})
	}
	for range publishers {
		group.Go(func() {
			for range changes {
				state.Add(1)
				bus.Publish("other", "state")
				bus.Subscribe("state").Close()
			}
		})
	}
	group.Wait()
}

// A call comes from whoever publishes, and none comes after Close.
func TestBusCalls(t *testing.T) {
	bus := event.NewBus()
	calls := 0
	s := bus.Call("x", func() { calls++ })
	bus.Publish("x", "y")
	bus.Publish("y")
	bus.WakeAll()
	if calls != 2 {
		t.Errorf("called %d times, want twice", calls)
	}
	s.Close()
	bus.Publish("x")
	if calls != 2 {
		t.Error("called after Close")
	}
}
