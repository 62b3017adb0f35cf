package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// personal occurs in everything that the test's customer has said of themselves, in whatever spelling.
const personal = "quaxenstein"

// personalRows lists the rows of the site that still have anything of the customer, read past the API.
func personalRows(t *testing.T, s *graphtest.Retailer, db *database.DB) []string {
	t.Helper()
	rows := []string{}
	for id, text := range (&tenancytest.Site{ID: s.Site.ID}).Dump(t, db) {
		if text = strings.ToLower(text); strings.Contains(text, personal) || strings.Contains(text, "9876501") || strings.Contains(text, "1056789") {
			rows = append(rows, id)
		}
	}
	slices.Sort(rows)
	return rows
}

func personalOrder(key string) map[string]any {
	address := row{"line1": "1 Quaxenstein Way", "line2": "c/o Quaxenstein", "city": "Quaxenstein", "region": "Q", "zip": "Quaxenstein", "country": "US"}
	return graphtest.NewOrder(key, graphtest.With("customer", row{
		"email": "Pia@Quaxenstein.example", "firstName": "Pia", "lastName": "Quaxenstein", "company": "Quaxenstein Ltd", "phone": "+1 541 987 6501", "address": address,
	}), graphtest.With("shippingAddress", address), graphtest.With("note", "Ring twice, Quaxenstein"))
}

const eraseCustomer = `mutation($in: EraseCustomerInput!) { eraseCustomer(input: $in) { erasure { erasedOrders remainingOrders keptOrderCount keptOrdersTruncated
	keptOrders { order { number } neededFor message } lightspeedCustomers { lightspeedId } lightspeedAdvice } userErrors { code field } } }`

// erase calls eraseCustomer and sums its answer up: how many were erased, and which orders were kept for what, or what was found.
func erase(t *testing.T, by graphtest.Caller, in row) string {
	t.Helper()
	payload := graphtest.At(t, by.Tree(eraseCustomer, row{"in": in}), "eraseCustomer").(map[string]any)
	if codes := graphtest.Codes(t, payload["userErrors"]); len(codes) > 0 || payload["erasure"] == nil {
		return strings.Join(codes, ", ")
	}
	p := payload["erasure"].(map[string]any)
	text := fmt.Sprintf("%v erased", p["erasedOrders"])
	for _, k := range p["keptOrders"].([]any) {
		if k := k.(map[string]any); k["message"] == "" {
			t.Error("an order is kept without a message")
		}
		text += fmt.Sprintf(", %v %v", graphtest.At(t, k, "order.number"), graphtest.At(t, k, "neededFor"))
	}
	for _, c := range p["lightspeedCustomers"].([]any) {
		text += fmt.Sprintf(", Lightspeed has %v", graphtest.At(t, c, "lightspeedId"))
	}
	if (p["lightspeedAdvice"] != nil) != (len(p["lightspeedCustomers"].([]any)) > 0) {
		t.Errorf("the advice is %v", p["lightspeedAdvice"])
	}
	return text
}

