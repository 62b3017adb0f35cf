package database

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	retryAttempts = 8
	retryFirst    = 5 * time.Millisecond
	retryLongest  = 250 * time.Millisecond
)

// Retry runs fn, which must be a whole transaction from begin to commit, and repeats it while its error is retryable (see
// [IsRetryable]): at most 8 runs, with partly random pauses that grow from 5 to 250 milliseconds. It returns any other error. fn must
// change nothing outside its transaction.
func Retry(ctx context.Context, fn func(context.Context) error) error {
	pause := retryFirst
	for attempt := 1; ; attempt++ {
		err := fn(ctx)
		if err == nil || !IsRetryable(err) {
			return err
		}
		if attempt == retryAttempts {
			return fmt.Errorf("transaction failed %d times: %w", attempt, err)
		}
		timer := time.NewTimer(pause/2 + rand.N(pause/2)) // two that met must not meet again
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("retry transaction: %w (last failure: %w)", context.Cause(ctx), err)
		}
		pause = min(2*pause, retryLongest)
	}
}
