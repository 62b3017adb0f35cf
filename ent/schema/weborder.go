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

// WebOrder is an order of the website, fed in by the platform, with what follows from its lines and payments.
type WebOrder struct{ ent.Schema }

// Mixin of WebOrder.
func (WebOrder) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "ord"}, owned{}, timed{}}
}

// Fields of WebOrder.
func (WebOrder) Fields() []ent.Field {
	hidden := entgql.Skip(entgql.SkipAll)
	return []ent.Field{
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the order."),
		field.String("number").MaxLen(100).NotEmpty().Comment("What staff and customers call it; unique in the site."),
		field.String("number_key").SchemaType(textType).Default("").Annotations(entgql.OrderField("NUMBER")).
			Comment("The number as it is sorted by, see text.Natural."),
		field.Time("placed_at").SchemaType(timeType).Annotations(entgql.OrderField("PLACED_AT")),
		field.String("status_id").MaxLen(64).Optional().Nillable().Annotations(hidden),
		field.String("source_status_key").MaxLen(200).Default("").Annotations(hidden).
			Comment("The status that the platform last told of: while it tells the same, a status that was set here stays."),
		field.String("pickup_location_id").MaxLen(64).Optional().Nillable().Annotations(hidden),
		field.Bool("cancelled").Default(false),
		field.Bool("prices_include_tax").Default(false),
		field.String("customer_name").SchemaType(textType).Default("").Annotations(hidden).Comment("For lists and look-ups."),
		field.String("customer_key").SchemaType(textType).Default("").Annotations(entgql.OrderField("CUSTOMER_NAME")).
			Comment("The customer's name as it is sorted by: folded, at most 200 characters."),
		field.String("customer_email").MaxLen(320).Default("").Annotations(hidden).Comment("In lower case, to find by."),
		field.String("phone_key").MaxLen(60).Default("").Annotations(hidden).
			Comment("The digits of the customer's phone number from the last to the first, see text.PhoneKey: numbers are found by their ends."),
		field.String("search_text").SchemaType(textType).Default("").Annotations(hidden).
			Comment("What is looked through for what people type, see package searchtext."),
		field.JSON("customer", retail.Customer{}).Annotations(hidden),
		field.JSON("shipping_address", retail.Address{}).Optional().Annotations(hidden),
		field.String("note").SchemaType(textType).Default(""),
		field.String("website_url").SchemaType(textType).Default("").Annotations(hidden).
			Comment("Where the platform shows it to staff; empty = the platform does not say."),
		field.Int64("stated_total").GoType(retail.Amount(0)).Optional().Nillable().
			Comment("What the buyer was charged, as the platform states it, in millionths; null = it does not."),
		field.Int64("total").GoType(retail.Amount(0)).Default(0).Annotations(entgql.OrderField("TOTAL")).
			Comment("What the lines come to with tax, in millionths."),
		field.Int64("captured_total").GoType(retail.Amount(0)).Default(0).Comment("Collected, less what was refunded."),
		field.Int64("balance_due").GoType(retail.Amount(0)).Default(0).Annotations(entgql.OrderField("BALANCE_DUE")),
		field.Bool("fulfilled").Default(false).Comment("Every product line is handed over in full."),
		field.Int64("blocker_bits").Default(0).Annotations(hidden).
			Comment("What of the order itself keeps it from being exported, as a number that can be filtered and grouped by."),
		field.String("export_state").GoType(retail.ExportState("")).MaxLen(40).Default("").Annotations(hidden).
			Comment("Of its export; empty = none was asked for."),
		field.Bool("refund_open").Default(false).Annotations(hidden).
			Comment("A refund after its export is not done in the POS yet."),
		field.Int64("source_version").Default(0).Annotations(hidden).Comment("The platform's; what is older is passed over."),
		field.Int64("content_hash").Default(0).Annotations(hidden).Comment("What the platform last wrote; equal = nothing to write."),
		field.Int("revision").Default(1).Comment("Grows with each change."),
		field.Time("customer_erased_at").SchemaType(timeType).Optional().Nillable().
			Comment("When the personal data of its customer was erased; null = it was not."),
		field.Int("change_sequence").Default(0).Annotations(hidden).
			Comment("The site's order sequence when it, or its export, last changed."),
	}
}

