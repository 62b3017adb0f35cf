package sandbox

import "slices"

// settingsRights are the rights for Shop, Register and PaymentType.
func settingsRights() []string {
	return []string{"register", "reports", "workbench", "customers", "admin", "inventory_base"}
}

func shopResource(registers, levels, taxes *resource) *resource {
	r := &resource{name: "Shop", sorts: []string{"shopID"}, rights: settingsRights()}
	get := func(name string, k kind, get func(*shop) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.shops[row]) })
	}
	r.fields = slices.Concat([]field{
		col("shopID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("name", kindText, func(s *shop) value { return textValue(s.name) }),
		constant("serviceRate", kindDecimal, value{n: 90 * moneyScale}),
		get("timeZone", kindText, func(s *shop) value { return textValue(s.timeZone) }),
		constant("taxLabor", kindBool, value{}),
		constant("labelTitle", kindText, textValue("Shop Name")),
		constant("labelMsrp", kindBool, value{}),
		get("archived", kindBool, func(s *shop) value { return boolValue(s.archived) }),
		get("timeStamp", kindTime, func(s *shop) value { return value{n: s.stamp} }),
		constant("companyRegistrationNumber", kindText, value{}),
		constant("vatNumber", kindText, value{}),
		constant("zebraBrowserPrint", kindBool, value{}),
		constant("networkHealthTool", kindBool, value{}),
		col("contactID", kindInt, func(_ *Account, row int) value { return intValue(2*row + 2) }),
		get("taxCategoryID", kindInt, func(s *shop) value { return value{n: s.taxCategory} }),
		col("receiptSetupID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
	}, zeros("ccGatewayID", "gatewayConfigID"), []field{
		get("priceLevelID", kindInt, func(s *shop) value { return value{n: s.priceLevel} }),
	})
	r.count = func(a *Account) int { return len(a.shops) }
	r.find = smallFind(r)
	r.archived = func(a *Account, row int) bool { return a.shops[row].archived }
	r.narrow = narrowByID(r)
	r.relations = []*relation{
		emptyOne("Contact"), emptyOne("ReceiptSetup"),
		{name: "TaxCategory", element: "TaxCategory", target: taxes,
			rows: oneRow(func(a *Account, row int) int { return int(a.shops[row].taxCategory) })},
		emptyMany("ShelfLocations"),
		{name: "Registers", many: true, wrap: "Registers", element: "Register", target: registers,
			rows: func(a *Account, row int, buf []int) []int {
				for i := range a.registers {
					if a.registers[i].shop == row+1 {
						buf = append(buf, i)
					}
				}
				return buf
			}},
		emptyOne("CCGateway"),
		{name: "PriceLevel", element: "PriceLevel", target: levels,
			fields: levels.pick("priceLevelID", "name", "type", "archived"),
			rows:   oneRow(func(a *Account, row int) int { return int(a.shops[row].priceLevel) })},
	}
	return r
}

func registerResource() *resource {
	r := &resource{name: "Register", sorts: []string{"registerID"}, rights: settingsRights()}
	get := func(name string, k kind, get func(*register) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.registers[row]) })
	}
	r.fields = []field{
		col("registerID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("name", kindText, func(g *register) value { return textValue(g.name) }),
		get("open", kindBool, func(g *register) value { return boolValue(g.open) }),
		get("openTime", kindTime, func(g *register) value { return value{n: g.opened} }),
		get("archived", kindBool, func(g *register) value { return boolValue(g.archived) }),
		constant("tipEnabled", kindBool, value{}),
		get("openEmployeeID", kindInt, func(g *register) value { return boolValue(g.open) }),
		get("shopID", kindInt, func(g *register) value { return intValue(g.shop) }),
		constant("ccTerminalID", kindInt, value{}),
	}
	r.count = func(a *Account) int { return len(a.registers) }
	r.find = smallFind(r)
	r.archived = func(a *Account, row int) bool { return a.registers[row].archived }
	r.narrow = narrowByID(r)
	return r
}

func priceLevelResource() *resource {
	r := &resource{name: "PriceLevel", sorts: []string{"priceLevelID", "name"}, rights: []string{"admin"}}
	get := func(name string, k kind, get func(*priceLevel) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.levels[row]) })
	}
	r.fields = []field{
		col("priceLevelID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("name", kindText, func(l *priceLevel) value { return textValue(l.name) }),
		get("archived", kindBool, func(l *priceLevel) value { return boolValue(l.archived) }),
		get("canBeArchived", kindBool, func(l *priceLevel) value { return boolValue(l.canBeArchived) }),
		constant("type", kindText, textValue("fixed")),
		constant("Calculation", kindText, value{}),
	}
	r.count = func(a *Account) int { return len(a.levels) }
	r.find = smallFind(r)
	r.archived = func(a *Account, row int) bool { return a.levels[row].archived }
	r.narrow = narrowByID(r)
	return r
}

func paymentTypeResource() *resource {
	r := &resource{name: "PaymentType", sorts: []string{"paymentTypeID"}, rights: settingsRights()}
	get := func(name string, k kind, get func(*paymentType) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.payTypes[row]) })
	}
	r.fields = []field{
		get("paymentTypeID", kindInt, func(p *paymentType) value { return value{n: p.id} }),
		get("name", kindText, func(p *paymentType) value { return textValue(p.name) }),
		get("code", kindText, func(p *paymentType) value { return textValue(p.code) }),
		constant("channel", kindText, value{}),
		get("requireCustomer", kindBool, func(p *paymentType) value { return boolValue(p.requireCustomer) }),
		get("archived", kindBool, func(p *paymentType) value { return boolValue(p.archived) }),
		get("internalReserved", kindBool, func(p *paymentType) value { return boolValue(p.reserved) }),
		get("type", kindText, func(p *paymentType) value { return textValue(p.kind) }),
		get("refundAsPaymentTypeID", kindInt, func(p *paymentType) value { return value{n: p.refundAs} }),
	}
	r.count = func(a *Account) int { return len(a.payTypes) }
	r.find = smallFind(r)
	r.archived = func(a *Account, row int) bool { return a.payTypes[row].archived }
	r.narrow = narrowByID(r)
	r.write = []string{"admin"}
	r.create, r.update, r.remove = createPaymentType, updatePaymentType, removePaymentType
	return r
}
