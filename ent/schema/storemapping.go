package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// StoreMapping pairs one shop with one location.
type StoreMapping struct{ ent.Schema }

// Mixin of StoreMapping.
func (StoreMapping) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "map"}, owned{}, timed{}}
}

// Fields of StoreMapping.
func (StoreMapping) Fields() []ent.Field {
	return []ent.Field{
		field.String("shop_id").MaxLen(64).Immutable(),
		field.String("location_id").MaxLen(64).Immutable(),
	}
}

// Edges of StoreMapping.
func (StoreMapping) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("shop", Shop.Type).Ref("mapping").Field("shop_id").Unique().Required().Immutable(),
		edge.From("location", Location.Type).Ref("mapping").Field("location_id").Unique().Required().Immutable(),
	}
}

// Indexes of StoreMapping. That a shop and a location stand in one pair at most follows from its edges.
func (StoreMapping) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id")} }
