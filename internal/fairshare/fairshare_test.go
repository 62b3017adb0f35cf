package fairshare_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/fairshare"
	"possync/internal/fault"
	"possync/internal/tenant"
)

var throttled = fault.New(fault.Throttled, "")

// acting returns a context in which the site acts within the limits.
func acting(t *testing.T, s *fairshare.Shares, site string) context.Context {
	t.Helper()
	return s.NewContext(tenant.WithSite(t.Context(), tenant.SiteID(site)))
}

// Who finds the places of its site taken waits, in turn; who finds too many waiting is refused. Other sites and other uses notice nothing.
func TestPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fairshare.New(fairshare.Limits{Bounds: map[fairshare.Kind]fairshare.Bound{
			fairshare.Requests: {AtOnce: 2, Waiting: 2}, fairshare.Downloads: {AtOnce: 1},
		}}, time.Now)
		a, b := acting(t, s, "a"), acting(t, s, "b")
		enter := func(ctx context.Context, k fairshare.Kind) func() {
			t.Helper()
			leave, err := fairshare.Enter(ctx, k)
			if err != nil {
				t.Fatal(err)
			}
			return leave
		}
		first, second := enter(a, fairshare.Requests), enter(a, fairshare.Requests)
		turns := make(chan int, 2)
		leaving := make(chan struct{})
		for i := range 2 {
			go func() {
				leave := enter(a, fairshare.Requests)
				turns <- i
				<-leaving
				leave()
			}()
			synctest.Wait() // so that they wait in this order
		}
		if _, err := fairshare.Enter(a, fairshare.Requests); !errors.Is(err, throttled) || fault.RetryAfter(err) <= 0 {
			t.Errorf("a fifth: %v", err)
		}
		enter(b, fairshare.Requests)()
		enter(a, fairshare.Downloads)()
		select {
		case i := <-turns:
			t.Errorf("%d did not wait", i)
		default:
		}
		first()
		if i := <-turns; i != 0 {
			t.Errorf("the turn was %d's", i)
		}
		second()
		if i := <-turns; i != 1 {
			t.Errorf("the turn was %d's", i)
		}
		close(leaving)
		synctest.Wait()
		for range 2 { // all are free again
			defer enter(a, fairshare.Requests)()
		}
		hasty, cancel := context.WithCancel(a)
		cancel()
		if _, err := fairshare.Enter(hasty, fairshare.Requests); !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up: %v", err)
		}
		download := enter(a, fairshare.Downloads)
		if _, err := fairshare.Enter(a, fairshare.Downloads); !errors.Is(err, throttled) {
			t.Errorf("a second download: %v", err)
		}
		download()
	})
}

// A budget refills with time, and says when there will be enough.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fairshare.New(fairshare.Limits{CostPerSecond: 100, CostBurst: 1000}, time.Now)
		a, b := acting(t, s, "a"), acting(t, s, "b")
		spend := func(ctx context.Context, cost, left int, wait time.Duration) {
			t.Helper()
			budget, err := fairshare.Spend(ctx, cost)
			if errors.Is(err, throttled) != (wait > 0) || fault.RetryAfter(err) != wait {
				t.Errorf("cost %d: %v, try again after %v, want %v", cost, err, fault.RetryAfter(err), wait)
			}
			if budget == nil || *budget != (fairshare.Budget{Maximum: 1000, Available: left, PerSecond: 100}) {
				t.Errorf("cost %d: %+v, want %d left", cost, budget, left)
			}
		}
		spend(a, 900, 100, 0)
		spend(a, 300, 100, 2*time.Second) // takes nothing
		spend(b, 300, 700, 0)
		spend(a, 50, 50, 0)
		time.Sleep(2 * time.Second)
		spend(a, 200, 50, 0)
		time.Sleep(time.Hour)
		spend(a, 5000, 0, 0) // more than the budget ever holds takes all of it
		if err := fairshare.Solvent(a); !errors.Is(err, throttled) || fault.RetryAfter(err) != 10*time.Millisecond {
			t.Errorf("with nothing left: %v, try again after %v", err, fault.RetryAfter(err))
		}
		fairshare.Charge(a, 200) // what was rejected costs too, also what there is no budget for
		time.Sleep(2 * time.Second)
		if err := fairshare.Solvent(a); !errors.Is(err, throttled) {
			t.Errorf("still with nothing left: %v", err)
		}
		time.Sleep(time.Second)
		if err := fairshare.Solvent(a); err != nil {
			t.Error(err)
		}
		spend(a, 60, 40, 0)
	})
}

// Who is refused waits for the answer, unless they have left. Other errors are not held up.
func TestSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		took := func(ctx context.Context, err error) time.Duration {
			t.Helper()
			begin := time.Now()
			if got := fairshare.Slow(ctx, err); got != err { //nolint:errorlint // it is the same one
				t.Errorf("Slow = %v, want %v", got, err)
			}
			return time.Since(begin)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if d := took(t.Context(), throttled); d != 250*time.Millisecond {
			t.Errorf("refused after %v", d)
		}
		if a, b, c := took(gone, throttled), took(t.Context(), nil), took(t.Context(), context.Canceled); a+b+c != 0 {
			t.Errorf("held up for %v, %v and %v", a, b, c)
		}
	})
}

// A context without shares, or without a site, is not bounded.
func TestUnbounded(t *testing.T) {
	one := fairshare.New(fairshare.Limits{Bounds: map[fairshare.Kind]fairshare.Bound{fairshare.Requests: {AtOnce: 1}}, CostPerSecond: 1, CostBurst: 1}, time.Now)
	for name, ctx := range map[string]context.Context{
		"a job": tenant.WithSite(t.Context(), "site"), "the system": one.NewContext(tenant.System(t.Context())),
	} {
		for range 3 {
			if _, err := fairshare.Enter(ctx, fairshare.Requests); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if budget, err := fairshare.Spend(ctx, 100); budget != nil || err != nil {
				t.Errorf("%s: %+v, %v", name, budget, err)
			}
		}
	}
}

// Sites that use nothing and have a full budget are forgotten, the others are not.
func TestIdleSitesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fairshare.New(fairshare.Limits{Bounds: map[fairshare.Kind]fairshare.Bound{fairshare.Downloads: {AtOnce: 1}}, CostPerSecond: 1, CostBurst: 10}, time.Now)
		busy, poor := acting(t, s, "busy"), acting(t, s, "poor")
		leave, err := fairshare.Enter(busy, fairshare.Downloads)
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
		for i := range 3000 {
			if i == 2000 {
				if _, err := fairshare.Spend(poor, 10); err != nil {
					t.Fatal(err)
				}
			}
			done, err := fairshare.Enter(acting(t, s, string(rune('中'+i))), fairshare.Downloads)
			if err != nil {
				t.Fatal(err)
			}
			done()
		}
		if n := s.Sites(); n > 1100 {
			t.Errorf("%d sites are kept", n)
		}
		if _, err := fairshare.Enter(busy, fairshare.Downloads); !errors.Is(err, throttled) {
			t.Errorf("a site that was busy: %v", err)
		}
		if _, err := fairshare.Spend(poor, 5); !errors.Is(err, throttled) {
			t.Errorf("a site whose budget was used up: %v", err)
		}
	})
}
