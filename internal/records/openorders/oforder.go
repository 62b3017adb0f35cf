package openorders

import (
	"cmp"
	"maps"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/internal/records/jsonrow"
	"possync/internal/retail"
)

// DocumentOf makes the document of the sale of an order, whose site and id the statement knows by the columns, for [ReadSale].
func DocumentOf(site, order string) entsql.Querier {
	return saleDocuments(site, func(b *entsql.Builder) { b.WriteString(` AND e."order_id" = ` + order) })
}

// ReadSale reads a document of an order's sale; nil = the order has no export.
func ReadSale(value any) (*Sale, error) {
	var d []saleDocument
	if err := jsonrow.Decode(value, &d); err != nil || len(d) == 0 {
		return nil, err
	}
	sales, _ := salesOf(d)
	return sales[0], nil
}

// SameHeld reports whether an order that was placed at that time holds the same units at the same places before and after a change of
// its export or of what its lines hold.
func (r Rules) SameHeld(before, after *Sale, placedAt time.Time) bool {
	none := func(_ Place, units int64) bool { return units == 0 }
	was, is := r.heldByOrder(before, placedAt), r.heldByOrder(after, placedAt)
	maps.DeleteFunc(was, none)
	maps.DeleteFunc(is, none)
	return maps.Equal(was, is)
}

// heldByOrder are the units that an order holds: what [Rules.Units] counts of it, without components.
func (r Rules) heldByOrder(s *Sale, placedAt time.Time) Units {
	held := Units{}
	var any bool
	for _, l := range s.Lines {
		any = any || l.HeldUnits > 0
	}
	switch {
	case !any:
		return held
	case s.Export.Sent && s.Export.State != retail.ExportFailed:
		return r.heldBy(s)
	case r.From == nil || placedAt.Before(*r.From):
		return held
	}
	for _, l := range s.Lines {
		switch {
		case l.HeldUnits <= 0 || l.Item == 0:
		case isDivided(l.OrderLine):
			for _, p := range open(r.partsOf(l.OrderLine, l.pickup), l.HeldUnits) {
				held[Place{l.Item, p.shop}] += p.units()
			}
		case !r.AsText || l.FulfilledBy != retail.BySupplier:
			location := cmp.Or(idOf(l.FulfilledLocationID), idOf(l.LocationID), l.pickup)
			held[Place{l.Item, r.shopOf(location)}] += l.HeldUnits
		}
	}
	return held
}

// isDivided is what [divided] says of a line that was read.
func isDivided(l *ent.OrderLine) bool {
	return l.Fulfillments != nil || l.FulfilledQuantity > 0 && l.FulfilledQuantity < l.Quantity
}

// As returns the sale as it would be with another state of its export, and with other units held by its lines: by their ids.
func (s *Sale) As(export *ent.OrderExport, held map[string]int64) *Sale {
	changed := *s
	changed.Export, changed.Lines = export, make([]SoldLine, len(s.Lines))
	for i, l := range s.Lines {
		if units, ok := held[l.ID]; ok {
			line := *l.OrderLine
			line.HeldUnits = units
			l.OrderLine = &line
		}
		changed.Lines[i] = l
	}
	return &changed
}
