package feed

import (
	"encoding/json"
	"strconv"
	"time"

	"possync/graph/catalogue"
)

// lines writes a page. Written by hand, it takes a third of the time that encoding/json needs.
func lines(page *Page) []byte {
	b := make([]byte, 0, 512*len(page.Products)+128)
	for _, row := range page.Products {
		b = append(line(b, row), '\n')
	}
	b = append(b, `{"cursor":`...)
	b = append(b, text(page.EndCursor)...)
	b = append(b, `,"hasMore":`...)
	b = strconv.AppendBool(b, page.HasMore)
	return append(b, "}\n"...)
}

func line(b []byte, row *Row) []byte {
	b = append(b, `{"id":`...)
	b = quoted(b, row.ID)
	b = append(b, `,"key":`...)
	b = quoted(b, row.Key)
	b = append(b, `,"active":`...)
	b = strconv.AppendBool(b, row.Active)
	b = append(b, `,"displayed":`...)
	b = strconv.AppendBool(b, row.Displayed)
	b = append(b, `,"lightspeedItemId":`...)
	b = optional(b, row.LightspeedItemID)
	b = append(b, `,"websitePrice":`...)
	b = amount(b, row.WebsitePrice)
	b = append(b, `,"price":`...)
	b = amount(b, row.Price)
	b = append(b, `,"regularPrice":`...)
	b = amount(b, row.RegularPrice)
	b = append(b, `,"currencyCode":`...)
	b = quoted(b, row.WebsitePrice.CurrencyCode)
	b = append(b, `,"onSale":`...)
	b = strconv.AppendBool(b, row.OnSale)
	b = append(b, `,"saleStartDate":`...)
	b = optional(b, (*string)(row.SaleStartDate))
	b = append(b, `,"saleEndDate":`...)
	b = optional(b, (*string)(row.SaleEndDate))
	b = append(b, `,"nextPriceChangeAt":`...)
	if at := row.NextPriceChangeAt; at == nil {
		b = append(b, "null"...)
	} else {
		b = append(b, '"')
		b = at.UTC().AppendFormat(b, time.RFC3339Nano)
		b = append(b, '"')
	}
	b = append(b, `,"tracked":`...)
	b = strconv.AppendBool(b, row.Tracked)
	b = append(b, `,"stock":[`...)
	for i, stock := range row.Stock {
		b = comma(b, i)
		b = append(b, `{"location":`...)
		b = quoted(b, stock.Location.Key)
		b = append(b, `,"onHand":`...)
		b = strconv.AppendInt(b, int64(stock.OnHand), 10)
		b = append(b, `,"reserve":`...)
		b = strconv.AppendInt(b, int64(stock.Reserve), 10)
		b = append(b, `,"held":`...)
		b = strconv.AppendInt(b, int64(stock.Held), 10)
		b = append(b, `,"available":`...)
		b = strconv.AppendInt(b, int64(stock.Available), 10)
		b = append(b, `,"onOrder":`...)
		b = strconv.AppendInt(b, int64(stock.OnOrder), 10)
		b = append(b, '}')
	}
	return append(b, "]}"...)
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

// amount writes money as GraphQL does: a decimal number in quotes.
func amount(b []byte, m catalogue.Money) []byte {
	b = append(b, '"')
	b = append(b, m.Amount.String()...)
	return append(b, '"')
}

func optional(b []byte, s *string) []byte {
	if s == nil {
		return append(b, "null"...)
	}
	return quoted(b, *s)
}

// quoted writes a text as a JSON string.
func quoted(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			text, _ := json.Marshal(s) // a string has no error
			return append(b, text...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
