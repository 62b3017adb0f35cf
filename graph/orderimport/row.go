package orderimport

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"possync/graph/usererror"
	"possync/internal/lightspeed"
	"possync/internal/message"
	"possync/internal/retail"
)

// Bounds of an order.
const (
	maxLines    = retail.MaxOrderLines
	maxPayments = 100
)

// OwnKeys is the prefix of the keys of lines, payments and refunds that are made here. The platform must not use it.
const OwnKeys = "possync:"

// Row is an order as the platform sends it, complete: what is absent is empty.
type Row struct {
	Key, Number       string
	SourceVersion     int64
	CurrencyCode      string
	PlacedAt          time.Time
	StatusKey         *string
	PickupLocationKey *string
	Cancelled         bool
	PricesIncludeTax  bool
	Customer          *CustomerRow
	Note              *string
	WebsiteURL        *string
	Total             *decimal.Decimal
	ShippingAddress   *AddressRow
	Lines             []*LineRow
	Payments          []*PaymentRow
}

// CustomerRow is who placed an order.
type CustomerRow struct {
	Email, FirstName, LastName, Company, Phone *string
	Address                                    *AddressRow
}

// AddressRow is a postal address.
type AddressRow struct{ Line1, Line2, City, Region, Zip, Country *string }

// LineRow is a line of an order.
type LineRow struct {
	Key               string
	Kind              retail.LineKind
	ProductKey        *string
	Description       string
	Quantity          decimal.Decimal
	UnitPrice         decimal.Decimal
	Discount          decimal.Decimal
	Tax               decimal.Decimal
	FulfilledBy       *retail.FulfilledBy
	FulfilledQuantity decimal.Decimal
	RefundedQuantity  decimal.Decimal
	Location          *string // key of the location that hands it over
}

// PaymentRow is a payment of an order.
type PaymentRow struct {
	Key, Method string
	Amount      decimal.Decimal
	Refunded    decimal.Decimal
	State       retail.PaymentState
	CapturedAt  *time.Time
}

// content is an order as it is stored.
type content struct {
	Key, Number       string
	PlacedAt          time.Time
	StatusKey         string
	PickupLocationKey string
	Cancelled         bool
	PricesIncludeTax  bool
	Customer          retail.Customer
	Shipping          retail.Address `json:",omitzero"`
	Note              string
	WebsiteURL        string         `json:",omitempty"`
	cut               []string       // the texts that were cut, for people
	Total             *retail.Amount `json:",omitempty"`
	Lines             []line
	Payments          []payment
}

type line struct {
	Key, ProductKey, Description string
	Kind                         retail.LineKind
	Quantity, Fulfilled          retail.Quantity
	UnitPrice, Discount, Tax     retail.Amount
	FulfilledBy                  retail.FulfilledBy
	Refunded                     retail.Quantity `json:",omitempty"`
	LocationKey                  string          `json:",omitempty"`

	locationID *string // of the location with that key
}

type payment struct {
	Key, Method      string
	Amount, Refunded retail.Amount
	State            retail.PaymentState
	CapturedAt       *time.Time
}

// hash is a number that differs when anything that the platform sends does. It is never 0, which means none.
func (c content) hash() (int64, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return 0, fmt.Errorf("hash an order: %w", err)
	}
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:]) | 1), nil
}