// Nothing of a customer is left in any table, the books are as before, and the order's sale can still be found.
func TestEraseCustomer(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		s := graphtest.NewRetailer(t, client)
		s.SetUpExports()
		sold, waiting := s.Sell(personalOrder("sold")), s.Sell(personalOrder("waiting"))
		other := s.Sell(graphtest.NewOrder("other"))
		for _, id := range []string{sold, waiting} {
			s.Must("exportOrder", row{"orderId": id})
		}
		s.CompleteExport(sold)
		payment := graphtest.At(t, s.Order(sold), "payments.0.id")
		refund := row{"orderId": sold, "paymentId": payment, "amount": "1", "reason": "Quaxenstein sent it back", "clientMutationKey": "key-1"}
		refunded := s.Must("refundOrderPayment", refund)
		if got := erase(t, s.Staff, row{"email": "pia@quaxenstein.example"}); got != "0 erased, N-sold REFUND_OPEN, N-waiting EXPORT_UNFINISHED" {
			t.Errorf("while a refund is open: %s", got)
		}
		s.Must("markRefundDoneInLightspeed", row{"orderId": sold, "refundId": graphtest.At(t, refunded, "order.refunds.0.id")})
		// What Lightspeed said, and whom it knows.
		client.OrderExport.Update().Where(orderexport.OrderID(sold)).SetCustomerID(55).SetAccountID("1").SetReasonMessage("Quaxenstein is no valid name").ExecX(s.Ctx)
		client.ExportEvent.Create().SetOrderID(sold).SetSequence(900).SetState("BLOCKED").SetReasonCode("ORDER_REFUSED").SetReasonMessage("Not pia@quaxenstein.example!").ExecX(s.Ctx)
		client.PosClaim.Create().SetKind("CUSTOMER").SetKey("pia@quaxenstein.example").SetLightspeedID(55).SetSent(true).ExecX(s.Ctx)
		client.PosClaim.Create().SetKind("CUSTOMER").SetKey("siobhan@example.com").SetLightspeedID(56).SetSent(true).ExecX(s.Ctx)

		before, stands := s.Order(sold), s.Order(other)
		reference := client.OrderExport.Query().Where(orderexport.OrderID(sold)).OnlyX(s.Ctx).Reference
		for _, tt := range []struct {
			in   row
			want string
		}{
			{row{}, "INVALID"},
			{row{"email": "a", "orderIds": []any{sold}}, "INVALID"},
			{row{"email": " "}, "INVALID"},
			{row{"orderIds": []any{}}, "EMPTY"},
			{row{"orderIds": []any{sold, "ord_x"}}, "NOT_FOUND"},
			{row{"email": "pia@quaxenstein.example", "expectedCount": 3}, "COUNT_CHANGED"},
			{row{"email": "nobody@example.com"}, "0 erased"},
		} {
			if got := erase(t, s.Staff, tt.in); got != tt.want {
				t.Errorf("%v: %s, want %s", tt.in, got, tt.want)
			}
		}
		if got := erase(t, s.Staff, row{"email": " PIA@quaxenstein.Example", "expectedCount": 2}); got != "1 erased, N-waiting EXPORT_UNFINISHED, Lightspeed has 55" {
			t.Errorf("staff: %s", got)
		}
		s.CompleteExport(waiting)
		if got := erase(t, s.Platform, row{"orderIds": []any{waiting, sold}}); got != "1 erased" {
			t.Errorf("the platform: %s", got)
		}
		if got := erase(t, s.Platform, row{"orderIds": []any{waiting, sold}}); got != "0 erased" {
			t.Errorf("again: %s", got)
		}
		if left := personalRows(t, s, db); len(left) > 0 {
			t.Errorf("the customer is still in %v", left)
		}

		after := s.Order(sold)
		for _, o := range []map[string]any{before, after} {
			delete(o, "customer")
			delete(o, "note")
			delete(o["refunds"].([]any)[0].(map[string]any), "reason")
			delete(o["export"].(map[string]any), "reason")
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("the books changed (-before +after):\n%s", diff)
		}
		if diff := cmp.Diff(stands, s.Order(other)); diff != "" {
			t.Errorf("another customer's order changed:\n%s", diff)
		}
		export := client.OrderExport.Query().Where(orderexport.OrderID(sold)).OnlyX(s.Ctx)
		if export.Reference != reference || export.SaleID == 0 || len(export.Plan.Lines) == 0 || export.Plan.Total == 0 {
			t.Errorf("the export is %+v", export)
		}
		if keys := client.PosClaim.Query().AllX(s.Ctx); len(keys) != 1 || keys[0].Key != "siobhan@example.com" {
			t.Errorf("the claims are %v", keys)
		}
		found := s.Staff.Tree(`{ orders(where: {search: "n-sold"}) { edges { node { id customerErasedAt customer { email lastName } } } } }`, nil)
		if n := graphtest.At(t, found, "orders.edges.0.node").(map[string]any); n["id"] != sold || n["customerErasedAt"] == nil || graphtest.At(t, n, "customer.lastName") != "" {
			t.Errorf("the search by its number finds %v", n)
		}

		// The platform sends it again, with a change: the change is stored, the customer is not.
		changed := personalOrder("sold")
		changed["sourceVersion"], changed["cancelled"] = 2, true
		for _, want := range []string{"sold UPDATED", "sold UNCHANGED"} {
			if got := s.ImportOrders(changed); !slices.Equal(got, []string{want}) {
				t.Errorf("sent again: %v, want %s", got, want)
			}
		}
		if o := s.Order(sold); o["cancelled"] != true {
			t.Errorf("the change is lost: %v", o)
		}
		// What was done once is not done again, and nobody writes new notes.
		if _, found := s.Do("refundOrderPayment", refund); !slices.Equal(found, []string{"KEY_REUSED"}) {
			t.Errorf("the same key again: %v", found)
		}
		if _, found := s.Do("refundOrderPayment", row{"orderId": sold, "paymentId": payment, "amount": "1", "reason": "Quaxenstein"}); !slices.Equal(found, []string{"INVALID"}) {
			t.Errorf("a new note: %v", found)
		}
		if left := personalRows(t, s, db); len(left) > 0 {
			t.Errorf("the customer is again in %v", left)
		}
		list := entriesOf(s, row{"actions": []any{"ERASE_CUSTOMER"}})
		if want := "ERASE_CUSTOMER; Orders whose customer was erased: <nil> → 1"; !slices.Equal(list, []string{want, want}) {
			t.Errorf("the audit log has %v", list)
		}
	})
}

