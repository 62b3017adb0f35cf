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
	for _, l := range o.Lines {
		if l.Kind != LineProduct || l.Supplier || l.Quantity <= 0 {
			continue
		}
		at := o.storeOf(l)
		if _, known := units[at]; !known {
			stores = append(stores, at)
		}
		units[at] += l.Quantity
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

// storeOf is the location that hands a line over.
func (o Order) storeOf(l OrderLine) string {
	if l.Store != "" {
		return l.Store
	}
	return o.Pickup
}

// Transfer is goods that leave another store than the one whose stock their sale lowers.
type Transfer struct {
	Units       Quantity
	Description string
	From        string // id of the location
}

// Transfers returns the goods of items that leave a store for which here is false: staff have to transfer them in the POS.
func (o Order) Transfers(here func(location string) bool) []Transfer {
	var list []Transfer
	for _, l := range o.Lines {
		at := o.storeOf(l)
		if l.Kind == LineProduct && !l.Supplier && l.ItemID != 0 && l.Quantity > 0 && at != "" && !here(at) {
			list = append(list, Transfer{Units: l.Quantity, Description: l.Description, From: at})
		}
	}
	return list
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
