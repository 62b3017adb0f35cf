package orderimport

import (
	"cmp"

	"possync/ent"
	"possync/internal/pid"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// known is what is stored of an order besides its row.
type known struct {
	lines    map[string]*ent.OrderLine    // by key
	payments map[string]*ent.OrderPayment // by key
	refunded map[string]retail.Amount     // what was refunded here, by the payment's id
}

// replacement is the line that replaces a line of the platform with another quantity; nil = none does.
func (k known) replacement(key string) *ent.OrderLine {
	for _, l := range k.lines {
		if l.Replaces == key && !l.Removed {
			return l
		}
	}
	return nil
}

// mergedLine is a line as it will be stored.
type mergedLine struct {
	line
	id        string
	position  int
	removed   bool
	removedBy string         // who removed it here
	withdrawn bool           // removed here, and the platform does not send it either
	old       *ent.OrderLine // nil when it is new

	fulfillments []retail.Fulfillment // who has fulfilled it
}

// mergeLines merges the platform's lines with the stored ones. It returns the lines to write: the platform's, those that
// the platform no longer sends, which are removed, and those that replace one of the platform's: what the platform says of its line's
// goods is true of them. Lines that were added here are left alone, and lines that were removed here stay removed, also when the platform
// sends them again after a while. Of the fulfilled and the returned quantities, the greater ones count.
func mergeLines(sent []line, k known) []mergedLine {
	var merged []mergedLine
	still := map[string]bool{}
	for i, l := range sent {
		still[l.Key] = true
		m := mergedLine{line: l, id: pid.New("lin"), position: i, old: k.lines[l.Key]}
		if old := m.old; old != nil {
			m.id, m.removed, m.removedBy = old.ID, old.RemovedBy != "", old.RemovedBy
			m.keepFulfilled(l)
		}
		m.fulfillments = m.fulfilled(l)
		merged = append(merged, m)
		if own := k.replacement(l.Key); own != nil {
			merged = append(merged, replaced(own, l))
		}
	}
	for key, old := range k.lines {
		if still[key] || old.AddedBy != "" || old.Removed && (old.RemovedBy == "" || old.Withdrawn) {
			continue
		}
		merged = append(merged, mergedLine{
			line: stored(old), id: old.ID, position: old.Position, removed: true, removedBy: old.RemovedBy, withdrawn: old.RemovedBy != "", old: old,
			fulfillments: openorders.Fulfillments(old),
		})
	}
	return merged
}

// replaced is a line that replaces the sent one with another quantity, once the platform has said who has handed over and returned how much.
func replaced(own *ent.OrderLine, sent line) mergedLine {
	now := stored(own)
	now.Fulfilled, now.FulfilledBy = min(sent.Fulfilled, own.Quantity), sent.FulfilledBy
	now.Refunded = max(own.RefundedQuantity, min(sent.Refunded, own.Quantity))
	m := mergedLine{line: now, id: own.ID, position: own.Position, old: own}
	m.keepFulfilled(now)
	m.fulfillments = m.fulfilled(now)
	return m
}

// stored is a line as it is stored.
func stored(l *ent.OrderLine) line {
	return line{
		Key: l.Key, ProductKey: l.ProductKey, Description: l.Description, Kind: l.Kind, Quantity: l.Quantity,
		Fulfilled: l.FulfilledQuantity, UnitPrice: l.UnitPrice, Discount: l.Discount, Tax: l.Tax, FulfilledBy: l.FulfilledBy,
		Refunded: l.RefundedQuantity, locationID: l.LocationID,
	}
}

// keepFulfilled keeps what is known of who has handed the line over, unless the platform knows of more.
func (m *mergedLine) keepFulfilled(sent line) {
	if m.old.FulfilledQuantity < sent.Fulfilled {
		return
	}
	m.Fulfilled = min(m.old.FulfilledQuantity, sent.Quantity)
	if m.old.FulfilledBy != "" {
		m.FulfilledBy = m.old.FulfilledBy
	}
}

// fulfilled is who has fulfilled the line, once the platform has sent it: what the platform has more than we is of the party that it
// names, at the line's own location.
func (m mergedLine) fulfilled(sent line) []retail.Fulfillment {
	var list []retail.Fulfillment
	more := sent.Fulfilled
	if m.old != nil {
		list = openorders.Fulfillments(m.old)
		more -= m.old.FulfilledQuantity
	}
	if more > 0 {
		list = retail.Fulfil(list, retail.Fulfillment{By: sent.FulfilledBy, Quantity: more})
	}
	return retail.FulfilledAtMost(list, m.Quantity)
}

// row returns the line as far as it says who hands its units over.
func (m mergedLine) row() *ent.OrderLine {
	row := &ent.OrderLine{Quantity: m.Quantity, FulfilledBy: m.FulfilledBy, FulfilledQuantity: m.Fulfilled, LocationID: m.locationID}
	if len(m.fulfillments) > 1 {
		row.Fulfillments = m.fulfillments
	}
	if n := len(m.fulfillments); n > 0 {
		last := m.fulfillments[n-1]
		row.FulfilledBy = last.By
		if last.Location != "" {
			row.FulfilledLocationID = &last.Location
		}
	}
	return row
}

// leaves returns how many units of a line leave each location.
func leaves(l *ent.OrderLine, pickup string) map[string]retail.Quantity {
	units := map[string]retail.Quantity{}
	for _, p := range openorders.Parts(l) {
		if p.By != retail.BySupplier {
			units[cmp.Or(p.Location, pickup)] += p.Quantity
		}
	}
	return units
}

// mergedPayment is a payment as it will be stored.
type mergedPayment struct {
	payment
	id   string
	more retail.Amount // refunded by the platform since it last sent the payment
}

// mergePayments merges the platform's payments with the stored ones. It returns the payments to write: the platform's, and
// those that the platform no longer sends, which are voided. Payments that were recorded here are left alone. Of the refunded
// amounts, the greater of the platform's and ours counts.
func mergePayments(sent []payment, k known) []mergedPayment {
	var merged []mergedPayment
	still := map[string]bool{}
	for _, p := range sent {
		still[p.Key] = true
		m := mergedPayment{payment: p, id: pid.New("pmt"), more: p.Refunded}
		if old := k.payments[p.Key]; old != nil {
			m.id = old.ID
			m.Refunded = min(max(p.Refunded, k.refunded[old.ID]), p.Amount)
			m.more = max(m.Refunded-old.Refunded, 0)
		}
		merged = append(merged, m)
	}
	for key, old := range k.payments {
		if still[key] || old.RecordedBy != "" || old.State == retail.PaymentVoided {
			continue
		}
		merged = append(merged, mergedPayment{
			payment: payment{
				Key: old.Key, Method: old.Method, Amount: old.Amount, Refunded: old.Refunded, State: retail.PaymentVoided, CapturedAt: old.CapturedAt,
			},
			id: old.ID,
		})
	}
	return merged
}
