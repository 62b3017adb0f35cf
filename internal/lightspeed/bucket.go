package lightspeed

import (
	"math"
	"net/http"
	"time"
)

// What is assumed before the first answer: little, so that nothing is refused.
const (
	startSize       = 2.0  // drips
	startDrip       = 1.0  // drips a second; the lowest rate that Lightspeed has published
	startBurst      = 5.0  // requests a second
	unknownReadCost = 2.0  // drips of a read of a new kind
	unknownCost     = 10.0 // drips of a write of a new kind
)

const (
	// After staleAfter without an answer the level may be quite different, because other applications spend the same
	// bucket. Then one bulk request goes first and the others wait for its answer.
	staleAfter = 15 * time.Second
	// burstWindow is Lightspeed's window of one second, and a little more for clocks that differ.
	burstWindow = 1010 * time.Millisecond
	// The shares of the burst limit that we use. The rest is for other applications.
	bulkBurst, urgentBurst = 0.8, 0.9
	// While bulk requests wait, reserveShare of the drip builds up a reserve for urgent ones, up to reserveMax of the
	// bucket. It slows bulk requests down by no more than reserveShare.
	reserveShare, reserveMax = 0.01, 0.1
	// The margin for what other applications spend is marginFactor times the most that was seen at once, up to marginMax of
	// the bucket. It halves every marginHalfLife.
	marginFactor, marginHalfLife, marginMax = 1.5, 30 * time.Minute, 0.5

	// patientShare of the bucket is left to urgent requests by patient ones: more than the export of an order of a few lines costs.
	patientShare = 1.0 / 3

	epsilon = 1e-6 // drips; a smaller difference is rounding
)

// request is what asks for a turn.
type request struct {
	kind   string // requests of the same kind cost the same
	urgent bool   // goes before bulk requests, and may use the reserve
	// patient: urgent, and leaves patientShare of the bucket to others
	patient bool
}

// bucket models Lightspeed's limits of one account: a leaky bucket that each request fills by its cost, and a limit of
// requests a second. It only decides; it neither waits nor locks.
//
// Lightspeed refuses a request when the bucket is full before it. We send a request only when it fits as well, so our level
// may be wrong by its cost without a refusal: by rounding, by time on the way, or by another application's last request.
// When others were seen to spend more than that, bulk requests keep a margin.
type bucket struct {
	size, drip, burstLimit float64
	costs                  map[string]float64 // by kind of request, as last reported

	level      float64   // our estimate of the drips in it, of answered requests, at the time at
	at         time.Time // when level was brought up to date
	observedAt time.Time // when an answer last reported a level
	peak       float64   // the highest level since somebody took it; below 0 = no answer came since
	pending    int       // requests that were sent and have no answer yet
	reserved   float64   // their expected cost
	answered   float64   // cost of all answered requests, to know which ones overlapped

	sent      int         // number of the last request
	recent    []time.Time // when the requests of the last burst window were answered
	burst     float64     // requests in the window, as an answer reported last
	burstAt   time.Time   // when it did
	burstSent int         // number of its request

	reserve     float64 // drips kept for urgent requests
	margin      float64 // drips kept for other applications, at marginAt
	marginAt    time.Time
	pausedUntil time.Time // because of a 429
	refusals    int       // 429s in a row

	requests, throttled int64 // sent, and how many of them were refused with 429
}

func newBucket() *bucket {
	return &bucket{size: startSize, drip: startDrip, burstLimit: startBurst, costs: make(map[string]float64), peak: -1}
}

// pendingRequest is a request that was sent and has no answer yet.
type pendingRequest struct {
	kind     string
	cost     float64 // as expected
	number   int
	answered float64 // bucket.answered when it was sent
}

// expected is what a request of this kind is expected to cost.
func (b *bucket) expected(kind string) float64 {
	if c, ok := b.costs[kind]; ok {
		return c
	}
	if len(kind) >= 3 && kind[:3] == http.MethodGet {
		return unknownReadCost
	}
	return unknownCost
}

// settle brings the level up to date: the bucket has leaked until now.
func (b *bucket) settle(now time.Time) {
	if dt := now.Sub(b.at).Seconds(); dt > 0 {
		b.level = max(0, b.level-b.drip*dt)
	}
	b.at = now
	if b.level == 0 && b.pending == 0 {
		b.reserve = 0 // nobody waits at an empty bucket
	}
}

// marginNow is the margin as it has faded until now.
func (b *bucket) marginNow(now time.Time) float64 {
	return b.margin * math.Exp2(-float64(now.Sub(b.marginAt))/float64(marginHalfLife))
}

