package lightspeed

import (
	"math"
	"net/http"
	"time"
)

// Cautious beginnings, replaced by the first answer that tells better.
const (
	startSize       = 2.0  // drips
	startDrip       = 1.0  // drips a second; the base rate of both limit models that the vendor has published
	startBurst      = 5.0  // requests a second
	unknownReadCost = 2.0  // drips, of a kind of request not sent before
	unknownCost     = 10.0 // the same for requests that write
)

const (
	// staleAfter is the age at which a belief may be wholly wrong because
	// others spend the same bucket; then one request goes first and the rest wait for its answer.
	staleAfter = 15 * time.Second
	// burstWindow is the vendor's window of one second, with a little for clocks that differ.
	burstWindow = 1010 * time.Millisecond
	// Shares of the burst limit to use; what is left is for other applications.
	bulkBurst, urgentBurst = 0.8, 0.9
	// reserveShare of the drip builds the reserve for urgent requests while bulk
	// requests queue, so that the reserve delays them by no more than that share;
	// reserveMax is its greatest size, as a share of the bucket.
	reserveShare, reserveMax = 0.01, 0.1
	// marginFactor leaves room for more foreign spending at once than was seen
	// so far; marginHalfLife is how long the memory of it takes to fade by half;
	// marginMax bounds it, as a share of the bucket.
	marginFactor, marginHalfLife, marginMax = 1.5, 30 * time.Minute, 0.5

	epsilon = 1e-6 // drips; below it, a difference is rounding
)

// bucket models the vendor's limits of one account: a leaky bucket that each
// request fills by its cost and that leaks at a constant rate, and a limit of
// requests in windows of one second. It decides, and neither waits nor locks.
//
// The vendor refuses a request when the level has reached the size before it.
// The model sends only when the request fits below the size, so it can be wrong
// by the cost of that request - about rounding, time on the way, a foreign
// request just served - without being refused. What others were seen to spend
// beyond that becomes a margin for bulk requests.
type bucket struct {
	size, drip, burstLimit float64
	costs                  map[string]float64 // by kind of request, as last reported

	level      float64   // believed drips of answered requests, at the time at
	at         time.Time // when level was brought up to date
	observedAt time.Time // when headers last reported a level
	pending    int       // requests sent and not answered
	reserved   float64   // their expected cost
	answered   float64   // total cost of answered requests, to know what overlapped

	sent      int         // turns given, as a sequence number
	recent    []time.Time // when the requests of the last burst window were answered
	burst     float64     // requests in the window, as last reported,
	burstAt   time.Time   // when that was
	burstSent int         // and the sequence number of the request whose answer reported it

	reserve     float64 // drips kept from bulk requests for urgent ones
	margin      float64 // drips kept from bulk requests against foreign spending, at marginAt
	marginAt    time.Time
	pausedUntil time.Time // by a 429
	refusals    int       // 429s in a row

	requests, throttled int64 // sent, and of them refused with 429
}

func newBucket() *bucket {
	return &bucket{size: startSize, drip: startDrip, burstLimit: startBurst, costs: make(map[string]float64)}
}

// pendingRequest is a request on its way.
type pendingRequest struct {
	kind     string
	cost     float64 // expected
	seq      int
	answered float64 // bucket.answered when it was sent
}

// expected is the cost to reckon with for a kind of request.
func (b *bucket) expected(kind string) float64 {
	if c, ok := b.costs[kind]; ok {
		return c
	}
	if len(kind) >= 3 && kind[:3] == http.MethodGet {
		return unknownReadCost
	}
	return unknownCost
}

// settle lets the bucket leak until now.
func (b *bucket) settle(now time.Time) {
	if dt := now.Sub(b.at).Seconds(); dt > 0 {
		b.level = max(0, b.level-b.drip*dt)
	}
	b.at = now
	if b.level == 0 && b.pending == 0 {
		b.reserve = 0 // nobody queues at an empty bucket
	}
}

func (b *bucket) foreignMargin(now time.Time) float64 {
	return b.margin * math.Exp2(-float64(now.Sub(b.marginAt))/float64(marginHalfLife))
}

