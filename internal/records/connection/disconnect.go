package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/records/feedlog"
	"possync/internal/records/settingshistory"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Disconnect gives the site's connection up on behalf of a user, within a transaction that holds the site's lock: the tokens
// leave the connection for the grants to revoke, the run under way ends, and nothing is displayed any more.
func Disconnect(ctx context.Context, tx *ent.Client, linkID, userID string, now time.Time) error {
	link, err := tx.LightspeedLink.Get(ctx, linkID) // with its tokens, which no snapshot of settings holds
	if err != nil {
		return fmt.Errorf("read the link: %w", err)
	}
	if err := revokeStored(ctx, tx, storedByLink(link), now); err != nil {
		return err
	}
	// The new version makes a renewal that is under way find that its tokens are not wanted any more.
	err = tx.LightspeedLink.UpdateOneID(link.ID).SetState(retail.LinkDisconnected).SetDisconnectedAt(now).
		ClearReauthSince().ClearRefusedSince().ClearRefusedUntil().ClearAccessToken().ClearRefreshToken().ClearAccessExpiresAt().
		AddTokenVersion(1).SetRenewalOwner("").ClearRenewalUntil().SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("disconnect: %w", err)
	}
	err = settingshistory.Record(ctx, tx, settingshistory.Entry{Setting: retail.SettingConnection, By: userID, At: now},
		settingshistory.Change{Field: "Lightspeed account", Before: settingshistory.AccountLabel(link), After: "none"})
	if err != nil {
		return err
	}
	if err := resolveSignIn(ctx, tx, now); err != nil {
		return err
	}
	if err := cancelRun(ctx, tx, now); err != nil {
		return err
	}
	if err := stopSchedule(ctx, tx); err != nil {
		return err
	}
	if err := synclog.RequestEvaluation(ctx, tx, now); err != nil {
		return err
	}
	if err := feedlog.MarkLinked(ctx, tx); err != nil {
		return err
	}
	return synclog.SetupChanged(ctx, tx)
}

// cancelRun cancels the acting site's run under way, if there is one.
func cancelRun(ctx context.Context, tx *ent.Client, now time.Time) error {
	run, found, err := synclog.ActiveRun(ctx, tx)
	if err != nil || !found {
		return err
	}
	_, err = synclog.Cancel(ctx, tx, run, now)
	return err
}
