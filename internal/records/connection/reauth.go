package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// EndGrant records, within a transaction, that Lightspeed has ended the grant whose pair the connection's row holds: the
// connection needs a new sign-in, and its schedule is paused until then. It reports false when the connection now holds
// another pair.
func EndGrant(ctx context.Context, tx *ent.Client, link *ent.LightspeedLink, now time.Time) (ended bool, err error) {
	if err := synclog.Lock(ctx, tx); err != nil {
		return false, err
	}
	n, err := tx.LightspeedLink.Update().Where(HoldsPair(link), alive()).
		SetState(retail.LinkNeedsReauth).SetReauthSince(now).ClearRefusedSince().ClearRefusedUntil().
		SetRenewalOwner("").ClearRenewalUntil().Save(ctx)
	if err != nil {
		return false, fmt.Errorf("record the end of the grant: %w", err)
	}
	if n == 0 {
		return false, nil
	}
	if err := stopSchedule(ctx, tx); err != nil {
		return false, err
	}
	if err := orderbook.Raise(ctx, tx, orderbook.SignInAlert(), now); err != nil {
		return false, err
	}
	return true, synclog.SetupChanged(ctx, tx)
}

func stopSchedule(ctx context.Context, tx *ent.Client) error {
	if err := tx.SyncState.Update().ClearNextRunAt().Exec(ctx); err != nil {
		return fmt.Errorf("stop the schedule: %w", err)
	}
	return nil
}

// resolveSignIn ends the alert that somebody must sign in.
func resolveSignIn(ctx context.Context, tx *ent.Client, now time.Time) error {
	return orderbook.Resolve(ctx, tx, orderbook.SignInAlert().Cause, now)
}
