package sandbox

import "slices"

// pairShift packs an item's row and a price level's position into the row of the embedded Prices.
const pairShift = 16

// itemLinks are the resources that items lead to.
type itemLinks struct {
	stock, categories, makers, classes, attributes, tags *resource
}

func itemResource(to itemLinks) *resource {
	text := func(name string, get func(*item) string) field {
		return col(name, kindText, func(a *Account, row int) value { return textValue(get(&a.items[row])) })
	}
	num := func(name string, k kind, get func(*item) int64) field {
		return col(name, k, func(a *Account, row int) value { return value{n: get(&a.items[row])} })
	}
	flag := func(name string, get func(*item) bool) field {
		return col(name, kindBool, func(a *Account, row int) value { return boolValue(get(&a.items[row])) })
	}
	kinds := itemKindNames()
	r := &resource{
		name:   "Item",
		sorts:  []string{"itemID", "timeStamp", "description"},
		rights: []string{"register", "product_cost", "reports", "workbench", "customers", "admin"},
		write:  []string{"product_edit", "admin"},
		echo:   []string{"ItemShops"},
		pseudo: []pseudoField{{name: "itemCode", fields: []string{"upc", "ean", "systemSku", "itemID"}}},
	}
	r.fields = slices.Concat([]field{
		col("itemID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		// It has digits only, so a number will do, which needs less memory.
		num("systemSku", kindInt, func(it *item) int64 { return it.sku }),
		num("defaultCost", kindDecimal, func(it *item) int64 { return int64(it.cost) }),
		num("avgCost", kindDecimal, func(it *item) int64 { return int64(it.cost) }),
		flag("discountable", func(it *item) bool { return it.discountable }),
		flag("tax", func(it *item) bool { return it.tax }),
		flag("archived", func(it *item) bool { return it.archived }),
		text("itemType", func(it *item) string { return kinds[it.kind] }),
		flag("serialized", func(it *item) bool { return it.kind == itemSerialized || it.kind == itemSerializedAssembly }),
		text("description", func(it *item) string { return it.description }),
		constant("modelYear", kindInt, value{}),
		text("upc", func(it *item) string { return it.upc }),
		text("ean", func(it *item) string { return it.ean }),
		text("customSku", func(it *item) string { return it.customSKU }),
		text("manufacturerSku", func(it *item) string { return it.makerSKU }),
		num("createTime", kindTime, func(it *item) int64 { return it.created }),
		num("timeStamp", kindTime, func(it *item) int64 { return it.stamp }),
		flag("publishToEcom", func(it *item) bool { return it.publish }),
		num("categoryID", kindInt, func(it *item) int64 { return int64(it.category) }),
		num("taxClassID", kindInt, func(it *item) int64 { return int64(it.taxClass) }),
	}, zeros("departmentID"), []field{
		num("itemMatrixID", kindInt, func(it *item) int64 { return int64(it.matrix) }),
		num("manufacturerID", kindInt, func(it *item) int64 { return int64(it.maker) }),
	}, zeros("seasonID"), []field{
		col("defaultVendorID", kindInt, func(a *Account, row int) value { return value{n: a.vendorOf(&a.items[row])} }),
	})

	r.count = func(a *Account) int { return len(a.items) }
	r.find = func(a *Account, id int64) (int, bool) { return int(id - 1), id >= 1 && id <= int64(len(a.items)) }
	r.archived = func(a *Account, row int) bool { return a.items[row].archived }
	r.narrow = narrowByID(r)
	r.order = func(a *Account, field string) (ordering, bool) {
		switch field {
		case "timeStamp":
			return a.itemStamps.ordering(func(row int) int64 { return int64(row + 1) }), true
		case "description":
			return a.descriptionOrdering(), true
		}
		return ordering{}, false
	}
	r.create, r.update, r.remove = createItem, updateItem, removeItem

	r.relations = []*relation{
		{name: "Category", element: "Category", target: to.categories, rows: oneRow(func(a *Account, row int) int {
			return int(a.items[row].category)
		})},
		{name: "TaxClass", element: "TaxClass", target: to.classes, rows: oneRow(func(a *Account, row int) int {
			return int(a.items[row].taxClass)
		})},
		{name: "ItemAttributes", element: "ItemAttributes", target: to.attributes, subs: to.attributes.relations,
			rows: func(a *Account, row int, buf []int) []int {
				if a.items[row].hasAttributes() {
					buf = append(buf, row)
				}
				return buf
			}},
		{name: "Manufacturer", element: "Manufacturer", target: to.makers, rows: oneRow(func(a *Account, row int) int {
			return int(a.items[row].maker)
		})},
		emptyOne("Note"), emptyMany("Images"),
		{name: "ItemShops", many: true, wrap: "ItemShops", element: "ItemShop", target: to.stock, rows: stockOfItem,
			fields: to.stock.pick("itemShopID", "qoh", "sellable", "backorder", "componentQoh", "componentBackorder",
				"reorderPoint", "reorderLevel", "timeStamp", "itemID", "shopID")},
		emptyMany("ItemVendorNums"), componentRelation(), emptyOne("ItemECommerce"),
		tagRelation(to.tags), emptyMany("CustomFieldValues", emptyOne("value")),
		emptyMany("ItemPrices"),
		{name: "Prices", always: true, many: true, wrap: "Prices", element: "ItemPrice", target: itemPriceResource(),
			rows: func(a *Account, row int, buf []int) []int {
				for i := range a.levels {
					if !a.levels[i].archived {
						buf = append(buf, row<<pairShift|i)
					}
				}
				return buf
			}},
	}
	return r
}

// oneRow is a to-one relation by id to a table whose ids count from 1; 0 is none.
func oneRow(id func(a *Account, row int) int) func(*Account, int, []int) []int {
	return func(a *Account, row int, buf []int) []int {
		if n := id(a, row); n > 0 {
			buf = append(buf, n-1)
		}
		return buf
	}
}

// stockOfItem lists the rows of the shops and, last, that of all shops.
func stockOfItem(a *Account, row int, buf []int) []int {
	base := row * a.stride()
	for i := 1; i < a.stride(); i++ {
		if !a.stock[base+i].missing {
			buf = append(buf, base+i)
		}
	}
	return append(buf, base)
}

// itemPriceResource is the embedded price of an item at a level.
func itemPriceResource() *resource {
	const mask = 1<<pairShift - 1
	return &resource{name: "ItemPrice", fields: []field{
		col("amount", kindDecimal, func(a *Account, row int) value {
			return intValue(a.items[row>>pairShift].price(row & mask))
		}),
		col("useTypeID", kindInt, func(_ *Account, row int) value { return intValue(row&mask + 1) }),
		col("useType", kindText, func(a *Account, row int) value { return textValue(a.levels[row&mask].name) }),
	}}
}

// descriptionOrdering sorts the items by description, and keeps the order until one changes.
func (a *Account) descriptionOrdering() ordering {
	rows := a.byDescription.Load()
	if rows == nil || len(*rows) != len(a.items) {
		fresh := make([]int32, len(a.items))
		for i := range fresh {
			fresh[i] = int32(i)
		}
		slices.SortStableFunc(fresh, func(x, y int32) int {
			return compareValues(kindText, textValue(a.items[x].description), textValue(a.items[y].description))
		})
		rows = &fresh
		a.byDescription.Store(rows)
	}
	list := *rows
	return ordering{
		n: len(list),
		key: func(i int) (value, int64) {
			return textValue(a.items[list[i]].description), int64(list[i]) + 1
		},
		row: func(i int) (int, bool) { return int(list[i]), true },
	}
}

func categoryResource() *resource {
	r := &resource{name: "Category", sorts: []string{"categoryID", "timeStamp", "leftNode", "rightNode"}}
	num := func(name string, k kind, get func(*category) int64) field {
		return col(name, k, func(a *Account, row int) value { return value{n: get(&a.cats[row])} })
	}
	r.fields = []field{
		col("categoryID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(a *Account, row int) value { return textValue(a.cats[row].name) }),
		num("nodeDepth", kindInt, func(c *category) int64 { return int64(c.depth) }),
		col("fullPathName", kindText, func(a *Account, row int) value { return textValue(a.cats[row].path) }),
		num("leftNode", kindInt, func(c *category) int64 { return int64(c.left) }),
		num("rightNode", kindInt, func(c *category) int64 { return int64(c.right) }),
		num("createTime", kindTime, func(c *category) int64 { return c.stamp }),
		num("timeStamp", kindTime, func(c *category) int64 { return c.stamp }),
		num("parentID", kindInt, func(c *category) int64 { return int64(c.parent) }),
	}
	r.count = func(a *Account) int { return len(a.cats) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	r.write = []string{"categories", "admin"}
	r.create, r.update = createCategory, updateCategory
	r.relations = []*relation{{name: "Parent", element: "Parent", target: r, rows: oneRow(func(a *Account, row int) int {
		return a.cats[row].parent
	})}}
	return r
}

func manufacturerResource() *resource {
	r := &resource{name: "Manufacturer", sorts: []string{"manufacturerID", "timeStamp", "name"}}
	stamp := func(a *Account, row int) value { return value{n: a.makers[row].stamp} }
	r.fields = []field{
		col("manufacturerID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(a *Account, row int) value { return textValue(a.makers[row].name) }),
		col("createTime", kindTime, stamp),
		col("timeStamp", kindTime, stamp),
	}
	r.count = func(a *Account) int { return len(a.makers) }
	r.find = smallFind(r)
	r.narrow = narrowByID(r)
	r.write = []string{"manufacturers", "admin"}
	r.create, r.update = createManufacturer, updateManufacturer
	return r
}
