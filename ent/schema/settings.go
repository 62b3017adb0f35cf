package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// ImportSettings decide which mapped items the website shows. A site without a row has the defaults of retail.
type ImportSettings struct{ ent.Schema }

// Mixin of ImportSettings.
func (ImportSettings) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "imp"}, owned{}, timed{}}
}

// Fields of ImportSettings.
func (ImportSettings) Fields() []ent.Field {
	return []ent.Field{
		field.Bool("on_hand"),
		field.Bool("on_order"),
		field.Bool("reorder"),
		field.String("cost_basis").GoType(retail.CostBasis("")).MaxLen(40),
		field.String("required_identifiers").GoType(retail.RequiredIdentifiers("")).MaxLen(40),
		field.Int("revision").Default(1),
	}
}

// Indexes of ImportSettings.
func (ImportSettings) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id").Unique()} }

// SyncSchedule says how often and between which hours of the site's day the POS is read.
type SyncSchedule struct{ ent.Schema }

// Mixin of SyncSchedule.
func (SyncSchedule) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "sch"}, owned{}, timed{}}
}

// Fields of SyncSchedule.
func (SyncSchedule) Fields() []ent.Field {
	return []ent.Field{
		field.Int("interval_minutes"),
		field.Int("window_start").Comment("Minutes since local midnight."),
		field.Int("window_end").Comment("Minutes since local midnight; equal to the start = the whole day."),
		field.Int("revision").Default(1),
	}
}

// Indexes of SyncSchedule.
func (SyncSchedule) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id").Unique()} }

// PricingSettings say whether the website's prices come from the POS, and from which of its price levels. A site without a
// row has them off.
type PricingSettings struct{ ent.Schema }

// Mixin of PricingSettings.
func (PricingSettings) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "prc"}, owned{}, timed{}}
}

// Fields of PricingSettings.
func (PricingSettings) Fields() []ent.Field {
	return []ent.Field{
		field.Bool("enabled"),
		field.String("regular_level_id").MaxLen(64).Optional().Nillable(),
		field.String("sale_level_id").MaxLen(64).Optional().Nillable(),
		field.Int("revision").Default(1),
		field.Int("enabled_revision").Default(1).Comment("The revision that last changed the field, to tell a stale writer."),
		field.Int("regular_level_revision").Default(1),
		field.Int("sale_level_revision").Default(1),
	}
}

// Edges of PricingSettings.
func (PricingSettings) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("regular_level", PriceLevel.Type).Field("regular_level_id").Unique().
			Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("sale_level", PriceLevel.Type).Field("sale_level_id").Unique().
			Annotations(entsql.OnDelete(entsql.SetNull)),
	}
}

// Indexes of PricingSettings.
func (PricingSettings) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id").Unique()} }
