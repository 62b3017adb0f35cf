package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/audit"
)

// AuditEvent is one entry of a site's audit log: who changed what. Each entry has the hash of the one before it, so that none can be
// changed, removed or moved without a trace.
type AuditEvent struct{ ent.Schema }

// Mixin of AuditEvent.
func (AuditEvent) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "aud"}, owned{}} }

// Fields of AuditEvent.
func (AuditEvent) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.Int("sequence").Immutable().Annotations(entgql.OrderField("SEQUENCE")).Comment("Its place in the site's log; the first is 1."),
		field.String("action").MaxLen(60).Immutable().Comment("As the API's AuditAction has it."),
		field.String("actor").MaxLen(200).Immutable().Comment("The platform's user or service."),
		field.String("role").MaxLen(20).Default("").Immutable().Comment("That they acted in; empty = it was done for them later."),
		field.String("target").MaxLen(64).Default("").Immutable().Comment("The id of what was changed; empty = of the site, or of many."),
		field.JSON("changes", []audit.Change{}).Optional().Immutable().Annotations(hidden),
		field.Int("more_changes").Default(0).Immutable().Comment("Changes that are not listed."),
		field.String("request_id").MaxLen(64).Default("").Immutable(),
		field.Time("at").SchemaType(timeType).Default(now).Immutable(),
		field.Bytes("previous").MaxLen(audit.HashBytes).Immutable().Annotations(hidden).Comment("The hash of the entry before."),
		field.Bytes("hash").MaxLen(audit.HashBytes).Immutable().Annotations(hidden),
	}
}

// Indexes of AuditEvent.
func (AuditEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "sequence").Unique(),
		index.Fields("site_id", "at"),
		index.Fields("site_id", "target", "sequence"),
	}
}

// Annotations of AuditEvent.
func (AuditEvent) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// AuditChain is where a site's audit log ends, and where it now begins: the entries up to the checkpoint were removed when they were
// old. A site without a row has no entries.
type AuditChain struct{ ent.Schema }

// Mixin of AuditChain.
func (AuditChain) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "auc"}, owned{}} }

// Fields of AuditChain.
func (AuditChain) Fields() []ent.Field {
	return []ent.Field{
		field.Int("sequence").Default(0).Comment("Of the last entry."),
		field.Bytes("hash").MaxLen(audit.HashBytes).Comment("Of the last entry."),
		field.Int("checkpoint_sequence").Default(0).Comment("Of the last entry that was removed; 0 = none was."),
		field.Bytes("checkpoint_hash").MaxLen(audit.HashBytes).Optional().Comment("Of the last entry that was removed."),
		field.Time("checkpoint_at").SchemaType(timeType).Optional().Nillable().Comment("When entries were last removed."),
	}
}

// Indexes of AuditChain.
func (AuditChain) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id").Unique()} }

// Annotations of AuditChain.
func (AuditChain) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// BudgetSample is how full an account's bucket was in one minute of the last day. The next day's sample of that minute takes its row.
type BudgetSample struct{ ent.Schema }

// Mixin of BudgetSample.
func (BudgetSample) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "bud"}, owned{}} }

// Fields of BudgetSample.
func (BudgetSample) Fields() []ent.Field {
	return []ent.Field{
		field.Int("minute").Immutable().Comment("Of the day in UTC, 0 to 1439."),
		field.Float("level").Comment("The highest of the minute, in drips."),
		field.Float("size").Comment("What the bucket holds, in drips."),
		field.Float("drip_per_second"),
		field.Time("sampled_at").SchemaType(timeType).Comment("The beginning of the minute."),
	}
}

// Indexes of BudgetSample.
func (BudgetSample) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "minute").Unique()}
}

// Annotations of BudgetSample.
func (BudgetSample) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
