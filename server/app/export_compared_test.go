package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
)

// night lets a day pass, with the night's search and comparison in it.
func (s *webshop) night() {
	s.t.Helper()
	s.manual().Advance(24 * time.Hour)
	if err := s.Jobs.SweepDue(s.Ctx); err != nil {
		s.t.Fatal(err)
	}
}

// notices are the codes of an order's notices with their messages.
func (s *webshop) notices(id string) string {
	s.t.Helper()
	var list []string
	for _, n := range s.order(id)["notices"].([]any) {
		list = append(list, fmt.Sprint(graphtest.At(s.t, n, "code"), ": ", graphtest.At(s.t, n, "message")))
	}
	return strings.Join(list, "\n")
}

// D25, R48: each night the sales of the last 30 days are compared with their orders, by few requests. A sale that was voided or
// refunded in the POS asks for a refund on the website. Its register, employee, customer and notes may change.
func TestSalesAreComparedAtNight(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		plain, _ := s.sold(s.anOrder("plain"))
		voided, sale := s.sold(s.anOrder("voided"))
		taken, partial := s.sold(s.anOrder("taken", with("lines", []row{s.good(0), s.good(1)}), with("payments", []row{paid("p", "Stripe", "216.50")})))
		edited, moved := s.sold(s.anOrder("edited"))
		if err := s.Account.VoidSale(sale.ID); err != nil {
			t.Fatal(err)
		}
		must(s.Account.RefundSale(partial.ID, s.stripe, sandbox.RefundLine{SaleLineID: partial.Lines[0].ID, Units: 1}))(t)
		other, note, nobody := int64(2), "Repaired", int64(0)
		err := s.Account.EditSale(moved.ID, sandbox.SaleEdit{RegisterID: &other, EmployeeID: &other, InternalNote: &note, CustomerID: &nobody})
		if err != nil {
			t.Fatal(err)
		}
		requests := 0
		s.Around = func(r *http.Request) func() {
			if strings.Contains(r.URL.Path, "/Sale") && r.Method == http.MethodGet {
				requests++
			}
			return func() {}
		}
		s.night()
		s.Around = nil
		if requests > 4 { // open sales, all sales, what takes them back, and the sales that do
			t.Errorf("%d requests for 4 sales", requests)
		}
		for name, id := range map[string]string{"untouched": plain, "edited in what may be edited": edited} {
			if got := s.notices(id); got != "" {
				t.Errorf("%s: %s", name, got)
			}
		}
		if got := s.notices(voided); !strings.Contains(got, "REFUND_ON_WEBSITE") || !strings.Contains(got, "was voided in Lightspeed") ||
			!strings.Contains(got, "Refund 108.25 USD on the website") || !strings.Contains(got, fmt.Sprint(sale.ID)) {
			t.Errorf("voided: %s", got)
		}
		if got := s.notices(taken); !strings.Contains(got, "Refund 108.25 USD on the website") {
			t.Errorf("taken back in part: %s", got)
		}
		s.act("refundOrderPayment", row{"orderId": taken, "paymentId": graphtest.At(t, s.order(taken), "payments.0.id"), "amount": "108.25"})
		if got := s.notices(taken); strings.Contains(got, "REFUND_ON_WEBSITE") {
			t.Errorf("refunded on the website: %s", got)
		}
		s.act("acknowledgeNotice", row{"orderId": voided, "code": "REFUND_ON_WEBSITE"})
		s.night()
		for _, id := range []string{plain, voided, edited} {
			if got := s.notices(id); got != "" {
				t.Errorf("a night later: %s", got)
			}
		}
	})
}

// Sales that come without the fields that are not used, as all of a recorded account came without createTime, are made and compared
// like any others.
func TestSalesWithoutUnusedFields(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		for _, field := range []string{"createTime", "updateTime", "timeStamp", "taxCategoryID", "tipEmployeeID", "enablePromotions"} {
			s.fault(sandbox.Fault{Kind: sandbox.FaultMissingField, Field: field, Path: "/Sale"})
		}
		kept, _ := s.sold(s.anOrder("kept"))
		voided, sale := s.sold(s.anOrder("voided"))
		taken, other := s.sold(s.anOrder("taken"))
		s.void(sale)
		must(s.Account.RefundSale(other.ID, s.stripe))(t)
		s.night()
		for id, want := range map[string]bool{kept: false, voided: true, taken: true} {
			if got := s.notices(id); strings.Contains(got, "REFUND_ON_WEBSITE") != want || !want && got != "" {
				t.Errorf("%v: %q", s.order(id)["number"], got)
			}
		}
	})
}