// read checks an order by itself.
func (r *Row) read(currency retail.Currency, now time.Time) (content, usererror.List) {
	var found usererror.List
	var texts texts
	c := content{
		Key:      found.Text(r.Key, usererror.Bounds{Least: 1, Most: 200, Bytes: 200}, "key"),
		Number:   number(&found, r.Number),
		PlacedAt: r.PlacedAt.UTC().Truncate(time.Microsecond), Cancelled: r.Cancelled, PricesIncludeTax: r.PricesIncludeTax,
		StatusKey:         optional(&found, r.StatusKey, usererror.Bounds{Most: 200, Bytes: 200}, "statusKey"),
		PickupLocationKey: optional(&found, r.PickupLocationKey, usererror.Bounds{Most: 200, Bytes: 200}, "pickupLocationKey"),
		Customer:          r.Customer.read(&texts),
		Shipping:          r.ShippingAddress.read(&texts, "shipping address"),
		Note:              texts.keep(r.Note, maxNote, "note"),
		WebsiteURL:        address(&found, r.WebsiteURL, "websiteUrl"),
	}
	if r.SourceVersion < 0 {
		found.Add(usererror.Invalid, "The version must not be below 0.", "sourceVersion")
	}
	if r.CurrencyCode != string(currency) {
		found.Say(usererror.Invalid, "The site's currency is {currency}. Send the order in this currency.", message.Values{"currency": currency}, "currencyCode")
	}
	if c.PlacedAt.Year() < 1990 || c.PlacedAt.After(now.Add(24*time.Hour)) {
		found.Add(usererror.Invalid, "The date must not be before 1990 or in the future.", "placedAt")
	}
	if r.Total != nil {
		total := Sum(&found, currency, *r.Total, "total")
		c.Total = &total
	}
	if len(r.Lines) > maxLines {
		found.Say(usererror.TooMany, "An order can have at most {limit} lines.", message.Values{"limit": maxLines}, "lines")
		return c, found
	}
	if len(r.Payments) > maxPayments {
		found.Say(usererror.TooMany, "An order can have at most {limit} payments.", message.Values{"limit": maxPayments}, "payments")
		return c, found
	}
	lines, payments := map[string]int{}, map[string]int{}
	for i, l := range r.Lines {
		read := l.read(&found, r.PricesIncludeTax, "lines", i)
		read.Description = texts.keep(&l.Description, maxDescription, fmt.Sprintf("description of line %d", i+1))
		if read.Description == "" {
			found.Add(usererror.Invalid, "The text must not be empty.", "lines", i, "description")
		}
		unique(&found, lines, read.Key, i, "line", "lines", i, "key")
		c.Lines = append(c.Lines, read)
	}
	for i, p := range r.Payments {
		read := p.read(&found, currency, "payments", i)
		read.Method = texts.keepWithin(&p.Method, maxMethod, maxMethod, fmt.Sprintf("method of payment %d", i+1))
		if read.Method == "" {
			found.Add(usererror.Invalid, "The text must not be empty.", "payments", i, "method")
		}
		unique(&found, payments, read.Key, i, "payment", "payments", i, "key")
		c.Payments = append(c.Payments, read)
	}
	c.cut = texts.cut
	return c, found
}

const maxAddress = 2000 // characters of the address of a page

// address reads the address of a page, which may be absent.
func address(found *usererror.List, text *string, path ...any) string {
	if text == nil {
		return ""
	}
	before := len(*found)
	read := found.Text(*text, usererror.Bounds{Most: maxAddress}, path...)
	if read == "" || len(*found) > before {
		return read
	}
	if u, err := url.Parse(read); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		found.Add(usererror.Invalid, "The address must begin with https:// or http:// and name a page. Leave it out if there is none.", path...)
	}
	return read
}

// number reads an order's number exactly as it is: the POS is searched by it.
func number(found *usererror.List, text string) string {
	before := len(*found)
	read := found.Text(text, usererror.Bounds{Least: 1, Most: retail.MaxOrderNumber, Bytes: 100}, "number")
	if len(*found) > before {
		return read
	}
	if read != text {
		found.Add(usererror.Invalid, "The number begins or ends with a space. Remove the space, because Lightspeed is searched by the exact number.", "number")
	}
	if filter := lightspeed.FilterOf(read); filter != "" {
		found.Say(usererror.Invalid, "The number begins with \"{prefix}\", which has a special meaning in Lightspeed's search, so the order could not be found there. Use another number.", message.Values{"prefix": filter}, "number")
	}
	return read
}

// unique adds an error for a key that another entry has, or that is reserved.
func unique(found *usererror.List, seen map[string]int, key string, i int, what string, path ...any) {
	if n, again := seen[key]; again {
		found.Say(usererror.Duplicate, "The {what} {entry} of the order has the same key.", message.Values{"what": what, "entry": n + 1}, path...)
	} else {
		seen[key] = i
	}
	if strings.HasPrefix(key, OwnKeys) {
		found.Say(usererror.Invalid, "Keys that begin with \"{prefix}\" are reserved. Use another one.", message.Values{"prefix": OwnKeys}, path...)
	}
}

// optional reads a text that may be absent. Breaks of lines become spaces.
func optional(found *usererror.List, text *string, bounds usererror.Bounds, path ...any) string {
	if text == nil {
		return ""
	}
	return found.Text(flat.Replace(*text), bounds, path...)
}

var flat = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

func (r *CustomerRow) read(texts *texts) retail.Customer {
	if r == nil {
		return retail.Customer{}
	}
	return retail.Customer{
		Email: texts.keep(r.Email, maxName, "e-mail address"), FirstName: texts.keep(r.FirstName, maxName, "first name"),
		LastName: texts.keep(r.LastName, maxName, "last name"), Company: texts.keep(r.Company, maxName, "company"),
		Phone: texts.keep(r.Phone, maxPhone, "phone number"), Address: r.Address.read(texts, "billing address"),
	}
}

func (r *AddressRow) read(texts *texts, what string) retail.Address {
	if r == nil {
		return retail.Address{}
	}
	line := func(text *string) string { return texts.keep(text, maxName, what) }
	return retail.Address{
		Line1: line(r.Line1), Line2: line(r.Line2), City: line(r.City), Region: line(r.Region), Zip: line(r.Zip), Country: line(r.Country),
	}
}

func (r *LineRow) read(found *usererror.List, taxWithin bool, path ...any) line {
	at := func(field string) []any { return append(path[:len(path):len(path)], field) }
	l := line{
		Key: found.Text(r.Key, usererror.Bounds{Least: 1, Most: 200, Bytes: 200}, at("key")...), Kind: r.Kind,
		ProductKey: optional(found, r.ProductKey, usererror.Bounds{Most: 200, Bytes: 200}, at("productKey")...),
	}
	if r.Kind == retail.LineProduct && l.ProductKey == "" {
		found.Add(usererror.Invalid, "A product line needs the product's key.", at("productKey")...)
	}
	price := Price{Kind: r.Kind, Quantity: r.Quantity, UnitPrice: r.UnitPrice, Discount: r.Discount, Tax: r.Tax, TaxWithin: taxWithin}
	l.Quantity, l.UnitPrice, l.Discount, l.Tax = price.Read(found, path...)
	fulfilled, err := retail.QuantityFromDecimal(r.FulfilledQuantity)
	if err != nil || fulfilled < 0 || fulfilled > max(l.Quantity, 0) {
		found.Add(usererror.Invalid, "The fulfilled quantity must be from 0 to the quantity of the line.", at("fulfilledQuantity")...)
	}
	l.Fulfilled = fulfilled
	refunded, err := retail.QuantityFromDecimal(r.RefundedQuantity)
	if err != nil || refunded < 0 || refunded > max(l.Quantity, 0) {
		found.Add(usererror.Invalid, "The refunded quantity must be from 0 to the quantity of the line.", at("refundedQuantity")...)
	}
	l.Refunded = refunded
	l.LocationKey = optional(found, r.Location, usererror.Bounds{Most: 200, Bytes: 200}, at("location")...)
	if r.FulfilledBy != nil {
		l.FulfilledBy = *r.FulfilledBy
	}
	if fulfilled > 0 && l.FulfilledBy == "" {
		found.Add(usererror.Invalid, "Say who has fulfilled the units: the store or a supplier.", at("fulfilledBy")...)
	}
	return l
}

func (r *PaymentRow) read(found *usererror.List, currency retail.Currency, path ...any) payment {
	at := func(field string) []any { return append(path[:len(path):len(path)], field) }
	p := payment{
		Key:    found.Text(r.Key, usererror.Bounds{Least: 1, Most: 200, Bytes: 200}, at("key")...),
		Amount: Sum(found, currency, r.Amount, at("amount")...), Refunded: Sum(found, currency, r.Refunded, at("refunded")...), State: r.State,
	}
	if p.Refunded > p.Amount {
		found.Say(usererror.TooMuch, "The refunded amount must not be more than the payment, which is {limit}.", message.Values{"limit": p.Amount}, at("refunded")...)
	}
	if r.CapturedAt != nil {
		captured := r.CapturedAt.UTC().Truncate(time.Microsecond)
		p.CapturedAt = &captured
	}
	return p
}
