package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
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
		field.Bool("live").Default(true).Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("False: set-up may be complete, but nothing is displayed or exported until a manager goes live."),
		field.Int("mapping_revision").Default(1).Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("Grows with each change of the store mappings."),
	}
}

// Indexes of Site.
func (Site) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// PlatformContact is when the platform was last heard of for a site. It is apart from the site's other rows, so that noting it waits for
// nobody. There is no row before the first time.
type PlatformContact struct{ ent.Schema }

// Mixin of PlatformContact.
func (PlatformContact) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "con"}, owned{}}
}

// Fields of PlatformContact.
func (PlatformContact) Fields() []ent.Field {
	return []ent.Field{
		field.Time("seen_at").SchemaType(timeType).Comment("When a request of the platform was last noted."),
		field.Bool("silent").Default(false).Comment("There is an alert that it has fallen silent."),
	}
}

// Indexes of PlatformContact.
func (PlatformContact) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id").Unique(), index.Fields("seen_at")}
}

// Annotations of PlatformContact.
func (PlatformContact) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
