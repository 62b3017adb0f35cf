package retail

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Transfer is goods of a line that leave another store than the one whose stock their sale lowers: all that leave one location.
type Transfer struct {
	Key         string // see [TransferKey]
	Units       Quantity
	Description string
	From        string // id of the location
}

// TransferKey is what names the goods of a line, by its key, that leave a location.
func TransferKey(line, location string) string { return location + "/" + line }

// Transfers returns the goods of the order that leave a store for which here is false: staff have to transfer them in the POS.
//
// Only what the sale sold lowers its store's stock, so what the order has come to have since is not among them. The units of an item
// that were sold are those that counted before, as long as they still leave their store: staff may have transferred them already. The
// others are the first of its lines, and of a line those that were handed over first.
func (p SalePlan) Transfers(o Order, here func(location string) bool, counted TransferUnits) []Transfer {
	var list []Transfer
	leaving := TransferUnits{}
	for goods, quantity := range o.leaving {
		if key := goods.key(); goods.store != "" && !here(goods.store) {
			if _, known := leaving[key]; !known {
				list = append(list, Transfer{Key: key, Description: goods.line.Description, From: goods.store})
			}
			leaving[key] += quantity
		}
	}
	if len(list) == 0 {
		return nil
	}
	sold := p.soldGoods(o, counted)
	units, before := TransferUnits{}, TransferUnits{}
	for goods := range o.leaving {
		key := goods.key()
		if _, known := units[key]; known || leaving[key] == 0 {
			continue
		}
		units[key] = sold.take(goods, min(leaving[key], counted[key]))
		before[key] = units[key]
	}
	for goods, quantity := range o.handedOver {
		key := goods.key()
		if goods.supplier {
			sold.takeSupplied(goods, quantity)
			continue
		}
		known := min(quantity, before[key])
		before[key] -= known
		taken := sold.take(goods, quantity-known)
		if leaving[key] > 0 {
			units[key] += taken
		}
	}
	for i := range list {
		list[i].Units = units[list[i].Key]
	}
	return slices.DeleteFunc(list, func(t Transfer) bool { return t.Units <= 0 })
}

// soldGoods are the units of items that a sale sold, less those that were found in its order.
type soldGoods struct {
	units    map[int64]Quantity // by the items
	text     map[string]Quantity
	products map[string]SoldProduct // nil = an earlier version did not note them
	counted  TransferUnits
	renamed  bool // it may have sold as an item that no line names any more
}

func (p SalePlan) soldGoods(o Order, counted TransferUnits) soldGoods {
	sold := soldGoods{units: map[int64]Quantity{}, text: maps.Clone(p.Sold), products: p.Products, counted: counted, renamed: len(p.Lines) == 0}
	named := map[int64]bool{}
	for _, l := range o.Lines {
		named[l.ItemID] = true
	}
	for item, units := range p.Units() {
		sold.units[item] = Quantity(units) * Unit
		sold.renamed = sold.renamed || !named[item]
	}
	for key, product := range p.Products {
		if _, known := sold.text[key]; known {
			sold.text[key] -= sold.units[product.ItemID]
		}
	}
	return sold
}

// take takes so many units of the goods out of what was sold, or those that are left, and returns how many. Where it is not known
// what was sold, all were: goods that are transferred for nothing are seen, and those that were sold elsewhere would be sold again.
func (s soldGoods) take(goods goodsAt, most Quantity) Quantity {
	item := goods.line.ItemID
	_, sold := s.units[item]
	switch {
	case s.products != nil:
		item = s.products[productPrefix+goods.line.ProductKey].ItemID // its product may be linked to another item since
	case !sold && s.renamed && (item != 0 || s.counted[goods.key()] > 0):
		return most
	}
	taken := min(most, s.units[item])
	if taken > 0 {
		s.units[item] -= taken
	}
	return taken
}

// takeSupplied takes units that a supplier fulfils: those that were sold as text, and then those of the item.
func (s soldGoods) takeSupplied(goods goodsAt, units Quantity) {
	if s.products == nil || s.text == nil {
		return
	}
	key := productPrefix + goods.line.ProductKey
	text := min(units, max(s.text[key], 0))
	s.text[key] -= text
	s.take(goods, units-text)
}

// TransferUnits are how many units are to be transferred, or were, by the transfers' keys.
type TransferUnits map[string]Quantity

// Plus returns the units of both.
func (u TransferUnits) Plus(more TransferUnits) TransferUnits {
	sum := TransferUnits{}
	for _, units := range []TransferUnits{u, more} {
		for key, n := range units {
			sum[key] += n
		}
	}
	return sum
}

// Less returns what is left of the transfers once these units were transferred.
func (u TransferUnits) Less(list []Transfer) []Transfer {
	moved := TransferUnits{}.Plus(u)
	var left []Transfer
	for _, t := range list {
		known := min(t.Units, moved[t.Key])
		moved[t.Key] -= known
		if t.Units -= known; t.Units > 0 {
			left = append(left, t)
		}
	}
	return left
}

// UnitsOf adds up the units of transfers.
func UnitsOf(list []Transfer) TransferUnits {
	units := TransferUnits{}
	for _, t := range list {
		units[t.Key] += t.Units
	}
	return units
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
