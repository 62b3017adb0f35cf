package openorders

import (
	"cmp"
	"slices"

	entdialect "entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/positem"
	"possync/ent/weborder"
	"possync/internal/records/jsonrow"
	"possync/internal/retail"
)

// Document is what a statement reads for [Rules.Units].
type Document struct {
	Groups []group        `json:"groups"`
	Sales  []saleDocument `json:"sales"`
}

// group are lines of one item whose units are taken from the same shop.
type group struct {
	Item      int64            `json:"item"`
	Fulfilled string           `json:"fulfilled"`
	Stated    string           `json:"stated"`
	Pickup    string           `json:"pickup"`
	Units     int64            `json:"units"`
	Divided   []*ent.OrderLine `json:"divided"` // the one line of the group, if several parties hand it over
	Made      *made            `json:"made"`    // nil = it is no box or assembly
}

// location is the one that hands the group's units over, "" if none is named.
func (g group) location() string { return cmp.Or(g.Fulfilled, g.Stated, g.Pickup) }

// Items are the condition that a column, which holds Lightspeed's id of an item, is one of those that are asked for.
type Items func(column string) entsql.Querier

// fewItems is up to how many items are listed one by one.
const fewItems = 16

// These are the items with the ids: many by their range, where that finds few others. Lists are filled up with their last id, so that
// there are few statements: PostgreSQL takes longer to plan one of these than to run it.
func These(ids []int64) Items {
	first, last := slices.Min(ids), slices.Max(ids)
	return func(column string) entsql.Querier {
		return entsql.ExprFunc(func(b *entsql.Builder) {
			if len(ids) > fewItems && last-first < 4*int64(len(ids)) {
				b.WriteString(column + " BETWEEN ").Arg(first).WriteString(" AND ").Arg(last)
				return
			}
			size := 4
			for size < min(len(ids), 4*fewItems) {
				size *= 2
			}
			args := make([]any, max(size, len(ids)))
			for i := range args {
				args[i] = ids[min(i, len(ids)-1)]
			}
			b.WriteString(column + " IN (").Args(args...).WriteByte(')')
		})
	}
}

// OfProducts are the items that the site's products with these ids are linked to.
func OfProducts(site string, products []string) Items {
	args := make([]any, len(products))
	for i, id := range products {
		args[i] = id
	}
	return func(column string) entsql.Querier {
		return entsql.ExprFunc(func(b *entsql.Builder) {
			b.WriteString(column + ` IN (SELECT a."lightspeed_id" FROM "pos_items" AS a WHERE a."site_id" = ` + site + ` AND a."product_id" IN (`).
				Args(args...).WriteString("))")
		})
	}
}

// Document makes a [Document] of the site, which the statement knows by the given column: of what is held of the items, and of all
// boxes and assemblies, as these may contain the items.
func (r Rules) Document(site string, items Items) entsql.Querier {
	// Where nothing was ever sent, as of shops that export no orders, lines of all orders hold units: these are not looked through in vain.
	sales := jsonrow.Field{Name: "sales", Value: jsonrow.When(`EXISTS (SELECT 1 FROM "`+orderexport.Table+`" AS s WHERE s."site_id" = `+site+` AND s."sent")`,
		saleDocuments(site, func(b *entsql.Builder) {
			b.WriteString(` AND e."sent" AND e."state" <> '` + string(retail.ExportFailed) + `' AND `).Join(jsonrow.Among(`e."order_id"`, entsql.Raw(
				`SELECT DISTINCT h."order_id" FROM "`+orderline.Table+`" AS h WHERE h."site_id" = `+site+` AND h."held_units" > 0`)))
		}))}
	if r.From == nil {
		return jsonrow.Object(sales)
	}
	field := func(name string) jsonrow.Field {
		return jsonrow.Field{Name: name, Value: entsql.Raw(`g."` + name + `"`)}
	}
	return jsonrow.Object(sales, jsonrow.Field{Name: "groups", Value: jsonrow.List(jsonrow.Object(
		field("item"), field("fulfilled"), field("stated"), field("pickup"), field("units"),
		jsonrow.Field{Name: "divided", Value: jsonrow.When(`g."divided" IS NOT NULL`, jsonrow.List(jsonrow.Row("t", migrate.OrderLinesTable),
			entsql.Raw(`"`+orderline.Table+`" AS t WHERE t."site_id" = `+site+` AND t."id" = g."divided"`)))},
		jsonrow.Field{Name: "made", Value: madeDocument(site, `g."item_id"`, `g."kind"`)},
	), entsql.ExprFunc(func(b *entsql.Builder) {
		b.WriteByte('(').Join(r.groups(b.Dialect(), site, items)).WriteString(") AS g")
	}))})
}

