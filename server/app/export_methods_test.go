package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
)

// methods lists the payment methods as "method = payment type, by whom".
func (s *webshop) methods() (list []string) {
	s.t.Helper()
	tree := s.staff.Tree("{ paymentMethodMappings { method paymentType { name } changedBy revision } }", nil)
	for _, m := range graphtest.At(s.t, tree, "paymentMethodMappings").([]any) {
		list = append(list, fmt.Sprintf("%v = %v, by %v", graphtest.At(s.t, m, "method"), graphtest.At(s.t, m, "paymentType.name"), graphtest.At(s.t, m, "changedBy")))
	}
	return list
}

// paymentType is the id in the API of a payment type of the POS.
func (s *webshop) paymentType(number int64) string {
	s.t.Helper()
	for _, p := range s.Client.PaymentType.Query().AllX(s.Ctx) {
		if p.LightspeedID == number {
			return p.ID
		}
	}
	s.t.Fatalf("no payment type %d", number)
	return ""
}

// R52, R53: a payment method is mapped to the payment type of its name when it is first used, and a person can point it at another
// one.
func TestPaymentMethodMappings(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		id, first := s.sold(s.anOrder("first"))
		if diff := cmp.Diff([]string{"Stripe = Stripe, by <nil>"}, s.methods()); diff != "" {
			t.Errorf("after the first order (-want +got):\n%s", diff)
		}
		second := must(s.Account.AddPaymentType("Stripe EU"))(t)
		s.FullSync()
		s.act("setPaymentMethodMapping", row{"method": " stripe", "paymentTypeId": s.paymentType(second), "expectedRevision": 1})
		_, sale := s.sold(s.anOrder("second"))
		if got := s.payments(sale); !cmp.Equal(got, []string{"Stripe EU 108.25"}) {
			t.Errorf("after the change it is paid by %v", got)
		}
		if diff := cmp.Diff([]string{"Stripe = Stripe EU, by ann"}, s.methods()); diff != "" {
			t.Errorf("after the change (-want +got):\n%s", diff)
		}
		if alerts := s.alerts(); len(alerts) != 0 {
			t.Errorf("what was chosen is no renaming: %v", alerts)
		}
		if diff := cmp.Diff(first, s.sale(id)); diff != "" {
			t.Errorf("the first sale changed:\n%s", diff)
		}
		// What an earlier version remembers of a method still holds.
		s.Client.PosClaim.Create().SetKind("PAYMENT_TYPE").SetKey("straße pay").SetLightspeedID(s.stripe).ExecX(s.Ctx)
		_, sale = s.sold(s.anOrder("third", with("payments", []row{paid("p", "Straße Pay", "108.25")})))
		if sale.Payments[0].PaymentTypeID != s.stripe {
			t.Errorf("remembered from before, it is paid by %v", s.payments(sale))
		}
	})
}

// Names of payment methods and types are compared whatever their case, white space and Unicode form.
func TestPaymentMethodNames(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		apple := must(s.Account.AddPaymentType("Apple\u00a0Pay"))(t)
		s.FullSync()
		before := len(s.Account.Truth().PaymentTypes)
		for i, method := range []string{"apple pay", " APPLE  PAY ", "Ａｐｐｌｅ Pay"} {
			_, sale := s.sold(s.anOrder(fmt.Sprint("apple-", i), with("payments", []row{paid("p", method, "108.25")})))
			if sale.Payments[0].PaymentTypeID != apple {
				t.Errorf("%q is paid by %v", method, s.payments(sale))
			}
		}
		split := with("payments", []row{paid("p", "Zip Pay", "100"), paid("q", "ZIP  pay", "8.25")})
		if _, sale := s.sold(s.anOrder("zip", split)); !cmp.Equal(s.payments(sale), []string{"Zip Pay 108.25"}) {
			t.Errorf("one method in two spellings: %v", s.payments(sale))
		}
		if n := len(s.Account.Truth().PaymentTypes); n != before+1 {
			t.Errorf("%d new payment types", n-before)
		}
	})
}

