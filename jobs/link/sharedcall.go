package link

import (
	"context"
	"errors"
	"sync"
)

// callGroup lets one caller at a time work on a key; callers that come meanwhile share its result. It differs from
// x/sync/singleflight in that the work runs in its caller's context and goroutine, every other caller waits no longer
// than its own context, and a caller who leaves does not fail the others: one of them starts over.
type callGroup struct {
	mu    sync.Mutex
	byKey map[string]*call
}

type call struct {
	done      chan struct{}
	err       error
	abandoned bool
}

var errPanicked = errors.New("the work ended in a panic")

func (f *callGroup) do(ctx context.Context, key string, work func() error) error {
	for {
		mine, other := f.wait(key)
		if other == nil {
			return f.run(ctx, key, mine, work)
		}
		select {
		case <-other.done:
			if !other.abandoned {
				return other.err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// wait returns the call under way, or a new one that the caller must run.
func (f *callGroup) wait(key string) (mine, other *call) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if other := f.byKey[key]; other != nil {
		return nil, other
	}
	if f.byKey == nil {
		f.byKey = map[string]*call{}
	}
	mine = &call{done: make(chan struct{}), err: errPanicked}
	f.byKey[key] = mine
	return mine, nil
}

func (f *callGroup) run(ctx context.Context, key string, mine *call, work func() error) error {
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.byKey, key)
		close(mine.done)
	}()
	mine.err = work()
	mine.abandoned = mine.err != nil && ctx.Err() != nil
	return mine.err
}
