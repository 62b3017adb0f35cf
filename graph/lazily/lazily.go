// Package lazily keeps a value that is read when it is first asked for.
package lazily

import (
	"context"
	"sync"
)

// Value is read when it is first asked for. Whoever asks meanwhile waits; an error is not kept. The zero value is ready.
type Value[T any] struct {
	mu    sync.Mutex
	read  bool
	value T
}

// Get returns the value, and loads it if nobody has.
func (l *Value[T]) Get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.read {
		return l.value, nil
	}
	value, err := load(ctx)
	if err == nil {
		l.value, l.read = value, true
	}
	return value, err
}

// Put sets a value that was read already.
func (l *Value[T]) Put(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.read = value, true
}
