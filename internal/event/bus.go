// Package event wakes subscribers when something has changed: in this process through a bus, in the other processes on the same
// PostgreSQL through a bridge over LISTEN/NOTIFY.
//
// A wake-up has no content. The state is in the database: publish after the commit that changed it, subscribe before reading
// it, and read it again on every wake-up. Then nothing is missed, although wake-ups are merged, may come without a change (after
// a reconnect all subscribers are woken) and may get lost between processes.
package event

import "sync"

// Bus wakes the subscribers of a topic. The zero value is ready. It is safe for concurrent use, and nobody who publishes
// waits for anybody.
type Bus struct {
	mu     sync.RWMutex
	topics map[string]map[*Subscription]struct{}
	remote func(topics []string) // set while a bridge is attached
}

// NewBus returns a bus for one process. NewBridge connects it with others.
func NewBus() *Bus { return &Bus{} }

// Subscription is a subscription to one topic. Close ends it.
type Subscription struct {
	bus   *Bus
	topic string
	wake  chan struct{}
	call  func() // instead of wake
}

// Subscribe subscribes to a topic. Topics need no registration.
func (b *Bus) Subscribe(topic string) *Subscription {
	return b.add(&Subscription{bus: b, topic: topic, wake: make(chan struct{}, 1)})
}

// Call has fn called at each wake-up, by whoever publishes. So fn must not wait for anything, and not use the bus. Once Close has returned, it is
// not called any more.
func (b *Bus) Call(topic string, fn func()) *Subscription {
	return b.add(&Subscription{bus: b, topic: topic, call: fn})
}

func (b *Bus) add(s *Subscription) *Subscription {
	topic := s.topic
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.topics == nil {
		b.topics = map[string]map[*Subscription]struct{}{}
	}
	if b.topics[topic] == nil {
		b.topics[topic] = map[*Subscription]struct{}{}
	}
	b.topics[topic][s] = struct{}{}
	return s
}

// C delivers the wake-ups of [Bus.Subscribe]. It holds one: several that come before it is read are one. It is never closed.
func (s *Subscription) C() <-chan struct{} { return s.wake }

// Close ends the subscription: nothing published later arrives. Closing again does nothing.
func (s *Subscription) Close() {
	s.bus.mu.Lock()
	defer s.bus.mu.Unlock()
	subscribers := s.bus.topics[s.topic]
	delete(subscribers, s)
	if len(subscribers) == 0 {
		delete(s.bus.topics, s.topic)
	}
}

// Publish wakes the subscribers of the topics, here at once and in the other processes by the bridge if there is one.
func (b *Bus) Publish(topics ...string) {
	b.wakeLocal(topics)
	b.mu.RLock()
	remote := b.remote
	b.mu.RUnlock()
	if remote != nil && len(topics) > 0 {
		remote(topics)
	}
}

// WakeAll wakes every subscriber in this process.
func (b *Bus) WakeAll() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, subscribers := range b.topics {
		for s := range subscribers {
			s.notify()
		}
	}
}

func (b *Bus) wakeLocal(topics []string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, topic := range topics {
		for s := range b.topics[topic] {
			s.notify()
		}
	}
}

func (s *Subscription) notify() {
	if s.call != nil {
		s.call()
		return
	}
	select {
	case s.wake <- struct{}{}:
	default: // a wake-up lies there unread, and its reader will see this change too
	}
}

// attach makes remote hear of what is published; nil ends that.
func (b *Bus) attach(remote func(topics []string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remote = remote
}
