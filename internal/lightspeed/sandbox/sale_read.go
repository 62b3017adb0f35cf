package sandbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// saleDraft is a body of a POST or PUT Sale after all checks, so that a refused one changes nothing.
type saleDraft struct {
	sale     sale
	complete bool
	at       int64 // completeTime, 0 for now
	lines    []lineDraft
	payments []paymentDraft
	customer *customer // to be made
}

// lineDraft and paymentDraft are new ones, or the changed ones of those rows.
type lineDraft struct {
	row  int32
	old  bool
	line saleLine
}

type paymentDraft struct {
	row     int32
	old     bool
	payment salePayment
}

// readSale checks a body against the sale as it is.
func (a *Account) readSale(s sale, in payload) (saleDraft, error) {
	d := saleDraft{sale: s}
	if err := a.readSaleHeader(&d, in); err != nil {
		return d, err
	}
	list, _ := in.list("SaleLines", "SaleLine")
	for _, p := range list {
		l, err := a.readLineOf(&d.sale, p)
		if err != nil {
			return d, fmt.Errorf("SaleLine: %w", err)
		}
		d.lines = append(d.lines, l)
	}
	list, _ = in.list("SalePayments", "SalePayment")
	for _, p := range list {
		pay, err := a.readPaymentOf(&d, p)
		if err != nil {
			return d, fmt.Errorf("SalePayment: %w", err)
		}
		d.payments = append(d.payments, pay)
	}
	return d, a.checkTill(&d.sale)
}

func (a *Account) readSaleHeader(d *saleDraft, in payload) error {
	s := &d.sale
	for key, to := range map[string]*int64{"employeeID": &s.employee, "registerID": &s.register, "shopID": &s.shop,
		"customerID": &s.customer, "taxCategoryID": &s.taxCategory} {
		v, ok, err := in.scalar(key, kindInt)
		if err != nil {
			return err
		}
		if ok {
			*to = v.n
		}
	}
	for key, to := range map[string]*string{"referenceNumber": &s.reference, "referenceNumberSource": &s.source} {
		if text, ok := in.text(key); ok {
			*to = text
		}
	}
	if notes, ok := in["SaleNotes"].(map[string]any); ok {
		for key, to := range map[string]*string{"InternalNote": &s.internalNote, "PrintedNote": &s.printedNote} {
			if note, ok := notes[key].(map[string]any); ok {
				*to, _ = payload(note).text("note")
			}
		}
	}
	if v, ok, err := in.scalar("discountID", kindInt); err != nil || ok && v.n != 0 {
		return fmt.Errorf("discountID does not exist")
	}
	v, sent, err := in.scalar("completed", kindBool)
	if err != nil {
		return err
	}
	if s.completed && sent && v.n == 0 {
		return fmt.Errorf("a completed sale cannot be reopened")
	}
	d.complete = v.n != 0 && !s.completed
	at, _, err := in.scalar("completeTime", kindTime)
	if err != nil {
		return err
	}
	if at.n > a.now() {
		return fmt.Errorf("completeTime must not be in the future")
	}
	d.at = at.n
	return a.readSaleCustomer(d, in)
}

// readSaleCustomer takes the customer's id, or else the one described in the body, who will be made anew.
func (a *Account) readSaleCustomer(d *saleDraft, in payload) error {
	if id := d.sale.customer; id < 0 || id > int64(len(a.customers.list)) {
		return fmt.Errorf("customerID %d does not exist", id)
	}
	inline, ok := in["Customer"].(map[string]any)
	if !ok || d.sale.customer != 0 {
		return nil
	}
	c := customer{contact: contact{noEmail: true, noPhone: true, noMail: true}}
	if rep := c.read(inline, "Customer not created."); rep != nil {
		return errors.New(strings.TrimSuffix(rep.message, "."))
	}
	d.customer = &c
	return nil
}

// checkTill tells whether the sale's employee, register and shop can be used now.
func (a *Account) checkTill(s *sale) error {
	switch {
	case s.employee < 1 || s.employee > int64(len(a.employees)):
		return fmt.Errorf("employeeID %d does not exist", s.employee)
	case s.register < 1 || s.register > int64(len(a.registers)):
		return fmt.Errorf("registerID %d does not exist", s.register)
	case s.shop < 1 || s.shop > int64(len(a.shops)):
		return fmt.Errorf("shopID %d does not exist", s.shop)
	}
	if _, ok := a.tax.category(s.taxCategory); !ok && s.taxCategory != 0 {
		return fmt.Errorf("taxCategoryID %d does not exist", s.taxCategory)
	}
	e, r := &a.employees[s.employee-1], &a.registers[s.register-1]
	switch {
	case s.completed:
		return nil // whoever rang it up may have left since
	case e.archived:
		return fmt.Errorf("employee %d is archived", s.employee)
	case e.locked:
		return fmt.Errorf("employee %d is locked out", s.employee)
	case r.archived:
		return fmt.Errorf("register %d is archived", s.register)
	case !r.open && a.srv.RefuseClosedRegisters:
		return fmt.Errorf("register %d is closed", s.register)
	case a.shops[s.shop-1].archived:
		return fmt.Errorf("shop %d is archived", s.shop)
	}
	return nil
}

