// Package heap has the process collect garbage less often while it holds little, because to collect it takes CPU, and memory that is not
// used serves nobody.
package heap

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

const (
	growth = 400         // per cent by which the heap may grow between two collections, as in GOGC; Go's own value is 100
	room   = 160 << 20   // bytes; the limit is never below this, unless the machine gives the process less
	spare  = 3           // above room, the limit is this many times what is in use
	often  = time.Second // between two looks at what is in use
)

// Pace lets the heap grow to five times what is in use, as long as the process stays below 160 MiB, and to less above that. A container that
// has less memory lowers that. Where the environment has GOGC or GOMEMLIMIT, it leaves the matter to the operator. The caller must call
// stop, which waits until all is as before.
func Pace(environment func(string) string) (stop func()) {
	if environment("GOGC") != "" || environment("GOMEMLIMIT") != "" {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	given := container(os.ReadFile)
	limit := limitFor(inUse(), given)
	grown, limited := debug.SetGCPercent(growth), debug.SetMemoryLimit(limit)
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
				limit = next(limit, limitFor(inUse(), given))
				debug.SetMemoryLimit(limit)
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

// limitFor is the memory limit where so much is in use: above it collections come more often. given is what the process has at all, 0 = it is
// not known; a fifth of that is left for what Go does not count. At twice what is in use or less, collections would come all the time.
func limitFor(used, given uint64) int64 {
	limit := max(room, spare*used)
	if given > 0 {
		limit = max(min(limit, given/5*4), 2*used)
	}
	return int64(limit)
}

// next raises the limit at once, and lowers it slowly: all that is above it is given back to the system at once, and whoever asks for memory
// then waits for that.
func next(limit, wanted int64) int64 { return max(wanted, limit-limit/10) }

// inUse is what the last collection has found in use, and what stacks take, in bytes.
func inUse() uint64 {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() + samples[1].Value.Uint64()
}

// container is the memory that Linux gives the container of the process, 0 = no limit is known.
func container(read func(string) ([]byte, error)) uint64 {
	for _, name := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := read(name)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil && n < 1<<50 { // without a limit it is "max", or huge
			return n
		}
	}
	return 0
}
