package orderimport

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/ent/product"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/pid"
	"possync/internal/records/bulkset"
	"possync/internal/records/lookup"
	"possync/internal/records/orderbook"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// keysAtOnce bounds the keys of one statement: SQLite takes so many values and no more.
const keysAtOnce = 10_000

// write stores what is new or changed, works out what follows from it, and wakes whom it concerns.
func (b *importing) write(ctx context.Context) error {
	var changed []*accepted
	var newer []*accepted
	for _, a := range b.orders {
		a.id = pid.New("ord")
		if a.old != nil {
			a.id, a.refundOpen = a.old.ID, a.old.RefundOpen
		}
		switch {
		case a.changed():
			changed = append(changed, a)
		case a.result.Outcome == Unchanged && a.version > a.old.SourceVersion:
			newer = append(newer, a)
		}
	}
	if err := b.noteVersions(ctx, newer); err != nil || len(changed) == 0 {
		return err
	}
	stored, err := b.stored(ctx, changed)
	if err != nil {
		return err
	}
	products, err := b.products(ctx, changed)
	if err != nil {
		return err
	}
	client := unitofwork.Client(ctx)
	number, err := orderbook.NextChange(ctx, client)
	if err != nil {
		return err
	}
	sent, err := b.sent(ctx, changed)
	if err != nil {
		return err
	}
	w := writing{importing: b, stored: stored, products: products, sent: sent, number: number}
	var left []string  // products that lines had and have no more
	var moved []string // orders with a sale whose goods leave other stores than before
	ids := make([]string, len(changed))
	for i, a := range changed {
		ids[i] = a.id
		lines, payments := len(w.lines), len(w.payments)
		for _, l := range mergeLines(a.Lines, stored[a.id]) {
			row := w.line(a, l)
			w.lines = append(w.lines, row)
			if l.old != nil && l.old.ProductID != nil && (row.ProductID == nil || *l.old.ProductID != *row.ProductID) {
				left = append(left, *l.old.ProductID)
			}
			if a.moves(l) {
				moved = append(moved, a.id)
			}
		}
		for _, p := range mergePayments(a.Payments, stored[a.id]) {
			w.payments = append(w.payments, w.payment(a, p))
			w.refund(a, p)
		}
		w.orders = append(w.orders, w.order(a))
		if a.old == nil {
			w.added = append(w.added, orderbook.Added{Row: w.orders[i], Lines: w.lines[lines:], Payments: w.payments[payments:]})
		}
	}
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return err
	}
	added, err := orderbook.Add(ctx, client, orderbook.SettingsOf(site), w.added)
	if err != nil {
		return err
	}
	if err := w.store(ctx, changed); err != nil {
		return err
	}
	if err := b.noticeCuts(ctx, changed); err != nil {
		return err
	}
	if err := orderbook.CloseRefunds(ctx, client, b.now, slices.Compact(w.refunded)...); err != nil {
		return err
	}
	if err := orderbook.AssessAll(ctx, client, site, added, b.now, ids...); err != nil {
		return err
	}
	if err := orderbook.RefreshProducts(ctx, client, left, b.now); err != nil || len(moved) == 0 {
		return err
	}
	return orderbook.FulfillmentsChanged(ctx, client, b.now, slices.Compact(moved)...)
}

// moves reports whether goods of the line leave other stores than before, although their sale was made or is being made.
func (a *accepted) moves(l mergedLine) bool {
	if l.old == nil || l.Kind != retail.LineProduct || !a.old.ExportState.Sent() {
		return false
	}
	before, now := "", ""
	if a.old.PickupLocationID != nil {
		before = *a.old.PickupLocationID
	}
	if a.locationID != nil {
		now = *a.locationID
	}
	return !maps.Equal(leaves(l.old, before), leaves(l.row(), now))
}

// noticeCuts raises notices of texts that were cut, and resolves those of orders whose texts now fit.
func (b *importing) noticeCuts(ctx context.Context, changed []*accepted) error {
	var cut []orderbook.Notice
	var whole []string
	for _, a := range changed {
		switch {
		case len(a.cut) > 0:
			cut = append(cut, orderbook.Notice{OrderID: a.id, Code: retail.NoticeTextCut, Params: map[string]string{"fields": strings.Join(a.cut, ", ")}})
		case a.old != nil:
			whole = append(whole, a.id)
		}
	}
	client := unitofwork.Client(ctx)
	if err := orderbook.RaiseNotices(ctx, client, b.now, cut...); err != nil {
		return err
	}
	return orderbook.ResolveNotices(ctx, client, retail.NoticeTextCut, b.now, whole...)
}

// stored reads what is stored of the orders besides their rows.
func (b *importing) stored(ctx context.Context, changed []*accepted) (map[string]known, error) {
	client := unitofwork.Client(ctx)
	all := map[string]known{}
	var ids []string
	for _, a := range changed {
		if a.old != nil {
			ids = append(ids, a.id)
			all[a.id] = known{lines: map[string]*ent.OrderLine{}, payments: map[string]*ent.OrderPayment{}, refunded: map[string]retail.Amount{}}
		}
	}
	if len(ids) == 0 {
		return all, nil
	}
	lines, err := client.OrderLine.Query().
		Modify(lookup.In(orderline.Table, lookup.Values{Column: orderline.FieldOrderID, Values: ids})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lines of the batch: %w", err)
	}
	payments, err := client.OrderPayment.Query().
		Modify(lookup.In(orderpayment.Table, lookup.Values{Column: orderpayment.FieldOrderID, Values: ids})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the payments of the batch: %w", err)
	}
	refunds, err := client.OrderRefund.Query().Where(orderrefund.OrderIDIn(ids...), orderrefund.RefundedByNEQ("")).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the refunds of the batch: %w", err)
	}
	for _, l := range lines {
		all[l.OrderID].lines[l.Key] = l
	}
	for _, p := range payments {
		all[p.OrderID].payments[p.Key] = p
	}
	for _, r := range refunds {
		if r.PaymentID != nil {
			all[r.OrderID].refunded[*r.PaymentID] += r.Amount
		}
	}
	return all, nil
}

// sent returns which of the orders were sent to the POS: their sales may be there, or may be completed yet, without what is refunded from
// now on.
func (b *importing) sent(ctx context.Context, changed []*accepted) (map[string]bool, error) {
	sent := map[string]bool{}
	var unknown []string
	for _, a := range changed {
		switch {
		case a.old == nil || a.old.ExportState == "":
		case a.old.ExportState.Sent():
			sent[a.id] = true
		default:
			unknown = append(unknown, a.id)
		}
	}
	if len(unknown) == 0 {
		return sent, nil
	}
	ids, err := unitofwork.Client(ctx).OrderExport.Query().Where(orderexport.OrderIDIn(unknown...), orderexport.Sent(true)).
		Select(orderexport.FieldOrderID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for the sales of the batch: %w", err)
	}
	for _, id := range ids {
		sent[id] = true
	}
	return sent, nil
}

// products returns the ids of the lines' products, by their keys.
func (b *importing) products(ctx context.Context, changed []*accepted) (map[string]string, error) {
	var keys []string
	for _, a := range changed {
		for _, l := range a.Lines {
			if l.ProductKey != "" {
				keys = append(keys, l.ProductKey)
			}
		}
	}
	slices.Sort(keys)
	ids := map[string]string{}
	for chunk := range slices.Chunk(slices.Compact(keys), keysAtOnce) {
		rows, err := unitofwork.Client(ctx).Product.Query().Select(product.FieldID, product.FieldKey).
			Modify(lookup.In(product.Table, lookup.Values{Column: product.FieldKey, Values: chunk})).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the products of the batch: %w", err)
		}
		for _, row := range rows {
			ids[row.Key] = row.ID
		}
	}
	return ids, nil
}

// noteVersions remembers newer versions of orders that say the same as before.
func (b *importing) noteVersions(ctx context.Context, newer []*accepted) error {
	linking, ids := tenancy.WithKnown(ctx)
	rows := make([]*ent.WebOrder, len(newer))
	for i, a := range newer {
		row := *a.old
		row.SourceVersion, row.UpdatedAt = a.version, b.now
		rows[i] = &row
		ids.AddLinks(row.StatusID, row.PickupLocationID)
	}
	// By their keys: of an update with a list of ids the planner makes what package lookup says.
	return bulkset.Insert(linking, unitofwork.Client(ctx), migrate.WebOrdersTable, rows, bulkset.Conflict{
		Columns: []string{weborder.FieldKey}, Take: []string{weborder.FieldSourceVersion, weborder.FieldUpdatedAt},
	})
}
