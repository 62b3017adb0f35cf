package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TokenRevocation is a grant that was given up here and must still be revoked at Lightspeed; the row goes when it was.
type TokenRevocation struct{ ent.Schema }

// Mixin of TokenRevocation.
func (TokenRevocation) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "rev"}, owned{}, timed{}}
}

// Fields of TokenRevocation.
func (TokenRevocation) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("refresh_token").Sensitive().Comment("Sealed."),
		field.String("sealed_for").MaxLen(200).Immutable().Comment("The row the token was sealed for: its additional data."),
		field.Int("attempts").Default(0),
		field.Time("due_at").SchemaType(timeType).Default(now),
	}
}

// Indexes of TokenRevocation.
func (TokenRevocation) Indexes() []ent.Index { return []ent.Index{index.Fields("due_at")} }

// Annotations of TokenRevocation.
func (TokenRevocation) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
