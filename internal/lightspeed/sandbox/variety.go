package sandbox

import (
	"slices"
	"time"
)

// vary makes some items of the catalogue unlike the others. Of every hundred, a few are boxes, assemblies, serialized or
// without stock, untaxed, of the tax class for labour, or without discounts. Every fourth item is of a matrix. The items
// before number 60 are plain but for their matrix.
func (a *Account) vary(it *item, art article, now time.Time) {
	row := int32(art.id - 1)
	it.publish = art.id%7 == 0
	if art.id%4 == 0 {
		a.giveAttributes(it, art.size, art.color, now.AddDate(-2, 0, 0).Unix())
	}
	if art.sale > 0 {
		it.tags |= 1 << tagClearance
	}
	if it.publish {
		it.tags |= 1 << tagOnline
	}
	if it.kind != itemDefault {
		return
	}
	switch art.id % 100 {
	case 61:
		it.kind = itemBox
		a.setParts(row, []part{{item: row - 1, units: 10}})
	case 63:
		it.kind = itemAssembly
		a.setParts(row, []part{{item: row - 1, units: 1}, {item: row - 2, units: 2}})
	case 65:
		it.kind = itemSerialized
	case 67:
		it.taxClass = taxClassItem + 1
	case 69:
		it.discountable = false
	case 71:
		it.tax = false
	case 73:
		it.kind = itemNonInventory
	}
}

// hasAttributes reports whether an item has a size, a colour or a matrix.
func (it *item) hasAttributes() bool { return it.matrix != 0 || it.size != "" || it.color != "" }

// giveAttributes gives an item its size and colour. One without a matrix gets a new one.
func (a *Account) giveAttributes(it *item, size, color string, stamp int64) {
	if it.size, it.color = size, color; size == "" && color == "" || it.matrix != 0 {
		return
	}
	a.matrices = append(a.matrices, itemMatrix{description: it.description, category: it.category, maker: it.maker,
		taxClass: it.taxClass, cost: it.cost, set: attributeSetOf(size, color), stamp: stamp})
	it.matrix = int32(len(a.matrices))
}

// part is what a box or an assembly consists of.
type part struct {
	item  int32 // row
	units int64
}

// partTables are the parts of boxes and assemblies, by their rows, and the boxes that hold an item.
type partTables struct {
	of    map[int32][]part
	boxes map[int32][]int32
}

// setParts replaces the parts of a box or an assembly.
func (a *Account) setParts(row int32, parts []part) {
	if a.parts.of == nil {
		a.parts = partTables{of: map[int32][]part{}, boxes: map[int32][]int32{}}
	}
	for _, p := range a.parts.of[row] {
		a.parts.boxes[p.item] = slices.DeleteFunc(a.parts.boxes[p.item], func(box int32) bool { return box == row })
	}
	delete(a.parts.of, row)
	if len(parts) == 0 {
		return
	}
	a.parts.of[row] = parts
	for _, p := range parts {
		a.parts.boxes[p.item] = append(a.parts.boxes[p.item], row)
	}
}

// componentQOH is what a shop could have besides its stock: of an item that boxes hold, what is in them; of an assembly,
// how many its parts would make.
func (a *Account) componentQOH(stockRow int) int64 {
	row, shop := int32(stockRow/a.stride()), stockRow%a.stride()
	onHand := func(item int32) int64 { return int64(max(a.stock[a.stockRowOf(int(item), shop)].qoh, 0)) }
	var inBoxes int64
	for _, box := range a.parts.boxes[row] {
		if a.items[box].kind != itemBox {
			continue
		}
		for _, p := range a.parts.of[box] {
			if p.item == row {
				inBoxes += onHand(box) * p.units
			}
		}
	}
	parts := a.parts.of[row]
	if a.items[row].kind != itemAssembly || len(parts) == 0 {
		return inBoxes
	}
	makes := onHand(parts[0].item) / parts[0].units
	for _, p := range parts[1:] {
		makes = min(makes, onHand(p.item)/p.units)
	}
	return inBoxes + makes
}

// partShift packs the row of a box or an assembly with the position of one of its parts.
const partShift = 6

// componentRelation is the relation ItemComponents.
func componentRelation() *relation {
	at := func(a *Account, row int) part { return a.parts.of[int32(row>>partShift)][row&(1<<partShift-1)] }
	target := &resource{name: "ItemComponent", fields: []field{
		col("itemComponentID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("quantity", kindInt, func(a *Account, row int) value { return value{n: at(a, row).units} }),
		constant("componentGroup", kindInt, value{}),
		col("assemblyItemID", kindInt, func(_ *Account, row int) value { return intValue(row>>partShift + 1) }),
		col("componentItemID", kindInt, func(a *Account, row int) value { return intValue(at(a, row).item + 1) }),
	}}
	return &relation{name: "ItemComponents", many: true, wrap: "ItemComponents", element: "ItemComponent", target: target,
		rows: func(a *Account, row int, buf []int) []int {
			for i := range a.parts.of[int32(row)] {
				buf = append(buf, row<<partShift|i)
			}
			return buf
		}}
}
