package link

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/predicate"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// ErrAccountChanged says that the site was meanwhile connected to another account than the one that a token source was
// first used for. Its user must stop: the other account's tokens would be refused there, and its data are gone.
var ErrAccountChanged = errors.New("connected to another account")

// Refused records that Lightspeed refuses for good the access that the site was given at connectedAt: its link needs a
// new sign-in, and its schedule stands still until then. If somebody has connected anew since, or the link is not
// connected, this does nothing.
func (l *Links) Refused(ctx context.Context, siteID string, connectedAt *time.Time) error {
	_, err := l.needReauth(tenant.WithSite(ctx, siteID), siteID, connection.MadeAt(connectedAt))
	return err
}

// needReauth moves the acting site's link, if it is connected and as described, to NEEDS_REAUTH.
func (l *Links) needReauth(ctx context.Context, siteID string, as predicate.LightspeedLink) (moved bool, err error) {
	err = store.InTx(ctx, l.client, l.bus, func(ctx context.Context, tx *ent.Client) (err error) {
		moved, err = connection.NeedReauth(ctx, tx, l.clock.Now(), as)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("ask for a new sign-in: %w", err)
	}
	if moved {
		l.log.WarnContext(ctx, "lightspeed refuses the site's access; somebody must connect again", "site", siteID)
	}
	return moved, nil
}

// lasting returns a context that outlives the caller's, for a little while.
func lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
}
