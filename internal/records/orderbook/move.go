package orderbook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/exportevent"
	"possync/ent/orderexport"
	"possync/ent/orderrefund"
	"possync/ent/weborder"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/settings"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// ErrStateChanged says that an export is no longer in the state in which it was read.
var ErrStateChanged = errors.New("the export has changed state")

// Move changes an export by the given function and, where its state or its reason differs afterwards, records the change
// under the next number of the site's sequence. A move that begins or ends the time in which a sale may be on its way needs the
// site's lock, see [synclog.Lock], before all others. It returns the export as stored, ErrStateChanged if its state is not that of
// export, and an error if retail forbids the change of state.
func Move(ctx context.Context, client *ent.Client, export *ent.OrderExport, now time.Time, change func(*ent.OrderExportUpdateOne)) (*ent.OrderExport, error) {
	last, err := next(ctx, client, 1, 0)
	if err != nil {
		return nil, err
	}
	return move{export: export, at: Numbers{Sequence: last.sequence, Order: last.order}, now: now}.make(ctx, client, change)
}

// Because notes why an export is in its state.
func Because(u *ent.OrderExportUpdateOne, code retail.ExportReasonCode, said message.Message) *ent.OrderExportUpdateOne {
	return u.SetReasonCode(string(code)).SetReasonMessage(said.Text).SetReasonParameters(said.Parameters)
}

// Numbers are those that a transaction has taken for a change of an export: see [ent.ExportLock].
type Numbers struct {
	Sequence int // of the changes of exports
	Order    int // of the changes of orders
}

// move is a change of an export under numbers that were taken.
type move struct {
	export *ent.OrderExport
	at     Numbers
	now    time.Time

	site  *settings.Snapshot // of the transaction, if it was read
	order *Sending           // likewise

	// storeState stores the state on the order, and all else that changes of it; nil = it alone. also is for its first statement.
	storeState func(state retail.ExportState, also func(*sql.UpdateBuilder)) error
}

func (m move) make(ctx context.Context, client *ent.Client, change func(*ent.OrderExportUpdateOne)) (*ent.OrderExport, error) {
	export := m.export
	event.Wake(ctx, OrderTopic(export.OrderID))
	update := client.OrderExport.UpdateOneID(export.ID).SetSequence(m.at.Sequence).SetUpdatedAt(m.now)
	change(update)
	if _, said := update.Mutation().ReasonMessage(); said {
		if _, given := update.Mutation().ReasonParameters(); !given { // those of another message do not stay
			update.ClearReasonParameters()
		}
	}
	if to, ok := update.Mutation().State(); ok && to != export.State && !retail.CanExportMove(export.State, to) {
		return nil, fmt.Errorf("move export %s: from %s to %s is not allowed", export.ID, export.State, to)
	}
	moved, err := storeMove(ctx, client, export, update.Mutation())
	if err != nil {
		return nil, fmt.Errorf("move export %s: %w", export.ID, err)
	}
	_, planned := update.Mutation().Plan()
	if planned && export.Attempts > 0 { // also where the earlier attempt went to another account
		if err := settleRefunds(ctx, client, moved.OrderID, m.now); err != nil {
			return nil, err
		}
	}
	if err := m.hold(ctx, client, moved, planned); err != nil {
		return nil, err
	}
	if moved.State == export.State && moved.ReasonCode == export.ReasonCode && moved.ReasonMessage == export.ReasonMessage {
		return moved, nil
	}
	if err := m.record(ctx, client, moved); err != nil {
		return nil, fmt.Errorf("record export %s: %w", export.ID, err)
	}
	if failed := moved.State == retail.ExportFailed; failed || export.State == retail.ExportFailed {
		return moved, reportFailed(ctx, client, failed, m.now)
	}
	return moved, nil
}

// record stores the state of an export that was moved on its order, and the change: in PostgreSQL by one statement.
func (m move) record(ctx context.Context, client *ent.Client, moved *ent.OrderExport) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	storeState := m.storeState
	if storeState == nil {
		storeState = func(state retail.ExportState, also func(*sql.UpdateBuilder)) error {
			return client.WebOrder.Update().Where(weborder.ID(moved.OrderID)).
				SetExportState(state).SetChangeSequence(m.at.Order).SetUpdatedAt(m.now).Modify(also).Exec(ctx)
		}
	}
	if client.Dialect() == dialect.Postgres {
		return storeState(moved.State, func(u *sql.UpdateBuilder) {
			u.Prefix(sql.ExprFunc(func(b *sql.Builder) { b.WriteString("WITH event AS (").Join(m.event(siteID, moved)).WriteByte(')') }))
		})
	}
	if err := storeState(moved.State, func(*sql.UpdateBuilder) {}); err != nil {
		return err
	}
	b := &sql.Builder{}
	b.SetDialect(client.Dialect())
	query, args := b.Join(m.event(siteID, moved)).Query()
	_, err = client.ExecContext(ctx, query, args...)
	return err
}

