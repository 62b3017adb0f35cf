package catalogue

import (
	"context"
	"math"

	"possync/graph/lazily"
)

// lazy is a value that is read when it is first asked for.
type lazy[T any] struct{ value lazily.Value[T] }

func (l *lazy[T]) get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	return l.value.Get(ctx, load)
}

// put sets a value that was read already.
func (l *lazy[T]) put(value T) { l.value.Put(value) }

// count makes a GraphQL Int, which has 32 bits, of a number of units. More than that many no shop has: such a figure is a
// slip of the till, and is shown as the largest there is rather than as an error.
func count(n int64) int { return int(max(math.MinInt32, min(n, math.MaxInt32))) }
