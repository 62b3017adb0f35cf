package stream

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"possync/internal/clock"
)

// alarm calls at times on a clock: one goroutine sleeps until the first of them, and none while there is none.
type alarm struct {
	clock   clock.Clock
	ctx     context.Context // ends with the hub
	running *group

	mu        sync.Mutex
	times     times
	awake     bool               // the goroutine is there
	interrupt context.CancelFunc // ends its sleep
}

// call is a call at a time.
type call struct {
	fn    func()
	at    time.Time
	place int // in the heap, from 1; 0 = it is not set
}

// set has c called after d, and not at an earlier time that was set.
func (a *alarm) set(c *call, d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.at = a.clock.Now().Add(d)
	if c.place > 0 {
		heap.Fix(&a.times, c.place-1)
	} else {
		heap.Push(&a.times, c)
	}
	switch {
	case !a.awake:
		a.awake = true
		a.running.start(a.run)
	case c.place == 1 && a.interrupt != nil:
		a.interrupt()
	}
}

// clear has c not called.
func (a *alarm) clear(c *call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c.place == 0 {
		return
	}
	heap.Remove(&a.times, c.place-1)
	if len(a.times) == 0 && a.interrupt != nil {
		a.interrupt()
	}
}

// run calls what is due until nothing is set any more.
func (a *alarm) run() {
	for {
		due, sleep, pause := a.next()
		for _, c := range due {
			c.fn()
		}
		if sleep == nil {
			return
		}
		_ = a.clock.Sleep(sleep, pause) // an error means that another time is the first
		if a.ctx.Err() != nil {
			return
		}
	}
}

// next takes what is due, and returns how long to sleep, or no context when nothing is set and nothing was due.
func (a *alarm) next() (due []*call, sleep context.Context, pause time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.interrupt != nil {
		a.interrupt()
		a.interrupt = nil
	}
	now := a.clock.Now()
	for len(a.times) > 0 && !a.times[0].at.After(now) {
		due = append(due, a.times[0])
		heap.Pop(&a.times)
	}
	if len(a.times) > 0 {
		pause = a.times[0].at.Sub(now)
	} else if len(due) == 0 {
		a.awake = false
		return nil, nil, 0
	}
	sleep, a.interrupt = context.WithCancel(a.ctx)
	return due, sleep, pause // without a pause it does not sleep, and looks what the calls have set
}

// times is a heap of calls, the first on top.
type times []*call

// Len implements heap.Interface.
func (t times) Len() int { return len(t) }

// Less implements heap.Interface.
func (t times) Less(i, j int) bool { return t[i].at.Before(t[j].at) }

// Swap implements heap.Interface.
func (t times) Swap(i, j int) {
	t[i], t[j] = t[j], t[i]
	t[i].place, t[j].place = i+1, j+1
}

// Push implements heap.Interface.
func (t *times) Push(x any) {
	c, _ := x.(*call)
	*t = append(*t, c)
	c.place = len(*t)
}

// Pop implements heap.Interface.
func (t *times) Pop() any {
	last := len(*t) - 1
	c := (*t)[last]
	(*t)[last] = nil
	*t = (*t)[:last]
	c.place = 0
	return c
}
