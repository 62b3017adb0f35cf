package sealing

import (
	"context"
	"errors"
	"fmt"

	"possync/ent"
	"possync/internal/records/connection"
	"possync/internal/records/store"
	"possync/internal/secret"
	"possync/internal/tenant"
)

const (
	pageSize  = 100 // rows of a transaction: so that no one waits long for one of them
	maxPasses = 5
)

// ErrStale says that rows are still sealed with an older key, because something seals with it all the time.
var ErrStale = errors.New("rows are still being sealed with an older key: a process has another first key")

// ErrUnreadable says that some rows do not open with any of the keys. They were left as they are.
var ErrUnreadable = errors.New("rows cannot be opened with the configured keys")

// Progress says how far the re-sealing of one table has come.
type Progress struct {
	Pass       int
	Table      string
	Rows       int      // checked so far in this pass
	Changed    int      // of them, sealed again
	Unreadable []string // of the last page: ids with the reason
	Done       bool     // with the table, in this pass
}

// Reseal seals everything with the first key that is sealed with another one, while others work on: it never overwrites what
// they change. It passes over the tables until a pass finds nothing to do, so it may be interrupted and run again at any time. At
// last it seals the sentinel; after that the older keys can go. It acts as the system. report is called after each page.
func Reseal(ctx context.Context, client *ent.Client, box *secret.Box, report func(Progress)) error {
	if err := Check(ctx, client, box); err != nil {
		return err
	}
	ctx = tenant.System(ctx)
	for pass := 1; ; pass++ {
		left, unreadable, err := onePass(ctx, client, box, pass, report)
		if err != nil {
			return err
		}
		if left == 0 {
			if err := resealSentinel(ctx, client, box); err != nil {
				return err
			}
			if unreadable > 0 {
				return fmt.Errorf("%d %w", unreadable, ErrUnreadable)
			}
			return nil
		}
		if pass == maxPasses {
			return ErrStale
		}
	}
}

// onePass goes over all tables once. left counts the rows that were not sealed with the first key when they were checked.
func onePass(ctx context.Context, client *ent.Client, box *secret.Box, pass int, report func(Progress)) (left, unreadable int, err error) {
	for _, table := range []struct {
		name string
		page func(ctx context.Context, tx *ent.Client, box connection.Box, after string, limit int) (connection.Resealed, error)
	}{
		{"connections", connection.ResealLinks},
		{"attempts to connect", connection.ResealAttempts},
		{"revocations", connection.ResealRevocations},
	} {
		progress := Progress{Pass: pass, Table: table.name}
		for after := ""; ; {
			var page connection.Resealed
			err := store.InTx(ctx, client, store.Silent{}, func(ctx context.Context, tx *ent.Client) (err error) {
				page, err = table.page(ctx, tx, box, after, pageSize)
				return err
			})
			if err != nil {
				return 0, 0, err
			}
			if page.Rows == 0 {
				progress.Unreadable, progress.Done = nil, true
				report(progress)
				break
			}
			after = page.Last
			left += page.Changed + page.Stale
			unreadable += len(page.Unreadable)
			progress.Rows, progress.Changed, progress.Unreadable = progress.Rows+page.Rows, progress.Changed+page.Changed, page.Unreadable
			report(progress)
		}
	}
	return left, unreadable, nil
}
