package stream

import (
	"context"
	"time"

	"possync/internal/event"
)

// subscriber is one subscription. While it is at the present and takes its updates, it is a member of the follower and no more. It has
// a goroutine as long as updates wait for it, and as long as it is behind: then it reads for itself, and the follower passes it by.
type subscriber[T, P any] struct {
	follower *follower[T, P]
	ctx      context.Context
	source   Source[T, P]
	out      chan T

	// The follower's mutex guards these.
	position P // with all that waits
	waiting  []waiting[T]
	busy     bool // the goroutine is there
	behind   bool
	again    time.Duration // how soon to read for itself
	since    int           // the follower's read during which it came to the present; 0 = none was under way
}

// waiting is an update that was not sent yet.
type waiting[T any] struct {
	value   T
	passing bool
}

// read reads for the subscriber, who is at the present then, unless there is more or the follower has found something meanwhile.
func (s *subscriber[T, P]) read() error {
	f := s.follower
	f.mu.Lock()
	found, from := f.found, s.position
	f.mu.Unlock()
	updates, err := s.source.Read(fresh(s.ctx), from)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		s.again = poll
		return err
	}
	for _, u := range updates.List {
		s.waiting = append(s.waiting, waiting[T]{u, updates.Passing})
	}
	s.position, s.again = updates.Reached, updates.Again
	switch {
	case s.again != 0:
	case f.found != found:
		s.again = Immediately
	default:
		s.arrive(updates.Present)
	}
	return nil
}

// arrive makes the subscriber one that the follower reads for.
func (s *subscriber[T, P]) arrive(present P) {
	f := s.follower
	s.behind, s.since = false, 0
	if f.reading {
		s.since = f.reads
	}
	if !f.started {
		f.started, f.position = true, present
		f.hub.queue.start(&f.turn)
	}
}

// take hands over what the follower has read. Nobody waits for the subscriber: what it cannot take at once waits for it, and if that
// gets too much, it reads for itself later.
func (s *subscriber[T, P]) take(updates Updates[T, P]) {
	if s.behind {
		return
	}
	if s.since == s.follower.reads {
		// That read may be older than what the subscriber has read itself, or newer.
		s.fallBehind()
		return
	}
	for _, u := range updates.List {
		given, reached, ok := s.source.Give(s.position, u)
		if ok && !s.send(given, updates.Passing) {
			s.fallBehind()
			return
		}
		s.position = reached
	}
	s.hurry()
}

// send sends an update now, or has it wait. It returns false if there is no room.
func (s *subscriber[T, P]) send(value T, passing bool) bool {
	if !s.busy && len(s.waiting) == 0 {
		select {
		case s.out <- value:
			return true
		default: // it still works on the last one
		}
	}
	last := len(s.waiting) - 1
	switch {
	case passing && last >= 0 && s.waiting[last].passing:
		s.waiting[last].value = value
	case last+1 >= MaxChanges:
		return false
	default:
		s.waiting = append(s.waiting, waiting[T]{value, passing})
	}
	return true
}

func (s *subscriber[T, P]) fallBehind() {
	s.behind, s.again = true, Immediately
	s.hurry()
}

// hurry starts the goroutine if there is something for it to do.
func (s *subscriber[T, P]) hurry() {
	if !s.busy && (s.behind || len(s.waiting) > 0) {
		s.busy = true
		s.follower.hub.running.start(s.work)
	}
}

// step is what the goroutine does next.
type step int

const (
	toSend step = iota
	toRead
	done
)

func (s *subscriber[T, P]) next() (value T, again time.Duration, do step) {
	s.follower.mu.Lock()
	defer s.follower.mu.Unlock()
	switch {
	case len(s.waiting) > 0:
		value = s.waiting[0].value
		s.waiting[0] = waiting[T]{}
		s.waiting = s.waiting[1:]
		return value, 0, toSend
	case s.behind:
		return value, s.again, toRead
	}
	s.busy, s.waiting = false, nil
	return value, 0, done
}

// work sends what waits and reads for a subscriber that is behind, until it needs neither or ends.
func (s *subscriber[T, P]) work() {
	hub := s.follower.hub
	var wakeUps *event.Subscription
	defer func() {
		if wakeUps != nil {
			wakeUps.Close()
		}
	}()
	failing := false
	for {
		value, again, do := s.next()
		switch do {
		case done:
			return
		case toSend:
			select {
			case s.out <- value:
			case <-s.ctx.Done():
				return
			case <-hub.ctx.Done():
				return
			}
		case toRead:
			if wakeUps == nil { // from now on none is missed, so there is no pause before the first read
				wakeUps = hub.options.Bus.Subscribe(s.follower.key.topic)
			} else if again != Immediately && !s.pause(wakeUps.C(), again) {
				return
			}
			err := s.read()
			if err != nil && !failing {
				s.follower.warn(s.ctx, err)
			}
			failing = err != nil
		}
	}
}

// pause waits for a wake-up or d. It returns false when the subscription has ended.
func (s *subscriber[T, P]) pause(wakeUp <-chan struct{}, d time.Duration) bool {
	hub := s.follower.hub
	over := make(chan struct{}, 1)
	c := &call{fn: func() { over <- struct{}{} }}
	hub.alarm.set(c, min(d, poll))
	defer hub.alarm.clear(c)
	select {
	case <-wakeUp:
	case <-over:
	case <-s.ctx.Done():
		return false
	case <-hub.ctx.Done():
		return false
	}
	return true
}

func (s *subscriber[T, P]) leave() { s.follower.remove(s) }
