package orderimport

import (
	"context"
	"fmt"

	"possync/ent/migrate"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/bulkset"
	"possync/internal/records/tenancy"
)

// What stays as it is stored where the platform sends it again. What follows from an order is assessed after it was stored.
var (
	orderConflict = bulkset.Conflict{Columns: []string{weborder.FieldKey}, Keep: []string{
		weborder.FieldID, weborder.FieldCreatedAt, weborder.FieldExportState, weborder.FieldCustomerErasedAt,
		weborder.FieldTotal, weborder.FieldCapturedTotal, weborder.FieldBalanceDue, weborder.FieldFulfilled, weborder.FieldBlockerBits,
	}}
	lineConflict = bulkset.Conflict{Columns: []string{orderline.FieldOrderID, orderline.FieldKey}, Keep: []string{
		orderline.FieldID, orderline.FieldCreatedAt, orderline.FieldAddedBy, orderline.FieldReplaces, orderline.FieldHeldUnits,
	}}
	paymentConflict = bulkset.Conflict{Columns: []string{orderpayment.FieldOrderID, orderpayment.FieldKey}, Keep: []string{
		orderpayment.FieldID, orderpayment.FieldCreatedAt, orderpayment.FieldOffline, orderpayment.FieldNote, orderpayment.FieldRecordedBy,
	}}
	refundConflict = bulkset.Conflict{Columns: []string{orderrefund.FieldOrderID, orderrefund.FieldKey}, Keep: []string{orderrefund.FieldID}}
)

// store stores the orders and what belongs to them, each kind by one statement.
func (w *writing) store(ctx context.Context, changed []*accepted) error {
	ctx, err := w.linking(ctx, changed)
	if err != nil {
		return err
	}
	if err := w.renumber(ctx, changed); err != nil {
		return err
	}
	client := unitofwork.Client(ctx)
	if err := bulkset.Insert(ctx, client, migrate.WebOrdersTable, w.orders, orderConflict); err != nil {
		return err
	}
	if err := bulkset.Insert(ctx, client, migrate.OrderLinesTable, w.lines, lineConflict); err != nil {
		return err
	}
	if err := bulkset.Insert(ctx, client, migrate.OrderPaymentsTable, w.payments, paymentConflict); err != nil {
		return err
	}
	return bulkset.Insert(ctx, client, migrate.OrderRefundsTable, w.refunds, refundConflict)
}

// renumber has the exports of orders whose numbers have changed, and of which nothing was sent, look for the new ones.
func (w *writing) renumber(ctx context.Context, changed []*accepted) error {
	for _, a := range changed {
		if a.old == nil || a.old.Number == a.Number || a.old.ExportState == "" {
			continue
		}
		err := unitofwork.Client(ctx).OrderExport.Update().Where(orderexport.OrderID(a.id), orderexport.Sent(false)).
			SetReference(a.Number).SetUpdatedAt(w.now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("give the export of %s its order's number: %w", a.Key, err)
		}
	}
	return nil
}

// linking returns a context whose rows may refer to what was read as the site's, or is made by this batch.
func (w *writing) linking(ctx context.Context, changed []*accepted) (context.Context, error) {
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	linking, ids := tenancy.WithKnown(ctx)
	for _, s := range site.Statuses {
		ids.Add(s.ID)
	}
	for _, l := range site.Locations {
		ids.Add(l.ID)
	}
	for _, id := range w.products {
		ids.Add(id)
	}
	for _, a := range changed {
		ids.Add(a.id)
		if a.old != nil {
			ids.AddLinks(a.old.StatusID)
		}
		for _, l := range w.stored[a.id].lines {
			ids.AddLinks(l.ProductID, l.LocationID, l.FulfilledLocationID)
		}
	}
	for _, p := range w.payments {
		ids.Add(p.ID)
	}
	return linking, nil
}
