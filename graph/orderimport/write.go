package orderimport

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
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
	"possync/internal/records/orderbook"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
	"possync/internal/text"
)

// rowsAtOnce bounds the rows of one statement: a database takes so many parameters and no more.
const rowsAtOnce = 1000

// maxSearched is how many bytes of an e-mail address are stored to find orders by.
const maxSearched = 320

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
	var lines []*ent.OrderLineCreate
	var payments []*ent.OrderPaymentCreate
	var refunds []*ent.OrderRefundCreate
	var refunded []string // orders, after their sales were being made
	var left []string     // products that lines had and have no more
	var moved []string    // orders with a sale whose goods leave other stores than before
	ids := make([]string, len(changed))
	for i, a := range changed {
		ids[i] = a.id
		for _, l := range mergeLines(a.Lines, stored[a.id]) {
			create := b.line(client, a, l, products)
			lines = append(lines, create)
			if now, _ := create.Mutation().ProductID(); l.old != nil && l.old.ProductID != nil && *l.old.ProductID != now {
				left = append(left, *l.old.ProductID)
			}
			if a.moves(l) {
				moved = append(moved, a.id)
			}
		}
		for _, p := range mergePayments(a.Payments, stored[a.id]) {
			payments = append(payments, b.payment(client, a, p))
			if p.more > 0 {
				after := a.old != nil && a.old.ExportState.Sent()
				a.refundOpen = a.refundOpen || after
				if after {
					refunded = append(refunded, a.id)
				}
				refunds = append(refunds, client.OrderRefund.Create().SetSiteID(b.siteID).SetOrderID(a.id).SetKey(OwnKeys+pid.New("rfd")).
					SetPaymentID(p.id).SetAmount(p.more).SetRefundedAt(b.now).SetAfterExport(after).SetCreatedAt(b.now).SetUpdatedAt(b.now))
			}
		}
	}
	linking, err := b.linking(ctx, changed, stored, products)
	if err != nil {
		return err
	}
	if err := b.writeOrders(linking, changed); err != nil {
		return err
	}
	if err := storeRows(linking, lines, payments, refunds); err != nil {
		return err
	}
	if err := b.noticeCuts(ctx, changed); err != nil {
		return err
	}
	if err := orderbook.CloseRefunds(ctx, client, b.now, slices.Compact(refunded)...); err != nil {
		return err
	}
	if err := orderbook.Assess(ctx, client, b.now, ids...); err != nil {
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

// linking returns a context whose rows may refer to what was read as the site's, or is made by this batch.
func (b *importing) linking(ctx context.Context, changed []*accepted, stored map[string]known, products map[string]string) (context.Context, error) {
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, err
	}
	linking, ids := tenancy.WithKnown(ctx)
	for _, s := range statuses {
		ids.Add(s.ID)
	}
	for _, l := range locations {
		ids.Add(l.ID)
	}
	for _, id := range products {
		ids.Add(id)
	}
	for _, a := range changed {
		ids.Add(a.id)
		for _, p := range stored[a.id].payments {
			ids.Add(p.ID)
		}
	}
	return linking, nil
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
	lines, err := client.OrderLine.Query().Where(orderline.OrderIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lines of the batch: %w", err)
	}
	payments, err := client.OrderPayment.Query().Where(orderpayment.OrderIDIn(ids...)).All(ctx)
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
	for chunk := range slices.Chunk(slices.Compact(keys), rowsAtOnce) {
		rows, err := unitofwork.Client(ctx).Product.Query().Where(product.KeyIn(chunk...)).Select(product.FieldID, product.FieldKey).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the products of the batch: %w", err)
		}
		for _, row := range rows {
			ids[row.Key] = row.ID
		}
	}
	return ids, nil
}

func (b *importing) line(client *ent.Client, a *accepted, l mergedLine, products map[string]string) *ent.OrderLineCreate {
	create := client.OrderLine.Create().SetID(l.id).SetSiteID(b.siteID).SetOrderID(a.id).SetKey(l.Key).SetPosition(l.position).
		SetKind(l.Kind).SetProductKey(l.ProductKey).SetDescription(l.Description).SetQuantity(l.Quantity).SetUnitPrice(l.UnitPrice).
		SetDiscount(l.Discount).SetTax(l.Tax).SetRemoved(l.removed).SetRemovedBy(l.removedBy).SetFulfilledQuantity(l.Fulfilled).
		SetRefundedQuantity(l.Refunded).SetNillableLocationID(l.locationID).
		SetCreatedAt(b.now).SetUpdatedAt(b.now)
	if id, ok := products[l.ProductKey]; ok && l.Kind == retail.LineProduct {
		create.SetProductID(id)
	} else if l.old != nil && l.old.ProductKey == l.ProductKey {
		create.SetNillableProductID(l.old.ProductID)
	}
	row := l.row()
	create.SetFulfilledBy(row.FulfilledBy).SetNillableFulfilledLocationID(row.FulfilledLocationID)
	if len(row.Fulfillments) > 0 {
		create.SetFulfillments(row.Fulfillments)
	}
	if l.old != nil && l.old.FulfilledQuantity == l.Fulfilled {
		create.SetNillableFulfilledAt(l.old.FulfilledAt)
	} else if l.Fulfilled > 0 {
		create.SetFulfilledAt(b.now)
	}
	return create
}

func (b *importing) payment(client *ent.Client, a *accepted, p mergedPayment) *ent.OrderPaymentCreate {
	return client.OrderPayment.Create().SetID(p.id).SetSiteID(b.siteID).SetOrderID(a.id).SetKey(p.Key).SetMethod(p.Method).
		SetAmount(p.Amount).SetRefunded(p.Refunded).SetState(p.State).SetNillableCapturedAt(p.CapturedAt).
		SetCreatedAt(b.now).SetUpdatedAt(b.now)
}

