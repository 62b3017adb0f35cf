package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"possync/internal/message"
	"possync/internal/retail"
)

// ExportSettings say whether and how orders are exported. A site without a row has the export off.
type ExportSettings struct{ ent.Schema }

// Mixin of ExportSettings.
func (ExportSettings) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "exs"}, owned{}, timed{}}
}

// Fields of ExportSettings.
func (ExportSettings) Fields() []ent.Field {
	return []ent.Field{
		field.Bool("enabled").Comment("Use order exporting."),
		field.String("employee_id").MaxLen(64).Optional().Nillable(),
		field.String("register_id").MaxLen(64).Optional().Nillable().Comment("Where no other is set for the order's pickup location."),
		field.String("status_after_id").MaxLen(64).Optional().Nillable().Comment("Null = No Change."),
		field.Bool("when_fulfilled").Comment("Export by itself once everything is paid and fulfilled."),
		field.String("unlinked_lines").GoType(retail.UnlinkedLines("")).MaxLen(40),
		field.String("tax_handling").GoType(retail.TaxHandling("")).MaxLen(40),
		field.String("supplier_lines").GoType(retail.SupplierLines("")).MaxLen(40).Default(string(retail.SupplierLowerStock)),
		field.String("open_orders").GoType(retail.OpenOrders("")).MaxLen(40).Default(string(retail.OpenOrdersDeduct)),
		field.Time("orders_from").SchemaType(timeType).Optional().Nillable().
			Comment("Orders placed from then on keep their units from being sold again: when exporting was first enabled."),
		field.Int("revision").Default(1),
	}
}

// Edges of ExportSettings.
func (ExportSettings) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("employee", Employee.Type).Field("employee_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("register", Register.Type).Field("register_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("status_after", OrderStatus.Type).Field("status_after_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
	}
}

// Indexes of ExportSettings.
func (ExportSettings) Indexes() []ent.Index { return []ent.Index{index.Fields("site_id").Unique()} }

// RegisterRoute sends the orders that are picked up at a location to a register of its own.
type RegisterRoute struct{ ent.Schema }

// Mixin of RegisterRoute.
func (RegisterRoute) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "rte"}, owned{}, timed{}}
}

// Fields of RegisterRoute.
func (RegisterRoute) Fields() []ent.Field {
	return []ent.Field{
		field.String("location_id").MaxLen(64).Immutable(),
		field.String("register_id").MaxLen(64),
	}
}

// Edges of RegisterRoute.
func (RegisterRoute) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("location", Location.Type).Field("location_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("register", Register.Type).Field("register_id").Unique().Required().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of RegisterRoute.
func (RegisterRoute) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "location_id").Unique(),
		index.Fields("location_id"), index.Fields("register_id"),
	}
}

// OrderExport is the one export that an order ever has: the intent to send it, what was sent, and what came of it.
type OrderExport struct{ ent.Schema }

// Mixin of OrderExport.
func (OrderExport) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "exp"}, owned{}, timed{}}
}

