package export

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/retail"
)

// maxExchanges is how many exchanges of goods, each for goods of the one before, are followed.
const maxExchanges = 5

// readSales reads the sales of exports by their ids, with what later sales have taken back of them and given for that. Sales that are
// open are left out.
func readSales(ctx context.Context, account *lightspeed.Account, exports []*ent.OrderExport, c retail.Currency) (map[int64]retail.POSSale, error) {
	ids := make([]int64, len(exports))
	for i, e := range exports {
		ids[i] = e.SaleID
	}
	found, err := account.SalesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	later, err := laterSales(ctx, account, found)
	if err != nil {
		return nil, err
	}
	sales := map[int64]retail.POSSale{}
	for _, s := range found {
		if s.Open() {
			continue
		}
		record, err := recordOf(s, nil)
		if err != nil {
			return nil, err
		}
		sales[s.SaleID] = retail.ReadSale(record, later, c)
	}
	return sales, nil
}

// laterSales returns the completed sales that take units of these back, or of goods that such sales gave for them, by id.
func laterSales(ctx context.Context, account *lightspeed.Account, sales []lightspeed.Sale) ([]retail.POSRecord, error) {
	later := map[int64]retail.POSRecord{}
	lines := linesSold(sales)
	for range maxExchanges {
		if len(lines) == 0 {
			break
		}
		back, err := account.RefundsOf(ctx, lines)
		if err != nil {
			return nil, err
		}
		parents := map[int64]int64{}
		var ids []int64
		for _, l := range back {
			parents[l.SaleLineID] = l.ParentSaleLineID
			if _, known := later[l.SaleID]; !known && !slices.Contains(ids, l.SaleID) {
				ids = append(ids, l.SaleID)
			}
		}
		refunds, err := account.SalesByID(ctx, ids)
		if err != nil {
			return nil, err
		}
		refunds = slices.DeleteFunc(refunds, func(s lightspeed.Sale) bool { return !s.Completed || s.Voided })
		for _, s := range refunds {
			if later[s.SaleID], err = recordOf(s, parents); err != nil {
				return nil, err
			}
		}
		lines = linesSold(refunds)
	}
	return slices.SortedFunc(maps.Values(later), func(a, b retail.POSRecord) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// linesSold returns the lines of sales whose units can be taken back.
func linesSold(sales []lightspeed.Sale) []int64 {
	var ids []int64
	for _, s := range sales {
		for _, l := range s.Lines {
			if l.UnitQuantity > 0 {
				ids = append(ids, l.SaleLineID)
			}
		}
	}
	return ids
}

// recordOf puts a sale into the terms of the shop's rules. parents are the lines that its lines take back, where the sale itself need not
// say so. One that was opened again and archived is like a voided one.
func recordOf(s lightspeed.Sale, parents map[int64]int64) (retail.POSRecord, error) {
	r := retail.POSRecord{ID: s.SaleID, Voided: s.Voided || s.Archived && !s.Completed}
	var err error
	if r.Total, err = retail.AmountFromDecimal(s.Total); err != nil {
		return r, unreadable(s, err)
	}
	for _, l := range s.Lines {
		line := retail.POSLine{ID: l.SaleLineID, ItemID: l.ItemID, Units: l.UnitQuantity, Parent: cmp.Or(parents[l.SaleLineID], l.ParentSaleLineID)}
		if line.Total, err = retail.AmountFromDecimal(l.Total); err != nil {
			return r, unreadable(s, err)
		}
		r.Lines = append(r.Lines, line)
	}
	for _, p := range s.Payments {
		if p.Archived {
			continue
		}
		payment := retail.POSPayment{TypeID: p.PaymentTypeID}
		if payment.Amount, err = retail.AmountFromDecimal(p.Amount); err != nil {
			return r, unreadable(s, err)
		}
		r.Payments = append(r.Payments, payment)
	}
	return r, nil
}

func unreadable(s lightspeed.Sale, err error) error {
	return fmt.Errorf("sale %d: %w: %w", s.SaleID, lightspeed.ErrMalformed, err)
}
