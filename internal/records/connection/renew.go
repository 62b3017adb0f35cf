package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/predicate"
	"possync/internal/lightspeed"
)

// AccessToken returns the access token that the connection's row holds.
func AccessToken(box Box, link *ent.LightspeedLink) (string, error) {
	return open(box, link.AccessToken, accessLabel(link.ID))
}

// RefreshToken returns the refresh token that the connection's row holds.
func RefreshToken(box Box, link *ent.LightspeedLink) (string, error) {
	return open(box, link.RefreshToken, refreshLabel(link.ID))
}

// HoldsPair describes a connection that holds the pair of this row.
func HoldsPair(link *ent.LightspeedLink) predicate.LightspeedLink {
	return lightspeedlink.And(lightspeedlink.ID(link.ID), lightspeedlink.TokenVersion(link.TokenVersion))
}

// RenewalPage chooses a page of the connections whose access token ends before a time.
type RenewalPage struct {
	EndsBefore time.Time
	After      string // the id of the last connection of the page before
	Limit      int
}

// DueRenewals returns the connections of all sites on the page, by their ids, which no one renews just now. It acts as the system.
func DueRenewals(ctx context.Context, client *ent.Client, p RenewalPage, now time.Time) ([]*ent.LightspeedLink, error) {
	rows, err := client.LightspeedLink.Query().
		Where(lightspeedlink.IDGT(p.After), alive(),
			lightspeedlink.Or(lightspeedlink.AccessExpiresAtIsNil(), lightspeedlink.AccessExpiresAtLTE(p.EndsBefore)),
			lightspeedlink.Or(lightspeedlink.RenewalUntilIsNil(), lightspeedlink.RenewalUntilLTE(now))).
		Order(ent.Asc(lightspeedlink.FieldID)).Limit(p.Limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for tokens that end: %w", err)
	}
	return rows, nil
}

// RenewalLease is the right of its owner alone to renew the pair of a connection.
type RenewalLease struct {
	Owner       string
	From, Until time.Time
}

// LeaseRenewal gives the lease of the pair in the connection's row to its owner, if no one has one. A holder that died loses it
// by time; should it only have slept, then two may renew at once, and [StorePair] decides whose pair is stored.
func LeaseRenewal(ctx context.Context, client *ent.Client, link *ent.LightspeedLink, l RenewalLease) (bool, error) {
	n, err := client.LightspeedLink.Update().
		Where(HoldsPair(link), alive(),
			lightspeedlink.Or(lightspeedlink.RenewalUntilIsNil(), lightspeedlink.RenewalUntilLTE(l.From))).
		SetRenewalOwner(l.Owner).SetRenewalUntil(l.Until).Save(ctx)
	if err != nil {
		return false, fmt.Errorf("take the lease of the renewal: %w", err)
	}
	return n == 1, nil
}

// ReleaseRenewal ends owner's lease of the pair. Until notBefore, unless it is zero, no one may renew.
func ReleaseRenewal(ctx context.Context, client *ent.Client, link *ent.LightspeedLink, owner string, notBefore time.Time) error {
	update := client.LightspeedLink.Update().
		Where(HoldsPair(link), lightspeedlink.RenewalOwner(owner)).
		SetRenewalOwner("")
	if notBefore.IsZero() {
		update.ClearRenewalUntil()
	} else {
		update.SetRenewalUntil(notBefore)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("end the lease of the renewal: %w", err)
	}
	return nil
}

// StorePair puts a new pair in the place of the one in the connection's row and ends the lease. It reports whether it did: not
// when another pair is stored now, or none.
func StorePair(ctx context.Context, client *ent.Client, box Sealer, link *ent.LightspeedLink, pair lightspeed.TokenPair) (bool, error) {
	sealed, err := sealPair(box, pair, accessLabel(link.ID), refreshLabel(link.ID))
	if err != nil {
		return false, err
	}
	n, err := client.LightspeedLink.Update().
		Where(HoldsPair(link), alive()).
		SetAccessToken(sealed.access).SetRefreshToken(sealed.refresh).SetAccessExpiresAt(pair.ExpiresAt).
		AddTokenVersion(1).SetRenewalOwner("").ClearRenewalUntil().Save(ctx)
	if err != nil {
		return false, fmt.Errorf("store the new tokens: %w", err)
	}
	return n == 1, nil
}
