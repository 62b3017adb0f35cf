package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Site is one retailer's website: the tenant. Its id follows from the platform's key (see tenant.SiteID), so that a
// verified token names its site without a look-up.
type Site struct{ ent.Schema }

// Mixin of Site.
func (Site) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "site"}, timed{}} }

// Fields of Site.
func (Site) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the site."),
		field.String("name").MaxLen(200).NotEmpty(),
		field.String("currency_code").MinLen(3).MaxLen(3),
		field.String("time_zone").MaxLen(64).NotEmpty().Comment("IANA name."),
		field.Int("mapping_revision").Default(1).Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("Grows with each change of the store mappings."),
	}
}

// Indexes of Site.
func (Site) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }
