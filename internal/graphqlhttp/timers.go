package graphqlhttp

import (
	"sync"
	"time"
)

// timers call functions later, without a goroutine that waits. The zero value is ready.
type timers struct {
	mu      sync.Mutex
	stopped bool
	set     map[*time.Timer]struct{}
	running sync.WaitGroup
}

// after has fn called after d, in a goroutine, unless the timers are stopped before.
func (t *timers) after(d time.Duration, fn func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stopped {
		return
	}
	if t.set == nil {
		t.set = map[*time.Timer]struct{}{}
	}
	var timer *time.Timer
	timer = time.AfterFunc(d, func() {
		t.mu.Lock()
		delete(t.set, timer)
		stopped := t.stopped
		if !stopped {
			t.running.Add(1)
		}
		t.mu.Unlock()
		if !stopped {
			defer t.running.Done()
			fn()
		}
	})
	t.set[timer] = struct{}{}
}

// stop stops the timers and waits for what they have called.
func (t *timers) stop() {
	t.mu.Lock()
	t.stopped = true
	for timer := range t.set {
		timer.Stop()
	}
	t.set = nil
	t.mu.Unlock()
	t.running.Wait()
}
