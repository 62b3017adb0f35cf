package catalogue

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/syncstate"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/records/display"
	"possync/internal/records/jsonrow"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/tenant"
)

// beside is what a statement reads along with items.
type beside struct {
	Stock display.Document `json:"stock"`
	Shops []*ent.Shop      `json:"shops"`
}

// besideColumn is what a statement calls it.
const besideColumn = "beside"

// readItems reads the items that the group's products are linked to; if need be with their stock and how fresh that is, by the same
// statement.
func (g *productGroup) readItems(ctx context.Context, stock bool) (map[string]*Item, error) {
	ids := make([]string, len(g.rows))
	for i, p := range g.rows {
		ids[i] = p.ID
	}
	query := unitofwork.Client(ctx).PosItem.Query().Where(positem.ProductIDIn(ids...))
	var rules display.Rules
	if stock {
		var err error
		if rules, err = sitedata.Rules(ctx); err != nil {
			return nil, err
		}
	}
	if stock = stock && len(rules.Shops) > 0; stock {
		acting, err := tenant.Site(ctx)
		if err != nil {
			return nil, err
		}
		query.Modify(func(s *sql.Selector) { s.AppendSelectExprAs(jsonrow.First(stockOf(acting, rules, ids)), besideColumn) })
	}
	rows, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the items of products: %w", err)
	}
	items := Items(rows)
	if stock {
		err = g.putStock(ctx, rules, items)
	}
	return sitedata.Index(items, func(i *Item) string { return *i.ProductID }), err
}

// stockOf makes a [beside] of the products of a site, from its one state row: so it depends on none of the rows that it is beside, and
// PostgreSQL evaluates it once.
func stockOf(acting string, rules display.Rules, products []string) sql.Querier {
	const site = `z."site_id"`
	return sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("(SELECT ").Join(jsonrow.Object(
			jsonrow.Field{Name: "stock", Value: rules.Document(site, openorders.OfProducts(site, products))},
			jsonrow.Field{Name: "shops", Value: settings.FreshnessDocument(site)},
		)).WriteString(` FROM "` + syncstate.Table + `" AS z WHERE ` + site + " = ").Arg(acting).WriteByte(')')
	})
}

// putStock keeps what was read beside items.
func (g *productGroup) putStock(ctx context.Context, rules display.Rules, items []*Item) error {
	for _, item := range items {
		value, err := item.Value(besideColumn)
		if err == nil && value == "" { // another row has it
			continue
		}
		var read beside
		if err == nil {
			err = jsonrow.Decode(value, &read)
		}
		if err != nil {
			return fmt.Errorf("read what is beside items: %w", err)
		}
		stock, err := rules.StockOf(ctx, unitofwork.Client(ctx), item.group.rows, read.Stock)
		if err != nil {
			return err
		}
		checked, err := sitedata.StockChecked(ctx)
		if err != nil {
			return err
		}
		item.group.sellable.Put(stock)
		g.fresh.Put(settings.FreshnessOf(read.Shops, checked))
		return nil
	}
	return nil
}

// asksAlso reports whether the object whose field is resolved is asked for another field, too.
func asksAlso(ctx context.Context, name string) bool {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil {
		return false
	}
	object := fc.Parent
	for object != nil && object.Field.Field == nil { // a place in a list
		object = object.Parent
	}
	if object == nil {
		return false
	}
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), object.Field.Selections, []string{fc.Object}) {
		if f.Name == name {
			return true
		}
	}
	return false
}
