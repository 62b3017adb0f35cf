package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
)

// What cannot be chosen for a payment method is refused, all at once.
func TestSetPaymentMethodMapping(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		stripe := s.Client.PaymentType.Create().SetLightspeedID(9).SetName("Stripe").SetKind("user defined").SaveX(s.Ctx)
		gone := s.Client.PaymentType.Create().SetLightspeedID(10).SetName("Old").SetKind("user defined").SetArchived(true).SaveX(s.Ctx)
		card := s.Client.PaymentType.Create().SetLightspeedID(11).SetName("Gift Card").SetKind("gift card").SaveX(s.Ctx)
		const mutation = `mutation($in: SetPaymentMethodMappingInput!) { setPaymentMethodMapping(input: $in) {
			paymentMethodMapping { method revision } userErrors { code field message } } }`
		for _, tt := range []struct {
			in   row
			want []string
		}{
			{row{"method": " ", "paymentTypeId": "pay_x"}, []string{"INVALID method", "NOT_FOUND paymentTypeId"}},
			{row{"method": "Stripe", "paymentTypeId": gone.ID}, []string{"ARCHIVED paymentTypeId"}},
			{row{"method": "Gift Card", "paymentTypeId": card.ID}, []string{"INVALID paymentTypeId"}},
			{row{"method": "Stripe", "paymentTypeId": stripe.ID, "expectedRevision": 1}, []string{"STALE_REVISION expectedRevision"}},
			{row{"method": "Stripe", "paymentTypeId": stripe.ID}, []string{}},
			{row{"method": "STRIPE", "paymentTypeId": stripe.ID, "expectedRevision": 1}, []string{}},
			{row{"method": "STRIPE", "paymentTypeId": stripe.ID, "expectedRevision": 2}, []string{"STALE_REVISION expectedRevision"}},
		} {
			got := s.Staff.UserErrors(mutation, row{"in": tt.in}, "setPaymentMethodMapping")
			if diff := cmp.Diff(tt.want, append([]string{}, got...)); diff != "" {
				t.Errorf("%v (-want +got):\n%s", tt.in, diff)
			}
		}
		tree := s.Staff.Tree("{ paymentMethodMappings { method paymentType { id } changedBy revision } }", nil)
		want := []any{row{"method": "Stripe", "paymentType": row{"id": stripe.ID}, "changedBy": "ann", "revision": float64(1)}}
		if diff := cmp.Diff(any(want), graphtest.At(t, tree, "paymentMethodMappings")); diff != "" {
			t.Errorf("mappings (-want +got):\n%s", diff)
		}
		changes := s.Staff.Tree("{ settingChanges { edges { node { field before after } } } }", nil)
		if got := graphtest.At(t, changes, "settingChanges.edges.0.node"); !cmp.Equal(got, any(row{"field": "Payment method Stripe", "before": "none", "after": "Stripe"})) {
			t.Errorf("recorded %v", got)
		}
	})
}
