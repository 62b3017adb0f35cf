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

// Product is an item of the website's catalogue, fed in by the platform.
type Product struct{ ent.Schema }

// Mixin of Product.
func (Product) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "prd"}, owned{}, timed{}}
}

// Fields of Product.
func (Product) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the product."),
		field.String("name").SchemaType(textType),
		field.String("brand").MaxLen(255).Default(""),
		field.String("mpn").MaxLen(255).Default(""),
		field.String("gtin1").MaxLen(64).Default("").Comment("As the platform wrote it."),
		field.String("gtin2").MaxLen(64).Default(""),
		field.String("category").MaxLen(255).Default(""),
		field.String("variant_size").MaxLen(255).Default("").Annotations(hidden),
		field.String("variant_color").MaxLen(255).Default("").Annotations(hidden),
		field.Int64("price").GoType(retail.Amount(0)).Default(0).Comment("The website's own price, in millionths."),
		field.Bool("active").Default(true),
		field.String("image_url").SchemaType(textType).Default("").Annotations(hidden),
		field.String("website_url").SchemaType(textType).Default("").Annotations(hidden),
		field.String("sale_start_date").GoType(retail.Date("")).MaxLen(10).Default("").Annotations(hidden).
			Comment("First day of the sale in the site's zone; empty = no sale."),
		field.String("sale_end_date").GoType(retail.Date("")).MaxLen(10).Default("").Annotations(hidden).
			Comment("Last day of the sale; empty = it does not end."),
		field.String("gtin1_code").GoType(retail.GTIN("")).MaxLen(14).Default("").Annotations(hidden),
		field.String("gtin2_code").GoType(retail.GTIN("")).MaxLen(14).Default("").Annotations(hidden),
		field.String("mpn_key").SchemaType(textType).Default("").Annotations(hidden),
		field.String("part_key").SchemaType(textType).Default("").Annotations(hidden).
			Comment("The part number without the brand, by which items whose brand is not known find it, see retail.PartKey."),
		field.String("brand_key").MaxLen(255).Default("").Annotations(hidden).Comment("The brand as brands are compared, see retail.BrandKey."),
		field.Int64("held_price").GoType(retail.Amount(0)).Optional().Nillable().Annotations(hidden).
			Comment("The website's own price that stays in force until a manager confirms the lower one, in millionths."),
		field.String("search_text").SchemaType(textType).Default("").Annotations(hidden).
			Comment("What is looked through for what people type, see package searchtext. Package store makes it."),
		field.String("name_order").SchemaType(textType).Default("").Annotations(inOrder("NAME")).
			Comment("Lists by name are sorted by it, see package sortkey. Package store makes it, and the next two."),
		field.String("brand_order").SchemaType(textType).Default("").Annotations(inOrder("BRAND")),
		field.String("category_path").SchemaType(textType).Default("").Annotations(hidden).Comment("Categories below another begin with its path."),
		field.Int64("list_price").GoType(retail.Amount(0)).Default(0).Annotations(inOrder("PRICE")).
			Comment("Its price when there is no sale, in millionths. Package listing keeps it, and list_units and price_bits."),
		field.Int64("list_units").Default(0).Annotations(inOrder("STOCK")).Comment("What the website may sell at all locations together."),
		field.Bool("list_displayed").Default(false).Annotations(hidden).Comment("The website shows it, once the site is live. Package feedlog keeps it."),
		field.Int("price_bits").GoType(retail.PriceBits(0)).Default(0).Annotations(hidden).
			Comment("What keeps prices of the POS from being shown, whatever the sale dates are."),
		field.Int64("content_hash").Default(0).Annotations(hidden).Comment("What was last written; equal = nothing to write."),
		field.Bool("match_pending").Default(true).Annotations(hidden).Comment("Codes or words changed since the last matching."),
		field.JSON("stale_codes", []string{}).Optional().Annotations(hidden).
			Comment("Codes it had before the pending change: their items are matched anew too."),
		field.Int64("feed_sequence").Default(0).Annotations(hidden).
			Comment("The site's feed sequence when anything that the feed tells of it last changed."),
	}
}

// inOrder lets lists be sorted by a column that the API does not show.
func inOrder(name string) schema.Annotation {
	return entgql.Annotation{OrderField: name, Skip: entgql.SkipAll &^ entgql.SkipOrderField}
}

// Edges of Product.
func (Product) Edges() []ent.Edge {
	return []ent.Edge{edge.To("pos_item", PosItem.Type).Unique().Annotations(entsql.OnDelete(entsql.SetNull))}
}

// Indexes of Product. For those of few rows see package partialindex.
func (Product) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "key").Unique(),
		index.Fields("site_id", "gtin1_code"),
		index.Fields("site_id", "gtin2_code").Annotations(entsql.IndexWhere("gtin2_code <> ''")),
		index.Fields("site_id", "mpn_key"),
		index.Fields("site_id", "part_key").Annotations(entsql.IndexWhere("part_key <> ''")),
		index.Fields("site_id", "brand_key").Annotations(entsql.IndexWhere("brand_key <> ''")),
		index.Fields("site_id", "brand", "list_displayed"), // counts are taken from these two alone
		index.Fields("site_id", "category", "list_displayed"),
		// The orders of lists.
		index.Fields("site_id", "name_order", "id"),
		index.Fields("site_id", "brand_order", "id"),
		index.Fields("site_id", "list_price", "id"),
		index.Fields("site_id", "list_units", "id"),
		index.Fields("site_id", "category_path"),
		// Searches read this index alone.
		index.Fields("site_id", "search_text", "id").StorageKey("product_search"),
		index.Fields("site_id", "feed_sequence", "key"), // the feed's own order
		index.Fields("site_id", "sale_start_date").Annotations(entsql.IndexWhere("sale_start_date <> ''")),
		index.Fields("site_id", "sale_end_date").Annotations(entsql.IndexWhere("sale_end_date <> ''")),
		index.Fields("site_id", "name_order", "id").StorageKey("product_price_problems").Annotations(entsql.IndexWhere("price_bits >= 2")),
		// Last, as those of items are.
		index.Fields("site_id").StorageKey("product_price_held").Annotations(entsql.IndexWhere("held_price IS NOT NULL")),
		index.Fields("site_id").StorageKey("product_repriced").Annotations(entsql.IndexWhere("list_price <> price")),
		index.Fields("site_id").StorageKey("product_match_pending").Annotations(entsql.IndexWhere("match_pending")),
	}
}

// Annotations of Product.
func (Product) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}
