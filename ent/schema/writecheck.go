package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// WriteCheck is the row that a process writes now and then, and reads back, to see whether the database takes writes. It belongs to no site.
type WriteCheck struct{ ent.Schema }

// Fields of WriteCheck.
func (WriteCheck) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").MaxLen(64).Immutable().Unique().Comment("Names the process."),
		field.Int64("count").Default(0).Comment("Grows with each check."),
		field.Time("at").SchemaType(timeType),
	}
}

// Annotations of WriteCheck.
func (WriteCheck) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
