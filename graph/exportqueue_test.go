package graph_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent/orderexport"
	"possync/graph/graphtest"
	"possync/internal/retail"
)

// An export that waits says its place in its queue and about how long it takes. One that waits for somebody, or is done, says neither.
func TestPlaceInTheQueue(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		ids := map[string]string{}
		for _, key := range []string{"a", "b", "c", "d", "elsewhere"} {
			ids[key] = s.Sell(graphtest.NewOrder(key))
			s.Must("exportOrder", row{"orderId": ids[key]})
		}
		s.Client.OrderExport.Update().Where(orderexport.OrderID(ids["elsewhere"])).SetRegister(99).ExecX(s.Ctx)
		check := func(when string, want map[string]row) {
			t.Helper()
			got := map[string]row{}
			for key := range ids {
				got[key] = graphtest.At(t, s.Staff.Tree(`query($key: String!) { order(key: $key) { export { queuePlace expectedSeconds } } }`, row{"key": key}), "order.export").(row)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		place := func(place, seconds any) row { return row{"queuePlace": place, "expectedSeconds": seconds} }
		check("before the first was done", map[string]row{
			"a": place(1.0, nil), "b": place(2.0, nil), "c": place(3.0, nil), "d": place(4.0, nil), "elsewhere": place(1.0, nil),
		})
		s.API.Clock.Advance(7 * time.Second)
		s.CompleteExport(ids["a"])
		s.Client.OrderExport.Update().Where(orderexport.OrderID(ids["b"])).SetState(retail.ExportBlocked).ExecX(s.Ctx)
		check("after the first was done, and the second is blocked", map[string]row{
			"a": place(nil, nil), "b": place(nil, nil), "c": place(1.0, 7.0), "d": place(2.0, 14.0), "elsewhere": place(1.0, 7.0),
		})
	})
}
