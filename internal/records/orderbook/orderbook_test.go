package orderbook_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/exportevent"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/ordernotice"
	"possync/ent/orderpayment"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/records/orderbook"
	"possync/internal/records/orderbook/orderbooktest"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// fixture is a site whose setup and export settings lack nothing.
type fixture struct {
	*orderbooktest.Shop
	t      *testing.T
	ctx    context.Context
	client *ent.Client
	site   *ent.Site
	now    time.Time
	orders int
}

func open(t *testing.T, client *ent.Client, key string) *fixture {
	t.Helper()
	ctx, site := storetest.Site(t, client, key)
	d := &fixture{Shop: orderbooktest.Fill(t, ctx, client), t: t, ctx: ctx, client: client, site: site, now: storetest.Now()}
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SaveX(ctx)
	client.ExportSettings.Create().SetEnabled(true).SetEmployeeID(d.Employee.ID).SetRegisterID(d.Front.ID).SetWhenFulfilled(false).
		SetUnlinkedLines(retail.UnlinkedBlock).SetTaxHandling(retail.TaxByPOS).SaveX(ctx)
	return d
}

// order makes an order of one product for 10.00, paid in full.
func (d *fixture) order(product *ent.Product) *ent.WebOrder {
	d.t.Helper()
	d.orders++
	key := fmt.Sprintf("o%d", d.orders)
	o := d.client.WebOrder.Create().SetKey(key).SetNumber(key).SetPlacedAt(d.now).SetCustomer(retail.Customer{}).SaveX(d.ctx)
	line := d.client.OrderLine.Create().SetOrderID(o.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription("Bell").
		SetProductKey("bell").SetQuantity(retail.Unit).SetUnitPrice(10_000_000)
	if product != nil {
		line.SetProductID(product.ID)
	}
	line.SaveX(d.ctx)
	d.client.OrderPayment.Create().SetOrderID(o.ID).SetKey("p").SetMethod("Stripe").SetAmount(10_000_000).
		SetState(retail.PaymentCaptured).SaveX(d.ctx)
	return o
}

func (d *fixture) inTx(do func(ctx context.Context, tx *ent.Client) error) error {
	return store.InTx(d.ctx, d.client, event.NewBus(), do)
}

// topics are those that were published.
type topics []string

func (t *topics) Publish(topics ...string) { *t = append(*t, topics...) }

// orders returns the ids of the orders whose subscribers were woken.
func (t *topics) orders() []string {
	var ids []string
	for _, topic := range *t {
		if id, ok := strings.CutPrefix(topic, orderbook.OrderTopic("")); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// assess assesses the orders, and returns those whose export changed.
func (d *fixture) assess(ids ...string) []string {
	d.t.Helper()
	var heard topics
	err := store.InTx(d.ctx, d.client, &heard, func(ctx context.Context, tx *ent.Client) error {
		return orderbook.Assess(ctx, tx, d.now, ids...)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return heard.orders()
}

func (d *fixture) enqueue(orders ...*ent.WebOrder) map[string]*ent.OrderExport {
	d.t.Helper()
	var exports map[string]*ent.OrderExport
	err := d.inTx(func(ctx context.Context, tx *ent.Client) error {
		settings, err := orderbook.LoadSettings(ctx, tx)
		if err != nil {
			return err
		}
		exports, err = orderbook.Enqueue(ctx, tx, settings, orderbook.Request{Orders: orders, Trigger: retail.ExportManual, By: "jo"}, d.now)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return exports
}

func (d *fixture) move(e *ent.OrderExport, to retail.ExportState, code string) (moved *ent.OrderExport, err error) {
	err = d.inTx(func(ctx context.Context, tx *ent.Client) (err error) {
		moved, err = orderbook.Move(ctx, tx, e, d.now, func(u *ent.OrderExportUpdateOne) { u.SetState(to).SetReasonCode(code) })
		return err
	})
	return moved, err
}

func (d *fixture) mustMove(e *ent.OrderExport, to retail.ExportState) *ent.OrderExport {
	d.t.Helper()
	moved, err := d.move(e, to, "")
	if err != nil {
		d.t.Fatal(err)
	}
	return moved
}

func each(t *testing.T, fn func(t *testing.T, d *fixture)) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { fn(t, open(t, client, "site")) })
}

func TestAssessStoresWhatFollows(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		good, bad := d.order(d.Bell), d.order(d.Cable)
		d.client.OrderPayment.Update().Where(orderpayment.OrderID(bad.ID)).SetAmount(4_000_000).ExecX(d.ctx)
		d.client.OrderLine.Update().Where(orderline.OrderID(bad.ID)).SetFulfilledQuantity(retail.Unit).ExecX(d.ctx)
		removed := d.client.OrderLine.Create().SetOrderID(good.ID).SetKey("2").SetKind(retail.LineFee).SetDescription("x").
			SetQuantity(retail.Unit).SetUnitPrice(1).SetRemoved(true)
		removed.SaveX(d.ctx)
		if changed := d.assess(good.ID, bad.ID, "ord_unknown"); len(changed) != 0 {
			t.Errorf("exports of %v changed", changed)
		}
		good, bad = d.client.WebOrder.GetX(d.ctx, good.ID), d.client.WebOrder.GetX(d.ctx, bad.ID)
		if good.Total != 10_000_000 || good.CapturedTotal != good.Total || good.BalanceDue != 0 || good.BlockerBits != 0 || good.Fulfilled {
			t.Errorf("the good order: %+v", good)
		}
		want := int64(retail.BlockerUnlinked.Bit() | retail.BlockerBalanceDue.Bit())
		if bad.Total != 10_000_000 || bad.CapturedTotal != 4_000_000 || bad.BalanceDue != 6_000_000 || bad.BlockerBits != want || !bad.Fulfilled {
			t.Errorf("the bad order: %+v", bad)
		}
		other := open(t, d.client, "other")
		if changed := other.assess(bad.ID); len(changed) != 0 {
			t.Errorf("another site assesses %v", changed)
		}
	})
}

// An order has one export, however often and by however many it is asked for.
// However many orders are exported at once, they keep their order.
func TestEnqueueMany(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		orders := make([]*ent.WebOrder, 1400) // more than one statement takes
		for i := range orders {
			orders[i] = d.order(d.Bell)
		}
		d.enqueue(orders...)
		rows := d.client.OrderExport.Query().Order(ent.Asc(orderexport.FieldQueueNumber)).AllX(d.ctx)
		if len(rows) != len(orders) || d.client.ExportEvent.Query().CountX(d.ctx) != len(orders) {
			t.Fatalf("%d exports", len(rows))
		}
		for i, e := range rows {
			if e.OrderID != orders[i].ID || e.QueueNumber != int64(i+1) || e.Sequence != i+1 {
				t.Fatalf("export %d: %+v", i, e)
			}
		}
	})
}

func TestEnqueueOnce(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a, b := d.order(d.Bell), d.order(d.Bell)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { d.enqueue(b, a, b) })
		}
		wg.Wait()
		again := d.enqueue(a, b)
		rows := d.client.OrderExport.Query().Order(ent.Asc(orderexport.FieldQueueNumber)).AllX(d.ctx)
		if len(rows) != 2 || rows[0].OrderID != b.ID || rows[1].OrderID != a.ID || again[a.ID].ID != rows[1].ID {
			t.Fatalf("exports: %v", rows)
		}
		for i, e := range rows {
			if e.QueueNumber != int64(i+1) || e.Sequence != i+1 || e.Register != 11 || e.State != retail.ExportQueued ||
				e.RequestedBy != "jo" || e.DueAt == nil || e.Reference != d.client.WebOrder.GetX(d.ctx, e.OrderID).Number {
				t.Errorf("export %d: %+v", i, e)
			}
		}
		if got := d.client.WebOrder.GetX(d.ctx, a.ID).ExportState; got != retail.ExportQueued {
			t.Errorf("the order's export is %q", got)
		}
		register := d.client.ExportQueue.Query().OnlyX(d.ctx)
		if register.Register != 11 || register.DueAt == nil || !register.DueAt.Equal(d.now) {
			t.Errorf("queue %+v", register)
		}
		if n := d.client.ExportEvent.Query().CountX(d.ctx); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}

