package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store/storetest"
)

// exchange takes units of the first line of a sale back in the POS, and gives one of another item for them.
func (s *webshop) exchange(sale sandbox.SaleState, units, item int, price string) {
	s.t.Helper()
	given := sandbox.GivenLine{ItemID: s.items[item].LightspeedID, Units: 1, Price: decimal.RequireFromString(price), Taxed: true}
	back := []sandbox.RefundLine{{SaleLineID: sale.Lines[0].ID, Units: units}}
	must(s.Account.ExchangeSale(sale.ID, 1, back, given))(s.t)
}

// refund refunds of an order's first payment on the website.
func (s *webshop) refund(id, amount string) {
	s.t.Helper()
	s.act("refundOrderPayment", row{"orderId": id, "paymentId": graphtest.At(s.t, s.order(id), "payments.0.id"), "amount": amount})
}

// D25: goods that are exchanged in the POS are reported as what they are. Only money that was paid back is to be refunded, and what is
// reported has the names that people know.
func TestExchangeInThePOS(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		even, first := s.sold(s.anOrder("even"))
		cheaper, second := s.sold(s.anOrder("cheaper"))
		dearer, third := s.sold(s.anOrder("dearer"))
		s.exchange(first, 1, 5, "100")
		s.exchange(second, 1, 5, "50")
		s.exchange(third, 1, 5, "200")
		s.night()
		bell, horn := s.items[0].Description, s.items[5].Description
		goods := []string{bell + ": 1 in the order, none in the sale", horn + ": none in the order, 1 in the sale"}
		for _, tt := range []struct {
			name, id string
			want     []string
			refund   bool
		}{
			{"even", even, goods, false},
			{"cheaper", cheaper, append([]string{"Refund 54.13 USD on the website"}, goods...), true},
			{"dearer", dearer, append([]string{"Cash: none in the order, 108.25 USD in the sale", "total: 108.25 USD in the order, 216.50 USD in the sale"}, goods...), false},
		} {
			got := s.notices(tt.id)
			for _, want := range append(tt.want, "CHANGED_IN_LIGHTSPEED") {
				if !strings.Contains(got, want) {
					t.Errorf("%s: %s\nlacks %s", tt.name, got, want)
				}
			}
			if strings.Contains(got, "REFUND_") != tt.refund {
				t.Errorf("%s: %s", tt.name, got)
			}
		}
	})
}

// Units whose price has a fraction of a cent are taken back one by one: each refund rounds on its own, and nobody is asked for the cent.
func TestRefundsOfFractionsOfACent(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		line := s.good(0)
		line["quantity"], line["unitPrice"], line["tax"] = "3", "0.10", "0.02"
		order := func(key string) row {
			return s.anOrder(key, with("lines", []row{line}), with("payments", []row{paid("p", "Stripe", "0.32")}))
		}
		all, sale := s.sold(order("all"))
		part, other := s.sold(order("part"))
		for range 3 { // 0.11 each
			must(s.Account.RefundSale(sale.ID, s.stripe, sandbox.RefundLine{SaleLineID: sale.Lines[0].ID, Units: 1}))(t)
		}
		must(s.Account.RefundSale(other.ID, s.stripe, sandbox.RefundLine{SaleLineID: other.Lines[0].ID, Units: 1}))(t)
		s.refund(all, "0.32")
		s.sell(s.anOrder("all", with("sourceVersion", 2), with("cancelled", true), with("lines", []row{line}),
			with("payments", []row{{"key": "p", "method": "Stripe", "amount": "0.32", "refunded": "0.32", "state": "CAPTURED"}})))
		s.refund(part, "0.10")
		s.night()
		for _, id := range []string{all, part} {
			if got := s.notices(id); got != "" {
				t.Errorf("refunded in both places: %s", got)
			}
		}
	})
}

// What is as it was costs one statement that writes, however many sales there are.
func TestUnchangedSalesAreNotWritten(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, _ *ent.Client, db *database.DB) {
		client, statements := storetest.Counting(db)
		s := openWebshop(t, client)
		var ids []string
		for i := range 3 {
			id, _ := s.sold(s.anOrder(fmt.Sprint("same-", i)))
			ids = append(ids, id)
		}
		returned, sale := s.sold(s.anOrder("returned"))
		s.void(sale)
		s.night()
		compare := func() (reads, writes int) {
			s.manual().Advance(24 * 3600e9)
			s.Faults = func(r *http.Request, body []byte) []byte {
				if r.URL.Query().Get("saleID") != "" { // before the comparison is stored
					statements.Take()
					statements.TakeWrites()
				}
				return body
			}
			if err := s.Jobs.SweepDue(s.Ctx); err != nil {
				t.Fatal(err)
			}
			s.Faults = nil
			return statements.Take(), statements.TakeWrites()
		}
		few, writes := compare()
		// One notes that the sales were compared, one plans the next night.
		if writes != 2 {
			t.Errorf("%d statements write for %d sales that are as they were", writes, len(ids)+1)
		}
		for i := range 3 {
			s.sold(s.anOrder(fmt.Sprint("more-", i)))
		}
		compare()
		many, writes := compare()
		if writes != 2 || many > few {
			t.Errorf("with more sales, %d statements instead of %d, and %d write", many, few, writes)
		}
		if got := s.notices(returned); !strings.Contains(got, "REFUND_ON_WEBSITE") {
			t.Errorf("voided: %s", got)
		}
	})
}

// voidSeen has the POS show a sale as voided, or not: sales are voided and restored in the POS.
func (s *webshop) voidSeen(sale sandbox.SaleState, voided bool) {
	if !voided {
		s.Faults = nil
		return
	}
	id := fmt.Appendf(nil, `"saleID":"%d"`, sale.ID)
	s.Faults = func(r *http.Request, body []byte) []byte {
		at := bytes.Index(body, id)
		if !r.URL.Query().Has("saleID") || at < 0 {
			return body
		}
		return append(bytes.Clone(body[:at]), bytes.Replace(body[at:], []byte(`"voided":"false"`), []byte(`"voided":"true"`), 1)...)
	}
}
