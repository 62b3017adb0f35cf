package lightspeed

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/clock"
	"possync/internal/yardstick"
)

const readPage = "GET /API/V3/Account/#/Item.json"

// ask sends one request through the pacer and reports whether it was served.
func (tr trip) ask(ctx context.Context, t *testing.T, p *pacer, v *vendor, rq request, cost float64) bool {
	t.Helper()
	f, err := p.acquire(ctx, rq)
	if err != nil {
		return false
	}
	time.Sleep(tr.half())
	resp := v.serve(cost)
	time.Sleep(tr.half())
	p.finish(f, resp)
	return resp.StatusCode == http.StatusOK
}

func newTrip(seed uint64, lo, hi time.Duration) trip {
	return trip{rand.New(rand.NewPCG(seed, 1)), lo, hi}
}

// A full read ends as soon as bucket and drip allow, and is never refused.
func TestPacerReachesTheBound(t *testing.T) {
	const latency = 200 * time.Millisecond
	for _, m := range []struct{ size, drip, burst, cost float64 }{
		{60, 1, 20, 1},
		{90, 1, 20, 1},
		{90, 1, 20, 1.4},
		{110, 2, 24, 1.4},
		{180, 5.5, 40, 1.4},
		{60, 1, 20, 10},
	} {
		for _, pages := range []int{10, 100, 1000} {
			for _, form := range []string{"exact", "strict", "floor"} {
				if pages == 1000 && form != "exact" {
					continue // nothing new but time
				}
				t.Run(fmt.Sprintf("B%v r%v c%v P%d %s", m.size, m.drip, m.cost, pages, form), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						v := &vendor{size: m.size, drip: m.drip, burst: m.burst, strict: form == "strict", floor: form == "floor"}
						p := newPacer(clock.System())
						tr := newTrip(uint64(pages), latency, latency+time.Millisecond)
						begin := time.Now()
						for range pages {
							if !tr.ask(t.Context(), t, p, v, request{kind: readPage}, m.cost) {
								t.Fatalf("refused after %d pages and %v", v.served, time.Since(begin))
							}
						}
						elapsed := time.Since(begin).Seconds()
						lag := latency.Seconds()
						bound := max(float64(pages)*(lag+0.001), 1.02*(float64(pages)*m.cost-m.size)/m.drip+lag)
						if elapsed > bound {
							t.Fatalf("took %.2f s, want at most %.2f s", elapsed, bound)
						}
					})
				})
			}
		}
	}
}

// While others spend the same bucket, reading goes on at what is left of the
// drip, and refusals stay the exception that only a theft between two of our
// answers can cause.
func TestPacerUnderForeignSpending(t *testing.T) {
	const hours = 4
	for _, tt := range []struct {
		name         string
		replicas     int
		foreignCost  float64
		foreignShare float64 // of the drip
		maxRefused   int
	}{
		{"nobody else", 1, 0, 0, 0},
		{"small requests", 1, 1, 0.3, 0},
		{"small requests, most of the drip", 1, 1, 0.8, hours},
		{"dear requests", 1, 10, 0.3, hours},
		{"three replicas", 3, 0, 0, hours},
		{"three replicas and small requests", 3, 1, 0.3, hours},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := &vendor{size: 90, drip: 1, burst: 20}
				ctx, stop := context.WithTimeout(t.Context(), hours*time.Hour)
				defer stop()
				var all sync.WaitGroup
				for i := range tt.replicas {
					p, tr := newPacer(clock.System()), newTrip(uint64(i), 80*time.Millisecond, 400*time.Millisecond)
					all.Go(func() {
						for ctx.Err() == nil {
							tr.ask(ctx, t, p, v, request{kind: readPage}, 1.4)
						}
					})
				}
				if tt.foreignCost > 0 {
					rng := rand.New(rand.NewPCG(7, 7))
					all.Go(func() {
						for ctx.Err() == nil {
							gap := rng.ExpFloat64() * tt.foreignCost / (tt.foreignShare * v.drip)
							if clock.System().Sleep(ctx, seconds(gap)) == nil {
								v.steal(tt.foreignCost)
							}
						}
					})
				}
				all.Wait()
				available := v.size + v.drip*(hours*time.Hour).Seconds()
				used := (v.spent + v.foreign) / available
				t.Logf("used %.2f %% of the drips, %.0f ours, %.0f foreign, refused %d", used*100, v.spent, v.foreign, v.refused)
				if used < 0.98 || v.refused > tt.maxRefused || v.bursting > 0 {
					t.Errorf("used %.1f %%, refused %d (at most %d), burst %d", used*100, v.refused, tt.maxRefused, v.bursting)
				}
			})
		})
	}
}

