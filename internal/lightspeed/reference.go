package lightspeed

import (
	"context"
	"fmt"
)

// Shop is a location of the merchant.
type Shop struct {
	ShopID        int64
	Name          string
	TimeZone      string // e.g. US/Pacific
	Archived      bool
	PriceLevelID  int64 // the shop's default price level
	TaxCategoryID int64 // the shop's default sales tax, 0 = none
}

type shopWire struct {
	ShopID        scalar `json:"shopID"`
	Name          scalar `json:"name"`
	TimeZone      scalar `json:"timeZone"`
	Archived      scalar `json:"archived"`
	PriceLevelID  scalar `json:"priceLevelID"`
	TaxCategoryID scalar `json:"taxCategoryID"`
}

func (w shopWire) row() (Shop, error) {
	var r reader
	return Shop{
		ShopID:        r.primaryID("shopID", w.ShopID),
		Name:          r.text("name", w.Name),
		TimeZone:      r.text("timeZone", w.TimeZone.optional()),
		Archived:      r.boolean("archived", w.Archived),
		PriceLevelID:  r.id("priceLevelID", w.PriceLevelID.optional()),
		TaxCategoryID: r.id("taxCategoryID", w.TaxCategoryID.optional()),
	}, r.err
}

// Shops reads every shop, archived ones included.
func (a *Account) Shops(ctx context.Context) ([]Shop, error) {
	return readAll[shopWire](ctx, a, "Shop", archivedToo)
}

// Register is a till of a shop.
type Register struct {
	RegisterID int64
	Name       string
	ShopID     int64
	Archived   bool
	Open       bool
}

type registerWire struct {
	RegisterID scalar `json:"registerID"`
	Name       scalar `json:"name"`
	ShopID     scalar `json:"shopID"`
	Archived   scalar `json:"archived"`
	Open       scalar `json:"open"`
}

func (w registerWire) row() (Register, error) {
	var r reader
	return Register{
		RegisterID: r.primaryID("registerID", w.RegisterID),
		Name:       r.text("name", w.Name),
		ShopID:     r.id("shopID", w.ShopID),
		Archived:   r.boolean("archived", w.Archived),
		Open:       r.flag("open", w.Open),
	}, r.err
}

// Registers reads every register, archived ones included.
func (a *Account) Registers(ctx context.Context) ([]Register, error) {
	return readAll[registerWire](ctx, a, "Register", archivedToo)
}

// Employee is a member of the merchant's staff.
type Employee struct {
	EmployeeID          int64
	FirstName, LastName string
	Archived            bool
	LockOut             bool  // locked: cannot sign in, and tokens granted by him stop working
	LimitToShopID       int64 // 0 = any shop
}

type employeeWire struct {
	EmployeeID    scalar `json:"employeeID"`
	FirstName     scalar `json:"firstName"`
	LastName      scalar `json:"lastName"`
	Archived      scalar `json:"archived"`
	LockOut       scalar `json:"lockOut"`
	LimitToShopID scalar `json:"limitToShopID"`
}

func (w employeeWire) row() (Employee, error) {
	var r reader
	return Employee{
		EmployeeID:    r.primaryID("employeeID", w.EmployeeID),
		FirstName:     r.text("firstName", w.FirstName),
		LastName:      r.text("lastName", w.LastName),
		Archived:      r.boolean("archived", w.Archived),
		LockOut:       r.flag("lockOut", w.LockOut),
		LimitToShopID: r.id("limitToShopID", w.LimitToShopID.optional()),
	}, r.err
}

// Employees reads every employee, archived ones included.
func (a *Account) Employees(ctx context.Context) ([]Employee, error) {
	return readAll[employeeWire](ctx, a, "Employee", archivedToo)
}

// PriceLevel is a price list of the merchant: 1 is Default and 2 MSRP in every account, the others vary.
type PriceLevel struct {
	PriceLevelID  int64
	Name          string
	Archived      bool
	CanBeArchived bool
	Type          string // "fixed" in every published sample
}

type priceLevelWire struct {
	PriceLevelID  scalar `json:"priceLevelID"`
	Name          scalar `json:"name"`
	Archived      scalar `json:"archived"`
	CanBeArchived scalar `json:"canBeArchived"`
	Type          scalar `json:"type"`
}