// Edges of WebOrder.
func (WebOrder) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("status", OrderStatus.Type).Field("status_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("pickup_location", Location.Type).Field("pickup_location_id").Unique().
			Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("lines", OrderLine.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("payments", OrderPayment.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("refunds", OrderRefund.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("export", OrderExport.Type).Unique().Annotations(entsql.OnDelete(entsql.Cascade)),
		edge.To("notices", OrderNotice.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of WebOrder.
func (WebOrder) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "key").Unique(),
		index.Fields("site_id", "number").Unique(),
		index.Fields("site_id", "placed_at"),
		index.Fields("site_id", "status_id", "placed_at"),
		index.Fields("site_id", "export_state", "blocker_bits", "placed_at"),
		index.Fields("site_id", "customer_email"),
		index.Fields("site_id", "search_text", "id").StorageKey("weborder_search"),
		index.Fields("site_id", "phone_key", "id"),
		index.Fields("site_id", "number_key", "id"),
		index.Fields("site_id", "customer_key", "id"),
		index.Fields("site_id", "total", "id"),
		index.Fields("site_id", "balance_due", "id"),
		index.Fields("site_id", "pickup_location_id", "placed_at"),
		index.Fields("site_id", "fulfilled", "placed_at"),
		index.Fields("site_id", "placed_at").StorageKey("weborder_cancelled").Annotations(entsql.IndexWhere("cancelled")),
		index.Fields("site_id", "placed_at").StorageKey("weborder_not_paid").Annotations(entsql.IndexWhere("captured_total <> total")),
		index.Fields("site_id", "placed_at").StorageKey("weborder_with_customer").
			Annotations(entsql.IndexWhere("customer_erased_at IS NULL")),
		index.Fields("site_id", "change_sequence"),
		index.Fields("site_id").StorageKey("weborder_refund_open").Annotations(entsql.IndexWhere("refund_open")),
		index.Fields("status_id"),
		index.Fields("pickup_location_id"),
	}
}

// Annotations of WebOrder.
func (WebOrder) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// OrderLine is a line of an order: a product, what sending costs, or a fee.
type OrderLine struct{ ent.Schema }

// Mixin of OrderLine.
func (OrderLine) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "lin"}, owned{}, timed{}}
}

// Fields of OrderLine. Prices and tax are as the order has them: with prices_include_tax the price holds the tax.
func (OrderLine) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the line within the order."),
		field.Int("position").Default(0),
		field.String("kind").GoType(retail.LineKind("")).MaxLen(40),
		field.String("product_id").MaxLen(64).Optional().Nillable(),
		field.String("product_key").MaxLen(200).Default("").Comment("As the platform wrote it, whether the product is known or not."),
		field.String("description").SchemaType(textType),
		field.Int64("quantity").GoType(retail.Quantity(0)),
		field.Int64("unit_price").GoType(retail.Amount(0)),
		field.Int64("discount").GoType(retail.Amount(0)).Default(0).Comment("Off the whole line."),
		field.Int64("tax").GoType(retail.Amount(0)).Default(0).Comment("On the whole line."),
		field.Bool("removed").Default(false).Comment("Taken out again, as by an exchange; kept to be seen."),
		field.String("removed_by").MaxLen(200).Default("").
			Comment("The platform's user who took it out here, so that the platform does not bring it back; empty = nobody did."),
		field.Bool("withdrawn").Default(false).Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("Removed here, and the platform does not send it any more: so its total does not have it either."),
		field.String("replaces").MaxLen(200).Default("").Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("The platform's key of the line that it replaces with another quantity; empty = none."),
		field.String("added_by").MaxLen(200).Default("").Comment("The platform's user who added it here; empty = it came with the order."),
		field.String("fulfilled_by").GoType(retail.FulfilledBy("")).MaxLen(40).Default(""),
		field.Int64("fulfilled_quantity").GoType(retail.Quantity(0)).Default(0),
		field.String("fulfilled_location_id").MaxLen(64).Optional().Nillable(),
		field.JSON("fulfillments", []retail.Fulfillment{}).Optional().Annotations(entgql.Skip(entgql.SkipAll)).
			Comment("Who has fulfilled how many units, where several have; null = all of fulfilled_quantity is of fulfilled_by, at the fulfilled_location."),
		field.Time("fulfilled_at").SchemaType(timeType).Optional().Nillable(),
		field.String("location_id").MaxLen(64).Optional().Nillable().Comment("The store that hands it over, as the platform states it."),
		field.Int64("refunded_quantity").GoType(retail.Quantity(0)).Default(0),
		field.Int64("held_units").Default(0).Comment("Units that the website may not sell again, because this line has sold them."),
	}
}

// Edges of OrderLine.
func (OrderLine) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("order", WebOrder.Type).Ref("lines").Field("order_id").Unique().Required().Immutable(),
		edge.To("product", Product.Type).Field("product_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("fulfilled_location", Location.Type).Field("fulfilled_location_id").Unique().
			Annotations(entsql.OnDelete(entsql.SetNull)),
		edge.To("location", Location.Type).Field("location_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
	}
}

