package lightspeed

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// resourceSample is an answer with every field that Lightspeed documents or was seen to send, and the few that we need.
type resourceSample struct {
	name, id, row string
	decode        func(page []byte) (rows int, unreadable []error, err error)
	need          []string // fields that must be there and hold something, by their path
	key           []string // fields that must be there and may be empty
}

func samples() []resourceSample {
	return []resourceSample{
		{
			name: "Item", id: "itemID", decode: decoding("Item", itemRow),
			row: `{"itemID":"101","systemSku":"210000000101","defaultCost":"32.5","avgCost":"32.5","discountable":"true","tax":"true","archived":"false","itemType":"default","serialized":"false","laborDurationMinutes":"0","description":"Urban Helmet M Black","modelYear":"0","upc":"012345678905","ean":"","customSku":"HLM-UR-M-BK","manufacturerSku":"UR100-M","createTime":"2026-01-10T18:00:00+00:00","timeStamp":"2026-04-02T09:15:00+00:00","publishToEcom":"false","categoryID":"2","taxClassID":"1","departmentID":"0","itemMatrixID":"7","itemAttributesID":"3","manufacturerID":"1","seasonID":"0","defaultVendorID":"1","noteID":"0","itemECommerceID":"0",
			"Category":{"categoryID":"2","name":"Helmets"},"Manufacturer":{"manufacturerID":"1","name":"Acme Wheels"},"TaxClass":{"taxClassID":"1","name":"Item"},
			"ItemAttributes":{"attribute1":"Black","attribute2":"M","attribute3":"","itemAttributeSetID":"1","ItemAttributeSet":{"itemAttributeSetID":"1","name":"Color/Size","attributeName1":"Color","attributeName2":"Size","attributeName3":""}},
			"ItemComponents":{"ItemComponent":[{"itemComponentID":"5","quantity":"2","componentGroup":"0","assemblyItemID":"101","componentItemID":"44"}]},
			"ItemShops":{"ItemShop":[{"itemShopID":"302","qoh":"3","sellable":"3","backorder":"2","componentQoh":"0","componentBackorder":"0","reorderPoint":"1","reorderLevel":"4","timeStamp":"2026-05-01T17:02:11+00:00","itemID":"101","shopID":"1","m":{"layaways":"0"}}]},
			"Prices":{"ItemPrice":[{"amount":"64.99","useTypeID":"1","useType":"Default"}]}}`,
			need: []string{"itemID", "archived", "ItemComponents.ItemComponent.quantity", "ItemComponents.ItemComponent.componentItemID",
				"ItemShops.ItemShop.itemShopID", "ItemShops.ItemShop.shopID", "Prices.ItemPrice.amount", "Prices.ItemPrice.useTypeID"},
			key: []string{"defaultCost", "description", "upc", "ean", "customSku", "manufacturerSku", "timeStamp", "categoryID", "manufacturerID", "Prices",
				"ItemShops.ItemShop.qoh"},
		},
		{
			name: "ItemShop", id: "itemShopID", decode: decoding("ItemShop", itemShopRow),
			row:  `{"itemShopID":"302","qoh":"3","sellable":"3","backorder":"2","componentQoh":"0","componentBackorder":"0","onLayaway":"0","onSpecialOrder":"0","onWorkorder":"0","onTransferOut":"0","onTransferIn":"0","averageCost":"0","nextFifoLotID":"5012","nextFifoLotCost":"32.5","lastReceivedLotID":"5012","lastReceivedCost":"32.5","totalValueFifo":"97.5","totalValueAvgCost":"97.5","totalValueNegativeInventory":"0","reorderPoint":"1","reorderLevel":"4","timeStamp":"2026-05-01T17:02:11+00:00","itemID":"101","shopID":"1"}`,
			need: []string{"itemShopID", "itemID", "shopID"}, key: []string{"qoh", "timeStamp"},
		},
		{
			name: "Shop", id: "shopID", decode: decoding("Shop", shopRow),
			row:  `{"shopID":"1","name":"Downtown","serviceRate":"90","timeZone":"US\/Pacific","taxLabor":"false","labelTitle":"Shop Name","labelMsrp":"false","archived":"false","timeStamp":"2026-03-03T15:53:45+00:00","companyRegistrationNumber":"","vatNumber":"","zebraBrowserPrint":"false","networkHealthTool":"false","contactID":"2","taxCategoryID":"1","receiptSetupID":"1","vendorID":"0","ccGatewayID":"1","gatewayConfigID":"1","priceLevelID":"1","PriceLevel":{"priceLevelID":"1","name":"Default"}}`,
			need: []string{"shopID", "archived"}, key: []string{"name"},
		},
		{
			name: "Register", id: "registerID", decode: decoding("Register", registerRow),
			row:  `{"registerID":"1","name":"Register 1","open":"true","openTime":"2026-05-01T15:34:28+00:00","archived":"false","tipEnabled":"false","openEmployeeID":"2","shopID":"1","ccTerminalID":"0"}`,
			need: []string{"registerID", "archived", "shopID"}, key: []string{"name"},
		},
		{
			name: "Employee", id: "employeeID", decode: decoding("Employee", employeeRow),
			row:  `{"employeeID":"2","firstName":"Robin","lastName":"Sample","lockOut":"false","archived":"false","timeStamp":"2026-03-23T14:33:22+00:00","contactID":"1","clockInEmployeeHoursID":"0","employeeRoleID":"4","limitToShopID":"0","lastShopID":"1","lastSaleID":"143","lastRegisterID":"1"}`,
			need: []string{"employeeID", "archived"},
		},
		{
			name: "PriceLevel", id: "priceLevelID", decode: decoding("PriceLevel", priceLevelRow),
			row:  `{"priceLevelID":"3","name":"Sale Price","archived":"false","canBeArchived":"true","type":"fixed","Calculation":""}`,
			need: []string{"priceLevelID", "archived"}, key: []string{"name"},
		},
		{
			name: "PaymentType", id: "paymentTypeID", decode: decoding("PaymentType", paymentTypeRow),
			row:  `{"paymentTypeID":"4","name":"Credit Account","code":"CA","channel":"","requireCustomer":"true","archived":"false","internalReserved":"true","type":"credit account","refundAsPaymentTypeID":"4"}`,
			need: []string{"paymentTypeID", "archived"}, key: []string{"name"},
		},
		{
			name: "Category", id: "categoryID", decode: decoding("Category", categoryRow),
			row:  `{"categoryID":"2","name":"Helmets","nodeDepth":"1","fullPathName":"Apparel\/Helmets","leftNode":"3","rightNode":"4","createTime":"2026-01-01T00:00:00+00:00","timeStamp":"2026-01-01T00:00:00+00:00","parentID":"1"}`,
			need: []string{"categoryID"},
		},
		{
			name: "Manufacturer", id: "manufacturerID", decode: decoding("Manufacturer", manufacturerRow),
			row:  `{"manufacturerID":"1","name":"Acme Wheels","createTime":"2026-01-01T00:00:00+00:00","timeStamp":"2026-01-01T00:00:00+00:00"}`,
			need: []string{"manufacturerID"}, key: []string{"name"},
		},
		{
			name: "SaleLine", id: "saleLineID", decode: decoding("SaleLine", refundRow),
			row:  `{"saleLineID":"601","createTime":"2026-05-03T18:20:31+00:00","timeStamp":"2026-05-03T18:20:31+00:00","unitQuantity":"-1","unitPrice":"64.99","normalUnitPrice":"0","tax":"true","tax1Rate":"0.0825","lineType":"","calcTotal":"-70.351675","calcSubtotal":"-64.99","calcTax1":"-5.361675","calcTax2":"0","taxClassID":"1","taxCategoryID":"1","customerID":"0","discountID":"0","employeeID":"2","itemID":"101","noteID":"0","parentSaleLineID":"501","itemFeeID":"0","shopID":"1","saleID":"278"}`,
			need: []string{"saleLineID", "saleID", "parentSaleLineID", "itemID", "unitQuantity", "unitPrice", "calcTotal"},
		},
		{
			name: "Customer", id: "customerID", decode: decoding("Customer", customerRow),
			row: `{"customerID":"8","firstName":"Robin","lastName":"Sample","dob":"1980-01-01T00:00:00+00:00","archived":"false","title":"","company":"","companyRegistrationNumber":"","vatNumber":"","createTime":"2026-05-02T18:20:30+00:00","timeStamp":"2026-05-02T18:20:30+00:00","creditAccountID":"0","customerTypeID":"0","discountID":"0","taxCategoryID":"0","contactID":"16","employeeID":"0","noteID":"42","Tags":"",
			"Contact":{"custom":"","noEmail":"false","noPhone":"false","noMail":"false","Addresses":{"ContactAddress":{"address1":"1 Main St","address2":"","city":"Springfield","state":"Oregon","stateCode":"OR","zip":"97477","country":"United States","countryCode":"US"}},
			"Phones":{"ContactPhone":[{"number":"541 555 0100","useType":"Home"},{"number":"541 555 0101","useType":"Mobile"}]},"Emails":{"ContactEmail":{"address":"robin@example.com","useType":"Primary"}},"Websites":"","timeStamp":"2026-05-01T12:00:00+00:00"}}`,
			need: []string{"customerID"},
		},
		{
			name: "Sale", id: "saleID", decode: decoding("Sale", saleRow),
			row: `{"saleID":"277","timeStamp":"2026-05-02T18:20:31+00:00","discountPercent":"0","completed":"true","archived":"false","voided":"false","enablePromotions":"false","isTaxInclusive":"false","createTime":"2026-05-02T18:20:31+00:00","updateTime":"2026-05-02T18:20:31+00:00","completeTime":"2026-05-02T18:20:00+00:00","referenceNumber":"WEB-10023","referenceNumberSource":"ExampleWeb","tax1Rate":"0.0825","tax2Rate":"0","change":"0","tipEnabled":"false","receiptPreference":"printed","displayableSubtotal":"89.94","ticketNumber":"220000000277","calcDiscount":"0","calcTotal":"96.54","calcSubtotal":"89.94","calcTaxable":"79.99","calcNonTaxable":"9.95","calcAvgCost":"36.7","calcFIFOCost":"36.7","calcTax1":"6.6","calcTax2":"0","calcPayments":"96.54","calcTips":"0","calcItemFees":"0","calcSurcharges":"0","tippableAmount":"0","cashRoundingDelta":"0","cashRoundedBalance":"0","cashRoundedTotal":"96.54","total":"96.54","totalDue":"96.54","displayableTotal":"96.54","balance":"0","customerID":"8","discountID":"0","employeeID":"2","tipEmployeeID":"2","quoteID":"0","registerID":"2","shipToID":"0","shopID":"1","taxCategoryID":"1","taxTotal":"6.6",
			"Customer":{"customerID":"8"},"TaxClassTotals":{"Tax":{"id":"1","rate":"9"}},
			"SaleLines":{"SaleLine":[{"saleLineID":"501","createTime":"2026-05-02T18:20:31+00:00","timeStamp":"2026-05-02T18:20:31+00:00","unitQuantity":"1","unitPrice":"64.99","normalUnitPrice":"0","discountAmount":"0","discountPercent":"0","avgCost":"32.5","fifoCost":"32.5","tax":"true","tax1Rate":"0.0825","tax2Rate":"0","isLayaway":"false","isWorkorder":"false","isSpecialOrder":"false","displayableSubtotal":"64.99","displayableUnitPrice":"64.99","lineType":"","calcLineDiscount":"0","calcTransactionDiscount":"0","calcTotal":"70.351675","calcSubtotal":"64.99","calcTax1":"5.361675","calcTax2":"0","taxClassID":"1","customerID":"0","discountID":"0","employeeID":"2","itemID":"101","noteID":"0","parentSaleLineID":"0","itemFeeID":"0","shopID":"1","saleID":"277"}]},
			"SalePayments":{"SalePayment":{"salePaymentID":"168","amount":"96.54","tipAmount":"0","createTime":"2026-05-02T18:20:31+00:00","archived":"false","remoteReference":"pay_WEB-10023","paymentID":"","saleID":"277","paymentTypeID":"9","ccChargeID":"0","refPaymentID":"0","registerID":"2","employeeID":"2","creditAccountID":"0","PaymentType":{"paymentTypeID":"9","name":"Web Order"}}}}`,
			need: []string{"saleID", "completed", "archived", "voided", "calcTotal", "calcPayments", "balance",
				"SaleLines.SaleLine.saleLineID", "SaleLines.SaleLine.unitQuantity", "SaleLines.SaleLine.unitPrice", "SaleLines.SaleLine.itemID", "SaleLines.SaleLine.calcTotal",
				"SalePayments.SalePayment.salePaymentID", "SalePayments.SalePayment.amount", "SalePayments.SalePayment.paymentTypeID"},
			key: []string{"referenceNumber", "referenceNumberSource"},
		},
	}
}

