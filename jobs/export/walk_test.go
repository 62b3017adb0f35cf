package export_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"possync/ent"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/export"
	"possync/jobs/jobstest"
)

var allPairs = flag.Bool("all-pairs", false, "walk every schedule of two faults, not a sample of them")

// mishap is what can happen at one call.
type mishap string

// The mishaps. A late request, and a worker that was paused, come back when another has done the work.
const (
	errorBefore   mishap = "error before the effect"
	errorAfter    mishap = "error after the effect"
	cutBefore     mishap = "cut before the effect"
	cutAfter      mishap = "cut after the effect"
	lateBy20      mishap = "lands 20 s late"
	lateBy60      mishap = "lands 60 s late"
	throttled     mishap = "429"
	tokenRevoked  mishap = "token revoked"
	searchLags    mishap = "search lags"
	killedBefore  mishap = "worker killed before the answer, no effect"
	killedAfter   mishap = "worker killed before the answer, after the effect"
	pausedBefore  mishap = "worker paused before the request, another takes over"
	pausedAfter   mishap = "worker paused before the answer, another takes over"
	truncatedBody mishap = "half an answer"
)

var mishaps = []mishap{errorBefore, errorAfter, cutBefore, cutAfter, lateBy20, lateBy60, throttled, tokenRevoked, searchLags,
	killedBefore, killedAfter, pausedBefore, pausedAfter, truncatedBody}

// script is what happens at which of an export's calls, counted from 1.
type script map[int]mishap

// stage runs exports under scripts, on one shop.
type stage struct {
	*shop
	mu     sync.Mutex
	at     int
	script script
	actor  *worker // at work; nil while the stage is set or cleared
	actors []*worker
}

func newStage(s *shop) *stage {
	st := &stage{shop: s}
	s.POS.FaultFor = st.faults
	s.Around = st.around
	return st
}

// next returns what happens at this request, if it is one of the actors'.
func (st *stage) next(r *http.Request) (mishap, *worker) {
	if !strings.HasPrefix(r.URL.Path, "/API/") {
		return "", nil
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.actor == nil {
		return "", nil
	}
	st.at++
	return st.script[st.at], st.actor
}

type mishapKey struct{}

func (st *stage) around(r *http.Request) func() {
	m, actor := st.next(r)
	*r = *r.WithContext(context.WithValue(r.Context(), mishapKey{}, m))
	switch m {
	case killedBefore:
		actor.kill()
	case pausedBefore:
		st.takeOver()
	}
	return func() {
		switch m {
		case killedAfter:
			actor.kill()
		case pausedAfter:
			st.takeOver()
		}
	}
}

// takeOver has another worker do the work, as if the one at work were paused past its lease.
func (st *stage) takeOver() {
	st.Clock.Advance(11 * time.Second)
	st.mu.Lock()
	before := st.actor
	st.actor = st.worker()
	st.actors = append(st.actors, st.actor)
	other := st.actor
	st.mu.Unlock()
	other.work()
	st.mu.Lock()
	st.actor = before
	st.mu.Unlock()
}

func (st *stage) faults(r *http.Request) []sandbox.Fault {
	fault := func(kind sandbox.FaultKind) []sandbox.Fault { return []sandbox.Fault{{Kind: kind, Status: 503}} }
	switch m, _ := r.Context().Value(mishapKey{}).(mishap); m {
	case errorBefore:
		return fault(sandbox.FaultErrorBefore)
	case errorAfter:
		return fault(sandbox.FaultErrorAfter)
	case cutBefore, killedBefore:
		return fault(sandbox.FaultCutBefore)
	case cutAfter:
		return fault(sandbox.FaultCutAfter)
	case truncatedBody:
		return fault(sandbox.FaultTruncate)
	case lateBy20:
		return []sandbox.Fault{{Kind: sandbox.FaultLate, DelayMS: 20_000}}
	case lateBy60:
		return []sandbox.Fault{{Kind: sandbox.FaultLate, DelayMS: 60_000}}
	case throttled:
		return []sandbox.Fault{{Kind: sandbox.FaultThrottle, RetryAfter: 2}}
	case tokenRevoked:
		return fault(sandbox.FaultRevokedToken)
	case searchLags:
		return []sandbox.Fault{{Kind: sandbox.FaultSearchLag, DelayMS: 30_000}}
	}
	return nil
}

// play exports an order under a script and returns what is wrong in the end, and how many calls there were.
func (st *stage) play(b jobstest.OrderSpec, sc script) (calls int, err error) {
	return st.playOrder(st.newOrder(b), sc)
}

func (st *stage) playOrder(order *ent.WebOrder, sc script) (calls int, err error) {
	st.Enqueue(order)
	st.mu.Lock()
	st.at, st.script = 0, sc
	st.mu.Unlock()
	for range 4 { // so that faults hit the second attempts too
		first := st.worker()
		st.mu.Lock()
		st.actor, st.actors = first, []*worker{first}
		st.mu.Unlock()
		first.work()
		st.mu.Lock()
		calls, st.actor = st.at, nil
		ended := st.actors
		st.mu.Unlock()
		for _, w := range ended {
			w.end()
		}
		st.Clock.Advance(11 * time.Second)
	}
	st.settle(order)
	return calls, st.check(order)
}

// Every schedule of one fault over every call of an export, with and without a new customer and a new way to pay.
func TestEverySingleFault(t *testing.T) {
	all := databasetest.Volume(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		st := newStage(s)
		walked := mishaps
		switch {
		case !all: // where workers meet
			walked = []mishap{killedAfter, pausedBefore}
		case s.DB.Dialect == dialect.Postgres: // where each schedule takes ten times as long
			walked = []mishap{errorAfter, lateBy60, killedAfter, pausedBefore, pausedAfter}
		}
		for _, fresh := range []bool{false, true} {
			basketOf := func() jobstest.OrderSpec {
				b := basket
				b.Email = "known@example.com"
				if fresh {
					b.Email, b.Method = fmt.Sprintf("new-%d@example.com", st.orders), fmt.Sprintf("Way %d", st.orders)
				}
				return b
			}
			calls, err := st.play(basketOf(), nil)
			if err != nil {
				t.Fatalf("without faults: %v", err)
			}
			for at := 1; at <= calls; at++ {
				for _, m := range walked {
					if _, err := st.play(basketOf(), script{at: m}); err != nil {
						t.Errorf("%s at call %d of %d: %v", m, at, calls, err)
					}
				}
			}
		}
		st.checkOnce(t)
	})
}

