package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/predicate"
	"possync/internal/records/runlog"
	"possync/internal/retail"
)

// NeedReauth moves the acting site's link, if it is connected and as described, to NEEDS_REAUTH, within a transaction. Its
// schedule stands still until somebody connects again.
func NeedReauth(ctx context.Context, tx *ent.Client, now time.Time, as ...predicate.LightspeedLink) (moved bool, err error) {
	if err := runlog.TakeTurn(ctx, tx); err != nil {
		return false, err
	}
	n, err := tx.LightspeedLink.Update().Where(lightspeedlink.StateEQ(retail.LinkConnected)).Where(as...).
		SetState(retail.LinkNeedsReauth).SetReauthSince(now).
		SetRenewalOwner("").ClearRenewalUntil().Save(ctx)
	if err != nil {
		return false, fmt.Errorf("mark the link: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	if err := stopSchedule(ctx, tx); err != nil {
		return false, err
	}
	return true, runlog.SetupChanged(ctx, tx)
}

func stopSchedule(ctx context.Context, tx *ent.Client) error {
	if err := tx.SyncState.Update().ClearNextRunAt().Exec(ctx); err != nil {
		return fmt.Errorf("stop the schedule: %w", err)
	}
	return nil
}

// HoldsPair describes a link that holds the pair of this row.
func HoldsPair(link *ent.LightspeedLink) predicate.LightspeedLink {
	return lightspeedlink.And(lightspeedlink.ID(link.ID), lightspeedlink.TokenVersion(link.TokenVersion))
}

// MadeAt describes a link that was connected at this time.
func MadeAt(connectedAt *time.Time) predicate.LightspeedLink {
	if connectedAt == nil {
		return lightspeedlink.ConnectedAtIsNil()
	}
	return lightspeedlink.ConnectedAt(*connectedAt)
}
