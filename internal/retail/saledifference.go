package retail

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"possync/internal/text"
)

// Difference is one thing in which an order and its sale are not the same. Its values are for people; one that is empty is
// nothing, such as an item that the order does not have.
type Difference struct {
	What        string // a product, a payment method, or the total, by its name
	Sale, Order string // how much of it each has

	kind            differenceKind
	key             string // of what it is about, among those of its kind; names may change
	inSale, inOrder int64
}

// differenceKind is what a difference is about. The spellings are stored.
type differenceKind string

const (
	differentProduct differenceKind = "PRODUCT" // or a kind of lines
	differentItem    differenceKind = "ITEM"
	differentPayment differenceKind = "PAYMENT"
	differentTotal   differenceKind = "TOTAL"
	differentLines   differenceKind = "LINES" // of a plan that does not say what it sold
)

func totalDifference(sale, order Amount, c Currency) Difference {
	return Difference{kind: differentTotal, What: "total", Sale: c.Text(sale), Order: c.Text(order), inSale: int64(sale), inOrder: int64(order)}
}

// DifferencesCause says what differs in terms that stay the same whatever things are called: two lists of differences with the same
// cause are about the same.
func DifferencesCause(differences []Difference) string {
	causes := make([]string, len(differences))
	for i, d := range differences {
		causes[i] = fmt.Sprintf("%s %q %d %d", d.kind, d.key, d.inOrder, d.inSale)
	}
	slices.Sort(causes)
	return strings.Join(causes, "\n")
}

// DifferencesText says what differs, for people: the order's side first.
func DifferencesText(differences []Difference) string {
	texts := make([]string, len(differences))
	for i, d := range differences {
		texts[i] = fmt.Sprintf("%s: %s in the order, %s in the sale", d.What, orNothing(d.Order), orNothing(d.Sale))
	}
	return strings.Join(texts, "; ")
}

