package sandbox

import (
	"fmt"
	"slices"
)

// readPaymentOf reads one payment: a new one, or with a salePaymentID a change of one that the sale has.
func (a *Account) readPaymentOf(d *saleDraft, in payload) (paymentDraft, error) {
	var out paymentDraft
	p := &out.payment
	id, _, err := in.scalar("salePaymentID", kindInt)
	if err != nil {
		return out, err
	}
	if id.n != 0 {
		if id.n > int64(len(a.sales.payments)) || !slices.Contains(d.sale.payments, int32(id.n-1)) {
			return out, fmt.Errorf("salePaymentID %d is not of this sale", id.n)
		}
		out.row, out.old = int32(id.n-1), true
		*p = a.sales.payments[out.row]
	}
	for key, to := range map[string]*int64{"paymentTypeID": &p.kind, "registerID": &p.register, "employeeID": &p.employee} {
		v, sent, err := in.scalar(key, kindInt)
		if err != nil {
			return out, err
		}
		if sent {
			*to = v.n
		}
	}
	if text, sent := in.text("remoteReference"); sent {
		p.remote = text
	}
	amount, sent, err := in.scalar("amount", kindExact)
	switch {
	case err != nil:
		return out, err
	case !sent && !out.old:
		return out, fmt.Errorf("amount is missing")
	case sent:
		p.amount = amount.exact()
	}
	if !p.amount.Equal(p.amount.Round(2)) {
		return out, fmt.Errorf("amount %s is not in whole cents", p.amount)
	}
	return out, a.checkPayment(d, p)
}

func (a *Account) checkPayment(d *saleDraft, p *salePayment) error {
	t, ok := a.payType(p.kind)
	switch {
	case !ok:
		return fmt.Errorf("paymentTypeID %d does not exist", p.kind)
	case t.archived:
		return fmt.Errorf("payment type %s is archived", t.name)
	case t.requireCustomer && d.sale.customer == 0 && d.customer == nil:
		return fmt.Errorf("payment type %s requires a customer", t.name)
	case p.register < 0 || p.register > int64(len(a.registers)) || p.employee < 0 || p.employee > int64(len(a.employees)):
		return fmt.Errorf("registerID or employeeID does not exist")
	case p.amount.Abs().GreaterThan(maxAmount()):
		return fmt.Errorf("amount is out of range")
	}
	return nil
}
