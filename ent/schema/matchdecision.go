package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// MatchDecision is what a person decided about one POS item and one product: that they belong together, or that they do
// not. It stands until it is withdrawn, whatever becomes of the item's codes.
type MatchDecision struct{ ent.Schema }

// Mixin of MatchDecision.
func (MatchDecision) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "dec"}, owned{}}
}

// Fields of MatchDecision. To decide otherwise about a pair is another decision, with an id of its own.
func (MatchDecision) Fields() []ent.Field {
	return []ent.Field{
		field.String("item_id").MaxLen(64).Immutable(),
		field.String("product_id").MaxLen(64).Immutable(),
		field.String("verdict").GoType(retail.DecisionKind("")).MaxLen(40).Immutable(),
		field.String("decided_by").MaxLen(200).Immutable().Comment("The platform's user."),
		field.String("batch_id").MaxLen(64).Default("").Immutable().
			Comment("Of the decisions that were made together, so that they can be withdrawn together; empty = it was made alone."),
		field.JSON("replaced", []retail.ReplacedDecision{}).Optional().Immutable().Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("What a bulk confirmation withdrew for it, to be made again when that is undone."),
		field.Time("decided_at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Edges of MatchDecision.
func (MatchDecision) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("item", PosItem.Type).Field("item_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of MatchDecision. An item and a product are linked by one decision at most: the database refuses a second.
func (MatchDecision) Indexes() []ent.Index {
	links := entsql.IndexWhere("verdict = '" + string(retail.DecisionLink) + "'")
	return []ent.Index{
		index.Fields("site_id", "item_id", "product_id").Unique(),
		index.Fields("site_id", "product_id"),
		index.Fields("site_id", "item_id").Unique().StorageKey("matchdecision_linked_item").Annotations(links),
		index.Fields("site_id", "product_id").Unique().StorageKey("matchdecision_linked_product").Annotations(links),
		index.Fields("site_id", "batch_id").Annotations(entsql.IndexWhere("batch_id <> ''")),
		index.Fields("item_id"),
		index.Fields("product_id"),
	}
}
