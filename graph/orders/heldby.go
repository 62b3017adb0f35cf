package orders

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"possync/ent/orderexport"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// open are the states in which something can hold an order back: all but the final one.
var open = []retail.ExportState{
	"", retail.ExportQueued, retail.ExportSending, retail.ExportUnconfirmed, retail.ExportFailed, retail.ExportBlocked,
}

// held narrows by what holds orders back.
func (w *Where) held(ctx context.Context) ([]predicate.WebOrder, error) {
	if w.Blockers == nil && w.Blocked == nil {
		return nil, nil
	}
	settings, err := sitedata.Export(ctx)
	if err != nil {
		return nil, err
	}
	var all []predicate.WebOrder
	if w.Blockers != nil {
		held, err := heldBy(ctx, settings, w.Blockers)
		if err != nil {
			return nil, err
		}
		all = append(all, held)
	}
	if w.Blocked != nil {
		var every []retail.BlockerCode
		for _, name := range retail.BlockerCode("").Values() {
			every = append(every, retail.BlockerCode(name))
		}
		held, err := heldBy(ctx, settings, every)
		if err != nil {
			return nil, err
		}
		if !*w.Blocked {
			held = weborder.Not(held)
		}
		all = append(all, held)
	}
	return all, nil
}

// heldBy finds the orders that any of the codes holds back: those that have it among their [Order.ExportBlockers]. No part of it is ever
// null, which nothing would find, not even the opposite of the whole.
func heldBy(ctx context.Context, settings orderbook.Settings, codes []retail.BlockerCode) (predicate.WebOrder, error) {
	byOrder, err := heldByOrder(ctx, settings, codes)
	if err != nil {
		return nil, err
	}
	byPayment, err := heldByPayment(ctx, settings, codes)
	if err != nil {
		return nil, err
	}
	bySite, err := heldBySite(ctx, settings, codes)
	if err != nil {
		return nil, err
	}
	var any []predicate.WebOrder
	for _, p := range []predicate.WebOrder{bySite, byOrder, byPayment, heldByPOS(codes)} {
		if p != nil {
			any = append(any, p)
		}
	}
	if len(any) == 0 {
		return func(s *sql.Selector) { s.Where(sql.False()) }, nil
	}
	return weborder.And(weborder.ExportStateIn(open...), weborder.Or(any...)), nil
}

// heldByOrder finds the orders with blockers of their own, or is nil if none of the codes is one.
func heldByOrder(ctx context.Context, settings orderbook.Settings, codes []retail.BlockerCode) (predicate.WebOrder, error) {
	var mask retail.BlockerBits
	for _, code := range codes {
		mask |= code.Bit()
	}
	if mask = mask.Under(settings.Unlinked()); mask == 0 {
		return nil, nil
	}
	narrow, err := byCombination(ctx, mask)
	if err != nil {
		return nil, err
	}
	return weborder.And(append(narrow, hasBits(mask))...), nil
}

// hasBits finds the orders of which any of the bits is set.
func hasBits(mask retail.BlockerBits) predicate.WebOrder {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteByte('(').Ident(s.C(weborder.FieldBlockerBits)).WriteString(" & ").Arg(int64(mask)).WriteString(") <> 0")
		}))
	}
}

// heldByPOS finds the orders whose exports are blocked by what the POS has said, or is nil if that is none of the codes.
func heldByPOS(codes []retail.BlockerCode) predicate.WebOrder {
	var said []any
	for _, code := range codes {
		if code.ByPOS() {
			said = append(said, string(code))
		}
	}
	if len(said) == 0 {
		return nil
	}
	return weborder.And(weborder.ExportStateEQ(retail.ExportBlocked), func(s *sql.Selector) {
		e := sql.Dialect(s.Dialect()).Table(orderexport.Table).As("said")
		s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(e.C(orderexport.FieldID)).From(e).Where(sql.And(
			sql.ColumnsEQ(e.C(orderexport.FieldSiteID), s.C(weborder.FieldSiteID)), sql.ColumnsEQ(e.C(orderexport.FieldOrderID), s.C(weborder.FieldID)),
			sql.In(e.C(orderexport.FieldReasonCode), said...)))))
	})
}
