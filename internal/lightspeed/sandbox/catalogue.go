package sandbox

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"github.com/shopspring/decimal"
)

// CatalogueItem is an article as a clean catalogue such as the website's describes it, without the mistakes of the shop's
// record. It depends only on the seed and the number.
type CatalogueItem struct {
	ItemID      int64
	Brand       string
	MPN         string // manufacturer's part number
	GTIN        string // 14 digits; "" for labour, which has none
	Description string
	Category    string // path, such as "Parts/Tubes"
	Size, Color string // "" for none
	Price       decimal.Decimal
	MSRP        decimal.Decimal
	Cost        decimal.Decimal
	// TwinOf is the item that this one records a second time; 0 = none.
	TwinOf int64
	// Faults are the mistakes in the shop's record.
	Faults CatalogueFault
}

// CatalogueFault is a set of mistakes in the shop's record of an article.
type CatalogueFault uint16

// The mistakes.
const (
	FaultNoCode       CatalogueFault = 1 << iota // neither UPC nor EAN
	FaultBadCheck                                // wrong check digit
	FaultShortCode                               // UPC-E, zero-suppressed
	FaultStrayMarks                              // spaces or hyphens around and in the code
	FaultLeadingZero                             // UPC written with 13 digits
	FaultSharedCode                              // carries the code of an earlier item
	FaultNoMPN                                   // no manufacturer's part number
	FaultMPNSpelling                             // part number in lower case, without hyphens
	FaultNoBrand                                 // no manufacturer
	FaultNoCost                                  // default cost 0
	FaultArchivedTwin                            // archived second record of an earlier item
	FaultArchived                                // archived
)

// Has reports whether the set contains all of these faults.
func (f CatalogueFault) Has(all CatalogueFault) bool { return f&all == all }

// generator makes a merchant's catalogue from a seed.
type generator struct {
	seed   uint64
	brands []brand
	kinds  []productKind
	models []string
}

func newGenerator(seed uint64) *generator {
	return &generator{seed: seed, brands: brands(), kinds: productKinds(), models: models()}
}

// The streams of random numbers for an item. Each has one purpose, so that a new one changes nothing else.
const (
	streamIdentity = iota + 1
	streamFaults
	streamStock
	streamTimes
)

func (g *generator) rng(id int64, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(g.seed^0x9e3779b97f4a7c15*stream, uint64(id)))
}

// Catalogue yields the articles of the first account in the order of their ids, as they were generated: later changes do not
// show. The demo takes its website's products from it.
func (s *Server) Catalogue() iter.Seq[CatalogueItem] {
	s.setup()
	return s.accounts[0].Catalogue()
}

// Catalogue is [Server.Catalogue] for one account.
func (a *Account) Catalogue() iter.Seq[CatalogueItem] {
	return Catalogue(a.opts.Seed, a.opts.Items)
}

// Catalogue yields the articles that an account with this seed and size begins with.
func Catalogue(seed uint64, items int) iter.Seq[CatalogueItem] {
	return func(yield func(CatalogueItem) bool) {
		g := newGenerator(seed)
		for id := int64(1); id <= int64(items); id++ {
			if !yield(g.public(g.article(id))) {
				return
			}
		}
	}
}

// article is a CatalogueItem and what the shop's record needs in addition.
type article struct {
	id               int64
	twinOf           int64
	brand            int
	kind             int
	european         bool
	mpn, code, short string // code as printed on the box; short: its UPC-E form
	description      string
	size, color      string
	price, msrp      money
	sale, online     money
	cost             money
	faults           CatalogueFault
}

