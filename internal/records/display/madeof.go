package display

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/lookup"
	"possync/internal/records/openorders"
	"possync/internal/retail"
)

// addMade works out what there is of the items that are made of others: their own stock, and what can be made of their components.
func (r Rules) addMade(ctx context.Context, client *ent.Client, items []*ent.PosItem, stock Stock) error {
	var missing []int64
	for _, item := range items {
		if !item.ItemKind.MadeOf() {
			continue
		}
		for _, c := range item.Components {
			if stock[c.ItemID] == nil {
				missing = append(missing, c.ItemID)
			}
		}
	}
	slices.Sort(missing)
	parts, err := r.counted(ctx, client, slices.Compact(missing))
	if err != nil {
		return err
	}
	of := func(item int64) []retail.ShopStock {
		if s := stock[item]; s != nil {
			return s
		}
		return parts[item]
	}
	counted := map[int64][]retail.ShopStock{} // as the components are, also where one is made of others itself
	for _, item := range items {
		if !item.ItemKind.MadeOf() || len(item.Components) == 0 {
			continue
		}
		own := slices.Clone(stock[item.LightspeedID])
		for i := range own {
			var made int64
			for n, c := range item.Components {
				if can := of(c.ItemID)[i].Sellable() / max(c.Units, 1); n == 0 || can < made {
					made = can
				}
			}
			made += own[i].Sellable()
			own[i].Made = &made
		}
		counted[item.LightspeedID] = own
	}
	for id, own := range counted {
		stock[id] = own
	}
	return nil
}

// Composed returns the items that are made of any of the items with these ids, the components of these, and what else is made of
// them, with [Columns]: what can be sold of them follows from these.
func Composed(ctx context.Context, client *ent.Client, ids []string) ([]*ent.PosItem, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	made, err := client.PosItem.Query().Where(func(s *sql.Selector) { s.Where(openorders.MadeOf(s)) }).
		Select(Columns...).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what is made of other items: %w", err)
	}
	if len(made) == 0 {
		return nil, nil
	}
	given, parts := map[string]bool{}, map[int64]bool{}
	for chunk := range slices.Chunk(ids, chunkSize) {
		rows, err := client.PosItem.Query().Select(positem.FieldLightspeedID).Modify(lookup.By(positem.Table, positem.FieldID, chunk...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the components: %w", err)
		}
		for _, row := range rows {
			given[row.ID], parts[row.LightspeedID] = true, true
		}
	}
	var inside []int64
	for _, item := range made {
		for _, c := range item.Components {
			if given[item.ID] && !parts[c.ItemID] {
				parts[c.ItemID] = true
				inside = append(inside, c.ItemID)
			}
		}
	}
	composed := slices.DeleteFunc(made, func(item *ent.PosItem) bool {
		return given[item.ID] || slices.Contains(inside, item.LightspeedID) ||
			!slices.ContainsFunc(item.Components, func(c retail.Component) bool { return parts[c.ItemID] })
	})
	for chunk := range slices.Chunk(inside, chunkSize) {
		rows, err := client.PosItem.Query().Select(Columns...).Modify(lookup.By(positem.Table, positem.FieldLightspeedID, chunk...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the components of items: %w", err)
		}
		composed = append(composed, rows...)
	}
	return composed, nil
}
