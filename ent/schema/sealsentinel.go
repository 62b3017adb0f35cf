package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// SealSentinel is one sealed row that every process must be able to open: it shows whether a process has the keys of this
// database. It belongs to no site.
type SealSentinel struct{ ent.Schema }

// Fields of SealSentinel.
func (SealSentinel) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").MaxLen(64).Immutable().Unique(),
		field.Bytes("sealed").Sensitive(),
	}
}

// Annotations of SealSentinel.
func (SealSentinel) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
