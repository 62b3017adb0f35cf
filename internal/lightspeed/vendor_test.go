package lightspeed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// vendor is the vendor's two limiters as its documentation states them, on the
// time of the test. Foreign applications spend the same bucket through it.
type vendor struct {
	size, drip, burst float64
	strict            bool // refuses what would not fit, instead of only at a full bucket
	floor             bool // reports whole drips, rounded down
	silent            bool // reports nothing

	mu       sync.Mutex
	level    float64
	at       time.Time
	window   int64
	inWindow int

	served            int
	spent, foreign    float64
	refused, bursting int
}

func (v *vendor) settle(now time.Time) {
	if !v.at.IsZero() {
		v.level = math.Max(0, v.level-v.drip*now.Sub(v.at).Seconds())
	}
	v.at = now
}

// serve answers one request of our own.
func (v *vendor) serve(cost float64) *http.Response {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := time.Now()
	v.settle(now)
	if s := now.Unix(); s != v.window {
		v.window, v.inWindow = s, 0
	}
	v.inWindow++
	resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
	full := v.level >= v.size
	if v.strict {
		full = v.level+cost > v.size+1e-5
	}
	switch {
	case float64(v.inWindow) > v.burst:
		v.bursting++
		resp.StatusCode = http.StatusTooManyRequests
		resp.Header.Set("Retry-After", "1")
		resp.Header.Set("X-LS-API-RateLimit-Type", "api-burst-limiter")
	case full:
		v.refused++
		resp.StatusCode = http.StatusTooManyRequests
		resp.Header.Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil((v.level-v.size)/v.drip)))))
		resp.Header.Set("X-LS-API-RateLimit-Type", "api-leaky-bucket")
	default:
		v.level += cost
		v.spent += cost
		v.served++
	}
	if v.silent {
		return resp
	}
	level := v.level
	if v.floor {
		level = math.Floor(level)
	}
	resp.Header.Set("X-LS-Api-Bucket-Level", fmt.Sprintf("%v/%v", level, v.size))
	resp.Header.Set("X-LS-API-Burst-Level", fmt.Sprintf("%d/%v", v.inWindow, v.burst))
	resp.Header.Set("X-LS-Api-Drip-Rate", fmt.Sprint(v.drip))
	resp.Header.Set("X-LS-Api-Request-Cost", fmt.Sprint(cost))
	return resp
}

// steal spends what a foreign application spends, if the bucket lets it.
func (v *vendor) steal(cost float64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.settle(time.Now())
	if v.level < v.size {
		v.level += cost
		v.foreign += cost
	}
}

// trip is the time a request takes to the vendor, and its answer back.
type trip struct {
	rng      *rand.Rand
	min, max time.Duration
}

func (t trip) half() time.Duration {
	return t.min/2 + time.Duration(t.rng.Int64N(int64(t.max-t.min)/2+1))
}
