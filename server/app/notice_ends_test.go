package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
)

// Each notice says how it ends, and ends so: every code has a test, and what comes later does not bring an ended one back unless its
// cause does.
func TestNoticesEnd(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		ends := map[retail.NoticeCode]func(*testing.T, *webshop){
			retail.NoticeRefundInLightspeed: endRefundInLightspeed,
			retail.NoticeEditedAfterExport:  endEdited,
			retail.NoticeTextCut:            endTextCut,
			retail.NoticeRefundOnWebsite:    endRefundOnWebsite,
			retail.NoticeChangedInPOS:       endChangedInPOS,
			retail.NoticeTransferGoods:      endStoreNotices,
			retail.NoticeNoStoreRegister:    endStoreNotices,
		}
		for _, code := range retail.NoticeCode("").Values() {
			end := ends[retail.NoticeCode(code)]
			if end == nil {
				t.Errorf("%s: say how it ends", code)
				continue
			}
			end(t, s)
		}
	})
}

// noticed fails the test unless an order has exactly these notices.
func (s *webshop) noticed(when, id string, want ...string) {
	s.t.Helper()
	codes, messages := s.noticesOf(id)
	if strings.Join(codes, " ") != strings.Join(want, " ") {
		s.t.Errorf("%s: notices %v, want %v: %s", when, codes, want, messages)
	}
}

// acknowledge ends a notice of an order by a person.
func (s *webshop) acknowledge(id, code string) {
	s.t.Helper()
	s.act("acknowledgeNotice", row{"orderId": id, "code": code})
}

// The refund is made in the POS, as a person says or the comparison finds. It is due again if that sale is restored.
func endRefundInLightspeed(t *testing.T, s *webshop) {
	const code = "REFUND_IN_LIGHTSPEED"
	said, _ := s.sold(s.anOrder("said"))
	found, sale := s.sold(s.anOrder("found"))
	for _, id := range []string{said, found} {
		s.refund(id, "108.25")
		s.noticed("refunded here", id, code)
	}
	refunds := graphtest.At(t, s.staff.Tree(`query($id: ID!) { node(id: $id) { ... on Order { refunds { id } } } }`, row{"id": said}), "node.refunds")
	s.act("markRefundDoneInLightspeed", row{"orderId": said, "refundId": graphtest.At(t, refunds, "0.id")})
	s.voidSeen(sale, true)
	s.night()
	s.noticed("a person said so", said)
	s.noticed("voided", found)
	s.voidSeen(sale, false)
	s.night()
	s.noticed("a person said so, and nothing else", said)
	s.noticed("restored", found, code)
}

// The sale is changed alike, a person acknowledges it, or the refund is marked as done. What was undone in the POS shows again.
func endEdited(t *testing.T, s *webshop) {
	const code = "EDITED_AFTER_EXPORT"
	id, sale := s.sold(s.anOrder("edited"))
	other := s.good(5)
	other["key"], other["description"] = "g0", "Horn"
	s.sell(s.anOrder("edited", with("sourceVersion", 2), with("lines", []row{other})))
	s.noticed("another product", id, code)
	if _, message := s.noticesOf(id); !strings.Contains(message, s.items[0].Description+": none in the order, 1 in the sale") {
		t.Errorf("what is gone has its name: %s", message)
	}
	was, is := fmt.Appendf(nil, `"itemID":"%d"`, s.items[0].LightspeedID), fmt.Appendf(nil, `"itemID":"%d"`, s.items[5].LightspeedID)
	s.Faults = func(r *http.Request, body []byte) []byte {
		if r.URL.Query().Has("saleID") && bytes.Contains(body, fmt.Appendf(nil, `"saleID":"%d"`, sale.ID)) {
			return bytes.ReplaceAll(body, was, is)
		}
		return body
	}
	for range 2 {
		s.night()
		s.noticed("the sale was changed alike", id)
	}
	s.Faults = nil
	s.night()
	s.noticed("that was undone", id, code)
	s.acknowledge(id, code)
	other["description"] = "Trumpet"
	s.sell(s.anOrder("edited", with("sourceVersion", 3), with("lines", []row{other})))
	s.night()
	s.noticed("acknowledged, and renamed", id)
	other["quantity"], other["unitPrice"] = "2", "50"
	s.sell(s.anOrder("edited", with("sourceVersion", 4), with("lines", []row{other})))
	s.noticed("edited again", id, code)
}

// The texts come whole, or a person acknowledges it.
func endTextCut(t *testing.T, s *webshop) {
	const code = "TEXT_CUT"
	long := with("note", strings.Repeat("é", 20_001))
	id := s.sell(s.anOrder("cut", long))
	s.noticed("cut", id, code)
	s.acknowledge(id, code)
	s.sell(s.anOrder("cut", long, with("sourceVersion", 2), with("customer", row{"email": "other@example.com"})))
	s.noticed("acknowledged, and still cut", id)
	s.sell(s.anOrder("cut", with("sourceVersion", 3)))
	s.sell(s.anOrder("cut", long, with("sourceVersion", 4)))
	s.noticed("cut again", id, code)
	s.sell(s.anOrder("cut", with("sourceVersion", 5)))
	s.noticed("whole", id)
}

// The website refunds as much, by whichever way, the sale is restored, or a person acknowledges it.
func endRefundOnWebsite(t *testing.T, s *webshop) {
	const code = "REFUND_ON_WEBSITE"
	acted, a := s.sold(s.anOrder("acted"))
	fed, b := s.sold(s.anOrder("fed"))
	known, c := s.sold(s.anOrder("known"))
	restored, d := s.sold(s.anOrder("restored"))
	late, e := s.sold(s.anOrder("late"))
	s.void(a, b, c)
	s.voidSeen(d, true)
	s.night()
	s.voidSeen(d, false)
	for _, id := range []string{acted, fed, known, restored} {
		s.noticed("voided", id, code)
	}
	s.refund(acted, "108.25")
	s.noticed("refunded by a person", acted)
	back := row{"key": "p", "method": "Stripe", "amount": "108.25", "refunded": "100", "state": "CAPTURED"}
	s.sell(s.anOrder("fed", with("sourceVersion", 2), with("payments", []row{back})))
	if codes, message := s.noticesOf(fed); len(codes) != 1 || !strings.Contains(message, "Refund 8.25 USD") {
		t.Errorf("refunded by the platform in part: %v %s", codes, message)
	}
	back["refunded"] = "108.25"
	s.sell(s.anOrder("fed", with("sourceVersion", 3), with("payments", []row{back})))
	s.noticed("refunded by the platform", fed)
	s.acknowledge(known, code)
	s.night()
	for _, id := range []string{acted, fed, known, restored} {
		s.noticed("a night later", id)
	}
	s.voidSeen(e, true)
	s.night()
	s.noticed("voided", late, code)
	s.manual().Advance(40 * 24 * time.Hour)
	s.Connect("admin")
	s.night()
	s.noticed("voided long ago", late, code)
	s.voidSeen(e, false)
	s.night()
	s.noticed("restored after its month", late)
	s.refund(known, "50")
	s.noticed("acknowledged, and refunded in part", known)
}

// The sale is put right, the order is changed alike, or a person acknowledges it.
func endChangedInPOS(t *testing.T, s *webshop) {
	const code = "CHANGED_IN_LIGHTSPEED"
	right, a := s.sold(s.anOrder("right"))
	alike, b := s.sold(s.anOrder("alike"))
	known, c := s.sold(s.anOrder("known-change"))
	changed := []sandbox.SaleState{a, b, c}
	was, is := fmt.Appendf(nil, `"itemID":"%d"`, s.items[0].LightspeedID), fmt.Appendf(nil, `"itemID":"%d"`, s.items[5].LightspeedID)
	s.Faults = func(r *http.Request, body []byte) []byte {
		if !r.URL.Query().Has("saleID") {
			return body
		}
		for _, sale := range changed {
			line := fmt.Appendf(nil, `"saleLineID":"%d"`, sale.Lines[0].ID)
			if at := bytes.Index(body, line); at >= 0 {
				end := at + bytes.Index(body[at:], []byte("}"))
				body = bytes.Join([][]byte{body[:at], bytes.ReplaceAll(body[at:end], was, is), body[end:]}, nil)
			}
		}
		return body
	}
	s.night()
	for _, id := range []string{right, alike, known} {
		s.noticed("another item", id, code)
	}
	changed = changed[1:]
	other := s.good(5)
	other["key"] = "g0"
	s.sell(s.anOrder("alike", with("sourceVersion", 2), with("lines", []row{other})))
	s.acknowledge(known, code)
	line := s.good(0)
	line["description"] = "Renamed"
	s.sell(s.anOrder("known-change", with("sourceVersion", 2), with("lines", []row{line})))
	for range 2 {
		s.night()
		s.noticed("put right", right)
		s.noticed("the order was changed alike", alike)
		s.noticed("acknowledged, and renamed", known)
	}
	s.Faults = nil
}

// A person has transferred the goods, and acknowledges it.
func endStoreNotices(t *testing.T, s *webshop) {
	id := s.sell(s.goods(fmt.Sprint("store-", s.Client.WebOrder.Query().CountX(s.Ctx)), 4))
	s.act("recordStoreFulfillment", row{"orderId": id, "locationId": s.location("loc-2")})
	s.export(id)
	codes, _ := s.noticesOf(id)
	if len(codes) != 2 {
		t.Fatalf("notices %v", codes)
	}
	for _, code := range codes {
		s.acknowledge(id, code)
	}
	s.noticed("acknowledged", id)
}