// Orders that are picked up at another location go to the register there.
func TestRoutes(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		d.client.RegisterRoute.Create().SetLocationID(d.Branch.ID).SetRegisterID(d.Back.ID).SaveX(d.ctx)
		here := d.order(d.Bell)
		there := d.client.WebOrder.UpdateOne(d.order(d.Bell)).SetPickupLocationID(d.Branch.ID).SaveX(d.ctx)
		exports := d.enqueue(here, there)
		if exports[here.ID].Register != 11 || exports[there.ID].Register != 12 {
			t.Errorf("queues %d and %d", exports[here.ID].Register, exports[there.ID].Register)
		}
		settings, err := orderbook.LoadSettings(d.ctx, d.client)
		if err != nil {
			t.Fatal(err)
		}
		want := retail.SaleTerms{EmployeeID: 5, RegisterID: 12, ShopID: 3, Unlinked: retail.UnlinkedBlock, Tax: retail.TaxByPOS}
		if diff := cmp.Diff(want, settings.SaleTerms(*there.PickupLocationID)); diff != "" {
			t.Errorf("terms (-want +got):\n%s", diff)
		}
		orders, err := orderbook.Load(d.ctx, d.client, orderbook.Settings{Currency: "USD"}, there.ID, here.ID, there.ID)
		if err != nil || len(orders) != 2 || orders[0].Row.ID != there.ID {
			t.Fatalf("loaded %v, %v", orders, err)
		}
		plan, blockers, err := settings.Ready(orders[0])
		if err != nil || len(blockers) != 0 || plan.RegisterID != 12 || plan.Lines[0].ItemID != 77 || plan.Total != 10_000_000 {
			t.Errorf("plan %+v, blockers %v, %v", plan, blockers, err)
		}
		d.client.Register.UpdateOne(d.Back).SetArchived(true).ExecX(d.ctx)
		d.client.PosItem.UpdateOne(d.Item).ClearProductID().ExecX(d.ctx)
		settings, err = orderbook.LoadSettings(d.ctx, d.client)
		if err != nil {
			t.Fatal(err)
		}
		orders, err = orderbook.Load(d.ctx, d.client, orderbook.Settings{Currency: "USD"}, there.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, blockers, err = settings.Ready(orders[0])
		if err != nil || len(blockers) != 2 || blockers[0].Code != retail.BlockerUnlinked || blockers[1].Code != retail.BlockerRegisterGone {
			t.Errorf("blockers %v, %v", blockers, err)
		}
	})
}

