package link

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/predicate"
	"possync/ent/syncstate"
	"possync/internal/records/runlog"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Refused records that Lightspeed refuses for good the access that the site was given at connectedAt: its link needs a
// new sign-in, and its schedule stands still until then. If somebody has connected anew since, or the link is not
// connected, this does nothing.
func (l *Links) Refused(ctx context.Context, siteID string, connectedAt *time.Time) error {
	same := lightspeedlink.ConnectedAtIsNil()
	if connectedAt != nil {
		same = lightspeedlink.ConnectedAt(*connectedAt)
	}
	_, err := l.needReauth(tenant.WithSite(ctx, siteID), siteID, same)
	return err
}

// needReauth moves the acting site's link, if it is connected and as described, to NEEDS_REAUTH.
func (l *Links) needReauth(ctx context.Context, siteID string, as ...predicate.LightspeedLink) (marked bool, err error) {
	err = store.InTx(ctx, l.client, func(ctx context.Context, tx *ent.Client) error {
		marked = false // of an attempt that was rolled back
		if _, err := runlog.Next(ctx, tx, siteID); err != nil {
			return err
		}
		n, err := tx.LightspeedLink.Update().Where(lightspeedlink.StateEQ(retail.LinkConnected)).Where(as...).
			SetState(retail.LinkNeedsReauth).SetReauthSince(l.clock.Now()).
			SetRenewalOwner("").ClearRenewalUntil().Save(ctx)
		if err != nil {
			return fmt.Errorf("mark the link: %w", err)
		}
		if n == 0 {
			return nil
		}
		marked = true
		if err := tx.SyncState.Update().Where(syncstate.SiteID(siteID)).ClearNextRunAt().Exec(ctx); err != nil {
			return fmt.Errorf("stop the schedule: %w", err)
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("ask for a new sign-in: %w", err)
	}
	if marked {
		l.log.WarnContext(ctx, "lightspeed refuses the site's access; somebody must connect again", "site", siteID)
		l.bus.Publish(runlog.SetupTopic(siteID), runlog.ProgressTopic(siteID))
	}
	return marked, nil
}
