package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/shopstock"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// Item is an item of Lightspeed, as last read.
type Item struct {
	*ent.PosItem
	group *itemGroup
}

// itemGroup are items that were read together.
type itemGroup struct {
	rows       []*ent.PosItem
	products   Lazy[map[string]*Product] // by id
	candidates Lazy[map[string]*Product] // by id
	rivals     Lazy[map[string]*Item]    // by id
	decisions  Lazy[map[string][]*Decision]
	stock      Lazy[map[string][]*ent.ShopStock]
	sellable   Lazy[display.Stock]
}

// Items makes one group of rows.
func Items(rows []*ent.PosItem) []*Item {
	group := &itemGroup{rows: rows}
	items := make([]*Item, len(rows))
	for i, row := range rows {
		items[i] = &Item{PosItem: row, group: group}
	}
	return items
}

// LightspeedItemID returns Lightspeed's number as the API writes it.
func (i *Item) LightspeedItemID() string { return strconv.FormatInt(i.LightspeedID, 10) }

// LightspeedURL returns the address of its page in Lightspeed, or nil.
func (i *Item) LightspeedURL(ctx context.Context) (*string, error) {
	link, err := sitedata.Link(ctx)
	if err != nil || link == nil {
		return nil, err
	}
	return orNull(sitedata.Pages(ctx).ItemURL(link.AccountID, i.LightspeedID)), nil
}

// Variant returns the item's size and colour, or nil.
func (i *Item) Variant() *Variant { return variant(i.Size, i.Color) }

// DefaultCost returns the item's default cost.
func (i *Item) DefaultCost(ctx context.Context) (Money, error) {
	return money(ctx, i.PosItem.DefaultCost)
}

// Msrp returns the item's suggested retail price.
func (i *Item) Msrp(ctx context.Context) (Money, error) { return money(ctx, i.PosItem.Msrp) }

// ItemPrice is an item's price at a price level.
type ItemPrice struct {
	PriceLevel *ent.PriceLevel // nil if it is not stored
	Price      Money
}

// Kind returns what sort of item it is.
func (i *Item) Kind() retail.ItemKind { return i.ItemKind }

// Tracked reports whether the item is counted.
func (i *Item) Tracked() bool { return i.ItemKind != retail.ItemNonInventory }

// Prices returns the item's price at each price level that has one.
func (i *Item) Prices(ctx context.Context) ([]*ItemPrice, error) {
	levels, err := sitedata.PriceLevels(ctx)
	if err != nil {
		return nil, err
	}
	byNumber := sitedata.Index(levels, func(l *ent.PriceLevel) int64 { return l.LightspeedID })
	prices := make([]*ItemPrice, 0, len(i.PosItem.Prices))
	for _, p := range i.PosItem.Prices {
		amount, err := money(ctx, p.Amount)
		if err != nil {
			return nil, err
		}
		prices = append(prices, &ItemPrice{PriceLevel: byNumber[p.LevelID], Price: amount})
	}
	return prices, nil
}

// Displayed reports whether the website shows the item: the rules allow it, and the site is live.
func (i *Item) Displayed(ctx context.Context) (bool, error) {
	if !i.PosItem.Displayed {
		return false, nil
	}
	return sitedata.Live(ctx)
}

// Product returns the product that the item is linked to, or nil.
func (i *Item) Product(ctx context.Context) (*Product, error) {
	if i.ProductID == nil || i.MatchState != retail.MatchLinked { // a retired product is only remembered
		return nil, nil
	}
	products, err := i.group.products.Get(ctx, func(ctx context.Context) (map[string]*Product, error) {
		return byID(ctx, i.group.rows, func(row *ent.PosItem) []string {
			if row.ProductID == nil {
				return nil
			}
			return []string{*row.ProductID}
		})
	})
	return products[*i.ProductID], err
}

// How many candidates and rivals an item shows.
const (
	maxCandidates = 10
	maxRivals     = 10
)

// Candidates returns the products that a person who reviews the match should look at.
func (i *Item) Candidates(ctx context.Context) ([]*Product, error) {
	list := []*Product{}
	if len(i.CandidateIds) == 0 {
		return list, nil
	}
	shown := func(row *ent.PosItem) []string { return row.CandidateIds[:min(len(row.CandidateIds), maxCandidates)] }
	products, err := i.group.candidates.Get(ctx, func(ctx context.Context) (map[string]*Product, error) {
		return byID(ctx, i.group.rows, shown)
	})
	if err != nil {
		return list, err
	}
	for _, id := range shown(i.PosItem) {
		if p := products[id]; p != nil {
			list = append(list, p)
		}
	}
	return list, nil
}