func TestMove(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o := d.order(d.Bell)
		e := d.enqueue(o)[o.ID]
		if _, err := d.move(e, retail.ExportExported, ""); err == nil {
			t.Error("an export ends without having been sent")
		}
		sending := d.mustMove(e, retail.ExportSending)
		if _, err := d.move(e, retail.ExportSending, ""); !errors.Is(err, orderbook.ErrStateChanged) {
			t.Errorf("a second worker moves it: %v", err)
		}
		failed, err := d.move(sending, retail.ExportFailed, "REFUSED")
		if err != nil {
			t.Fatal(err)
		}
		same, err := d.move(failed, retail.ExportFailed, "REFUSED")
		if err != nil || same.Sequence <= failed.Sequence {
			t.Fatalf("a move that changes nothing: %v, %v", same, err)
		}
		d.mustMove(d.mustMove(same, retail.ExportQueued), retail.ExportSending)
		events := d.client.ExportEvent.Query().Order(ent.Asc(exportevent.FieldSequence)).AllX(d.ctx)
		var states []retail.ExportState
		last := 0
		for _, e := range events {
			states = append(states, e.State)
			if e.Sequence <= last || e.OrderID != o.ID {
				t.Errorf("event %+v after %d", e, last)
			}
			last = e.Sequence
		}
		want := []retail.ExportState{retail.ExportQueued, retail.ExportSending, retail.ExportFailed, retail.ExportQueued, retail.ExportSending}
		if diff := cmp.Diff(want, states); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
		if got := d.client.WebOrder.GetX(d.ctx, o.ID).ExportState; got != retail.ExportSending {
			t.Errorf("the order's export is %q", got)
		}
		if n, err := orderbook.Sequence(d.ctx, d.client); err != nil || n != last {
			t.Errorf("the site's sequence is %d, %v, want %d", n, err, last)
		}
	})
}

