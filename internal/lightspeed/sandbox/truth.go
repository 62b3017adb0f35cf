package sandbox

import (
	"time"

	"github.com/shopspring/decimal"
)

// Truth is everything in an account at one moment, to compare it with what a client made of it.
type Truth struct {
	AccountID     string             `json:"accountID"`
	Time          time.Time          `json:"time"`
	Shops         []ShopState        `json:"shops"`
	Registers     []RegisterState    `json:"registers"`
	Employees     []EmployeeState    `json:"employees"`
	PriceLevels   []PriceLevelState  `json:"priceLevels"`
	PaymentTypes  []PaymentTypeState `json:"paymentTypes"`
	TaxCategories []TaxCategoryState `json:"taxCategories"`
	Customers     []CustomerState    `json:"customers"`
	Sales         []SaleState        `json:"sales"`
	Items         []ItemState        `json:"items"`
}

// NamedState is a record of which only name and archiving matter.
type NamedState struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Archived bool   `json:"archived"`
}

// ShopState is a shop.
type ShopState struct {
	NamedState
	TimeZone string `json:"timeZone"`
}

// RegisterState is a register.
type RegisterState struct {
	NamedState
	ShopID int64 `json:"shopID"`
	Open   bool  `json:"open"`
}

// EmployeeState is an employee. Login is empty if the sign-in page does not offer him.
type EmployeeState struct {
	NamedState
	Login         string `json:"login"`
	Role          string `json:"role"`
	Locked        bool   `json:"locked"`
	LimitToShopID int64  `json:"limitToShopID"`
}

// PriceLevelState is a price level.
type PriceLevelState struct {
	NamedState
	CanBeArchived bool `json:"canBeArchived"`
}

// ItemState is an item with its prices and stock.
type ItemState struct {
	ID              int64             `json:"id"`
	SystemSKU       int64             `json:"systemSku"`
	Description     string            `json:"description"`
	UPC             string            `json:"upc"`
	EAN             string            `json:"ean"`
	CustomSKU       string            `json:"customSku"`
	ManufacturerSKU string            `json:"manufacturerSku"`
	ManufacturerID  int64             `json:"manufacturerID"`
	Manufacturer    string            `json:"manufacturer"`
	CategoryID      int64             `json:"categoryID"`
	Category        string            `json:"category"`
	ItemType        string            `json:"itemType"`
	ItemMatrixID    int64             `json:"itemMatrixID"`
	Size            string            `json:"size"`
	Color           string            `json:"color"`
	Components      []Component       `json:"components,omitempty"`
	Tax             bool              `json:"tax"`
	Discountable    bool              `json:"discountable"`
	PublishToEcom   bool              `json:"publishToEcom"`
	TaxClassID      int64             `json:"taxClassID"`
	Archived        bool              `json:"archived"`
	DefaultCost     decimal.Decimal   `json:"defaultCost"`
	Prices          []decimal.Decimal `json:"prices"` // by price level: Prices[0] is level 1; 0 is unset
	CreateTime      time.Time         `json:"createTime"`
	TimeStamp       time.Time         `json:"timeStamp"`
	Stock           []StockState      `json:"stock"`   // by shop: Stock[0] is shop 1
	Summary         StockState        `json:"summary"` // of all shops
}

// StockState is the stock of an item in a shop.
type StockState struct {
	ItemShopID   int64     `json:"itemShopID"`
	ShopID       int64     `json:"shopID"`
	QOH          int       `json:"qoh"`
	Sellable     int       `json:"sellable"`
	Backorder    int       `json:"backorder"`
	ReorderPoint int       `json:"reorderPoint"`
	ReorderLevel int       `json:"reorderLevel"`
	TimeStamp    time.Time `json:"timeStamp"`
	Missing      bool      `json:"missing"` // the row does not exist yet; all quantities are zero
}

// Truth is a snapshot of the whole account.
func (a *Account) Truth() Truth {
	a.srv.settleDue()
	a.mu.RLock()
	defer a.mu.RUnlock()
	t := Truth{AccountID: a.opts.ID, Time: a.srv.clock.Now(), Items: make([]ItemState, len(a.items))}
	for i, s := range a.shops {
		t.Shops = append(t.Shops, ShopState{NamedState{int64(i + 1), s.name, s.archived}, s.timeZone})
	}
	for i, r := range a.registers {
		t.Registers = append(t.Registers,
			RegisterState{NamedState{int64(i + 1), r.name, r.archived}, int64(r.shop), r.open})
	}
	for i, e := range a.employees {
		t.Employees = append(t.Employees, EmployeeState{NamedState{int64(i + 1), e.first + " " + e.last, e.archived},
			e.login, roles()[e.role].name, e.locked, int64(e.limitToShop)})
	}
	for i, l := range a.levels {
		t.PriceLevels = append(t.PriceLevels,
			PriceLevelState{NamedState{int64(i + 1), l.name, l.archived}, l.canBeArchived})
	}
	t.PaymentTypes, t.TaxCategories = a.payTypeStates(), a.taxStates()
	t.Customers, t.Sales = a.customerStates(), a.saleStates()
	for row := range a.items {
		t.Items[row] = a.itemState(row)
	}
	return t
}

// Item is a snapshot of one item.
func (a *Account) Item(id int64) (ItemState, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	row, err := a.locate(id, 1)
	if err != nil {
		return ItemState{}, err
	}
	return a.itemState(row), nil
}

func (a *Account) itemState(row int) ItemState {
	it := &a.items[row]
	out := ItemState{
		ID: int64(row + 1), SystemSKU: it.sku, Description: it.description, UPC: it.upc, EAN: it.ean,
		CustomSKU: it.customSKU, ManufacturerSKU: it.makerSKU, ManufacturerID: int64(it.maker),
		CategoryID: int64(it.category), ItemType: itemKindNames()[it.kind], Archived: it.archived,
		DefaultCost: it.cost.Decimal(), CreateTime: time.Unix(it.created, 0).UTC(),
		TimeStamp: time.Unix(it.stamp, 0).UTC(), Summary: a.stockState(a.stockRowOf(row, 0)),
		ItemMatrixID: int64(it.matrix), Size: it.size, Color: it.color, Tax: it.tax, Discountable: it.discountable,
		PublishToEcom: it.publish, TaxClassID: int64(it.taxClass),
	}
	for _, p := range a.parts.of[int32(row)] {
		out.Components = append(out.Components, Component{ItemID: int64(p.item) + 1, Units: p.units})
	}
	if it.maker > 0 {
		out.Manufacturer = a.makers[it.maker-1].name
	}
	if it.category > 0 {
		out.Category = a.cats[it.category-1].path
	}
	for i := range a.levels {
		out.Prices = append(out.Prices, it.price(i).Decimal())
	}
	for i := range a.shops {
		out.Stock = append(out.Stock, a.stockState(a.stockRowOf(row, i+1)))
	}
	return out
}

func (a *Account) stockState(row int) StockState {
	s := a.stock[row]
	return StockState{ItemShopID: int64(row + 1), ShopID: int64(row % a.stride()), QOH: int(s.qoh),
		Sellable: int(a.sellable(row)), Backorder: int(s.backorder), ReorderPoint: int(s.reorderPoint),
		ReorderLevel: int(s.reorder), TimeStamp: time.Unix(s.stamp, 0).UTC(), Missing: s.missing}
}
