package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// newAccount makes a merchant with his settings, catalogue and stock. The time stamps are spread over the last years.
func newAccount(s *Server, o AccountOptions) *Account {
	a := &Account{srv: s, opts: o, rng: rand.New(rand.NewPCG(o.Seed, 0x7aff1c))}
	now := s.clock.Now().Truncate(time.Second)
	a.addSettings(now, o)
	g := newGenerator(o.Seed)
	catIDs := a.addCategories(now, g)
	for _, b := range g.brands {
		a.makers = append(a.makers, manufacturer{name: b.name, stamp: now.AddDate(-4, 0, len(a.makers)).Unix()})
	}
	a.addPurchasing(now)
	a.items = make([]item, 0, o.Items+o.Items/16)
	a.stock = make([]stockRow, 0, cap(a.items)*a.stride())
	for id := int64(1); id <= int64(o.Items); id++ {
		art := g.article(id)
		a.items = append(a.items, g.record(art, catIDs, now))
		a.vary(&a.items[id-1], art, now)
		a.addStock(g, &a.items[id-1], art, now)
	}
	a.itemStamps.build(len(a.items), func(row int) int64 { return a.items[row].stamp })
	a.stockStamps.build(len(a.stock), func(row int) int64 { return a.stock[row].stamp })
	return a
}

func (a *Account) addSettings(now time.Time, o AccountOptions) {
	opened := now.AddDate(-3, 0, 0)
	names := shopNames()
	zones := []string{"US/Pacific", "US/Mountain", "US/Central", "US/Eastern"}
	for i := range o.Shops {
		name := names[i%len(names)]
		if i >= len(names) {
			name = fmt.Sprintf("%s %d", name, i/len(names)+1)
		}
		a.shops = append(a.shops, shop{name: name, timeZone: zones[i%len(zones)],
			stamp: opened.AddDate(0, 0, i).Unix(), priceLevel: 1, taxCategory: 1})
		for n := range o.RegistersPerShop {
			a.registers = append(a.registers, register{name: fmt.Sprintf("%s Register %d", name, n+1), shop: i + 1,
				open: n == 0, opened: now.Add(-6 * time.Hour).Unix()})
		}
	}
	a.registersPaid = len(a.registers)
	stamp := opened.Unix()
	a.employees = []employee{
		{first: "Ada", last: "Sample", login: LoginAdmin, role: 0, stamp: stamp},
		{first: "Max", last: "Sample", login: LoginManager, role: 1, stamp: stamp + 60},
		{first: "Cleo", last: "Sample", login: LoginClerk, role: 2, stamp: stamp + 120},
		{first: "Robin", last: "Wheeler", role: 2, limitToShop: 1, stamp: stamp + 180},
		{first: "Lou", last: "Latch", role: 2, locked: true, stamp: stamp + 240},
		{first: "Gone", last: "Away", role: 1, archived: true, stamp: stamp + 300},
	}
	a.addTax(stamp)
	a.levels = []priceLevel{{name: "Default"}, {name: "MSRP"}, {name: "Sale Price", canBeArchived: true},
		{name: "Online"}, {name: "Club", canBeArchived: true}}
	a.payTypes = []paymentType{
		{id: 1, name: "Cash", reserved: true, kind: "cash", code: "cash"},
		{id: 2, name: "Check", kind: "user defined"},
		{id: 3, name: "Credit Card", reserved: true, kind: "credit card", code: "credit_card"},
		{id: 4, name: "Credit Account", reserved: true, kind: "credit account", code: "credit_account", refundAs: 4},
		{id: 5, name: "Gift Card", reserved: true, kind: "gift card", code: "gift_card", refundAs: 5},
		{id: 7, name: "eCom", reserved: true, kind: "ecom", code: "ecom"},
		{id: 8, name: "Old Terminal", kind: "user defined", archived: true},
		{id: 9, name: "Web Order", kind: "user defined"},
	}
}

// addCategories makes the tree with its nested-set numbers and returns the id of each path.
func (a *Account) addCategories(now time.Time, g *generator) map[string]int32 {
	type node struct {
		name, path string
		children   []*node
	}
	root := &node{}
	for _, k := range g.kinds {
		at := root
		for part := range strings.SplitSeq(k.category, "/") {
			var next *node
			for _, c := range at.children {
				if c.name == part {
					next = c
				}
			}
			if next == nil {
				next = &node{name: part, path: strings.TrimPrefix(at.path+"/"+part, "/")}
				at.children = append(at.children, next)
			}
			at = next
		}
	}
	ids := map[string]int32{}
	counter := 0
	var walk func(n *node, parent, depth int)
	walk = func(n *node, parent, depth int) {
		counter++
		a.cats = append(a.cats, category{name: n.name, path: n.path, parent: parent, depth: depth, left: counter,
			stamp: now.AddDate(-4, 0, len(a.cats)).Unix()})
		id := len(a.cats)
		ids[n.path] = int32(id)
		for _, c := range n.children {
			walk(c, id, depth+1)
		}
		counter++
		a.cats[id-1].right = counter
	}
	for _, c := range root.children {
		walk(c, 0, 0)
	}
	return ids
}

