package storetest_test

import (
	"context"
	"errors"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
)

// A transaction on a store of this package that takes the two locks of a site in another order than the rest fails its test.
func TestLocksTakenInAnotherOrder(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		ctx, _ := storetest.Site(t, client, "s1")
		lockExports := func(ctx context.Context, tx *ent.Client) error {
			_, err := orderbook.Lock(ctx, tx)
			return err
		}
		type step = func(context.Context, *ent.Client) error
		next := func(ctx context.Context, tx *ent.Client) error {
			_, err := synclog.Next(ctx, tx)
			return err
		}
		cases := []struct {
			name  string
			steps []step
			wrong bool
		}{
			{"site first", []step{synclog.Lock, lockExports, next}, false},
			{"exports alone", []step{lockExports, lockExports}, false},
			{"exports first", []step{lockExports, synclog.Lock}, true},
			{"exports, then a number of the site", []step{lockExports, next}, true},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				err := store.InTx(ctx, client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
					for _, step := range c.steps {
						if err := step(ctx, tx); err != nil {
							return err
						}
					}
					return nil
				})
				if wrong := c.wrong && db.Dialect == database.Postgres; errors.Is(err, storetest.ErrLockOrder) != wrong || !wrong && err != nil {
					t.Errorf("the locks were refused with %v", err)
				}
			})
		}
	})
}
