package sandbox

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// createItem is POST Item. The caller holds the account's lock, as in all writes.
func createItem(a *Account, in payload) (int, *reply) {
	it := a.newItem()
	if rep := a.readItem(&it, in, "Item not created."); rep != nil {
		return 0, rep
	}
	row := len(a.items)
	stock, rep := a.readStock(row, in)
	if rep != nil {
		return 0, rep
	}
	parts, rep := a.readParts(row, in)
	if rep != nil {
		return 0, rep
	}
	a.addInline(&it, in)
	a.appendItem(it)
	a.applyStock(row, stock)
	a.setParts(int32(row), parts)
	return row, nil
}

// updateItem is PUT Item. The fields that are sent change; archived=false unarchives. A change of stock moves only the stamps of
// the stock.
func updateItem(a *Account, row int, in payload) *reply {
	it := a.items[row]
	if rep := a.readItem(&it, in, "Item not updated."); rep != nil {
		return rep
	}
	stock, rep := a.readStock(row, in)
	if rep != nil {
		return rep
	}
	parts, rep := a.readParts(row, in)
	if rep != nil {
		return rep
	}
	a.addInline(&it, in)
	if _, sent := in["ItemComponents"]; sent {
		a.setParts(int32(row), parts)
	}
	for _, key := range in.keys() {
		if key != "ItemShops" {
			a.items[row] = it
			a.byDescription.Store(nil)
			a.stampItem(row, a.now())
			break
		}
	}
	a.applyStock(row, stock)
	return nil
}

// removeItem is DELETE Item, which archives.
func removeItem(a *Account, row int) *reply {
	a.archive(row)
	return nil
}

// readItem applies the scalar fields and the prices of a body to an item. It ignores keys that are read-only or unknown.
func (a *Account) readItem(it *item, in payload, failure string) *reply {
	fail := func(err error) *reply { return badRequest(failure + " " + err.Error()) }
	for key, to := range map[string]*string{"description": &it.description, "upc": &it.upc, "ean": &it.ean,
		"customSku": &it.customSKU, "manufacturerSku": &it.makerSKU} {
		if text, ok := in.text(key); ok {
			*to = text
		}
	}
	for key, to := range map[string]*bool{"tax": &it.tax, "discountable": &it.discountable,
		"publishToEcom": &it.publish} {
		v, ok, err := in.scalar(key, kindBool)
		if err != nil {
			return fail(err)
		}
		if ok {
			*to = v.n != 0
		}
	}
	if v, ok, err := in.scalar("archived", kindBool); err != nil {
		return fail(err)
	} else if ok && v.n == 0 {
		it.archived = false
	}
	if v, ok, err := in.scalar("defaultCost", kindDecimal); err != nil {
		return fail(err)
	} else if ok {
		it.cost = money(v.n)
	}
	if text, ok := in.text("itemType"); ok {
		i := slices.Index(itemKindNames(), text)
		if i < 0 {
			return fail(fmt.Errorf("itemType %q is not known", text))
		}
		it.kind = itemKind(i)
	}
	for key, ref := range map[string]struct {
		to  *int32
		max int
	}{"categoryID": {&it.category, len(a.cats)}, "manufacturerID": {&it.maker, len(a.makers)},
		"taxClassID": {&it.taxClass, len(a.tax.classes)}, "itemMatrixID": {&it.matrix, len(a.matrices)}} {
		v, ok, err := in.scalar(key, kindInt)
		if err != nil {
			return fail(err)
		}
		if ok && (v.n < 0 || v.n > int64(ref.max)) {
			return fail(fmt.Errorf("%s %d does not exist", key, v.n))
		}
		if ok {
			*ref.to = int32(v.n)
		}
	}
	if it.description == "" {
		return badRequest(failure + " An Item must have a description.")
	}
	for _, key := range []string{"Category", "Manufacturer"} {
		if name, inline := inlineName(in, key); inline && strings.TrimSpace(name) == "" {
			return badRequest(failure + " name cannot be blank.")
		}
	}
	return a.readPrices(it, in, fail)
}

// inlineName is the name of the category or manufacturer that the body of an item describes. If the body has its id too, the
// description is ignored.
func inlineName(in payload, resource string) (name string, inline bool) {
	about, ok := in[resource].(map[string]any)
	if _, byID := in.text(strings.ToLower(resource[:1]) + resource[1:] + "ID"); !ok || byID {
		return "", false
	}
	name, _ = payload(about).text("name")
	return name, true
}

// addInline makes the category and the manufacturer that the body of an item describes, and gives the item its attributes.
func (a *Account) addInline(it *item, in payload) {
	if name, inline := inlineName(in, "Category"); inline {
		it.category = int32(a.addCategory(name, 0) + 1)
	}
	if name, inline := inlineName(in, "Manufacturer"); inline {
		it.maker = int32(a.addManufacturer(name) + 1)
	}
	if about, ok := in["ItemAttributes"].(map[string]any); ok {
		size, color := it.size, it.color
		if text, sent := payload(about).text("attribute1"); sent {
			color = text
		}
		if text, sent := payload(about).text("attribute2"); sent {
			size = text
		}
		a.giveAttributes(it, size, color, a.now())
	}
}

