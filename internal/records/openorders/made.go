package openorders

import (
	"context"
	"fmt"
	"slices"

	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/jsonrow"
	"possync/internal/retail"
)

// made is what a box or an assembly is made of, and how many of it there are.
type made struct {
	Components []retail.Component `json:"components"` // those that are counted
	Stock      [][2]int64         `json:"stock"`      // shops, and the units on hand there, if any
}

// own are the units that a shop has on hand.
func (m made) own(shop int64) int64 {
	for _, s := range m.Stock {
		if s[0] == shop {
			return s[1]
		}
	}
	return 0
}

// IsMadeOf is the condition, behind the column of their kind, that items are made of others, as the index has it.
const IsMadeOf = " IN ('BOX', 'ASSEMBLY', 'SERIALIZED_ASSEMBLY')"

// MadeOf are the items that are made of others, as the index has it.
func MadeOf(s *entsql.Selector) *entsql.Predicate { return madeOf(s.C(positem.FieldItemKind)) }

func madeOf(column string) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) { b.Ident(column).WriteString(IsMadeOf) })
}

// madeDocument makes a [made] of the item whose site, id and kind the columns hold, or null.
func madeDocument(site, id, kind string) entsql.Querier {
	components := entsql.ExprFunc(func(b *entsql.Builder) {
		b.WriteString(`"pos_items" AS m, `).Join(jsonrow.Each(`m."components"`, "", "c")).WriteString(`, "pos_items" AS p WHERE m."site_id" = ` + site +
			` AND m."id" = ` + id + ` AND p."site_id" = m."site_id" AND p."lightspeed_id" = CAST(c.value ->> 'item' AS BIGINT) AND p."item_kind" <> '` +
			string(retail.ItemNonInventory) + `'`)
	})
	number := func(name string) jsonrow.Field {
		return jsonrow.Field{Name: name, Value: entsql.Raw(`CAST(c.value ->> '` + name + `' AS BIGINT)`)}
	}
	return jsonrow.When(kind+IsMadeOf, jsonrow.Object(
		jsonrow.Field{Name: "components", Value: jsonrow.List(jsonrow.Object(number("item"), number("units")), components)},
		jsonrow.Field{Name: "stock", Value: jsonrow.List(jsonrow.Tuple(`t."lightspeed_shop_id"`, `t."on_hand"`),
			entsql.Raw(`"shop_stocks" AS t WHERE t."site_id" = `+site+` AND t."item_id" = `+id+` AND t."on_hand" > 0`))},
	))
}

// readMade reads those of the items with these ids of Lightspeed that are boxes or assemblies.
func readMade(ctx context.Context, client *ent.Client, ids []int64) (map[int64]made, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	found := map[int64]made{}
	for chunk := range slices.Chunk(slices.Compact(ids), maxItems) {
		items, err := client.PosItem.Query().Where(positem.LightspeedIDIn(chunk...), func(s *entsql.Selector) { s.Where(MadeOf(s)) }).
			Modify(func(s *entsql.Selector) {
				s.AppendSelectExprAs(madeDocument(s.C(positem.FieldSiteID), s.C(positem.FieldID), s.C(positem.FieldItemKind)), "made")
			}).Select(positem.FieldLightspeedID).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read what sold items are made of: %w", err)
		}
		for _, item := range items {
			var m made
			value, err := item.Value("made")
			if err == nil {
				err = jsonrow.Decode(value, &m)
			}
			if err != nil {
				return nil, fmt.Errorf("read what the item %s is made of: %w", item.ID, err)
			}
			found[item.LightspeedID] = m
		}
	}
	return found, nil
}
