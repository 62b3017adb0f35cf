package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// LightspeedLink is a site's connection to its Lightspeed Retail account. The tokens are sealed (package secret) and
// never leave the server.
type LightspeedLink struct{ ent.Schema }

// Mixin of LightspeedLink.
func (LightspeedLink) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "lnk"}, owned{}, timed{}}
}

// Fields of LightspeedLink.
func (LightspeedLink) Fields() []ent.Field {
	secret := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.String("state").GoType(retail.LinkState("")).MaxLen(40),
		field.String("account_id").MaxLen(64).Comment("Lightspeed's accountID."),
		field.String("account_name").MaxLen(255).Default(""),
		field.String("employee_name").MaxLen(255).Default("").Comment("The Lightspeed employee who granted access."),
		field.String("connected_by").MaxLen(200).Default("").Comment("The platform's user who connected."),
		field.Time("connected_at").SchemaType(timeType).Optional().Nillable(),
		field.Time("disconnected_at").SchemaType(timeType).Optional().Nillable(),
		field.Time("reauth_since").SchemaType(timeType).Optional().Nillable(),
		field.Bytes("access_token").Optional().Sensitive().Annotations(secret),
		field.Bytes("refresh_token").Optional().Sensitive().Annotations(secret),
		field.Time("access_expires_at").SchemaType(timeType).Optional().Nillable().Annotations(secret),
		field.Int("token_version").Default(0).Annotations(secret).
			Comment("Grows with each stored pair; renewals compare-and-set it."),
		field.String("renewal_owner").MaxLen(64).Default("").Annotations(secret),
		field.Time("renewal_until").SchemaType(timeType).Optional().Nillable().Annotations(secret).
			Comment("Until when renewal_owner alone may renew the tokens."),
		field.Time("refused_since").SchemaType(timeType).Optional().Nillable().Annotations(secret).
			Comment("Since when Lightspeed refuses even fresh tokens, though the grant has not ended."),
		field.Time("refused_until").SchemaType(timeType).Optional().Nillable().Annotations(secret).
			Comment("Until when it is not asked again for that reason."),
		field.Float("budget_level").Default(0).Comment("Units spent in the account's bucket when last seen."),
		field.Float("budget_size").Default(0),
		field.Float("budget_drip_per_second").Default(0),
		field.Time("budget_observed_at").SchemaType(timeType).Optional().Nillable(),
	}
}

// Indexes of LightspeedLink.
func (LightspeedLink) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id").Unique(), index.Fields("refused_until")}
}