// article makes the item with that id.
func (g *generator) article(id int64) article {
	faults, twin := g.faults(id)
	base := id
	if twin != 0 {
		base = twin
	}
	r := g.rng(base, streamIdentity)
	kind := r.IntN(len(g.kinds))
	if g.kinds[kind].labour && r.IntN(4) != 0 {
		kind = r.IntN(len(g.kinds) - 1) // labour is last, and rare
	}
	k := &g.kinds[kind]
	b := r.IntN(len(g.brands))
	a := article{id: id, twinOf: twin, brand: b, kind: kind, european: g.brands[b].european, faults: faults}
	model := g.models[r.IntN(len(g.models))]
	size, colour := pickOne(r, k.sizes), pickOne(r, k.colours)
	a.size, a.color = size, colour
	a.description = strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s", g.brands[b].name, model, k.noun, size,
		colour)), " ")
	a.mpn = fmt.Sprintf("%s-%s%d", g.brands[b].prefix, strings.ToUpper(model[:2]), 10000+base)
	if size != "" {
		a.mpn += "-" + strings.ToUpper(strings.Fields(size)[0])
	}
	g.prices(&a, r, k)
	switch {
	case k.labour:
		a.mpn = ""
	case a.european:
		a.code = ean13(b, int(base))
	case r.IntN(25) == 0 && base < 300_000:
		a.code, a.short = upcShort(int(base))
	default:
		a.code = upcA(b, int(base))
	}
	return a
}

func (g *generator) prices(a *article, r *rand.Rand, k *productKind) {
	// Squared, because a shop has more cheap articles than expensive ones.
	f := r.Float64()
	units := k.low + int(f*f*float64(k.high-k.low))
	a.price = money(units)*moneyScale + 990_000
	if units < 20 {
		a.price = money(units)*moneyScale + money(r.IntN(4))*250_000
	}
	if r.IntN(10) < 6 {
		a.msrp = (a.price + a.price*money(r.IntN(25))/100).cents()
	}
	if r.IntN(10) == 0 {
		a.sale = (a.price * money(60+r.IntN(30)) / 100).cents()
	}
	if r.IntN(5) == 0 {
		a.online = (a.price * money(90+r.IntN(8)) / 100).cents()
	}
	a.cost = (a.price * money(40+r.IntN(25)) / 100).cents()
}

// cents rounds down to whole hundredths.
func (m money) cents() money { return m / 10_000 * 10_000 }

func pickOne(r *rand.Rand, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[r.IntN(len(list))]
}

// faults chooses the mistakes in the shop's record of an item.
func (g *generator) faults(id int64) (f CatalogueFault, twinOf int64) {
	r := g.rng(id, streamFaults)
	chance := func(permille int, fault CatalogueFault) {
		if r.IntN(1000) < permille {
			f |= fault
		}
	}
	if id > 20 && r.IntN(1000) < 8 {
		twin := id - 1 - int64(r.IntN(20))
		if tf, _ := g.faults(twin); tf&(FaultArchivedTwin|FaultArchived|FaultSharedCode) == 0 {
			return FaultArchivedTwin | FaultArchived, twin
		}
	}
	switch n := r.IntN(1000); {
	case n < 60:
		f |= FaultNoCode
	case n < 80:
		f |= FaultBadCheck
	case n < 110:
		f |= FaultStrayMarks
	case n < 130:
		f |= FaultLeadingZero
	case n < 140 && id > 20:
		f |= FaultSharedCode
	case n < 700:
		f |= FaultShortCode // if the code has such a form, else no fault
	}
	chance(80, FaultNoMPN)
	chance(30, FaultMPNSpelling)
	chance(40, FaultNoBrand)
	chance(50, FaultNoCost)
	chance(25, FaultArchived)
	return f, 0
}

// public is the article as everybody knows it.
func (g *generator) public(a article) CatalogueItem {
	f := a.faults
	if a.short == "" {
		f &^= FaultShortCode
	}
	if a.code == "" {
		f &^= FaultNoCode | FaultBadCheck | FaultStrayMarks | FaultLeadingZero | FaultNoMPN | FaultMPNSpelling
	}
	if a.european {
		f &^= FaultLeadingZero
	}
	return CatalogueItem{ItemID: a.id, Brand: g.brands[a.brand].name, MPN: a.mpn, GTIN: gtin14(a.code),
		Description: a.description, Category: g.kinds[a.kind].category, Size: a.size, Color: a.color, Price: a.price.Decimal(),
		MSRP: a.msrp.Decimal(), Cost: a.cost.Decimal(), TwinOf: a.twinOf, Faults: f}
}