// R37: a paid order exports itself once everything is fulfilled, and no sooner.
func TestAutomaticExport(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o, unlinked := d.order(d.Bell), d.order(d.Cable)
		fulfil := func() { d.client.OrderLine.Update().SetFulfilledQuantity(retail.Unit).ExecX(d.ctx) }
		state := func(o *ent.WebOrder) retail.ExportState { return d.client.WebOrder.GetX(d.ctx, o.ID).ExportState }
		fulfil()
		d.assess(o.ID, unlinked.ID)
		if state(o) != "" {
			t.Fatal("the order is exported although the setting is off")
		}
		d.client.ExportSettings.Update().SetWhenFulfilled(true).ExecX(d.ctx)
		d.client.OrderLine.Update().SetFulfilledQuantity(0).ExecX(d.ctx)
		d.assess(o.ID, unlinked.ID)
		if state(o) != "" {
			t.Fatal("the order is exported before it is fulfilled")
		}
		fulfil()
		d.client.OrderPayment.Update().SetState(retail.PaymentAuthorised).ExecX(d.ctx)
		d.assess(o.ID, unlinked.ID)
		if state(o) != "" {
			t.Fatal("the order is exported before it is paid")
		}
		d.client.OrderPayment.Update().SetState(retail.PaymentCaptured).ExecX(d.ctx)
		if changed := d.assess(o.ID, unlinked.ID); !slices.Equal(changed, []string{o.ID}) {
			t.Errorf("exports of %v changed", changed)
		}
		if state(o) != retail.ExportQueued || state(unlinked) != "" {
			t.Fatalf("the exports are %q and %q", state(o), state(unlinked))
		}
		if e := d.client.OrderExport.Query().OnlyX(d.ctx); e.Trigger != retail.ExportAutomatic || e.RequestedBy != "" {
			t.Errorf("export %+v", e)
		}
		if changed := d.assess(o.ID); len(changed) != 0 {
			t.Errorf("a second assessment changes %v", changed)
		}
		// The other one follows when its product is linked.
		d.client.PosItem.Create().SetLightspeedID(78).SetDescription("Cable").SetProductID(d.Cable.ID).SaveX(d.ctx)
		err := d.inTx(func(ctx context.Context, tx *ent.Client) error {
			return orderbook.LinksChanged(ctx, tx, []string{d.Cable.ID, d.Bell.ID}, d.now)
		})
		if err != nil || state(unlinked) != retail.ExportQueued {
			t.Errorf("after the link the export is %q, %v", state(unlinked), err)
		}
	})
}

// A product that the platform sends after the order links the order's lines.
func TestProductsAppeared(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o := d.order(nil)
		d.assess(o.ID)
		if bits := d.client.WebOrder.GetX(d.ctx, o.ID).BlockerBits; bits != int64(retail.BlockerUnlinked.Bit()) {
			t.Fatalf("blockers %x", bits)
		}
		err := d.inTx(func(ctx context.Context, tx *ent.Client) error {
			return orderbook.ProductsAppeared(ctx, tx, map[string]string{"bell": d.Bell.ID, "cable": d.Cable.ID}, d.now)
		})
		if err != nil {
			t.Fatal(err)
		}
		if bits := d.client.WebOrder.GetX(d.ctx, o.ID).BlockerBits; bits != 0 {
			t.Errorf("blockers %x", bits)
		}
	})
}

