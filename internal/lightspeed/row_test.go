package lightspeed

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

func TestReadField(t *testing.T) {
	when := time.Date(2026, 5, 1, 20, 20, 32, 0, time.UTC)
	amount := func(r *row) any {
		d, sent := r.money("f")
		return fmt.Sprint(d, sent)
	}
	for _, tt := range []struct {
		field string // its JSON; "" for none
		read  func(r *row) any
		want  any // nil for an error
	}{
		{`"42"`, func(r *row) any { return r.foreignID("f") }, int64(42)},
		{`42`, func(r *row) any { return r.foreignID("f") }, int64(42)},
		{`"42.0"`, func(r *row) any { return r.foreignID("f") }, int64(42)},
		{`"0"`, func(r *row) any { return r.foreignID("f") }, int64(0)},
		{`""`, func(r *row) any { return r.foreignID("f") }, nil},
		{`null`, func(r *row) any { return r.foreignID("f") }, nil},
		{``, func(r *row) any { return r.foreignID("f") }, nil},
		{`"-1"`, func(r *row) any { return r.foreignID("f") }, nil},
		{`"abc"`, func(r *row) any { return r.foreignID("f") }, nil},
		{`{"a":1}`, func(r *row) any { return r.foreignID("f") }, nil},
		{`"9223372036854775807"`, func(r *row) any { return r.foreignID("f") }, int64(math.MaxInt64)},
		{`"9223372036854775808"`, func(r *row) any { return r.foreignID("f") }, nil},
		{`"7"`, func(r *row) any { return r.primaryID("f") }, int64(7)},
		{`"0"`, func(r *row) any { return r.primaryID("f") }, nil},
		{``, func(r *row) any { return r.primaryID("f") }, nil},
		{`""`, func(r *row) any { return r.idOrNone("f") }, int64(0)},
		{`{}`, func(r *row) any { return r.idOrNone("f") }, int64(0)},
		{`"5"`, func(r *row) any { return r.idOrNone("f") }, int64(5)},
		{``, func(r *row) any { return r.idOrNone("f") }, nil},
		{``, func(r *row) any { return r.optID("f") }, int64(0)},
		{`[1]`, func(r *row) any { return r.optID("f") }, nil},
		{`"-3"`, func(r *row) any { return *r.count("f") }, int64(-3)},
		{`"-0"`, func(r *row) any { return *r.count("f") }, int64(0)},
		{`3e0`, func(r *row) any { return *r.count("f") }, int64(3)},
		{`""`, func(r *row) any { return r.count("f") == nil }, true},
		{`null`, func(r *row) any { return r.count("f") == nil }, true},
		{``, func(r *row) any { return r.count("f") }, nil},
		{``, func(r *row) any { return r.optCount("f") == nil }, true},
		{`"1.5"`, func(r *row) any { return r.count("f") }, nil},
		{`"1e25"`, func(r *row) any { return r.count("f") }, nil},
		{`"0.9965025"`, amount, "0.9965025 true"},
		{`13.95`, amount, "13.95 true"},
		{`"-0"`, amount, "0 true"},
		{`""`, amount, "0 false"},
		{``, amount, nil},
		{`"1e9999999"`, amount, nil},
		{`1e31`, amount, nil},
		{`"` + strings.Repeat("9", 41) + `"`, amount, nil},
		{`"free"`, amount, nil},
		{`"true"`, func(r *row) any { return r.boolean("f") }, true},
		{`true`, func(r *row) any { return r.boolean("f") }, true},
		{`"1"`, func(r *row) any { return r.boolean("f") }, true},
		{`0`, func(r *row) any { return r.boolean("f") }, false},
		{`""`, func(r *row) any { return r.boolean("f") }, nil},
		{``, func(r *row) any { return r.boolean("f") }, nil},
		{`"yes"`, func(r *row) any { return r.boolean("f") }, nil},
		{``, func(r *row) any { return r.flag("f") }, false},
		{`"true"`, func(r *row) any { return r.flag("f") }, true},
		{`"yes"`, func(r *row) any { return r.flag("f") }, nil},
		{`"x"`, func(r *row) any { return r.text("f") }, "x"},
		{`13.5`, func(r *row) any { return r.text("f") }, "13.5"},
		{`"a\/b \u00e9"`, func(r *row) any { return r.text("f") }, "a/b é"},
		{`"say \"{[\" twice \\"`, func(r *row) any { return r.text("f") }, `say "{[" twice \`},
		{`"nul\u0000byte"`, func(r *row) any { return r.text("f") }, "nulbyte"},
		{"\"inv\xffalid\"", func(r *row) any { return r.text("f") }, "inv\ufffdalid"},
		{`[ ]`, func(r *row) any { return r.text("f") }, ""},
		{`["x"]`, func(r *row) any { return r.text("f") }, nil},
		{``, func(r *row) any { return r.text("f") }, nil},
		{``, func(r *row) any { return r.optText("f") }, ""},
		{`"2026-05-01T20:20:32+00:00"`, func(r *row) any { return r.time("f") }, when},
		{`"2026-05-01T16:20:32-04:00"`, func(r *row) any { return r.time("f") }, when},
		{`"2026-05-01T16:20:32-0400"`, func(r *row) any { return r.time("f") }, when},
		{`""`, func(r *row) any { return r.time("f") }, time.Time{}},
		{``, func(r *row) any { return r.time("f") }, nil},
		{`"yesterday"`, func(r *row) any { return r.time("f") }, nil},
	} {
		for _, frame := range []string{"{%s}", " {\n \"e\" : [ {\"f\":0} , \"}\" ] , %s, \"g\":\"]\" } "} {
			field := `"e":""`
			if tt.field != "" {
				field = `"f":` + tt.field
			}
			t.Run(tt.field, func(t *testing.T) {
				v, err := parse(fmt.Appendf(nil, frame, field))
				if err != nil {
					t.Fatal(err)
				}
				var r row
				r.read(v)
				got := tt.read(&r)
				if tt.want == nil {
					if r.err == nil {
						t.Fatalf("got %v, want an error", got)
					}
					if tt.field == "" && !errors.Is(r.err, errMissing) {
						t.Fatalf("%v, want damage", r.err)
					}
					return
				}
				if diff := cmp.Diff(tt.want, got); diff != "" || r.err != nil {
					t.Fatalf("%v (-want +got):\n%s", r.err, diff)
				}
			})
		}
	}
}

func TestEqualKeys(t *testing.T) {
	v, err := parse([]byte(`{"Key":1,"key":2,"KEY":3,"key":4,"KEy":5}`))
	if err != nil {
		t.Fatal(err)
	}
	var r row
	r.read(v)
	for name, want := range map[string]string{"key": "4", "Key": "1", "kEY": "5"} {
		if got, _ := v.get(name); string(got) != want {
			t.Errorf("get(%s) = %s, want %s", name, got, want)
		}
		if got := r.optText(name); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
}

// cmpDecimal compares amounts by value.
var cmpDecimal = cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })

func ptr(n int64) *int64 { return &n }

// plainItem is an item as the vendor writes it, with the fields given in
// addition or, as the last of two equal keys counts, instead.
func plainItem(id int, fields string) string {
	return fmt.Sprintf(`{"itemID":"%d","systemSku":"","description":"","upc":"","ean":"","customSku":"","manufacturerSku":"","defaultCost":"","archived":"false","itemType":"","categoryID":"0","manufacturerID":"0","timeStamp":"","Prices":""%s}`, id, fields)
}

// plainStock is an ItemShop row in the same way.
func plainStock(id int, fields string) string {
	return fmt.Sprintf(`{"itemShopID":"%d","qoh":"0","backorder":"0","reorderPoint":"0","reorderLevel":"0","timeStamp":""%s}`, id, fields)
}

func itemPage(rows string) []byte {
	return []byte(`{"@attributes":{"next":"","previous":""},"Item":` + rows + `}`)
}

func TestDecodeItemForms(t *testing.T) {
	want := []Item{{
		ItemID: 101, ItemType: ItemTypeDefault, HasComponents: true, HasPrices: true, HasItemShops: true,
		Prices:    []ItemPrice{{UseTypeID: 1, UseType: "Default", Amount: decimal.RequireFromString("64.99")}},
		ItemShops: []ItemShop{{ItemShopID: 302, ItemID: 101, ShopID: 1, QOH: ptr(3), Backorder: ptr(0), ReorderPoint: ptr(0), ReorderLevel: ptr(0)}},
	}}
	const price = `{"amount":"64.99","useTypeID":"1","useType":"Default"}`
	shop := plainStock(302, `,"qoh":"3","shopID":"1"`)
	for name, row := range map[string]string{
		"lists":             plainItem(101, `,"Prices":{"ItemPrice":[`+price+`]},"ItemShops":{"ItemShop":[`+shop+`]}`),
		"objects":           plainItem(101, `,"Prices":{"ItemPrice":`+price+`},"ItemShops":{"ItemShop":`+shop+`}`),
		"without wrappers":  plainItem(101, `,"Prices":[`+price+`],"ItemShops":`+shop),
		"lists of wrappers": plainItem(101, `,"Prices":[{"ItemPrice":`+price+`}],"ItemShops":[{"ItemShop":[`+shop+`]}]`),
		"native scalars":    plainItem(101, `,"itemID":101,"archived":false,"ean":null,"Prices":{"ItemPrice":{"amount":64.99,"useTypeID":1,"useType":"Default"}},"ItemShops":{"ItemShop":`+plainStock(302, `,"itemShopID":302,"qoh":3,"shopID":1`)+`}`),
		"other case": strings.NewReplacer("itemID", "ITEMID", "Prices", "prices", "ItemPrice", "itemprice", "ItemShops", "itemshops", `"ItemShop"`, `"ITEMSHOP"`).
			Replace(plainItem(101, `,"Prices":{"ItemPrice":`+price+`},"ItemShops":{"ItemShop":`+shop+`}`)),
	} {
		for form, rows := range map[string]string{"one": row, "list": "[" + row + "]"} {
			t.Run(name+" "+form, func(t *testing.T) {
				d, err := decodePage(itemPage(rows), "Item", itemRow)
				if err != nil || len(d.unreadable) > 0 {
					t.Fatal(err, d.unreadable)
				}
				if diff := cmp.Diff(want, d.rows, cmpDecimal); diff != "" {
					t.Fatalf("-want +got:\n%s", diff)
				}
			})
		}
	}
}

func TestDecodeItemWithoutRelations(t *testing.T) {
	for name, tt := range map[string]struct {
		fields                  string
		hasPrices, hasItemShops bool
	}{
		"missing":        {``, true, false},
		"null":           {`,"Prices":null,"ItemShops":null`, false, false},
		"empty text":     {`,"Prices":"","ItemShops":""`, true, true},
		"empty wrapper":  {`,"Prices":{},"ItemShops":[]`, true, true},
		"empty elements": {`,"Prices":{"ItemPrice":""},"ItemShops":{"ItemShop":{}}`, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := decodePage(itemPage(plainItem(1, tt.fields)), "Item", itemRow)
			if err != nil || len(d.rows) != 1 {
				t.Fatal(err, d)
			}
			got := d.rows[0]
			if got.HasPrices != tt.hasPrices || got.HasItemShops != tt.hasItemShops || len(got.Prices)+len(got.ItemShops) > 0 {
				t.Fatalf("got %+v", got)
			}
		})
	}
}

func TestDecodeEmptyPage(t *testing.T) {
	for _, rows := range []string{``, `,"Item":""`, `,"Item":null`, `,"Item":[]`} {
		d, err := decodePage([]byte(`{"@attributes":{"next":"","previous":""}`+rows+`}`), "Item", itemRow)
		if err != nil || len(d.rows) != 0 || d.next != "" {
			t.Errorf("%s: %+v, %v", rows, d, err)
		}
	}
}

func TestDecodeMalformedPage(t *testing.T) {
	for name, body := range map[string]string{
		"nothing":                "",
		"cut":                    `{"@attributes":{"next":"","previous":""},"Item":[{"itemID":"1"`,
		"html":                   `<html><body>502</body></html>`,
		"no attributes":          `{"Item":[{"itemID":"1","archived":"false"}]}`,
		"attributes a text":      `{"@attributes":"","Item":[]}`,
		"no next":                `{"@attributes":{"count":"8300"}}`,
		"next null":              `{"@attributes":{"next":null}}`,
		"next an object":         `{"@attributes":{"next":{"a":"b"}}}`,
		"error body":             `{"httpCode":"500","httpMessage":"x","message":"y","errorClass":"z"}`,
		"row with id zero":       `{"@attributes":{"next":""},"Item":[` + plainItem(1, ``) + `,` + plainItem(0, ``) + `]}`,
		"row with id of words":   string(itemPage(plainItem(1, `,"itemID":"one"`))),
		"empty row":              `{"@attributes":{"next":""},"Item":{}}`,
		"null row":               `{"@attributes":{"next":""},"Item":[null]}`,
		"rows of numbers":        `{"@attributes":{"next":""},"Item":[1,2]}`,
		"rows a text":            `{"@attributes":{"next":""},"Item":"x"}`,
		"something after it":     `{"@attributes":{"next":""}}{"@attributes":{"next":""}}`,
		"a list instead of page": `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			d, err := decodePage([]byte(body), "Item", itemRow)
			if !errors.Is(err, ErrMalformed) || len(d.rows) != 0 {
				t.Fatalf("%+v, %v, want ErrMalformed and no rows", d, err)
			}
		})
	}
}

func TestDecodeUnreadableRow(t *testing.T) {
	for name, fields := range map[string]string{
		"cost":                 `,"defaultCost":"n/a"`,
		"archived empty":       `,"archived":""`,
		"description a list":   `,"description":["x"]`,
		"prices a number":      `,"Prices":5`,
		"price of words":       `,"Prices":{"ItemPrice":{"useTypeID":"1","amount":"free"}}`,
		"prices of texts":      `,"Prices":{"ItemPrice":["x"]}`,
		"stock of half a unit": `,"ItemShops":{"ItemShop":` + plainStock(5, `,"shopID":"1","qoh":"0.5"`) + `}`,
		"stock of another":     `,"ItemShops":{"ItemShop":` + plainStock(5, `,"shopID":"1","itemID":"9"`) + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			d, err := decodePage(itemPage(`[`+plainItem(1, fields)+`,`+plainItem(2, ``)+`]`), "Item", itemRow)
			if err != nil || len(d.rows) != 1 || d.rows[0].ItemID != 2 || len(d.unreadable) != 1 {
				t.Fatalf("%+v, %v, want the good row only", d, err)
			}
		})
	}
}

