// Package store opens the ent client on a database, guarded by package tenancy and keeping what is searched, and runs
// transactions on it.
package store

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"

	"possync/ent"
	_ "possync/ent/runtime" // defaults and validators of the schema
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/records/tenancy"
)

// NewClient returns a guarded client on db. Closing it closes db.
func NewClient(db *database.DB) *ent.Client { return NewClientOver(Driver(db)) }

// NewClientOver returns a guarded client that runs its statements on d: what [Driver] returns, or what wraps that.
func NewClientOver(d dialect.Driver) *ent.Client {
	client := ent.NewClient(ent.Driver(d))
	tenancy.Guard(client)
	keepSearchText(client)
	return client
}

// InTx runs fn in one transaction and commits it, or rolls it back when fn fails or panics. Where the database asks for it
// (a deadlock, a busy file) the whole is run again, so fn must have no effect outside the transaction. The context that fn
// gets carries the transaction's client for ent.FromContext, and collects what [event.Wake] is called with: that is published
// on the bus after the commit.
func InTx(ctx context.Context, client *ent.Client, bus Bus, fn func(ctx context.Context, tx *ent.Client) error) error {
	var topics []string
	err := database.Retry(ctx, func(ctx context.Context) error {
		ctx, wakeUps := event.Collect(ctx) // a new collection each time: what was rolled back is not published
		err := attempt(ctx, client, fn)
		topics = wakeUps.Topics()
		return err
	})
	if err != nil {
		return err
	}
	bus.Publish(topics...)
	return nil
}

// Bus takes the wake-ups of a transaction. An *event.Bus is one.
type Bus interface{ Publish(topics ...string) }

// Silent is the bus of transactions that change nothing that anybody follows.
type Silent struct{}

// Publish implements Bus.
func (Silent) Publish(...string) {}

func attempt(ctx context.Context, client *ent.Client, fn func(ctx context.Context, tx *ent.Client) error) (err error) {
	tx, err := client.Tx(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		if rollback := tx.Rollback(); rollback != nil {
			err = errors.Join(err, fmt.Errorf("roll back: %w", rollback))
		}
	}()
	if err := fn(ent.NewContext(ctx, tx.Client()), tx.Client()); err != nil {
		return err
	}
	committed = true // a failed commit has ended the transaction too
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
