package catalogue

import (
	"context"
	"math"
	"sync"
)

// Lazy is a value that is read when it is first needed. Other callers wait for it; an error is not kept. The zero value is
// ready.
type Lazy[T any] struct {
	mu    sync.Mutex
	read  bool
	value T
}

// Get returns the value, and loads it if it is not loaded yet.
func (l *Lazy[T]) Get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
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

// Put sets a value that was already read.
func (l *Lazy[T]) Put(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.read = value, true
}

// count converts a number of units to a GraphQL Int, which has 32 bits. No shop has more: such a figure was mistyped in the
// POS, and is shown as the largest Int rather than as an error.
func count(n int64) int { return int(max(math.MinInt32, min(n, math.MaxInt32))) }