// event is the statement that records what an export was moved to. The export was read as the site's, so its order is the site's too.
func (m move) event(siteID string, moved *ent.OrderExport) sql.Querier {
	parameters, _ := json.Marshal(moved.ReasonParameters) // texts alone
	return sql.ExprFunc(func(b *sql.Builder) {
		b.Join(sql.Dialect(b.Dialect()).Insert(exportevent.Table).
			Columns(exportevent.FieldID, exportevent.FieldSiteID, exportevent.FieldOrderID, exportevent.FieldSequence, exportevent.FieldState,
				exportevent.FieldReasonCode, exportevent.FieldReasonMessage, exportevent.FieldReasonParameters, exportevent.FieldAt).
			Values(pid.New("exe"), siteID, moved.OrderID, m.at.Sequence, string(moved.State),
				moved.ReasonCode, moved.ReasonMessage, string(parameters), m.now))
	})
}

// storeMove stores the change of an export that is as it was read, and returns what it is then: without reading it, as ent would.
func storeMove(ctx context.Context, client *ent.Client, export *ent.OrderExport, change *ent.OrderExportMutation) (*ent.OrderExport, error) {
	update := client.OrderExport.Update().Where(orderexport.ID(export.ID), orderexport.StateEQ(export.State))
	if _, next := change.AddedAttempts(); next { // it is counted from what was read
		update.Where(orderexport.Attempts(export.Attempts))
	}
	into := update.Mutation()
	var failed []error
	for _, name := range change.Fields() {
		value, _ := change.Field(name)
		failed = append(failed, into.SetField(name, value))
	}
	for _, name := range change.AddedFields() {
		value, _ := change.AddedField(name)
		failed = append(failed, into.AddField(name, value))
	}
	for _, name := range change.ClearedFields() {
		failed = append(failed, into.ClearField(name))
	}
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	n, err := update.Save(ctx)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, ErrStateChanged
	}
	return changed(export, change), nil
}

// changed returns an export as a change makes it.
func changed(export *ent.OrderExport, m *ent.OrderExportMutation) *ent.OrderExport {
	e := *export
	set(&e.UpdatedAt, m.UpdatedAt)
	set(&e.State, m.State)
	set(&e.Trigger, m.Trigger)
	set(&e.RequestedBy, m.RequestedBy)
	set(&e.RequestedAt, m.RequestedAt)
	set(&e.Sequence, m.Sequence)
	count(&e.Attempts, m.Attempts, m.AddedAttempts)
	count(&e.AbandonedAttempts, m.AbandonedAttempts, m.AddedAbandonedAttempts)
	count(&e.Failures, m.Failures, m.AddedFailures)
	set(&e.MayHaveOrphans, m.MayHaveOrphans)
	set(&e.ReasonCode, m.ReasonCode)
	set(&e.ReasonMessage, m.ReasonMessage)
	set(&e.ReasonParameters, m.ReasonParameters)
	if m.ReasonParametersCleared() {
		e.ReasonParameters = nil
	}
	set(&e.Cause, m.Cause)
	setTime(&e.DueAt, m.DueAt, m.DueAtCleared)
	set(&e.Register, m.Register)
	set(&e.QueueNumber, m.QueueNumber)
	set(&e.Plan, m.Plan)
	set(&e.AccountID, m.AccountID)
	set(&e.Reference, m.Reference)
	set(&e.Sent, m.Sent)
	set(&e.SaleID, m.SaleID)
	set(&e.TicketNumber, m.TicketNumber)
	set(&e.CustomerID, m.CustomerID)
	set(&e.Total, m.Total)
	setTime(&e.ExportedAt, m.ExportedAt, m.ExportedAtCleared)
	setTime(&e.SaleCheckedAt, m.SaleCheckedAt, m.SaleCheckedAtCleared)
	setTime(&e.SweepDueAt, m.SweepDueAt, m.SweepDueAtCleared)
	return &e
}

func set[T any](into *T, get func() (T, bool)) {
	if value, ok := get(); ok {
		*into = value
	}
}

func setTime(into **time.Time, get func() (time.Time, bool), cleared func() bool) {
	if value, ok := get(); ok {
		*into = &value
	}
	if cleared() {
		*into = nil
	}
}

func count(into *int, get, added func() (int, bool)) {
	set(into, get)
	if n, ok := added(); ok {
		*into += n
	}
}

// settleRefunds records that the refunds of an order whose sale is planned again, because the earlier plan failed, are in the
// new plan: nothing is left to be done for them in the POS.
func settleRefunds(ctx context.Context, client *ent.Client, orderID string, now time.Time) error {
	n, err := client.OrderRefund.Update().
		Where(orderrefund.OrderID(orderID), orderrefund.AfterExport(true), orderrefund.DoneInPosAtIsNil()).
		SetAfterExport(false).SetUpdatedAt(now).Save(ctx)
	if err == nil && n > 0 {
		err = client.WebOrder.Update().Where(weborder.ID(orderID)).SetRefundOpen(false).SetUpdatedAt(now).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("settle the refunds of order %s: %w", orderID, err)
	}
	return nil
}