func (w priceLevelWire) row() (PriceLevel, error) {
	var r reader
	return PriceLevel{
		PriceLevelID:  r.primaryID("priceLevelID", w.PriceLevelID),
		Name:          r.text("name", w.Name),
		Archived:      r.boolean("archived", w.Archived),
		CanBeArchived: r.flag("canBeArchived", w.CanBeArchived),
		Type:          r.text("type", w.Type.optional()),
	}, r.err
}

// PriceLevels reads every price level, archived ones included. It needs the
// admin right and gives [ErrForbidden] without.
func (a *Account) PriceLevels(ctx context.Context) ([]PriceLevel, error) {
	return readAll[priceLevelWire](ctx, a, "PriceLevel", archivedToo)
}

// PaymentType is a way to pay.
type PaymentType struct {
	PaymentTypeID    int64
	Name             string
	Type             string // cash, credit card, gift card, credit account, ecom, adjustment, user defined
	Archived         bool
	RequireCustomer  bool
	InternalReserved bool // the vendor's own, not made by the merchant
}

type paymentTypeWire struct {
	PaymentTypeID    scalar `json:"paymentTypeID"`
	Name             scalar `json:"name"`
	Type             scalar `json:"type"`
	Archived         scalar `json:"archived"`
	RequireCustomer  scalar `json:"requireCustomer"`
	InternalReserved scalar `json:"internalReserved"`
}

func (w paymentTypeWire) row() (PaymentType, error) {
	var r reader
	return PaymentType{
		PaymentTypeID:    r.primaryID("paymentTypeID", w.PaymentTypeID),
		Name:             r.text("name", w.Name),
		Type:             r.text("type", w.Type.optional()),
		Archived:         r.boolean("archived", w.Archived),
		RequireCustomer:  r.flag("requireCustomer", w.RequireCustomer),
		InternalReserved: r.flag("internalReserved", w.InternalReserved),
	}, r.err
}

// PaymentTypes reads every payment type, archived ones included.
func (a *Account) PaymentTypes(ctx context.Context) ([]PaymentType, error) {
	return readAll[paymentTypeWire](ctx, a, "PaymentType", archivedToo)
}

// Category is a node of the category tree.
type Category struct {
	CategoryID   int64
	Name         string
	FullPathName string // e.g. Apparel/Helmets
	ParentID     int64  // 0 = a root
}

type categoryWire struct {
	CategoryID   scalar `json:"categoryID"`
	Name         scalar `json:"name"`
	FullPathName scalar `json:"fullPathName"`
	ParentID     scalar `json:"parentID"`
}

func (w categoryWire) row() (Category, error) {
	var r reader
	return Category{
		CategoryID:   r.primaryID("categoryID", w.CategoryID),
		Name:         r.text("name", w.Name),
		FullPathName: r.text("fullPathName", w.FullPathName.optional()),
		ParentID:     r.id("parentID", w.ParentID.optional()),
	}, r.err
}

// Categories reads every category.
func (a *Account) Categories(ctx context.Context) ([]Category, error) {
	return readAll[categoryWire](ctx, a, "Category", nil)
}

// Manufacturer is a brand.
type Manufacturer struct {
	ManufacturerID int64
	Name           string
}

type manufacturerWire struct {
	ManufacturerID scalar `json:"manufacturerID"`
	Name           scalar `json:"name"`
}

func (w manufacturerWire) row() (Manufacturer, error) {
	var r reader
	return Manufacturer{
		ManufacturerID: r.primaryID("manufacturerID", w.ManufacturerID),
		Name:           r.text("name", w.Name),
	}, r.err
}

// Manufacturers reads every manufacturer.
func (a *Account) Manufacturers(ctx context.Context) ([]Manufacturer, error) {
	return readAll[manufacturerWire](ctx, a, "Manufacturer", nil)
}

// readAll reads all pages of a small resource. It fails rather than leave a row out:
// callers take what is missing from a complete list for deleted.
func readAll[W wire[T], T any](ctx context.Context, a *Account, resource string, filter map[string]string) ([]T, error) {
	var all []T
	for page, err := range newPager[W](a, resource, query(filter), "").All(ctx) {
		if err != nil {
			return nil, err
		}
		if page.Skipped > 0 {
			return nil, fmt.Errorf("read all of %s: %d unreadable rows: %w", resource, page.Skipped, ErrMalformed)
		}
		all = append(all, page.Rows...)
	}
	return all, nil
}
