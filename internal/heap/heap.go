// Package heap has the process collect garbage less often while it holds little, because to collect it takes CPU, and memory that is not
// used serves nobody.
package heap

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	growth = 400         // per cent by which the heap may grow between two collections, as in GOGC; Go's own value is 100
	room   = 160 << 20   // bytes up to which memory is not spared
	spare  = 3           // above that, memory is spared when there is as many times as much of it as is in use
	often  = time.Second // between two looks at what is in use
	live   = "/gc/heap/live:bytes"
)

// Pace lets the heap grow to five times what is in use, as long as the process stays below 160 MiB, and to less above that, but never to
// less than about twice. Where the environment has GOGC or GOMEMLIMIT, it leaves the matter to the operator. The caller must call stop,
// which waits until all is as before.
func Pace(ctx context.Context, environment func(string) string) (stop func()) {
	if environment("GOGC") != "" || environment("GOMEMLIMIT") != "" {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	grown, limited := debug.SetGCPercent(growth), debug.SetMemoryLimit(limit(inUse()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(often)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				debug.SetMemoryLimit(limit(inUse()))
			}
		}
	}()
	return func() {
		cancel()
		<-done
		debug.SetGCPercent(grown)
		debug.SetMemoryLimit(limited)
	}
}

// limit is above which memory collections come more often, for what is in use. Below twice that they would come all the time.
func limit(inUse uint64) int64 { return max(room, spare*int64(inUse)) }

// inUse is what the last collection has found in use, in bytes.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: live}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