// Urgent requests start within the time their own cost takes to drip while
// bulk readers keep the bucket full, and at once when the reserve has built up.
func TestPacerServesUrgentFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{size: 90, drip: 1, burst: 20}
		p := newPacer(clock.System())
		ctx, stop := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for i := range 3 {
			tr := newTrip(uint64(i), 80*time.Millisecond, 300*time.Millisecond)
			all.Go(func() {
				for ctx.Err() == nil {
					tr.ask(ctx, t, p, v, request{kind: readPage}, 1.4)
				}
			})
		}
		const order, cost = "POST /API/V3/Account/#/Sale.json", 7.5
		tr := newTrip(99, 80*time.Millisecond, 300*time.Millisecond)
		tr.ask(t.Context(), t, p, v, request{kind: order, urgent: true}, cost) // its cost is not known before
		var waits []time.Duration
		for range 100 {
			time.Sleep(time.Duration(60+tr.rng.IntN(600)) * time.Second)
			begin := time.Now()
			f, err := p.acquire(t.Context(), request{kind: order, urgent: true})
			if err != nil {
				t.Fatal(err)
			}
			waits = append(waits, time.Since(begin))
			time.Sleep(tr.half())
			p.finish(f, v.serve(cost))
		}
		stop()
		all.Wait()
		slices.Sort(waits)
		if p99 := waits[len(waits)*99/100]; p99.Seconds() > cost/v.drip {
			t.Errorf("p99 of the wait is %v", p99)
		}
		if median := waits[len(waits)/2]; median > time.Second {
			t.Errorf("median of the wait is %v, want the reserve to serve it", median)
		}
		if v.refused+v.bursting > 0 {
			t.Errorf("refused %d, burst %d", v.refused, v.bursting)
		}
		t.Logf("waits: median %v, p99 %v, max %v", waits[len(waits)/2], waits[len(waits)*99/100], waits[len(waits)-1])
	})
}

// Stock is read beside any number of exports: a bulk request goes every 15 seconds, and no urgent one waits for more than one of them.
func TestPacerReadsBesideUrgentRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{size: 60, drip: 1, burst: 20}
		p := newPacer(clock.System())
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Minute)
		defer stop()
		var all sync.WaitGroup
		const order, cost = "POST /API/V3/Account/#/Sale.json", 7.5
		for i := range 5 {
			tr := newTrip(uint64(i), 80*time.Millisecond, 300*time.Millisecond)
			all.Go(func() {
				for ctx.Err() == nil {
					tr.ask(ctx, t, p, v, request{kind: order, urgent: true}, cost)
				}
			})
		}
		time.Sleep(time.Minute)
		begin, reads, longest := time.Now(), 0, time.Duration(0)
		tr := newTrip(99, 80*time.Millisecond, 300*time.Millisecond)
		for ctx.Err() == nil {
			asked := time.Now()
			if tr.ask(ctx, t, p, v, request{kind: readPage}, 1.4) {
				reads++
				longest = max(longest, time.Since(asked))
			}
		}
		all.Wait()
		orders := (v.spent - 1.4*float64(reads)) / cost
		t.Logf("%d reads, the longest after %s, and %.0f orders in %s", reads, longest, orders, time.Since(begin))
		yardstick.Report(t, yardstick.Row{
			Work: "stock beside waiting orders: the three requests of a delta", Yardstick: "virtual clock, five registers that always export",
			Measured: 3 * longest.Seconds(), Bar: 120, Unit: "s",
		})
		if longest > bulkEvery+10*time.Second || reads < 19*60/25 {
			t.Errorf("%d reads, the longest after %s", reads, longest)
		}
		if bound := (20*60 + v.size - 1.4*float64(reads)) / cost; orders < 0.97*bound {
			t.Errorf("%.0f orders, want nearly the %.0f that the budget allows", orders, bound)
		}
		if v.refused+v.bursting > 0 {
			t.Errorf("refused %d, burst %d", v.refused, v.bursting)
		}
	})
}