// byID reads the products that the rows refer to.
func byID(ctx context.Context, rows []*ent.PosItem, refers func(*ent.PosItem) []string) (map[string]*Product, error) {
	var ids []string
	for _, row := range rows {
		ids = append(ids, refers(row)...)
	}
	slices.Sort(ids)
	products, err := ProductsByID(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	return sitedata.Index(products, func(p *Product) string { return p.ID }), nil
}

// ShopStock is an item's stock in one shop, as Lightspeed counts it.
type ShopStock struct {
	Shop         *ent.Shop     // nil if it is not stored
	Location     *ent.Location // whose stock it is on the website; nil = the shop's stock does not count
	OnHand       int
	Reserve      int
	Held         int
	Available    int
	OnOrder      int
	ReorderPoint int
	ReorderLevel int
	UpdatedAt    time.Time
}

// Stock returns the item's stock in each shop that has a record of it, by the shop's name, shops that are not stored last.
func (i *Item) Stock(ctx context.Context) ([]*ShopStock, error) {
	records, err := i.records(ctx)
	if err != nil {
		return nil, err
	}
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return nil, err
	}
	byShop := sitedata.Index(records, func(s *ent.ShopStock) int64 { return s.LightspeedShopID })
	sellable, err := i.sellable(ctx)
	if err != nil {
		return nil, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return nil, err
	}
	pairOf := sitedata.Index(pairs, func(p sitedata.Pair) int64 { return p.Shop.LightspeedID })
	list := make([]*ShopStock, 0, len(records))
	add := func(s *ent.ShopStock, shop *ent.Shop) {
		row := &ShopStock{
			Shop: shop, OnHand: count(s.OnHand), OnOrder: count(s.OnOrder),
			ReorderPoint: count(s.ReorderPoint), ReorderLevel: count(s.ReorderLevel), UpdatedAt: s.UpdatedAt,
		}
		if on, counts := sellable[s.LightspeedShopID]; counts {
			row.Location = pairOf[s.LightspeedShopID].Location
			row.Reserve, row.Held, row.Available = count(on.Reserve), count(on.Held), count(on.Sellable())
		}
		list = append(list, row)
	}
	for _, shop := range shops {
		if s := byShop[shop.LightspeedID]; s != nil {
			add(s, shop)
			delete(byShop, shop.LightspeedID)
		}
	}
	for _, s := range records {
		if byShop[s.LightspeedShopID] != nil {
			add(s, nil)
		}
	}
	return list, nil
}

// records returns the item's stock rows by the shop's number.
func (i *Item) records(ctx context.Context) ([]*ent.ShopStock, error) {
	stock, err := i.group.stock.Get(ctx, func(ctx context.Context) (map[string][]*ent.ShopStock, error) {
		ids := make([]string, len(i.group.rows))
		for n, row := range i.group.rows {
			ids[n] = row.ID
		}
		rows, err := unitofwork.Client(ctx).ShopStock.Query().Where(shopstock.ItemIDIn(ids...)).
			Order(ent.Asc(shopstock.FieldLightspeedShopID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the stock of items: %w", err)
		}
		byItem := make(map[string][]*ent.ShopStock, len(ids))
		for _, row := range rows {
			byItem[row.ItemID] = append(byItem[row.ItemID], row)
		}
		return byItem, nil
	})
	return stock[i.ID], err
}

// sellable returns the item's stock in each shop whose stock counts, by the shop's number.
func (i *Item) sellable(ctx context.Context) (map[int64]retail.ShopStock, error) {
	stock, err := i.group.sellable.Get(ctx, func(ctx context.Context) (display.Stock, error) {
		rules, err := sitedata.Rules(ctx)
		if err != nil {
			return nil, err
		}
		return rules.Stock(ctx, unitofwork.Client(ctx), i.group.rows)
	})
	return sitedata.Index(stock[i.LightspeedID], func(s retail.ShopStock) int64 { return s.ShopID }), err
}

// Diagnosis says why an item is, or is not, on the website.
type Diagnosis struct {
	Displayed bool
	Held      bool // it is displayed only until a manager confirms that it is hidden
	Reasons   []*Reason
}

// Reason is one finding about an item.
type Reason struct {
	Code     retail.ReasonCode
	Blocking bool
	Message  string
	Advice   string
}

// Diagnosis returns why the item is, or is not, on the website.
func (i *Item) Diagnosis(ctx context.Context) (*Diagnosis, error) {
	displayed, err := i.Displayed(ctx)
	if err != nil {
		return nil, err
	}
	return &Diagnosis{Displayed: displayed, Held: displayed && i.DisplayHeld, Reasons: Reasons(i.ReasonBits)}, nil
}

// Reasons returns the reasons that are stored as bits, with their texts, never nil.
func Reasons(bits retail.ReasonBits) []*Reason {
	reasons := bits.Reasons()
	list := make([]*Reason, len(reasons))
	for n, r := range reasons {
		list[n] = &Reason{Code: r.Code, Blocking: r.Blocking, Message: r.Code.Message(), Advice: r.Code.Advice()}
	}
	return list
}
