package lightspeed

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

func TestScalarForms(t *testing.T) {
	for in, want := range map[string]scalar{
		`"13.95"`:         {text: "13.95", present: true},
		`13.95`:           {text: "13.95", present: true},
		`true`:            {text: "true", present: true},
		`""`:              {present: true},
		`null`:            {present: true},
		`{}`:              {present: true},
		`[ ]`:             {present: true},
		`{"a":1}`:         {present: true, bad: true},
		`[1]`:             {present: true, bad: true},
		`"a\/b \u00e9"`:   {text: "a/b é", present: true},
		`"nul\u0000byte"`: {text: "nulbyte", present: true},
		"\"inv\xffalid\"": {text: "inv\ufffdalid", present: true},
	} {
		var got scalar
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s = %+v, %v, want %+v", in, got, err, want)
		}
	}
}

func TestReader(t *testing.T) {
	text := func(s string) scalar { return scalar{text: s, present: true} }
	bad := scalar{present: true, bad: true}
	when := time.Date(2026, 5, 1, 20, 20, 32, 0, time.UTC)

	for _, tt := range []struct {
		name string
		read func(r *reader) any
		want any // nil for an error
	}{
		{"id", func(r *reader) any { return r.id("f", text("42")) }, int64(42)},
		{"id as float", func(r *reader) any { return r.id("f", text("42.0")) }, int64(42)},
		{"id absent", func(r *reader) any { return r.id("f", scalar{}) }, nil},
		{"id optional", func(r *reader) any { return r.id("f", scalar{}.optional()) }, int64(0)},
		{"id empty", func(r *reader) any { return r.id("f", text("")) }, int64(0)},
		{"id negative", func(r *reader) any { return r.id("f", text("-1")) }, nil},
		{"id object", func(r *reader) any { return r.id("f", bad) }, nil},
		{"id words", func(r *reader) any { return r.id("f", text("abc")) }, nil},
		{"id too large", func(r *reader) any { return r.id("f", text("9223372036854775808")) }, nil},
		{"foreign id zero", func(r *reader) any { return r.foreignID("f", text("0")) }, int64(0)},
		{"foreign id absent", func(r *reader) any { return r.foreignID("f", scalar{}) }, nil},
		{"primary id", func(r *reader) any { return r.primaryID("f", text("7")) }, int64(7)},
		{"primary id zero", func(r *reader) any { return r.primaryID("f", text("0")) }, nil},
		{"count negative", func(r *reader) any { return *r.count("f", text("-3")) }, int64(-3)},
		{"count negative zero", func(r *reader) any { return *r.count("f", text("-0")) }, int64(0)},
		{"count absent", func(r *reader) any { return r.count("f", scalar{}) }, nil},
		{"count optional", func(r *reader) any { return r.count("f", scalar{}.optional()) == nil }, true},
		{"count empty", func(r *reader) any { return r.count("f", text("")) == nil }, true},
		{"count fraction", func(r *reader) any { return r.count("f", text("1.5")) }, nil},
		{"count huge", func(r *reader) any { return r.count("f", text("1e25")) }, nil},
		{"money", func(r *reader) any { return r.money("f", text("0.9965025")).String() }, "0.9965025"},
		{"money negative zero", func(r *reader) any { return r.money("f", text("-0")).String() }, "0"},
		{"money absent", func(r *reader) any { return r.money("f", scalar{}) }, nil},
		{"money empty", func(r *reader) any { return r.money("f", text("")).String() }, "0"},
		{"money exponent bomb", func(r *reader) any { return r.money("f", text("1e9999999")) }, nil},
		{"money exponent", func(r *reader) any { return r.money("f", text("1e31")) }, nil},
		{"money digits", func(r *reader) any { return r.money("f", text(strings.Repeat("9", 41))) }, nil},
		{"money words", func(r *reader) any { return r.money("f", text("free")) }, nil},
		{"bool true", func(r *reader) any { return r.boolean("f", text("true")) }, true},
		{"bool one", func(r *reader) any { return r.boolean("f", text("1")) }, true},
		{"bool zero", func(r *reader) any { return r.boolean("f", text("0")) }, false},
		{"bool absent", func(r *reader) any { return r.boolean("f", scalar{}) }, nil},
		{"bool empty", func(r *reader) any { return r.boolean("f", text("")) }, nil},
		{"flag absent", func(r *reader) any { return r.flag("f", scalar{}) }, false},
		{"flag", func(r *reader) any { return r.flag("f", text("true")) }, true},
		{"flag other", func(r *reader) any { return r.flag("f", text("yes")) }, nil},
		{"bool other", func(r *reader) any { return r.boolean("f", text("yes")) }, nil},
		{"bool object", func(r *reader) any { return r.boolean("f", bad) }, nil},
		{"text", func(r *reader) any { return r.text("f", text("x")) }, "x"},
		{"text absent", func(r *reader) any { return r.text("f", scalar{}) }, nil},
		{"text object", func(r *reader) any { return r.text("f", bad) }, nil},
		{"time", func(r *reader) any { return r.time("f", text("2026-05-01T20:20:32+00:00")) }, when},
		{"time with offset", func(r *reader) any { return r.time("f", text("2026-05-01T16:20:32-04:00")) }, when},
		{"time with compact offset", func(r *reader) any { return r.time("f", text("2026-05-01T16:20:32-0400")) }, when},
		{"time absent", func(r *reader) any { return r.time("f", scalar{}) }, nil},
		{"time empty", func(r *reader) any { return r.time("f", text("")) }, time.Time{}},
		{"time wrong", func(r *reader) any { return r.time("f", text("yesterday")) }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r reader
			got := tt.read(&r)
			if tt.want == nil {
				if r.err == nil {
					t.Fatalf("got %v, want an error", got)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || r.err != nil {
				t.Fatalf("%v (-want +got):\n%s", r.err, diff)
			}
		})
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
		ItemID: 101, Archived: false, HasPrices: true, HasItemShops: true,
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
		"other case":        plainItem(101, `,"ITEMID":"101","archived":"0","prices":{"itemprice":`+price+`},"itemshops":{"ITEMSHOP":`+shop+`}`),
	} {
		for form, rows := range map[string]string{"one": row, "list": "[" + row + "]"} {
			t.Run(name+" "+form, func(t *testing.T) {
				d, err := decodePage[itemWire](itemPage(rows), "Item")
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
			d, err := decodePage[itemWire](itemPage(plainItem(1, tt.fields)), "Item")
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

// A field that every row has is never taken for empty when it is missing.
func TestDecodeRowWithAMissingField(t *testing.T) {
	item := plainItem(1, `,"Prices":{"ItemPrice":{"amount":"1","useTypeID":"1"}},"ItemShops":{"ItemShop":`+plainStock(5, `,"shopID":"1"`)+`}`)
	decodeItem := func(row string) error {
		_, err := decodePage[itemWire](itemPage(row), "Item")
		return err
	}
	decodeStock := func(row string) error {
		_, err := decodePage[itemShopWire]([]byte(`{"@attributes":{"next":""},"ItemShop":[`+row+`]}`), "ItemShop")
		return err
	}
	decodeShop := func(row string) error {
		_, err := decodePage[shopWire]([]byte(`{"@attributes":{"next":""},"Shop":[`+row+`]}`), "Shop")
		return err
	}
	for name, tt := range map[string]struct {
		row    string
		decode func(string) error
		may    []string // be missing
	}{
		"item":  {item, decodeItem, []string{"ItemShops"}},
		"stock": {plainStock(5, `,"shopID":"1","itemID":"1"`), decodeStock, nil},
		"shop":  {`{"shopID":"1","name":"","archived":"false","timeZone":"","priceLevelID":"0","taxCategoryID":"0"}`, decodeShop, []string{"timeZone", "priceLevelID", "taxCategoryID"}},
	} {
		if err := tt.decode(tt.row); err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal([]byte(tt.row), &fields); err != nil {
			t.Fatal(err)
		}
		for field := range fields {
			rest := maps.Clone(fields)
			delete(rest, field)
			row, err := json.Marshal(rest)
			if err != nil {
				t.Fatal(err)
			}
			want := !slices.Contains(tt.may, field)
			if err := tt.decode(string(row)); errors.Is(err, ErrMalformed) != want {
				t.Errorf("%s without %s: %v", name, field, err)
			}
		}
	}
	for _, nested := range []string{
		`,"Prices":{"ItemPrice":{"amount":"1"}}`,
		`,"Prices":{"ItemPrice":{"useTypeID":"1"}}`,
		`,"ItemShops":{"ItemShop":` + plainStock(5, ``) + `}`,
		`,"ItemShops":{"ItemShop":{"itemShopID":"5","shopID":"1","backorder":"0","reorderPoint":"0","reorderLevel":"0","timeStamp":""}}`,
		`,"ItemShops":{"ItemShop":{"shopID":"1","qoh":"1"}}`,
	} {
		if err := decodeItem(plainItem(1, nested)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", nested, err)
		}
	}
}

func TestDecodeEmptyPage(t *testing.T) {
	for _, rows := range []string{``, `,"Item":""`, `,"Item":null`, `,"Item":[]`} {
		d, err := decodePage[itemWire]([]byte(`{"@attributes":{"next":"","previous":""}`+rows+`}`), "Item")
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
			d, err := decodePage[itemWire]([]byte(body), "Item")
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
			d, err := decodePage[itemWire](itemPage(`[`+plainItem(1, fields)+`,`+plainItem(2, ``)+`]`), "Item")
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
	d, err := decodePage[itemShopWire]([]byte(page), "ItemShop")
	if err != nil || len(d.unreadable) != 1 {
		t.Fatal(err, d.unreadable)
	}
	want := []ItemShop{
		{ItemShopID: 303, ItemID: 101, ShopID: 2, QOH: ptr(-1), Sellable: ptr(0), Backorder: ptr(2), ComponentQOH: ptr(4), ComponentBackorder: ptr(5),
			ReorderPoint: ptr(6), ReorderLevel: ptr(7), TimeStamp: time.Date(2026, 4, 28, 20, 44, 0, 0, time.UTC)},
		{ItemShopID: 304, ItemID: 101, ShopID: 0}, // nothing said of the quantities
	}
	if diff := cmp.Diff(want, d.rows); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
}