// A sale whose record cannot be read hides no other one.
func TestUnreadableSaleHidesNoOther(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		var ids []string
		var unreadable []byte
		for i := range 5 {
			id, sale := s.sold(s.anOrder(fmt.Sprint("read-", i)))
			if i == 2 {
				unreadable = fmt.Appendf(nil, `"saleID":"%d"`, sale.ID)
			}
			s.void(sale)
			ids = append(ids, id)
		}
		s.Faults = func(r *http.Request, body []byte) []byte {
			const field = `"calcTotal":"`
			at := bytes.Index(body, unreadable)
			if !r.URL.Query().Has("saleID") || at < 0 {
				return body
			}
			total := bytes.Index(body[at:], []byte(field))
			if total < 0 {
				return body
			}
			return slices.Insert(slices.Clone(body), at+total+len(field), 'x')
		}
		s.night()
		for i, id := range ids {
			if got := strings.Contains(s.notices(id), "REFUND_ON_WEBSITE"); got != (i != 2) {
				t.Errorf("sale %d: %v", i, got)
			}
		}
		s.Faults = nil
		s.night()
		if got := s.notices(ids[2]); !strings.Contains(got, "REFUND_ON_WEBSITE") {
			t.Errorf("once it can be read: %s", got)
		}
	})
}

// D25: a sale whose payments were changed in the POS is reported; one that was corrected as the order was is not, and ends the
// notice of the edited order. After 30 days sales are not compared any more.
func TestChangedSalesAreReported(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		repaid, _ := s.sold(s.anOrder("repaid"))
		stripe, cash := fmt.Sprintf(`"paymentTypeID":"%d"`, s.stripe), `"paymentTypeID":"1"`
		s.Faults = func(r *http.Request, body []byte) []byte {
			if r.URL.Query().Has("saleID") {
				return bytes.ReplaceAll(body, []byte(stripe), []byte(cash))
			}
			return body
		}
		s.night()
		if got := s.notices(repaid); !strings.Contains(got, "CHANGED_IN_LIGHTSPEED") || !strings.Contains(got, "Stripe: 108.25 USD in the order, none in the sale") {
			t.Errorf("paid in cash: %s", got)
		}
		s.Faults = nil
		s.night()
		if got := s.notices(repaid); got != "" {
			t.Errorf("put right: %s", got)
		}
		// One unit of two is returned in both places, and nobody marks the refund.
		two := s.good(0)
		two["quantity"], two["tax"] = "2", "16.50"
		both, sale := s.sold(s.anOrder("both", with("lines", []row{two}), with("payments", []row{paid("p", "Stripe", "216.50")})))
		payment := paid("p", "Stripe", "216.50")
		payment["refunded"] = "108.25"
		s.sell(s.anOrder("both", with("sourceVersion", 2), with("payments", []row{payment})))
		if got := s.notices(both); !strings.Contains(got, "EDITED_AFTER_EXPORT") || !strings.Contains(got, "1 in the order, 2 in the sale") {
			t.Errorf("returned here: %s", got)
		}
		must(s.Account.RefundSale(sale.ID, s.stripe, sandbox.RefundLine{SaleLineID: sale.Lines[0].ID, Units: 1}))(t)
		s.night()
		if got := s.notices(both); strings.Contains(got, "EDITED_AFTER_EXPORT") || strings.Contains(got, "ON_WEBSITE") {
			t.Errorf("returned in both places: %s", got)
		}
		s.manual().Advance(30 * 24 * time.Hour)
		s.Connect("admin")
		late := s.sale(repaid)
		if err := s.Account.VoidSale(late.ID); err != nil {
			t.Fatal(err)
		}
		s.night()
		if got := s.notices(repaid); got != "" {
			t.Errorf("a month later: %s", got)
		}
	})
}
