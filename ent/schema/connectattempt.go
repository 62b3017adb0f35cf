package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ConnectAttempt is one attempt to connect: a trip to Lightspeed's sign-in page with a single-use OAuth state, bound to a site
// and a user, and then the grant that it brought, until that user completes the attempt with its code.
type ConnectAttempt struct{ ent.Schema }

// Mixin of ConnectAttempt.
func (ConnectAttempt) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "att"}, owned{}, timed{}}
}

// Fields of ConnectAttempt.
func (ConnectAttempt) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("state_hash").Sensitive().Immutable().Comment("SHA-256 of the state's secret half."),
		field.Bytes("verifier").Sensitive().Comment("PKCE verifier, sealed."),
		field.String("user_id").MaxLen(200).Immutable(),
		field.String("return_url").SchemaType(textType).Default("").Immutable(),
		field.Bool("other_account_acknowledged").Default(false).Immutable(),
		field.Time("expires_at").SchemaType(timeType).Immutable().Comment("Until when the state is good."),
		field.Time("used_at").SchemaType(timeType).Optional().Nillable().Comment("When the state came back."),
		field.Time("closed_at").SchemaType(timeType).Optional().Nillable().
			Comment("When it ended: completed, given up for a newer one, or out of time or guesses."),

		// The grant, while it waits for the user.
		field.Bytes("access_token").Optional().Sensitive(),
		field.Bytes("refresh_token").Optional().Sensitive(),
		field.Time("access_expires_at").SchemaType(timeType).Optional().Nillable(),
		field.String("account_id").MaxLen(64).Default(""),
		field.String("account_name").MaxLen(255).Default(""),
		field.String("employee_name").MaxLen(255).Default(""),
		field.Bytes("code_hash").Optional().Sensitive().Comment("SHA-256 of the code that completes the attempt."),
		field.Time("code_expires_at").SchemaType(timeType).Optional().Nillable(),
		field.Int("wrong_codes").Default(0),
	}
}

// Indexes of ConnectAttempt.
func (ConnectAttempt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "expires_at"),
		index.Fields("code_expires_at"),
	}
}

// Annotations of ConnectAttempt.
func (ConnectAttempt) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
