// Package fairshare bounds how much of this process one site uses at a time, so that a site that asks for much waits itself, and the
// others do not.
//
// Each site has places for each [Kind] of use, and a budget of cost that refills with time. Who finds all places of the site taken waits
// for one in turn; who finds too many waiting already is refused.
package fairshare

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"possync/internal/fault"
	"possync/internal/tenant"
)

// Kind is what a site uses.
type Kind int

// The kinds of use.
const (
	Requests      Kind = iota // requests that are read, checked and run
	Mutations                 // mutations that run: they would wait for each other in the database, with a connection each
	Previews                  // previews of settings: each evaluates all items of the site
	Connections               // database connections
	Downloads                 // files that are sent
	Subscriptions             // running subscriptions
	Responses                 // responses that are ready and being sent
	kinds
)

// messages say what is refused.
var messages = [kinds]string{
	Requests:      "This site sends too many requests at the same time. Wait for answers before you send more.",
	Mutations:     "This site sends too many changes at the same time. Wait for answers before you send more.",
	Previews:      "Too many previews of this site are waiting. Try again when they are done.",
	Connections:   "This site asks for too much at the same time. Wait for answers before you ask for more.",
	Downloads:     "This site is downloading too many files at the same time. Try again when one of them is done.",
	Responses:     "This site does not read its answers. Read them before you send more.",
	Subscriptions: "This site has too many subscriptions open. Close those that are not needed.",
}

// retryAfter is when those who are refused should try again.
const retryAfter = time.Second

// Bound is how often a site may use something at the same time.
type Bound struct {
	AtOnce  int // 0 = not bounded
	Waiting int // who may wait besides; 0 = none
}

// Limits are what each site may use.
type Limits struct {
	Bounds map[Kind]Bound
	// CostPerSecond is how much cost a site's budget gains each second, up to CostBurst. 0 = not bounded.
	CostPerSecond, CostBurst int
}

// Shares are what the sites use of one process. They are safe for concurrent use.
type Shares struct {
	limits Limits
	now    func() time.Time

	mu    sync.Mutex
	sites map[string]*share
	sweep int // how many sites make it worth looking for those that are idle
}

// share is what one site uses.
type share struct {
	users  int // who is using or about to use it; guarded by Shares.mu
	places [kinds]*places
	budget *rate.Limiter // nil = not bounded
}

// leastSweep is how many sites are kept without looking for idle ones; each takes some hundred bytes.
const leastSweep = 1024

// New returns shares within the limits.
func New(l Limits, now func() time.Time) *Shares {
	return &Shares{limits: l, now: now, sites: make(map[string]*share), sweep: leastSweep}
}

type contextKey struct{}

// NewContext returns a context in which [Enter] and [Spend] are bounded by s.
func (s *Shares) NewContext(ctx context.Context) context.Context {
	return context.WithValue(ctx, contextKey{}, s)
}

func fromContext(ctx context.Context) *Shares {
	s, _ := ctx.Value(contextKey{}).(*Shares)
	return s
}

// Enter takes a place for one use by the site that acts in ctx, and waits for it if need be. Who got it calls leave once. The error is
// a throttled fault if too many wait already, or the context's. A context without shares, as that of a job, is not bounded.
func Enter(ctx context.Context, k Kind) (leave func(), err error) {
	s := fromContext(ctx)
	siteID, err := tenant.Site(ctx)
	if s == nil || err != nil {
		return func() {}, nil
	}
	of := s.hold(siteID)
	free, err := of.places[k].enter(ctx)
	if err != nil {
		s.release(of)
		if fault.KindOf(err) == fault.Throttled {
			return nil, err
		}
		return nil, fmt.Errorf("wait for this site's turn: %w", err)
	}
	return func() {
		free()
		s.release(of)
	}, nil
}

// Budget is what is left of a site's budget of cost.
type Budget struct {
	Maximum   int `json:"maximumAvailable"`
	Available int `json:"currentlyAvailable"`
	PerSecond int `json:"restoreRate"`
}

