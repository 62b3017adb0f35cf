package auditlog

import (
	"context"

	"possync/internal/audit"
)

// MaxListed is how many changes an entry lists.
const MaxListed = 250

type notesKey struct{}

// Notes are what an act says of itself while it goes on. Acts of a transaction take turns, so it needs no lock.
type Notes struct {
	Changes []audit.Change
	More    int // changes that are not listed
}

// Collect returns a context whose notes are collected for an entry that is written later.
func Collect(ctx context.Context) (context.Context, *Notes) {
	n := &Notes{}
	return context.WithValue(ctx, notesKey{}, n), n
}

// Note says for the entry that is being collected what changed: no personal data of customers, and no secrets. Where
// no entry is being collected, as in a job, it does nothing.
func Note(ctx context.Context, changes ...audit.Change) {
	n, ok := ctx.Value(notesKey{}).(*Notes)
	if !ok {
		return
	}
	for _, c := range changes {
		switch {
		case c.Before == c.After:
		case len(n.Changes) == MaxListed:
			n.More++
		default:
			n.Changes = append(n.Changes, c)
		}
	}
}