// Fields of OrderExport.
func (OrderExport) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.String("state").GoType(retail.ExportState("")).MaxLen(40),
		field.String("trigger").GoType(retail.ExportTrigger("")).MaxLen(40).Immutable(),
		field.String("requested_by").MaxLen(200).Default("").Immutable(),
		field.Time("requested_at").SchemaType(timeType).Immutable(),
		field.Int("sequence").Default(0).Comment("The site's export sequence when it last changed."),
		field.Int("attempts").Default(0).Comment("How often a sale was planned and sent: each has a reference source of its own."),
		field.Int("abandoned_attempts").StorageKey("let_go").Default(0).Annotations(hidden).
			Comment("Sales of attempts up to this one were given up: by a person, who asked again after the export had failed, or by us, who stopped building the chosen one."),
		field.Int("failures").Default(0).Annotations(hidden).Comment("Times in a row that it had to wait."),
		field.Bool("may_have_orphans").StorageKey("doubtful").Default(false).Annotations(hidden).
			Comment("A response was lost, so Lightspeed may hold other open sales of it. They are searched for once it is done."),
		field.String("reason_code").MaxLen(60).Default(""),
		field.String("reason_message").SchemaType(textType).Default(""),
		field.JSON("reason_parameters", []message.Parameter{}).Optional().Comment("The figures and names in reason_message."),
		field.String("cause").MaxLen(200).Default("").Annotations(hidden).
			Comment("Of the alert about what blocks it; empty = that is the order's own. It means something only while it is blocked."),
		field.Time("due_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When a worker should look at it next; null = nothing to do."),
		field.Int64("register").StorageKey("lane").Default(0).Annotations(hidden).
			Comment("Lightspeed's id of the register it goes to: exports of one register keep their order."),
		field.Int64("queue_number").Default(0).Annotations(hidden).Comment("Position in the order of arrival."),

		// What is sent is fixed before the first request and never changes while a request may be on its way.
		field.JSON("plan", retail.SalePlan{}).Optional().Annotations(hidden),
		field.String("account_id").MaxLen(64).Default("").Annotations(hidden).Comment("Lightspeed's account that it was sent to."),
		field.String("reference").MaxLen(100).Default("").Annotations(hidden).Comment("The sale's reference number."),
		field.Bool("sent").Default(false).Annotations(hidden).
			Comment("A request to create the sale may have reached the POS: written before the request is."),
		field.Int64("sale_id").Default(0).Annotations(hidden).
			Comment("Lightspeed's id of the one sale that may be completed; 0 = none is chosen. Set once, by compare-and-set."),
		field.String("ticket_number").MaxLen(40).Default(""),
		field.Int64("customer_id").Default(0).Annotations(hidden).Comment("Lightspeed's id of the sale's customer; 0 = none."),
		field.Int64("total").GoType(retail.Amount(0)).Default(0).Comment("Of the completed sale."),
		field.Time("exported_at").SchemaType(timeType).Optional().Nillable(),
		field.Time("sale_checked_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When the completed sale was last compared with the order."),
		field.Time("sweep_due_at").SchemaType(timeType).Optional().Nillable().Annotations(hidden).
			Comment("When the POS is searched for other open sales of it; null = there is no doubt."),
	}
}

// Edges of OrderExport.
func (OrderExport) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("order", WebOrder.Type).Ref("export").Field("order_id").Unique().Required().Immutable(),
	}
}

// Indexes of OrderExport.
func (OrderExport) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "state"),
		index.Fields("site_id", "register", "queue_number").StorageKey("orderexport_site_id_lane_queue_number"),
		index.Fields("site_id", "sequence"),
		index.Fields("site_id", "reference"),
		index.Fields("site_id", "exported_at").Annotations(entsql.IndexWhere("exported_at IS NOT NULL")),
		index.Fields("due_at"),
		index.Fields("sweep_due_at"),
		index.Fields("state", "requested_at").Annotations(entsql.IndexWhere("exported_at IS NULL")), // of all sites, for the metrics
	}
}

// ExportLock is the row that a change of a site's exports locks; it counts them. It is apart from SyncState, so that exports never wait for a page of a sync to be stored.
// One row a site that ever exported.
type ExportLock struct{ ent.Schema }

// Mixin of ExportLock.
func (ExportLock) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "dsk"}, owned{}, timed{}}
}

// Fields of ExportLock.
func (ExportLock) Fields() []ent.Field {
	return []ent.Field{
		field.Int("sequence").Default(0).Comment("Grows with each change that orderExportChanged reports."),
		field.Int64("queue_number").Default(0).Comment("Of the export that was asked for last."),
		field.Int("order_sequence").Default(0).Comment("Grows with each change that ordersChanged reports."),
		field.Time("sweep_due_at").SchemaType(timeType).Optional().Nillable().
			Comment("When the POS is next searched for open sales that none of the exports has chosen."),
		field.Time("paused_at").SchemaType(timeType).Optional().Nillable().Comment("Since when no new sale is sent; null = they are."),
		field.String("paused_by").MaxLen(200).Default("").Comment("The platform's user who paused them."),
		field.String("pause_reason").SchemaType(textType).Default(""),
	}
}

// Indexes of ExportLock.
func (ExportLock) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id").Unique().StorageKey("exportdesk_site_id"),
		index.Fields("sweep_due_at").StorageKey("exportdesk_sweep_due_at"),
	}
}

// Annotations of ExportLock.
func (ExportLock) Annotations() []schema.Annotation {
	return []schema.Annotation{internal(), entsql.Table("export_desks")}
}

// ExportQueue is the queue of exports of one register. One worker at a time serves it.
type ExportQueue struct{ ent.Schema }

// Mixin of ExportQueue.
func (ExportQueue) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "lan"}, owned{}, timed{}}
}