// writeOrders stores the orders' own rows. A status that was set here stays until the platform sends another one.
func (b *importing) writeOrders(ctx context.Context, changed []*accepted) error {
	client := unitofwork.Client(ctx)
	creates := make([]*ent.WebOrderCreate, len(changed))
	for i, a := range changed {
		status, revision := a.statusID, 1
		if a.old != nil {
			revision = a.old.Revision + 1
			if a.old.SourceStatusKey == a.StatusKey {
				status = a.old.StatusID
			}
			if a.old.Number != a.Number && a.old.ExportState != "" {
				err := client.OrderExport.Update().Where(orderexport.OrderID(a.id), orderexport.Sent(false)).
					SetReference(a.Number).SetUpdatedAt(b.now).Exec(ctx)
				if err != nil {
					return fmt.Errorf("give the export of %s its order's number: %w", a.Key, err)
				}
			}
		}
		name := strings.TrimSpace(a.Customer.FirstName + " " + a.Customer.LastName)
		if name == "" {
			name = a.Customer.Company
		}
		creates[i] = client.WebOrder.Create().SetID(a.id).SetSiteID(b.siteID).SetKey(a.Key).SetNumber(a.Number).
			SetPlacedAt(a.PlacedAt).SetNillableStatusID(status).SetSourceStatusKey(a.StatusKey).
			SetNillablePickupLocationID(a.locationID).SetCancelled(a.Cancelled).SetPricesIncludeTax(a.PricesIncludeTax).
			SetCustomerName(name).SetCustomerEmail(text.Clip(strings.ToLower(a.Customer.Email), maxSearched)).SetCustomer(a.Customer).SetShippingAddress(a.Shipping).SetNote(a.Note).SetNillableStatedTotal(a.Total).
			SetSourceVersion(a.version).SetContentHash(a.hash).SetRevision(revision).SetRefundOpen(a.refundOpen).
			SetCreatedAt(b.now).SetUpdatedAt(b.now)
	}
	err := client.WebOrder.CreateBulk(creates...).OnConflictColumns(weborder.FieldSiteID, weborder.FieldKey).
		Update(func(u *ent.WebOrderUpsert) {
			u.UpdateNumber().UpdatePlacedAt().UpdateStatusID().UpdateSourceStatusKey().UpdatePickupLocationID().UpdateCancelled().
				UpdatePricesIncludeTax().UpdateCustomerName().UpdateCustomerEmail().UpdateCustomer().UpdateShippingAddress().UpdateNote().UpdateStatedTotal().
				UpdateSourceVersion().UpdateContentHash().UpdateRevision().UpdateRefundOpen().UpdateUpdatedAt()
		}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("store orders: %w", err)
	}
	return nil
}

// storeRows stores what belongs to the orders.
func storeRows(ctx context.Context, lines []*ent.OrderLineCreate, payments []*ent.OrderPaymentCreate, refunds []*ent.OrderRefundCreate) error {
	client := unitofwork.Client(ctx)
	for chunk := range slices.Chunk(lines, rowsAtOnce) {
		err := client.OrderLine.CreateBulk(chunk...).
			OnConflictColumns(orderline.FieldSiteID, orderline.FieldOrderID, orderline.FieldKey).
			Update(func(u *ent.OrderLineUpsert) {
				u.UpdatePosition().UpdateKind().UpdateProductID().UpdateProductKey().UpdateDescription().UpdateQuantity().UpdateUnitPrice().
					UpdateDiscount().UpdateTax().UpdateRemoved().UpdateRemovedBy().UpdateFulfilledBy().UpdateFulfilledQuantity().
					UpdateFulfilledLocationID().UpdateFulfillments().UpdateFulfilledAt().UpdateRefundedQuantity().UpdateLocationID().UpdateUpdatedAt()
			}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("store %d lines: %w", len(chunk), err)
		}
	}
	for chunk := range slices.Chunk(payments, rowsAtOnce) {
		err := client.OrderPayment.CreateBulk(chunk...).
			OnConflictColumns(orderpayment.FieldSiteID, orderpayment.FieldOrderID, orderpayment.FieldKey).
			Update(func(u *ent.OrderPaymentUpsert) {
				u.UpdateMethod().UpdateAmount().UpdateRefunded().UpdateState().UpdateCapturedAt().UpdateUpdatedAt()
			}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("store %d payments: %w", len(chunk), err)
		}
	}
	for chunk := range slices.Chunk(refunds, rowsAtOnce) {
		if err := client.OrderRefund.CreateBulk(chunk...).Exec(ctx); err != nil {
			return fmt.Errorf("store %d refunds: %w", len(chunk), err)
		}
	}
	return nil
}

// noteVersions remembers newer versions of orders that say the same as before.
func (b *importing) noteVersions(ctx context.Context, newer []*accepted) error {
	if len(newer) == 0 {
		return nil
	}
	ids := make([]string, len(newer))
	for i, a := range newer {
		ids[i] = a.id
	}
	update := unitofwork.Client(ctx).WebOrder.Update().Where(weborder.IDIn(ids...)).SetUpdatedAt(b.now)
	update.Modify(func(u *sql.UpdateBuilder) {
		u.Set(weborder.FieldSourceVersion, bulkset.ByID(newer, func(a *accepted) string { return a.id }, func(a *accepted) any { return a.version }, bulkset.BigInt))
	})
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("note newer versions of %d orders: %w", len(newer), err)
	}
	return nil
}