func decoding[T any](resource string, convert func(*row) T) func([]byte) (int, []error, error) {
	return func(page []byte) (int, []error, error) {
		d, err := decodePage(page, resource, convert)
		return len(d.rows), d.unreadable, err
	}
}

// A field that we do not use may be missing, null, empty or an empty list, wherever it is in a row. One that we need and
// that is missing makes an error that names the resource, the row and the field.
func TestUnusedFieldsAreOptional(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			fields := 0
			eachChange(t, s.row, func(path, change, row string) {
				fields++
				rows, unreadable, err := s.decode(pageOf(s.name, row))
				read := rows == 1 && err == nil
				switch leaf := path[strings.LastIndex(path, ".")+1:]; {
				case path == s.id:
					if !errors.Is(err, ErrMalformed) || !strings.Contains(err.Error(), s.name+": field "+leaf+" is missing") {
						t.Errorf("%s %s: %v", path, change, err)
					}
				case slices.Contains(s.need, path) || slices.Contains(s.key, path) && change == "removed":
					if read || len(unreadable) != 1 || !strings.Contains(unreadable[0].Error(), "field "+leaf+" is missing") ||
						!strings.HasPrefix(unreadable[0].Error(), s.name+" "+idIn(t, s)+": ") {
						t.Errorf("%s %s: %d rows, %v, %v", path, change, rows, unreadable, err)
					}
				case !read:
					t.Errorf("%s %s: %v, %v", path, change, unreadable, err)
				}
			})
			if fields < 4*len(s.need) {
				t.Errorf("only %d changes were tried", fields)
			}
			if rows, unreadable, err := s.decode(pageOf(s.name, bare(t, s.row))); rows != 1 || err != nil {
				t.Errorf("bare numbers and booleans: %v, %v", unreadable, err)
			}
		})
	}
}

