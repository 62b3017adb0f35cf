package syncruns

import (
	"context"
	"slices"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/stream"
	"possync/graph/unitofwork"
	"possync/internal/records/synclog"
)

const (
	// progressInterval is the shortest time before an update with nothing but progress.
	progressInterval = 250 * time.Millisecond
	// maxRounds bounds how often a look follows a run that moves on while it is looked at.
	maxRounds = 20
)

// Follow streams the state of the acting site's sync: first the present state, or with after the changes since that sequence;
// then every change of a run's state or phase in order, and progress at most four times a second. Sequences only grow.
func Follow(ctx context.Context, feed stream.Feed, after *int) (<-chan *Status, error) {
	since, err := stream.Since(after)
	if err != nil {
		return nil, err
	}
	p := &position{last: since, now: feed.Clock.Now}
	return stream.Run(ctx, feed, p.look)
}

// position is how far one subscriber has come.
type position struct {
	now    func() time.Time
	last   int       // sequence of the last update; -1 before the first
	sentAt time.Time // when it was made
}

// look is a [stream.Read].
//
// The site's sequence is read first. Numbers are committed in their order, so every change up to it can be read then, and
// what proves to be newer is left to the next round.
func (p *position) look(ctx context.Context) ([]*Status, time.Duration, error) {
	var updates []*Status
	again, err := p.gather(ctx, &updates)
	if err != nil {
		return nil, 0, err
	}
	if len(updates) > 0 {
		p.last, p.sentAt = updates[len(updates)-1].Sequence, p.now()
	}
	return updates, again, nil
}

func (p *position) gather(ctx context.Context, updates *[]*Status) (again time.Duration, err error) {
	last := p.last
	for round := 1; ; round++ {
		sitedata.Forget(ctx)
		state, err := sitedata.State(ctx)
		if err != nil {
			return 0, err
		}
		if state == nil { // not registered yet
			state = &ent.SyncState{}
		}
		if state.Sequence <= last {
			return 0, nil
		}
		if last >= 0 {
			changes, err := p.changes(ctx, state, last)
			if err != nil {
				return 0, err
			}
			if n := len(changes); n > 0 {
				*updates, last = append(*updates, changes...), changes[n-1].Sequence
				if len(*updates) >= stream.MaxChanges {
					return stream.Immediately, nil // let them go out before more are read
				}
				continue
			}
			if pause := p.pause(len(*updates) > 0); pause > 0 {
				return pause, nil
			}
		}
		run, err := latest(ctx)
		if err != nil {
			return 0, err
		}
		// A run that has moved on in between is read again, but not without end.
		if run == nil || run.Sequence <= state.Sequence || round >= maxRounds {
			*updates = append(*updates, snapshot(state, run, p.now()))
			return 0, nil
		}
	}
}

// pause is how long an update of progress alone has to wait; sending says that other updates are about to go out.
func (p *position) pause(sending bool) time.Duration {
	if sending {
		return progressInterval
	}
	return progressInterval - p.now().Sub(p.sentAt)
}

// changes returns the next recorded changes after a sequence, each with its run.
func (p *position) changes(ctx context.Context, state *ent.SyncState, after int) ([]*Status, error) {
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
			LastSuccessAt: state.LastSuccessAt, NextRunAt: state.NextRunAt, At: e.At,
		}
	}
	return list, nil
}
