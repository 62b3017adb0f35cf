// Package schema declares what is stored: one file an entity, and the mixins that give each its id, its site and its times.
package schema

import (
	"time"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"

	"possync/internal/pid"
)

// IDPrefix is the annotation that says which prefix the ids of an entity carry; ent.NodeType reads it back from an id.
type IDPrefix struct{ Prefix string }

// Name implements schema.Annotation.
func (IDPrefix) Name() string { return "IDPrefix" }

var _ schema.Annotation = IDPrefix{}

// identified gives an entity a sortable string id such as run_01m83kb0bwek481sx0q6k8q612.
type identified struct {
	mixin.Schema
	prefix string
}

func (m identified) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").
			DefaultFunc(func() string { return pid.New(m.prefix) }).
			MaxLen(64).Immutable().Unique(),
	}
}

func (m identified) Annotations() []schema.Annotation {
	return []schema.Annotation{IDPrefix{Prefix: m.prefix}}
}

// owned makes an entity a tenant's: every row belongs to one site for ever, and goes with it. Package tenancy scopes
// whatever has this field.
type owned struct{ mixin.Schema }

func (owned) Fields() []ent.Field {
	return []ent.Field{
		field.String("site_id").MaxLen(64).Immutable().Annotations(entgql.Skip(entgql.SkipAll)),
	}
}

func (owned) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("site", Site.Type).Field("site_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade), entgql.Skip(entgql.SkipAll)),
	}
}

// timed records when a row was made and last changed, in UTC.
type timed struct{ mixin.Schema }

func (timed) Fields() []ent.Field {
	return []ent.Field{
		field.Time("created_at").SchemaType(timeType).Default(now).Immutable(),
		field.Time("updated_at").SchemaType(timeType).Default(now).UpdateDefault(now),
	}
}

// now is the present as both databases can store it: UTC, whole microseconds.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

var timeType = map[string]string{dialect.Postgres: "timestamptz", dialect.SQLite: "datetime"}

// textType keeps unbounded text unbounded in both databases.
var textType = map[string]string{dialect.Postgres: "text", dialect.SQLite: "text"}

// internal marks an entity that the API never shows.
func internal() schema.Annotation { return entgql.Skip(entgql.SkipAll) }
