// Package sealing keeps what is sealed in the database openable: a sentinel shows whether a process has the right keys, and what
// was sealed with an older key is sealed again.
package sealing

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/internal/records/connection"
	"possync/internal/secret"
	"possync/internal/tenant"
)

const (
	sentinelID    = "sentinel"
	sentinelLabel = "seal_sentinels.sealed/" + sentinelID
	sentinelText  = "possync"
)

// ErrKeys says that the keys are not those of this database.
var ErrKeys = errors.New("the sealing keys do not open what is sealed in this database")

// Check opens the sentinel, the one row that shows whether these are the database's keys, and adds it if there is none. A single
// other row that does not open is not its concern: that harms one site, and not this process. It acts as the system.
func Check(ctx context.Context, client *ent.Client, box *secret.Box) error {
	ctx = tenant.System(ctx)
	row, err := client.SealSentinel.Get(ctx, sentinelID)
	if ent.IsNotFound(err) {
		row, err = addSentinel(ctx, client, box)
	}
	if err != nil {
		return fmt.Errorf("read the sentinel of the sealing keys: %w", err)
	}
	if _, _, err := box.Open(row.Sealed, sentinelLabel); err != nil {
		return fmt.Errorf("%w: %w", ErrKeys, err)
	}
	return nil
}

// addSentinel adds the sentinel of a database that has none yet, or returns the one that another process added meanwhile. Where
// tokens are sealed already, as after an update of the program, the keys must open some of them.
func addSentinel(ctx context.Context, client *ent.Client, box *secret.Box) (*ent.SealSentinel, error) {
	if err := connection.TryOpen(ctx, client, box); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeys, err)
	}
	sealed, err := box.Seal([]byte(sentinelText), sentinelLabel)
	if err != nil {
		return nil, err
	}
	row, err := client.SealSentinel.Create().SetID(sentinelID).SetSealed(sealed).Save(ctx)
	if ent.IsConstraintError(err) {
		return client.SealSentinel.Get(ctx, sentinelID)
	}
	return row, err
}

// resealSentinel seals the sentinel with the first key. From then on a process must have that key.
func resealSentinel(ctx context.Context, client *ent.Client, box *secret.Box) error {
	row, err := client.SealSentinel.Get(ctx, sentinelID)
	if err != nil {
		return fmt.Errorf("read the sentinel of the sealing keys: %w", err)
	}
	plain, stale, err := box.Open(row.Sealed, sentinelLabel)
	if err != nil || !stale {
		return err
	}
	sealed, err := box.Seal(plain, sentinelLabel)
	if err != nil {
		return err
	}
	if err := client.SealSentinel.UpdateOneID(sentinelID).SetSealed(sealed).Exec(ctx); err != nil {
		return fmt.Errorf("store the sentinel of the sealing keys: %w", err)
	}
	return nil
}
