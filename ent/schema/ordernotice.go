package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// OrderNotice is something about an order that staff should know or do, such as goods to transfer. It does not keep the order
// from being exported. There is one row for each order and code.
type OrderNotice struct{ ent.Schema }

// Mixin of OrderNotice.
func (OrderNotice) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "ntc"}, owned{}, timed{}}
}

// Fields of OrderNotice.
func (OrderNotice) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.String("code").GoType(retail.NoticeCode("")).MaxLen(60).Immutable(),
		field.JSON("params", map[string]string{}).Optional().Comment("What the message contains, see retail.NoticeCode."),
		field.Time("raised_at").SchemaType(timeType).Comment("When it came up, or last changed."),
		field.Time("acknowledged_at").SchemaType(timeType).Optional().Nillable().Comment("When somebody said that it is settled."),
		field.String("acknowledged_by").MaxLen(200).Default("").Comment("The platform's user who did."),
		field.Time("resolved_at").SchemaType(timeType).Optional().Nillable().Comment("When its cause was gone; null while it lasts."),
	}
}

// Edges of OrderNotice.
func (OrderNotice) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("order", WebOrder.Type).Ref("notices").Field("order_id").Unique().Required().Immutable(),
	}
}

// Indexes of OrderNotice.
func (OrderNotice) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "order_id", "code").Unique(),
		index.Fields("site_id", "code").StorageKey("ordernotice_open").
			Annotations(entsql.IndexWhere("acknowledged_at IS NULL AND resolved_at IS NULL")),
		index.Fields("order_id"),
	}
}

// Annotations of OrderNotice.
func (OrderNotice) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
