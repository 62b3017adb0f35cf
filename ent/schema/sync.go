package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/retail"
)

// SyncState is a site's place in the work: when it is due, who holds it, and how far it was read. One row a site.
type SyncState struct{ ent.Schema }

// Mixin of SyncState.
func (SyncState) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "sts"}, owned{}, timed{}}
}

// Fields of SyncState.
func (SyncState) Fields() []ent.Field {
	when := func(name, comment string) ent.Field {
		return field.Time(name).SchemaType(timeType).Optional().Nillable().Comment(comment)
	}
	return []ent.Field{
		when("due_at", "When a worker should look at the site next; null = nothing to do."),
		field.String("lease_owner").MaxLen(64).Default(""),
		when("lease_until", "Until when lease_owner alone works on the site."),
		field.Int("fence").Default(0).Comment("Grows with each claim; a write under an old fence is refused."),
		field.Int("sequence").Default(0).Comment("Grows with each change that syncStatus reports."),
		when("next_run_at", "When the schedule starts the next run."),
		when("reference_due_at", "When shops, registers and the like are read again."),
		when("reference_as_of", "When they were last read."),
		when("full_due_at", "When everything is read again by cursor."),
		when("full_completed_at", "When the last full sync ended."),
		when("full_started_at", "The POS's time when the last run that read every item began to."),
		when("clock_back_at", "When the POS's clock was last seen to have gone back, until everything is read again."),
		when("last_success_at", "When the last run ended well, or a check found nothing."),
		when("items_since", "Items are read from this time stamp of the POS on."),
		when("stock_since", "Stock is read from this time stamp of the POS on."),
		when("stock_as_of", "The POS's time up to which a check found that no stock had changed; null = the times of the shops are newer."),
		when("pos_clock", "The POS's clock when last seen, to notice that it was moved back."),
		field.Int("evaluation_wanted").Default(0).Comment("Grows with each change of settings that asks for a re-evaluation."),
		field.Int("evaluation_done").Default(0),
		field.Int64("evaluation_cursor").Default(0).Comment("Lightspeed id up to which the pass under way has come."),
		field.Int("evaluation_running").Default(0).Comment("The evaluation_wanted that the pass under way serves."),
		field.Int64("feed_sequence").Default(0).Comment("Grows with each transaction that changes what the feed tells."),
		field.Int64("feed_all_sequence").Default(0).
			Comment("The feed sequence of the last change that concerned every linked product; it is stamped on none of them."),
		field.Int("match_sequence").Default(0).Comment("Grows with each transaction that changes what items are matched with."),
		field.Int("match_all_sequence").Default(0).
			Comment("The match sequence of the last change that concerned more items than are named; it is stamped on none of them."),
		field.Int64("listed_sequence").Default(0).
			Comment("The feed sequence up to which package listing has worked in what lists of products are sorted by."),
		field.String("listed_key").MaxLen(200).Default("").Comment("The last product of that number, by its key, if others of the same number are left."),
		field.Int64("listed_all_sequence").Default(-1).
			Comment("The feed_all_sequence up to which package listing has gone through all products."),
		field.Int64("listing_all_sequence").Default(-1).Comment("The one that the pass under way serves."),
		field.String("listing_key").MaxLen(200).Default("").Comment("The product, by its key, up to which that pass has come."),
		field.String("sales_reported_date").StorageKey("sales_told_date").GoType(retail.Date("")).MaxLen(10).Default("").
			Comment("The site's last day whose starts and ends of sales the feed and the subscribers were told of."),
		when("sales_due_at", "When the next day begins in the site's zone."),
		when("display_held_since", "Since when items stay displayed until a manager confirms that they are hidden; null = none does."),
		when("display_confirmed_at", "When a manager last confirmed that so many items are hidden."),
		when("prices_held_since", "Since when prices stay in force until a manager confirms the lower ones; null = none does."),
		when("prices_confirmed_at", "When a manager last confirmed that so many prices fall."),
		when("deletion_requested_at", "Since when the site is being deleted, and takes no changes; null = it is not."),
		field.String("deletion_requested_by").MaxLen(200).Default("").Comment("The platform's service that asked for it."),
		field.Int64("settings_revision").Default(1).
			Comment("Grows with each change of what records/settings reads: triggers of the database raise it in the changing transaction."),
	}
}

