package retail

import "cmp"

// Store returns the location that hands over most units of the order, "" if none is named. Of several with as many it is the
// pickup location, or else the first that is named. Goods that a supplier sends leave no store.
func (o Order) Store() string {
	units := map[string]Quantity{}
	var stores []string
	for at, quantity := range o.leaving {
		if _, known := units[at.store]; !known {
			stores = append(stores, at.store)
		}
		units[at.store] += quantity
	}
	if len(stores) == 0 {
		return o.Pickup
	}
	best := stores[0]
	for _, at := range stores[1:] {
		preferred := best == "" || o.Pickup != "" && at == o.Pickup // of as many units
		if units[at] > units[best] || units[at] == units[best] && preferred {
			best = at
		}
	}
	return best
}

// goodsAt are units of a line that one party hands over.
type goodsAt struct {
	line     OrderLine
	store    string // id of the location; "" = none is named
	supplier bool   // a supplier sends them: they leave no store
}

// key is that of a transfer of the goods.
func (g goodsAt) key() string { return TransferKey(g.line.Key, g.store) }

// leaving calls yield with the goods that leave stores, and how many units they are.
func (o Order) leaving(yield func(goodsAt, Quantity) bool) {
	for goods, quantity := range o.handedOver {
		if !goods.supplier && !yield(goods, quantity) {
			return
		}
	}
}

// handedOver calls yield with all goods that are handed over, or will be, and how many units they are.
func (o Order) handedOver(yield func(goodsAt, Quantity) bool) {
	for _, l := range o.Lines {
		for _, p := range l.parts() {
			if l.Kind != LineProduct || p.Quantity <= 0 {
				continue
			}
			if !yield(goodsAt{l, cmp.Or(p.Location, o.Pickup), p.By == BySupplier}, p.Quantity) {
				return
			}
		}
	}
}
