package lightspeed

import (
	"context"
	"fmt"
	"net/http"
)

// Shop is a location of the merchant.
type Shop struct {
	ShopID   int64
	Name     string
	TimeZone string // e.g. US/Pacific
	Archived bool
}

func shopRow(r *row) Shop {
	return Shop{
		ShopID:   r.primaryID("shopID"),
		Name:     r.text("name"),
		TimeZone: r.optText("timeZone"),
		Archived: r.boolean("archived"),
	}
}

// Shops reads every shop, archived ones included.
func (a *Account) Shops(ctx context.Context) ([]Shop, error) {
	return readAll(ctx, a, "Shop", archivedToo, shopRow)
}

// Register is a register of a shop.
type Register struct {
	RegisterID int64
	Name       string
	ShopID     int64
	Archived   bool
	Open       bool
}

func registerRow(r *row) Register {
	return Register{
		RegisterID: r.primaryID("registerID"),
		Name:       r.text("name"),
		ShopID:     r.foreignID("shopID"),
		Archived:   r.boolean("archived"),
		Open:       r.flag("open"),
	}
}

// Registers reads every register, archived ones included.
func (a *Account) Registers(ctx context.Context) ([]Register, error) {
	return readAll(ctx, a, "Register", archivedToo, registerRow)
}

// Employee is a member of the merchant's staff.
type Employee struct {
	EmployeeID          int64
	FirstName, LastName string
	Archived            bool
	LockOut             bool  // locked: he cannot sign in, and tokens that he granted do not work
	LimitToShopID       int64 // 0 = any shop
}

func employeeRow(r *row) Employee {
	return Employee{
		EmployeeID:    r.primaryID("employeeID"),
		FirstName:     r.optText("firstName"),
		LastName:      r.optText("lastName"),
		Archived:      r.boolean("archived"),
		LockOut:       r.flag("lockOut"),
		LimitToShopID: r.optID("limitToShopID"),
	}
}

// Employees reads every employee, archived ones included.
func (a *Account) Employees(ctx context.Context) ([]Employee, error) {
	return readAll(ctx, a, "Employee", archivedToo, employeeRow)
}

// PriceLevel is a named price of each item. In every account 1 is Default and 2 is MSRP.
type PriceLevel struct {
	PriceLevelID int64
	Name         string
	Archived     bool
}

func priceLevelRow(r *row) PriceLevel {
	return PriceLevel{
		PriceLevelID: r.primaryID("priceLevelID"),
		Name:         r.text("name"),
		Archived:     r.boolean("archived"),
	}
}

// PriceLevels reads every price level, archived ones included. Without the right admin the error is [ErrForbidden].
func (a *Account) PriceLevels(ctx context.Context) ([]PriceLevel, error) {
	return readAll(ctx, a, "PriceLevel", archivedToo, priceLevelRow)
}

// PaymentType is a way to pay.
type PaymentType struct {
	PaymentTypeID   int64
	Name            string
	Type            string // cash, credit card, gift card, credit account, ecom, adjustment, user defined
	Code            string // in newer accounts only; the values are not documented
	Archived        bool
	RequireCustomer bool
}

func paymentTypeRow(r *row) PaymentType {
	return PaymentType{
		PaymentTypeID:   r.primaryID("paymentTypeID"),
		Name:            r.text("name"),
		Type:            r.optText("type"),
		Code:            r.optText("code"),
		Archived:        r.boolean("archived"),
		RequireCustomer: r.flag("requireCustomer"),
	}
}

// PaymentTypes reads every payment type, archived ones included.
func (a *Account) PaymentTypes(ctx context.Context) ([]PaymentType, error) {
	return readAll(ctx, a, "PaymentType", archivedToo, paymentTypeRow)
}

// CreatePaymentType makes a way to pay that needs no customer. A second call makes a second one, so a request whose outcome is
// not known is not repeated: its error is [ErrUnclear].
func (a *Account) CreatePaymentType(ctx context.Context, name string) (PaymentType, error) {
	body := map[string]string{"name": name, "requireCustomer": "false"}
	rq := call{method: http.MethodPost, path: "/PaymentType.json", cost: costOfWrite}
	made, err := send(ctx, a, rq, "PaymentType", body, paymentTypeRow)
	if err != nil {
		return PaymentType{}, fmt.Errorf("create payment type: %w", err)
	}
	return made, nil
}

// Category is a node of the category tree.
type Category struct {
	CategoryID   int64
	FullPathName string // e.g. Apparel/Helmets
}

func categoryRow(r *row) Category {
	c := Category{CategoryID: r.primaryID("categoryID"), FullPathName: r.optText("fullPathName")}
	if c.FullPathName == "" {
		c.FullPathName = r.text("name") // that of a root is its name
	}
	return c
}

// Categories reads every category.
func (a *Account) Categories(ctx context.Context) ([]Category, error) {
	return readAll(ctx, a, "Category", nil, categoryRow)
}

// Manufacturer is a brand.
type Manufacturer struct {
	ManufacturerID int64
	Name           string
}

func manufacturerRow(r *row) Manufacturer {
	return Manufacturer{
		ManufacturerID: r.primaryID("manufacturerID"),
		Name:           r.text("name"),
	}
}

// Manufacturers reads every manufacturer.
func (a *Account) Manufacturers(ctx context.Context) ([]Manufacturer, error) {
	return readAll(ctx, a, "Manufacturer", nil, manufacturerRow)
}

// readAll reads all pages of a short list. It fails rather than leave a row out, because callers take a missing row for a
// deleted one.
func readAll[T any](ctx context.Context, a *Account, resource string, filter map[string]string, convert func(*row) T) ([]T, error) {
	var all []T
	for page, err := range newPager(a, resource, query(filter), "", convert).All(ctx) {
		if err != nil {
			return nil, err
		}
		if page.Skipped > 0 {
			return nil, fmt.Errorf("read all of %s: %d unreadable rows: %w: %w", resource, page.Skipped, ErrMalformed, page.Reason)
		}
		all = append(all, page.Rows...)
	}
	return all, nil
}
