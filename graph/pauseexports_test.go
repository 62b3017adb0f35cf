package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Exports are paused by somebody, for a reason, which all who wait show; nothing is lost, and all go on once they are resumed.
func TestPauseExports(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		before := s.Sell(graphtest.NewOrder("before"))
		s.Must("exportOrder", row{"orderId": before})
		const pause = "mutation($r: String!) { pauseExports(input: {reason: $r}) { exportSettings { pause { pausedBy pausedAt reason } } userErrors { code field } } }"
		for _, reason := range []string{"", strings.Repeat("x", 501)} {
			got := graphtest.At(t, s.Staff.Tree(pause, row{"r": reason}), "pauseExports")
			if codes := graphtest.Codes(t, graphtest.At(t, got, "userErrors")); !cmp.Equal(codes, []string{"INVALID"}) {
				t.Errorf("for %.10q: %v", reason, got)
			}
		}
		got := graphtest.At(t, s.Staff.Tree(pause, row{"r": "The till is being moved"}), "pauseExports.exportSettings.pause")
		if graphtest.At(t, got, "pausedBy") != "ann" || !strings.HasPrefix(graphtest.At(t, got, "reason").(string), "The till is") {
			t.Errorf("paused: %v", got)
		}
		if again := graphtest.At(t, s.Staff.Tree(pause, row{"r": "Another reason"}), "pauseExports.exportSettings.pause"); !cmp.Equal(again, got) {
			t.Errorf("paused again: %v, want %v", again, got)
		}
		later := s.Sell(graphtest.NewOrder("later"))
		s.Must("exportOrder", row{"orderId": later})
		reason := func(id string) any {
			return graphtest.At(t, s.Staff.Tree("query($id: ID!) { node(id: $id) { ... on Order { exportState export { reason { code message } queuePlace expectedSeconds } } } }", row{"id": id}), "node")
		}
		for place, id := range []string{before, later} {
			shown := fmt.Sprint(reason(id))
			for _, want := range []string{"EXPORTS_PAUSED", "ann", "being moved", "exportState:QUEUED", fmt.Sprint("queuePlace:", place+1), "expectedSeconds:<nil>"} {
				if !strings.Contains(shown, want) {
					t.Errorf("%s is not in %s", want, shown)
				}
			}
		}
		alerts := func() string {
			return fmt.Sprint(graphtest.At(t, s.Staff.Tree("{ alerts { code setting orderCount } }", nil), "alerts"))
		}
		if got := alerts(); !strings.Contains(got, "code:EXPORTS_PAUSED orderCount:2 setting:exportSettings") {
			t.Errorf("alerts %s", got)
		}
		mayGoOn := func() int {
			return s.Client.OrderExport.Query().Where(orderbook.MayGoOn(), orderexport.DueAtNotNil()).CountX(s.Ctx)
		}
		if n := mayGoOn(); n != 0 {
			t.Errorf("%d exports go on", n)
		}
		const resume = "mutation { resumeExports { exportSettings { pause { reason } } userErrors { code } } }"
		for range 2 {
			if got := graphtest.At(t, s.Staff.Tree(resume, nil), "resumeExports.exportSettings.pause"); got != nil {
				t.Errorf("resumed: %v", got)
			}
		}
		if n := mayGoOn(); n != 2 {
			t.Errorf("%d exports go on", n)
		}
		if got := alerts(); got != "[]" {
			t.Errorf("alerts after it: %s", got)
		}
		if got := fmt.Sprint(reason(before)); !strings.Contains(got, "reason:<nil>") {
			t.Errorf("%s", got)
		}
		if n := s.Client.ExportQueue.Query().CountX(s.Ctx); n != 1 || s.Client.ExportQueue.Query().OnlyX(s.Ctx).DueAt == nil {
			t.Error("the queue is not due")
		}
		history := fmt.Sprint(graphtest.At(t, s.Staff.Tree("{ settingChanges { edges { node { field before after changedBy } } } }", nil), "settingChanges.edges"))
		for _, want := range []string{"after:paused: The till", "after:running before:paused: The till"} {
			if !strings.Contains(history, want) {
				t.Errorf("%q is not in %s", want, history)
			}
		}
	})
}

