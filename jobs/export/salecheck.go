package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/records/store"
	"possync/internal/retail"
)

const (
	checkWindow = 30 * 24 * time.Hour // how long after its export a sale is compared with its order each night
	checkBatch  = 100                 // sales of one request
)

// checkSales compares the sales of the last weeks with their orders, those that were compared longest ago first, and raises
// notices of what was changed in the POS. It takes a few requests for each hundred sales, and lets orders go first.
func (x *Exporter) checkSales(ctx context.Context, account *lightspeed.Account, accountID string) error {
	began := x.Clock.Now()
	for ctx.Err() == nil {
		exports, err := x.Client.OrderExport.Query().
			Where(orderexport.StateEQ(retail.ExportExported), orderexport.ExportedAtGTE(began.Add(-checkWindow)), orderexport.AccountID(accountID),
				orderexport.SaleIDNEQ(0), orderexport.Or(orderexport.SaleCheckedAtIsNil(), orderexport.SaleCheckedAtLT(began))).
			Order(ent.Asc(orderexport.FieldExportedAt)).Limit(checkBatch).All(ctx)
		if err != nil {
			return fmt.Errorf("look for sales to compare: %w", err)
		}
		if len(exports) == 0 {
			return nil
		}
		if err := x.compare(ctx, account, exports); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// compare compares the sales of exports with their orders. If the answer cannot be read, it asks for them in halves, until the sale
// that is to blame is alone: the others do not wait for it.
func (x *Exporter) compare(ctx context.Context, account *lightspeed.Account, exports []*ent.OrderExport) error {
	sales, err := readSales(ctx, account, exports)
	switch {
	case err == nil:
	case !errors.Is(err, lightspeed.ErrMalformed):
		return err
	case len(exports) > 1:
		half := len(exports) / 2
		if err := x.compare(ctx, account, exports[:half]); err != nil {
			return err
		}
		return x.compare(ctx, account, exports[half:])
	default:
		x.Logger.ErrorContext(ctx, "a sale cannot be compared with its order", "sale", exports[0].SaleID, "error", err)
	}
	return x.storeChecks(ctx, exports, sales)
}

// storeChecks stores what the look at the sales of exports has found; of a sale that was not found nothing is known.
func (x *Exporter) storeChecks(ctx context.Context, exports []*ent.OrderExport, sales map[int64]retail.POSSale) error {
	now := x.Clock.Now()
	orderIDs, ids := make([]string, len(exports)), make([]string, len(exports))
	byOrder := map[string]*ent.OrderExport{}
	for i, e := range exports {
		orderIDs[i], ids[i], byOrder[e.OrderID] = e.OrderID, e.ID, e
	}
	return store.InTx(ctx, x.Client, x.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := orderbook.Assess(ctx, tx, now, orderIDs...); err != nil { // by which the orders are locked too
			return err
		}
		site, err := x.Settings.Get(ctx, tx)
		if err != nil {
			return err
		}
		orders, err := orderbook.Load(ctx, tx, orderbook.SettingsOf(site), orderIDs...)
		if err != nil {
			return err
		}
		for _, o := range orders {
			export := byOrder[o.Row.ID]
			sale, found := sales[export.SaleID]
			if !found {
				continue
			}
			if err := orderbook.SaleChecked(ctx, tx, o, export, sale, now); err != nil {
				return err
			}
		}
		err = tx.OrderExport.Update().Where(orderexport.IDIn(ids...)).SetSaleCheckedAt(now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note that %d sales were compared: %w", len(ids), err)
		}
		return nil
	})
}

// readSales reads the sales of exports by their ids, with what other completed sales have taken back of them.
func readSales(ctx context.Context, account *lightspeed.Account, exports []*ent.OrderExport) (map[int64]retail.POSSale, error) {
	ids := make([]int64, len(exports))
	for i, e := range exports {
		ids[i] = e.SaleID
	}
	found, err := account.SalesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var lines []int64
	saleOf := map[int64]int64{}
	for _, s := range found {
		for _, l := range s.Lines {
			lines = append(lines, l.SaleLineID)
			saleOf[l.SaleLineID] = s.SaleID
		}
	}
	back, err := takenBack(ctx, account, lines)
	if err != nil {
		return nil, err
	}
	sales := map[int64]retail.POSSale{}
	for _, s := range found {
		if !s.Completed {
			continue
		}
		var own []lightspeed.SaleLine
		for _, l := range back {
			if saleOf[l.ParentSaleLineID] == s.SaleID && l.SaleID != s.SaleID {
				own = append(own, l)
			}
		}
		if sales[s.SaleID], err = posSale(s, own); err != nil {
			return nil, fmt.Errorf("sale %d: %w: %w", s.SaleID, lightspeed.ErrMalformed, err)
		}
	}
	return sales, nil
}

// takenBack returns the lines of completed sales that take units of the given lines back.
func takenBack(ctx context.Context, account *lightspeed.Account, lines []int64) ([]lightspeed.SaleLine, error) {
	back, err := account.RefundsOf(ctx, lines)
	if err != nil || len(back) == 0 {
		return nil, err
	}
	seen := map[int64]bool{}
	var ids []int64
	for _, l := range back {
		if !seen[l.SaleID] {
			seen[l.SaleID] = true
			ids = append(ids, l.SaleID)
		}
	}
	refunds, err := account.SalesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	counts := map[int64]bool{}
	for _, s := range refunds {
		counts[s.SaleID] = s.Completed && !s.Voided
	}
	kept := back[:0]
	for _, l := range back {
		if counts[l.SaleID] {
			kept = append(kept, l)
		}
	}
	return kept, nil
}

// posSale puts a sale, and the lines that take units of it back, into the terms of the shop's rules.
func posSale(s lightspeed.Sale, back []lightspeed.SaleLine) (retail.POSSale, error) {
	sale := retail.POSSale{Voided: s.Voided, Units: map[int64]int64{}, Payments: map[int64]retail.Amount{}}
	for _, l := range slices.Concat(s.Lines, back) {
		if l.ItemID != 0 {
			sale.Units[l.ItemID] += l.UnitQuantity
		}
	}
	var err error
	if sale.Total, err = retail.AmountFromDecimal(s.Total); err != nil {
		return sale, fmt.Errorf("total: %w", err)
	}
	for _, p := range s.Payments {
		if p.Archived {
			continue
		}
		amount, err := retail.AmountFromDecimal(p.Amount)
		if err != nil {
			return sale, fmt.Errorf("payment: %w", err)
		}
		sale.Payments[p.PaymentTypeID] += amount
	}
	refunded := decimal.Zero
	for _, l := range back {
		refunded = refunded.Sub(l.Total)
	}
	if sale.Refunded, err = retail.AmountFromDecimal(refunded.Round(2)); err != nil {
		return sale, fmt.Errorf("refunds: %w", err)
	}
	return sale, nil
}