// D14: an archived payment type is reported and never doubled; another one can be chosen for its method.
func TestArchivedPaymentTypeIsNotDoubled(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		affirm := must(s.Account.AddPaymentType("Affirm"))(t)
		if err := s.Account.ArchivePaymentType(affirm); err != nil {
			t.Fatal(err)
		}
		before := len(s.Account.Truth().PaymentTypes)
		order := s.sell(s.anOrder("affirm", with("payments", []row{paid("p", "AFFIRM", "108.25")})))
		s.export(order) // the list that was read last does not have it yet
		if got, message := s.reason(order); got != "BLOCKED PAYMENT_TYPE_ARCHIVED" || !strings.Contains(message, "AFFIRM") {
			t.Errorf("before the list was read: %s %s", got, message)
		}
		if got := graphtest.Codes(t, s.order(order)["exportBlockers"]); !cmp.Equal(got, []string{"PAYMENT_TYPE_ARCHIVED"}) {
			t.Errorf("before the list was read: %v", got)
		}
		s.FullSync()
		if got := graphtest.Codes(t, s.order(order)["exportBlockers"]); !cmp.Equal(got, []string{"PAYMENT_TYPE_ARCHIVED"}) {
			t.Errorf("after the list was read: %v", got)
		}
		if n := len(s.Account.Truth().PaymentTypes); n != before {
			t.Errorf("%d new payment types", n-before)
		}
		s.act("setPaymentMethodMapping", row{"method": "Affirm", "paymentTypeId": s.paymentType(s.stripe)})
		s.Work()
		if got := s.payments(s.sale(order)); !cmp.Equal(got, []string{"Stripe 108.25"}) {
			t.Errorf("with another type it is paid by %v", got)
		}
	})
}

// R53: what an earlier version booked a method as stays, although a type of the method's name is archived by now. A person can choose
// another one where it is archived itself.
func TestUpgradeKeepsUsedPaymentTypes(t *testing.T) {
	t.Parallel()
	eachWebshop(t, func(t *testing.T, s *webshop) {
		old := must(s.Account.AddPaymentType("COD"))(t)
		for _, err := range []error{
			s.Account.RenamePaymentType(s.stripe, "Stripe-Ikeono"),
			s.Account.ArchivePaymentType(must(s.Account.AddPaymentType("Stripe"))(t)),
			s.Account.ArchivePaymentType(old),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for key, id := range map[string]int64{"stripe": s.stripe, "straße on delivery": old} {
			s.Client.PosClaim.Create().SetKind("PAYMENT_TYPE").SetKey(key).SetLightspeedID(id).ExecX(s.Ctx)
		}
		s.FullSync()
		id := s.sell(s.anOrder("renamed"))
		if blockers := s.order(id)["exportBlockers"].([]any); len(blockers) != 0 {
			t.Errorf("blockers %v", blockers)
		}
		s.export(id)
		if got := s.payments(s.sale(id)); !cmp.Equal(got, []string{"Stripe-Ikeono 108.25"}) {
			t.Errorf("it is paid by %v", got)
		}
		if diff := cmp.Diff([]string{"Stripe = Stripe-Ikeono, by <nil>"}, s.methods()); diff != "" {
			t.Errorf("methods (-want +got):\n%s", diff)
		}
		id = s.sell(s.anOrder("archived", with("payments", []row{paid("p", "STRASSE on delivery", "108.25")})))
		want := []any{row{"code": "PAYMENT_TYPE_ARCHIVED", "message": `The order was paid by "STRASSE on delivery". Such payments are booked as the payment type "COD", which is archived in Lightspeed.`}}
		if diff := cmp.Diff(want, s.order(id)["exportBlockers"]); diff != "" {
			t.Errorf("blockers (-want +got):\n%s", diff)
		}
		if got := s.setupIssues(); !cmp.Equal(got, []string{"PAYMENT_TYPE_ARCHIVED"}) {
			t.Errorf("issues %v", got)
		}
		s.act("setPaymentMethodMapping", row{"method": "Straße on delivery", "paymentTypeId": s.paymentType(s.stripe)})
		if got := s.setupIssues(); len(got) != 0 {
			t.Errorf("with another type there are the issues %v", got)
		}
		s.export(id)
		if got := s.payments(s.sale(id)); !cmp.Equal(got, []string{"Stripe-Ikeono 108.25"}) {
			t.Errorf("with another type it is paid by %v", got)
		}
	})
}
