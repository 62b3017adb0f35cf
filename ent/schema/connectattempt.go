package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ConnectAttempt is one trip to Lightspeed's sign-in page: its single-use OAuth state, bound to a site and a user.
type ConnectAttempt struct{ ent.Schema }

// Mixin of ConnectAttempt.
func (ConnectAttempt) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "att"}, owned{}, timed{}}
}

// Fields of ConnectAttempt.
func (ConnectAttempt) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("state_hash").Sensitive().Immutable().Comment("SHA-256 of the state's secret half."),
		field.Bytes("verifier").Sensitive().Immutable().Comment("PKCE verifier, sealed."),
		field.String("user_id").MaxLen(200).Immutable(),
		field.String("return_url").SchemaType(textType).Default("").Immutable(),
		field.Bool("other_account_acknowledged").Default(false).Immutable(),
		field.Time("expires_at").SchemaType(timeType).Immutable(),
		field.Time("used_at").SchemaType(timeType).Optional().Nillable(),
	}
}

// Indexes of ConnectAttempt.
func (ConnectAttempt) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "expires_at")}
}

// Annotations of ConnectAttempt.
func (ConnectAttempt) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
