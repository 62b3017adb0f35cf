package settings

import (
	"cmp"
	"slices"
	"strings"

	"possync/ent"
)

// Pair is a mapping with both its ends.
type Pair struct {
	Mapping  *ent.StoreMapping
	Shop     *ent.Shop
	Location *ent.Location
}

// Counts reports whether the shop's stock counts: it is not archived, and the location not retired.
func (p Pair) Counts() bool { return !p.Shop.Archived && p.Location.Active }

// pairs joins mappings with their ends, in the order of the locations.
func pairs(mappings []*ent.StoreMapping, shops []*ent.Shop, locations []*ent.Location) []Pair {
	shopByID := Index(shops, func(s *ent.Shop) string { return s.ID })
	byLocation := Index(mappings, func(m *ent.StoreMapping) string { return m.LocationID })
	pairs := make([]Pair, 0, len(mappings))
	for _, l := range locations {
		if m := byLocation[l.ID]; m != nil && shopByID[m.ShopID] != nil {
			pairs = append(pairs, Pair{Mapping: m, Shop: shopByID[m.ShopID], Location: l})
		}
	}
	return pairs
}

// Index makes a map of rows by the given key.
func Index[K comparable, T any](rows []T, keyOf func(T) K) map[K]T {
	index := make(map[K]T, len(rows))
	for _, row := range rows {
		index[keyOf(row)] = row
	}
	return index
}

// sort orders the lists. It is done here and not by the databases, whose collations differ.
func (s *Snapshot) sort() {
	order(&s.Locations, func(l *ent.Location) key { return key{!l.Active, 0, l.Name, l.ID} })
	order(&s.Shops, func(s *ent.Shop) key { return key{s.Archived, 0, s.Name, s.ID} })
	order(&s.Registers, func(r *ent.Register) key { return key{r.Archived, 0, r.Name, r.ID} })
	order(&s.Employees, func(e *ent.Employee) key { return key{e.Archived, 0, e.Name, e.ID} })
	order(&s.PriceLevels, func(p *ent.PriceLevel) key { return key{p.Archived, p.LightspeedID, p.Name, p.ID} })
	order(&s.PaymentTypes, func(p *ent.PaymentType) key { return key{p.Archived, 0, p.Name, p.ID} })
	order(&s.Statuses, func(s *ent.OrderStatus) key { return key{s.Retired, int64(s.Position), s.Name, s.ID} })
	order(&s.Methods, func(m *ent.PaymentMethodMapping) key { return key{name: m.Method, id: m.ID} })
	order(&s.Routes, func(r *ent.RegisterRoute) key { return key{id: r.LocationID} })
}

// key is a row's place in its list.
type key struct {
	last   bool
	number int64
	name   string
	id     string
}

// order sorts rows. Its result has no spare capacity, so that no one appends to rows that others read.
func order[T any](list *[]T, keyOf func(T) key) {
	rows := *list
	slices.SortFunc(rows, func(x, y T) int {
		a, b := keyOf(x), keyOf(y)
		if a.last != b.last {
			if a.last {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)), cmp.Compare(a.id, b.id))
	})
	*list = slices.Clip(append([]T{}, rows...))
}
