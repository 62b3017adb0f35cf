package lightspeed

import (
	"context"
	"errors"
)

// ErrWouldWait says that a request was not sent, or not repeated, because it would have had to wait, see [WithoutWaiting].
var ErrWouldWait = errors.New("would have to wait")

type waitingKey struct{}

// WithoutWaiting returns a context whose requests fail with [ErrWouldWait] instead of waiting for the account's limits, for other
// requests or before a repetition. It is for what can be read later as well.
func WithoutWaiting(ctx context.Context) context.Context {
	return context.WithValue(ctx, waitingKey{}, true)
}

func mayWait(ctx context.Context) bool { return ctx.Value(waitingKey{}) == nil }
