package sandbox

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/shopspring/decimal"
)

// RunTraffic makes so many random changes a second until ctx ends, on the sandbox's clock: mostly sales, then deliveries and
// orders, and sometimes a new price. It returns the context's error. The changes follow from the account's seed.
func (a *Account) RunTraffic(ctx context.Context, rate float64) error {
	if !(rate > 0) || rate > 10_000 {
		return fmt.Errorf("run traffic: rate %v is not between 0 and 10000 a second", rate)
	}
	pause := time.Duration(float64(time.Second) / rate)
	for {
		if err := a.srv.clock.Sleep(ctx, pause); err != nil {
			return err
		}
		if err := a.Trade(); err != nil {
			return fmt.Errorf("run traffic: %w", err)
		}
	}
}

// Trade makes the next random change.
func (a *Account) Trade() error {
	a.mu.Lock()
	n := len(a.items)
	if n == 0 {
		a.mu.Unlock()
		return nil
	}
	id := int64(a.rng.IntN(n)) + 1
	// Half of the trade is in a fiftieth of the items.
	if a.rng.IntN(2) == 0 {
		id = int64(a.rng.IntN(max(n/50, 1))) + 1
	}
	shopID, what, units := a.rng.IntN(len(a.shops))+1, a.rng.IntN(100), 1+a.rng.IntN(3)
	r := rand.New(rand.NewPCG(a.rng.Uint64(), 0))
	it := a.items[id-1]
	stock := a.stock[a.stockRowOf(int(id-1), shopID)]
	a.mu.Unlock()
	if it.archived || it.kind == itemNonInventory {
		return nil
	}
	switch {
	case what < 3:
		price := it.price(0).Decimal()
		factor := decimal.New(int64(90+r.IntN(21)), -2)
		return a.Reprice(id, 1, price.Mul(factor).Round(2))
	case what < 12:
		return a.Order(id, shopID, units*4)
	case what < 30 || stock.qoh <= 0:
		return a.Receive(id, shopID, units*2+int(stock.backorder))
	default:
		return a.Sell(id, shopID, min(units, int(stock.qoh)))
	}
}

// traffic is what the control endpoint starts.
type traffic struct {
	mu     sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}
	rate   float64
}

// start runs the traffic of an account in the background until stop. It replaces traffic that is running.
func (t *traffic) start(a *Account, rate float64) {
	t.stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cancel != nil {
		return // another caller was faster
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	t.cancel, t.done, t.rate = cancel, done, rate
	go func() {
		defer close(done)
		// It always ends with an error: that of the context, or that of a bad rate, which the caller has checked.
		_ = a.RunTraffic(ctx, rate)
	}()
}

// stop ends the traffic and waits for its last change.
func (t *traffic) stop() {
	t.mu.Lock()
	cancel, done := t.cancel, t.done
	t.cancel, t.done, t.rate = nil, nil, 0
	t.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
}

func (t *traffic) running() float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rate
}
