package retail

import (
	"slices"
	"time"
)

// FinishedExport says when an export was requested and when its sale was completed.
type FinishedExport struct{ RequestedAt, ExportedAt time.Time }

// QueuePace is how long one export takes in a queue of which the latest finished ones are given, in any order: the median of the times
// from when each could begin, which is when it was requested or when the one before it was finished. 0 = not known.
func QueuePace(finished []FinishedExport) time.Duration {
	finished = slices.Clone(finished)
	slices.SortFunc(finished, func(a, b FinishedExport) int { return a.ExportedAt.Compare(b.ExportedAt) })
	var times []time.Duration
	var before time.Time
	for _, e := range finished {
		began := e.RequestedAt
		if began.Before(before) {
			began = before
		}
		times = append(times, max(0, e.ExportedAt.Sub(began)))
		before = e.ExportedAt
	}
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[len(times)/2]
}
