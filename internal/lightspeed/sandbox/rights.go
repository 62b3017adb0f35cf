package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// Logins of the sign-in page. They exist in every account.
const (
	// LoginAdmin may do everything.
	LoginAdmin = "admin"
	// LoginManager may run the shop and its settings, but not its employees and shops.
	LoginManager = "manager"
	// LoginClerk may only make sales: stock, costs and price levels are refused with 403.
	LoginClerk = "clerk"
)

const scopePrefix = "employee:"

// role is a set of rights that employees share.
type role struct {
	name   string
	rights []string
}

// roles is the constant table of roles; the role's id is its position plus one.
func roles() []role {
	return []role{
		{"Admin", allRights()},
		{"Manager", []string{"admin", "admin_inventory", "admin_purchases", "allow_login", "categories", "customers",
			"customers_read", "inventory_base", "inventory_counts", "inventory_import", "inventory_read", "manufacturers",
			"product_cost", "product_edit", "purchase_orders", "register", "register_close", "register_layaway",
			"register_open", "register_price", "register_read", "register_refund", "reports", "special_orders", "tags",
			"transfers", "vendor_returns", "vendors", "workbench"}},
		{"Clerk", []string{"allow_login", "register", "register_open", "register_close", "register_read"}},
	}
}

// allRights is every right that Session may name.
func allRights() []string {
	return []string{"admin", "admin_employees", "admin_inventory", "admin_purchases", "admin_shops", "admin_void_sale",
		"all_read", "allow_login", "categories", "customers", "customers_credit_limit", "customers_read", "ecom",
		"inventory_base", "inventory_counts", "inventory_import", "inventory_read", "manufacturers", "product_cost",
		"product_edit", "purchase_orders", "register", "register_catalogs", "register_close", "register_layaway",
		"register_line_discount", "register_open", "register_price", "register_read", "register_refund",
		"register_transaction_discount", "register_withdraw", "reports", "special_orders", "tags", "transfers",
		"vendor_returns", "vendors", "vr_reasons", "workbench"}
}

// rightID is the id of a right in recorded accounts; the other rights have ids from 200 up.
func rightID(i int) int64 {
	known := map[string]int64{"allow_login": 4, "register": 8, "register_refund": 12, "register_open": 16,
		"register_close": 24, "register_price": 27, "reports": 54, "admin": 56, "admin_shops": 58, "customers": 86,
		"inventory_base": 116, "product_cost": 117, "product_edit": 118, "purchase_orders": 119}
	if id, ok := known[allRights()[i]]; ok {
		return id
	}
	return int64(200 + i)
}

// scopes lists what a client may ask for.
func scopes() []string {
	return []string{"all", "admin", "admin_employees", "admin_inventory", "admin_purchases", "admin_shops",
		"admin_void_sale", "categories", "customers", "customers_read", "customers_view_gift_card_numbers", "inventory",
		"inventory_counts", "inventory_counts_reconcile", "inventory_read", "manufacturers", "product_cost",
		"product_edit", "purchase_orders", "register", "register_layaway", "register_read", "register_refund", "reports",
		"special_orders", "tags", "transfers", "vendors", "vendor_returns", "workbench"}
}

// parseScope checks a scope parameter and returns its words.
func parseScope(text string) ([]string, bool) {
	words := strings.Fields(text)
	for _, w := range words {
		name, ok := strings.CutPrefix(w, scopePrefix)
		if !ok || !slices.Contains(scopes(), name) {
			return nil, false
		}
	}
	return words, len(words) > 0
}

// effectiveRights are the rights that both the scope and the role grant, and those that only scopes name.
func effectiveRights(scope []string, roleIndex int) map[string]bool {
	have := map[string]bool{}
	for _, r := range roles()[roleIndex].rights {
		have[r] = true
	}
	if have["inventory_base"] {
		have["inventory"] = true
	}
	if slices.Contains(scope, scopePrefix+"all") {
		return have
	}
	granted := map[string]bool{"allow_login": true}
	for _, w := range scope {
		name := strings.TrimPrefix(w, scopePrefix)
		granted[name] = true
		// A right to write includes the right to read.
		switch name {
		case "inventory":
			granted["inventory_read"], granted["inventory_base"] = true, true
		case "customers":
			granted["customers_read"] = true
		case "register":
			granted["register_read"], granted["register_open"], granted["register_close"] = true, true, true
		}
	}
	maps.DeleteFunc(have, func(r string, _ bool) bool { return !granted[r] })
	return have
}

func anyRight(have map[string]bool, want []string) bool {
	return len(want) == 0 || slices.ContainsFunc(want, func(r string) bool { return have[r] })
}

func employeeResource() *resource {
	r := &resource{name: "Employee", sorts: []string{"employeeID", "timeStamp"}}
	get := func(name string, k kind, get func(*employee) value) field {
		return col(name, k, func(a *Account, row int) value { return get(&a.employees[row]) })
	}
	r.fields = []field{
		col("employeeID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		get("firstName", kindText, func(e *employee) value { return textValue(e.first) }),
		get("lastName", kindText, func(e *employee) value { return textValue(e.last) }),
		get("lockOut", kindBool, func(e *employee) value { return boolValue(e.locked) }),
		get("archived", kindBool, func(e *employee) value { return boolValue(e.archived) }),
		get("timeStamp", kindTime, func(e *employee) value { return value{n: e.stamp} }),
		col("contactID", kindInt, func(_ *Account, row int) value { return intValue(row + 101) }),
		constant("clockInEmployeeHoursID", kindInt, value{}),
		get("employeeRoleID", kindInt, func(e *employee) value { return intValue(e.role + 1) }),
		get("limitToShopID", kindInt, func(e *employee) value { return intValue(e.limitToShop) }),
		constant("lastShopID", kindInt, value{n: 1}),
		constant("lastSaleID", kindInt, value{}),
		constant("lastRegisterID", kindInt, value{n: 1}),
	}
	r.count = func(a *Account) int { return len(a.employees) }
	r.find = smallFind(r)
	r.archived = func(a *Account, row int) bool { return a.employees[row].archived }
	r.narrow = narrowByID(r)

	table, all := roles(), allRights()
	right := &resource{name: "EmployeeRight", fields: []field{
		col("employeeRightID", kindInt, func(_ *Account, row int) value { return value{n: rightID(row)} }),
		col("name", kindText, func(_ *Account, row int) value { return textValue(all[row]) }),
	}}
	rightsOf := func(index int, buf []int) []int {
		for _, name := range table[index].rights {
			buf = append(buf, slices.Index(all, name))
		}
		return buf
	}
	roleTable := &resource{name: "EmployeeRole", fields: []field{
		col("employeeRoleID", kindInt, func(_ *Account, row int) value { return intValue(row + 1) }),
		col("name", kindText, func(_ *Account, row int) value { return textValue(table[row].name) }),
	}}
	list := func(rows func(*Account, int, []int) []int) *relation {
		return &relation{name: "EmployeeRights", many: true, wrap: "EmployeeRights", element: "EmployeeRight",
			target: right, rows: rows}
	}
	r.relations = []*relation{
		emptyOne("Contact"),
		{name: "EmployeeRole", element: "EmployeeRole", target: roleTable,
			rows: func(a *Account, row int, buf []int) []int { return append(buf, a.employees[row].role) },
			subs: []*relation{list(func(_ *Account, row int, buf []int) []int { return rightsOf(row, buf) })}},
		list(func(a *Account, row int, buf []int) []int { return rightsOf(a.employees[row].role, buf) }),
	}
	return r
}