// wait returns how long a request has to wait; zero = it may go now. When ok is false, an answer must arrive first.
func (b *bucket) wait(now time.Time, rq request) (d time.Duration, ok bool) {
	b.settle(now)
	if !rq.urgent && b.pending > 0 && now.Sub(b.observedAt) > staleAfter {
		return 0, false
	}
	d = max(0, b.pausedUntil.Sub(now))

	room := b.size - b.expected(rq.kind) - b.reserved
	if rq.patient {
		room -= patientShare * b.size
	}
	if !rq.urgent {
		room -= b.reserve + b.marginNow(now)
	}
	if room < 0 {
		if b.pending > 0 {
			return 0, false
		}
		room = 0 // it costs more than may be used at once: it goes when the bucket is empty
	}
	if excess := b.level - room; excess > epsilon {
		d = max(d, seconds(excess/b.drip))
	}
	burst, ok := b.burstWait(now, rq)
	return max(d, burst), ok
}

// burstWait keeps the requests that may fall into one of Lightspeed's windows below the burst limit. Lightspeed may count a
// request at any time until it answers.
func (b *bucket) burstWait(now time.Time, rq request) (d time.Duration, ok bool) {
	for len(b.recent) > 0 && now.Sub(b.recent[0]) >= burstWindow {
		b.recent = b.recent[1:]
	}
	share := bulkBurst
	if rq.urgent {
		share = urgentBurst
	}
	allowed := max(1, int(b.burstLimit*share))
	if seen := int(b.burst) + b.sent - b.burstSent; seen+1 > allowed {
		d = max(0, b.burstAt.Add(burstWindow).Sub(now))
	}
	if over := b.pending + len(b.recent) + 1 - allowed; over > 0 {
		if over > len(b.recent) {
			return 0, false
		}
		d = max(d, b.recent[over-1].Add(burstWindow).Sub(now))
	}
	return d, true
}

// send notes that a request is sent now, after the bucket made it wait for held.
func (b *bucket) send(now time.Time, rq request, held time.Duration) pendingRequest {
	b.settle(now)
	if !rq.urgent {
		b.reserve = min(b.reserve+reserveShare*b.drip*held.Seconds(), reserveMax*b.size)
	}
	b.requests++
	b.sent++
	p := pendingRequest{kind: rq.kind, cost: b.expected(rq.kind), number: b.sent, answered: b.answered}
	b.pending++
	b.reserved += p.cost
	return p
}

// complete notes that a request is no longer pending.
func (b *bucket) complete(p pendingRequest) {
	b.pending--
	b.reserved -= p.cost
	if b.pending == 0 {
		b.reserved = 0 // sums of floats need not cancel out
	}
}

// cancel notes that a request was not sent after all.
func (b *bucket) cancel(now time.Time, p pendingRequest) {
	b.settle(now)
	b.complete(p)
	b.requests--
}

// finish notes the end of a request. resp is nil when no answer came: the request may have been served all the same, so its
// cost counts.
func (b *bucket) finish(now time.Time, p pendingRequest, resp *http.Response) {
	b.settle(now)
	b.complete(p)
	b.recent = append(b.recent, now)
	cost, overlap := p.cost, b.answered-p.answered
	var seen limits
	if resp != nil {
		seen = limitsOf(resp.Header)
		cost = b.learn(now, p, seen)
		if resp.StatusCode == http.StatusTooManyRequests {
			cost = 0 // a refused request costs nothing
			b.refuse(now, resp.Header, seen)
		} else {
			b.refusals = 0
		}
	}
	b.answered += cost
	b.level += cost
	if !seen.hasLevel {
		return
	}
	// Of the requests that overlapped this one, the answered ones may be missing from the level that it reported, and the
	// pending ones may be in it.
	if foreign := seen.level - b.level - b.reserved; now.Sub(b.observedAt) <= staleAfter {
		b.remember(now, marginFactor*foreign-cost/2)
	}
	b.level = min(max(b.level, seen.level), seen.level+overlap)
	b.observedAt = now
	b.peak = max(b.peak, seen.level)
}

// learn takes the limits that an answer reported, and returns the cost of its request.
func (b *bucket) learn(now time.Time, p pendingRequest, seen limits) float64 {
	cost := p.cost
	if seen.hasLevel {
		b.size = seen.size
	}
	if seen.drip > 0 {
		b.drip = seen.drip
	}
	if seen.cost > 0 {
		cost = seen.cost
		b.costs[p.kind] = cost
	}
	if seen.hasBurst {
		b.burstLimit, b.burst, b.burstAt, b.burstSent = seen.burstLimit, seen.burst, now, p.number
	}
	return cost
}

// refuse pauses the account for as long as a 429 says.
func (b *bucket) refuse(now time.Time, h http.Header, seen limits) {
	b.throttled++
	pause := retryAfter(h, now)
	if pause == 0 {
		pause = min(time.Second<<min(b.refusals, 6), time.Minute)
	}
	b.refusals++
	if until := now.Add(pause); until.After(b.pausedUntil) {
		b.pausedUntil = until
	}
	if !seen.hasLevel && h.Get("X-LS-API-RateLimit-Type") != "api-burst-limiter" {
		b.level = max(b.level, b.size)
	}
}

// remember widens the margin when other applications spent more at once than it covers.
func (b *bucket) remember(now time.Time, margin float64) {
	if margin > b.marginNow(now) {
		b.margin, b.marginAt = min(margin, marginMax*b.size), now
	}
}
