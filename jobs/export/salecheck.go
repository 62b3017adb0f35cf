package export

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/ent/ordernotice"
	"possync/ent/predicate"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/retail"
)

const (
	checkWindow   = 30 * 24 * time.Hour // how long after its export a sale is compared with its order each night
	checkBatch    = 100                 // sales of one request
	checkFailures = 3                   // batches in a row that fail before it is asked whether the POS is to blame
)

// saleCheck compares the completed sales of a site with their orders.
type saleCheck struct {
	x         *Exporter
	site      *settings.Snapshot
	account   *lightspeed.Account
	accountID string
	night     time.Time // what was compared since then is done
}

// run compares what was not compared this night, those sales first that were compared longest ago. It takes a few requests for each
// batch, and lets orders go first. A batch that fails is tried again in halves after all others, until the sale that is to blame is
// alone: the others do not wait for it. keep is called before each batch, and its error ends the work.
func (c saleCheck) run(ctx context.Context, keep func(context.Context) error) error {
	ids, err := c.due(ctx)
	if err != nil {
		return err
	}
	todo := slices.Collect(slices.Chunk(ids, c.x.compare))
	var failures []error
	inRow := 0
	for len(todo) > 0 {
		if err := keep(ctx); err != nil {
			return err
		}
		batch := todo[0]
		todo = todo[1:]
		err := c.compare(ctx, batch)
		if err == nil {
			inRow = 0
			continue
		}
		half := len(batch) / 2
		if half > 0 {
			todo = append(todo, batch[:half], batch[half:])
		} else {
			failures = append(failures, err)
		}
		if inRow++; inRow == checkFailures {
			if err = c.probe(ctx, todo); err == nil {
				inRow = 0
			}
		}
		if ctx.Err() != nil || inRow == checkFailures || concernsAll(err) {
			return errors.Join(append(failures, err)...)
		}
	}
	return errors.Join(failures...)
}

// probe compares any one of the sales that are left, after several batches in a row have failed: if it fails too, the POS is to blame,
// and no sale.
func (c saleCheck) probe(ctx context.Context, todo [][]string) error {
	if len(todo) == 0 {
		return nil
	}
	batch := todo[rand.IntN(len(todo))]
	return c.compare(ctx, []string{batch[rand.IntN(len(batch))]})
}

// concernsAll reports whether all sales fail as one did.
func concernsAll(err error) bool {
	var link *connection.NotConnectedError
	return errors.As(err, &link) || errors.Is(err, lightspeed.ErrReauthorize) || errors.Is(err, lightspeed.ErrUnauthorized) ||
		errors.Is(err, lightspeed.ErrForbidden) || errors.Is(err, lightspeed.ErrThrottled)
}

// due returns the exports whose sales are to be compared: those of the last weeks, and older ones whose notices still stand.
func (c saleCheck) due(ctx context.Context) ([]string, error) {
	noticed, err := c.x.Client.OrderNotice.Query().
		Where(ordernotice.CodeIn(orderbook.SaleNotices()...), ordernotice.AcknowledgedAtIsNil(), ordernotice.ResolvedAtIsNil()).
		Select(ordernotice.FieldOrderID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for notices about sales: %w", err)
	}
	recent := orderexport.ExportedAtGTE(c.x.Clock.Now().Add(-checkWindow))
	found, err := c.dueOf(ctx, recent)
	if err != nil {
		return nil, err
	}
	for chunk := range slices.Chunk(noticed, checkBatch) {
		older, err := c.dueOf(ctx, orderexport.And(orderexport.Not(recent), orderexport.OrderIDIn(chunk...)))
		if err != nil {
			return nil, err
		}
		found = append(found, older...)
	}
	return found, nil
}

func (c saleCheck) dueOf(ctx context.Context, which predicate.OrderExport) ([]string, error) {
	ids, err := c.x.Client.OrderExport.Query().
		Where(which, orderexport.StateEQ(retail.ExportExported), orderexport.AccountID(c.accountID), orderexport.SaleIDNEQ(0),
			c.notCompared()).
		Order(orderexport.BySaleCheckedAt(sql.OrderNullsFirst()), orderexport.ByExportedAt(), orderexport.ByID()).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sales to compare: %w", err)
	}
	return ids, nil
}

// notCompared is what was not compared this night.
func (c saleCheck) notCompared() predicate.OrderExport {
	return orderexport.Or(orderexport.SaleCheckedAtIsNil(), orderexport.SaleCheckedAtLT(c.night))
}

// compare compares the sales of a batch of exports with their orders. Of a sale that was not found, or cannot be read on its own, nothing
// is known.
func (c saleCheck) compare(ctx context.Context, ids []string) error {
	exports, err := c.x.Client.OrderExport.Query().Where(orderexport.IDIn(ids...), c.notCompared()).Order(orderexport.BySaleID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read the exports of %d sales: %w", len(ids), err)
	}
	if len(exports) == 0 {
		return nil
	}
	sales, err := readSales(ctx, c.account, exports, c.site.Currency())
	switch {
	case errors.Is(err, lightspeed.ErrMalformed) && len(exports) == 1:
		c.x.Logger.ErrorContext(ctx, "a sale cannot be compared with its order", "sale", exports[0].SaleID, "error", err)
	case err != nil:
		return err
	}
	var looks []orderbook.Look
	compared := make([]string, len(exports))
	for i, e := range exports {
		compared[i] = e.ID
		if sale, found := sales[e.SaleID]; found {
			looks = append(looks, orderbook.Look{Export: e, Sale: sale})
		}
	}
	now := c.x.Clock.Now()
	return store.InTx(ctx, c.x.Client, c.x.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := orderbook.SalesChecked(ctx, tx, orderbook.SettingsOf(c.site), looks, now); err != nil {
			return err
		}
		err := tx.OrderExport.Update().Where(orderexport.IDIn(compared...)).SetSaleCheckedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note that %d sales were compared: %w", len(compared), err)
		}
		return nil
	})
}
