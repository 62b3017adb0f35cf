package sandbox

import (
	"slices"

	"github.com/shopspring/decimal"
)

// related are the resources that sales lead to.
type related struct {
	items, customers, shops, taxes, classes, types *resource
}

// saleResources are Sale, SaleLine and SalePayment.
func saleResources(to related) (sales, lines, payments *resource) {
	lines, payments = saleLineResource(to), salePaymentResource(to)
	r := &resource{
		name:   "Sale",
		sorts:  []string{"saleID", "timeStamp", "completeTime", "updatetime"},
		rights: []string{"register"},
		write:  []string{"register"},
		echo:   []string{"Customer", "Shop", "TaxCategory", "SaleLines", "SalePayments.PaymentType"},
	}
	r.fields = saleFields()
	updated, _ := r.field("updateTime")
	r.hidden = []field{col("updatetime", kindTime, updated.get)}
	r.count = func(a *Account) int { return len(a.sales.list) }
	r.find = func(a *Account, id int64) (int, bool) { return int(id - 1), id >= 1 && id <= int64(len(a.sales.list)) }
	r.archived = func(a *Account, row int) bool { return a.sales.list[row].archived }
	r.touched = func(a *Account, row int) int64 { return a.sales.list[row].touched }
	r.narrow = narrowSales(r)
	r.order = func(a *Account, field string) (ordering, bool) {
		return a.sales.stamps.ordering(func(row int) int64 { return int64(row) + 1 }), field == "timeStamp"
	}
	r.create, r.update, r.remove = createSale, updateSale, removeSale
	r.under = map[string]*underList{"SaleLine": {target: lines, by: "saleID", rights: []string{"register"}, create: addSaleLine}}
	r.actions = map[string]*action{"refund": {rights: []string{"register_refund"}, run: refundSale,
		find: func(a *Account, id int64) (int, bool) {
			if id > ticketBase {
				id -= ticketBase
			}
			return r.find(a, id)
		}}}
	r.relations = saleRelations(to, lines, payments)
	return r, lines, payments
}

func saleFields() []field {
	get := func(name string, k kind, get func(*sale) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.sales.list[row]) })
	}
	sum := func(name string, get func(*sale) decimal.Decimal) field {
		return col(name, kindExact, func(a *Account, row int) value { return exactValue(get(&a.sales.list[row])) })
	}
	id := func(name string, get func(*sale) int64) field {
		return col(name, kindInt, func(a *Account, row int) value { return value{n: get(&a.sales.list[row])} })
	}
	flag := func(name string, get func(*sale) bool) field {
		return col(name, kindBool, func(a *Account, row int) value { return boolValue(get(&a.sales.list[row])) })
	}
	total := func(s *sale) decimal.Decimal { return s.total.total }
	return []field{
		col("saleID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("timeStamp", kindTime, func(s *sale) value { return value{n: s.stamp} }),
		constant("discountPercent", kindDecimal, value{}),
		flag("completed", func(s *sale) bool { return s.completed }),
		flag("archived", func(s *sale) bool { return s.archived }),
		flag("voided", func(s *sale) bool { return s.voided }),
		flag("enablePromotions", func(s *sale) bool { return s.promotions }),
		flag("isTaxInclusive", func(s *sale) bool { return s.rates.inclusive }),
		get("createTime", kindTime, func(s *sale) value { return value{n: s.created} }),
		get("updateTime", kindTime, func(s *sale) value { return value{n: s.stamp} }),
		get("completeTime", kindTime, func(s *sale) value { return value{n: s.completedAt} }),
		get("referenceNumber", kindText, func(s *sale) value { return textValue(s.reference) }),
		get("referenceNumberSource", kindText, func(s *sale) value { return textValue(s.source) }),
		sum("tax1Rate", func(s *sale) decimal.Decimal { return s.rates.one }),
		sum("tax2Rate", func(s *sale) decimal.Decimal { return s.rates.two }),
		sum("change", func(s *sale) decimal.Decimal { return s.change }),
		constant("tipEnabled", kindBool, value{}),
		constant("receiptPreference", kindText, textValue("printed")),
		sum("displayableSubtotal", func(s *sale) decimal.Decimal { return s.total.displayable }),
		col("ticketNumber", kindInt, func(_ *Account, row int) value { return intValue(ticketBase + row + 1) }),
		constant("calcDiscount", kindDecimal, value{}),
		sum("calcTotal", total),
		sum("calcSubtotal", func(s *sale) decimal.Decimal { return s.total.subtotal }),
		sum("calcTaxable", func(s *sale) decimal.Decimal { return s.total.taxable }),
		sum("calcNonTaxable", func(s *sale) decimal.Decimal { return s.total.nonTaxable }),
		get("calcAvgCost", kindDecimal, func(s *sale) value { return intValue(s.averageCost) }),
		get("calcFIFOCost", kindDecimal, func(s *sale) value { return intValue(s.averageCost) }),
		sum("calcTax1", func(s *sale) decimal.Decimal { return s.total.tax1 }),
		sum("calcTax2", func(s *sale) decimal.Decimal { return s.total.tax2 }),
		sum("calcPayments", func(s *sale) decimal.Decimal { return s.paid }),
		constant("calcTips", kindDecimal, value{}),
		constant("calcItemFees", kindDecimal, value{}),
		constant("calcSurcharges", kindDecimal, value{}),
		sum("tippableAmount", func(s *sale) decimal.Decimal { return s.total.subtotal }),
		constant("cashRoundingDelta", kindDecimal, value{}),
		sum("cashRoundedBalance", func(s *sale) decimal.Decimal { return s.balance() }),
		sum("cashRoundedTotal", total),
		sum("total", total),
		sum("totalDue", total),
		sum("displayableTotal", total),
		sum("balance", func(s *sale) decimal.Decimal { return s.balance() }),
		id("customerID", func(s *sale) int64 { return s.customer }),
		constant("discountID", kindInt, value{}),
		id("employeeID", func(s *sale) int64 { return s.employee }),
		id("tipEmployeeID", func(s *sale) int64 { return s.employee }),
		constant("quoteID", kindInt, value{}),
		id("registerID", func(s *sale) int64 { return s.register }),
		constant("shipToID", kindInt, value{}),
		id("shopID", func(s *sale) int64 { return s.shop }),
		id("taxCategoryID", func(s *sale) int64 { return s.taxCategory }),
		sum("taxTotal", func(s *sale) decimal.Decimal { return s.total.tax1.Add(s.total.tax2) }),
	}
}

