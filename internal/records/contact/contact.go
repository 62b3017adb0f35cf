// Package contact notes when the platform was last heard of for a site, and keeps the alert that it has fallen silent.
package contact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/platformcontact"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Cause is the cause of the alert.
const Cause = "platform/silent"

// Note notes that the platform was heard of for the acting site. A site that is not registered yet has no note.
func Note(ctx context.Context, client *ent.Client, now time.Time) error {
	err := client.PlatformContact.Create().SetSeenAt(now).OnConflictColumns(platformcontact.FieldSiteID).
		Update(func(u *ent.PlatformContactUpsert) { u.UpdateSeenAt() }).Exec(ctx)
	if err != nil && !ent.IsConstraintError(err) {
		return fmt.Errorf("note that the platform was heard of: %w", err)
	}
	return nil
}

// Watch raises the alert of each site of which the platform was heard before, and not for so long, and ends it where it was heard of again.
// With 0 no silence is an alert: those that are open end.
func Watch(ctx context.Context, client *ent.Client, bus *event.Bus, silentAfter time.Duration, now time.Time) error {
	limit := now.Add(-silentAfter)
	var failed error
	for _, silent := range []bool{true, false} {
		changed := platformcontact.And(platformcontact.Silent(false), platformcontact.SeenAtLT(limit))
		switch {
		case silent && silentAfter == 0:
			continue
		case silentAfter == 0:
			changed = platformcontact.Silent(true)
		case !silent:
			changed = platformcontact.And(platformcontact.Silent(true), platformcontact.SeenAtGTE(limit))
		}
		sites, err := client.PlatformContact.Query().Where(changed).Select(platformcontact.FieldSiteID).Strings(tenant.System(ctx))
		if err != nil {
			return fmt.Errorf("look for platforms that are silent: %w", err)
		}
		for _, site := range sites {
			err := store.InTx(tenant.WithSite(ctx, site), client, bus, func(ctx context.Context, tx *ent.Client) error {
				return report(ctx, tx, silent, silentAfter, now)
			})
			failed = errors.Join(failed, err) // the other sites do not wait for it
		}
	}
	return failed
}

// report raises the acting site's alert, or ends it.
func report(ctx context.Context, tx *ent.Client, silent bool, silentAfter time.Duration, now time.Time) error {
	if err := tx.PlatformContact.Update().SetSilent(silent).Exec(ctx); err != nil {
		return fmt.Errorf("note that the platform is silent: %w", err)
	}
	if !silent {
		return orderbook.Resolve(ctx, tx, Cause, now)
	}
	return orderbook.Raise(ctx, tx, orderbook.Alert{Cause: Cause, Code: retail.AlertPlatformSilent, Message: message.Say(
		"The website has not been in touch for {hours} hours: new orders and products do not arrive here, and its stock and prices may be out of date. "+
			"Ask the website's support to check its connection to POS Sync.", message.Values{"hours": int(silentAfter.Hours())})}, now)
}
