package orderbook

import (
	"cmp"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/orderexport"
	"possync/ent/orderline"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/ent/positem"
	"possync/ent/weborder"
	"possync/internal/records/jsonrow"
	"possync/internal/retail"
)

// document is what belongs to an order, as a statement reads it beside the order's row.
type document struct {
	Lines    []documentLine      `json:"lines"` // also those that were taken out here
	Payments []*ent.OrderPayment `json:"payments"`
	Refunds  []*ent.OrderRefund  `json:"refunds"` // since the sale was being made
	Exports  []struct {          // one at most
		Code    string          `json:"reason_code"`
		Message string          `json:"reason_message"`
		Plan    retail.SalePlan `json:"plan"` // read only if there are refunds
	} `json:"exports"`
}

type documentLine struct {
	ent.OrderLine
	Item int64 `json:"item"` // Lightspeed's id of the item that its product is linked to; 0 = none
}

// documentColumn is what a statement calls the document.
const documentColumn = "document"

// selectDocument adds the document to a statement that reads orders. All of it is of the order's site.
func selectDocument(s *sql.Selector) {
	of := func(table, condition string) sql.Querier {
		return sql.Raw(fmt.Sprintf(`"%s" AS t WHERE t."site_id" = %s AND t."order_id" = %s%s`,
			table, s.C(weborder.FieldSiteID), s.C(weborder.FieldID), condition))
	}
	lines := append(jsonrow.Fields("t", migrate.OrderLinesTable,
		orderline.FieldID, orderline.FieldPosition, orderline.FieldKey, orderline.FieldKind, orderline.FieldProductKey,
		orderline.FieldDescription, orderline.FieldQuantity, orderline.FieldUnitPrice, orderline.FieldDiscount, orderline.FieldTax,
		orderline.FieldRemoved, orderline.FieldAddedBy, orderline.FieldFulfilledBy, orderline.FieldFulfilledQuantity,
		orderline.FieldFulfilledLocationID, orderline.FieldFulfillments, orderline.FieldLocationID),
		jsonrow.Field{Name: "item", Value: sql.Raw(`(SELECT i."lightspeed_id" FROM "` + positem.Table +
			`" AS i WHERE i."site_id" = t."site_id" AND i."product_id" = t."product_id")`)})
	payments := jsonrow.Row("t", migrate.OrderPaymentsTable, orderpayment.FieldID, orderpayment.FieldMethod, orderpayment.FieldAmount,
		orderpayment.FieldRefunded, orderpayment.FieldState, orderpayment.FieldOffline)
	exports := jsonrow.Fields("t", migrate.OrderExportsTable, orderexport.FieldReasonCode, orderexport.FieldReasonMessage)
	for _, plan := range jsonrow.Fields("t", migrate.OrderExportsTable, orderexport.FieldPlan) {
		plan.Value = jsonrow.When(`EXISTS (SELECT 1 FROM "`+orderrefund.Table+
			`" AS r WHERE r."site_id" = t."site_id" AND r."order_id" = t."order_id" AND r."after_export")`, plan.Value)
		exports = append(exports, plan)
	}
	s.AppendSelectExprAs(jsonrow.Object(
		jsonrow.Field{Name: "lines", Value: jsonrow.List(jsonrow.Object(lines...),
			of(orderline.Table, ` AND (NOT t."removed" OR t."removed_by" <> '' AND NOT t."withdrawn")`))},
		jsonrow.Field{Name: "payments", Value: jsonrow.List(payments, of(orderpayment.Table, ""))},
		jsonrow.Field{Name: "refunds", Value: jsonrow.List(jsonrow.Row("t", migrate.OrderRefundsTable),
			of(orderrefund.Table, ` AND t."after_export"`))},
		jsonrow.Field{Name: "exports", Value: jsonrow.List(jsonrow.Object(exports...), of(orderexport.Table, ""))},
	), documentColumn)
}

// documentOf returns the document that was read beside an order's row, each list in its order: here, as the databases sort texts
// differently.
func documentOf(row *ent.WebOrder) (d document, err error) {
	value, err := row.Value(documentColumn)
	if err == nil {
		err = jsonrow.Decode(value, &d)
	}
	if err != nil {
		return d, fmt.Errorf("read what belongs to the order %s: %w", row.ID, err)
	}
	slices.SortFunc(d.Lines, func(a, b documentLine) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(d.Payments, func(a, b *ent.OrderPayment) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(d.Refunds, func(a, b *ent.OrderRefund) int {
		return cmp.Or(a.RefundedAt.Compare(b.RefundedAt), cmp.Compare(a.ID, b.ID))
	})
	return d, nil
}
