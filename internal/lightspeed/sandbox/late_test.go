package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// cut sends a request that must come to no answer.
func (r *rig) cut(method, path, body string) {
	r.t.Helper()
	r.clock.add(time.Second)
	if a, err := r.try(method, r.path(path), r.cred.AccessToken, "application/json", body); err == nil {
		r.t.Errorf("%s %s was answered: %d %s", method, path, a.status, a.body)
	}
}

func (r *rig) fault(f Fault) {
	r.t.Helper()
	if _, err := r.s.AddFault(f); err != nil {
		r.t.Fatal(err)
	}
}

// A late request is cut at once and takes effect when its time has come, before the next request is served.
func TestFault_Late(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.s.Account("")
	r.fault(Fault{Kind: FaultLate, Method: "POST", Path: "/Sale.json", DelayMS: 30_000, Next: 1})
	r.fault(Fault{Kind: FaultLate, Method: "POST", Path: "/Sale.json", DelayMS: 10_000, At: 2, Next: 1})
	r.cut(http.MethodPost, "Sale.json", basket(`"referenceNumber":"slow",`))
	r.cut(http.MethodPost, "Sale.json", basket(`"referenceNumber":"quick",`))
	if len(r.all("Sale.json", "Sale")) > 0 || r.s.Late() != 2 {
		t.Errorf("took effect at once: %d late", r.s.Late())
	}
	r.clock.add(15 * time.Second)
	if got := r.all("Sale.json", "Sale"); len(got) != 1 || got[0]["referenceNumber"] != "quick" {
		t.Errorf("after 15 s: %v", got)
	}
	// The access token that the request came with is gone meanwhile: the request was let in before.
	a.RevokeAccessTokens()
	r.s.Advance(15 * time.Second)
	if sales := a.Sales(); len(sales) != 2 || sales[1].Reference != "slow" || r.s.Late() != 0 {
		t.Errorf("after 30 s: %+v", sales)
	}
	r.cred = r.login("", LoginAdmin)
	// A late completion meets a sale that was completed by a second try, and a late archiving too.
	for _, c := range []struct{ method, body string }{{http.MethodPut, `{"completed":true}`}, {http.MethodDelete, ""}} {
		made := one(r.api(http.MethodPost, "Sale.json", basket(webPayment)).json, "Sale")
		path := fmt.Sprintf("Sale/%v.json", made["saleID"])
		r.fault(Fault{Kind: FaultLate, Method: c.method, DelayMS: 60_000, Next: 1})
		r.cut(c.method, path, c.body)
		r.api(http.MethodPut, path, `{"completed":true}`)
		if n := r.s.Settle(); n != 1 {
			t.Errorf("%s: settled %d", c.method, n)
		}
		if s := one(r.get(path).json, "Sale"); s["completed"] != "true" || s["archived"] != "false" || s["balance"] != "0" {
			t.Errorf("%s: %v", c.method, s)
		}
	}
	// A late payment meets a completed sale.
	made := one(r.api(http.MethodPost, "Sale.json", basket("")).json, "Sale")
	path, body := fmt.Sprintf("Sale/%v.json", made["saleID"]), `{"completed":true,`+strings.TrimSuffix(webPayment, ",")+`}`
	r.fault(Fault{Kind: FaultLate, Method: "PUT", DelayMS: 1000, Next: 1})
	r.cut(http.MethodPut, path, body)
	r.api(http.MethodPut, path, body)
	r.s.Settle()
	if s := one(r.get(path).json, "Sale"); s["balance"] != "-96.54" {
		t.Errorf("late payment: %v", s)
	}
	// What is refused is refused at once, and reads have no effect to come.
	r.fault(Fault{Kind: FaultLate, DelayMS: 1000})
	r.cut(http.MethodGet, "Sale.json", "")
	r.cut(http.MethodPost, "Nothing.json", "{}")
	r.cred.AccessToken = "wrong"
	r.cut(http.MethodPost, "Sale.json", basket(""))
	if r.s.Late() != 0 {
		t.Errorf("%d late", r.s.Late())
	}
	r.cred = r.login("", LoginAdmin)
	before := len(a.Sales())
	r.cut(http.MethodPost, "Sale.json", basket(""))
	if err := r.s.Close(); err != nil || r.s.Settle() != 0 || len(a.Sales()) != before {
		t.Errorf("Close let a late request through: %v", err)
	}
	for _, f := range []Fault{{Kind: FaultLate, DelayMS: 60_001}, {Kind: FaultLate, DelayMS: -1}} {
		if _, err := r.s.AddFault(f); err == nil {
			t.Errorf("%+v was accepted", f)
		}
	}
}

// A lagging search does not find what has just changed; by its id it is found.
func TestFault_SearchLag(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	r.api(http.MethodPost, "Sale.json", basket(`"referenceNumber":"old","Customer":{"firstName":"A","Contact":{"Emails":{"ContactEmail":{"address":"a@b.c"}}}},`))
	r.fault(Fault{Kind: FaultSearchLag, DelayMS: 20_000})
	r.clock.add(30 * time.Second)
	r.api(http.MethodPost, "Sale.json", basket(webPayment+`"referenceNumber":"new","Customer":{"firstName":"A","Contact":{"Emails":{"ContactEmail":{"address":"a@b.c"}}}},`))
	paths := map[string]string{"Sale.json?referenceNumber=new": "Sale", "Sale.json?saleID=2": "Sale", "SaleLine.json?saleID=2": "SaleLine",
		"Sale/2/SaleLine.json": "SaleLine", "SalePayment.json?saleID=2": "SalePayment", `Customer.json?load_relations=["Contact"]&Contact.email=a@b.c&customerID=2`: "Customer"}
	for path, key := range paths {
		if got := r.all(path, key); len(got) > 0 {
			t.Errorf("%s: found %v", path, got)
		}
	}
	if got := r.all("Sale.json", "Sale"); len(got) != 1 || got[0]["referenceNumber"] != "old" || r.get("Sale/2.json").status != 200 {
		t.Errorf("the old one: %v", got)
	}
	r.clock.add(20 * time.Second)
	for path, key := range paths {
		if got := r.all(path, key); len(got) == 0 {
			t.Errorf("%s: found nothing after the lag", path)
		}
	}
	r.api(http.MethodPut, "Sale/1.json", `{"referenceNumber":"changed"}`)
	if got := r.all("Sale.json?archived=true", "Sale"); len(got) != 1 || got[0]["saleID"] != "2" {
		t.Errorf("a changed sale: %v", got)
	}
}

// Faults before the effect leave nothing behind, those after it do; those that refuse neither.
func TestFault_Sales(t *testing.T) {
	t.Parallel()
	for kind, effect := range map[FaultKind]bool{FaultErrorBefore: false, FaultErrorAfter: true, FaultCutBefore: false, FaultCutAfter: true,
		FaultTruncate: true, FaultMalformed: true, FaultThrottle: false, FaultRevokedToken: false, FaultLatency: true} {
		r := newRig(t, Options{Items: 5})
		r.s.FaultFor = func(q *http.Request) []Fault {
			if q.Method == http.MethodPost {
				return []Fault{{Kind: kind, DelayMS: 5000, Status: 502}}
			}
			return nil
		}
		a, err := r.try(http.MethodPost, r.path("Sale.json"), r.cred.AccessToken, "application/json", basket(webPayment+`"completed":true,`))
		if good := err == nil && a.status == 200 && a.json != nil; good != (kind == FaultLatency) {
			t.Errorf("%s: %d %v", kind, a.status, err)
		}
		if got := len(r.s.Account("").Sales()) == 1; got != effect {
			t.Errorf("%s: effect %v", kind, got)
		}
	}
}

// Whoever drops the late requests waits for the one that is about to take effect: nothing happens afterwards.
func TestLateQueue_DropWaits(t *testing.T) {
	t.Parallel()
	var q lateQueue
	begun, goOn, done := make(chan struct{}), make(chan struct{}), false
	q.postpone(time.Time{}, func() {
		close(begun)
		<-goOn
		done = true
	})
	var wg sync.WaitGroup
	wg.Go(func() { q.run(time.Time{}) })
	<-begun
	wg.Go(func() {
		q.drop()
		if !done {
			t.Error("dropped before the request had taken effect")
		}
	})
	close(goOn)
	wg.Wait()
}

// However writes, late requests, searches and state changes overlap, each sale is there at most once, is completed or
// archived but not both, and what the completed ones sold is what the stock lost.
func TestFault_LateConcurrently(t *testing.T) {
	t.Parallel()
	r := newRig(t, Options{Items: 5})
	a := r.s.Account("")
	a.SetRegisters(100_000)
	r.fault(Fault{Kind: FaultLate, Method: "POST", Path: "/Sale.json", DelayMS: 1000, Probability: 0.3})
	r.fault(Fault{Kind: FaultLate, Method: "PUT", DelayMS: 500, Probability: 0.3})
	r.fault(Fault{Kind: FaultSearchLag, DelayMS: 700, Probability: 0.5})
	before := a.Truth().Items
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 8 {
				reference, id := fmt.Sprintf("%d-%d", g, n), n*2+g+1
				for _, c := range []struct{ method, path, body string }{
					{"POST", "Sale.json", basket(webPayment + `"referenceNumber":"` + reference + `",`)},
					{"GET", "Sale.json?archived=true&referenceNumber=" + reference, ""},
					{"PUT", fmt.Sprintf("Sale/%d.json", id), `{"completed":true}`},
					{"DELETE", fmt.Sprintf("Sale/%d.json", id+1), ""},
					{"POST", fmt.Sprintf("Sale/%d/refund.json", id), `{"SalePayments":{"SalePayment":{"paymentTypeID":9}}}`},
				} {
					// Some are refused and some cut off: what counts is what they leave.
					_, _ = r.try(c.method, r.path(c.path), r.cred.AccessToken, "application/json", c.body)
				}
				switch n % 3 {
				case 0:
					r.s.Advance(300 * time.Millisecond)
				case 1:
					r.s.Settle()
				default:
					a.SalesByReference()
				}
			}
		})
	}
	wg.Wait()
	r.s.Settle()
	sold, completed := map[int64]int{}, 0
	for reference, list := range a.SalesByReference() {
		if reference != "" && len(list) > 1 {
			t.Errorf("%s: %d sales", reference, len(list))
		}
		for _, s := range list {
			if s.Completed && (s.Archived || !s.Balance.IsZero()) {
				t.Errorf("%+v", s)
			}
			for _, l := range s.Lines {
				if s.Completed {
					sold[l.ItemID] += int(l.Units)
				}
			}
			if s.Completed {
				completed++
			}
		}
	}
	for i, it := range a.Truth().Items {
		if got := before[i].Stock[0].QOH - it.Stock[0].QOH; got != sold[it.ID] {
			t.Errorf("item %d lost %d units, sold were %d", it.ID, got, sold[it.ID])
		}
	}
	if completed == 0 {
		t.Error("nothing was completed")
	}
}
