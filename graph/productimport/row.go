package productimport

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/url"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/retail"
	"possync/internal/searchtext"
	"possync/internal/sortkey"
)

// Row is a product as the platform sends it: what is absent stays as it is stored, and null clears it.
type Row struct {
	Key      string
	Name     string
	Brand    graphql.Omittable[*string]
	Mpn      graphql.Omittable[*string]
	Gtin1    graphql.Omittable[*string]
	Gtin2    graphql.Omittable[*string]
	Category graphql.Omittable[*string]
	Price    graphql.Omittable[*decimal.Decimal]
	Active   graphql.Omittable[*bool]
	Variant  graphql.Omittable[*VariantRow]

	ImageURL   graphql.Omittable[*string]
	WebsiteURL graphql.Omittable[*string]
}

// VariantRow is what tells a product from others of its name; what is absent is empty.
type VariantRow struct {
	Size  *string
	Color *string
}

// content is a product as it is stored.
type content struct {
	key, name, brand, mpn, gtin1, gtin2, category string
	price                                         retail.Amount
	active                                        bool

	gtin1Code, gtin2Code retail.GTIN
	mpnKey, brandKey     string

	size, color string // of the variant

	imageURL, websiteURL string
}

// change is a row that was checked: what it gives, and nil for what it leaves as it is.
type change struct {
	key, name                          string
	brand, mpn, gtin1, gtin2, category *string
	size, color                        *string
	imageURL, websiteURL               *string
	price                              *retail.Amount
	active                             *bool
}

// read checks a row. An invalid GTIN is stored as it was sent and matches nothing: the platform's catalogue is not validated
// here.
func (r *Row) read() (change, usererror.List) {
	var found usererror.List
	text := func(given graphql.Omittable[*string], most, bytes int, field string) *string {
		if !given.IsSet() {
			return nil
		}
		s := new(string) // null clears it
		if value := given.Value(); value != nil {
			*s = found.Text(*value, usererror.Bounds{Most: most, Bytes: bytes}, field)
		}
		return s
	}
	c := change{
		key:      found.Text(r.Key, usererror.Bounds{Least: 1, Most: 200, Bytes: 200}, "key"),
		name:     found.Text(r.Name, usererror.Bounds{Least: 1, Most: 500}, "name"),
		brand:    text(r.Brand, 200, 255, "brand"),
		mpn:      text(r.Mpn, 200, 255, "mpn"),
		gtin1:    text(r.Gtin1, 40, 64, "gtin1"),
		gtin2:    text(r.Gtin2, 40, 64, "gtin2"),
		category: text(r.Category, 200, 255, "category"),
		active:   r.Active.Value(),
	}
	c.imageURL, c.websiteURL = address(&found, r.ImageURL, "imageUrl"), address(&found, r.WebsiteURL, "websiteUrl")
	if r.Price.IsSet() {
		c.price = new(retail.Amount)
		if value := r.Price.Value(); value != nil {
			*c.price = readPrice(&found, *value)
		}
	}
	if r.Active.IsSet() && c.active == nil {
		found.Add(usererror.Invalid, "Send true or false, or leave it out.", "active")
	}
	if r.Variant.IsSet() {
		c.size, c.color = new(string), new(string)
		read := func(into, given *string, field string) {
			if given != nil {
				*into = found.Text(*given, usererror.Bounds{Most: 200, Bytes: 255}, "variant", field)
			}
		}
		if v := r.Variant.Value(); v != nil {
			read(c.size, v.Size, "size")
			read(c.color, v.Color, "color")
		}
	}
	return c, found
}

// on returns the product with the change; old is the one that is stored, nil for a new one.
func (c change) on(old *ent.Product) content {
	p := content{key: c.key, name: c.name, active: true}
	if old != nil {
		p.brand, p.mpn, p.gtin1, p.gtin2, p.category = old.Brand, old.Mpn, old.Gtin1, old.Gtin2, old.Category
		p.price, p.active = old.Price, old.Active
		p.size, p.color = old.VariantSize, old.VariantColor
		p.imageURL, p.websiteURL = old.ImageURL, old.WebsiteURL
	}
	set(&p.brand, c.brand)
	set(&p.mpn, c.mpn)
	set(&p.gtin1, c.gtin1)
	set(&p.gtin2, c.gtin2)
	set(&p.category, c.category)
	set(&p.size, c.size)
	set(&p.color, c.color)
	set(&p.imageURL, c.imageURL)
	set(&p.websiteURL, c.websiteURL)
	set(&p.price, c.price)
	set(&p.active, c.active)
	p.gtin1Code, _ = retail.ParseGTIN(p.gtin1)
	p.gtin2Code, _ = retail.ParseGTIN(p.gtin2)
	p.mpnKey = retail.MPNKey(p.brand, p.mpn)
	p.brandKey = retail.BrandKey(p.brand, p.name)
	return p
}

