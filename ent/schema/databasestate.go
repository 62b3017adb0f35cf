package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// DatabaseState is the one row by which the processes notice that a backup was restored, or that a replica took over which
// lacks the last transactions. It belongs to no site.
type DatabaseState struct{ ent.Schema }

// Fields of DatabaseState.
func (DatabaseState) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").MaxLen(64).Immutable().Unique(),
		field.Int64("heartbeats").Default(0).Comment("Grows with each heartbeat of any process: never lower than a process has seen it."),
		field.Time("heartbeat_at").SchemaType(timeType),
		field.String("identity").MaxLen(200).Default("").
			Comment("Which server, timeline, database and table this is, as far as the database tells; empty on SQLite."),
		field.Time("lost_at").SchemaType(timeType).Optional().Nillable().
			Comment("When it was last noticed that the database had lost what was written to it; null = never."),
	}
}

// Annotations of DatabaseState.
func (DatabaseState) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
