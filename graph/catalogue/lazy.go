package catalogue

import (
	"context"
	"math"
	"sync"
)

// Lazy is a value that is read when it is first asked for. Whoever asks meanwhile waits; an error is not kept. The zero value is ready.
type Lazy[T any] struct {
	mu    sync.Mutex
	read  bool
	value T
}

// Get returns the value, and loads it if nobody has.
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

// Put sets a value that was read already.
func (l *Lazy[T]) Put(value T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.read = value, true
}

// count makes a GraphQL Int, which has 32 bits, of a number of units. More than that many no shop has: such a figure is a
// slip of the till, and is shown as the largest there is rather than as an error.
func count(n int64) int { return int(max(math.MinInt32, min(n, math.MaxInt32))) }
