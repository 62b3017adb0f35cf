package retail

import "slices"

// HeldUnits is how many units of its product a line of an open order keeps from being sold again: those that were not refunded. A
// fraction of a unit counts as a whole one.
func HeldUnits(kind LineKind, quantity, refunded Quantity) int64 {
	if left := quantity - refunded; kind == LineProduct && left > 0 {
		return int64((left + Unit - 1) / Unit)
	}
	return 0
}

// Returned reports whether everything that was collected for the order was refunded: nothing of it is sold any more.
func (o Order) Returned() bool {
	captured, refunded, waiting, err := o.paid()
	return err == nil && refunded && !waiting && captured <= 0
}

// Items are the items that the sale sells, by Lightspeed's ids, each once.
func (p SalePlan) Items() []int64 {
	var items []int64
	for _, l := range p.Lines {
		if l.ItemID != 0 {
			items = append(items, l.ItemID)
		}
	}
	slices.Sort(items)
	return slices.Compact(items)
}

// Units are how many units of each item the sale sells.
func (p SalePlan) Units() map[int64]int64 {
	units := map[int64]int64{}
	for _, l := range p.Lines {
		if l.ItemID != 0 {
			units[l.ItemID] += l.Units
		}
	}
	return units
}
