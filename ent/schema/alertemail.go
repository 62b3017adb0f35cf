package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// AlertEmailSettings say to which addresses alerts go by e-mail, and when. A site without a row has none.
type AlertEmailSettings struct{ ent.Schema }

// Mixin of AlertEmailSettings.
func (AlertEmailSettings) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "aes"}, owned{}, timed{}}
}

// Fields of AlertEmailSettings.
func (AlertEmailSettings) Fields() []ent.Field {
	return []ent.Field{
		field.String("addresses").SchemaType(textType).Comment("One a line."),
		field.String("mode").GoType(retail.AlertEmailMode("")).MaxLen(40),
		field.Int("daily_at").Comment("When the daily message is sent, in minutes since local midnight."),
		field.Int("revision").Default(1),
		// These are no settings but how far the messages have come.
		field.Time("last_written_at").SchemaType(timeType).Optional().Nillable().Comment("When a message about alerts was last written."),
		field.Time("daily_due_at").SchemaType(timeType).Optional().Nillable().
			Comment("When the next daily message is written; null = none is, because there are no addresses or messages go at once."),
	}
}

// Indexes of AlertEmailSettings.
func (AlertEmailSettings) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id").Unique(),
		index.Fields("daily_due_at").Annotations(entsql.IndexWhere("daily_due_at IS NOT NULL")),
	}
}

// AlertEmail is a message to one address: written together with the note of what it is about, sent later.
type AlertEmail struct{ ent.Schema }

// Mixin of AlertEmail.
func (AlertEmail) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "eml"}, owned{}, timed{}}
}

// Fields of AlertEmail.
func (AlertEmail) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").GoType(retail.AlertEmailKind("")).MaxLen(40).Immutable(),
		field.String("address").MaxLen(254).Immutable(),
		field.String("subject").SchemaType(textType).Immutable(),
		field.String("body").SchemaType(textType).Immutable(),
		field.String("state").GoType(retail.AlertEmailState("")).MaxLen(40).Default(string(retail.AlertEmailQueued)),
		field.Int("attempts").Default(0).Comment("How often it was handed to the mail server, or that was tried. Whoever tries counts it first."),
		field.Time("due_at").SchemaType(timeType).Optional().Nillable().
			Comment("When it is tried next; null = never again. While somebody tries, when others may take over."),
		field.Time("sent_at").SchemaType(timeType).Optional().Nillable().Comment("When the mail server took it."),
		field.String("problem").GoType(retail.EmailProblem("")).MaxLen(40).Default("").Comment("Why the last attempt failed; empty = it did not."),
		field.String("server_said").SchemaType(textType).Default("").Comment("What the mail server said then."),
	}
}

// Indexes of AlertEmail.
func (AlertEmail) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "created_at"),
		index.Fields("due_at").Annotations(entsql.IndexWhere("due_at IS NOT NULL")),
		index.Fields("created_at"),
	}
}

// Annotations of AlertEmailSettings.
func (AlertEmailSettings) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
