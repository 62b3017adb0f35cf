package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/ent/orderexport"
	"possync/ent/weborder"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// begun is an order of which a sale was begun at the till, and how far that has come.
type begun struct {
	state  retail.ExportState
	chosen bool // its sale
	reason retail.BlockerCode
}

// begin sells an order and plays the job up to there.
func (b begun) begin(s *graphtest.Retailer, key string) (id string, plan retail.SalePlan) {
	s.T.Helper()
	id = s.Sell(graphtest.NewOrder(key))
	s.Must("exportOrder", row{"orderId": id})
	plan = s.SendExport(id)
	update := s.Client.OrderExport.Update().Where(orderexport.OrderID(id)).SetState(b.state).SetReasonCode(string(b.reason))
	if b.chosen {
		update.SetSaleID(277)
	}
	update.ExecX(s.Ctx)
	s.Client.WebOrder.Update().Where(weborder.ID(id)).SetExportState(b.state).ExecX(s.Ctx)
	return id, plan
}

// complete plays the rest of the job.
func complete(s *graphtest.Retailer, id string, plan retail.SalePlan) {
	s.T.Helper()
	export := s.Client.OrderExport.Query().Where(orderexport.OrderID(id)).OnlyX(s.Ctx)
	if export.State == retail.ExportQueued {
		export = s.Client.OrderExport.UpdateOne(export).SetState(retail.ExportUnconfirmed).SaveX(s.Ctx)
	}
	sale := orderbook.Sale{Export: export, ID: 277, TicketNumber: "220000000277", Total: plan.Total}
	if _, err := orderbook.Exported(s.Ctx, s.Client, orderbook.Settings{}, sale, s.API.Clock.Now()); err != nil {
		s.T.Fatal(err)
	}
}

// R46: a refund that comes after the sale was begun is not in it, whatever holds the export up then. It is to be made in Lightspeed once
// the sale is completed, and not before.
func TestRefundOfABegunSale(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		open := func() any {
			return graphtest.At(t, s.Staff.Tree("{ orders(where: {refundOpen: true}) { totalCount } exportCounts { refundOpen } }", nil), "exportCounts.refundOpen")
		}
		byStaff := func(id, _ string) {
			s.Must("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(t, s.Order(id), "payments.0.id"), "amount": "4"})
		}
		byPlatform := func(_, key string) {
			s.Sell(graphtest.NewOrder(key, graphtest.With("sourceVersion", 2),
				graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "4", "state": "CAPTURED"}})))
		}
		n := 0
		for _, at := range []begun{
			{retail.ExportQueued, true, ""}, {retail.ExportBlocked, true, retail.BlockerSignIn}, {retail.ExportFailed, true, ""},
			{retail.ExportQueued, false, ""}, {retail.ExportBlocked, false, retail.BlockerSignIn}, {retail.ExportFailed, false, ""},
			{retail.ExportSending, true, ""}, {retail.ExportUnconfirmed, false, ""},
		} {
			for by, refund := range map[string]func(id, key string){"staff": byStaff, "platform": byPlatform} {
				name := fmt.Sprintf("%+v by %s", at, by)
				n++
				key := fmt.Sprint("o", n)
				id, plan := at.begin(s, key)
				refund(id, key)
				if got := open(); got != map[bool]float64{true: 1}[at.state.Sent()] {
					t.Errorf("%s: %v refunds are to be made in Lightspeed before there is a sale", name, got)
				}
				complete(s, id, plan)
				o := s.Order(id)
				if got := notices(s, id); !strings.Contains(got, "REFUND_IN_LIGHTSPEED: 4.00 USD") || graphtest.At(t, o, "refunds.0.afterExport") != true || open() != float64(1) {
					t.Errorf("%s: in Lightspeed since, the order has the notices %q, and %v refunds are open", name, got, open())
					continue
				}
				if due := graphtest.At(t, o, "balanceDue.amount"); due != "0" {
					t.Errorf("%s: %v is due", name, due)
				}
				s.Must("markRefundDoneInLightspeed", row{"orderId": id, "refundId": graphtest.At(t, o, "refunds.0.id")})
			}
		}
	})
}

// What was refunded since an attempt that came to nothing is left out of the next one, so nothing of it is to be made in Lightspeed.
func TestRefundBeforeTheSaleIsPlannedAnew(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		cheaper := graphtest.With("lines", []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1", "unitPrice": "6"}})
		refunded := graphtest.With("payments", []row{{"key": "p", "method": "Stripe", "amount": "10", "refunded": "4", "state": "CAPTURED"}})
		for i, at := range []begun{
			{retail.ExportBlocked, false, retail.BlockerOverpaid}, {retail.ExportFailed, true, ""}, {retail.ExportUnconfirmed, false, ""},
		} {
			key := fmt.Sprint("o", i)
			id, _ := at.begin(s, key)
			s.Sell(graphtest.NewOrder(key, graphtest.With("sourceVersion", 2), cheaper, refunded))
			if at.state == retail.ExportFailed { // another account was connected since: of the first attempt nothing is known any more
				s.Client.OrderExport.Update().Where(orderexport.OrderID(id)).SetSent(false).SetSaleID(0).ExecX(s.Ctx)
			}
			if plan := s.SendExport(id); plan.Total.Decimal().StringFixed(2) != "6.00" {
				t.Errorf("%+v: planned again with a total of %s", at, plan.Total)
			}
			o := s.Order(id)
			if graphtest.At(t, o, "refunds.0.afterExport") != false || len(o["notices"].([]any)) != 0 {
				t.Errorf("%+v: planned again, the order has %v, notices %v", at, o["refunds"], o["notices"])
			}
		}
	})
}

// R57: an offline payment is refused as long as a sale without it may be completed, and only so long.
func TestPaymentOfABegunSale(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		fee := row{"kind": "FEE", "description": "Assembly", "unitPrice": "5"}
		for i, tt := range []struct {
			at   begun
			want []string
		}{
			{begun{retail.ExportSending, false, ""}, []string{"IN_USE"}},
			{begun{retail.ExportSending, true, ""}, []string{"IN_USE"}}, // of a long sale some lines are there
			{begun{retail.ExportUnconfirmed, false, ""}, []string{"IN_USE"}},
			{begun{retail.ExportQueued, false, ""}, []string{"IN_USE"}},
			{begun{retail.ExportQueued, true, ""}, []string{"IN_USE"}},
			{begun{retail.ExportBlocked, true, retail.BlockerOrderRefused}, []string{"IN_USE"}},
			{begun{retail.ExportBlocked, false, retail.BlockerSignIn}, []string{"IN_USE"}}, // nobody could look
			{begun{retail.ExportBlocked, false, retail.BlockerBalanceDue}, []string{}},     // it waits for the payment
			{begun{retail.ExportBlocked, false, retail.BlockerOrderRefused}, []string{}},
			{begun{retail.ExportFailed, true, ""}, []string{}},
		} {
			id, _ := tt.at.begin(s, fmt.Sprint("o", i))
			s.Must("addOrderLine", row{"orderId": id, "line": fee})
			if payload, found := s.Do("captureOfflinePayment", row{"orderId": id, "amount": "2"}); !cmp.Equal(found, tt.want) {
				t.Errorf("%+v: %v", tt.at, payload)
			}
		}
		queued := s.Sell(graphtest.NewOrder("not sent"))
		s.Must("exportOrder", row{"orderId": queued})
		s.Must("addOrderLine", row{"orderId": queued, "line": fee})
		s.Must("captureOfflinePayment", row{"orderId": queued})
	})
}
