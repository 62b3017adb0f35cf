package site

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/records/auditlog"
	"possync/internal/records/sitedeletion"
	"possync/internal/records/synclog"
	"possync/internal/tenant"
)

// Deletion is a deletion of the site that is under way.
type Deletion struct {
	RequestedAt time.Time
	RequestedBy string
}

// deletionOf returns the deletion that a site's state notes, or nil.
func deletionOf(state *ent.SyncState) *Deletion {
	if state == nil || state.DeletionRequestedAt == nil {
		return nil
	}
	return &Deletion{RequestedAt: *state.DeletionRequestedAt, RequestedBy: state.DeletionRequestedBy}
}

// Delete has the principal's site deleted by the jobs, with all that belongs to it. The site's key, typed again, is the consent. Asked again it
// changes nothing.
func Delete(ctx context.Context, p tenant.Principal, typedKey string, now time.Time) (*Deletion, usererror.List, error) {
	state, err := unitofwork.LockState(ctx)
	if err != nil {
		return nil, nil, err
	}
	if typedKey != p.SiteKey {
		var found usererror.List
		found.Add(usererror.AcknowledgementRequired, "Everything of this site is deleted for good. Type the site's key exactly as it is to confirm that.", "siteKey")
		return nil, found, nil
	}
	if d := deletionOf(state); d != nil {
		return d, nil, nil
	}
	if err := sitedeletion.Request(ctx, unitofwork.Client(ctx), state, p.UserID, now); err != nil {
		return nil, nil, err
	}
	auditlog.Note(ctx, audit.Change{Field: "Site", Before: "registered", After: "to be deleted"})
	return &Deletion{RequestedAt: now, RequestedBy: p.UserID}, nil, nil
}

// DeletionUnderWay returns the deletion of the site that is under way, or nil.
func DeletionUnderWay(ctx context.Context) (*Deletion, error) {
	state, err := synclog.State(ctx, unitofwork.Client(ctx))
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read the site's state: %w", err)
	}
	return deletionOf(state), nil
}
