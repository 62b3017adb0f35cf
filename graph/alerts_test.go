package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/message"
	"possync/internal/records/orderbook"
)

// B8, D25: an alert can be dismissed with a reason. It stays dismissed while the same goes on, and is there again when it says something
// else, or when its cause has ended and occurs again.
func TestDismissAlert(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		raise := func(text string) {
			err := orderbook.Raise(s.Ctx, s.Client, orderbook.Alert{Cause: "x", Code: "SECOND_SALE", Message: message.Plain(text)}, s.API.Clock.Now())
			if err != nil {
				t.Fatal(err)
			}
		}
		resolve := func() {
			if err := orderbook.Resolve(s.Ctx, s.Client, "x", s.API.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		open := func() []any {
			return graphtest.At(t, s.Staff.Tree("{ alerts { id count dismissedAt } }", nil), "alerts").([]any)
		}
		dismiss := func(id, reason any) (any, []string) {
			const mutation = `mutation($in: DismissAlertInput!) { dismissAlert(input: $in) {
				alert { id count dismissedAt dismissedBy dismissReason } userErrors { code field message } } }`
			in := row{"in": row{"alertId": id, "reason": reason}}
			return graphtest.At(t, s.Staff.Tree(mutation, in), "dismissAlert.alert"), s.Staff.UserErrors(mutation, in, "dismissAlert")
		}
		raise("Twice.")
		id := graphtest.At(t, open(), "0.id")
		if _, found := dismiss(id, " "); !cmp.Equal(found, []string{"INVALID reason"}) || len(open()) != 1 {
			t.Errorf("without a reason: %v", found)
		}
		if _, found := dismiss("alr_x", "Known."); !cmp.Equal(found, []string{"NOT_FOUND alertId"}) {
			t.Errorf("an alert that is not there: %v", found)
		}
		got, found := dismiss(id, "The customer keeps both.")
		if len(found) != 0 || graphtest.At(t, got, "dismissedBy") != "ann" || graphtest.At(t, got, "dismissReason") != "The customer keeps both." {
			t.Errorf("dismissed: %v %v", got, found)
		}
		if left := open(); len(left) != 0 {
			t.Errorf("dismissed, it is still shown: %v", left)
		}
		raise("Twice.")
		if left := open(); len(left) != 0 {
			t.Errorf("the same goes on, and it is shown again: %v", left)
		}
		again := func(when string) {
			t.Helper()
			if got := open(); len(got) != 1 || graphtest.At(t, got, "0.id") != id || graphtest.At(t, got, "0.dismissedAt") != nil {
				t.Errorf("%s: %v", when, got)
			}
		}
		raise("Three times.")
		again("with another cause")
		if _, found := dismiss(id, "Known."); len(found) != 0 {
			t.Errorf("dismissed again: %v", found)
		}
		resolve()
		raise("Three times.")
		again("after its cause ended and occurred again")
		resolve()
		if _, found := dismiss(id, "Known."); !cmp.Equal(found, []string{"ALREADY_FINISHED alertId"}) {
			t.Errorf("a resolved alert: %v", found)
		}
	})
}
