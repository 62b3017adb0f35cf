package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// A catalogue of some hundred items has at least one of every kind that a shop may have.
func TestCatalogueHasEveryKindOfItem(t *testing.T) {
	r := newRig(t, Options{Items: 400})
	want := map[string]func(ItemState) bool{
		"box":               func(i ItemState) bool { return i.ItemType == "box" && len(i.Components) == 1 },
		"assembly":          func(i ItemState) bool { return i.ItemType == "assembly" && len(i.Components) == 2 },
		"serialized":        func(i ItemState) bool { return i.ItemType == "serialized" },
		"non-inventory":     func(i ItemState) bool { return i.ItemType == "non_inventory" },
		"size and colour":   func(i ItemState) bool { return i.ItemMatrixID != 0 && i.Size != "" && i.Color != "" },
		"size alone":        func(i ItemState) bool { return i.ItemMatrixID != 0 && i.Size != "" && i.Color == "" },
		"colour alone":      func(i ItemState) bool { return i.ItemMatrixID != 0 && i.Size == "" && i.Color != "" },
		"published to eCom": func(i ItemState) bool { return i.PublishToEcom },
		"tax class 2":       func(i ItemState) bool { return i.TaxClassID == 2 },
		"without discounts": func(i ItemState) bool { return !i.Discountable },
		"not taxed":         func(i ItemState) bool { return !i.Tax },
		"plain in all these": func(i ItemState) bool {
			return i.ItemType == "default" && i.ItemMatrixID == 0 && i.Tax && i.Discountable
		},
	}
	items := r.s.Account("").Truth().Items
	for name, is := range want {
		if !slices.ContainsFunc(items, is) {
			t.Errorf("no item is: %s", name)
		}
	}
	for row := range r.s.Catalogue() {
		if i := items[row.ItemID-1]; i.ItemMatrixID != 0 && (i.Size != row.Size || i.Color != row.Color) {
			t.Errorf("item %d is %q %q, its catalogue says %q %q", i.ID, i.Size, i.Color, row.Size, row.Color)
		}
	}
}

func TestItemAttributesAndMatrix(t *testing.T) {
	r := newRig(t, Options{Items: 3})
	a := r.s.Account("")
	matrix, err := a.AddMatrix("Aero Jersey")
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.AddItem(ItemEdit{Description: new("Aero Jersey M Black"), ItemMatrixID: &matrix, Size: new("M"), Color: new("Black")}, decimal.NewFromInt(79))
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.AddItem(ItemEdit{Description: new("Bell"), Color: new("Red")}, decimal.NewFromInt(9))
	if err != nil {
		t.Fatal(err)
	}
	load := `?load_relations=["ItemAttributes","ItemAttributes.ItemAttributeSet"]`
	for path, want := range map[string]string{
		fmt.Sprintf("Item/%d.json%s", id, load): `"ItemAttributes":{"attribute1":"Black","attribute2":"M","attribute3":"","itemAttributeSetID":"1",` +
			`"ItemAttributeSet":{"itemAttributeSetID":"1","name":"Color\/Size","attributeName1":"Color","attributeName2":"Size","attributeName3":""}}`,
		fmt.Sprintf("Item/%d.json%s", own, load):                                  `"itemAttributeSetID":"3"`,
		fmt.Sprintf("ItemMatrix/%d.json", matrix):                                 `"description":"Aero Jersey"`,
		`ItemMatrix/2.json?load_relations=["ItemAttributeSet"]`:                   `"description":"Bell"`,
		"ItemAttributeSet.json":                                                   `"name":"3 Attributes"`,
		fmt.Sprintf("Item.json?itemMatrixID=%d", matrix):                          fmt.Sprintf(`"itemID":"%d"`, id),
		"Item/1.json" + load:                                                      `"itemMatrixID":"0"`,
		`Item.json?load_relations=["ItemAttributes"]&ItemAttributes.attribute2=M`: fmt.Sprintf(`"itemID":"%d"`, id),
	} {
		if got := r.get(path).body; !strings.Contains(got, want) {
			t.Errorf("%s lacks %s: %s", path, want, got)
		}
	}
	if got := r.get("Item/1.json" + load).body; strings.Contains(got, "ItemAttributes") {
		t.Errorf("an item without a matrix has attributes: %s", got)
	}
	made := r.api(http.MethodPost, "Item.json", `{"description":"Aero Jersey L","itemMatrixID":"1","ItemAttributes":{"attribute1":"Black","attribute2":"L"}}`)
	if got, err := a.Item(6); made.status != 200 || err != nil || got.Size != "L" || got.Color != "Black" || got.ItemMatrixID != 1 {
		t.Errorf("%d %+v, %v", made.status, got, err)
	}
}