func TestDecodeItemShopRow(t *testing.T) {
	page := `{"@attributes":{"next":""},"ItemShop":[
		{"itemShopID":"303","qoh":"-1","sellable":"0","backorder":"2","componentQoh":"4","componentBackorder":"5","reorderPoint":"6","reorderLevel":"7","timeStamp":"2026-04-28T20:44:00+00:00","itemID":"101","shopID":"2","onWorkOrder":"0"},
		{"itemShopID":"304","itemID":"101","shopID":"0","qoh":"","backorder":null,"reorderPoint":"","reorderLevel":"","timeStamp":""},
		{"itemShopID":"305","itemID":"101","shopID":"1","qoh":"many","backorder":"0","reorderPoint":"0","reorderLevel":"0","timeStamp":""}]}`
	d, err := decodePage([]byte(page), "ItemShop", itemShopRow)
	if err != nil || len(d.unreadable) != 1 {
		t.Fatal(err, d.unreadable)
	}
	want := []ItemShop{
		{ItemShopID: 303, ItemID: 101, ShopID: 2, QOH: ptr(-1), Backorder: ptr(2),
			ReorderPoint: ptr(6), ReorderLevel: ptr(7), TimeStamp: time.Date(2026, 4, 28, 20, 44, 0, 0, time.UTC)},
		{ItemShopID: 304, ItemID: 101, ShopID: 0}, // nothing said of the quantities
	}
	if diff := cmp.Diff(want, d.rows); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
}
