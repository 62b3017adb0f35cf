package site

import (
	"context"
	"slices"

	"possync/graph/stream"
	"possync/internal/retail"
)

// FollowSetup streams the acting site's checklist: as it is now, and whenever it differs from what was sent last.
func FollowSetup(ctx context.Context, feed stream.Feed) (<-chan *Checklist, error) {
	return stream.Follow[*Checklist, *Checklist](ctx, feed, ownChecklist{}, allChecklists{}, nil)
}

// ownChecklist is the [stream.Source] of a subscriber, whose position is the checklist that was sent last.
type ownChecklist struct{}

func (s ownChecklist) Read(ctx context.Context, last *Checklist) (stream.Updates[*Checklist, *Checklist], error) {
	updates := stream.Updates[*Checklist, *Checklist]{Reached: last, Passing: true}
	now, err := CheckSetup(ctx)
	if err != nil {
		return updates, err
	}
	if now, reached, ok := s.Give(last, now); ok {
		updates.List, updates.Reached = []*Checklist{now}, reached
	}
	return updates, nil
}

func (ownChecklist) Give(last, now *Checklist) (given, reached *Checklist, ok bool) {
	if last == nil {
		return now, now, true
	}
	if now.Complete == last.Complete && slices.EqualFunc(now.Issues, last.Issues, retail.SetupIssue.Same) {
		return nil, last, false
	}
	next := *now
	// What was read may be newer than the number read before it; the next one would repeat that.
	next.Sequence = max(now.Sequence, last.Sequence+1)
	return &next, &next, true
}

// allChecklists is the [stream.Source] of the follower. It passes on what it reads, also when that is as before, for it is not as before
// to a subscriber who has read for itself in between.
type allChecklists struct{ ownChecklist }

func (allChecklists) Read(ctx context.Context, _ *Checklist) (stream.Updates[*Checklist, *Checklist], error) {
	now, err := CheckSetup(ctx)
	if err != nil {
		return stream.Updates[*Checklist, *Checklist]{}, err
	}
	return stream.Updates[*Checklist, *Checklist]{List: []*Checklist{now}, Passing: true}, nil
}
