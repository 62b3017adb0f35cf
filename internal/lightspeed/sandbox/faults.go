package sandbox

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

const (
	// FaultLatency waits DelayMS on the sandbox's clock before the request takes effect.
	FaultLatency FaultKind = "latency"
	// FaultErrorBefore answers Status with Body and nothing takes effect.
	FaultErrorBefore FaultKind = "error_before"
	// FaultErrorAfter lets the request take effect, then answers Status with Body.
	FaultErrorAfter FaultKind = "error_after"
	// FaultCutBefore cuts the connection and nothing takes effect.
	FaultCutBefore FaultKind = "cut_before"
	// FaultCutAfter lets the request take effect, then cuts the connection without an answer.
	FaultCutAfter FaultKind = "cut_after"
	// FaultTruncate announces the whole body, sends half of it and cuts the connection.
	FaultTruncate FaultKind = "truncate"
	// FaultDrip sends the body byte by byte, with DelayMS between two of them.
	FaultDrip FaultKind = "drip"
	// FaultMalformed answers 200 with the first half of the body, as if it were all.
	FaultMalformed FaultKind = "malformed"
	// FaultMissingField leaves Field out of every record, or of every Every-th one.
	FaultMissingField FaultKind = "missing_field"
	// FaultWrongType writes Field (empty: each number and boolean) as a bare JSON number or boolean.
	FaultWrongType FaultKind = "wrong_type"
	// FaultThrottle answers 429 of the limiter Limiter, with RetryAfter seconds, and charges nothing.
	FaultThrottle FaultKind = "throttle"
	// FaultRevokedToken revokes the request's access token, and with Everything its refresh token too.
	FaultRevokedToken FaultKind = "revoked_token"
	// FaultSearchLag leaves sales and customers out of lists that were made or changed within the last DelayMS. By their id they
	// are found.
	FaultSearchLag FaultKind = "search_lag"
	// FaultLate cuts the connection at once, and the request takes effect DelayMS later, at most a minute. This is for writes to
	// the API; other requests are cut as by FaultCutAfter.
	FaultLate FaultKind = "late"
	// FaultMovedClock moves the sandbox's clock by ShiftSeconds before the request.
	FaultMovedClock FaultKind = "moved_clock"
)

func faultKinds() []FaultKind {
	return []FaultKind{FaultLatency, FaultErrorBefore, FaultErrorAfter, FaultCutBefore, FaultCutAfter, FaultTruncate, FaultDrip,
		FaultMalformed, FaultMissingField, FaultWrongType, FaultThrottle, FaultRevokedToken, FaultSearchLag, FaultLate, FaultMovedClock}
}

// Fault makes requests fail. It is for those that match Method and Path: the At-th of them, and with Next those after it; or the
// next Next; or each with Probability; or all.
type Fault struct {
	Kind FaultKind `json:"kind"`

	Method string `json:"method,omitempty"` // "" matches any
	Path   string `json:"path,omitempty"`   // part of path?query as it was sent; "" matches any

	At          int     `json:"at,omitempty"`          // first request hit, counting matching ones from 1
	Next        int     `json:"next,omitempty"`        // number of requests hit; 0: one with At, else no end
	Probability float64 `json:"probability,omitempty"` // share hit, from the server's seed; 0: all

	DelayMS      int     `json:"delayMS,omitempty"`
	Status       int     `json:"status,omitempty"` // default 500; 502 and above suit an HTML Body
	Body         string  `json:"body,omitempty"`   // default: an error in Lightspeed's form; "<..." is sent as HTML
	Field        string  `json:"field,omitempty"`
	Every        int     `json:"every,omitempty"`
	Limiter      string  `json:"limiter,omitempty"`    // "api-leaky-bucket" (default) or "api-burst-limiter"
	RetryAfter   int     `json:"retryAfter,omitempty"` // seconds, default 1
	Everything   bool    `json:"everything,omitempty"`
	ShiftSeconds float64 `json:"shiftSeconds,omitempty"`
}

// maxShift is how far one step may move the clock, in seconds.
const maxShift = 366 * 24 * 60 * 60

// maxLate is how late a request can take effect.
const maxLate = time.Minute

func (f *Fault) latency() time.Duration { return time.Duration(f.DelayMS) * time.Millisecond }

func (f *Fault) limiter() string {
	if f.Limiter == "" {
		return limiterBucket
	}
	return f.Limiter
}

func (f *Fault) retryAfter() int { return max(1, f.RetryAfter) }

// Validate returns what is wrong with a fault.
func (f *Fault) Validate() error {
	switch {
	case !slices.Contains(faultKinds(), f.Kind):
		return fmt.Errorf("kind %q is not one of %v", f.Kind, faultKinds())
	case f.Probability < 0 || f.Probability > 1:
		return fmt.Errorf("probability %v is not between 0 and 1", f.Probability)
	case f.At < 0 || f.Next < 0 || f.Every < 0 || f.DelayMS < 0:
		return fmt.Errorf("at, next, every and delayMS must not be negative")
	case f.Kind == FaultLate && f.latency() > maxLate:
		return fmt.Errorf("late delayMS %d is more than a minute", f.DelayMS)
	case math.Abs(f.ShiftSeconds) > maxShift:
		return fmt.Errorf("shiftSeconds %v is more than a year", f.ShiftSeconds)
	case f.Status != 0 && (f.Status < 400 || f.Status > 599):
		return fmt.Errorf("status %d is not an error", f.Status)
	case f.Kind == FaultMissingField && f.Field == "":
		return fmt.Errorf("missing_field needs a field")
	case f.Limiter != "" && f.Limiter != limiterBucket && f.Limiter != limiterBurst:
		return fmt.Errorf("limiter %q is neither %s nor %s", f.Limiter, limiterBucket, limiterBurst)
	}
	return nil
}

