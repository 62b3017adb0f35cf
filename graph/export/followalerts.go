package export

import (
	"context"
	"maps"
	"slices"

	"possync/graph/stream"
)

// AlertsChange says which alerts have changed.
type AlertsChange struct {
	Sequence int64
	AlertIds []string

	open map[string]int64 // when each open alert last changed, in microseconds
}

// FollowAlerts streams which of the acting site's alerts have changed: first those that are open, then those that open, change or end.
func FollowAlerts(ctx context.Context, feed stream.Feed) (<-chan *AlertsChange, error) {
	return stream.Follow[*AlertsChange, *AlertsChange](ctx, feed, ownAlerts{}, allAlerts{}, nil)
}

// ownAlerts is the [stream.Source] of a subscriber, whose position is what was sent last.
type ownAlerts struct{}

func (s ownAlerts) Read(ctx context.Context, last *AlertsChange) (stream.Updates[*AlertsChange, *AlertsChange], error) {
	updates := stream.Updates[*AlertsChange, *AlertsChange]{Reached: last, Passing: true}
	now, err := readAlerts(ctx)
	if err != nil {
		return updates, err
	}
	if now, reached, ok := s.Give(last, now); ok {
		updates.List, updates.Reached = []*AlertsChange{now}, reached
	}
	return updates, nil
}

func (ownAlerts) Give(last, now *AlertsChange) (given, reached *AlertsChange, ok bool) {
	next := *now
	if last == nil {
		next.AlertIds = slices.AppendSeq([]string{}, maps.Keys(now.open))
		slices.Sort(next.AlertIds)
		return &next, &next, true
	}
	ids := map[string]bool{}
	for id, at := range now.open {
		if before, was := last.open[id]; !was || before != at {
			ids[id] = true
		}
	}
	for id := range last.open {
		if _, is := now.open[id]; !is {
			ids[id] = true
		}
	}
	if len(ids) == 0 {
		return nil, last, false
	}
	next.AlertIds = slices.Sorted(maps.Keys(ids))
	next.Sequence = max(now.Sequence, last.Sequence+1)
	return &next, &next, true
}

// allAlerts is the [stream.Source] of the follower, which passes on what it reads: each subscriber knows what is new to it.
type allAlerts struct{ ownAlerts }

func (allAlerts) Read(ctx context.Context, _ *AlertsChange) (stream.Updates[*AlertsChange, *AlertsChange], error) {
	now, err := readAlerts(ctx)
	if err != nil {
		return stream.Updates[*AlertsChange, *AlertsChange]{}, err
	}
	return stream.Updates[*AlertsChange, *AlertsChange]{List: []*AlertsChange{now}, Passing: true}, nil
}

// readAlerts returns which alerts are open now. The sequence is when any of the site's alerts last changed, so that it grows on every
// replica.
func readAlerts(ctx context.Context) (*AlertsChange, error) {
	alerts, err := Alerts(ctx)
	if err != nil {
		return nil, err
	}
	now := &AlertsChange{open: map[string]int64{}}
	for _, a := range alerts {
		now.open[a.ID] = max(a.UpdatedAt.UnixMicro(), a.LastAt.UnixMicro())
	}
	now.Sequence, err = lastChange(ctx)
	return now, err
}
