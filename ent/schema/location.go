package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Location is a store of the site as the website knows it.
type Location struct{ ent.Schema }

// Mixin of Location.
func (Location) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "loc"}, owned{}, timed{}}
}

// Fields of Location.
func (Location) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the location."),
		field.String("name").MaxLen(200).NotEmpty(),
		field.Bool("active").Default(true),
		field.Int64("reserve").Default(0).Comment("Units of each item that the website leaves to the store."),
	}
}

// Edges of Location.
func (Location) Edges() []ent.Edge {
	return []ent.Edge{edge.To("mapping", StoreMapping.Type).Unique().Annotations(entsql.OnDelete(entsql.Cascade))}
}

// Indexes of Location.
func (Location) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id", "key").Unique()} }
