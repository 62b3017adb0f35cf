// Package revokedtoken keeps the tokens of the API that must not be used any more although they have not ended: those that were revoked, and
// those that are older than the end of their site's deletion, or than its registration after that. Every process has the list in memory, so
// that asking it costs a request nothing.
package revokedtoken

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/revokedtoken"
	"possync/internal/event"
	"possync/internal/tenant"
)

// Topic is woken when tokens were revoked, or stop counting because their site was deleted.
const Topic = "revoked-tokens"

// Token is a token by its jti, and when it ends at the latest.
type Token struct {
	ID        string
	ExpiresAt time.Time
}

// Revoke revokes tokens of the acting site, in the transaction of client. Those that are revoked already stay so.
func Revoke(ctx context.Context, client *ent.Client, tokens []Token) error {
	if len(tokens) == 0 {
		return nil
	}
	rows := make([]*ent.RevokedTokenCreate, len(tokens))
	for i, t := range tokens {
		rows[i] = client.RevokedToken.Create().SetTokenID(t.ID).SetExpiresAt(t.ExpiresAt)
	}
	err := client.RevokedToken.CreateBulk(rows...).OnConflictColumns(revokedtoken.FieldSiteID, revokedtoken.FieldTokenID).DoNothing().Exec(ctx)
	if err != nil {
		return fmt.Errorf("revoke tokens: %w", err)
	}
	event.Wake(ctx, Topic)
	return nil
}

// Prune removes the tokens that have ended before a moment, of all sites.
func Prune(ctx context.Context, client *ent.Client, before time.Time) error {
	if _, err := client.RevokedToken.Delete().Where(revokedtoken.ExpiresAtLT(before)).Exec(tenant.System(ctx)); err != nil {
		return fmt.Errorf("remove revoked tokens that have ended: %w", err)
	}
	return nil
}