// narrowSales serves filters on the id and on the reference number.
func narrowSales(r *resource) func(a *Account, field string, values []value) ([]int, bool) {
	byID := narrowByID(r)
	return func(a *Account, field string, values []value) ([]int, bool) {
		if field != "referenceNumber" {
			return byID(a, field, values)
		}
		var rows []int
		for _, v := range values {
			for _, row := range a.sales.byReference[fold(v.s)] {
				rows = append(rows, int(row))
			}
		}
		slices.Sort(rows)
		return slices.Compact(rows), true
	}
}

func saleRelations(to related, lines, payments *resource) []*relation {
	one := func(name string, target *resource, id func(*sale) int64, subs ...*relation) *relation {
		return &relation{name: name, element: name, target: target, subs: subs,
			rows: oneRow(func(a *Account, row int) int { return int(id(&a.sales.list[row])) })}
	}
	many := func(name, element string, target *resource, rows func(*sale) []int32) *relation {
		return &relation{name: name, wrap: name, many: true, element: element, target: target, subs: target.relations,
			rows: func(a *Account, row int, buf []int) []int {
				for _, at := range rows(&a.sales.list[row]) {
					buf = append(buf, int(at))
				}
				return buf
			}}
	}
	inSale := many("SaleLines", "SaleLine", lines, func(s *sale) []int32 { return s.lines })
	inSale.fields = slices.DeleteFunc(slices.Clone(lines.fields), func(f field) bool { return f.name == "taxCategoryID" })
	shop := one("Shop", to.shops, func(s *sale) int64 { return s.shop })
	shop.unasked = true
	return []*relation{
		inSale,
		many("SalePayments", "SalePayment", payments, func(s *sale) []int32 { return s.payments }),
		{name: "SaleNotes", element: "SaleNotes", target: saleNotesResource(),
			rows: func(a *Account, row int, buf []int) []int {
				if s := &a.sales.list[row]; s.internalNote != "" || s.printedNote != "" {
					buf = append(buf, row)
				}
				return buf
			}},
		emptyOne("ShipTo", emptyOne("Contact")),
		one("Customer", to.customers, func(s *sale) int64 { return s.customer }, to.customers.relations...),
		emptyOne("Discount"), emptyOne("Quote"),
		one("TaxCategory", to.taxes, func(s *sale) int64 { return s.taxCategory }, to.taxes.relations...),
		shop,
	}
}

// saleNotesResource is an object without fields of its own, whose row is that of the sale.
func saleNotesResource() *resource {
	note := func(name string, text func(*sale) string) *relation {
		target := &resource{name: name, fields: []field{
			col("note", kindText, func(a *Account, row int) value { return textValue(text(&a.sales.list[row])) }),
		}}
		return &relation{name: name, element: name, always: true, target: target,
			rows: func(a *Account, row int, buf []int) []int {
				if text(&a.sales.list[row]) != "" {
					buf = append(buf, row)
				}
				return buf
			}}
	}
	return &resource{name: "SaleNotes", relations: []*relation{
		note("InternalNote", func(s *sale) string { return s.internalNote }),
		note("PrintedNote", func(s *sale) string { return s.printedNote }),
	}}
}
