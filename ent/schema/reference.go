package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"entgo.io/ent/schema/mixin"
)

// referenced is what all reference data of the POS share: the vendor's id, a name, and whether it is archived there.
type referenced struct{ mixin.Schema }

func (referenced) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("lightspeed_id").Immutable(),
		field.String("name").MaxLen(255),
		field.Bool("archived").Default(false).Comment("Archived in Lightspeed, or no longer listed there."),
	}
}

func (referenced) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "lightspeed_id").Unique()}
}

// Shop is a store in Lightspeed Retail.
type Shop struct{ ent.Schema }

// Mixin of Shop.
func (Shop) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "shp"}, owned{}, timed{}, referenced{}}
}

// Fields of Shop.
func (Shop) Fields() []ent.Field {
	return []ent.Field{
		field.String("time_zone").MaxLen(64).Default(""),
		field.Time("stock_as_of").SchemaType(timeType).Optional().Nillable().
			Comment("The POS's time up to which the stored stock is known to be right."),
	}
}

// Edges of Shop.
func (Shop) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("mapping", StoreMapping.Type).Unique().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Register is a till of a shop.
type Register struct{ ent.Schema }

// Mixin of Register.
func (Register) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "reg"}, owned{}, timed{}, referenced{}}
}

// Fields of Register.
func (Register) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("lightspeed_shop_id"),
		field.Bool("open").Default(false),
	}
}

// Employee is a person (or a stand-in for the website) who can make sales in Lightspeed.
type Employee struct{ ent.Schema }

// Mixin of Employee.
func (Employee) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "emp"}, owned{}, timed{}, referenced{}}
}

// Fields of Employee.
func (Employee) Fields() []ent.Field {
	return []ent.Field{
		field.Bool("locked").Default(false),
		field.Int64("lightspeed_shop_id").Default(0).Comment("The only shop the employee may work in; 0 = any."),
	}
}

// PriceLevel is a named price that each POS item may carry.
type PriceLevel struct{ ent.Schema }

// Mixin of PriceLevel.
func (PriceLevel) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "lvl"}, owned{}, timed{}, referenced{}}
}

// PaymentType is a way to pay that Lightspeed knows.
type PaymentType struct{ ent.Schema }

// Mixin of PaymentType.
func (PaymentType) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "pay"}, owned{}, timed{}, referenced{}}
}

// Fields of PaymentType.
func (PaymentType) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").MaxLen(64).Default("").Comment("Lightspeed's type, such as cash or user defined."),
		field.Bool("requires_customer").Default(false),
		field.String("code").MaxLen(64).Default(""),
	}
}

// PosLabel is the name behind a manufacturer's or category's id, which items carry instead of the name.
type PosLabel struct{ ent.Schema }

// Mixin of PosLabel.
func (PosLabel) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "lbl"}, owned{}, timed{}}
}

// Fields of PosLabel.
func (PosLabel) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").MaxLen(20).Immutable().Comment("MANUFACTURER or CATEGORY."),
		field.Int64("lightspeed_id").Immutable(),
		field.String("name").SchemaType(textType),
	}
}

// Indexes of PosLabel.
func (PosLabel) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "kind", "lightspeed_id").Unique()}
}

// Annotations of PosLabel.
func (PosLabel) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