// A customer who left a name alone, or a phone number, is created once, whatever happens at any call.
func TestCustomerWithoutEmailIsCreatedOnce(t *testing.T) {
	all := databasetest.Volume(t)
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		st := newStage(s)
		walked := []mishap{killedAfter, cutAfter, lateBy60, pausedAfter, throttled}
		if !all || s.DB.Dialect == dialect.Postgres {
			walked = walked[:1]
		}
		for name, phone := range map[string]string{"name only": "", "phone only": "(541) 555-%04d"} {
			play := func(sc script) (calls int) {
				order := st.newOrder(basket)
				c := retail.Customer{FirstName: "Robin", LastName: order.Number}
				if phone != "" {
					c.Phone = fmt.Sprintf(phone, st.orders)
				}
				if err := s.Client.WebOrder.UpdateOne(order).SetCustomer(c).SetCustomerEmail("").Exec(s.Ctx); err != nil {
					t.Fatal(err)
				}
				before := len(s.Account.Customers())
				calls, err := st.playOrder(order, sc)
				if made := len(s.Account.Customers()) - before; err != nil || made != 1 {
					t.Errorf("%s, %v: %d customers were created, %v", name, sc, made, err)
				}
				return calls
			}
			calls := play(nil)
			for at := 1; at <= calls; at++ {
				for _, m := range walked {
					play(script{at: m})
				}
			}
		}
	})
}

// checkOnce fails the test if a customer or a payment type is there twice.
func (s *shop) checkOnce(t *testing.T) {
	seen := map[string]int{}
	for _, c := range s.Account.Customers() {
		seen[c.Email]++
	}
	for _, p := range s.Account.Truth().PaymentTypes {
		seen[strings.ToLower(p.Name)]++
	}
	for name, n := range seen {
		if n > 1 {
			t.Errorf("%s is there %d times", name, n)
		}
	}
}

// sampledPairs is of how many schedules of two faults one is walked.
const sampledPairs = 60

// Schedules of two faults: all of them with -all-pairs, else a random sample.
func TestTwoFaults(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume: TestEverySingleFault does the same with one fault")
	}
	t.Parallel()
	b := basket
	b.Email = "known@example.com"
	newStage(newShop(start.Any(t))).playPairs(t, b, sampledPairs)
}

// The same of a long sale, which has more calls and takes longer.
func TestTwoFaultsOfALongSale(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume: TestEveryFaultOfALongSale does the same with one fault")
	}
	t.Parallel()
	s := newShop(start.Any(t))
	s.chunks = longChunks
	newStage(s).playPairs(t, long, 10*sampledPairs)
}

// playPairs plays one in so many schedules of two faults, or all.
func (st *stage) playPairs(t *testing.T, b jobstest.OrderSpec, oneIn int) {
	t.Helper()
	calls, err := st.play(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	walked := 0
	for first := 1; first <= calls; first++ {
		for second := first + 1; second <= first+calls+2; second++ {
			for _, m := range mishaps {
				for _, n := range mishaps {
					if !*allPairs && rng.IntN(oneIn) != 0 {
						continue
					}
					walked++
					if _, err := st.play(b, script{first: m, second: n}); err != nil {
						t.Errorf("%s at call %d, then %s at call %d: %v", m, first, n, second, err)
					}
				}
			}
		}
	}
	t.Logf("%d schedules of two faults", walked)
}

// Without the intent, the choice or the look at the POS some schedule goes wrong: the walk would notice their loss.
func TestEachGuardIsNeeded(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("proves the walk of TestEverySingleFault, and runs nothing else")
	}
	t.Parallel()
	for name, without := range map[string][3]bool{
		"intent": {true, false, false}, "choice": {false, true, false}, "look": {false, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(start.Any(t))
			s.lacking = func(d export.Deps) *export.Exporter { return export.Without(d, without[0], without[1], without[2]) }
			st := newStage(s)
			b := basket
			for at := 1; at <= 6; at++ {
				for _, m := range []mishap{errorAfter, killedAfter, pausedBefore, pausedAfter, lateBy60} {
					if _, err := st.play(b, script{at: m}); err != nil {
						t.Logf("noticed: %s at call %d: %v", m, at, err)
						return
					}
				}
			}
			t.Error("nothing went wrong without it")
		})
	}
}
