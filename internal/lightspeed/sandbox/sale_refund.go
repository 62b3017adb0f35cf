package sandbox

import (
	"errors"
	"fmt"
	"maps"

	"github.com/shopspring/decimal"
)

// refundSale is POST Sale/{id}/refund. It makes a completed sale with negative lines: those of the body, or else all that are
// not refunded yet. A payment without an amount pays everything back.
func refundSale(a *Account, row int, in payload) (int, *reply) {
	d, err := a.readRefund(row, in)
	if err != nil {
		return 0, saleError("Sale not refunded.", err)
	}
	made := a.addSale(d.sale)
	return made, a.apply(made, &d)
}

// readRefund checks a refund. It has the customer, employee, register and shop of the sale unless the body names others.
func (a *Account) readRefund(row int, in payload) (saleDraft, error) {
	old := &a.sales.list[row]
	if !old.completed || old.voided {
		return saleDraft{}, fmt.Errorf("only a completed sale can be refunded")
	}
	d := saleDraft{sale: sale{customer: old.customer, employee: old.employee, register: old.register, shop: old.shop,
		taxCategory: old.taxCategory}}
	if err := a.readSaleHeader(&d, in); err != nil {
		return d, err
	}
	if _, sent := in.text("completed"); !sent {
		d.complete = true
	}
	if err := a.checkRegister(&d.sale); err != nil {
		return d, err
	}
	var err error
	if d.lines, err = a.refundLines(old, in); err != nil {
		return d, err
	}
	d.payments, err = a.refundPayments(&d, in)
	return d, err
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
		if err != nil || n.n >= 0 || n.n < -maxQuantity {
			return nil, fmt.Errorf("unitQuantity of a refund must be negative, down to %d", -maxQuantity)
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

// refundPayments reads the payments of a refund. One without an amount is all that is left.
func (a *Account) refundPayments(d *saleDraft, in payload) ([]paymentDraft, error) {
	var rates taxRates
	if category, ok := a.tax.category(d.sale.taxCategory); ok {
		rates = category.rates
	}
	var totals []lineTotal
	for i := range d.lines {
		l := &d.lines[i].line
		totals = append(totals, totalLine(l.units, l.price, a.ratesOf(&d.sale, l)))
	}
	left := totalSale(totals, rates).total
	list, _ := in.list("SalePayments", "SalePayment")
	var out []paymentDraft
	for _, p := range list {
		if _, sent := p.text("amount"); !sent {
			p = maps.Clone(p)
			p["amount"] = left.String()
		}
		pay, err := a.readPaymentOf(d, p)
		if err != nil {
			return nil, err
		}
		left = left.Sub(pay.payment.amount)
		out = append(out, pay)
	}
	return out, nil
}

// RefundLine is part of a refund: so many units of a line of the sale.
type RefundLine struct {
	SaleLineID int64 `json:"saleLineID"`
	Units      int   `json:"units"`
}

// RefundSale refunds these lines of a completed sale, or all that is not refunded yet. The money goes back by this payment type.
// It returns the id of the refund, which is another sale. Stamps: the refund; ItemShop of the shop and of all shops; not the sale,
// not Item.
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

// GivenLine is part of an exchange: so many units of an item.
type GivenLine struct {
	ItemID int64
	Units  int
	Price  decimal.Decimal
	Taxed  bool
}

// ExchangeSale takes lines of a completed sale back and sells others in their place, by one sale at the same register. The difference is
// paid, or paid back, by this payment type. It returns the id of the new sale. Stamps: as RefundSale.
func (a *Account) ExchangeSale(saleID, paymentTypeID int64, back []RefundLine, given ...GivenLine) (int64, error) {
	made, err := a.openExchange(saleID, back, given)
	if err != nil {
		return 0, fmt.Errorf("exchange of sale %d: %w", saleID, err)
	}
	return made, a.CompleteSale(made, paymentTypeID)
}

func (a *Account) openExchange(saleID int64, back []RefundLine, given []GivenLine) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	row, err := a.locateSale(saleID)
	if err != nil {
		return 0, err
	}
	number := func(n int64) string { return decimal.NewFromInt(n).String() }
	var lines []any
	for _, l := range back {
		if l.SaleLineID < 1 || l.SaleLineID > int64(len(a.sales.lines)) {
			return 0, fmt.Errorf("line %d: %w", l.SaleLineID, ErrNoRecord)
		}
		old := a.sales.lines[l.SaleLineID-1]
		lines = append(lines, map[string]any{"parentSaleLineID": number(l.SaleLineID), "itemID": number(old.item),
			"unitQuantity": number(int64(-l.Units)), "unitPrice": old.price.String(), "tax": fmt.Sprint(old.taxed)})
	}
	for _, l := range given {
		lines = append(lines, map[string]any{"itemID": number(l.ItemID), "unitQuantity": number(int64(l.Units)), "unitPrice": l.Price.String(),
			"tax": fmt.Sprint(l.Taxed)})
	}
	old := a.sales.list[row]
	made, rep := createSale(a, payload{"employeeID": number(old.employee), "registerID": number(old.register), "shopID": number(old.shop), "SaleLines": lines})
	if rep != nil {
		return 0, errors.New(rep.message)
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