// groups selects the lines of orders from r.From on that hold units of the items, of boxes or of assemblies, without those of sales.
func (r Rules) groups(dialect, site string, of Items) *entsql.Selector {
	s := entsql.Dialect(dialect).Select().From(entsql.Table(orderline.Table))
	items, orders, exports := entsql.Table(positem.Table), entsql.Table(weborder.Table), entsql.Table(orderexport.Table)
	s.Join(items).On(s.C(orderline.FieldProductID), items.C(positem.FieldProductID))
	s.Join(orders).On(s.C(orderline.FieldOrderID), orders.C(weborder.FieldID))
	s.LeftJoin(exports).OnP(entsql.And(
		entsql.ColumnsEQ(orders.C(weborder.FieldID), exports.C(orderexport.FieldOrderID)),
		entsql.ExprP(exports.C(orderexport.FieldSiteID)+" = "+site)))
	for _, owner := range []string{s.C(orderline.FieldSiteID), items.C(positem.FieldSiteID), orders.C(weborder.FieldSiteID)} {
		s.Where(entsql.ExprP(owner + " = " + site))
	}
	heldLines(s)
	kind := items.C(positem.FieldItemKind)
	s.Where(entsql.P(func(p *entsql.Builder) {
		if p.Dialect() != entdialect.Postgres {
			// SQLite would run the SELECT below for each row that it compares with the list, as it names the site of the row outside. It gets the guess
			// that few items fit, so that it begins with them and not with all lines that hold units.
			p.WriteString("likelihood(").Join(of(items.C(positem.FieldLightspeedID))).WriteString(" OR " + kind + IsMadeOf + ", 0.0001)")
			return
		}
		// The products come first: by them the lines are found, of which there are more. PostgreSQL would read all lines that hold units, with
		// their orders, where it takes them for a few.
		p.Join(jsonrow.Among(s.C(orderline.FieldProductID), entsql.ExprFunc(func(b *entsql.Builder) {
			b.WriteString(`SELECT x."product_id" FROM "pos_items" AS x WHERE x."site_id" = ` + site + " AND ").Join(of(`x."lightspeed_id"`)).
				WriteString(` UNION ALL SELECT y."product_id" FROM "pos_items" AS y WHERE y."site_id" = ` + site + ` AND y."item_kind"` + IsMadeOf)
		})))
	}))
	s.Where(entsql.And(
		entsql.GTE(orders.C(weborder.FieldPlacedAt), *r.From), entsql.Or(
			entsql.IsNull(exports.C(orderexport.FieldID)), entsql.EQ(exports.C(orderexport.FieldSent), false),
			entsql.EQ(exports.C(orderexport.FieldState), string(retail.ExportFailed)))))
	if r.AsText {
		s.Where(entsql.Or(entsql.NEQ(s.C(orderline.FieldFulfilledBy), string(retail.BySupplier)), entsql.ExprP(divided(s))))
	}
	by := []string{
		items.C(positem.FieldLightspeedID), items.C(positem.FieldID), kind, s.C(orderline.FieldFulfilledLocationID),
		s.C(orderline.FieldLocationID), orders.C(weborder.FieldPickupLocationID),
		"CASE WHEN " + divided(s) + " THEN " + s.C(orderline.FieldID) + " END",
	}
	names := []string{"item", "item_id", "kind", "fulfilled", "stated", "pickup", "divided"}
	columns := make([]string, len(by), len(by)+1)
	for i := range by {
		columns[i] = entsql.As(by[i], names[i])
	}
	return s.Select(append(columns, entsql.As(entsql.Sum(s.C(orderline.FieldHeldUnits)), "units"))...).GroupBy(by...)
}