// Indexes of OrderLine.
func (OrderLine) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "order_id", "key").Unique(),
		index.Fields("site_id", "product_id"),
		index.Fields("site_id", "product_key").StorageKey("orderline_unknown_product").
			Annotations(entsql.IndexWhere("product_id IS NULL")),
		index.Fields("site_id", "product_id", "order_id").StorageKey("orderline_held").Annotations(entsql.IndexWhere("held_units > 0")),
		index.Fields("order_id"),
		index.Fields("product_id"),
		index.Fields("fulfilled_location_id"),
		index.Fields("location_id"),
	}
}

// OrderPayment is a payment of an order, from the website or recorded here as collected offline.
type OrderPayment struct{ ent.Schema }

// Mixin of OrderPayment.
func (OrderPayment) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "pmt"}, owned{}, timed{}}
}

// Fields of OrderPayment.
func (OrderPayment) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key of the payment within the order."),
		field.String("method").MaxLen(1000).NotEmpty().Comment("Its name in Lightspeed, such as Stripe."),
		field.Int64("amount").GoType(retail.Amount(0)),
		field.Int64("refunded").GoType(retail.Amount(0)).Default(0),
		field.String("state").GoType(retail.PaymentState("")).MaxLen(40),
		field.Bool("offline").Default(false).Comment("Recorded here as collected outside of the order."),
		field.String("note").SchemaType(textType).Default("").Comment("What staff noted of an offline one."),
		field.String("recorded_by").MaxLen(200).Default("").Comment("The platform's user who recorded it; empty = it came with the order."),
		field.Time("captured_at").SchemaType(timeType).Optional().Nillable(),
	}
}

// Edges of OrderPayment.
func (OrderPayment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("order", WebOrder.Type).Ref("payments").Field("order_id").Unique().Required().Immutable(),
	}
}

// Indexes of OrderPayment.
func (OrderPayment) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "order_id", "key").Unique(), index.Fields("order_id")}
}

// OrderRefund is a refund of an order. After an export it must be done in Lightspeed too, and stays open until somebody
// says that it was.
type OrderRefund struct{ ent.Schema }

// Mixin of OrderRefund.
func (OrderRefund) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "rfd"}, owned{}, timed{}}
}

// Fields of OrderRefund.
func (OrderRefund) Fields() []ent.Field {
	return []ent.Field{
		field.String("order_id").MaxLen(64).Immutable(),
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("Of the platform, or made here; unique within the order."),
		field.String("payment_id").MaxLen(64).Optional().Nillable(),
		field.Int64("amount").GoType(retail.Amount(0)),
		field.String("reason").SchemaType(textType).Default(""),
		field.String("refunded_by").MaxLen(200).Default("").Comment("The platform's user; empty = the platform told of it."),
		field.Time("refunded_at").SchemaType(timeType).Default(now).Immutable(),
		field.Bool("after_export").Default(false).Comment("The sale stood in the POS already, so it must be refunded there too."),
		field.Time("done_in_pos_at").SchemaType(timeType).Optional().Nillable(),
		field.String("done_in_pos_by").MaxLen(200).Default(""),
	}
}

// Edges of OrderRefund.
func (OrderRefund) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("order", WebOrder.Type).Ref("refunds").Field("order_id").Unique().Required().Immutable(),
		edge.To("payment", OrderPayment.Type).Field("payment_id").Unique().Annotations(entsql.OnDelete(entsql.SetNull)),
	}
}

// Indexes of OrderRefund.
func (OrderRefund) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("site_id", "order_id", "key").Unique(),
		index.Fields("order_id"),
		index.Fields("payment_id"),
	}
}

// OrderStatus is a status that orders of the site can have: one of the platform's, or the shop's own.
type OrderStatus struct{ ent.Schema }

// Mixin of OrderStatus.
func (OrderStatus) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{prefix: "sta"}, owned{}, timed{}}
}

// Fields of OrderStatus.
func (OrderStatus) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").MaxLen(200).NotEmpty().Immutable().Comment("The platform's own key, or made here."),
		field.String("name").MaxLen(200).NotEmpty(),
		field.String("name_key").MaxLen(200).NotEmpty().Comment("The name in lower case: no two are alike."),
		field.Int("position").Default(0),
		field.Bool("retired").Default(false).Comment("Kept by orders that have it, and no longer to be chosen."),
		field.Int("revision").Default(1).Comment("Grows with each change of it."),
	}
}

// Indexes of OrderStatus.
func (OrderStatus) Indexes() []ent.Index {
	return []ent.Index{index.Fields("site_id", "key").Unique(), index.Fields("site_id", "name_key").Unique()}
}
