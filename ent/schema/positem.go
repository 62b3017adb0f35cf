package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// PosItem mirrors an item of Lightspeed, with what follows from it: its product, whether the website shows it, and why.
type PosItem struct{ ent.Schema }

// Mixin of PosItem.
func (PosItem) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "itm"}, owned{}, timed{}}
}

// Fields of PosItem.
func (PosItem) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.Int64("lightspeed_id").Immutable(),
		field.String("system_sku").MaxLen(64).Default(""),
		field.String("description").SchemaType(textType).Annotations(entgql.OrderField("DESCRIPTION")),
		field.String("brand").MaxLen(255).Default("").Annotations(entgql.OrderField("BRAND")).Comment("The manufacturer's name."),
		field.String("category").SchemaType(textType).Default("").Comment("The category's full path."),
		field.String("upc").MaxLen(64).Default("").Comment("As typed in Lightspeed."),
		field.String("ean").MaxLen(64).Default(""),
		field.String("custom_sku").MaxLen(255).Default(""),
		field.String("manufacturer_sku").MaxLen(255).Default(""),
		field.Int64("default_cost").GoType(retail.Amount(0)).Default(0),
		field.Int64("msrp").GoType(retail.Amount(0)).Default(0),
		field.JSON("prices", []retail.LevelPrice{}).Optional().Annotations(hidden),
		field.Bool("archived").Default(false),
		field.String("item_kind").GoType(retail.ItemKind("")).MaxLen(40).Default(string(retail.ItemDefault)).Annotations(hidden).
			Comment("Lightspeed's itemType."),
		field.String("size").MaxLen(255).Default("").Annotations(hidden).Comment("Of its attributes in Lightspeed."),
		field.String("color").MaxLen(255).Default("").Annotations(hidden),
		field.JSON("components", []retail.Component{}).Optional().Annotations(hidden).
			Comment("What a box or an assembly is made of."),
		field.String("upc_code").GoType(retail.GTIN("")).MaxLen(14).Default("").Annotations(hidden),
		field.String("ean_code").GoType(retail.GTIN("")).MaxLen(14).Default("").Annotations(hidden),
		field.String("mpn_key").SchemaType(textType).Default("").Annotations(hidden),
		field.String("brand_key").MaxLen(255).Default("").Annotations(hidden).Comment("The brand as brands are compared, see retail.BrandKeys."),
		field.String("name_key").MaxLen(255).Default("").Annotations(hidden).
			Comment("How the description begins, which may be the brand; empty = as the brand does."),
		field.Int64("content_hash").Default(0).Annotations(hidden),
		field.String("search_text").SchemaType(textType).Default("").Annotations(hidden).
			Comment("What is looked through for what people type, see package searchtext. Package store makes it."),

		field.String("match_state").GoType(retail.MatchState("")).MaxLen(40).Default(string(retail.MatchLackingCodes)),
		field.String("match_basis").GoType(retail.MatchBasis("")).MaxLen(40).Default("").Annotations(hidden),
		field.JSON("candidate_ids", []string{}).Optional().Annotations(hidden).
			Comment("Products that the codes point to, when it is not exactly one for one."),
		field.JSON("rival_ids", []string{}).Optional().Annotations(hidden).
			Comment("Other items that claim one of these products."),
		field.String("match_reason").GoType(retail.MatchReason("")).MaxLen(40).Default("").Annotations(hidden).
			Comment("Why a person should look at its match; empty = nobody needs to."),
		field.Time("set_aside_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When somebody left it aside in the review of matches; null = nobody did."),
		field.String("set_aside_by").MaxLen(200).Default("").Annotations(hidden).Comment("The platform's user who did."),
		field.Time("match_wanted_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When a decision about it was made or withdrawn that is not worked in yet."),
		field.Bool("match_pending").Default(false).Annotations(hidden).
			Comment("An upgrade has it matched again, which no person asked for."),
		field.Int("match_sequence").Default(0).Annotations(hidden).
			Comment("The site's match sequence when its match last changed as one of few; 0 = it never did."),
		field.String("product_id").MaxLen(64).Optional().Nillable().Annotations(hidden),
		field.Bool("displayed").Default(false),
		field.Int64("reason_bits").GoType(retail.ReasonBits(0)).Default(0).Annotations(hidden).
			Comment("Why it is displayed or not, as a number that can be filtered and grouped by."),
		field.Bool("in_stock").Default(false).Annotations(hidden).
			Comment("A mapped shop has more on hand than its reserve and what open orders hold."),
		field.Int64("shop_units").Default(0).Annotations(inOrder("STOCK")).
			Comment("What the shops whose stock counts have of it together, with what is below zero as nothing. The evaluation keeps it."),
		field.Time("lost_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When it last stopped being displayed, or had nothing left to sell; null = it is displayed, or never was."),
		field.Bool("display_held").Default(false).Annotations(hidden).
			Comment("It stays displayed until a manager confirms that it is hidden."),
		field.JSON("held_prices", []retail.LevelPrice{}).Optional().Annotations(hidden).
			Comment("The prices that stay in force until a manager confirms the lower ones."),
	}
}

