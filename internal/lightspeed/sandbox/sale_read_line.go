package sandbox

import (
	"fmt"
	"slices"
	"strconv"
)

// readLineOf reads one line: a new one, or with a saleLineID a change of one that the sale has.
func (a *Account) readLineOf(s *sale, in payload) (lineDraft, error) {
	var d lineDraft
	id, _, err := in.scalar("saleLineID", kindInt)
	if err != nil {
		return d, err
	}
	if id.n != 0 {
		if id.n > int64(len(a.sales.lines)) || !slices.Contains(s.lines, int32(id.n-1)) {
			return d, fmt.Errorf("saleLineID %d is not of this sale", id.n)
		}
		d.row, d.old = int32(id.n-1), true
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
	return nil
}

// checkParents refuses refunds of more units than a line sold, counting all lines of the body.
func (a *Account) checkParents(drafts []lineDraft) error {
	for i := range drafts {
		l := &drafts[i].line
		if l.parent == 0 || l.units >= 0 {
			continue
		}
		left := a.refundable(l.parent, drafts)
		asked := int64(0)
		for j := range drafts {
			if drafts[j].line.parent == l.parent {
				asked -= drafts[j].line.units
			}
		}
		if asked > left {
			return fmt.Errorf("only %d units of saleLineID %d can be refunded", left, l.parent)
		}
	}
	return nil
}

// refundable is how many units of a line are not refunded yet, without the lines that the drafts change.
func (a *Account) refundable(parent int64, drafts []lineDraft) int64 {
	left := a.sales.lines[parent-1].units
	for i := range a.sales.lines {
		l := &a.sales.lines[i]
		if l.parent != parent || slices.ContainsFunc(drafts, func(d lineDraft) bool { return d.old && int(d.row) == i }) {
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
