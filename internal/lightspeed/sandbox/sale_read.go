package sandbox

import (
	"errors"
	"fmt"
	"strings"
)

// saleDraft is the body of a POST or PUT Sale after all checks. A refused body changes nothing.
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
	if err := a.checkParents(d.lines); err != nil {
		return d, fmt.Errorf("SaleLine: %w", err)
	}
	list, _ = in.list("SalePayments", "SalePayment")
	for _, p := range list {
		pay, err := a.readPaymentOf(&d, p)
		if err != nil {
			return d, fmt.Errorf("SalePayment: %w", err)
		}
		d.payments = append(d.payments, pay)
	}
	return d, a.checkRegister(&d.sale)
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

// readSaleCustomer reads the customer's id, or else the customer whom the body describes, who will be made.
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

// checkRegister returns why the sale's employee, register and shop cannot be used now.
func (a *Account) checkRegister(s *sale) error {
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
		return nil // the employee may have left since then
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
