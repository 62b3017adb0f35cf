package lightspeed

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// limits are what the headers of an answer say of the account's rate limits; zero = they do not say. Source:
// https://developers.lightspeedhq.com/retail/introduction/ratelimits/
type limits struct {
	hasLevel    bool
	level, size float64 // X-LS-Api-Bucket-Level: level/size in drips, with this request
	drip        float64 // X-LS-Api-Drip-Rate: drips that leak out each second
	cost        float64 // X-LS-Api-Request-Cost: drips of this request
	hasBurst    bool
	burst       float64 // X-LS-API-Burst-Level: requests/limit in this second, with this request
	burstLimit  float64
}

func limitsOf(h http.Header) limits {
	var l limits
	l.level, l.size, l.hasLevel = fraction(h.Get("X-LS-Api-Bucket-Level"))
	l.burst, l.burstLimit, l.hasBurst = fraction(h.Get("X-LS-Api-Burst-Level"))
	l.drip, _ = positive(h.Get("X-LS-Api-Drip-Rate"))
	l.cost, _ = positive(h.Get("X-LS-Api-Request-Cost"))
	return l
}

// fraction parses "13.65/90".
func fraction(s string) (of, whole float64, ok bool) {
	a, b, found := strings.Cut(s, "/")
	if !found {
		return 0, 0, false
	}
	whole, ok = positive(b)
	of, err := strconv.ParseFloat(strings.TrimSpace(a), 64)
	if !ok || err != nil || !(of >= 0) || math.IsInf(of, 0) {
		return 0, 0, false
	}
	return of, whole, true
}

func positive(s string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(f > 0) || math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

// maxRetryAfter is the longest pause that we let a server ask for.
const maxRetryAfter = time.Hour

// retryAfter reads Retry-After, in seconds or as a date; zero = there is none.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := h.Get("Retry-After")
	if secs, ok := positive(s); ok {
		return seconds(min(secs, maxRetryAfter.Seconds()))
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return min(t.Sub(now), maxRetryAfter)
	}
	return 0
}

// seconds makes a duration, rounded up so that no wait ends too early.
func seconds(s float64) time.Duration {
	return time.Duration(math.Ceil(s*1e6)) * time.Microsecond
}