// What was blocked continues on its own when its cause is gone, in the queue that the order now goes to.
func TestBlockedExportContinues(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o, p := d.order(d.Bell), d.order(d.Bell)
		exports := d.enqueue(o, p)
		d.mustMove(exports[o.ID], retail.ExportBlocked)
		sent := d.mustMove(exports[p.ID], retail.ExportBlocked)
		d.client.OrderExport.UpdateOne(sent).SetSent(true).ExecX(d.ctx)
		d.client.ExportSettings.Update().SetRegisterID(d.Back.ID).ExecX(d.ctx)
		var heard topics
		err := store.InTx(d.ctx, d.client, &heard, func(ctx context.Context, tx *ent.Client) error {
			settings, err := orderbook.LoadSettings(ctx, tx)
			if err != nil {
				return err
			}
			return orderbook.RequeueBlocked(ctx, tx, settings, d.now)
		})
		if ids := heard.orders(); !slices.Equal(ids, []string{o.ID, p.ID}) {
			t.Errorf("requeued %v", ids)
		}
		if err != nil {
			t.Fatal(err)
		}
		for id, register := range map[string]int64{o.ID: 12, p.ID: 11} {
			if e := d.client.OrderExport.Query().Where(orderexport.OrderID(id)).OnlyX(d.ctx); e.State != retail.ExportQueued || e.Register != register {
				t.Errorf("export %+v, want queue %d", e, register)
			}
		}
		d.mustMove(d.client.OrderExport.Query().Where(orderexport.OrderID(o.ID)).OnlyX(d.ctx), retail.ExportBlocked)
		if changed := d.assess(o.ID); !slices.Equal(changed, []string{o.ID}) {
			t.Errorf("an assessment lets %v go on", changed)
		}
	})
}

// R35, R36: the chosen status is given after the export, or none.
func TestExported(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		status := d.client.OrderStatus.Create().SetKey("done").SetName("Done").SetNameKey("done").SaveX(d.ctx)
		export := func() *ent.WebOrder {
			o := d.order(d.Bell)
			e := d.mustMove(d.enqueue(o)[o.ID], retail.ExportSending)
			err := d.inTx(func(ctx context.Context, tx *ent.Client) error {
				settings, err := orderbook.LoadSettings(ctx, tx)
				if err != nil {
					return err
				}
				_, err = orderbook.Exported(ctx, tx, settings, orderbook.Sale{Export: e, ID: e.SaleID, TicketNumber: "220000000277", Total: 10_000_000, CompletedAt: d.now}, d.now)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			e = d.client.OrderExport.GetX(d.ctx, e.ID)
			if e.State != retail.ExportExported || e.TicketNumber != "220000000277" || e.DueAt != nil || e.ExportedAt == nil || e.Total != 10_000_000 {
				t.Errorf("export %+v", e)
			}
			return d.client.WebOrder.GetX(d.ctx, o.ID)
		}
		if o := export(); o.StatusID != nil || o.ExportState != retail.ExportExported {
			t.Errorf("with No Change: %+v", o)
		}
		d.client.ExportSettings.Update().SetStatusAfterID(status.ID).ExecX(d.ctx)
		if o := export(); o.StatusID == nil || *o.StatusID != status.ID {
			t.Errorf("with a status: %+v", o)
		}
		d.client.OrderStatus.UpdateOne(status).SetRetired(true).ExecX(d.ctx)
		if o := export(); o.StatusID != nil {
			t.Errorf("with a retired status: %+v", o)
		}
	})
}

