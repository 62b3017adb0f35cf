package sandbox

import "slices"

func itemShopResource() *resource {
	r := &resource{
		name:   "ItemShop",
		sorts:  []string{"itemShopID", "timeStamp"},
		rights: []string{"inventory", "inventory_read", "product_cost"},
		write:  []string{"product_edit", "admin"},
	}
	num := func(name string, get func(a *Account, row int) int64) field {
		return col(name, kindInt, func(a *Account, row int) value { return value{n: get(a, row)} })
	}
	dec := func(name string, get func(a *Account, row int) int64) field {
		return col(name, kindDecimal, func(a *Account, row int) value { return value{n: get(a, row)} })
	}
	cost := func(a *Account, row int) int64 { return int64(a.items[row/a.stride()].cost) }
	worth := func(a *Account, row int) int64 { return cost(a, row) * a.sellable(row) }
	lot := func(a *Account, row int) int64 {
		if a.sellable(row) == 0 {
			return 0
		}
		return int64(row/a.stride()) + 1
	}
	lotCost := func(a *Account, row int) int64 {
		if a.sellable(row) == 0 {
			return 0
		}
		return cost(a, row)
	}
	r.fields = slices.Concat([]field{
		num("itemShopID", func(_ *Account, row int) int64 { return int64(row) + 1 }),
		num("qoh", func(a *Account, row int) int64 { return int64(a.stock[row].qoh) }),
		num("sellable", func(a *Account, row int) int64 { return a.sellable(row) }),
		num("backorder", func(a *Account, row int) int64 { return int64(a.stock[row].backorder) }),
		num("componentQoh", func(a *Account, row int) int64 { return a.componentQOH(row) }),
	}, zeros("componentBackorder", "onLayaway", "onSpecialOrder", "onWorkorder", "onTransferOut",
		"onTransferIn"), []field{
		dec("averageCost", func(a *Account, row int) int64 {
			if row%a.stride() != 0 {
				return 0
			}
			return cost(a, row)
		}),
		num("nextFifoLotID", lot),
		dec("nextFifoLotCost", lotCost),
		num("lastReceivedLotID", lot),
		dec("lastReceivedCost", lotCost),
		dec("totalValueFifo", worth),
		dec("totalValueAvgCost", worth),
		dec("totalValueNegativeInventory", func(a *Account, row int) int64 {
			return cost(a, row) * (int64(a.stock[row].qoh) - a.sellable(row))
		}),
		num("reorderPoint", func(a *Account, row int) int64 { return int64(a.stock[row].reorderPoint) }),
		num("reorderLevel", func(a *Account, row int) int64 { return int64(a.stock[row].reorder) }),
		col("timeStamp", kindTime, func(a *Account, row int) value { return value{n: a.stock[row].stamp} }),
		num("itemID", func(a *Account, row int) int64 { return int64(row/a.stride()) + 1 }),
		num("shopID", func(a *Account, row int) int64 { return int64(row % a.stride()) }),
	})
	r.count = func(a *Account) int { return len(a.stock) }
	r.find = func(a *Account, id int64) (int, bool) {
		ok := id >= 1 && id <= int64(len(a.stock)) && !a.stock[id-1].missing
		return int(id - 1), ok
	}
	r.exists = func(a *Account, row int) bool { return !a.stock[row].missing }
	byID := narrowByID(r)
	r.narrow = func(a *Account, field string, values []value) ([]int, bool) {
		if field != "itemID" {
			return byID(a, field, values)
		}
		var rows []int
		for _, v := range values {
			if v.n >= 1 && v.n <= int64(len(a.items)) {
				base := int(v.n-1) * a.stride()
				for i := range a.stride() {
					rows = append(rows, base+i)
				}
			}
		}
		slices.Sort(rows)
		return slices.Compact(rows), true
	}
	r.order = func(a *Account, field string) (ordering, bool) {
		return a.stockStamps.ordering(func(row int) int64 { return int64(row) + 1 }), field == "timeStamp"
	}
	r.update = updateItemShop
	return r
}

// sellable is the stock, or zero if that is negative; for all shops it is the sum of the positive ones.
func (a *Account) sellable(row int) int64 {
	if row%a.stride() != 0 {
		return int64(max(a.stock[row].qoh, 0))
	}
	var sum int64
	for i := 1; i < a.stride(); i++ {
		sum += int64(max(a.stock[row+i].qoh, 0))
	}
	return sum
}
