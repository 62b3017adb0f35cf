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
		field.String("barcode_links").GoType(retail.BarcodeLinks("")).MaxLen(40).Default(string(retail.BarcodeLinksConfirmed)).
			Comment("The default is that of sites which are older than the setting."),
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

// SettingChange is one value of a setting that somebody changed: what it was, what it became, by whom and when. A stale
// writer is told from these what has changed since.
type SettingChange struct{ ent.Schema }

// Mixin of SettingChange.
func (SettingChange) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "chg"}, owned{}}
}

// Fields of SettingChange.
func (SettingChange) Fields() []ent.Field {
	return []ent.Field{
		field.String("setting").MaxLen(60).Immutable().Comment("Which settings, as SetupIssue names them."),
		field.Int("revision").Immutable().Comment("Of the settings, after the change; 0 = they have none."),
		field.String("field").MaxLen(100).Immutable().Comment("In the shop's own words, as are the values."),
		field.String("before").SchemaType(textType).Immutable(),
		field.String("after").SchemaType(textType).Immutable(),
		field.String("changed_by").MaxLen(200).Immutable().Comment("The platform's user."),
		field.Time("changed_at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Indexes of SettingChange.
func (SettingChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "setting", "revision"),
		index.Fields("site_id", "changed_at"),
	}
}

// Annotations of SettingChange.
func (SettingChange) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}
