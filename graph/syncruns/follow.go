package syncruns

import (
	"context"
	"slices"
	"time"

	"possync/graph/sitedata"
	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/internal/records/synclog"
)

// progressInterval is the shortest time before an update with nothing but progress.
const progressInterval = 250 * time.Millisecond

// Follow streams the state of the acting site's sync: first the present state, or with after the changes since that sequence;
// then every change of a run's state or phase in order, and progress at most four times a second for the site. Sequences only grow.
func Follow(ctx context.Context, feed stream.Feed, after *int) (<-chan *Status, error) {
	c := changes{now: feed.Hub.Now}
	return stream.FollowNumbered(ctx, feed, after, c, c)
}

// changes is the [stream.Numbered] of a site's syncs.
type changes struct{ now func() time.Time }

func (changes) Sequence(ctx context.Context) (int, error) {
	state, err := syncState(ctx)
	if err != nil {
		return 0, err
	}
	return state.Sequence, nil
}

func (changes) Number(s *Status) (n int, wanted bool) { return s.Sequence, true }

// Next returns recorded changes, if there are any. What has no record is progress.
func (c changes) Next(ctx context.Context, after stream.Position, _ int) (stream.Changes[*Status], error) {
	if after.Sequence < 0 {
		now, err := Present(ctx, c.now())
		if err != nil {
			return stream.Changes[*Status]{}, err
		}
		return stream.Changes[*Status]{List: []*Status{now}, Reached: now.Sequence, Passing: true}, nil
	}
	recorded, err := recordedAfter(ctx, after.Sequence)
	if err != nil {
		return stream.Changes[*Status]{}, err
	}
	if n := len(recorded); n > 0 {
		return stream.Changes[*Status]{List: recorded, Reached: recorded[n-1].Sequence}, nil
	}
	if pause := progressInterval - c.now().Sub(after.SentAt); pause > 0 {
		return stream.Changes[*Status]{Reached: after.Sequence, Pause: pause}, nil
	}
	now, settled, err := present(ctx, c.now())
	if err != nil || !settled {
		return stream.Changes[*Status]{Reached: after.Sequence}, err // the changes that came in between are read first
	}
	return stream.Changes[*Status]{List: []*Status{now}, Reached: now.Sequence, Passing: true}, nil
}

// recordedAfter returns the next recorded changes after a sequence, each with its run.
func recordedAfter(ctx context.Context, after int) ([]*Status, error) {
	state, err := syncState(ctx)
	if err != nil {
		return nil, err
	}
	events, err := synclog.EventsAfter(ctx, unitofwork.Client(ctx), after, stream.MaxChanges)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.RunID
	}
	slices.Sort(ids)
	runs, err := RunsByID(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(runs, func(r *Run) string { return r.ID })
	list := make([]*Status, len(events))
	for i, e := range events {
		list[i] = &Status{
			Sequence: e.Sequence, State: &e.State, Phase: &e.Phase, Done: e.Done, Total: e.Total, Run: byID[e.RunID],
			LastSuccessAt: state.LastSuccessAt, NextRunAt: state.NextRunAt, ReferenceAsOf: state.ReferenceAsOf, At: e.At,
		}
	}
	return list, nil
}
