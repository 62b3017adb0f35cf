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
	Components []retail.Component `json:"components"`
	Counted    []int64            `json:"counted"` // the items among them that are counted
	Stock      [][2]int64         `json:"stock"`   // shops, and the units on hand there, if any
}

// parts are the components that are counted.
func (m made) parts() []retail.Component {
	return slices.DeleteFunc(slices.Clone(m.Components), func(c retail.Component) bool { return !slices.Contains(m.Counted, c.ItemID) })
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
	of := ` WHERE m."site_id" = ` + site + ` AND m."id" = ` + id
	number := func(name string) jsonrow.Field {
		return jsonrow.Field{Name: name, Value: entsql.Raw(`CAST(c.value ->> '` + name + `' AS BIGINT)`)}
	}
	components := jsonrow.List(jsonrow.Object(number("item"), number("units")), entsql.ExprFunc(func(b *entsql.Builder) {
		b.WriteString(`"pos_items" AS m, `).Join(jsonrow.Each(`m."components"`, "", "c")).WriteString(of)
	}))
	counted := jsonrow.List(entsql.Raw(`p."lightspeed_id"`), entsql.ExprFunc(func(b *entsql.Builder) {
		b.WriteString(`"pos_items" AS p WHERE p."site_id" = ` + site + ` AND p."item_kind" <> '` + string(retail.ItemNonInventory) + `' AND `).
			Join(jsonrow.Among(`p."lightspeed_id"`, entsql.ExprFunc(func(b *entsql.Builder) {
				b.WriteString(`SELECT CAST(c.value ->> 'item' AS BIGINT) FROM "pos_items" AS m, `).Join(jsonrow.Each(`m."components"`, "", "c")).WriteString(of)
			})))
	}))
	return jsonrow.When(kind+IsMadeOf, jsonrow.Object(
		jsonrow.Field{Name: "components", Value: components},
		jsonrow.Field{Name: "counted", Value: counted},
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
