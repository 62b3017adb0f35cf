package link

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

var errWork = errors.New("work failed")

func TestSharedCallsHaveOneResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f callGroup
		var works atomic.Int32
		land := make(chan struct{})
		results := make(chan error, 5)
		for range 5 {
			go func() {
				results <- f.do(t.Context(), "a", func() error {
					works.Add(1)
					<-land
					return errWork
				})
			}()
		}
		synctest.Wait() // one works, four wait
		if err := f.do(t.Context(), "b", func() error { return nil }); err != nil {
			t.Errorf("another key: %v", err)
		}
		close(land)
		for range 5 {
			if err := <-results; !errors.Is(err, errWork) {
				t.Errorf("result %v", err)
			}
		}
		if works.Load() != 1 || len(f.byKey) != 0 {
			t.Errorf("%d worked, %d calls left", works.Load(), len(f.byKey))
		}
	})
}

func TestSharedCallOfWhoLeavesStartsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f callGroup
		leaver, leave := context.WithCancel(t.Context())
		left, stayed := make(chan error, 1), make(chan error, 1)
		go func() {
			left <- f.do(leaver, "a", func() error {
				<-leaver.Done()
				return leaver.Err()
			})
		}()
		synctest.Wait()
		go func() { stayed <- f.do(t.Context(), "a", func() error { return nil }) }()
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
		if err := <-stayed; err != nil {
			t.Errorf("who stayed got %v", err)
		}
	})
}

func TestSharedCallWaitsNoLongerThanTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f callGroup
		land, landed := make(chan struct{}), make(chan error, 1)
		go func() {
			landed <- f.do(t.Context(), "a", func() error {
				<-land
				return nil
			})
		}()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		waited := make(chan error, 1)
		go func() { waited <- f.do(ctx, "a", func() error { return errWork }) }()
		synctest.Wait()
		cancel()
		if err := <-waited; !errors.Is(err, context.Canceled) {
			t.Errorf("waited and got %v", err)
		}
		close(land)
		if err := <-landed; err != nil {
			t.Error(err)
		}
	})
}

func TestSharedCallThatPanicsLeavesNoOneWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f callGroup
		crash, crashed, waited := make(chan struct{}), make(chan any, 1), make(chan error, 1)
		go func() {
			defer func() { crashed <- recover() }()
			_ = f.do(t.Context(), "a", func() error {
				<-crash
				panic("crash")
			})
		}()
		synctest.Wait()
		go func() { waited <- f.do(t.Context(), "a", func() error { return nil }) }()
		synctest.Wait()
		close(crash)
		if r := <-crashed; r != "crash" {
			t.Errorf("recovered %v", r)
		}
		if err := <-waited; !errors.Is(err, errPanicked) {
			t.Errorf("who waited got %v", err)
		}
	})
}