// wait returns how long a request of this cost has to wait, zero for not at
// all. With ok false no time will do: an answer must arrive first.
func (b *bucket) wait(now time.Time, cost float64, urgent bool) (d time.Duration, ok bool) {
	b.settle(now)
	if !urgent && b.pending > 0 && now.Sub(b.observedAt) > staleAfter {
		return 0, false
	}
	d = max(0, b.pausedUntil.Sub(now))

	room := b.size - cost - b.reserved
	if !urgent {
		room -= b.reserve + b.foreignMargin(now)
	}
	if room < 0 {
		if b.pending > 0 {
			return 0, false
		}
		room = 0 // dearer than what may be used at once: at an empty bucket it is in order
	}
	if excess := b.level - room; excess > epsilon {
		d = max(d, seconds(excess/b.drip))
	}
	burst, ok := b.burstWait(now, urgent)
	return max(d, burst), ok
}

// burstWait keeps the requests that may fall into one window of the vendor's
// below the limit. A request can have been counted at any time until its answer.
func (b *bucket) burstWait(now time.Time, urgent bool) (d time.Duration, ok bool) {
	for len(b.recent) > 0 && now.Sub(b.recent[0]) >= burstWindow {
		b.recent = b.recent[1:]
	}
	share := bulkBurst
	if urgent {
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

// send notes a request sent now, after the bucket held it back for held.
func (b *bucket) send(now time.Time, kind string, urgent bool, held time.Duration) pendingRequest {
	b.settle(now)
	if !urgent {
		b.reserve = min(b.reserve+reserveShare*b.drip*held.Seconds(), reserveMax*b.size)
	}
	f := pendingRequest{kind: kind, cost: b.expected(kind), answered: b.answered}
	b.requests++
	b.sent++
	f.seq = b.sent
	b.pending++
	b.reserved += f.cost
	return f
}

// complete takes a request out of the air.
func (b *bucket) complete(f pendingRequest) {
	b.pending--
	b.reserved -= f.cost
	if b.pending == 0 {
		b.reserved = 0 // sums of floats need not cancel out
	}
}

// cancel notes that a request announced by send was not sent after all.
func (b *bucket) cancel(now time.Time, f pendingRequest) {
	b.settle(now)
	b.complete(f)
	b.requests--
}

// finish notes the end of a request; resp is nil when no answer came, and the
// request then counts as spent.
func (b *bucket) finish(now time.Time, f pendingRequest, resp *http.Response) {
	b.settle(now)
	b.complete(f)
	b.recent = append(b.recent, now)
	cost, overlap := f.cost, b.answered-f.answered
	var seen limits
	if resp != nil {
		seen = limitsOf(resp.Header)
		cost = b.learn(now, f, seen)
		if resp.StatusCode == http.StatusTooManyRequests {
			cost = 0 // a refused request adds nothing
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
	// Of the requests that overlapped this one, those answered may be missing
	// from the level it reported, and those still pending may be in it.
	if foreign := seen.level - b.level - b.reserved; now.Sub(b.observedAt) <= staleAfter {
		b.remember(now, marginFactor*foreign-cost/2)
	}
	b.level = min(max(b.level, seen.level), seen.level+overlap)
	b.observedAt = now
}

// learn takes over the limits that an answer reported and returns the cost of its request.
func (b *bucket) learn(now time.Time, f pendingRequest, seen limits) float64 {
	cost := f.cost
	if seen.hasLevel {
		b.size = seen.size
	}
	if seen.drip > 0 {
		b.drip = seen.drip
	}
	if seen.cost > 0 {
		cost = seen.cost
		b.costs[f.kind] = cost
	}
	if seen.hasBurst {
		b.burstLimit, b.burst, b.burstAt, b.burstSent = seen.burstLimit, seen.burst, now, f.seq
	}
	return cost
}

// refuse pauses the account as a 429 demands.
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

// remember widens the margin after others spent more at once than it covers.
func (b *bucket) remember(now time.Time, margin float64) {
	if margin > b.foreignMargin(now) {
		b.margin, b.marginAt = min(margin, marginMax*b.size), now
	}
}
