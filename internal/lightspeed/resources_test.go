package lightspeed

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// The bodies are the vendor's published samples, shortened.
func TestReferenceData(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		read func(*api) (any, error)
		want any
	}{
		"shops": {
			`{"@attributes":{"next":"","previous":""},"Shop":[
			 {"shopID":"1","name":"Downtown","serviceRate":"90","timeZone":"US\/Pacific","archived":"false","taxCategoryID":"1","priceLevelID":"1","PriceLevel":{"priceLevelID":"1"}},
			 {"shopID":"2","name":"North","timeZone":"US\/Pacific","archived":"true","taxCategoryID":"0","priceLevelID":"3"}]}`,
			func(a *api) (any, error) { return a.Shops(t.Context()) },
			[]Shop{{ShopID: 1, Name: "Downtown", TimeZone: "US/Pacific"}, {ShopID: 2, Name: "North", TimeZone: "US/Pacific", Archived: true}},
		},
		"registers": {
			`{"@attributes":{"next":"","previous":""},"Register":{"registerID":"1","name":"Register 1","open":"true","archived":"false","shopID":"1"}}`,
			func(a *api) (any, error) { return a.Registers(t.Context()) },
			[]Register{{RegisterID: 1, Name: "Register 1", ShopID: 1, Open: true}},
		},
		"employees": {
			`{"@attributes":{"next":"","previous":""},"Employee":{"employeeID":"2","firstName":"Robin","lastName":"Sample","lockOut":"true","archived":"false","limitToShopID":"3"}}`,
			func(a *api) (any, error) { return a.Employees(t.Context()) },
			[]Employee{{EmployeeID: 2, FirstName: "Robin", LastName: "Sample", LockOut: true, LimitToShopID: 3}},
		},
		"price levels": {
			`{"@attributes":{"next":"","previous":""},"PriceLevel":[{"priceLevelID":"3","name":"Sale Price","archived":"false","canBeArchived":"true","type":"fixed","Calculation":""}]}`,
			func(a *api) (any, error) { return a.PriceLevels(t.Context()) },
			[]PriceLevel{{PriceLevelID: 3, Name: "Sale Price"}},
		},
		"payment types": {
			`{"@attributes":{"next":"","previous":""},"PaymentType":[{"paymentTypeID":"4","name":"Credit Account","requireCustomer":"true","archived":"false","internalReserved":"true","type":"credit account","refundAsPaymentTypeID":"4"}]}`,
			func(a *api) (any, error) { return a.PaymentTypes(t.Context()) },
			[]PaymentType{{PaymentTypeID: 4, Name: "Credit Account", Type: "credit account", RequireCustomer: true}},
		},
		"categories": {
			`{"@attributes":{"next":"","previous":""},"Category":{"categoryID":"2","name":"Helmets","nodeDepth":"1","fullPathName":"Apparel\/Helmets","parentID":"1"}}`,
			func(a *api) (any, error) { return a.Categories(t.Context()) },
			[]Category{{CategoryID: 2, FullPathName: "Apparel/Helmets"}},
		},
		"manufacturers": {
			`{"@attributes":{"next":"","previous":""},"Manufacturer":{"manufacturerID":"1","name":"Acme Wheels"}}`,
			func(a *api) (any, error) { return a.Manufacturers(t.Context()) },
			[]Manufacturer{{ManufacturerID: 1, Name: "Acme Wheels"}},
		},
		"no employees": {
			emptyPage,
			func(a *api) (any, error) { return a.Employees(t.Context()) },
			[]Employee(nil),
		},
		"account": {
			`{"@attributes":{"systemCustomerID":"123456"},"status":"customer","name":"Example Cycles","defaultCurrency":{"code":"USD","symbol":"$"}}`,
			func(a *api) (any, error) { return a.Info(t.Context()) },
			AccountInfo{AccountID: "123456", Name: "Example Cycles", Currency: "USD"},
		},
		"identity": {
			`{"@attributes":{"count":"1"},"Account":{"accountID":"123456","name":"Example Cycles","link":{"@attributes":{"href":"\/API\/V3\/Account\/123456"}}}}`,
			func(a *api) (any, error) { return a.client.Identify(t.Context(), a.tokens) },
			AccountInfo{AccountID: "123456", Name: "Example Cycles"},
		},
		"identity in a list": {
			`{"@attributes":{"count":"1"},"Account":[{"accountID":123456,"name":"Example Cycles"}]}`,
			func(a *api) (any, error) { return a.client.Identify(t.Context(), a.tokens) },
			AccountInfo{AccountID: "123456", Name: "Example Cycles"},
		},
		"session": {
			`{"sessionID":"","employeeID":"2","systemCustomerID":"123456","shopCount":"2","Employee":{"employeeID":"2","firstName":"Robin","lastName":"Sample","checkedInAt":"2026-05-01T16:20:32-04:00"},"Rights":{"admin":"true","register":"true","reports":"false"}}`,
			func(a *api) (any, error) { return a.Session(t.Context()) },
			Session{AccountID: "123456", EmployeeID: 2, FirstName: "Robin", LastName: "Sample", Rights: map[string]bool{"admin": true, "register": true, "reports": false}},
		},
		"session without rights": {
			`{"employeeID":"2","systemCustomerID":"123456","Employee":{"firstName":"Robin","lastName":""},"Rights":""}`,
			func(a *api) (any, error) { return a.Session(t.Context()) },
			Session{AccountID: "123456", EmployeeID: 2, FirstName: "Robin", Rights: map[string]bool{}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := serveAPI(t, reply(200, tt.body))
			got, err := tt.read(a)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnwrappedAnswersAreChecked(t *testing.T) {
	for _, body := range []string{`{}`, `[]`, `{"Account":""}`, `{"Account":{"name":"x"}}`, `{"Account":[{"accountID":"1"},{"accountID":"2"}]}`, `{"employeeID":"2","Rights":"all"}`, `{"employeeID":"2","Rights":{"admin":"maybe"}}`} {
		a := serveAPI(t, reply(200, body))
		if _, err := a.client.Identify(t.Context(), a.tokens); !errors.Is(err, ErrMalformed) {
			t.Errorf("identify %s: %v", body, err)
		}
		if _, err := a.Info(t.Context()); !errors.Is(err, ErrMalformed) {
			t.Errorf("info %s: %v", body, err)
		}
		if _, err := a.Session(t.Context()); !errors.Is(err, ErrMalformed) {
			t.Errorf("session %s: %v", body, err)
		}
	}
}

func TestItemSample(t *testing.T) {
	a := serveAPI(t, reply(200, `{"@attributes":{"next":"","previous":""},"Item":
	 {"itemID":"101","systemSku":"210000000101","defaultCost":"32.5","avgCost":"32.5","discountable":"true","tax":"true","archived":"false","itemType":"default","serialized":"false","description":"Urban Helmet M Black","modelYear":"0","upc":"012345678905","ean":"","customSku":"HLM-UR-M-BK","manufacturerSku":"UR100-M","createTime":"2026-01-10T18:00:00+00:00","timeStamp":"2026-04-02T09:15:00+00:00","categoryID":"2","manufacturerID":"1","itemMatrixID":"0","defaultVendorID":"1",
	   "Category":{"categoryID":"2","name":"Helmets"},
	   "ItemShops":{"ItemShop":[
	     {"itemShopID":"303","qoh":"-1","sellable":"0","backorder":"0","componentQoh":"0","componentBackorder":"0","reorderPoint":"0","reorderLevel":"0","timeStamp":"2026-04-28T20:44:00+00:00","itemID":"101","shopID":"2","m":{"layaways":"0"}},
	     {"itemShopID":"301","qoh":"2","backorder":"2","reorderPoint":"0","reorderLevel":"0","timeStamp":"2026-05-01T17:02:11+00:00","itemID":"101","shopID":"0"}]},
	   "Prices":{"ItemPrice":[{"amount":"64.99","useTypeID":"1","useType":"Default"},{"amount":"0","useTypeID":"4","useType":"Online"}]}}}`))
	page, err := a.Items(ItemQuery{LoadItemShops: true}).Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []Item{{
		ItemID: 101, SystemSKU: "210000000101", Description: "Urban Helmet M Black", UPC: "012345678905", CustomSKU: "HLM-UR-M-BK", ManufacturerSKU: "UR100-M",
		DefaultCost: decimal.RequireFromString("32.5"), HasDefaultCost: true, ItemType: "default", CategoryID: 2, ManufacturerID: 1,
		TimeStamp:     time.Date(2026, 4, 2, 9, 15, 0, 0, time.UTC),
		HasAttributes: true, HasComponents: true, HasPrices: true, Prices: []ItemPrice{{1, "Default", decimal.RequireFromString("64.99")}, {4, "Online", decimal.Zero}},
		HasItemShops: true, ItemShops: []ItemShop{
			{ItemShopID: 303, ItemID: 101, ShopID: 2, QOH: ptr(-1), Backorder: ptr(0), ReorderPoint: ptr(0), ReorderLevel: ptr(0), TimeStamp: time.Date(2026, 4, 28, 20, 44, 0, 0, time.UTC)},
			{ItemShopID: 301, ItemID: 101, ShopID: 0, QOH: ptr(2), Backorder: ptr(2), ReorderPoint: ptr(0), ReorderLevel: ptr(0), TimeStamp: time.Date(2026, 5, 1, 17, 2, 11, 0, time.UTC)},
		},
	}}
	if diff := cmp.Diff(want, page.Rows, cmpDecimal); diff != "" {
		t.Error(diff)
	}
}
