package link

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/syncstate"
	"possync/graph/settinglog"
	"possync/graph/sitedata"
	"possync/graph/syncing"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/changelog"
	"possync/internal/records/feedlog"
	"possync/internal/records/runlog"
	"possync/internal/retail"
)

// End gives the connection up: the tokens leave the link for a list of grants to revoke, which a job works off, the run
// under way ends, and nothing is displayed any more. A link that is disconnected already stays as it is.
func End(ctx context.Context, now time.Time) (*ent.LightspeedLink, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := sitedata.Link(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case old == nil:
		var found usererror.List
		found.Add(usererror.NotConnected, "No Lightspeed account is connected.")
		return nil, found, nil
	case old.State == retail.LinkDisconnected:
		return old, nil, nil
	}
	client := unitofwork.Client(ctx)
	if len(old.RefreshToken) > 0 {
		err := client.TokenRevocation.Create().SetSiteID(state.SiteID).SetRefreshToken(old.RefreshToken).
			SetSealedFor("lightspeed_links.refresh_token/" + old.ID).
			SetCreatedAt(now).SetUpdatedAt(now).SetDueAt(now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("note the grant to revoke: %w", err)
		}
	}
	// The new version makes a renewal that is under way find that its tokens are not wanted any more.
	err = client.LightspeedLink.UpdateOneID(old.ID).SetState(retail.LinkDisconnected).SetDisconnectedAt(now).
		ClearReauthSince().ClearAccessToken().ClearRefreshToken().ClearAccessExpiresAt().
		AddTokenVersion(1).SetRenewalOwner("").ClearRenewalUntil().SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("disconnect: %w", err)
	}
	err = settinglog.Record(ctx, state.SiteID, retail.SettingConnection, 0, now,
		settinglog.Change{Field: "Lightspeed account", Before: changelog.Account(old), After: "none"})
	if err != nil {
		return nil, nil, err
	}
	if err := syncing.CancelActive(ctx, now); err != nil {
		return nil, nil, err
	}
	if err := client.SyncState.Update().Where(syncstate.SiteID(state.SiteID)).ClearNextRunAt().Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("stop the schedule: %w", err)
	}
	if err := runlog.WantEvaluation(ctx, client, state.SiteID, now); err != nil {
		return nil, nil, err
	}
	if err := feedlog.MarkLinked(ctx, client); err != nil {
		return nil, nil, err
	}
	if _, err := runlog.Next(ctx, client, state.SiteID); err != nil {
		return nil, nil, err
	}
	unitofwork.Wake(ctx, runlog.WorkTopic, runlog.SetupTopic(state.SiteID), runlog.ProgressTopic(state.SiteID), feedlog.Topic(state.SiteID))
	sitedata.Forget(ctx)
	ended, err := sitedata.Link(ctx)
	return ended, nil, err
}