// FaultState is a fault that was added, and what it has done so far.
type FaultState struct {
	ID int `json:"id"`
	Fault
	Seen int  `json:"seen"` // matching requests
	Hits int  `json:"hits"` // requests that met the fault
	Done bool `json:"done"`
}

type faultSet struct {
	mu   sync.Mutex
	rng  *rand.Rand
	last int
	list []*FaultState
}

func (s *faultSet) seed(seed uint64) { s.rng = rand.New(rand.NewPCG(seed, 0xfa17)) }

// AddFault makes requests fail from now on. It returns a number for RemoveFault.
func (s *Server) AddFault(f Fault) (int, error) {
	s.setup()
	if err := f.Validate(); err != nil {
		return 0, fmt.Errorf("add fault: %w", err)
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.last++
	s.faults.list = append(s.faults.list, &FaultState{ID: s.faults.last, Fault: f})
	return s.faults.last, nil
}

// RemoveFault removes a fault. An unknown number is ignored.
func (s *Server) RemoveFault(id int) {
	s.setup()
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = slices.DeleteFunc(s.faults.list, func(f *FaultState) bool { return f.ID == id })
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.setup()
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}

// Faults lists the faults that were added, with those that are done.
func (s *Server) Faults() []FaultState {
	s.setup()
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	out := make([]FaultState, len(s.faults.list))
	for i, f := range s.faults.list {
		out[i] = *f
	}
	return out
}

// hit counts a request and reports whether it meets the fault.
func (f *FaultState) hit(r *http.Request, rng *rand.Rand) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, r.Method) || !strings.Contains(r.URL.RequestURI(), f.Path) {
		return false
	}
	f.Seen++
	if f.Done || f.Seen < f.At {
		return false
	}
	if f.Probability > 0 && rng.Float64() >= f.Probability {
		return false
	}
	f.Hits++
	limit := f.Next
	if limit == 0 && f.At > 0 {
		limit = 1
	}
	f.Done = limit > 0 && f.Hits >= limit
	return true
}

// faultPlan are the faults that a request meets.
type faultPlan struct {
	faults []*Fault
	mangle *mangle
}

func (p *faultPlan) first(k FaultKind) *Fault {
	for _, f := range p.faults {
		if f.Kind == k {
			return f
		}
	}
	return nil
}

func (p *faultPlan) has(k FaultKind) bool { return p.first(k) != nil }

func (s *Server) planFaults(r *http.Request) *faultPlan {
	p := &faultPlan{}
	s.faults.mu.Lock()
	for _, f := range s.faults.list {
		if f.hit(r, s.faults.rng) {
			fault := f.Fault
			p.faults = append(p.faults, &fault)
		}
	}
	s.faults.mu.Unlock()
	if s.FaultFor != nil {
		for _, f := range s.FaultFor(r) {
			p.faults = append(p.faults, &f)
		}
	}
	p.mangle = newMangle(p.faults)
	return p
}

// before applies the faults that come before the request takes effect. A reply ends the request.
func (s *Server) before(ctx context.Context, p *faultPlan) *reply {
	for _, f := range p.faults {
		if f.Kind == FaultMovedClock {
			s.Advance(time.Duration(f.ShiftSeconds * float64(time.Second)))
		}
	}
	s.sleep(ctx, p)
	if p.has(FaultCutBefore) {
		return &reply{cut: true}
	}
	if f := p.first(FaultErrorBefore); f != nil {
		return f.errorReply()
	}
	return nil
}

// after applies the faults that come after the request took effect.
func (s *Server) after(rep *reply, p *faultPlan) *reply {
	if f := p.first(FaultErrorAfter); f != nil && !p.has(FaultLate) {
		bad := f.errorReply()
		bad.cost, bad.resource = rep.cost, rep.resource
		return bad
	}
	if p.has(FaultCutAfter) || p.has(FaultLate) {
		rep.cut = true
	}
	if p.has(FaultTruncate) {
		rep.truncate = true
	}
	if f := p.first(FaultDrip); f != nil {
		rep.drip = f.latency()
	}
	if p.has(FaultMalformed) {
		rep.body = rep.body[:len(rep.body)/2]
	}
	return rep
}

func (f *Fault) errorReply() *reply {
	status := f.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	switch {
	case f.Body == "":
		return apiError(status, "Exception", "Sandbox fault. Please try again later.")
	case strings.HasPrefix(f.Body, "<"):
		return newReply(status, "text/html; charset=UTF-8", []byte(f.Body))
	}
	return jsonReply(status, []byte(f.Body))
}

// mangle damages records while they are encoded; nil damages nothing.
type mangle struct {
	omit    []string
	types   []string
	bareAll bool
	every   int
	seen    int
}

func newMangle(faults []*Fault) *mangle {
	m := &mangle{every: 1}
	for _, f := range faults {
		switch {
		case f.Kind == FaultMissingField:
			m.omit = append(m.omit, f.Field)
		case f.Kind == FaultWrongType && f.Field == "":
			m.bareAll = true
		case f.Kind == FaultWrongType:
			m.types = append(m.types, f.Field)
		default:
			continue
		}
		m.every = max(m.every, f.Every)
	}
	if len(m.omit) == 0 && len(m.types) == 0 && !m.bareAll {
		return nil
	}
	return m
}

// hits counts the records at the top and reports whether this one is damaged, with all that is nested in it.
func (m *mangle) hits(depth int) bool {
	if m == nil {
		return false
	}
	if depth == 0 {
		m.seen++
	}
	return m.seen%m.every == 0
}

func (m *mangle) omits(name string) bool { return slices.Contains(m.omit, name) }

func (m *mangle) bare(name string) bool { return m.bareAll || slices.Contains(m.types, name) }
