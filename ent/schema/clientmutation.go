package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ClientMutation is a mutation that a client sent with a key of its own, so that the same key is answered as before and changes
// nothing again. It is kept for some weeks.
type ClientMutation struct{ ent.Schema }

// Mixin of ClientMutation.
func (ClientMutation) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "cmt"}, owned{}}
}

// Fields of ClientMutation.
func (ClientMutation) Fields() []ent.Field {
	return []ent.Field{
		field.String("mutation").MaxLen(60).Immutable(),
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The client's."),
		field.String("input_hash").MaxLen(64).Immutable().Comment("Of the input: the same key with another input is refused."),
		field.String("answer").SchemaType(textType).Default("").Immutable().Comment("What is needed to answer again."),
		field.Time("created_at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Indexes of ClientMutation.
func (ClientMutation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "mutation", "key").Unique(), index.Fields("created_at")}
}

// Annotations of ClientMutation.
func (ClientMutation) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
