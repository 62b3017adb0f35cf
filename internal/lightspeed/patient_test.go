package lightspeed

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"possync/internal/clock"
)

// A patient request leaves a third of the bucket to urgent ones and is sent as soon as it does, although bulk requests use all that there is:
// these wait for it, but one every 15 seconds.
func TestPatientRequestsLeaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const part, cost = "PUT /API/V3/Account/#/Sale/#.json 20", 12
		v := &vendor{size: 90, drip: 1, burst: 20}
		p, tr := newPacer(clock.System()), newTrip(1, 100*time.Millisecond, 101*time.Millisecond)
		ctx, stop := context.WithCancel(t.Context())
		var reads []time.Time
		var all sync.WaitGroup
		all.Go(func() {
			for ctx.Err() == nil {
				if tr.ask(ctx, t, p, v, request{kind: readPage}, 1.4) {
					reads = append(reads, time.Now())
				}
			}
		})
		time.Sleep(5 * time.Minute) // the bucket is full of reads
		p.expectCost(part, cost)
		begin, sent := time.Now(), 0
		for sent < 5 {
			before, _ := p.budget()
			f, err := p.acquire(ctx, request{kind: part, urgent: true, patient: true})
			var later *LaterError
			if errors.As(err, &later) {
				time.Sleep(later.After)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if after := before.Level + cost; after > 61 {
				t.Errorf("the bucket has %.1f of 90 drips after chunk %d", after, sent)
			}
			p.finish(f, v.serve(cost))
			sent++
		}
		took := time.Since(begin)
		stop()
		all.Wait()
		// 30 drips leak before the first, and 12 before each other one, besides what the reads use.
		if took > 2*time.Minute {
			t.Errorf("five took %s", took)
		}
		var meanwhile int
		for _, at := range reads {
			if at.After(begin) && at.Before(begin.Add(took)) {
				meanwhile++
			}
		}
		if most := int(took/bulkEvery) + 6; meanwhile == 0 || meanwhile > most {
			t.Errorf("%d reads meanwhile, want some and at most %d", meanwhile, most)
		}
	})
}