// Spend takes cost from the budget of the site that acts in ctx. Where the budget is too small it takes nothing, and the error is a
// throttled fault that says when there will be enough. The budget is nil where costs are not bounded.
func Spend(ctx context.Context, cost int) (*Budget, error) {
	s := fromContext(ctx)
	siteID, err := tenant.Site(ctx)
	if s == nil || err != nil || s.limits.CostPerSecond == 0 {
		return nil, nil
	}
	of := s.hold(siteID)
	defer s.release(of)
	now := s.now()
	allowed := of.budget.AllowN(now, min(cost, s.limits.CostBurst))
	left := of.budget.TokensAt(now)
	budget := &Budget{Maximum: s.limits.CostBurst, Available: max(0, int(left)), PerSecond: s.limits.CostPerSecond}
	if allowed {
		return budget, nil
	}
	return budget, s.overspent(float64(min(cost, s.limits.CostBurst)) - left)
}

// Charge takes cost from the budget of the site that acts in ctx although nothing has run, as for a request that was rejected. The budget
// may be negative after it.
func Charge(ctx context.Context, cost int) {
	s := fromContext(ctx)
	siteID, err := tenant.Site(ctx)
	if s == nil || err != nil || s.limits.CostPerSecond == 0 {
		return
	}
	of := s.hold(siteID)
	defer s.release(of)
	of.budget.ReserveN(s.now(), min(cost, s.limits.CostBurst))
}

// Solvent returns a throttled fault if nothing is left of the budget of the site that acts in ctx.
func Solvent(ctx context.Context) error {
	s := fromContext(ctx)
	siteID, err := tenant.Site(ctx)
	if s == nil || err != nil || s.limits.CostPerSecond == 0 {
		return nil
	}
	of := s.hold(siteID)
	defer s.release(of)
	if left := of.budget.TokensAt(s.now()); left < 1 {
		return s.overspent(1 - left)
	}
	return nil
}

// overspent is the error where so much is missing from a budget.
func (s *Shares) overspent(missing float64) error {
	wait := time.Duration(missing / float64(s.limits.CostPerSecond) * float64(time.Second))
	return fault.WithRetryAfter(fault.New(fault.Throttled,
		"This site has used up its budget of cost for now. Try again after the time in retryAfter, or ask for less at a time."), wait)
}

// pause is how long somebody who was refused waits for the answer.
const pause = 250 * time.Millisecond

// Slow lets time pass if err refuses a use, so that one who asks again and again at once costs the others nothing. It returns err.
func Slow(ctx context.Context, err error) error {
	if err == nil || fault.KindOf(err) != fault.Throttled {
		return err
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return err
}

// hold returns the site's share, which is kept until it is released.
func (s *Shares) hold(siteID string) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, ok := s.sites[siteID]
	if !ok {
		if len(s.sites) >= s.sweep {
			s.forgetIdle()
		}
		of = s.newShare()
		s.sites[siteID] = of
	}
	of.users++
	return of
}

func (s *Shares) release(of *share) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of.users--
}

func (s *Shares) newShare() *share {
	of := &share{}
	for k := range of.places {
		of.places[k] = newPlaces(s.limits.Bounds[Kind(k)], messages[k])
	}
	if s.limits.CostPerSecond > 0 {
		of.budget = rate.NewLimiter(rate.Limit(s.limits.CostPerSecond), s.limits.CostBurst)
	}
	return of
}

// forgetIdle forgets the sites that use nothing and whose budget is full: a new share would be the same.
func (s *Shares) forgetIdle() {
	now := s.now()
	for siteID, of := range s.sites {
		if of.users == 0 && (of.budget == nil || of.budget.TokensAt(now) >= float64(s.limits.CostBurst)) {
			delete(s.sites, siteID)
		}
	}
	s.sweep = max(leastSweep, 2*len(s.sites))
}

// Sites returns how many sites are kept.
func (s *Shares) Sites() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sites)
}
