package sandbox

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// bucketKey names a bucket: each client of each account has one.
type bucketKey struct{ account, client string }

// bucket is the leaky bucket of 2026-03 with the burst limiter's window of one second.
type bucket struct {
	level   float64
	updated time.Time
	window  int64
	burst   int
}

type bucketSet struct {
	mu   sync.Mutex
	all  map[bucketKey]*bucket
	last float64 // the fullest any bucket has been, for the statistics
}

// limits follow from the number of registers in the merchant's subscription.
type limits struct {
	size, drip float64
	burst      int
}

func limitsFor(registers int) limits {
	extra := float64(max(registers, 1) - 1)
	l := limits{size: 90 + 10*extra, drip: 1 + 0.5*extra}
	// The formula is not published. In the documentation's sample it is 20 for a bucket of 90.
	l.burst = int(math.Round(l.size * 20 / 90))
	return l
}

// limiterState is what the limiter says about a request.
type limiterState struct {
	limits
	level      float64
	burstLevel int
	cost       float64
	limiter    string // "" when served, else the limiter that refused
	retryAfter int    // seconds
}

const (
	limiterBucket = "api-leaky-bucket"
	limiterBurst  = "api-burst-limiter"
)

// take charges a request. The request that overfills the bucket is still served. The next ones are refused until the level is
// below the size again; they add nothing to it.
func (s *bucketSet) take(k bucketKey, l limits, cost float64, now time.Time) limiterState {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.bucketLocked(k, l, now)
	v := limiterState{limits: l, cost: cost}
	if w := now.Unix(); w != b.window {
		b.window, b.burst = w, 0
	}
	b.burst++
	v.burstLevel = b.burst
	switch {
	case b.burst > l.burst:
		v.limiter, v.retryAfter = limiterBurst, 1
	case b.level >= l.size:
		v.limiter = limiterBucket
		// Not ceil: if the excess leaks out in whole seconds, the level would equal the size then, not be below it.
		v.retryAfter = int(math.Floor((b.level-l.size)/l.drip)) + 1
	default:
		b.level = round(b.level + cost)
		s.last = max(s.last, b.level)
	}
	v.level = b.level
	return v
}

// peek is the state without charging anything, for refusals by a fault.
func (s *bucketSet) peek(k bucketKey, l limits, now time.Time) limiterState {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.bucketLocked(k, l, now)
	return limiterState{limits: l, level: b.level, burstLevel: b.burst}
}

// add fills a bucket as another program would that shares the client.
func (s *bucketSet) add(k bucketKey, l limits, drips float64, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.bucketLocked(k, l, now)
	b.level = max(0, round(b.level+drips))
}

func (s *bucketSet) bucketLocked(k bucketKey, l limits, now time.Time) *bucket {
	if s.all == nil {
		s.all = map[bucketKey]*bucket{}
	}
	b := s.all[k]
	if b == nil {
		b = &bucket{updated: now}
		s.all[k] = b
	}
	if dt := now.Sub(b.updated).Seconds(); dt > 0 {
		b.level = max(0, b.level-l.drip*dt)
	}
	b.updated = now
	return b
}

// round removes the errors of binary fractions, so that ten times 1.4 is 14.
func round(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// headers puts the limiter's headers on a reply.
func (v limiterState) headers(h http.Header, account, client string) {
	num := func(x float64) string { return strconv.FormatFloat(round(x), 'f', -1, 64) }
	h.Set("X-LS-Acct-Id", account)
	h.Set("X-LS-Oauth-Client-Id", client)
	h.Set("X-LS-Api-Bucket-Level", num(v.level)+"/"+num(v.size))
	h.Set("X-LS-API-Burst-Level", strconv.Itoa(v.burstLevel)+"/"+strconv.Itoa(v.burst))
	h.Set("X-LS-Api-Drip-Rate", num(v.drip))
	h.Set("X-LS-Api-Request-Cost", num(v.cost))
	if v.limiter != "" {
		h.Set("X-LS-API-RateLimit-Type", v.limiter)
		h.Set("Retry-After", strconv.Itoa(v.retryAfter))
	}
}

func (v limiterState) refusal() *reply {
	message := "Rate Limit Exceeded"
	if v.limiter == limiterBurst {
		message = "Rate Limit Exceeded: burst rate limit exceeded"
	}
	return apiError(http.StatusTooManyRequests, "RateLimitException", message)
}
