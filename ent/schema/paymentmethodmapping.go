package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// PaymentMethodMapping says which payment type of Lightspeed a payment method of the website's orders is booked as.
type PaymentMethodMapping struct{ ent.Schema }

// Mixin of PaymentMethodMapping.
func (PaymentMethodMapping) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "pmm"}, owned{}, timed{}}
}

// Fields of PaymentMethodMapping.
func (PaymentMethodMapping) Fields() []ent.Field {
	return []ent.Field{
		field.String("method").MaxLen(1000).NotEmpty().Immutable().Comment("As it was first written."),
		field.String("method_key").MaxLen(64).NotEmpty().Immutable().Comment("Hash of the name as names are compared; unique in the site."),
		field.String("payment_type_id").MaxLen(64),
		field.String("changed_by").MaxLen(200).Default("").Comment("The platform's user who chose it; empty = it was made at first use."),
		field.Int("revision").Default(1),
	}
}

// Edges of PaymentMethodMapping.
func (PaymentMethodMapping) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("payment_type", PaymentType.Type).Field("payment_type_id").Unique().Required().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of PaymentMethodMapping.
func (PaymentMethodMapping) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "method_key").Unique(), index.Fields("payment_type_id")}
}