func orNothing(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// table collects differences of one kind, by what they are about.
type table[K comparable] struct {
	kind  differenceKind
	name  func(K) string
	write func(int64) string
}

// compare returns where the amounts of the sale and the order differ, in the order of their names.
func (t table[K]) compare(sale, order map[K]int64) []Difference {
	keys := maps.Clone(sale)
	if keys == nil {
		keys = map[K]int64{}
	}
	for k := range order {
		keys[k] = 0
	}
	var found []Difference
	for k := range keys {
		if sale[k] == order[k] {
			continue
		}
		d := Difference{What: t.name(k), kind: t.kind, key: fmt.Sprint(k), inSale: sale[k], inOrder: order[k]}
		if d.inSale != 0 {
			d.Sale = t.write(d.inSale)
		}
		if d.inOrder != 0 {
			d.Order = t.write(d.inOrder)
		}
		found = append(found, d)
	}
	slices.SortFunc(found, func(a, b Difference) int { return strings.Compare(a.What, b.What) })
	return found
}

// sold returns what an order sells, as millionths of units: each product, and how many lines of each other kind. What a line is
// called does not count, nor whether its product is linked.
func (o Order) sold() map[string]Quantity {
	units := map[string]Quantity{}
	for _, l := range o.Lines {
		switch {
		case l.Quantity == 0:
		case l.Kind == LineProduct:
			units[productPrefix+l.ProductKey] += l.Quantity
		default:
			units[string(l.Kind)] += Unit
		}
	}
	return units
}

// givenUp returns what was refunded since the export without anything being returned or made cheaper for it: the customer has
// that for nothing. total is what the order comes to now.
func (o Order) givenUp(total Amount) Amount {
	if o.Sale == nil || o.Sale.Sold == nil { // planned by an earlier version
		return o.RefundedAfterExport
	}
	less := o.Sale.Total + o.addedSince() - total
	return max(o.RefundedAfterExport-max(less, 0), 0)
}

// addedSince returns what the order has come to charge for more than its sale sold: other lines, and more units. A coupon that was
// added makes the order cheaper, so it is no addition.
func (o Order) addedSince() Amount {
	sold, added := maps.Clone(o.Sale.Sold), decimal.Zero
	for _, l := range o.Lines {
		key, units := string(l.Kind), Unit
		if l.Kind == LineProduct {
			key, units = productPrefix+l.ProductKey, l.Quantity
		}
		known := min(sold[key], units)
		if l.Quantity == 0 || known == units {
			continue
		}
		sold[key] -= known
		if charge, err := o.sum([]OrderLine{l}); err == nil && charge > 0 {
			added = added.Add(charge.Decimal().Mul((units - known).Decimal()).Div(units.Decimal()))
		}
	}
	sum, err := o.addable(added)
	if err != nil {
		return 0 // the order is blocked as too large
	}
	return sum
}

// products returns the products of an order, by their keys among what it sells.
func (o Order) products() map[string]SoldProduct {
	products := map[string]SoldProduct{}
	for _, l := range o.Lines {
		if l.Kind == LineProduct {
			key := productPrefix + l.ProductKey
			products[key] = SoldProduct{Name: cmp.Or(l.Description, products[key].Name), ItemID: cmp.Or(l.ItemID, products[key].ItemID)}
		}
	}
	return products
}

// productPrefix begins the products among what an order sells.
const productPrefix = "product "

// Changes returns what of an order is no longer as its sale was planned: what it sells, how it was paid and its total. A refund
// is no change, because it has a notice of its own. What was refunded and marked as refunded in the POS too is settled: goods
// that the order no longer has, up to that amount but for what rounding explains.
//
// What a sale may be changed in does not count: its store, register, customer and notes.
func (p SalePlan) Changes(o Order) []Difference {
	total, units := o.Assess().Total, o.sold()
	if o.Cancelled {
		total, units = 0, nil
	}
	changed := append(p.unitChanges(o, units), p.paymentChanges(o)...)
	less := p.Total - total
	if less != 0 {
		changed = append(changed, totalDifference(p.Total, total, o.Currency))
	}
	more := func(d Difference) bool { return d.inOrder > d.inSale }
	settled := o.RefundedInPOS
	if settled > 0 {
		settled += o.Currency.Smallest()
	}
	if less > 0 && less <= settled && !slices.ContainsFunc(changed, more) && len(p.paymentChanges(o)) == 0 {
		return nil
	}
	return changed
}

func (p SalePlan) unitChanges(o Order, units map[string]Quantity) []Difference {
	if p.Sold == nil { // planned by an earlier version: only what it was sent as is known
		if o.Cancelled || !p.sameLines(o) {
			return []Difference{{kind: differentLines, What: "lines", Sale: "as exported", Order: "changed", inOrder: 1}}
		}
		return nil
	}
	products := o.products()
	list := table[string]{
		kind: differentProduct,
		name: func(key string) string {
			if name := cmp.Or(products[key].Name, p.Products[key].Name); name != "" {
				return name
			}
			return strings.ToLower(strings.TrimPrefix(key, productPrefix))
		},
		write: func(n int64) string { return Quantity(n).String() },
	}
	numbers := func(from map[string]Quantity) map[string]int64 {
		to := map[string]int64{}
		for k, v := range from {
			to[k] = int64(v)
		}
		return to
	}
	return list.compare(numbers(p.Sold), numbers(units))
}

// paymentChanges compares the payments by method. What was refunded of a method is not missing.
func (p SalePlan) paymentChanges(o Order) []Difference {
	sale, collected, refunded := map[string]int64{}, map[string]int64{}, map[string]Amount{}
	names := map[string]string{}
	for _, payment := range p.Payments {
		key := text.FoldName(payment.Method)
		sale[key] += int64(payment.Amount)
		names[key] = payment.Method
	}
	for _, payment := range o.Payments {
		if payment.State != PaymentCaptured {
			continue
		}
		key := text.FoldName(payment.SaleMethod())
		collected[key] += int64(payment.Collected())
		refunded[key] += payment.Refunded
		if names[key] == "" {
			names[key] = payment.SaleMethod()
		}
	}
	for key, amount := range refunded {
		if missing := Amount(sale[key] - collected[key]); missing > 0 && missing <= amount {
			collected[key] = sale[key]
		}
	}
	list := table[string]{
		kind:  differentPayment,
		name:  func(key string) string { return names[key] },
		write: func(n int64) string { return o.Currency.Text(Amount(n)) },
	}
	return list.compare(sale, collected)
}
