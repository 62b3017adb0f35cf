package sandbox

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// lateQueue holds requests whose connection was cut and that take effect later.
type lateQueue struct {
	mu      sync.Mutex
	waiting []lateRequest
	seq     int
	// applying is held while requests take effect, so that the next one waits for them.
	applying sync.Mutex
}

type lateRequest struct {
	due   time.Time
	seq   int
	apply func()
}

// postpone queues a request. Requests take effect in the order of their times, and then of their arrival.
func (q *lateQueue) postpone(due time.Time, apply func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.seq++
	q.waiting = append(q.waiting, lateRequest{due: due, seq: q.seq, apply: apply})
	slices.SortFunc(q.waiting, func(x, y lateRequest) int {
		return cmp.Or(x.due.Compare(y.due), cmp.Compare(x.seq, y.seq))
	})
}

// take removes the first request if it is due, or in any case if now is zero.
func (q *lateQueue) take(now time.Time) (lateRequest, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 || !now.IsZero() && q.waiting[0].due.After(now) {
		return lateRequest{}, false
	}
	first := q.waiting[0]
	q.waiting = slices.Delete(q.waiting, 0, 1)
	return first, true
}

func (q *lateQueue) run(now time.Time) (applied int) {
	q.applying.Lock()
	defer q.applying.Unlock()
	for {
		late, ok := q.take(now)
		if !ok {
			return applied
		}
		late.apply()
		applied++
	}
}

// drop removes the requests that have not taken effect. It waits for one that is doing so.
func (q *lateQueue) drop() {
	q.applying.Lock()
	defer q.applying.Unlock()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = nil
}

// settleDue executes the late requests that are due.
func (s *Server) settleDue() { s.late.run(s.clock.Now()) }

// Settle executes all late requests now, in the order of their times, and returns how many there were.
func (s *Server) Settle() int {
	s.setup()
	return s.late.run(time.Time{})
}

// Late is the number of requests that were cut and have not taken effect yet.
func (s *Server) Late() int {
	s.setup()
	s.late.mu.Lock()
	defer s.late.mu.Unlock()
	return len(s.late.waiting)
}
