package retail

import (
	"fmt"
	"strings"
)

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

// goodsAt are units of a line that leave a store.
type goodsAt struct {
	line  OrderLine
	store string // id of the location; "" = none is named
}

// leaving calls yield with the goods that leave stores, and how many units they are.
func (o Order) leaving(yield func(goodsAt, Quantity) bool) {
	for _, l := range o.Lines {
		for _, p := range l.parts() {
			if l.Kind != LineProduct || p.By == BySupplier || p.Quantity <= 0 {
				continue
			}
			at := p.Location
			if at == "" {
				at = o.Pickup
			}
			if !yield(goodsAt{l, at}, p.Quantity) {
				return
			}
		}
	}
}

// Transfer is goods that leave another store than the one whose stock their sale lowers.
type Transfer struct {
	Key         string // see [TransferKey]
	Units       Quantity
	Description string
	From        string // id of the location
	OfItem      bool   // the line's product is linked to an item
}

// TransferKey is what names the goods of a line, by its key, that leave a location.
func TransferKey(line, location string) string { return location + "/" + line }

// Transfers returns the goods that leave a store for which here is false: staff have to transfer in the POS those of items.
func (o Order) Transfers(here func(location string) bool) []Transfer {
	var list []Transfer
	for goods, quantity := range o.leaving {
		if l, from := goods.line, goods.store; from != "" && !here(from) {
			list = append(list, Transfer{TransferKey(l.Key, from), quantity, l.Description, from, l.ItemID != 0})
		}
	}
	return list
}

// TransferUnits are how many units are to be transferred, or were, by the transfers' keys.
type TransferUnits map[string]Quantity

// Less returns what is left of the transfers once these units were transferred.
func (u TransferUnits) Less(list []Transfer) []Transfer {
	var left []Transfer
	for _, t := range list {
		if t.Units -= u[t.Key]; t.Units > 0 {
			left = append(left, t)
		}
	}
	return left
}

// TransferText says what is to be transferred, for people. names are those of the locations.
func TransferText(transfers []Transfer, names map[string]string) string {
	texts := make([]string, 0, maxListed+1)
	for i, t := range transfers {
		if i == maxListed {
			texts = append(texts, fmt.Sprintf("and %d more", len(transfers)-i))
			break
		}
		texts = append(texts, fmt.Sprintf("%s × %s from %s", t.Units, t.Description, names[t.From]))
	}
	return strings.Join(texts, "; ")
}
