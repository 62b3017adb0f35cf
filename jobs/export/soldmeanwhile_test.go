package export_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent/orderline"
	"possync/internal/lightspeed/sandbox"
)

// Orders are exported while a sync reads the stock: one while it reads what has changed, and one while it asks for what the first has sold.
// What these have left cannot be read by the exports. Another sync follows at once, although the clock of the process that exported the last of
// them is ahead.
func TestSoldWhileASyncReadsWhatWasSold(t *testing.T) {
	t.Parallel()
	run(t, func(t *testing.T, s *shop) {
		w, unreadable, sold := s.worker(), false, 0
		sell := func() {
			unreadable = true
			s.Enqueue(s.newOrder(basket))
			w.work()
			unreadable = false
			sold++
		}
		s.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if unreadable && strings.HasSuffix(r.URL.Path, "/ItemShop.json") {
				return []sandbox.Fault{{Kind: sandbox.FaultMissingField, Field: "qoh"}}
			}
			return nil
		}
		s.POS.OnRequest = func(r *http.Request) {
			if unreadable || !strings.HasSuffix(r.URL.Path, "/ItemShop.json") {
				return
			}
			byID := r.URL.Query().Has("itemID")
			if sold == 1 && !byID || sold == 2 && byID {
				sell()
				s.Client.SyncState.Update().SetNextRunAt(s.Clock.Now().Add(time.Second)).ExecX(s.Ctx) // by that process
			}
		}
		sell()
		s.Work()
		if sold != 3 {
			t.Fatalf("%d orders were exported, want one while the sync asks for what was sold", sold)
		}
		for _, l := range s.Client.OrderLine.Query().Where(orderline.HeldUnitsGT(0)).AllX(s.Ctx) {
			t.Errorf("line %s still holds %d units", l.ID, l.HeldUnits)
		}
	})
}
