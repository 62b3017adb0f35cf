package sandbox

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// refundSale is POST Sale/{id}/refund: a new completed sale with negative lines. Without lines in the body it takes
// back all that is left to be refunded; a payment without an amount pays the whole back.
func refundSale(a *Account, row int, in payload) (int, *reply) {
	made, err := a.refund(row, in)
	if err != nil {
		return 0, saleError("Sale not refunded.", err)
	}
	d := saleDraft{sale: a.sales.list[made], complete: true}
	if v, sent, err := in.scalar("completed", kindBool); err == nil && sent {
		d.complete = v.n != 0
	}
	if d.payments, err = a.refundPayments(made, in); err != nil {
		a.sales.list[made].archived = true
		return 0, saleError("Sale not refunded.", err)
	}
	return made, a.apply(made, &d)
}

// refund stores an open sale that takes lines of another one back.
func (a *Account) refund(row int, in payload) (int, error) {
	old := a.sales.list[row]
	if !old.completed || old.voided {
		return 0, fmt.Errorf("only a completed sale can be refunded")
	}
	d := saleDraft{sale: sale{customer: old.customer, employee: old.employee, register: old.register, shop: old.shop,
		taxCategory: old.taxCategory}}
	if err := a.readSaleHeader(&d, in); err != nil {
		return 0, err
	}
	if err := a.checkTill(&d.sale); err != nil {
		return 0, err
	}
	lines, err := a.refundLines(&old, in)
	if err != nil {
		return 0, err
	}
	made := a.addSale(d.sale)
	for _, l := range lines {
		a.putLine(made, l)
	}
	a.recount(made)
	a.stampSale(made)
	return made, nil
}

func (a *Account) refundLines(old *sale, in payload) ([]lineDraft, error) {
	units := map[int64]int64{} // by parent
	list, some := in.list("SaleLines", "SaleLine")
	for _, p := range list {
		parent, _, err := p.scalar("parentSaleLineID", kindInt)
		if err != nil {
			return nil, err
		}
		n, _, err := p.scalar("unitQuantity", kindInt)
		if err != nil || n.n >= 0 {
			return nil, fmt.Errorf("unitQuantity of a refund must be negative")
		}
		units[parent.n] += n.n
	}
	var out []lineDraft
	for _, at := range old.lines {
		id, l := int64(at)+1, a.sales.lines[at]
		left := a.refundable(id, nil)
		n := -left
		if some {
			n = units[id]
			delete(units, id)
		}
		if -n > left {
			return nil, fmt.Errorf("only %d units of saleLineID %d can be refunded", left, id)
		}
		if n == 0 {
			continue
		}
		out = append(out, lineDraft{line: saleLine{item: l.item, taxClass: l.taxClass, parent: id, units: n,
			price: l.price, taxed: l.taxed, note: l.note, public: l.public}})
	}
	for id := range units {
		return nil, fmt.Errorf("parentSaleLineID %d is not of this sale", id)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is nothing left to refund")
	}
	return out, nil
}

// refundPayments reads the payments of a refund; the first one without an amount takes what is left.
func (a *Account) refundPayments(made int, in payload) ([]paymentDraft, error) {
	list, _ := in.list("SalePayments", "SalePayment")
	left := a.sales.list[made].total.total
	d := saleDraft{sale: a.sales.list[made]}
	var out []paymentDraft
	for _, p := range list {
		if _, sent := p.text("amount"); !sent {
			p = payload{"paymentTypeID": p["paymentTypeID"], "amount": left.String()}
		}
		pay, err := a.readPaymentOf(&d, p)
		if err != nil {
			return nil, err
		}
		left = left.Sub(pay.payment.amount)
		out = append(out, pay)
	}
	return out, nil
}

// RefundLine is a part of a refund: units of a line of the sale.
type RefundLine struct {
	SaleLineID int64 `json:"saleLineID"`
	Units      int   `json:"units"`
}

// RefundSale takes a completed sale back at the till: all that is left of it, or the lines named. The money goes back
// by the payment type given. It returns the id of the refund, a sale of its own. Stamps: the refund; ItemShop of the
// shop and of all shops; not the sale, not Item.
func (a *Account) RefundSale(saleID, paymentTypeID int64, lines ...RefundLine) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locateSale(saleID)
	if err != nil {
		return 0, fmt.Errorf("refund: %w", err)
	}
	in := payload{}
	if len(lines) > 0 {
		var list []any
		for _, l := range lines {
			list = append(list, map[string]any{"parentSaleLineID": decimal.NewFromInt(l.SaleLineID).String(),
				"unitQuantity": decimal.NewFromInt(int64(-l.Units)).String()})
		}
		in["SaleLines"] = list
	}
	in["SalePayments"] = []any{map[string]any{"paymentTypeID": decimal.NewFromInt(paymentTypeID).String()}}
	made, rep := refundSale(a, row, in)
	if rep != nil {
		return 0, fmt.Errorf("refund sale %d: %s", saleID, rep.message)
	}
	return int64(made) + 1, nil
}

// locateSale finds a sale by id. The caller holds the lock.
func (a *Account) locateSale(id int64) (int, error) {
	if id < 1 || id > int64(len(a.sales.list)) {
		return 0, fmt.Errorf("sale %d: %w", id, ErrNoRecord)
	}
	return int(id - 1), nil
}
