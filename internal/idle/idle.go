// Package idle lets a piece of work give up its worker while it waits, so that few workers serve much that waits.
package idle

import "context"

type key struct{}

// Around returns a context whose work calls around with each wait. around must call wait once, and return after it. The work waits in
// one place at a time.
func Around(ctx context.Context, around func(wait func())) context.Context {
	return context.WithValue(ctx, key{}, around)
}

// While calls wait, which mostly lets time pass: until an answer comes from elsewhere, or a turn.
func While(ctx context.Context, wait func()) {
	if around, ok := ctx.Value(key{}).(func(func())); ok {
		around(wait)
		return
	}
	wait()
}

// Yield lets other work that wants the worker go first.
func Yield(ctx context.Context) { While(ctx, func() {}) }
