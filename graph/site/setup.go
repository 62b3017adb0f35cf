package site

import (
	"context"

	"possync/graph/sitedata"
	"possync/internal/retail"
)

// Checklist is what the set-up still lacks.
type Checklist struct {
	Sequence int // the site's, at the time of the checklist
	Complete bool
	Issues   []retail.SetupIssue

	Live, ReadyToGoLive bool
}

// CheckSetup returns the checklist as it is now.
func CheckSetup(ctx context.Context) (*Checklist, error) {
	// The number is read before the facts: what changes in between is reported again under a later number.
	state, err := sitedata.State(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := sitedata.Facts(ctx)
	if err != nil {
		return nil, err
	}
	c := &Checklist{}
	if state != nil {
		c.Sequence = state.Sequence
	}
	c.Complete, c.Issues = retail.Setup(facts)
	c.Live, c.ReadyToGoLive = !facts.NotLive, retail.ReadyToGoLive(facts)
	return c, nil
}