// record is an article as the shop has recorded it, with its mistakes.
func (g *generator) record(art article, catIDs map[string]int32, now time.Time) item {
	f := art.faults
	it := item{
		// As at Lightspeed the numbers are sometimes ahead of the ids, so that nobody can compute one from the other.
		sku:         210_000_000_000 + art.id + art.id/400,
		description: art.description, makerSKU: art.mpn, cost: art.cost,
		prices:   []money{art.price, art.msrp, art.sale, art.online},
		category: catIDs[g.kinds[art.kind].category], maker: int32(art.brand + 1),
		tax: true, taxClass: taxClassItem, discountable: true, archived: f.Has(FaultArchived),
	}
	if g.kinds[art.kind].labour {
		it.kind, it.maker = itemNonInventory, 0
	}
	g.writeCode(&it, art)
	r := g.rng(art.id, streamTimes)
	if art.mpn != "" && r.IntN(4) == 0 {
		it.customSKU = art.mpn
	}
	if f.Has(FaultMPNSpelling) {
		it.makerSKU = strings.ToLower(strings.ReplaceAll(art.mpn, "-", ""))
	}
	if f.Has(FaultNoMPN) {
		it.makerSKU = ""
	}
	if f.Has(FaultNoBrand) {
		it.maker = 0
	}
	if f.Has(FaultNoCost) {
		it.cost = 0
	}
	const day = 24 * 60 * 60
	age := int64(30*day + r.IntN(1400*day))
	it.created = now.Unix() - age
	it.stamp = it.created + r.Int64N(age-day)
	if r.IntN(5) == 0 {
		// Mass edits give many items the same stamp.
		if bulk := now.Unix() - int64(1+r.IntN(8))*21*day; bulk > it.created {
			it.stamp = bulk
		}
	}
	return it
}

// writeCode writes upc and ean as the shop's staff typed them.
func (g *generator) writeCode(it *item, art article) {
	code, f := art.code, art.faults
	european := art.european
	if f.Has(FaultSharedCode) {
		other := g.article(art.id - 1 - art.id%3)
		code, european = other.code, other.european
	}
	if code == "" || f.Has(FaultNoCode) {
		return
	}
	switch {
	case f.Has(FaultBadCheck):
		code = code[:len(code)-1] + string('0'+(code[len(code)-1]-'0'+1+byte(art.id%8))%10)
	case f.Has(FaultShortCode) && art.short != "":
		code = art.short
	case f.Has(FaultStrayMarks):
		switch art.id % 3 {
		case 0:
			code = " " + code
		case 1:
			code = code + " "
		default:
			code = code[:1] + "-" + code[1:6] + "-" + code[6:]
		}
	case f.Has(FaultLeadingZero) && !european:
		code = "0" + code
	}
	if european {
		it.ean = code
		return
	}
	it.upc = code
	if art.id%10 == 0 && f&(FaultBadCheck|FaultShortCode|FaultStrayMarks|FaultSharedCode) == 0 {
		it.ean = gtin14(code)[1:] // the same code as an EAN
	}
}

// addStock appends the stock rows of the last item.
func (a *Account) addStock(g *generator, it *item, art article, now time.Time) {
	r := g.rng(art.id, streamStock)
	base := len(a.stock)
	a.stock = append(a.stock, make([]stockRow, a.stride())...)
	carried := r.IntN(100) < 70
	age := now.Unix() - it.created
	for i := 1; i < a.stride(); i++ {
		row := &a.stock[base+i]
		row.stamp = it.created + r.Int64N(age)
		switch {
		case it.kind == itemNonInventory || it.archived || !carried:
		case r.IntN(100) < 4:
			row.qoh = -int32(1 + r.IntN(3))
		case r.IntN(100) < 65:
			row.qoh = int32(1 + r.IntN(12))
		}
		if carried && r.IntN(100) < 15 {
			row.reorderPoint = int32(1 + r.IntN(4))
			row.reorder = row.reorderPoint + int32(r.IntN(6))
		}
		if !it.archived && it.kind == itemDefault && r.IntN(100) < 10 {
			row.backorder = int32(1 + r.IntN(10))
		}
		row.missing = row.qoh == 0 && row.backorder == 0 && row.reorderPoint == 0 && r.IntN(100) < 3
	}
	a.summarise(base)
	a.stock[base].stamp = it.created
	for _, row := range a.stock[base+1:] {
		if !row.missing {
			a.stock[base].stamp = max(a.stock[base].stamp, row.stamp)
		}
	}
}

// summarise recomputes the quantities of the row of all shops from theirs.
func (a *Account) summarise(base int) {
	sum := &a.stock[base]
	sum.qoh, sum.backorder = 0, 0
	for _, row := range a.stock[base+1 : base+a.stride()] {
		sum.qoh += row.qoh
		sum.backorder += row.backorder
	}
}