// readLineOf reads one line: a new one, or with a saleLineID a change of one that the sale has.
func (a *Account) readLineOf(s *sale, in payload) (lineDraft, error) {
	var d lineDraft
	id, _, err := in.scalar("saleLineID", kindInt)
	if err != nil {
		return d, err
	}
	if id.n != 0 {
		d.row, d.old = int32(id.n-1), true
		found := false
		for _, at := range s.lines {
			found = found || at == d.row
		}
		if !found {
			return d, fmt.Errorf("saleLineID %d is not of this sale", id.n)
		}
		d.line = a.sales.lines[d.row]
	} else {
		d.line.taxed = true
	}
	return d, a.readLine(&d, in)
}

func (a *Account) readLine(d *lineDraft, in payload) error {
	l := &d.line
	item, ok, err := in.scalar("itemID", kindInt)
	if err != nil {
		return err
	}
	if code, sent := in.text("itemCode"); sent && !ok {
		if item.n, ok = a.itemByCode(code); !ok {
			return fmt.Errorf("itemCode %s does not exist", code)
		}
	}
	if item.n < 0 || item.n > int64(len(a.items)) {
		return fmt.Errorf("itemID %d does not exist", item.n)
	}
	if ok && item.n != l.item {
		l.item, l.taxClass = item.n, 0
		if item.n != 0 {
			it := &a.items[item.n-1]
			l.taxClass, l.taxed, l.price = int64(it.taxClass), it.tax, it.price(0).Decimal()
		}
	}
	units, sent, err := in.scalar("unitQuantity", kindInt)
	switch {
	case err != nil:
		return err
	case units.n < -maxQuantity || units.n > maxQuantity:
		return fmt.Errorf("unitQuantity %d is out of range", units.n)
	case sent:
		l.units = units.n
	}
	price, sent, err := in.scalar("unitPrice", kindExact)
	if err != nil {
		return err
	}
	if sent {
		l.price = price.exact()
	}
	tax, sent, err := in.scalar("tax", kindBool)
	if err != nil {
		return err
	}
	if sent {
		l.taxed = tax.n != 0
	}
	for key, ref := range map[string]struct {
		to  *int64
		max int
	}{"taxClassID": {&l.taxClass, len(a.tax.classes)}, "parentSaleLineID": {&l.parent, len(a.sales.lines)},
		"employeeID": {&l.employee, len(a.employees)}, "discountID": {new(int64), 0}} {
		v, sent, err := in.scalar(key, kindInt)
		if err != nil {
			return err
		}
		if v.n < 0 || v.n > int64(ref.max) {
			return fmt.Errorf("%s %d does not exist", key, v.n)
		}
		if sent {
			*ref.to = v.n
		}
	}
	if note, ok := in["Note"].(map[string]any); ok {
		l.note, _ = payload(note).text("note")
		public, _, err := payload(note).scalar("isPublic", kindBool)
		if err != nil {
			return err
		}
		l.public = public.n != 0
	}
	return a.checkParent(d)
}

// checkParent keeps the refunds of a line within what it sold.
func (a *Account) checkParent(d *lineDraft) error {
	l := &d.line
	if l.parent == 0 || l.units >= 0 {
		return nil
	}
	if left := a.refundable(l.parent, d); -l.units > left {
		return fmt.Errorf("only %d units of saleLineID %d can be refunded", left, l.parent)
	}
	return nil
}

// refundable is how many units of a line were not refunded yet, by other lines than the one given.
func (a *Account) refundable(parent int64, except *lineDraft) int64 {
	left := a.sales.lines[parent-1].units
	for i := range a.sales.lines {
		l := &a.sales.lines[i]
		if l.parent != parent || except != nil && except.old && int(except.row) == i {
			continue
		}
		if s := &a.sales.list[l.sale-1]; !s.archived && !s.voided {
			left += l.units // they are negative
		}
	}
	return left
}

// itemByCode finds an item by system SKU, UPC, EAN or id, in this order.
func (a *Account) itemByCode(code string) (int64, bool) {
	n, err := strconv.ParseInt(code, 10, 64)
	for i := range a.items {
		it := &a.items[i]
		if code != "" && (it.upc == code || it.ean == code) || err == nil && it.sku == n {
			return int64(i + 1), true
		}
	}
	return n, err == nil && n >= 1 && n <= int64(len(a.items))
}

// readPaymentOf reads one payment: a new one, or with a salePaymentID a change of one that the sale has.
func (a *Account) readPaymentOf(d *saleDraft, in payload) (paymentDraft, error) {
	var out paymentDraft
	p := &out.payment
	id, _, err := in.scalar("salePaymentID", kindInt)
	if err != nil {
		return out, err
	}
	if id.n != 0 {
		out.row, out.old = int32(id.n-1), true
		found := false
		for _, at := range d.sale.payments {
			found = found || at == out.row
		}
		if !found {
			return out, fmt.Errorf("salePaymentID %d is not of this sale", id.n)
		}
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
	case p.amount.Abs().GreaterThan(decimal.New(1, 9)):
		return fmt.Errorf("amount is out of range")
	}
	return nil
}