// A row that lacks a required field is left out; when all of several lack one, the page is damaged.
func TestRowsThatLackRequiredFields(t *testing.T) {
	for _, s := range samples() {
		eachChange(t, s.row, func(path, change, row string) {
			if change != "removed" || path == s.id || !slices.Contains(s.need, path) && !slices.Contains(s.key, path) {
				return
			}
			if rows, unreadable, err := s.decode(pageOf(s.name, s.row, row)); rows != 1 || len(unreadable) != 1 || err != nil {
				t.Errorf("%s without %s beside a good row: %d rows, %v, %v", s.name, path, rows, unreadable, err)
			}
			if _, _, err := s.decode(pageOf(s.name, row, row)); !errors.Is(err, ErrMalformed) {
				t.Errorf("%s: two rows without %s: %v", s.name, path, err)
			}
		})
	}
}

func pageOf(resource string, rows ...string) []byte {
	return fmt.Appendf(nil, `{"@attributes":{"next":"","previous":""},%q:[%s]}`, resource, strings.Join(rows, ","))
}

func idIn(t *testing.T, s resourceSample) string {
	t.Helper()
	var row map[string]any
	if err := json.Unmarshal([]byte(s.row), &row); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(row[s.id])
}

// eachChange calls try with the row in which one field, at any depth, was removed or emptied, for every field and every way.
func eachChange(t *testing.T, row string, try func(path, change, row string)) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(row), &root); err != nil {
		t.Fatal(err)
	}
	changes := map[string]func(object map[string]any, key string){
		"removed": func(object map[string]any, key string) { delete(object, key) },
		"null":    func(object map[string]any, key string) { object[key] = nil },
		"empty":   func(object map[string]any, key string) { object[key] = "" },
		"a list":  func(object map[string]any, key string) { object[key] = []any{} },
	}
	var walk func(v any, path string)
	walk = func(v any, path string) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e, path)
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				value, at := v[key], strings.TrimPrefix(path+"."+key, ".")
				for name, change := range changes {
					change(v, key)
					changed, err := json.Marshal(root)
					if err != nil {
						t.Fatal(err)
					}
					try(at, name, string(changed))
					v[key] = value
				}
				walk(value, at)
			}
		}
	}
	walk(root, "")
}

// bare writes the row's numbers and booleans without quotes.
func bare(t *testing.T, row string) string {
	t.Helper()
	var root any
	if err := json.Unmarshal([]byte(row), &root); err != nil {
		t.Fatal(err)
	}
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		case map[string]any:
			for key := range v {
				v[key] = walk(v[key])
			}
		case string:
			if json.Valid([]byte(v)) {
				return json.RawMessage(v)
			}
		}
		return v
	}
	out, err := json.Marshal(walk(root))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
