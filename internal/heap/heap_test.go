package heap

import (
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

func nothing(string) string { return "" }

// limits are those of the process at present.
func limits() (percent int, limit int64) {
	percent = debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return percent, debug.SetMemoryLimit(-1)
}

// While it is paced the heap may grow, but not without end. Afterwards all is as before.
func TestPace(t *testing.T) {
	percent, limit := limits()
	stop := Pace(nothing)
	if p, l := limits(); p != growth || l == math.MaxInt64 {
		t.Errorf("paced at %d %%, up to %d bytes", p, l)
	}
	stop()
	if p, l := limits(); p != percent || l != limit {
		t.Errorf("%d %% and %d bytes afterwards, %d and %d before", p, l, percent, limit)
	}
}

// What the operator has set stays.
func TestPaceIsTheOperators(t *testing.T) {
	for _, set := range []string{"GOGC", "GOMEMLIMIT"} {
		percent, limit := limits()
		stop := Pace(func(name string) string {
			if name == set {
				return "50"
			}
			return ""
		})
		if p, l := limits(); p != percent || l != limit {
			t.Errorf("%s is set: paced at %d %%, up to %d bytes", set, p, l)
		}
		stop()
	}
}

// The limit leaves a heap of any size room for garbage, and a container some of its memory.
func TestLimitFor(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		used, given uint64
		want        int64
	}{
		{0, 0, room},
		{10 * mb, 0, room},
		{80 * mb, 0, 240 * mb},
		{1000 * mb, 0, 3000 * mb},
		{20 * mb, 4000 * mb, room},
		{20 * mb, 100 * mb, 80 * mb},
		{60 * mb, 100 * mb, 120 * mb}, // too small for what is in use: Go does what it can
	} {
		if got := limitFor(c.used, c.given); got != c.want {
			t.Errorf("%d of %d bytes in use: the limit is %d, want %d", c.used, c.given, got, c.want)
		}
	}
}

// The limit rises at once and falls slowly.
func TestNext(t *testing.T) {
	for _, c := range []struct{ limit, wanted, want int64 }{{100, 300, 300}, {300, 100, 270}, {105, 100, 100}} {
		if got := next(c.limit, c.wanted); got != c.want {
			t.Errorf("%d after %d is wanted: %d, want %d", c.wanted, c.limit, got, c.want)
		}
	}
}

// What is in use is seen.
func TestInUse(t *testing.T) {
	held := make([]byte, 32<<20)
	runtime.GC()
	if n := inUse(); n < uint64(len(held)) {
		t.Errorf("%d bytes are in use, of which %d are held", n, len(held))
	}
	runtime.KeepAlive(held)
}

// Both kinds of Linux's groups say what a container has.
func TestContainer(t *testing.T) {
	for _, c := range []struct {
		files map[string]string
		want  uint64
	}{
		{nil, 0},
		{map[string]string{"/sys/fs/cgroup/memory.max": "max\n"}, 0},
		{map[string]string{"/sys/fs/cgroup/memory.max": "134217728\n"}, 128 << 20},
		{map[string]string{"/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 0},
		{map[string]string{"/sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n"}, 256 << 20},
	} {
		got := container(func(name string) ([]byte, error) {
			if text, ok := c.files[name]; ok {
				return []byte(text), nil
			}
			return nil, errors.New("no such file")
		})
		if got != c.want {
			t.Errorf("%v: %d, want %d", c.files, got, c.want)
		}
	}
}
