// Package orderbook keeps the site's orders and their exports in step: what follows from an order's lines and payments, the
// one export that an order ever has, and each change of it under the next number of the site's export sequence.
//
// Its functions work on the client they are given, which may be a transaction's, act as the context's site, and wake with the
// commit whoever follows what they change.
//
// Whoever changes orders or exports takes the site's export lock first, see [Lock]: so they take turns and never deadlock.
package orderbook

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/exportlock"
	"possync/internal/event"
	"possync/internal/records/counter"
	"possync/internal/tenant"
)

// ExportTopic is woken when an export of the site changes.
func ExportTopic(siteID string) string { return "exports:" + siteID }

// OrdersTopic is woken when an order of the site changes, or its export.
func OrdersTopic(siteID string) string { return "orders:" + siteID }

// OrderTopic is woken when the order's export changes.
func OrderTopic(orderID string) string { return "export:" + orderID }

// ExportWorkTopic is woken when some export has become due.
const ExportWorkTopic = "export-work"

// Lock takes the site's export lock until the transaction ends, and creates its row when there is none. Orders and exports
// that are read afterwards do not change while it is held.
func Lock(ctx context.Context, client *ent.Client) (*ent.ExportLock, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return nil, err
	}
	for range 2 {
		query := client.ExportLock.Query().Where(exportlock.SiteID(siteID))
		query.Modify(func(s *sql.Selector) {
			if s.Dialect() == dialect.Postgres { // SQLite has one writer at a time anyway
				s.ForUpdate()
			}
		})
		lock, err := query.Only(ctx)
		if err == nil {
			return lock, nil
		}
		if !ent.IsNotFound(err) {
			return nil, fmt.Errorf("lock the site's exports: %w", err)
		}
		err = client.ExportLock.Create().OnConflictColumns(exportlock.FieldSiteID).Ignore().Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("create the export lock: %w", err)
		}
	}
	return nil, fmt.Errorf("lock the exports of site %s: the export lock is missing", siteID)
}

// Sequence returns the number of the site's last change of an export; 0 = there was none.
func Sequence(ctx context.Context, client *ent.Client) (int, error) {
	lock, err := client.ExportLock.Query().Only(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the export sequence: %w", err)
	}
	return lock.Sequence, nil
}

// numbers are the site's counters once a change has taken its own.
type numbers struct {
	sequence    int   // of the changes of exports
	queueNumber int64 // of the exports that were asked for
	order       int   // of the changes of orders, those of their exports among them
}

// next takes the site's next sequence numbers and queue numbers, so many of each, and one number for all orders that change. It returns
// the last of each, and holds the export lock.
func next(ctx context.Context, client *ent.Client, sequences, queueNumbers int) (numbers, error) {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return numbers{}, err
	}
	steps := []counter.Step{
		{Column: exportlock.FieldSequence, By: sequences}, {Column: exportlock.FieldQueueNumber, By: queueNumbers},
		{Column: exportlock.FieldOrderSequence, By: 1},
	}
	last, err := counter.Advance(ctx, client, exportlock.Table, steps...)
	if errors.Is(err, counter.ErrNoRow) {
		if _, err := Lock(ctx, client); err != nil { // creates it
			return numbers{}, err
		}
		last, err = counter.Advance(ctx, client, exportlock.Table, steps...)
	}
	if err != nil {
		return numbers{}, fmt.Errorf("advance the export sequence: %w", err)
	}
	event.Wake(ctx, OrdersTopic(siteID))
	if sequences > 0 {
		event.Wake(ctx, ExportTopic(siteID))
	}
	return numbers{sequence: int(last[0]), queueNumber: last[1], order: int(last[2])}, nil
}