// Edges of PosItem.
func (PosItem) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("product", Product.Type).Ref("pos_item").Field("product_id").Unique(),
		edge.To("stock", ShopStock.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of PosItem. One product has at most one item: a second link is refused by the database.
//
// A change of rules rewrites very many rows, and each index makes that dearer: there is none that only few rows need, see
// package partialindex for those.
func (PosItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "lightspeed_id").Unique(),
		index.Fields("site_id", "upc_code"),
		index.Fields("site_id", "ean_code").Annotations(entsql.IndexWhere("ean_code <> ''")),
		index.Fields("site_id", "mpn_key"),
		index.Fields("site_id", "brand_key").Annotations(entsql.IndexWhere("brand_key <> ''")),
		index.Fields("site_id", "name_key").Annotations(entsql.IndexWhere("name_key <> ''")),
		index.Fields("site_id", "description"),
		index.Fields("site_id", "brand"),
		index.Fields("site_id", "shop_units", "id"),
		// Searches read this index alone.
		index.Fields("site_id", "search_text", "id").StorageKey("positem_search"),
		// Counts by reason, and by what is commonly filtered by, are taken from this index alone.
		index.Fields("site_id", "reason_bits", "displayed", "in_stock", "match_state", "archived").
			StorageKey("positem_site_id_reason_bits"),
		// Those of few rows come last: of several that would do, SQLite takes the one that was made last.
		index.Fields("site_id", "id").StorageKey("positem_conflict").Annotations(entsql.IndexWhere("match_state = 'CONFLICT'")),
		index.Fields("site_id", "match_reason", "id").StorageKey("positem_match_reason").Annotations(entsql.IndexWhere("match_reason <> ''")),
		index.Fields("site_id", "lost_at").StorageKey("positem_lost").Annotations(entsql.IndexWhere("lost_at IS NOT NULL")),
		index.Fields("site_id").StorageKey("positem_held").Annotations(entsql.IndexWhere("display_held OR held_prices IS NOT NULL")),
		index.Fields("site_id").StorageKey("positem_made_of").
			Annotations(entsql.IndexWhere("item_kind IN ('BOX', 'ASSEMBLY', 'SERIALIZED_ASSEMBLY')")),
		index.Fields("site_id").StorageKey("positem_match_wanted").Annotations(entsql.IndexWhere("match_wanted_at IS NOT NULL")),
		index.Fields("site_id", "match_sequence", "id").StorageKey("positem_match_changed").Annotations(entsql.IndexWhere("match_sequence > 0")),
		index.Fields("site_id", "id").StorageKey("positem_match_pending").Annotations(entsql.IndexWhere("match_pending")),
	}
}

// Annotations of PosItem.
func (PosItem) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// ShopStock mirrors an item's stock in one shop: the raw figures, which may be negative.
type ShopStock struct{ ent.Schema }

// Mixin of ShopStock.
func (ShopStock) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "stk"}, owned{}}
}

// Fields of ShopStock.
func (ShopStock) Fields() []ent.Field {
	return []ent.Field{
		field.String("item_id").MaxLen(64).Immutable(),
		field.Int64("lightspeed_item_id").Immutable(),
		field.Int64("lightspeed_shop_id").Immutable(),
		field.Int64("on_hand"),
		field.Int64("on_order"),
		field.Int64("reorder_point"),
		field.Int64("reorder_level"),
		field.Time("updated_at").SchemaType(timeType).Default(now).UpdateDefault(now),
	}
}

// Edges of ShopStock.
func (ShopStock) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("item", PosItem.Type).Ref("stock").Field("item_id").Unique().Required().Immutable(),
	}
}

// Indexes of ShopStock.
func (ShopStock) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "lightspeed_item_id", "lightspeed_shop_id").Unique(),
		index.Fields("item_id"),
	}
}

// Annotations of ShopStock.
func (ShopStock) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
