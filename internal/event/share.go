package event

import (
	"sync"
	"time"
)

// maxCommits is how often in a second all processes together commit notifications, as soon as they have settled: each such commit
// takes a lock of the whole PostgreSQL server.
const maxCommits = 200

// share is this process's part of maxCommits: what the others leave, but at least as much as each would have if all notified as often
// as they may. How often the others notify is heard by the listener. Each second the share moves half of the way, so that processes
// which all follow each other do not swing.
type share struct {
	mu     sync.Mutex
	rate   float64        // commits a second; 0 = as many as there may be
	second int64          // the present one
	now    map[string]int // notifications heard in it, by origin
	last   map[string]int // in the one before
}

// heard counts a notification of another process.
func (s *share) heard(origin string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn()
	if s.now == nil {
		s.now = map[string]int{}
	}
	s.now[origin]++
}

// spacing is the shortest time from one send to the next.
func (s *share) spacing() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn()
	if s.rate == 0 {
		s.rate = maxCommits
	}
	return time.Duration(float64(time.Second) / s.rate)
}

// settle moves the rate towards what the others leave.
func (s *share) settle() {
	others := 0
	for _, n := range s.last {
		others += n
	}
	left := float64(max(maxCommits-others, maxCommits/(len(s.last)+1), 1))
	if s.rate == 0 {
		s.rate = maxCommits
	}
	s.rate = (s.rate + left) / 2
}

// turn begins a new second, if the last one is over.
func (s *share) turn() {
	second := time.Now().Unix()
	if second == s.second {
		return
	}
	if second == s.second+1 {
		s.last = s.now
		s.settle()
	} else { // nothing was sent or heard for more than a second
		s.last, s.rate = nil, 0
	}
	s.second, s.now = second, nil
}
