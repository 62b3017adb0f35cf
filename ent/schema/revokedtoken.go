package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// RevokedToken is a token of the API that must not be used any more although it has not ended. The row goes when it has.
type RevokedToken struct{ ent.Schema }

// Mixin of RevokedToken.
func (RevokedToken) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "rvt"}, owned{}, timed{}}
}

// Fields of RevokedToken.
func (RevokedToken) Fields() []ent.Field {
	return []ent.Field{
		field.String("token_id").MaxLen(200).Immutable().Comment("The token's jti."),
		field.Time("expires_at").SchemaType(timeType).Immutable().Comment("When the token ends at the latest."),
	}
}

// Indexes of RevokedToken.
func (RevokedToken) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "token_id").Unique(), index.Fields("expires_at")}
}

// Annotations of RevokedToken.
func (RevokedToken) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
