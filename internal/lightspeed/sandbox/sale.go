package sandbox

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// sale is a sale. Its id is its position plus one, and so are those of its lines and payments.
type sale struct {
	created, stamp, completedAt, touched int64 // touched is in nanoseconds
	completed, archived, voided          bool
	promotions                           bool
	reference, source                    string
	customer, employee, register, shop   int64
	taxCategory                          int64 // 0: no tax at all
	rates                                taxRates
	internalNote, printedNote            string
	lines, payments                      []int32
	change, paid                         decimal.Decimal
	total                                saleTotal
	averageCost                          money
}

// saleLine is an item or, without one, a miscellaneous charge with a note.
type saleLine struct {
	sale, item, taxClass, parent, employee int64
	units                                  int64
	price                                  decimal.Decimal
	taxed                                  bool // as asked for; what counts are the rates
	rates                                  taxRates
	note                                   string
	public                                 bool // of the note
	cost                                   money
	created, stamp                         int64
	total                                  lineTotal
}

// salePayment is money that was paid, or paid back.
type salePayment struct {
	sale, kind, register, employee int64
	amount                         decimal.Decimal
	remote                         string
	archived                       bool
	created                        int64
}

// saleTables are all sales of an account, with indexes.
type saleTables struct {
	list        []sale
	lines       []saleLine
	payments    []salePayment
	byReference map[string][]int32 // by folded reference number, ascending; as with byEmail, old entries may remain
	stamps      stampIndex
}

// ticketBase plus a sale's id is its ticket number.
const ticketBase = 220_000_000_000

// addSale stores a new sale without lines and returns its row.
func (a *Account) addSale(s sale) int {
	s.created = a.now()
	a.sales.list = append(a.sales.list, s)
	row := len(a.sales.list) - 1
	a.indexSale(row)
	return row
}

// indexSale adds the row under its reference number.
func (a *Account) indexSale(row int) {
	if a.sales.byReference == nil {
		a.sales.byReference = map[string][]int32{}
	}
	key := fold(a.sales.list[row].reference)
	list := a.sales.byReference[key]
	if i, found := slices.BinarySearch(list, int32(row)); !found {
		a.sales.byReference[key] = slices.Insert(list, i, int32(row))
	}
}

// stampSale notes that the sale changes now.
func (a *Account) stampSale(row int) {
	now := a.srv.clock.Now()
	s := &a.sales.list[row]
	if s.stamp == 0 {
		a.sales.stamps.insert(now.Unix(), int32(row))
	} else {
		a.sales.stamps.move(int32(row), s.stamp, now.Unix())
	}
	s.stamp, s.touched = now.Unix(), now.UnixNano()
}

// recount calculates the totals. An open sale has the current tax rates; a completed one keeps its own.
func (a *Account) recount(row int) {
	s := &a.sales.list[row]
	if !s.completed {
		a.refreshRates(s)
	}
	totals := make([]lineTotal, len(s.lines))
	s.averageCost = 0
	for i, at := range s.lines {
		l := &a.sales.lines[at]
		l.total = totalLine(l.units, l.price, l.rates)
		l.total.taxed = l.taxed && s.taxCategory != 0
		totals[i] = l.total
		s.averageCost += l.cost * money(l.units)
	}
	s.total = totalSale(totals, s.rates)
	s.paid = decimal.Zero
	for _, at := range s.payments {
		if p := &a.sales.payments[at]; !p.archived {
			s.paid = s.paid.Add(p.amount)
		}
	}
}

func (a *Account) refreshRates(s *sale) {
	s.rates = taxRates{}
	if c, ok := a.tax.category(s.taxCategory); ok {
		s.rates = c.rates
	}
	for _, at := range s.lines {
		l := &a.sales.lines[at]
		l.rates = a.ratesOf(s, l)
	}
}

// ratesOf are the rates of a line of an open sale. A refund has the rates of the line that it takes back.
func (a *Account) ratesOf(s *sale, l *saleLine) taxRates {
	switch {
	case !l.taxed || s.taxCategory == 0:
		return taxRates{}
	case l.parent != 0:
		return a.sales.lines[l.parent-1].rates
	}
	return a.tax.ratesOf(s.taxCategory, l.taxClass)
}

// balance is what is left to pay.
func (s *sale) balance() decimal.Decimal { return s.total.total.Sub(s.paid) }

// outOfBalance is the answer when a sale cannot be completed; it stays open.
func (a *Account) outOfBalance(row int, why string) *reply {
	rep := apiError(400, "OutOfBalanceError", "Cannot complete an out of balance sale. "+why)
	buf := rep.body[:len(rep.body)-1]
	buf = append(buf, fmt.Sprintf(`,"saleID":"%d","balance":"%s"}`, row+1, a.sales.list[row].balance())...)
	rep.body = buf
	return rep
}

// settleCash checks the balance before a sale is completed. Cash above the total becomes change. Any other balance is returned as
// the reason why the sale cannot be completed.
func (a *Account) settleCash(row int) (why string) {
	s := &a.sales.list[row]
	over := s.balance().Neg()
	switch {
	case over.IsZero():
		return ""
	case s.total.total.IsNegative() && over.IsNegative():
		return "Refunds are greater than the total."
	case s.total.total.IsNegative():
		return "Refunds are insufficient."
	case over.IsNegative():
		return "Payments are less than the total."
	}
	cash := decimal.Zero
	for _, at := range s.payments {
		if p := &a.sales.payments[at]; a.isCash(p) {
			cash = cash.Add(p.amount)
		}
	}
	if cash.LessThan(over) {
		return "Non-cash payments are greater than the total."
	}
	s.change = over
	for _, at := range slices.Backward(s.payments) {
		p := &a.sales.payments[at]
		if part := decimal.Min(over, p.amount); a.isCash(p) && part.IsPositive() {
			p.amount, over = p.amount.Sub(part), over.Sub(part)
		}
	}
	a.recount(row)
	return ""
}

func (a *Account) isCash(p *salePayment) bool {
	t, ok := a.payType(p.kind)
	return ok && t.kind == "cash" && !p.archived
}

// complete completes an open sale: its units leave the shop's stock, below zero if necessary. The caller has checked the balance.
// at is when it was completed; 0 = now.
func (a *Account) complete(row int, at int64) {
	s := &a.sales.list[row]
	a.moveStock(row, -1)
	for _, line := range s.lines {
		l := &a.sales.lines[line]
		l.stamp = a.now()
		if l.item != 0 {
			l.cost = a.items[l.item-1].cost
		}
	}
	a.recount(row)
	s.completed, s.completedAt = true, at
	if at == 0 {
		s.completedAt = a.now()
	}
}

// moveStock adds the units of a sale to the stock, or takes them out if sign is -1. Miscellaneous lines, non-inventory and
// serialized items move no stock.
func (a *Account) moveStock(row int, sign int32) {
	s := &a.sales.list[row]
	for _, at := range s.lines {
		l := &a.sales.lines[at]
		if l.item == 0 || l.units == 0 || !a.items[l.item-1].kind.counted() {
			continue
		}
		a.changeStock(int(l.item-1), int(s.shop), func(r *stockRow) { r.qoh += sign * int32(l.units) })
	}
}

// counted reports whether sales move the stock of items of this kind.
func (k itemKind) counted() bool {
	return k != itemNonInventory && k != itemSerialized && k != itemSerializedAssembly
}