// Boxes and assemblies say what they consist of, and how many more their parts would make.
func TestComponents(t *testing.T) {
	r := newRig(t, Options{Items: 4, Shops: 1})
	a := r.s.Account("")
	for id, units := range map[int64]int{1: 7, 2: 5, 3: 2, 4: 1} {
		if err := a.Count(id, 1, units); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Edit(3, ItemEdit{ItemType: new("box"), Components: []Component{{ItemID: 1, Units: 12}}}); err != nil {
		t.Fatal(err)
	}
	if got := r.api(http.MethodPut, "Item/4.json", `{"itemType":"assembly","ItemComponents":{"ItemComponent":[{"componentItemID":1,"quantity":2},{"componentItemID":2,"quantity":1}]}}`); got.status != 200 {
		t.Fatal(got.body)
	}
	body := r.get(`Item/4.json?load_relations=["ItemComponents"]`).body
	for _, want := range []string{`"itemType":"assembly"`, `"quantity":"2","componentGroup":"0","assemblyItemID":"4","componentItemID":"1"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the assembly lacks %s: %s", want, body)
		}
	}
	obtainable := map[string]string{}
	for _, row := range r.get("ItemShop.json?shopID=1").rows("ItemShop") {
		obtainable[row["itemID"].(string)] = row["componentQoh"].(string)
	}
	for id, want := range map[string]string{"1": "24", "2": "0", "3": "0", "4": "3"} { // two boxes of twelve; three pairs of item 1
		if obtainable[id] != want {
			t.Errorf("item %s: %s can be had from parts, want %s", id, obtainable[id], want)
		}
	}
	for _, bad := range []ItemEdit{
		{Components: []Component{{ItemID: 99, Units: 1}}}, {Components: []Component{{ItemID: 4, Units: 1}}},
		{Components: []Component{{ItemID: 1, Units: 0}}}, {ItemType: new("kit")}, {ItemMatrixID: new(int64(9))},
	} {
		if err := a.Edit(4, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
	if err := a.Edit(4, ItemEdit{Components: []Component{}}); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Item(4); err != nil || len(got.Components) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestCategoriesAndManufacturersCanBeCreated(t *testing.T) {
	r := newRig(t, Options{Items: 1})
	a := r.s.Account("")
	category := r.api(http.MethodPost, "Category.json", `{"name":"Bells","parentID":"2"}`)
	if category.status != 200 || category.header.Get("X-LS-Api-Request-Cost") != "10" {
		t.Fatal(category.status, category.header, category.body)
	}
	made, parent := category.rows("Category")[0], r.get("Category/2.json").rows("Category")[0]
	if made["fullPathName"] != parent["fullPathName"].(string)+"/Bells" || made["parentID"] != "2" {
		t.Errorf("%v below %v", made, parent)
	}
	nested := map[int]int{} // left to right, all different, and each within its parent's
	for _, c := range r.all("Category.json", "Category") {
		var left, right int
		fmt.Sscan(c["leftNode"].(string), &left)
		fmt.Sscan(c["rightNode"].(string), &right)
		nested[left] = right
		if left >= right {
			t.Errorf("%v", c)
		}
	}
	if n := len(nested); n != len(a.cats) || slices.Max(slices.Collect(rights(nested))) != 2*n {
		t.Errorf("%d categories have the numbers %v", len(a.cats), nested)
	}
	brand := r.api(http.MethodPost, "Manufacturer.json", `{"name":"Acme Wheels"}`)
	if brand.status != 200 || brand.rows("Manufacturer")[0]["name"] != "Acme Wheels" {
		t.Fatal(brand.body)
	}
	if got := r.api(http.MethodPut, "Manufacturer/1.json", `{"name":"Alder Peak"}`); got.status != 200 {
		t.Error(got.body)
	}
	if got := r.api(http.MethodPut, "Category/1.json", `{"name":"Cycles"}`); got.status != 200 || !strings.HasPrefix(a.cats[1].path, "Cycles/") {
		t.Errorf("%s, %s", got.body, a.cats[1].path)
	}
	for _, path := range []string{"Manufacturer.json", "Category.json"} {
		if got := r.api(http.MethodPost, path, `{"name":" "}`); got.status != 400 || !strings.Contains(got.body, "name cannot be blank.") {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}

func rights(nested map[int]int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for _, right := range nested {
			if !yield(right) {
				return
			}
		}
	}
}

// An item may bring its manufacturer and its category along. With their ids the descriptions are ignored, and a
// refused item makes neither.
func TestItemWithInlineManufacturerAndCategory(t *testing.T) {
	r := newRig(t, Options{Items: 1})
	a := r.s.Account("")
	makers, cats := len(a.makers), len(a.cats)
	body := `{"description":"Bell","Manufacturer":{"name":"Acme Wheels"},"Category":{"name":"Bells"}}`
	if got := r.api(http.MethodPost, "Item.json", body); got.status != 200 {
		t.Fatal(got.body)
	}
	if it, err := a.Item(2); err != nil || it.Manufacturer != "Acme Wheels" || it.Category != "Bells" {
		t.Errorf("%+v, %v", it, err)
	}
	r.api(http.MethodPost, "Item.json", `{"Manufacturer":{"name":"Nobody"},"Category":{"name":"Nothing"}}`)
	r.api(http.MethodPost, "Item.json", `{"description":"x","Manufacturer":{"name":""}}`)
	r.api(http.MethodPost, "Item.json", `{"description":"x","manufacturerID":"1","Manufacturer":{"name":"Nobody"}}`)
	if len(a.makers) != makers+1 || len(a.cats) != cats+1 || len(a.items) != 3 {
		t.Errorf("%d manufacturers, %d categories, %d items", len(a.makers), len(a.cats), len(a.items))
	}
}

// What was seen in newer accounts is there, and what an item, a shop and a sale lead to.
func TestNewerFieldsAndResources(t *testing.T) {
	r := newRig(t, Options{Items: 300, Shops: 2})
	if got := r.api(http.MethodPost, "Sale.json", basket("")); got.status != 200 {
		t.Fatal(got.body)
	}
	for path, words := range map[string][]string{
		"Sale/1.json":        {`"cashRoundingDelta":"0"`, `"cashRoundedBalance":"`, `"cashRoundedTotal":"`, `"calcSurcharges":"0"`, `"tippableAmount":"`, `"calcItemFees":"0"`},
		"SaleLine/1.json":    {`"lineType":""`, `"itemFeeID":"0"`},
		"Shop/1.json":        {`"networkHealthTool":"false"`},
		"PaymentType/1.json": {`"code":"cash"`, `"channel":""`},
		`Item/67.json?load_relations=["TaxClass"]`:                                                  {`"TaxClass":{"taxClassID":"2","name":"Labor"`},
		`Item.json?load_relations=["TagRelations","TagRelations.Tag"]&TagRelations.tagID=2&limit=1`: {`"Tag":{"tagID":"2","name":"online"`},
		"Tag.json":    {`"name":"clearance"`},
		"Vendor.json": {`"name":"Pacific Parts"`, `"accountNumber":"V-0001"`},
		`Order.json?load_relations=["OrderLines","Vendor"]`: {`"complete":"false"`, `"Vendor":{"vendorID":`, `"OrderLine":`},
	} {
		body := r.get(path).body
		for _, w := range words {
			if !strings.Contains(body, w) {
				t.Errorf("%s lacks %s: %.900s", path, w, body)
			}
		}
	}
}

// Purchase orders are what the stock has on order: received units leave them.
func TestOrdersFollowTheStock(t *testing.T) {
	r := newRig(t, Options{Items: 40, Shops: 2})
	a := r.s.Account("")
	units := func() (lines, orders, stock int) {
		for _, l := range r.all("OrderLine.json", "OrderLine") {
			var n int
			fmt.Sscan(l["quantity"].(string), &n)
			lines += n
		}
		for _, o := range r.all("Order.json", "Order") {
			var n int
			fmt.Sscan(o["totalQuantity"].(string), &n)
			orders += n
		}
		for _, i := range a.Truth().Items {
			for _, s := range i.Stock {
				stock += s.Backorder
			}
		}
		return lines, orders, stock
	}
	if err := a.Order(1, 2, 5); err != nil {
		t.Fatal(err)
	}
	lines, orders, stock := units()
	if lines != stock || orders != stock || stock < 5 {
		t.Errorf("%d units on lines, %d on orders, %d in the stock's backorder", lines, orders, stock)
	}
	if err := a.Receive(1, 2, 1000); err != nil {
		t.Fatal(err)
	}
	if lines, orders, after := units(); lines != after || orders != after || after >= stock {
		t.Errorf("%d units on lines, %d on orders, %d in the stock's backorder", lines, orders, after)
	}
}

// A percent sign that begins no escape stands for itself, as PHP reads it.
func TestUnescapedPercentSign(t *testing.T) {
	r := newRig(t, Options{Items: 200})
	want := r.get("Item.json?description=" + "~,%25Jersey%25").rows("Item")
	if len(want) == 0 {
		t.Fatal("no item is a jersey")
	}
	for _, query := range []string{"or=description=~,%Jersey%", "or=description%3D~,%Jersey%|description%3D~,%nothing%", "description=~,%Jersey%"} {
		if got := r.get("Item.json?" + query).rows("Item"); len(got) != len(want) {
			t.Errorf("%s: %d items, want %d", query, len(got), len(want))
		}
	}
	if got := r.get("Item.json?limit=2&or=description=~,%Jersey%").attr("next"); got == "" || len(r.get(got).rows("Item")) == 0 {
		t.Errorf("the next page is %q", got)
	}
}
