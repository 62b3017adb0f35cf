package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/records/feedlog"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
)

// published are the topics of a bus, one entry for each time that one was published.
type published []string

func (p *published) Publish(topics ...string) { *p = append(*p, topics...) }

// A transaction that is rolled back wakes no one; one that is committed wakes each subscriber once.
func TestWakeUps(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "site")
		refused := errors.New("refused")
		var heard published
		change := func(ctx context.Context, tx *ent.Client) error {
			for range 2 {
				if err := synclog.SetupChanged(ctx, tx); err != nil {
					return err
				}
				if err := synclog.MakeDue(ctx, tx, storetest.Now()); err != nil {
					return err
				}
				if err := feedlog.MarkLinked(ctx, tx); err != nil {
					return err
				}
			}
			event.Wake(ctx, "own")
			if len(heard) > 0 {
				t.Errorf("%v were woken before the commit", heard)
			}
			return nil
		}
		err := store.InTx(ctx, client, &heard, func(ctx context.Context, tx *ent.Client) error {
			return errors.Join(change(ctx, tx), refused)
		})
		if !errors.Is(err, refused) || len(heard) > 0 {
			t.Errorf("rolled back, %v: %v were woken", err, heard)
		}
		func() {
			defer func() {
				if recover() == nil || len(heard) > 0 {
					t.Errorf("after a panic %v were woken", heard)
				}
			}()
			_ = store.InTx(ctx, client, &heard, func(ctx context.Context, tx *ent.Client) error {
				if err := change(ctx, tx); err != nil {
					t.Error(err)
				}
				panic("in the middle")
			})
		}()
		if err := store.InTx(ctx, client, &heard, change); err != nil {
			t.Fatal(err)
		}
		want := []string{feedlog.Topic(site.ID), "own", synclog.ProgressTopic(site.ID), synclog.SetupTopic(site.ID), synclog.WorkTopic}
		if !slices.Equal(heard, want) {
			t.Errorf("committed: %v were woken, want %v", heard, want)
		}
	})
}

// A transaction that is run again wakes whom its last run concerns.
func TestWakeUpsOfAnotherRun(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "site")
		var heard published
		runs := 0
		err := store.InTx(ctx, client, &heard, func(ctx context.Context, _ *ent.Client) error {
			if runs++; runs == 1 {
				event.Wake(ctx, "first")
				return &pq.Error{Code: pqerror.TRDeadlockDetected}
			}
			event.Wake(ctx, "second")
			return nil
		})
		if err != nil || !slices.Equal(heard, published{"second"}) {
			t.Errorf("%v, %v were woken", err, heard)
		}
	})
}