// Who follows the settings hears of a pause, and of its end.
func TestFollowPauses(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		changed := s.Staff.Subscribe(`subscription { settingsChanged { settings } }`, nil)
		defer changed.Close()
		changed.Tree() // all there is
		for _, act := range []string{`pauseExports(input: {reason: "The till is being moved"})`, `resumeExports`} {
			s.Staff.Get(nil, `mutation { `+act+` { userErrors { code } } }`, nil)
			if diff := cmp.Diff([]any{"exportSettings"}, graphtest.At(t, changed.Tree(), "settings")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", act, diff)
			}
		}
	})
}

// An alert says how many orders have failed, ends with the last of them, and leads to them.
func TestFailedExportsAreAnAlert(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		a, b := s.Sell(graphtest.NewOrder("a")), s.Sell(graphtest.NewOrder("b"))
		s.Must("exportOrders", row{"orderIds": []string{a, b}})
		alert := func() (found row) {
			t.Helper()
			for _, each := range graphtest.At(t, s.Staff.Tree("{ alerts { id code message orderCount } }", nil), "alerts").([]any) {
				if each.(row)["code"] == "EXPORTS_FAILED" {
					found = each.(row)
				}
			}
			return found
		}
		fail(s, retail.ExportFailed, a)
		if got := alert(); got == nil || got["orderCount"] != float64(1) || !strings.HasPrefix(got["message"].(string), "1 order was") {
			t.Fatalf("after one: %v", got)
		}
		id := alert()["id"]
		const dismiss = `mutation($id: ID!) { dismissAlert(input: {alertId: $id, reason: "known"}) { userErrors { code } } }`
		s.Staff.Get(nil, dismiss, row{"id": id})
		if got := alert(); got != nil {
			t.Errorf("dismissed: %v", got)
		}
		fail(s, retail.ExportFailed, b)
		got := alert()
		if got == nil || got["orderCount"] != float64(2) || !strings.HasPrefix(got["message"].(string), "2 orders") {
			t.Fatalf("after another one: %v", got)
		}
		list := s.Staff.Tree("query($id: ID!) { orders(where: {alertId: $id}) { totalCount edges { node { key } } } }", row{"id": id})
		if graphtest.At(t, list, "orders.totalCount") != float64(2) {
			t.Errorf("orders of the alert: %v", list)
		}
		s.Must("retryExport", row{"orderId": a})
		if got := alert(); got == nil || got["orderCount"] != float64(1) {
			t.Errorf("after one is retried: %v", got)
		}
		s.Must("retryExports", row{"orderIds": []string{b}})
		if got := alert(); got != nil {
			t.Errorf("after all are retried: %v", got)
		}
		if list := s.Staff.Tree(`{ orders(where: {alertId: "alr_x"}) { totalCount } }`, nil); graphtest.At(t, list, "orders.totalCount") != float64(0) {
			t.Errorf("orders of no alert: %v", list)
		}
	})
}

// The states that an export was in are shown with their times, the last hundred of them.
func TestExportHistory(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id, other := s.Sell(graphtest.NewOrder("a")), s.Sell(graphtest.NewOrder("b"))
		s.Must("exportOrders", row{"orderIds": []string{id, other}})
		s.CompleteExport(id)
		history := func() (states []string, count any) {
			t.Helper()
			tree := s.Staff.Tree("{ orders(orderBy: {field: NUMBER, direction: ASC}) { edges { node { export { historyCount history { state at reason { code } } } } } } }", nil)
			shown := graphtest.At(t, tree, "orders.edges.0.node.export")
			for _, step := range graphtest.At(t, shown, "history").([]any) {
				states = append(states, step.(row)["state"].(string))
				if step.(row)["at"] == nil {
					t.Errorf("%v has no time", step)
				}
			}
			return states, graphtest.At(t, shown, "historyCount")
		}
		states, count := history()
		if diff := cmp.Diff([]string{"QUEUED", "SENDING", "EXPORTED"}, states); diff != "" || count != float64(3) {
			t.Errorf("%v of %v (-want +got):\n%s", len(states), count, diff)
		}
		events := make([]*ent.ExportEventCreate, 120)
		for i := range events {
			events[i] = s.Client.ExportEvent.Create().SetSiteID(s.Site.ID).SetOrderID(id).SetSequence(100 + i).SetState(retail.ExportUnconfirmed)
		}
		s.Client.ExportEvent.CreateBulk(events...).ExecX(s.Ctx)
		if states, count := history(); len(states) != 100 || states[0] != "UNCONFIRMED" || count != float64(123) {
			t.Errorf("%d of %v states, first %v", len(states), count, states[:1])
		}
	})
}

