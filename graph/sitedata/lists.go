package sitedata

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"possync/ent"
	"possync/graph/unitofwork"
)

// Locations returns the site's locations by name, retired ones last.
func Locations(ctx context.Context) ([]*ent.Location, error) {
	return remembered(ctx).locations.get(ctx, func(ctx context.Context) ([]*ent.Location, error) {
		rows, err := unitofwork.Client(ctx).Location.Query().All(ctx)
		return sorted(rows, err, "locations", func(l *ent.Location) key { return key{!l.Active, 0, l.Name, l.ID} })
	})
}

// Shops returns Lightspeed's stores by name, archived ones last.
func Shops(ctx context.Context) ([]*ent.Shop, error) {
	return remembered(ctx).shops.get(ctx, func(ctx context.Context) ([]*ent.Shop, error) {
		rows, err := unitofwork.Client(ctx).Shop.Query().All(ctx)
		return sorted(rows, err, "shops", func(s *ent.Shop) key { return key{s.Archived, 0, s.Name, s.ID} })
	})
}

// Registers returns Lightspeed's registers by name, archived ones last.
func Registers(ctx context.Context) ([]*ent.Register, error) {
	return remembered(ctx).registers.get(ctx, func(ctx context.Context) ([]*ent.Register, error) {
		rows, err := unitofwork.Client(ctx).Register.Query().All(ctx)
		return sorted(rows, err, "registers", func(r *ent.Register) key { return key{r.Archived, 0, r.Name, r.ID} })
	})
}

// Employees returns Lightspeed's employees by name, archived ones last.
func Employees(ctx context.Context) ([]*ent.Employee, error) {
	return remembered(ctx).employees.get(ctx, func(ctx context.Context) ([]*ent.Employee, error) {
		rows, err := unitofwork.Client(ctx).Employee.Query().All(ctx)
		return sorted(rows, err, "employees", func(e *ent.Employee) key { return key{e.Archived, 0, e.Name, e.ID} })
	})
}

// PriceLevels returns Lightspeed's price levels by their number, archived ones last.
func PriceLevels(ctx context.Context) ([]*ent.PriceLevel, error) {
	return remembered(ctx).priceLevels.get(ctx, func(ctx context.Context) ([]*ent.PriceLevel, error) {
		rows, err := unitofwork.Client(ctx).PriceLevel.Query().All(ctx)
		return sorted(rows, err, "price levels", func(p *ent.PriceLevel) key {
			return key{p.Archived, p.LightspeedID, p.Name, p.ID}
		})
	})
}

// PaymentTypes returns Lightspeed's payment types by name, archived ones last.
func PaymentTypes(ctx context.Context) ([]*ent.PaymentType, error) {
	return remembered(ctx).paymentTypes.get(ctx, func(ctx context.Context) ([]*ent.PaymentType, error) {
		rows, err := unitofwork.Client(ctx).PaymentType.Query().All(ctx)
		return sorted(rows, err, "payment types", func(p *ent.PaymentType) key { return key{p.Archived, 0, p.Name, p.ID} })
	})
}

// Pair is a mapping with both its ends.
type Pair struct {
	Mapping  *ent.StoreMapping
	Shop     *ent.Shop
	Location *ent.Location
}

// Counts reports whether the shop's stock counts: it is not archived, and the location not retired.
func (p Pair) Counts() bool { return !p.Shop.Archived && p.Location.Active }

// Pairs returns the store mappings by the location's name.
func Pairs(ctx context.Context) ([]Pair, error) { return remembered(ctx).pairs.get(ctx, pairs) }

func pairs(ctx context.Context) ([]Pair, error) {
	mappings, err := mappings(ctx)
	if err != nil {
		return nil, err
	}
	shops, err := Shops(ctx)
	if err != nil {
		return nil, err
	}
	locations, err := Locations(ctx)
	if err != nil {
		return nil, err
	}
	shopByID := Index(shops, func(s *ent.Shop) string { return s.ID })
	byLocation := Index(mappings, func(m *ent.StoreMapping) string { return m.LocationID })
	pairs := make([]Pair, 0, len(mappings))
	for _, l := range locations {
		if m := byLocation[l.ID]; m != nil && shopByID[m.ShopID] != nil {
			pairs = append(pairs, Pair{Mapping: m, Shop: shopByID[m.ShopID], Location: l})
		}
	}
	return pairs, nil
}

func mappings(ctx context.Context) ([]*ent.StoreMapping, error) {
	return remembered(ctx).mappings.get(ctx, func(ctx context.Context) ([]*ent.StoreMapping, error) {
		rows, err := unitofwork.Client(ctx).StoreMapping.Query().All(ctx)
		if err != nil {
			return nil, fmt.Errorf("list store mappings: %w", err)
		}
		return rows, nil
	})
}

// Index makes a map of rows by the given key.
func Index[K comparable, T any](rows []T, keyOf func(T) K) map[K]T {
	index := make(map[K]T, len(rows))
	for _, row := range rows {
		index[keyOf(row)] = row
	}
	return index
}

// key is the order of a list. It is made here and not by the databases, whose collations differ.
type key struct {
	last   bool
	number int64
	name   string
	id     string
}

func sorted[T any](rows []T, err error, what string, keyOf func(T) key) ([]T, error) {
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", what, err)
	}
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
	return rows, nil
}
