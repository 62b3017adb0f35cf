package sandbox

import (
	"cmp"
	"fmt"
)

// createSale is POST Sale. A sale that cannot be completed because it does not balance is stored all the same, open. The error
// has its id.
func createSale(a *Account, in payload) (int, *reply) {
	var s sale
	if v, ok, err := in.scalar("shopID", kindInt); err == nil && ok && v.n >= 1 && v.n <= int64(len(a.shops)) {
		s.taxCategory = a.shops[v.n-1].taxCategory
	}
	v, _, err := in.scalar("enablePromotions", kindBool)
	if err != nil {
		return 0, saleError("Sale not created.", err)
	}
	s.promotions = v.n != 0
	d, err := a.readSale(s, in)
	if err != nil {
		return 0, saleError("Sale not created.", err)
	}
	row := a.addSale(d.sale)
	return row, a.apply(row, &d)
}

// updateSale is PUT Sale. Lines and payments without an id are added to those that are there.
func updateSale(a *Account, row int, in payload) *reply {
	const failure = "Sale not updated."
	s := a.sales.list[row]
	if s.archived && !a.srv.ReviveArchivedSales {
		return saleError(failure, fmt.Errorf("an archived sale cannot be changed"))
	}
	s.archived = false
	d, err := a.readSale(s, in)
	if err == nil && s.completed {
		err = a.checkCompleted(&s, &d)
	}
	if err != nil {
		return saleError(failure, err)
	}
	if keys := in.keys(); s.completed && len(keys) == 1 && keys[0] == "completed" {
		return nil // it is completed already
	}
	a.sales.list[row] = d.sale
	a.indexSale(row)
	return a.apply(row, &d)
}

// checkCompleted refuses what cannot be changed in a completed sale.
func (a *Account) checkCompleted(old *sale, d *saleDraft) error {
	changed := false
	for _, p := range d.payments {
		changed = changed || p.old
	}
	switch {
	case len(d.lines) > 0:
		return fmt.Errorf("the lines of a completed sale cannot be changed")
	case changed:
		return fmt.Errorf("the payments of a completed sale cannot be changed")
	case len(d.payments) > 0 && a.srv.RefuseLatePayments:
		return fmt.Errorf("a completed sale takes no payments")
	case d.sale.shop != old.shop || d.sale.taxCategory != old.taxCategory:
		return fmt.Errorf("shop and tax of a completed sale cannot be changed")
	}
	return nil
}

// removeSale is DELETE Sale, which archives a sale that is open.
func removeSale(a *Account, row int) *reply {
	s := &a.sales.list[row]
	if s.completed {
		return saleError("Sale not archived.", fmt.Errorf("a completed sale cannot be archived"))
	}
	if !s.archived {
		s.archived = true
		a.stampSale(row)
	}
	return nil
}

func saleError(failure string, err error) *reply {
	return badRequest(failure + " " + err.Error() + ".")
}

// apply stores a draft, and completes the sale if the draft says so.
func (a *Account) apply(row int, d *saleDraft) *reply {
	s := &a.sales.list[row]
	if d.customer != nil {
		s.customer = int64(a.addCustomer(*d.customer)) + 1
	}
	for _, l := range d.lines {
		a.putLine(row, l)
	}
	before := len(s.payments)
	for _, p := range d.payments {
		a.putPayment(row, p)
	}
	a.recount(row)
	a.stampSale(row)
	if !d.complete {
		return nil
	}
	if why := a.settleCash(row); why != "" {
		rep := a.outOfBalance(row, why)
		if !a.srv.KeepFailedPayments {
			a.sales.payments = a.sales.payments[:len(a.sales.payments)-(len(s.payments)-before)]
			s.payments = s.payments[:before]
			a.recount(row)
		}
		return rep
	}
	a.complete(row, d.at)
	return nil
}

// putLine stores a new line or a changed one.
func (a *Account) putLine(row int, d lineDraft) {
	s, now := &a.sales.list[row], a.now()
	d.line.stamp = now
	if d.old {
		a.sales.lines[d.row] = d.line
		return
	}
	d.line.created, d.line.sale = now, int64(row+1)
	d.line.employee = cmp.Or(d.line.employee, s.employee)
	a.sales.lines = append(a.sales.lines, d.line)
	s.lines = append(s.lines, int32(len(a.sales.lines)-1))
}

// putPayment stores a new payment or a changed one.
func (a *Account) putPayment(row int, d paymentDraft) {
	if d.old {
		a.sales.payments[d.row] = d.payment
		return
	}
	s := &a.sales.list[row]
	d.payment.sale, d.payment.created = int64(row+1), a.now()
	d.payment.register = cmp.Or(d.payment.register, s.register)
	d.payment.employee = cmp.Or(d.payment.employee, s.employee)
	a.sales.payments = append(a.sales.payments, d.payment)
	s.payments = append(s.payments, int32(len(a.sales.payments)-1))
}

// addSaleLine is POST Sale/{id}/SaleLine.
func addSaleLine(a *Account, row int, in payload) (int, *reply) {
	const failure = "SaleLine not created."
	s := &a.sales.list[row]
	if s.completed || s.archived {
		return 0, saleError(failure, fmt.Errorf("the sale is completed or archived"))
	}
	d, err := a.readLineOf(s, in)
	if err == nil && d.old {
		err = fmt.Errorf("a new line has no saleLineID")
	}
	if err == nil {
		err = a.checkParents([]lineDraft{d})
	}
	if err != nil {
		return 0, saleError(failure, err)
	}
	a.putLine(row, d)
	a.recount(row)
	// As in a recording, the line is stamped and the sale is not.
	return len(a.sales.lines) - 1, nil
}
