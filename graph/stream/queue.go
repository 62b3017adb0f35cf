package stream

import (
	"sync"
	"time"
)

// maxReads is how many followers read at the same time. They leave half of SQLite's connections to others, and most of PostgreSQL's.
const maxReads = 4

// readTime bounds a read, so that one that is stuck does not hold up the others for long.
const readTime = 10 * time.Second

// queue lets followers read in turn when they are woken or their time has come. There is a goroutine only while somebody reads.
type queue struct {
	alarm   *alarm
	running *group

	mu      sync.Mutex
	waiting []*turn
	readers int
}

// turn is a follower's place in the queue. It never reads twice at a time.
type turn struct {
	look  func() (again time.Duration) // reads, and returns how soon to read again
	state turnState
	again bool // woken since its last read began
	call  call
}

type turnState int

const (
	notStarted turnState = iota
	idle
	queued
	reading
	ended
)

// wake has t read: now, after the read under way, or when it is started.
func (q *queue) wake(t *turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch t.state {
	case idle:
		q.push(t)
	case notStarted, reading:
		t.again = true
	case queued, ended:
	}
}

// start has t read from now on: at once if it was woken before, else when it is woken or after a while.
func (q *queue) start(t *turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.state == ended { // the last subscriber has left meanwhile
		return
	}
	t.call.fn = func() { q.wake(t) }
	q.rest(t, poll)
}

// end has t read no more, once a read under way is over.
func (q *queue) end(t *turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t.state = ended
	q.alarm.clear(&t.call)
}

// rest has t read again after d, or at once if it was woken.
func (q *queue) rest(t *turn, d time.Duration) {
	if t.again || d == Immediately {
		q.push(t)
		return
	}
	t.state = idle
	q.alarm.set(&t.call, d)
}

func (q *queue) push(t *turn) {
	t.state = queued
	q.alarm.clear(&t.call)
	q.waiting = append(q.waiting, t)
	if q.readers < maxReads {
		q.readers++
		q.running.start(q.read)
	}
}

// read lets those that wait read, one after the other, until nobody waits.
func (q *queue) read() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting) > 0 {
		t := q.waiting[0]
		q.waiting[0] = nil
		q.waiting = q.waiting[1:]
		if t.state != queued {
			continue // it has ended
		}
		t.state, t.again = reading, false
		q.mu.Unlock()
		d := t.look()
		q.mu.Lock()
		if t.state == reading {
			q.rest(t, d)
		}
	}
	q.waiting = nil
	q.readers--
}
