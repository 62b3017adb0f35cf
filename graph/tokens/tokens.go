// Package tokens revokes tokens of the API for the platform.
package tokens

import (
	"context"
	"time"

	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/records/auditlog"
	"possync/internal/records/revokedtoken"
)

// Limits of the input.
const (
	mostTokens  = 250
	longestLife = 31 * 24 * time.Hour // no token lives longer: see POSSYNC_JWT_MAX_LIFETIME
)

var ids = usererror.Bounds{Least: 1, Most: 200, Bytes: 200}

// Revoke revokes tokens of the acting site, and returns how many of them have not ended.
func Revoke(ctx context.Context, list []revokedtoken.Token, now time.Time) (revoked int, found usererror.List, err error) {
	if len(list) == 0 || len(list) > mostTokens {
		found.Add(usererror.Invalid, "Send 1 to 250 tokens.", "tokens")
		return 0, found, nil
	}
	var live []revokedtoken.Token
	for i, t := range list {
		t.ID = found.Text(t.ID, ids, "tokens", i, "tokenId")
		switch {
		case t.ExpiresAt.Sub(now) > longestLife:
			found.Add(usererror.Invalid, "No token lives longer than 31 days: send its exp.", "tokens", i, "expiresAt")
		case t.ExpiresAt.After(now):
			live = append(live, t)
		}
	}
	if found.Any() {
		return 0, found, nil
	}
	if _, err := unitofwork.Lock(ctx); err != nil {
		return 0, nil, err
	}
	for _, t := range live {
		auditlog.Note(ctx, audit.Change{Field: "Revoked token", After: t.ID})
	}
	return len(live), nil, revokedtoken.Revoke(ctx, unitofwork.Client(ctx), live)
}