// A notice stands until its cause is gone or somebody has acknowledged it, and is new again when it says something else.
func TestNotices(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		o, p := d.order(d.Bell), d.order(d.Bell)
		raise := func(fields string) {
			notices := []orderbook.Notice{{OrderID: o.ID, Code: retail.NoticeTextCut, Params: map[string]string{"fields": fields}},
				{OrderID: p.ID, Code: retail.NoticeTextCut}}
			if err := orderbook.RaiseNotices(d.ctx, d.client, d.now, notices...); err != nil {
				t.Fatal(err)
			}
			d.now = d.now.Add(time.Minute)
		}
		only := func() *ent.OrderNotice {
			return d.client.OrderNotice.Query().Where(ordernotice.OrderID(o.ID)).OnlyX(d.ctx)
		}
		raise("note")
		first := only()
		acknowledged := d.client.OrderNotice.UpdateOne(first).SetAcknowledgedAt(d.now).SetAcknowledgedBy("ann").SaveX(d.ctx)
		raise("note")
		if got := only(); !got.RaisedAt.Equal(first.RaisedAt) || got.AcknowledgedBy != "ann" {
			t.Errorf("raised twice: %+v, was %+v", got, acknowledged)
		}
		raise("note, phone")
		if got := only(); got.Params["fields"] != "note, phone" || got.AcknowledgedAt != nil || got.AcknowledgedBy != "" || !got.RaisedAt.After(first.RaisedAt) {
			t.Errorf("raised of something else: %+v", got)
		}
		for range 2 {
			if err := orderbook.ResolveNotices(d.ctx, d.client, retail.NoticeTextCut, d.now, o.ID); err != nil {
				t.Fatal(err)
			}
		}
		resolved := only()
		raise("note, phone")
		if got := only(); resolved.ResolvedAt == nil || got.ResolvedAt != nil || !got.RaisedAt.After(*resolved.ResolvedAt) && !got.RaisedAt.Equal(*resolved.ResolvedAt) {
			t.Errorf("resolved: %+v, raised again: %+v", resolved, got)
		}
		if n := d.client.OrderNotice.Query().CountX(d.ctx); n != 2 {
			t.Errorf("%d notices", n)
		}
	})
}

// Of each cause there is one alert, however often it happens.
func TestAlerts(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		text := "x"
		raise := func() {
			err := orderbook.Raise(d.ctx, d.client, orderbook.Alert{Cause: "employee", Code: "GONE", Message: message.Plain(text)}, d.now)
			if err != nil {
				t.Fatal(err)
			}
		}
		only := func() *ent.Alert { return d.client.Alert.Query().Where(alert.Cause("employee")).OnlyX(d.ctx) }
		for range 3 {
			raise()
			d.now = d.now.Add(time.Minute)
		}
		if a := only(); a.Count != 3 || a.ResolvedAt != nil || !a.LastAt.Equal(d.now.Add(-time.Minute)) || !a.FirstAt.Equal(d.now.Add(-3*time.Minute)) {
			t.Errorf("raised three times: %+v", a)
		}
		for range 2 {
			if err := orderbook.Resolve(d.ctx, d.client, "employee", d.now); err != nil {
				t.Fatal(err)
			}
			d.now = d.now.Add(time.Minute)
		}
		if a := only(); a.ResolvedAt == nil || !a.ResolvedAt.Equal(d.now.Add(-2*time.Minute)) {
			t.Errorf("resolved: %+v", a)
		}
		raise()
		if a := only(); a.Count != 1 || a.ResolvedAt != nil || !a.FirstAt.Equal(d.now) {
			t.Errorf("raised again: %+v", a)
		}
		d.client.Alert.Update().SetDismissedAt(d.now).SetDismissedBy("ann").SetDismissReason("Known.").ExecX(d.ctx)
		raise()
		if a := only(); a.Count != 2 || a.DismissedAt == nil || a.DismissReason != "Known." {
			t.Errorf("the same after it was dismissed: %+v", a)
		}
		text = "y"
		raise()
		if a := only(); a.Count != 1 || a.DismissedAt != nil || a.DismissedBy != "" || a.DismissReason != "" {
			t.Errorf("another after it was dismissed: %+v", a)
		}
	})
}