// What completed sales came to is added up by the site's days, by register and by payment type.
func TestExportTotals(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		add := func(at string, register int64, payments ...retail.SalePayment) {
			t.Helper()
			id := s.Sell(graphtest.NewOrder(fmt.Sprint(at, register, len(payments))))
			s.Must("exportOrder", row{"orderId": id})
			s.CompleteExport(id)
			e := s.Client.OrderExport.Query().Where(orderexport.OrderID(id)).OnlyX(s.Ctx)
			plan := e.Plan
			plan.RegisterID, plan.Payments = register, payments
			var total retail.Amount
			for _, p := range payments {
				total += p.Amount
			}
			e.Update().SetPlan(plan).SetTotal(total).SetExportedAt(instant(t, at)).ExecX(s.Ctx)
		}
		kind := s.Client.PaymentType.Create().SetSiteID(s.Site.ID).SetLightspeedID(77).SetName("Credit Card").SaveX(s.Ctx)
		card := func(amount retail.Amount) retail.SalePayment {
			return retail.SalePayment{Method: "Stripe", TypeID: kind.LightspeedID, Amount: amount * 1_000_000}
		}
		cash := retail.SalePayment{Method: "Voucher", TypeID: 4711, Amount: 2_000_000}
		add("2026-05-02T06:59:59Z", 11, card(10))        // the first of May in Los Angeles
		add("2026-05-02T07:00:00Z", 11, card(20), cash)  // the second
		half := func(method string) retail.SalePayment { // of one type in Lightspeed
			return retail.SalePayment{Method: method, TypeID: kind.LightspeedID, Amount: 500_000}
		}
		add("2026-05-02T08:00:00Z", 11, half("Visa"), half("Stripe"))
		add("2026-05-02T09:00:00Z", 12, card(5))
		add("2026-05-03T09:00:00Z", 4711, card(7)) // a register that is gone
		const query = `query($f: Date!, $t: Date!) { exportTotals(fromDate: $f, toDate: $t) { sales total { amount }
			days { date sales total { amount } register { name } payments { name sales amount { amount } paymentType { id } } } } }`
		totals := func(from, to string) []string {
			t.Helper()
			tree := graphtest.At(t, s.Staff.Tree(query, row{"f": from, "t": to}), "exportTotals")
			list := []string{fmt.Sprint(graphtest.At(t, tree, "sales"), " ", graphtest.At(t, tree, "total.amount"))}
			for _, d := range graphtest.At(t, tree, "days").([]any) {
				register := any("-")
				if d.(row)["register"] != nil {
					register = graphtest.At(t, d, "register.name")
				}
				text := fmt.Sprint(d.(row)["date"], " ", register, " ", d.(row)["sales"], " ", graphtest.At(t, d, "total.amount"))
				for _, p := range d.(row)["payments"].([]any) {
					text += fmt.Sprint(" ", p.(row)["name"], " ", p.(row)["sales"], " ", graphtest.At(t, p, "amount.amount"), " ", p.(row)["paymentType"] != nil)
				}
				list = append(list, text)
			}
			return list
		}
		want := []string{
			"5 45", "2026-05-01 " + s.Front.Name + " 1 10 Credit Card 1 10 true", "2026-05-02 " + s.Back.Name + " 1 5 Credit Card 1 5 true",
			"2026-05-02 " + s.Front.Name + " 2 23 Credit Card 2 21 true Voucher 1 2 false", "2026-05-03 - 1 7 Credit Card 1 7 true",
		}
		if diff := cmp.Diff(want, totals("2026-05-01", "2026-05-03")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := totals("2026-05-03", "2026-05-03"); got[0] != "1 7" {
			t.Errorf("one day: %v", got)
		}
		if got := totals("2026-01-01", "2026-04-02"); got[0] != "0 0" {
			t.Errorf("92 days without sales: %v", got)
		}
		for _, bad := range [][2]string{{"2026-05-02", "2026-05-01"}, {"2026-01-01", "2026-04-03"}, {"0001-01-01", "9999-12-31"}} {
			if answer := s.Staff.Ask(query, row{"f": bad[0], "t": bad[1]}); answer.Code() != "BAD_USER_INPUT" {
				t.Errorf("%v: %s", bad, answer.Body)
			}
		}
	})
}

// instant reads an instant.
func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