// Fields of ExportQueue.
func (ExportQueue) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("register").Immutable().Comment("Lightspeed's id of the register; 0 = none is set."),
		field.Time("due_at").SchemaType(timeType).Optional().Nillable().
			Comment("When a worker should look at it next; null = nothing to do."),
		field.String("lease_owner").MaxLen(64).Default(""),
		field.Time("lease_until").SchemaType(timeType).Optional().Nillable(),
		field.Int("fence").Default(0).Comment("Grows with each claim; a write under an old fence is refused."),
	}
}

// Indexes of ExportQueue.
func (ExportQueue) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "register").Unique().StorageKey("exportlane_site_id_register"),
		index.Fields("due_at").StorageKey("exportlane_due_at"),
	}
}

// Annotations of ExportQueue.
func (ExportQueue) Annotations() []schema.Annotation {
	return []schema.Annotation{internal(), entsql.Table("export_lanes")}
}

// ExportEvent is one change of an export's state, kept so that a subscriber who was away misses none.
type ExportEvent struct{ ent.Schema }

// Mixin of ExportEvent.
func (ExportEvent) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "exe"}, owned{}}
}

// Fields of ExportEvent.
func (ExportEvent) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.Int("sequence").Immutable(),
		field.String("state").GoType(retail.ExportState("")).MaxLen(40).Immutable(),
		field.String("reason_code").MaxLen(60).Default("").Immutable(),
		field.String("reason_message").SchemaType(textType).Default("").Immutable(),
		field.JSON("reason_parameters", []message.Parameter{}).Optional().Immutable(),
		field.Time("at").SchemaType(timeType).Default(now).Immutable(),
	}
}

// Edges of ExportEvent.
func (ExportEvent) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("order", WebOrder.Type).Field("order_id").Unique().Required().Immutable().
			Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of ExportEvent.
func (ExportEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "sequence").Unique(),
		index.Fields("site_id", "order_id", "sequence"),
		index.Fields("order_id"),
	}
}

// Annotations of ExportEvent.
func (ExportEvent) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// PosClaim is the right to create something in the POS that must exist once, such as a payment type or a customer: who
// holds it, and the record once it is known.
type PosClaim struct{ ent.Schema }

// Mixin of PosClaim.
func (PosClaim) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "clm"}, owned{}, timed{}}
}

// Fields of PosClaim.
func (PosClaim) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").MaxLen(20).Immutable().Comment("PAYMENT_TYPE or CUSTOMER."),
		field.String("key").MaxLen(320).Immutable().Comment("The name or e-mail in lower case."),
		field.Int64("lightspeed_id").Default(0).Comment("0 = not known yet."),
		field.Bool("sent").Default(false).Comment("A request to create it may have reached the POS."),
		field.String("owner").MaxLen(64).Default(""),
		field.Time("held_until").SchemaType(timeType).Optional().Nillable(),
	}
}

// Indexes of PosClaim.
func (PosClaim) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "kind", "key").Unique()}
}

// Annotations of PosClaim.
func (PosClaim) Annotations() []schema.Annotation { return []schema.Annotation{internal()} }

// Alert is a problem that staff should know about, reported once for each cause however often it happens.
type Alert struct{ ent.Schema }

// Mixin of Alert.
func (Alert) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "alr"}, owned{}, timed{}}
}

// Fields of Alert.
func (Alert) Fields() []ent.Field {
	return []ent.Field{
		field.String("cause").MaxLen(200).Immutable().Comment("What it is about; there is one row for each."),
		field.String("code").MaxLen(60).Comment("For programs."),
		field.String("message").SchemaType(textType).Comment("For staff: what is wrong and what to do."),
		field.JSON("message_parameters", []message.Parameter{}).Optional().Comment("The figures and names in it."),
		field.String("setting").MaxLen(60).Default("").Comment("The setting that fixes it; empty = none."),
		field.Int("count").Default(1).Comment("How often it has happened since it was last resolved."),
		field.Time("first_at").SchemaType(timeType),
		field.Time("last_at").SchemaType(timeType),
		field.Time("resolved_at").SchemaType(timeType).Optional().Nillable().Comment("Null while it is open."),
		field.Time("dismissed_at").SchemaType(timeType).Optional().Nillable().Comment("When somebody dismissed it; null = nobody did."),
		field.String("dismissed_by").MaxLen(200).Default("").Comment("The platform's user who did."),
		field.String("dismiss_reason").SchemaType(textType).Default(""),
		field.Time("emailed_at").SchemaType(timeType).Optional().Nillable().Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("When a message about alerts last said how it stands; null = none ever did."),
	}
}

// Indexes of Alert.
func (Alert) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "cause").Unique(), index.Fields("site_id", "resolved_at")}
}
