package site

import (
	"context"

	"possync/graph/sitedata"
	"possync/internal/retail"
)

// Checklist is what set-up still needs.
type Checklist struct {
	Sequence int // of the site, when this was so
	Complete bool
	Issues   []retail.SetupIssue
}

// CheckSetup returns the checklist as it is now.
func CheckSetup(ctx context.Context) (*Checklist, error) {
	// The number is read before the facts: whatever changes meanwhile is told again under a later one.
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
	return c, nil
}
