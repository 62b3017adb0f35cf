package lightspeed

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"
)

// Whatever arrives, decoding ends in rows with ids and a known next link or in
// ErrMalformed, and damage never looks like a shorter page.
func FuzzPage(f *testing.F) {
	for _, seed := range []string{
		emptyPage,
		`{"@attributes":{"next":"http://x/y?after=WzEwMF0%3D","previous":""},"Item":[` + plainItem(1, `,"Prices":{"ItemPrice":[{"amount":"1.5","useTypeID":"1"}]}`) + `,` + plainItem(2, `,"itemID":2,"archived":true`) + `]}`,
		string(itemPage(plainItem(1, `,"ItemShops":{"ItemShop":`+plainStock(1, `,"shopID":"0","qoh":"-1","timeStamp":"2026-05-01T17:02:11+00:00"`)+`}`))),
		string(itemPage(plainItem(1, `,"Prices":[{"ItemPrice":[[]]}]`))),
		string(itemPage(plainItem(1, `,"itemID":"1e3","defaultCost":"1e29","description":"\u0000\ud800"`))),
		`{"@attributes":{"count":"1"},"Item":{}}`,
		`<html>`, ``, `null`, `[[[[`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := decodePage(body, "Item", itemRow)
		if err != nil {
			if !errors.Is(err, ErrMalformed) || d.rows != nil || d.next != "" {
				t.Fatalf("%+v, %v", d, err)
			}
			return
		}
		var page struct {
			Attributes map[string]any `json:"@attributes"`
		}
		if !json.Valid(body) || json.Unmarshal(body, &page) != nil || page.Attributes == nil {
			t.Fatal("accepted a page without an envelope")
		}
		for _, i := range d.rows {
			if i.ItemID <= 0 {
				t.Fatal("accepted a row without an id")
			}
			for _, s := range i.ItemShops {
				if s.ItemID != i.ItemID || s.ShopID < 0 {
					t.Fatalf("stock row %+v under item %d", s, i.ItemID)
				}
			}
			for _, text := range []string{i.Description, i.SystemSKU, i.UPC} {
				if !utf8.ValidString(text) || bytes.IndexByte([]byte(text), 0) >= 0 {
					t.Fatalf("text %q", text)
				}
			}
			if len(i.DefaultCost.String()) > maxDigits+maxExponent+2 {
				t.Fatalf("cost of %d digits", len(i.DefaultCost.String()))
			}
		}
		if len(body) > 2 && len(d.rows) > 0 {
			if _, err := decodePage(body[:len(bytes.TrimSpace(body))-1], "Item", itemRow); err == nil {
				t.Fatal("accepted a page cut by its last byte")
			}
		}
	})
}
