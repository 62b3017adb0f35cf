package app

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"possync/server/config"
)

// A stop waits for what ends in time and for nothing longer.
func TestStopIsBoundedByTheGrace(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		needs time.Duration
		fails error
		want  error
		took  time.Duration
	}{
		"in time":          {10 * time.Second, nil, nil, 10 * time.Second},
		"with an error":    {10 * time.Second, broken, broken, 10 * time.Second},
		"not in time":      {30 * time.Second, nil, errGrace, 25 * time.Second},
		"just not in time": {25*time.Second + 1, broken, errGrace, 25 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &App{config: config.Config{ShutdownGrace: 25 * time.Second}}
				ctx, stop := context.WithCancel(t.Context())
				var group errgroup.Group
				group.Go(func() error {
					<-ctx.Done()
					time.Sleep(c.needs)
					return c.fails
				})
				time.AfterFunc(time.Hour, stop)
				begin := time.Now()
				if err := a.await(ctx, &group); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
					t.Errorf("await = %v, want %v", err, c.want)
				}
				if took := time.Since(begin) - time.Hour; took != c.took {
					t.Errorf("took %v, want %v", took, c.took)
				}
				_ = group.Wait()
			})
		})
	}
}
