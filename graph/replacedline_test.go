package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// soldLine is the order's one line of the platform.
func soldLine(quantity string, more row) []row {
	l := row{"key": "l", "productKey": "bell", "description": "Bell", "quantity": quantity, "unitPrice": "33.33", "discount": "1", "tax": "8"}
	for k, v := range more {
		l[k] = v
	}
	return []row{l}
}

// What the platform says of a line's goods is true of the line that replaces it with another quantity: who has handed them over, and what
// came back.
func TestPlatformKnowsTheReplacedLine(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		version := 0
		imported := func(lines []row) string {
			version++
			return s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", version), graphtest.With("lines", lines)))
		}
		id := imported(soldLine("2", nil))
		change := func(quantity string) {
			t.Helper()
			_, lines := standing(t, s, id)
			if _, found := s.Do("changeOrderLineQuantity", row{"orderId": id, "lineId": lines[0], "quantity": quantity}); len(found) > 0 {
				t.Fatal(found)
			}
		}
		want := func(what string, lines ...string) {
			t.Helper()
			got, _ := standing(t, s, id)
			if diff := cmp.Diff(append([]string{}, lines...), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		change("3")
		want("changed", "3 × 33.33 - 1.5 + 12, 0 by <nil>")
		imported(soldLine("2", row{"fulfilledQuantity": "1", "fulfilledBy": "SUPPLIER"}))
		want("handed over by the platform", "3 × 33.33 - 1.5 + 12, 1 by SUPPLIER")
		imported(soldLine("2", row{"fulfilledQuantity": "2", "fulfilledBy": "SUPPLIER", "refundedQuantity": "2"}))
		want("and come back", "3 × 33.33 - 1.5 + 12, 2 by SUPPLIER")
		held := func() (units int64) {
			for _, l := range s.Client.OrderLine.Query().AllX(s.Ctx) {
				units += l.HeldUnits
			}
			return units
		}
		if got := held(); got != 1 {
			t.Errorf("%d units are held once two of three came back, want 1", got)
		}
		// The platform drops the line, and sends it again: it stays replaced.
		imported([]row{})
		want("no longer sent", "3 × 33.33 - 1.5 + 12, 2 by SUPPLIER")
		imported(soldLine("2", nil))
		want("sent again", "3 × 33.33 - 1.5 + 12, 2 by SUPPLIER")
	})
}

// A line that was removed here stays removed when the platform drops it and sends it again, and a stated total is compared with what the
// platform still sends.
func TestRemovedLineStaysRemoved(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		helmet := row{"key": "h", "productKey": "bell", "description": "Helmet", "quantity": "1", "unitPrice": "10"}
		send := func(version int, total string, lines ...row) string {
			return s.Sell(graphtest.NewOrder("a", graphtest.With("sourceVersion", version), graphtest.With("total", total), graphtest.With("lines", lines)))
		}
		id := send(1, "109.99", helmet, soldLine("3", row{"discount": "0", "tax": "0"})[0])
		_, lines := standing(t, s, id)
		s.Must("removeOrderLine", row{"orderId": id, "lineId": lines[1]})
		for version, sent := range [][]row{{helmet}, {helmet, soldLine("3", row{"discount": "0", "tax": "0"})[0]}, {helmet}} {
			send(version+2, []string{"10", "109.99", "10"}[version], sent...)
			got, _ := standing(t, s, id)
			if diff := cmp.Diff([]string{"1 × 10 - 0 + 0, 0 by <nil>"}, got); diff != "" {
				t.Errorf("version %d (-want +got):\n%s", version+2, diff)
			}
			for _, b := range graphtest.At(t, s.Order(id), "exportBlockers").([]any) {
				if code := b.(map[string]any)["code"]; code == "TOTAL_MISMATCH" {
					t.Errorf("version %d: %v", version+2, b)
				}
			}
		}
	})
}

// A quantity that is changed there and back brings back the same amounts.
func TestQuantityThereAndBack(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("lines", soldLine("3", nil))))
		for _, step := range []struct {
			quantity string
			more     row
			want     string
		}{
			{"1", nil, "1 × 33.33 - 0.33 + 2.67"}, {"7", nil, "7 × 33.33 - 2.33 + 18.67"}, {"3", nil, "3 × 33.33 - 1 + 8"},
			{"2", row{"discount": "5"}, "2 × 33.33 - 5 + 5.33"}, {"4", nil, "4 × 33.33 - 10 + 10.67"}, // what was entered is the measure from then on
		} {
			_, lines := standing(t, s, id)
			in := row{"orderId": id, "lineId": lines[0], "quantity": step.quantity}
			for k, v := range step.more {
				in[k] = v
			}
			if _, found := s.Do("changeOrderLineQuantity", in); len(found) > 0 {
				t.Fatal(found)
			}
			if got, _ := standing(t, s, id); !cmp.Equal(got, []string{step.want + ", 0 by <nil>"}) {
				t.Errorf("%s: %v, want %s", step.quantity, got, step.want)
			}
		}
	})
}