// An order that is not in Lightspeed yet is erased only by who accepts that its sale has no customer; it can still be exported.
func TestEraseCustomerOfUnexportedOrder(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		s.Client.ExportSettings.Update().SetOrdersFrom(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).ExecX(s.Ctx)
		id, unpaid := s.Sell(personalOrder("a")), personalOrder("b")
		delete(unpaid, "payments")
		unpaid["payments"] = []row{}
		s.Sell(unpaid)
		in := row{"email": "pia@quaxenstein.example"}
		if got := erase(t, s.Staff, in); got != "0 erased, N-a NOT_EXPORTED, N-b NOT_EXPORTED" {
			t.Error(got)
		}
		in = maps.Clone(in)
		in["acknowledge"] = []any{"ERASES_UNEXPORTED"}
		if got := erase(t, s.Staff, in); got != "1 erased, N-b NOT_PAID" {
			t.Error(got)
		}
		s.Must("exportOrder", row{"orderId": id})
		if plan := s.SendExport(id); plan.Customer.Email != "" || plan.Note != "" || len(plan.Lines) != 1 {
			t.Errorf("the plan is %+v", plan)
		}
		storetest.Site(t, s.Client, "b")
		if got := erase(t, s.API.As(t, "b", tenant.RoleManage), row{"orderIds": []any{id}}); got != "NOT_FOUND" {
			t.Errorf("another site: %s", got)
		}
	})
}

// The summary says how long data is kept, and what is kept longer for which reason.
func TestCustomerData(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	s := graphtest.NewRetailer(t, client)
	s.SetUpExports()
	sold := s.Sell(personalOrder("sold"))
	s.Must("exportOrder", row{"orderId": sold})
	s.CompleteExport(sold)
	s.Must("exportOrder", row{"orderId": s.Sell(personalOrder("waiting"))})
	s.Sell(personalOrder("paid"))
	s.Sell(graphtest.NewOrder("young", graphtest.With("placedAt", storetest.Now().Format(time.RFC3339))))
	read := func() any {
		return s.Staff.Tree(`{ customerData { keepDays erasedOrders dueOrders kept { neededFor orders message } } }`, nil)
	}
	shown := read()
	want := fmt.Sprint(graphtest.At(t, shown, "customerData.keepDays"), graphtest.At(t, shown, "customerData.dueOrders"), len(graphtest.At(t, shown, "customerData.kept").([]any)))
	if want != "400 0 0" {
		t.Errorf("before anything is old: %v", shown)
	}
	s.API.Clock.Advance(420 * 24 * time.Hour)
	shown = read()
	kept := graphtest.At(t, shown, "customerData.kept").([]any)
	if graphtest.At(t, shown, "customerData.dueOrders") != 2.0 || len(kept) != 2 ||
		graphtest.At(t, kept[0], "neededFor") != "EXPORT_UNFINISHED" || graphtest.At(t, kept[1], "neededFor") != "NOT_EXPORTED" {
		t.Errorf("once all is old: %v", shown)
	}
}
