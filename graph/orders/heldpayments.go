package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent/orderpayment"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/jsonrow"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// spelling is a payment method as payments have it.
type spelling struct {
	Method  string `sql:"method"`
	Offline bool   `sql:"offline"`
}

// spellings are those of methods, by the method's key.
type spellings map[string][]spelling

// heldByPayment finds the orders with payments that Lightspeed would refuse, or is nil if there are none.
func heldByPayment(ctx context.Context, settings orderbook.Settings, codes []retail.BlockerCode) (predicate.WebOrder, error) {
	asked := func(code retail.BlockerCode) bool { return slices.Contains(codes, code) }
	if !asked(retail.BlockerPaymentType) && !asked(retail.BlockerCustomerRequired) || !settings.PaymentsMayBlock() {
		return nil, nil
	}
	used, err := orderbook.LoadUsedTypes(ctx, unitofwork.Client(ctx))
	if err != nil {
		return nil, err
	}
	methods, err := openMethods(ctx)
	if err != nil {
		return nil, err
	}
	refused, needing := spellings{}, spellings{}
	for _, m := range methods {
		name := retail.OrderPayment{Method: m.Method, Offline: m.Offline}.SaleMethod()
		key := retail.MethodKey(name)
		switch code := settings.Refusal(name, used, false); {
		case !asked(code):
		case code == retail.BlockerPaymentType:
			refused[key] = append(refused[key], m)
		case code == retail.BlockerCustomerRequired:
			needing[key] = append(needing[key], m)
		}
	}
	var any []predicate.WebOrder
	if len(refused) > 0 {
		any = append(any, paidBy(refused))
	}
	if len(needing) > 0 {
		any = append(any, weborder.And(anonymous, paidBy(needing)))
	}
	if len(any) == 0 {
		return nil, nil
	}
	return weborder.Or(any...), nil
}

// openMethods returns the methods of the payments of orders that are not exported yet.
func openMethods(ctx context.Context) (methods []spelling, err error) {
	site, err := sitedata.Site(ctx)
	if err != nil || site == nil {
		return nil, err
	}
	ofOpen := func(s *sql.Selector) {
		o := sql.Dialect(s.Dialect()).Table(weborder.Table).As("open_order")
		states := make([]any, len(open))
		for i, state := range open {
			states[i] = string(state)
		}
		orders := sql.Dialect(s.Dialect()).Select(o.C(weborder.FieldID)).From(o).
			Where(sql.And(sql.EQ(o.C(weborder.FieldSiteID), site.ID), sql.In(o.C(weborder.FieldExportState), states...)))
		s.Where(sql.P(func(b *sql.Builder) { b.Join(jsonrow.Among(s.C(orderpayment.FieldOrderID), orders)) }))
	}
	err = unitofwork.Client(ctx).OrderPayment.Query().Unique(true).Where(orderpayment.StateEQ(retail.PaymentCaptured), ofOpen).
		Select(orderpayment.FieldMethod, orderpayment.FieldOffline).Scan(ctx, &methods)
	if err != nil {
		return nil, fmt.Errorf("read how open orders were paid: %w", err)
	}
	return methods, nil
}

// paidBy finds the orders of which anything was collected by one of the methods, and not all of it refunded: see [retail.Order.Methods].
func paidBy(methods spellings) predicate.WebOrder {
	keys := slices.Sorted(maps.Keys(methods))
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("EXISTS (SELECT 1 FROM (SELECT CASE")
			for i, key := range keys {
				for _, m := range methods[key] {
					offline := map[bool]string{true: "p.offline", false: "NOT p.offline"}[m.Offline]
					b.WriteString(" WHEN p.method = ").Arg(m.Method).WriteString(fmt.Sprintf(" AND %s THEN %d", offline, i))
				}
			}
			b.WriteString(" END AS method, p.amount - p.refunded AS collected FROM ").Ident(orderpayment.Table).
				WriteString(" AS p WHERE p.site_id = ").Ident(s.C(weborder.FieldSiteID)).WriteString(" AND p.order_id = ").Ident(s.C(weborder.FieldID)).
				WriteString(" AND p.state = ").Arg(string(retail.PaymentCaptured)).
				WriteString(") AS paid WHERE paid.method IS NOT NULL GROUP BY paid.method HAVING SUM(paid.collected) <> 0)")
		}))
	}
}

// anonymous finds the orders of which no customer can be made: see [retail.Customer.ForPOS].
func anonymous(s *sql.Selector) {
	s.Where(sql.P(func(b *sql.Builder) {
		for i, field := range []string{"email", "firstName", "lastName", "company", "phone"} {
			if i > 0 {
				b.WriteString(" AND ")
			}
			b.WriteString("COALESCE(").Ident(s.C(weborder.FieldCustomer)).WriteString(" ->> '" + field + "', '') = ''")
		}
	}))
}
