package lightspeed

import (
	"context"
	"errors"
	"time"
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

// longestPause is the longest that a request waits for a pause to end that Lightspeed asked for.
const longestPause = time.Minute

// PausedError says that a request was not sent because Lightspeed has asked for a long pause. It is [ErrThrottled] too.
type PausedError struct {
	For time.Duration // until the pause ends
}

func (e *PausedError) Error() string {
	return "Lightspeed asked for a pause of another " + e.For.Round(time.Second).String()
}

// Is makes it an [ErrThrottled].
func (*PausedError) Is(target error) bool { return target == ErrThrottled }

// LaterError says that a patient request was not sent, to leave room to others, see [Account.Patient].
type LaterError struct {
	After time.Duration // until it may go, if others send nothing
}

func (e *LaterError) Error() string {
	return "others may need what is left of the account's limits for another " + e.After.Round(time.Second).String()
}

// RetryAfter returns how long an error of a request asks to wait before the next one; 0 = it does not say.
func RetryAfter(err error) time.Duration {
	var paused *PausedError
	if errors.As(err, &paused) {
		return paused.For
	}
	var refusal *APIError
	if errors.As(err, &refusal) {
		return refusal.RetryAfter
	}
	return 0
}