// Indexes of SyncState.
func (SyncState) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id").Unique(), index.Fields("due_at"),
		index.Fields("deletion_requested_at").StorageKey("syncstate_deletion").Annotations(entsql.IndexWhere("deletion_requested_at IS NOT NULL")),
	}
}

// Annotations of SyncState.
func (SyncState) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// SyncRun is one pass over the POS, or over the mirror after a change of settings, with its progress.
type SyncRun struct{ ent.Schema }

// Mixin of SyncRun.
func (SyncRun) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "run"}, owned{}, timed{}}
}

// Fields of SyncRun.
func (SyncRun) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.String("kind").GoType(retail.RunKind("")).MaxLen(40),
		field.String("trigger").GoType(retail.RunTrigger("")).MaxLen(40).Immutable(),
		field.String("state").GoType(retail.RunState("")).MaxLen(40),
		field.String("phase").GoType(retail.RunPhase("")).MaxLen(40),
		field.String("requested_by").MaxLen(200).Default("").Immutable(),
		field.Int("sequence").Default(0).Comment("The site's sequence when the run last changed."),
		field.Int("done").Default(0).Comment("Rows of the present phase that were read or looked at."),
		field.Int("total").Optional().Nillable().Comment("Rows the phase will have; null = not known."),
		field.Int("items_read").Default(0),
		field.Int("items_changed").Default(0),
		field.Int("stock_read").Default(0),
		field.Int("stock_changed").Default(0),
		field.Int("evaluated").Default(0).Comment("Items whose display was decided anew."),
		field.Int("shown").Default(0).Comment("Items that came to be displayed."),
		field.Int("hidden").Default(0).Comment("Items that ceased to be displayed."),
		field.Int("issues").Default(0).Comment("Rows that could not be used; they never stop a run."),
		field.Int("checks").Default(0).Comment("Times that the POS was asked for changes and had none; 0 = it is a run of its own."),
		field.Int("requests").Default(0).Comment("Requests sent to the POS."),
		field.Int("throttled").Default(0).Comment("Of these, answered 429."),
		field.String("wait_reason").GoType(retail.WaitReason("")).MaxLen(40).Optional().Nillable(),
		field.Time("resume_at").SchemaType(timeType).Optional().Nillable().Comment("When a waiting run tries again."),
		field.Int("failures").Default(0).Annotations(hidden).Comment("Times in a row that it had to wait for the POS."),
		field.String("error_code").MaxLen(60).Default(""),
		field.String("error_message").SchemaType(textType).Default(""),
		field.Bool("cancel_requested").Default(false),
		field.String("cursor").SchemaType(textType).Default("").Annotations(hidden).Comment("Where the present phase goes on."),
		field.Int64("scope_shop_id").Default(0).Immutable().Annotations(hidden).
			Comment("Lightspeed's id of the only shop that it reads; 0 = all."),
		field.JSON("scope_item_ids", []int64{}).Optional().Immutable().Annotations(hidden).
			Comment("Lightspeed's ids of the only items that it reads; none = all."),
		field.Int("displayed_before").Optional().Nillable().Annotations(hidden).Comment("Items that were displayed when it began."),
		field.Int("would_hide").Default(0).Comment("Displayed items that it has hidden or emptied; with those of the page that it waits to be confirmed for, if it does."),
		field.Time("confirmed_at").SchemaType(timeType).Optional().Nillable().Comment("When somebody allowed it to hide so many."),
		field.String("confirmed_by").MaxLen(200).Default(""),
		field.Int("drifted").Default(0).Comment("Differences that a full run found and no run before it had."),
		field.Time("pos_started_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("The POS's clock at the first page: what changes after it is left to the next run."),
		field.Time("greatest_stamp").SchemaType(timeType).Optional().Nillable().Annotations(hidden),
		field.Int("skipped").Default(0).Annotations(hidden).
			Comment("Rows that could not be read: everything is read again soon."),
		field.Time("started_at").SchemaType(timeType).Optional().Nillable(),
		field.Time("finished_at").SchemaType(timeType).Optional().Nillable(),
	}
}

