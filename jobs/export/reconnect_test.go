package export_test

import (
	"testing"
	"time"

	"possync/ent/alert"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// While Lightspeed rejects the connection, however long, its orders wait and one alert says so; once a user has connected
// again, all of them go at once.
func TestConnectAgain(t *testing.T) {
	busy().Run(t, func(t *testing.T, w *jobstest.Fixture) {
		t.Parallel()
		s := jobstest.TakeOrders(w, retail.TaxAsLine, 5)
		s.Account.RevokeConnections()
		s.Place(20, nil)
		for range 10 {
			s.Work()
			s.Clock.Advance(30 * time.Minute)
		}
		alerts := s.Client.Alert.Query().Where(alert.ResolvedAtIsNil()).AllX(s.Ctx)
		if states := s.States(); states[retail.ExportBlocked] != 20 || len(alerts) != 1 {
			t.Errorf("without a connection the exports are %v, the alerts %v", states, alerts)
		}
		s.Connect("admin")
		s.Work()
		if n := s.Client.Alert.Query().Where(alert.ResolvedAtIsNil()).CountX(s.Ctx); n != 0 {
			t.Errorf("connected again, %d alerts stand", n)
		}
		if states := s.States(); states[retail.ExportExported] != 20 {
			t.Fatalf("connected again, the exports are %v", states)
		}
		s.Audit()
	})
}
