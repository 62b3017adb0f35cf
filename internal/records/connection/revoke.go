package connection

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/tokenrevocation"
	"possync/internal/lightspeed"
	"possync/internal/pid"
)

// storedToken is the refresh token of a grant as a row stores it.
type storedToken struct {
	sealed []byte // empty when the row has none
	label  string // under which it is sealed
}

func storedByLink(l *ent.LightspeedLink) storedToken {
	return storedToken{sealed: l.RefreshToken, label: refreshLabel(l.ID)}
}

func storedByAttempt(a *ent.ConnectAttempt) storedToken {
	return storedToken{sealed: a.RefreshToken, label: attemptRefreshLabel(a.ID)}
}

// revokeStored queues the revocation of a grant that is stored, if there is one, as it is sealed there.
func revokeStored(ctx context.Context, tx *ent.Client, token storedToken, now time.Time) error {
	if len(token.sealed) == 0 {
		return nil
	}
	err := tx.TokenRevocation.Create().SetRefreshToken(token.sealed).SetSealedFor(token.label).
		SetCreatedAt(now).SetUpdatedAt(now).SetDueAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queue the revocation of a grant: %w", err)
	}
	return nil
}

// Revocation is a grant to revoke that was never stored.
type Revocation struct {
	Pair  lightspeed.TokenPair
	DueAt time.Time // of the first attempt to revoke it
}

// QueueRevocation queues the revocation of a grant of the acting site that was never stored.
func QueueRevocation(ctx context.Context, client *ent.Client, box Sealer, r Revocation, now time.Time) error {
	id := pid.New("rev")
	sealed, err := box.Seal([]byte(r.Pair.RefreshToken), revocationLabel(id))
	if err != nil {
		return fmt.Errorf("seal a grant to revoke: %w", err)
	}
	err = client.TokenRevocation.Create().SetID(id).SetRefreshToken(sealed).
		SetSealedFor(revocationLabel(id)).SetCreatedAt(now).SetUpdatedAt(now).SetDueAt(r.DueAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queue the revocation of a grant: %w", err)
	}
	return nil
}

// DueRevocations returns at most so many grants of all sites that are due to be revoked. It acts as the system.
func DueRevocations(ctx context.Context, client *ent.Client, limit int, now time.Time) ([]*ent.TokenRevocation, error) {
	rows, err := client.TokenRevocation.Query().Where(tokenrevocation.DueAtLTE(now)).
		Order(ent.Asc(tokenrevocation.FieldDueAt)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for grants to revoke: %w", err)
	}
	return rows, nil
}

// ClaimRevocation counts an attempt to revoke and plans the next one; both are one step, so a process that dies has only made
// an attempt. It reports false when another process makes this attempt.
func ClaimRevocation(ctx context.Context, client *ent.Client, row *ent.TokenRevocation, next time.Time) (bool, error) {
	n, err := client.TokenRevocation.Update().
		Where(tokenrevocation.ID(row.ID), tokenrevocation.Attempts(row.Attempts)).
		AddAttempts(1).SetDueAt(next).Save(ctx)
	if err != nil {
		return false, fmt.Errorf("claim the revocation: %w", err)
	}
	return n == 1, nil
}

// RevocationToken returns the refresh token whose grant is to be revoked.
func RevocationToken(box Box, row *ent.TokenRevocation) (string, error) {
	return open(box, row.RefreshToken, row.SealedFor)
}

// DeleteRevocation deletes the row of a grant that is gone.
func DeleteRevocation(ctx context.Context, client *ent.Client, row *ent.TokenRevocation) error {
	err := client.TokenRevocation.DeleteOneID(row.ID).Exec(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("delete the revocation: %w", err)
	}
	return nil
}
