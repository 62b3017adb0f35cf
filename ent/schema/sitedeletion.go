package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// SiteDeletion is the operator's record that a site was deleted, or is being deleted. It belongs to no site, and is all that stays of one.
type SiteDeletion struct{ ent.Schema }

// Fields of SiteDeletion.
func (SiteDeletion) Fields() []ent.Field {
	when := func(name, comment string) ent.Field {
		return field.Time(name).SchemaType(timeType).Optional().Nillable().Comment(comment)
	}
	return []ent.Field{
		field.String("id").MaxLen(64).Immutable().Unique().Comment("Of the site's state row: a site that is registered anew has another."),
		field.String("site_key").MaxLen(200).Immutable().Comment("The platform's own key of the site."),
		field.Time("registered_at").SchemaType(timeType).Immutable(),
		field.String("requested_by").MaxLen(200).Immutable().Comment("The platform's service."),
		field.Time("requested_at").SchemaType(timeType).Immutable(),
		field.String("worker").MaxLen(64).Default("").Comment("The process that deletes the site."),
		when("working_until", "Until when that process alone does."),
		when("stopped_at", "When its syncs and exports had stopped."),
		when("disconnected_at", "When its grants were given up."),
		when("finished_at", "When nothing was left of it; null = it is being deleted."),
		field.Int("rows_deleted").Default(0),
		field.Int("unfinished_exports").Default(0).Comment("Exports of which Lightspeed may have an open sale, because they did not end in time."),
		field.Int("grants_left").Default(0).Comment("Grants that could not be revoked at Lightspeed: they end when they are not used for 30 days."),
	}
}

// Annotations of SiteDeletion.
func (SiteDeletion) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