// row returns the product's row as far as its content decides it; old is the one that is stored, nil for a new one.
func (c content) row(old *ent.Product) *ent.Product {
	return &ent.Product{
		Name: c.name, Brand: c.brand, Mpn: c.mpn, Gtin1: c.gtin1, Gtin2: c.gtin2, Category: c.category, Price: c.price, Active: c.active,
		Gtin1Code: c.gtin1Code, Gtin2Code: c.gtin2Code, MpnKey: c.mpnKey, PartKey: retail.PartKey(c.mpnKey), BrandKey: c.brandKey,
		VariantSize: c.size, VariantColor: c.color, StaleCodes: c.stale(old),
		ImageURL: c.imageURL, WebsiteURL: c.websiteURL, ListPrice: c.price, PriceBits: retail.PriceLacks, // until package listing follows
		NameOrder: sortkey.Of(c.name), BrandOrder: sortkey.Of(c.brand), CategoryPath: sortkey.Path(c.category),
		SearchText: searchtext.OfProduct(c.key, c.gtin1, c.gtin2, c.mpn, c.brand, c.name),
	}
}

func set[T any](field, given *T) {
	if given != nil {
		*field = *given
	}
}

// maxAddress bounds an address, in characters and in bytes.
const maxAddress = 1000

// address reads the address of a page or a picture, which a browser can open.
func address(found *usererror.List, given graphql.Omittable[*string], field string) *string {
	if !given.IsSet() {
		return nil
	}
	s := new(string) // null clears it
	if value := given.Value(); value != nil && *value != "" {
		before := len(*found)
		*s = found.Text(*value, usererror.Bounds{Most: maxAddress, Bytes: maxAddress}, field)
		if u, err := url.Parse(*s); len(*found) == before && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil) {
			found.Add(usererror.Invalid, "This is not the address of a web page. Send one that begins with https:// or http://.", field)
		}
	}
	return s
}

func readPrice(found *usererror.List, price decimal.Decimal) retail.Amount {
	amount, err := retail.AmountFromDecimal(price)
	switch {
	case err != nil:
		found.Say(usererror.Invalid, "The price is too large: it can be {limit} at most.", message.Values{"limit": retail.MaxAmount}, "price")
	case amount < 0:
		found.Add(usererror.Invalid, "The price must not be below 0.", "price")
	case !amount.Decimal().Equal(price):
		found.Add(usererror.Invalid, "The price can have at most 6 decimals.", "price")
	}
	return amount
}

// hash is a number that differs when anything that is stored does. It is never 0, which means rows from elsewhere. What was added
// after the first version counts only where there is some, so that a version that adds it rewrites no other rows.
func (c content) hash() int64 {
	sum := sha256.New()
	var added []string
	if c.imageURL != "" || c.websiteURL != "" {
		added = []string{c.imageURL, c.websiteURL}
	}
	for _, s := range append([]string{c.key, c.name, c.brand, c.mpn, c.gtin1, c.gtin2, c.category, c.price.String(), fmt.Sprint(c.active), c.size, c.color}, added...) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		sum.Write(length[:])
		sum.Write([]byte(s))
	}
	return int64(binary.BigEndian.Uint64(sum.Sum(nil)) | 1)
}

// matching reports whether the change from old affects matching. Its words matter without codes too: items are compared with the
// siblings of their products.
func (c content) matching(old *ent.Product) bool {
	return old == nil || c.name != old.Name || c.brand != old.Brand || c.category != old.Category || c.mpn != old.Mpn ||
		c.gtin1Code != old.Gtin1Code || c.gtin2Code != old.Gtin2Code || c.mpnKey != old.MpnKey || c.active != old.Active ||
		c.size != old.VariantSize || c.color != old.VariantColor
}

func (c content) article() retail.Article {
	return retail.Article{Name: c.name, Brand: c.brand, Size: c.size, Color: c.color}
}

func articleOf(p *ent.Product) retail.Article {
	return retail.Article{Name: p.Name, Brand: p.Brand, Size: p.VariantSize, Color: p.VariantColor}
}

// stale are the codes, the brand and the words that the product had before a change that waits to be matched.
func (c content) stale(old *ent.Product) []string {
	if old == nil {
		return nil
	}
	codes := slices.Clone(old.StaleCodes)
	for _, code := range []string{string(old.Gtin1Code), string(old.Gtin2Code), old.MpnKey} {
		now := code == string(c.gtin1Code) || code == string(c.gtin2Code) || code == c.mpnKey
		if code != "" && !now && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if brand := retail.StaleBrand(old.BrandKey); old.BrandKey != "" && c.brandKey != old.BrandKey && !slices.Contains(codes, brand) {
		codes = append(codes, brand)
	}
	if words := retail.StaleWords(articleOf(old)); words != retail.StaleWords(c.article()) && !slices.Contains(codes, words) {
		codes = append(codes, words)
	}
	return codes
}