// Indexes of SyncRun.
func (SyncRun) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "state"),
		index.Fields("site_id", "created_at"),
		index.Fields("state", "kind", "wait_reason").Annotations(entsql.IndexWhere("finished_at IS NULL")), // of all sites, for the metrics
	}
}

// Annotations of SyncRun.
func (SyncRun) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// RunEvent is one change of a run's state or phase, kept so that a subscriber who was away misses none.
type RunEvent struct{ ent.Schema }

// Mixin of RunEvent.
func (RunEvent) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "evt"}, owned{}}
}

// Fields of RunEvent.
func (RunEvent) Fields() []ent.Field {
	return []ent.Field{
		field.String("run_id").MaxLen(64).Immutable(),
		field.Int("sequence").Immutable(),
		field.String("state").GoType(retail.RunState("")).MaxLen(40).Immutable(),
		field.String("phase").GoType(retail.RunPhase("")).MaxLen(40).Immutable(),
		field.Int("done").Immutable(),
		field.Int("total").Optional().Nillable().Immutable(),
		field.Time("at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Edges of RunEvent.
func (RunEvent) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("run", SyncRun.Type).Field("run_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of RunEvent.
func (RunEvent) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "sequence").Unique()}
}

// Annotations of RunEvent.
func (RunEvent) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// Drift is one difference between the mirror and the POS that a full run found although the runs before it should have.
type Drift struct{ ent.Schema }

// Mixin of Drift.
func (Drift) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "dft"}, owned{}}
}

// Fields of Drift.
func (Drift) Fields() []ent.Field {
	return []ent.Field{
		field.String("run_id").MaxLen(64).Immutable(),
		field.Int64("lightspeed_item_id").Immutable(),
		field.Int64("lightspeed_shop_id").Default(0).Immutable().Comment("0 = it concerns the item, not its stock in a shop."),
		field.String("field").GoType(retail.DriftField("")).MaxLen(40).Immutable().Comment("What differed."),
		field.String("before").SchemaType(textType).Immutable().Comment("What was stored."),
		field.String("after").SchemaType(textType).Immutable().Comment("What the POS has."),
		field.String("cause").GoType(retail.DriftCause("")).MaxLen(40).Immutable().Comment("Why no run before had found it."),
		field.Time("at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Edges of Drift.
func (Drift) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("run", SyncRun.Type).Field("run_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of Drift.
func (Drift) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "run_id"), index.Fields("run_id")}
}

// Annotations of Drift.
func (Drift) Annotations() []schema.Annotation { return []schema.Annotation{entgql.RelayConnection()} }

// UnusableRow is a row or a figure of the POS that a run could not use: the first ones of each run.
type UnusableRow struct{ ent.Schema }

// Mixin of UnusableRow.
func (UnusableRow) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "row"}, owned{}}
}

// Fields of UnusableRow.
func (UnusableRow) Fields() []ent.Field {
	return []ent.Field{
		field.String("run_id").MaxLen(64).Immutable(),
		field.Int64("lightspeed_item_id").Default(0).Immutable().Comment("0 = the row does not say."),
		field.Int64("lightspeed_shop_id").Default(0).Immutable().Comment("0 = it is not a shop's stock, or the row does not say."),
		field.String("problem").GoType(retail.RowProblem("")).MaxLen(40).Immutable(),
		field.String("detail").SchemaType(textType).Default("").Immutable().Comment("What exactly could not be read, for who looks into it."),
		field.Time("at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Edges of UnusableRow.
func (UnusableRow) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("run", SyncRun.Type).Field("run_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of UnusableRow.
func (UnusableRow) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "run_id"), index.Fields("run_id")}
}

// Annotations of UnusableRow.
func (UnusableRow) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// DisplaySample is how many items a site displayed on a day, when a run last ended on it.
type DisplaySample struct{ ent.Schema }

// Mixin of DisplaySample.
func (DisplaySample) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "dsp"}, owned{}}
}

// Fields of DisplaySample.
func (DisplaySample) Fields() []ent.Field {
	return []ent.Field{
		field.String("date").GoType(retail.Date("")).MaxLen(10).Immutable().Comment("In the site's zone."),
		field.Int("displayed"),
		field.Int("hidden"),
	}
}

// Indexes of DisplaySample.
func (DisplaySample) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "date").Unique()}
}

// Annotations of DisplaySample.
func (DisplaySample) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }
