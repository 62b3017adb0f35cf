package app_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/lightspeed/sandbox"
)

// What happens beside an export, at the worst moment, makes neither a second sale nor none.
func TestRacesOfExports(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		var hook atomic.Pointer[func(*http.Request) []sandbox.Fault]
		s.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if fn := hook.Load(); fn != nil {
				return (*fn)(r)
			}
			return nil
		}
		at := func(fn func(*http.Request) []sandbox.Fault) { hook.Store(&fn) }
		run := func(name string, fn func(t *testing.T, s *webshop)) {
			t.Run(name, func(t *testing.T) {
				fn(t, s.on(t))
				hook.Store(nil)
				s.POS.ClearFaults()
			})
		}
		run("a worker chooses a sale while the sweep searches", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Method: "POST", Path: "/Sale", Next: 1})
			id := s.sell(s.anOrder("sweep"))
			s.export(id)
			s.settings(row{"enabled": false})
			s.manual().Advance(time.Minute)
			s.Work()
			if stands, _ := s.reason(id); stands != "BLOCKED EXPORT_OFF" {
				t.Fatal(stands)
			}
			s.manual().Advance(2 * time.Minute)
			var once atomic.Bool
			at(func(r *http.Request) []sandbox.Fault {
				if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/Sale") && once.CompareAndSwap(false, true) {
					s.settings(row{"enabled": true})
					s.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Method: "PUT", Path: "/Sale", Next: 20})
					s.Work()
				}
				return nil
			})
			if err := s.Jobs.SweepDue(s.Ctx); err != nil {
				t.Fatal(err)
			}
			s.POS.ClearFaults()
			s.manual().Advance(time.Hour)
			s.Work()
			s.sale(id)
			if !once.Load() {
				t.Error("the sweep searched nothing")
			}
		})
		run("a sale that is listed as open and cannot be read", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Method: "PUT", Path: "/Sale", Next: 20})
			id := s.sell(s.anOrder("unreadable"))
			s.export(id)
			s.POS.ClearFaults()
			var missed atomic.Int32
			at(func(r *http.Request) []sandbox.Fault {
				if r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/Sale/") {
					missed.Add(1)
					return []sandbox.Fault{{Kind: sandbox.FaultErrorBefore, Status: 404}}
				}
				return nil
			})
			s.manual().Advance(time.Minute)
			s.Work()
			if stands, _ := s.reason(id); stands != "FAILED SALE_GONE" {
				t.Fatal(stands)
			}
			before := missed.Load()
			s.act("retryExport", row{"orderId": id})
			s.Work()
			if stands, _ := s.reason(id); stands != "UNCONFIRMED POS_UNAVAILABLE" || missed.Load()-before > 3 {
				t.Errorf("%s after %d requests", stands, missed.Load()-before)
			}
			hook.Store(nil)
			s.manual().Advance(time.Hour)
			s.Work()
			s.sale(id)
		})
		run("another account is connected for a while", func(t *testing.T, s *webshop) {
			s.fault(sandbox.Fault{Kind: sandbox.FaultCutAfter, Method: "PUT", Path: "/Sale", Next: 20})
			id := s.sell(s.anOrder("elsewhere"))
			s.export(id)
			s.POS.ClearFaults()
			link := s.Client.LightspeedLink.Query().OnlyX(s.Ctx)
			s.Client.LightspeedLink.Update().SetAccountID("999999").ExecX(s.Ctx)
			s.manual().Advance(time.Minute)
			s.Work()
			if stands, _ := s.reason(id); stands != "FAILED OTHER_ACCOUNT" {
				t.Fatal(stands)
			}
			s.Client.LightspeedLink.Update().SetAccountID(link.AccountID).ExecX(s.Ctx)
			s.act("retryExport", row{"orderId": id})
			s.Work()
			s.sale(id)
		})
		run("connected again", func(t *testing.T, s *webshop) {
			s.manual().Advance(time.Minute) // the incidents of the parts before are over
			if err := s.Jobs.WatchIncidents(s.Ctx); err != nil {
				t.Fatal(err)
			}
			s.Account.RevokeConnections()
			id := s.sell(s.anOrder("again"))
			s.export(id)
			if alerts := s.alerts(); len(alerts) != 1 {
				t.Fatalf("alerts %v", alerts)
			}
			s.settings(row{"enabled": false}) // so that it does not go through, which would show that too
			s.Connect("admin")
			s.Work()
			if alerts := s.alerts(); len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "EXPORT_OFF" {
				t.Errorf("the connection is mended, and the alerts are %v", alerts)
			}
			s.settings(row{"enabled": true})
			s.Work()
			s.sale(id)
		})
	})
}
