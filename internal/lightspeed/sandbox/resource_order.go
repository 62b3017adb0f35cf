package sandbox

import (
	"fmt"
	"slices"
	"time"
)

// vendor is whom the shops order from.
type vendor struct {
	name  string
	stamp int64
}

// tag is a word that items are marked with.
type tag struct {
	name  string
	stamp int64
}

// The positions of the tags that every account has.
const (
	tagClearance = iota
	tagOnline
)

// addPurchasing makes the vendors and the tags that every account starts with.
func (a *Account) addPurchasing(now time.Time) {
	for i, name := range []string{"Northern Cycle Supply", "Continental Bike Trade", "Pacific Parts", "Wheelhouse Wholesale"} {
		a.vendors = append(a.vendors, vendor{name: name, stamp: now.AddDate(-4, 0, i).Unix()})
	}
	for i, name := range []string{"clearance", "online"} {
		a.tags = append(a.tags, tag{name: name, stamp: now.AddDate(-4, 1, i).Unix()})
	}
}

// vendorOf is the id of the vendor that an item is ordered from; 0 when nobody has set one.
func (a *Account) vendorOf(it *item) int64 {
	if it.maker == 0 {
		return 0
	}
	return int64(int(it.maker-1)%len(a.vendors)) + 1
}

func vendorResource() *resource {
	r := &resource{name: "Vendor", sorts: []string{"vendorID", "timeStamp", "name"}}
	none := func(names ...string) []field {
		fields := make([]field, len(names))
		for i, name := range names {
			fields[i] = constant(name, kindBool, value{})
		}
		return fields
	}
	r.fields = slices.Concat([]field{
		col("vendorID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(a *Account, row int) value { return textValue(a.vendors[row].name) }),
		constant("archived", kindBool, value{}),
		col("accountNumber", kindText, func(_ *Account, row int) value { return textValue(fmt.Sprintf("V-%04d", row+1)) }),
		constant("priceLevel", kindText, value{}),
	}, none("updatePrice", "updateCost", "updateDescription", "shareSellThrough"), []field{
		col("timeStamp", kindTime, func(a *Account, row int) value { return value{n: a.vendors[row].stamp} }),
		constant("b2bSellerUID", kindText, value{}),
	})
	r.count = func(a *Account) int { return len(a.vendors) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	r.relations = []*relation{emptyOne("Contact"), emptyMany("Reps")}
	return r
}

// orderResources are the open purchase orders, one for each shop and vendor with something on order, and their lines, one
// for each item with a backorder. They follow from the stock.
func orderResources(vendors *resource) (orders, lines *resource) {
	rights := []string{"purchase_orders"}
	lines = orderLineResource(rights)
	orders = &resource{name: "Order", sorts: []string{"orderID", "timeStamp"}, rights: rights}
	vendorID := func(a *Account, row int) int { return row%len(a.vendors) + 1 }
	shopID := func(a *Account, row int) int { return row/len(a.vendors) + 1 }
	stamp := func(a *Account, row int) value { return value{n: a.shops[shopID(a, row)-1].stamp} }
	total := func(a *Account, row int) (units int64, cost money) {
		for _, at := range a.orderLines(row, nil) {
			n := int64(a.stock[at].backorder)
			units, cost = units+n, cost+a.items[at/a.stride()].cost*money(n)
		}
		return units, cost
	}
	cost := func(a *Account, row int) value {
		_, sum := total(a, row)
		return intValue(sum)
	}
	orders.fields = slices.Concat([]field{
		col("orderID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		constant("refNum", kindText, value{}),
		constant("shipInstructions", kindText, value{}),
		constant("stockInstructions", kindText, value{}),
	}, zeros("shipCost", "otherCost"), []field{
		constant("complete", kindBool, value{}),
		constant("archived", kindBool, value{}),
	}, zeros("discount", "totalDiscount"), []field{
		col("totalQuantity", kindInt, func(a *Account, row int) value {
			units, _ := total(a, row)
			return value{n: units}
		}),
		col("subTotalCost", kindDecimal, cost),
		col("totalCost", kindDecimal, cost),
		col("createTime", kindTime, stamp),
		col("timeStamp", kindTime, stamp),
		col("vendorID", kindInt, func(a *Account, row int) value { return intValue(vendorID(a, row)) }),
		constant("noteID", kindInt, value{}),
		col("shopID", kindInt, func(a *Account, row int) value { return intValue(shopID(a, row)) }),
		constant("createdByEmployeeID", kindInt, value{n: 1}),
	})
	orders.count = func(a *Account) int { return len(a.shops) * len(a.vendors) }
	orders.exists = func(a *Account, row int) bool { return len(a.orderLines(row, nil)) > 0 }
	orders.find = func(a *Account, id int64) (int, bool) {
		ok := id >= 1 && id <= int64(orders.count(a)) && orders.exists(a, int(id-1))
		return int(id - 1), ok
	}
	orders.narrow = narrowByID(orders)
	orders.relations = []*relation{
		{name: "OrderLines", many: true, wrap: "OrderLines", element: "OrderLine", target: lines, rows: (*Account).orderLines},
		{name: "Vendor", element: "Vendor", target: vendors, rows: oneRow(vendorID)},
		emptyOne("Note"), emptyOne("Shop"), emptyMany("CustomFieldValues", emptyOne("value")),
	}
	return orders, lines
}

// orderLines are the stock rows with a backorder that belong to an order. What nobody has set a vendor for is on the first
// vendor's.
func (a *Account) orderLines(order int, buf []int) []int {
	shop, vendor := order/len(a.vendors)+1, int64(order%len(a.vendors)+1)
	for row := range a.items {
		if at := a.stockRowOf(row, shop); a.stock[at].backorder > 0 && max(a.vendorOf(&a.items[row]), 1) == vendor {
			buf = append(buf, at)
		}
	}
	return buf
}

func orderLineResource(rights []string) *resource {
	r := &resource{name: "OrderLine", sorts: []string{"orderLineID", "timeStamp", "orderID"}, rights: rights}
	cost := func(a *Account, row int) value { return intValue(a.items[row/a.stride()].cost) }
	stamp := func(a *Account, row int) value { return value{n: a.stock[row].stamp} }
	r.fields = slices.Concat([]field{
		col("orderLineID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("quantity", kindInt, func(a *Account, row int) value { return intValue(a.stock[row].backorder) }),
		col("price", kindDecimal, cost),
		col("originalPrice", kindDecimal, cost),
		col("vendorCost", kindDecimal, cost),
	}, zeros("checkedIn", "numReceived"), []field{
		col("timeStamp", kindTime, stamp),
		col("total", kindDecimal, func(a *Account, row int) value {
			return intValue(a.items[row/a.stride()].cost * money(a.stock[row].backorder))
		}),
		col("createTime", kindTime, stamp),
		col("orderID", kindInt, func(a *Account, row int) value {
			vendor := max(a.vendorOf(&a.items[row/a.stride()]), 1)
			return value{n: int64((row%a.stride()-1)*len(a.vendors)) + vendor}
		}),
		col("itemID", kindInt, func(a *Account, row int) value { return intValue(row/a.stride() + 1) }),
	})
	r.count = func(a *Account) int { return len(a.stock) }
	r.exists = func(a *Account, row int) bool { return row%a.stride() != 0 && a.stock[row].backorder > 0 }
	r.find = func(a *Account, id int64) (int, bool) {
		ok := id >= 1 && id <= int64(len(a.stock)) && r.exists(a, int(id-1))
		return int(id - 1), ok
	}
	r.narrow = narrowByID(r)
	return r
}

func tagResource() *resource {
	r := &resource{name: "Tag", sorts: []string{"tagID", "timeStamp", "name"}}
	r.fields = []field{
		col("tagID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(a *Account, row int) value { return textValue(a.tags[row].name) }),
		col("timeStamp", kindTime, func(a *Account, row int) value { return value{n: a.tags[row].stamp} }),
	}
	r.count = func(a *Account) int { return len(a.tags) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	return r
}

// tagShift packs an item's row and a tag's position.
const tagShift = 5

// tagRelation is the relation TagRelations of an item.
func tagRelation(tags *resource) *relation {
	const mask = 1<<tagShift - 1
	target := &resource{name: "TagRelation", fields: []field{
		col("tagRelationID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("itemID", kindInt, func(_ *Account, row int) value { return intValue(row>>tagShift + 1) }),
		col("tagID", kindInt, func(_ *Account, row int) value { return intValue(row&mask + 1) }),
	}}
	return &relation{name: "TagRelations", many: true, wrap: "TagRelations", element: "TagRelation", target: target,
		subs: []*relation{{name: "Tag", element: "Tag", target: tags,
			rows: func(_ *Account, row int, buf []int) []int { return append(buf, row&mask) }}},
		rows: func(a *Account, row int, buf []int) []int {
			for i := range a.tags {
				if a.items[row].tags&(1<<i) != 0 {
					buf = append(buf, row<<tagShift|i)
				}
			}
			return buf
		}}
}