// Callers at once, fast answers and answers that take nearly a second never
// put more requests into one window than allowed, yet use most of it.
func TestPacerKeepsBelowTheBurstLimit(t *testing.T) {
	for _, slow := range []time.Duration{2 * time.Millisecond, 300 * time.Millisecond, 1900 * time.Millisecond} {
		t.Run(slow.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := &vendor{size: 1e6, drip: 1000, burst: 20}
				p := newPacer(clock.System())
				ctx, stop := context.WithTimeout(t.Context(), time.Minute)
				defer stop()
				var all sync.WaitGroup
				for i := range 12 {
					tr := newTrip(uint64(i), time.Millisecond, slow)
					all.Go(func() {
						for ctx.Err() == nil {
							tr.ask(ctx, t, p, v, request{kind: readPage, urgent: i%3 == 0}, 1)
						}
					})
				}
				all.Wait()
				t.Logf("%d requests in a minute", v.served)
				if v.bursting > 0 || v.refused > 0 {
					t.Errorf("refused: %d by the burst limit, %d by the bucket", v.bursting, v.refused)
				}
				if slow < 10*time.Millisecond && v.served < 60*15 {
					t.Errorf("only %d requests in a minute of 20 a second", v.served)
				}
			})
		})
	}
}

// Until the first answer reports the limits, requests go one at a time.
func TestPacerStartsCautiously(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		v := &vendor{size: 90, drip: 1, burst: 20}
		first, err := p.acquire(t.Context(), request{kind: readPage})
		if err != nil {
			t.Fatal(err)
		}
		started := make(chan struct{}, 5)
		for range 5 {
			go func() {
				f, err := p.acquire(t.Context(), request{kind: readPage})
				if err != nil {
					t.Error(err)
				}
				started <- struct{}{}
				p.finish(f, v.serve(1))
			}()
		}
		time.Sleep(time.Hour)
		if len(started) != 0 {
			t.Fatalf("%d requests were sent before the first answer", len(started))
		}
		if _, ok := p.budget(); ok {
			t.Error("a budget is known before the first answer")
		}
		p.finish(first, v.serve(1))
		for range 5 {
			<-started
		}
		b, ok := p.budget()
		if !ok || b.Size != 90 || b.DripPerSecond != 1 || b.BurstLimit != 20 || !b.ObservedAt.Equal(time.Now()) {
			t.Errorf("budget %+v, %v", b, ok)
		}
		if got := p.stats(); got != (Stats{Requests: 6}) {
			t.Errorf("stats %+v", got)
		}
	})
}

// A server that never reports its limits gets slow requests, one at a time.
func TestPacerWithoutHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := &vendor{size: 1e6, drip: 1e6, burst: 1e6, silent: true}
		p := newPacer(clock.System())
		begin := time.Now()
		for range 31 {
			newTrip(1, time.Millisecond, time.Millisecond).ask(t.Context(), t, p, v, request{kind: readPage}, 1)
		}
		if got := time.Since(begin).Round(time.Second); got != time.Minute {
			t.Errorf("31 requests took %v, want 2 s between two", got)
		}
	})
}

// A 429 holds the whole account for the time that it names.
func TestPacerObeysRetryAfter(t *testing.T) {
	for name, tt := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"seconds":     {http.Header{"Retry-After": {"3"}}, 3 * time.Second},
		"no telling":  {http.Header{}, 2 * time.Second}, // the bucket is full: room for one read of 2 drips
		"burst limit": {http.Header{"X-Ls-Api-Ratelimit-Type": {"api-burst-limiter"}}, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPacer(clock.System())
				f, _ := p.acquire(t.Context(), request{kind: readPage})
				p.finish(f, &http.Response{StatusCode: http.StatusTooManyRequests, Header: tt.header})
				begin := time.Now()
				for _, urgent := range []bool{true, false} {
					f, err := p.acquire(t.Context(), request{kind: readPage, urgent: urgent})
					if err != nil {
						t.Fatal(err)
					}
					if got := time.Since(begin); got != tt.want {
						t.Errorf("urgent %v: waited %v, want %v", urgent, got, tt.want)
					}
					p.cancel(f)
				}
				if got := p.stats(); got != (Stats{Requests: 1, Throttled: 1}) {
					t.Errorf("stats %+v", got)
				}
			})
		})
	}
}

// Nobody waits for the end of a long pause: it is said how long it is.
func TestPacerRefusesToWaitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		f, _ := p.acquire(t.Context(), request{kind: readPage})
		waited := make(chan error)
		for range 2 {
			go func() {
				_, err := p.acquire(t.Context(), request{kind: readPage})
				waited <- err
			}()
		}
		synctest.Wait()
		p.finish(f, &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"999999"}}})
		begin := time.Now()
		for range 2 {
			var paused *PausedError
			if err := <-waited; !errors.As(err, &paused) || !errors.Is(err, ErrThrottled) || RetryAfter(err) != time.Hour || time.Since(begin) > 0 {
				t.Errorf("error %v after %s, want a pause of the longest time, an hour", err, time.Since(begin))
			}
		}
	})
}

func TestPacerWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		f, _ := p.acquire(t.Context(), request{kind: readPage})
		ctx, cancel := context.WithCancel(t.Context())
		errs := make(chan error)
		go func() {
			_, err := p.acquire(ctx, request{kind: readPage})
			errs <- err
		}()
		synctest.Wait()
		behind := make(chan struct{})
		go func() {
			if _, err := p.acquire(t.Context(), request{kind: readPage}); err != nil {
				t.Error(err)
			}
			close(behind)
		}()
		synctest.Wait()
		cancel()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("acquire = %v", err)
		}
		p.cancel(f)
		<-behind // the one behind takes the turn of the one that left
	})
}

// Requests of one class go in the order of their arrival.
func TestPacerIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		v := &vendor{size: 4, drip: 1, burst: 20}
		order := make(chan int, 20)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				f, err := p.acquire(t.Context(), request{kind: readPage})
				if err != nil {
					t.Error(err)
				}
				order <- i
				p.finish(f, v.serve(1))
			})
			synctest.Wait()
		}
		all.Wait()
		for want := range 20 {
			if got := <-order; got != want {
				t.Fatalf("request %d went before %d", got, want)
			}
		}
	})
}

// After a rest the belief may be wholly wrong: one request finds out, and the
// others are not sent into a bucket that somebody else has filled meanwhile.
func TestPacerAsksFirstAfterARest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		v := &vendor{size: 90, drip: 1, burst: 20}
		tr := newTrip(1, 100*time.Millisecond, 200*time.Millisecond)
		tr.ask(t.Context(), t, p, v, request{kind: readPage}, 1)
		time.Sleep(time.Hour)
		v.steal(95)
		var all sync.WaitGroup
		for i := range 5 {
			tr := newTrip(uint64(i), 100*time.Millisecond, 200*time.Millisecond)
			all.Go(func() { tr.ask(t.Context(), t, p, v, request{kind: readPage}, 1) })
		}
		all.Wait()
		if v.refused != 1 || v.served != 5 {
			t.Errorf("refused %d, served %d", v.refused, v.served)
		}
	})
}

// What was taken for spent and was not is given back by the next answer.
func TestPacerCorrectsItsBelief(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		v := &vendor{size: 90, drip: 1, burst: 20}
		tr := newTrip(1, 0, 0)
		tr.ask(t.Context(), t, p, v, request{kind: readPage}, 1)
		for range 10 {
			f, err := p.acquire(t.Context(), request{kind: readPage})
			if err != nil {
				t.Fatal(err)
			}
			p.finish(f, nil) // no answer: it may have been served
		}
		if b, _ := p.budget(); b.Level != 11 {
			t.Errorf("level %v after ten requests without an answer, want them counted", b.Level)
		}
		tr.ask(t.Context(), t, p, v, request{kind: readPage}, 1)
		if b, _ := p.budget(); b.Level != v.level {
			t.Errorf("level %v, want %v", b.Level, v.level)
		}
	})
}

// An answer that overtook others does not hide what they spent.
func TestPacerCountsOverlappingAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(clock.System())
		v := &vendor{size: 90, drip: 1, burst: 20}
		newTrip(1, 0, 0).ask(t.Context(), t, p, v, request{kind: readPage}, 1)
		var pending []pendingRequest
		var answers []*http.Response
		for range 3 {
			f, err := p.acquire(t.Context(), request{kind: readPage})
			if err != nil {
				t.Fatal(err)
			}
			pending, answers = append(pending, f), append(answers, v.serve(1))
		}
		if b, _ := p.budget(); b.Level != 4 {
			t.Errorf("level %v with three requests on their way, want 4", b.Level)
		}
		for _, i := range []int{2, 1, 0} { // the first request's answer, telling the lowest level, comes last
			p.finish(pending[i], answers[i])
			if b, _ := p.budget(); b.Level < v.level {
				t.Errorf("level %v after answer %d, but %v is spent", b.Level, i, v.level)
			}
		}
		if p.bucket.margin != 0 {
			t.Errorf("a margin of %v, though nobody else spends", p.bucket.margin)
		}
	})
}
