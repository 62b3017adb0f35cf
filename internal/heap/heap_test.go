package heap

import (
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
	stop := Pace(t.Context(), nothing)
	if p, l := limits(); p != growth || l < room || l == math.MaxInt64 {
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
		stop := Pace(t.Context(), func(name string) string {
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

// The limit leaves a heap of any size room for garbage.
func TestLimit(t *testing.T) {
	for inUse, want := range map[uint64]int64{0: room, 10 << 20: room, room / 2: room + room/2, 1 << 30: 3 << 30} {
		if got := limit(inUse); got != want {
			t.Errorf("%d bytes in use: the limit is %d, want %d", inUse, got, want)
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
