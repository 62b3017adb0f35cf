package link

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/internal/tenant"
)

// ErrAccountChanged says that the site was meanwhile connected to another account than the one that a token source is for. Its user must stop: the other account's tokens would be refused there, and its data are gone.
var ErrAccountChanged = errors.New("connected to another account")

// Refused records that Lightspeed refuses even fresh tokens of the access that the site was given at connectedAt. That does
// not end the grant: it is tried again after a pause that grows, and after half an hour a person is asked. If a user has
// connected again since, or the connection is not connected, this does nothing.
func (l *Links) Refused(ctx context.Context, connectedAt *time.Time) error {
	var became connection.Refusal
	err := store.InTx(ctx, l.client, l.bus, func(ctx context.Context, tx *ent.Client) (err error) {
		became, err = connection.Refuse(ctx, tx, connectedAt, l.clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("record a refusal of fresh tokens: %w", err)
	}
	switch became {
	case connection.RefusalNoted:
		l.log.WarnContext(ctx, "Lightspeed rejects fresh tokens of the site, they will be retried", "site", siteOf(ctx))
	case connection.RefusalAsked:
		l.log.WarnContext(ctx, "Lightspeed has rejected the site's tokens for half an hour, a person must check or connect again", "site", siteOf(ctx))
	case connection.RefusalIgnored:
	}
	return nil
}

// grantEnded handles the end of a grant: unless another pair has replaced the one in row, the connection needs a new sign-in.
func (l *Links) grantEnded(ctx context.Context, row *ent.LightspeedLink, cause error) error {
	ctx, cancel := detached(ctx)
	defer cancel()
	var ended bool
	err := store.InTx(ctx, l.client, l.bus, func(ctx context.Context, tx *ent.Client) (err error) {
		ended, err = connection.EndGrant(ctx, tx, row, l.clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("record the end of the grant: %w", err)
	}
	if !ended {
		_, err = connection.Alive(ctx, l.client) // without an error there is a newer pair: what was wanted
		return err
	}
	l.log.WarnContext(ctx, "Lightspeed rejected the site's access, a person must connect again", "site", row.SiteID)
	return fmt.Errorf("renew the tokens of link %s: %w", row.ID, cause)
}

// unreadable returns the error for a stored token that does not open. That is a fault of ours, such as a key that this process
// lacks, and no reason to abandon the grant: the operator is alerted once, and it is retried.
func (l *Links) unreadable(ctx context.Context, row *ent.LightspeedLink, cause error) error {
	key := row.ID
	if errors.Is(cause, secret.ErrUnknownKey) {
		key = cause.Error() // which names the key: one alert for all its rows
	}
	if _, alerted := l.alerted.LoadOrStore(key, true); !alerted {
		l.log.ErrorContext(ctx, "cannot open a stored token, check POSSYNC_SEAL_KEYS of this process; the grant is kept and retried",
			"site", row.SiteID, "link", row.ID, "error", cause)
	}
	return fmt.Errorf("open the tokens of link %s: %w: %w", row.ID, lightspeed.ErrUnavailable, cause)
}

// siteOf names the acting site in a log line.
func siteOf(ctx context.Context) string {
	siteID, _ := tenant.Scope(ctx)
	return siteID
}

// detached returns a context that outlives the caller's, for a little while.
func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
}
