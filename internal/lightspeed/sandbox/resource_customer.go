package sandbox

import "slices"

// useShift packs a customer's row and the position of one of his numbers or addresses.
const useShift = 4

// contactIDs keeps the ids of customers' contacts apart from those of shops and employees.
const contactIDs = 1000

func customerResource() *resource {
	r := &resource{
		name:   "Customer",
		sorts:  []string{"customerID", "timeStamp", "firstName", "lastName"},
		rights: []string{"register", "reports", "workbench", "customers", "admin"},
		write:  []string{"register", "customers", "admin"},
		echo:   []string{"Contact"},
	}
	get := func(name string, k kind, get func(*customer) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.customers.list[row]) })
	}
	r.fields = slices.Concat([]field{
		col("customerID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("firstName", kindText, func(c *customer) value { return textValue(c.first) }),
		get("lastName", kindText, func(c *customer) value { return textValue(c.last) }),
		get("archived", kindBool, func(c *customer) value { return boolValue(c.archived) }),
		get("title", kindText, func(c *customer) value { return textValue(c.title) }),
		get("company", kindText, func(c *customer) value { return textValue(c.company) }),
		constant("companyRegistrationNumber", kindText, value{}),
		constant("vatNumber", kindText, value{}),
		get("createTime", kindTime, func(c *customer) value { return value{n: c.created} }),
		get("timeStamp", kindTime, func(c *customer) value { return value{n: c.stamp} }),
		col("contactID", kindInt, func(_ *Account, row int) value { return intValue(contactIDs + row + 1) }),
	}, zeros("creditAccountID", "customerTypeID", "discountID", "employeeID", "noteID", "taxCategoryID"))
	r.count = func(a *Account) int { return len(a.customers.list) }
	r.find = func(a *Account, id int64) (int, bool) {
		return int(id - 1), id >= 1 && id <= int64(len(a.customers.list))
	}
	r.archived = func(a *Account, row int) bool { return a.customers.list[row].archived }
	r.touched = func(a *Account, row int) int64 { return a.customers.list[row].touched }
	byID := narrowByID(r)
	r.narrow = func(a *Account, field string, values []value) ([]int, bool) {
		if field != "Contact.email" {
			return byID(a, field, values)
		}
		var rows []int
		for _, v := range values {
			if v.s == "" {
				return nil, false
			}
			for _, row := range a.customers.byEmail[fold(v.s)] {
				rows = append(rows, int(row))
			}
		}
		slices.Sort(rows)
		return slices.Compact(rows), true
	}
	r.create, r.update, r.remove = createCustomer, updateCustomer, removeCustomer
	r.relations = []*relation{
		{name: "Contact", element: "Contact", target: contactResource(),
			rows: func(_ *Account, row int, buf []int) []int { return append(buf, row) }},
		emptyOne("CustomerType"), emptyOne("Discount"), emptyOne("Note"), emptyOne("TaxCategory"),
		emptyOne("CreditAccount"), emptyMany("Tags"), emptyMany("CustomFieldValues", emptyOne("value")),
	}
	return r
}

// contactResource is the contact of a customer, whose row it shares.
func contactResource() *resource {
	get := func(name string, k kind, get func(*contact) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.customers.list[row].contact) })
	}
	pick := func(list []reachable, use string) value {
		for _, p := range list {
			if p.Use == use {
				return textValue(p.Text)
			}
		}
		return value{}
	}
	r := &resource{name: "Contact", fields: []field{
		constant("custom", kindText, value{}),
		get("noEmail", kindBool, func(t *contact) value { return boolValue(t.noEmail) }),
		get("noPhone", kindBool, func(t *contact) value { return boolValue(t.noPhone) }),
		get("noMail", kindBool, func(t *contact) value { return boolValue(t.noMail) }),
		constant("Websites", kindText, value{}),
		col("timeStamp", kindTime, func(a *Account, row int) value { return value{n: a.customers.list[row].stamp} }),
	}}
	// The filters of a contact; the values themselves show among its lists.
	filters := map[string]string{"phoneHome": "Home", "phoneWork": "Work", "mobile": "Mobile", "pager": "Pager", "fax": "Fax"}
	for name, use := range filters {
		r.hidden = append(r.hidden, get(name, kindText, func(t *contact) value { return pick(t.phones, use) }))
	}
	for _, use := range emailUses() {
		r.hidden = append(r.hidden, get("email"+use, kindText, func(t *contact) value { return pick(t.emails, use) }))
	}
	r.pseudo = []pseudoField{{name: "email", fields: []string{"emailPrimary", "emailSecondary"}, text: true}}

	lines := []struct {
		name string
		get  func(*postalAddress) string
	}{
		{"address1", func(p *postalAddress) string { return p.line1 }},
		{"address2", func(p *postalAddress) string { return p.line2 }},
		{"city", func(p *postalAddress) string { return p.city }},
		{"state", func(p *postalAddress) string { return p.state }},
		{"stateCode", func(p *postalAddress) string { return p.stateCode }},
		{"zip", func(p *postalAddress) string { return p.zip }},
		{"country", func(p *postalAddress) string { return p.country }},
		{"countryCode", func(p *postalAddress) string { return p.countryCode }},
	}
	address := &resource{name: "ContactAddress"}
	for _, l := range lines {
		address.fields = append(address.fields, col(l.name, kindText, func(a *Account, row int) value {
			return textValue(l.get(a.customers.list[row].contact.address))
		}))
	}
	r.relations = []*relation{
		{name: "Addresses", always: true, blank: true, many: true, wrap: "Addresses", element: "ContactAddress",
			target: address, rows: func(a *Account, row int, buf []int) []int {
				if a.customers.list[row].contact.address != nil {
					buf = append(buf, row)
				}
				return buf
			}},
		reachableRelation(phones(), func(t *contact) []reachable { return t.phones }),
		reachableRelation(emails(), func(t *contact) []reachable { return t.emails }),
	}
	return r
}

func reachableRelation(kind reachableKind, list func(*contact) []reachable) *relation {
	at := func(a *Account, row int) reachable {
		return list(&a.customers.list[row>>useShift].contact)[row&(1<<useShift-1)]
	}
	target := &resource{name: kind.element, fields: []field{
		col(kind.key, kindText, func(a *Account, row int) value { return textValue(at(a, row).Text) }),
		col("useType", kindText, func(a *Account, row int) value { return textValue(at(a, row).Use) }),
	}}
	return &relation{name: kind.wrap, always: true, blank: true, many: true, wrap: kind.wrap, element: kind.element, target: target,
		rows: func(a *Account, row int, buf []int) []int {
			for i := range list(&a.customers.list[row].contact) {
				buf = append(buf, row<<useShift|i)
			}
			return buf
		}}
}