// readParts reads the ItemComponents of a body.
func (a *Account) readParts(row int, in payload) ([]part, *reply) {
	list, _ := in.list("ItemComponents", "ItemComponent")
	var parts []part
	for _, p := range list {
		id, _, err1 := p.scalar("componentItemID", kindInt)
		units, _, err2 := p.scalar("quantity", kindInt)
		if err1 != nil || err2 != nil {
			return nil, badRequest("Item not saved. An ItemComponent needs componentItemID and quantity.")
		}
		parts = append(parts, part{item: int32(id.n - 1), units: units.n})
	}
	if err := a.checkParts(row, parts); err != nil {
		return nil, badRequest("Item not saved. " + err.Error() + ".")
	}
	return parts, nil
}

// checkParts returns why an item cannot consist of these.
func (a *Account) checkParts(row int, parts []part) error {
	if len(parts) >= 1<<partShift {
		return fmt.Errorf("%d components are too many", len(parts))
	}
	for _, p := range parts {
		if p.item < 0 || int(p.item) >= len(a.items) || int(p.item) == row {
			return fmt.Errorf("componentItemID %d does not exist", p.item+1)
		}
		if p.units < 1 || p.units > maxQuantity {
			return fmt.Errorf("quantity %d is out of range", p.units)
		}
	}
	return nil
}

func (a *Account) readPrices(it *item, in payload, fail func(error) *reply) *reply {
	prices, _ := in.list("Prices", "ItemPrice")
	for _, p := range prices {
		amount, _, err := p.scalar("amount", kindDecimal)
		if err != nil {
			return fail(err)
		}
		level, ok, err := p.scalar("useTypeID", kindInt)
		if err != nil {
			return fail(err)
		}
		if name, named := p.text("useType"); !ok && named {
			level.n = int64(slices.IndexFunc(a.levels, func(l priceLevel) bool { return l.name == name })) + 1
		}
		if level.n < 1 || level.n > int64(len(a.levels)) {
			return fail(fmt.Errorf("the price level of an ItemPrice does not exist"))
		}
		a.setPrice(it, int(level.n-1), money(amount.n))
	}
	return nil
}

// stockSetting is one ItemShop of a body; nil fields stay.
type stockSetting struct {
	shop                int
	qoh, point, reorder *int32
}

// readStock reads the ItemShops of a body. Each must be of this item and a shop, and none may come twice.
func (a *Account) readStock(row int, in payload) ([]stockSetting, *reply) {
	list, _ := in.list("ItemShops", "ItemShop")
	var out []stockSetting
	for _, p := range list {
		var set stockSetting
		id, byID, err1 := p.scalar("itemShopID", kindInt)
		shop, byShop, err2 := p.scalar("shopID", kindInt)
		if err1 != nil || err2 != nil || !byID && !byShop {
			return nil, badRequest("Item not updated. An ItemShop needs an itemShopID or a shopID.")
		}
		set.shop = int(shop.n)
		if byID {
			set.shop = int(id.n) - 1 - a.stockRowOf(row, 0)
		}
		if set.shop < 1 || set.shop > len(a.shops) || byID && byShop && set.shop != int(shop.n) {
			return nil, badRequest("Item not updated. Invalid ItemShop.")
		}
		if slices.ContainsFunc(out, func(s stockSetting) bool { return s.shop == set.shop }) {
			return nil, badRequest("Item not updated. Duplicate ItemShop.")
		}
		if rep := readQuantities(p, map[string]**int32{"qoh": &set.qoh, "reorderPoint": &set.point,
			"reorderLevel": &set.reorder}); rep != nil {
			return nil, rep
		}
		out = append(out, set)
	}
	return out, nil
}

// readQuantities reads whole numbers from 0 up; those that are not sent stay nil.
func readQuantities(p payload, into map[string]**int32) *reply {
	for key, to := range into {
		v, ok, err := p.scalar(key, kindInt)
		if err != nil || v.n < 0 || v.n > math.MaxInt32 {
			return badRequest(fmt.Sprintf("ItemShop: %s must be a whole number from 0.", key))
		}
		if ok {
			n := int32(v.n)
			*to = &n
		}
	}
	return nil
}

func (a *Account) applyStock(row int, list []stockSetting) {
	set := func(to, from *int32) {
		if from != nil {
			*to = *from
		}
	}
	for _, w := range list {
		a.changeStock(row, w.shop, func(s *stockRow) {
			set(&s.qoh, w.qoh)
			set(&s.reorderPoint, w.point)
			set(&s.reorder, w.reorder)
		})
	}
}

// updateItemShop is PUT ItemShop, which takes the reorder settings only.
func updateItemShop(a *Account, row int, in payload) *reply {
	set := stockSetting{shop: row % a.stride()}
	if set.shop == 0 {
		return badRequest("ItemShop not updated. The summary of all shops cannot be changed.")
	}
	if rep := readQuantities(in, map[string]**int32{"reorderPoint": &set.point, "reorderLevel": &set.reorder}); rep != nil {
		return rep
	}
	a.applyStock(row/a.stride(), []stockSetting{set})
	return nil
}
