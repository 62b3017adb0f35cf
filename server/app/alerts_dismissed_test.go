package app_test

import (
	"testing"
	"time"

	posregister "possync/ent/register"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// B8, D25: an alert that was dismissed with a reason comes back when its cause does, not when something else is changed, or the same is
// found again.
func TestDismissedAlertStaysDismissed(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		archive := func(archived bool) {
			s.Client.Register.Update().Where(posregister.LightspeedID(1)).SetArchived(archived).ExecX(s.Ctx) // as a sync would find
		}
		blocked := func(key string) string {
			id := s.sell(s.anOrder(key))
			s.act("exportOrder", row{"orderId": id})
			archive(true)
			s.Work()
			return id
		}
		first := blocked("first")
		alerts := s.staff.Tree("{ alerts { id code } }", nil)
		if code := graphtest.At(t, alerts, "alerts.0.code"); code != "REGISTER_GONE" {
			t.Fatalf("alert %v", code)
		}
		s.act("dismissAlert", row{"alertId": graphtest.At(t, alerts, "alerts.0.id"), "reason": "The new till comes on Monday."})
		stays := func(when string) {
			t.Helper()
			if stands, _ := s.reason(first); stands != "BLOCKED REGISTER_GONE" || len(s.alerts()) != 0 {
				t.Errorf("%s: %s, alerts %v", when, stands, s.alerts())
			}
		}
		stays("dismissed")
		s.manual().Advance(5 * time.Minute) // short of the next look at the registers
		s.Work()
		stays("tried again")
		s.settings(row{"whenFulfilled": true})
		s.Work()
		stays("another setting was changed")
		archive(false)
		s.settings(row{"whenFulfilled": false})
		s.Work()
		s.sale(first)
		blocked("second")
		if alerts := s.alerts(); len(alerts) != 1 || graphtest.At(t, alerts, "0.code") != "REGISTER_GONE" {
			t.Errorf("it happened again, and the alerts are %v", alerts)
		}
	})
}
