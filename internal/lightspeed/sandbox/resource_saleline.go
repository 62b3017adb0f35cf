package sandbox

import (
	"slices"

	"github.com/shopspring/decimal"
)

func saleLineResource(to related) *resource {
	r := &resource{name: "SaleLine", sorts: []string{"saleLineID", "timeStamp", "saleID"}, rights: []string{"register"}}
	id := func(name string, get func(*saleLine) int64) field {
		return col(name, kindInt, func(a *Account, row int) value { return value{n: get(&a.sales.lines[row])} })
	}
	num := func(name string, k kind, get func(*saleLine) int64) field {
		return col(name, k, func(a *Account, row int) value { return value{n: get(&a.sales.lines[row])} })
	}
	sum := func(name string, get func(*saleLine) decimal.Decimal) field {
		return col(name, kindExact, func(a *Account, row int) value { return exactValue(get(&a.sales.lines[row])) })
	}
	ofSale := func(name string, get func(*sale) int64) field {
		return col(name, kindInt, func(a *Account, row int) value {
			return value{n: get(&a.sales.list[a.sales.lines[row].sale-1])}
		})
	}
	no := func(names ...string) []field {
		out := make([]field, len(names))
		for i, n := range names {
			out[i] = constant(n, kindBool, value{})
		}
		return out
	}
	cost := func(l *saleLine) int64 { return int64(l.cost) }
	r.fields = slices.Concat([]field{
		col("saleLineID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		num("createTime", kindTime, func(l *saleLine) int64 { return l.created }),
		num("timeStamp", kindTime, func(l *saleLine) int64 { return l.stamp }),
		id("unitQuantity", func(l *saleLine) int64 { return l.units }),
		sum("unitPrice", func(l *saleLine) decimal.Decimal { return l.price }),
	}, zeros("normalUnitPrice", "discountAmount", "discountPercent"), []field{
		num("avgCost", kindDecimal, cost),
		num("fifoCost", kindDecimal, cost),
		col("tax", kindBool, func(a *Account, row int) value {
			l := &a.sales.lines[row]
			return boolValue(l.taxed && a.sales.list[l.sale-1].taxCategory != 0)
		}),
		sum("tax1Rate", func(l *saleLine) decimal.Decimal { return l.rates.one }),
		sum("tax2Rate", func(l *saleLine) decimal.Decimal { return l.rates.two }),
	}, no("isLayaway", "isWorkorder", "isSpecialOrder"), []field{
		sum("displayableSubtotal", func(l *saleLine) decimal.Decimal { return l.total.displayable }),
		sum("displayableUnitPrice", func(l *saleLine) decimal.Decimal { return l.price }),
	}, zeros("calcLineDiscount", "calcTransactionDiscount"), []field{
		sum("calcTotal", func(l *saleLine) decimal.Decimal { return l.total.total }),
		sum("calcSubtotal", func(l *saleLine) decimal.Decimal { return l.total.subtotal }),
		sum("calcTax1", func(l *saleLine) decimal.Decimal { return l.total.tax1 }),
		sum("calcTax2", func(l *saleLine) decimal.Decimal { return l.total.tax2 }),
		id("taxClassID", func(l *saleLine) int64 { return l.taxClass }),
	}, zeros("customerID", "discountID"), []field{
		id("employeeID", func(l *saleLine) int64 { return l.employee }),
		id("itemID", func(l *saleLine) int64 { return l.item }),
		col("noteID", kindInt, func(a *Account, row int) value {
			if a.sales.lines[row].note == "" {
				return value{}
			}
			return intValue(row + 1)
		}),
		id("parentSaleLineID", func(l *saleLine) int64 { return l.parent }),
		constant("lineType", kindText, value{}),
		constant("itemFeeID", kindInt, value{}),
		ofSale("shopID", func(s *sale) int64 { return s.shop }),
		ofSale("taxCategoryID", func(s *sale) int64 { return s.taxCategory }),
		id("saleID", func(l *saleLine) int64 { return l.sale }),
	})
	r.count = func(a *Account) int { return len(a.sales.lines) }
	r.find = func(a *Account, id int64) (int, bool) { return int(id - 1), id >= 1 && id <= int64(len(a.sales.lines)) }
	r.touched = func(a *Account, row int) int64 { return a.sales.list[a.sales.lines[row].sale-1].touched }
	r.narrow = narrowBySale(r, func(s *sale) []int32 { return s.lines })

	note := &resource{name: "Note", fields: []field{
		col("note", kindText, func(a *Account, row int) value { return textValue(a.sales.lines[row].note) }),
		col("isPublic", kindBool, func(a *Account, row int) value { return boolValue(a.sales.lines[row].public) }),
		num("timeStamp", kindTime, func(l *saleLine) int64 { return l.stamp }),
	}}
	r.relations = []*relation{
		emptyOne("Discount"),
		{name: "TaxClass", element: "TaxClass", target: to.classes,
			rows: oneRow(func(a *Account, row int) int { return int(a.sales.lines[row].taxClass) })},
		{name: "Note", element: "Note", target: note, rows: func(a *Account, row int, buf []int) []int {
			if a.sales.lines[row].note != "" {
				buf = append(buf, row)
			}
			return buf
		}},
		{name: "Item", element: "Item", target: to.items,
			rows: oneRow(func(a *Account, row int) int { return int(a.sales.lines[row].item) })},
		emptyMany("InventorySales"),
	}
	return r
}

// narrowBySale serves filters on the id, and on that of the sale.
func narrowBySale(r *resource, of func(*sale) []int32) func(a *Account, field string, values []value) ([]int, bool) {
	byID := narrowByID(r)
	return func(a *Account, field string, values []value) ([]int, bool) {
		if field != "saleID" {
			return byID(a, field, values)
		}
		var rows []int
		for _, v := range values {
			if v.n < 1 || v.n > int64(len(a.sales.list)) {
				continue
			}
			for _, at := range of(&a.sales.list[v.n-1]) {
				rows = append(rows, int(at))
			}
		}
		slices.Sort(rows)
		return slices.Compact(rows), true
	}
}

func salePaymentResource(to related) *resource {
	r := &resource{name: "SalePayment", sorts: []string{"salePaymentID", "timeStamp", "saleID"}, rights: []string{"register"}}
	id := func(name string, get func(*salePayment) int64) field {
		return col(name, kindInt, func(a *Account, row int) value { return value{n: get(&a.sales.payments[row])} })
	}
	created := func(a *Account, row int) value { return value{n: a.sales.payments[row].created} }
	r.fields = slices.Concat([]field{
		col("salePaymentID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("amount", kindExact, func(a *Account, row int) value { return exactValue(a.sales.payments[row].amount) }),
		constant("tipAmount", kindDecimal, value{}),
		col("createTime", kindTime, created),
		col("archived", kindBool, func(a *Account, row int) value { return boolValue(a.sales.payments[row].archived) }),
		col("remoteReference", kindText, func(a *Account, row int) value { return textValue(a.sales.payments[row].remote) }),
		constant("paymentID", kindText, value{}),
		id("saleID", func(p *salePayment) int64 { return p.sale }),
		id("paymentTypeID", func(p *salePayment) int64 { return p.kind }),
	}, zeros("ccChargeID", "refPaymentID"), []field{
		id("registerID", func(p *salePayment) int64 { return p.register }),
		id("employeeID", func(p *salePayment) int64 { return p.employee }),
		constant("creditAccountID", kindInt, value{}),
	})
	r.hidden = []field{col("timeStamp", kindTime, created)}
	r.count = func(a *Account) int { return len(a.sales.payments) }
	r.find = func(a *Account, id int64) (int, bool) {
		return int(id - 1), id >= 1 && id <= int64(len(a.sales.payments))
	}
	r.archived = func(a *Account, row int) bool { return a.sales.payments[row].archived }
	r.touched = func(a *Account, row int) int64 { return a.sales.list[a.sales.payments[row].sale-1].touched }
	r.narrow = narrowBySale(r, func(s *sale) []int32 { return s.payments })
	r.relations = []*relation{
		{name: "PaymentType", element: "PaymentType", target: to.types,
			rows: func(a *Account, row int, buf []int) []int {
				return append(buf, slices.IndexFunc(a.payTypes, func(p paymentType) bool {
					return p.id == a.sales.payments[row].kind
				}))
			}},
		emptyOne("CCCharge"), emptyMany("SaleAccounts"), emptyMany("Signatures"), emptyMany("ProcessingFees"),
	}
	return r
}
