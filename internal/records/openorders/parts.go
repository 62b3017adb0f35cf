package openorders

import (
	"fmt"
	"slices"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/orderline"
	"possync/internal/retail"
)

// Fulfillments returns who has fulfilled how many units of a line.
func Fulfillments(l *ent.OrderLine) []retail.Fulfillment {
	if len(l.Fulfillments) > 0 || l.FulfilledQuantity <= 0 {
		return l.Fulfillments
	}
	return []retail.Fulfillment{{By: l.FulfilledBy, Location: idOf(l.FulfilledLocationID), Quantity: l.FulfilledQuantity}}
}

// Parts divides the units of a line by who hands them over. What nobody has fulfilled yet comes last; it leaves the location that the
// platform states for the line. Without a location, a part leaves the order's pickup location.
func Parts(l *ent.OrderLine) []retail.Fulfillment {
	parts := retail.FulfilledAtMost(Fulfillments(l), l.Quantity)
	rest := retail.Fulfillment{Quantity: l.Quantity}
	for i := range parts {
		rest.Quantity -= parts[i].Quantity
		if parts[i].Location == "" {
			parts[i].Location = idOf(l.LocationID)
		}
	}
	if len(parts) == 0 {
		rest.By = l.FulfilledBy // as it was named beforehand
	}
	if len(parts) == 0 || rest.Quantity > 0 {
		rest.Location = idOf(l.LocationID)
		parts = append(parts, rest)
	}
	return parts
}

func idOf(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}

// divided is the condition that a line has several parts, as SQL. All units of other lines are handed over by the same party.
func divided(s *entsql.Selector) string {
	return fmt.Sprintf("(%s IS NOT NULL OR %s > 0 AND %s < %s)", s.C(orderline.FieldFulfillments),
		s.C(orderline.FieldFulfilledQuantity), s.C(orderline.FieldFulfilledQuantity), s.C(orderline.FieldQuantity))
}

// part is a part of a line, and the shop that hands it over.
type part struct {
	retail.Fulfillment
	shop int64
}

// units are how many units the part is.
func (p part) units() int64 { return wholeUnits(p.Quantity) }

// wholeUnits are how many units goods are. A fraction of one counts as a whole one.
func wholeUnits(quantity retail.Quantity) int64 {
	return retail.HeldUnits(retail.LineProduct, quantity, 0)
}

// partsOf returns the parts of a line that keep units from being sold again. What is sold as text does not.
func (r Rules) partsOf(l *ent.OrderLine, pickup string) []part {
	var list []part
	for _, f := range Parts(l) {
		if f.Location == "" {
			f.Location = pickup
		}
		if !r.AsText || f.By != retail.BySupplier {
			list = append(list, part{f, r.shopOf(f.Location)})
		}
	}
	return list
}

// open returns the parts with what an open order's line holds of them. What was refunded is of the last ones: nobody has handed
// these over yet, or they were handed over last.
func open(parts []part, held int64) []part {
	left := retail.Quantity(held) * retail.Unit
	parts = slices.Clone(parts)
	for i := range parts {
		parts[i].Quantity = min(parts[i].Quantity, left)
		left -= parts[i].Quantity
	}
	return parts
}
