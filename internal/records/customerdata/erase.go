// Package customerdata erases the personal data of the customers of orders: when somebody asks for it, and when the orders are old.
//
// What books and exports need stays: what was sold, all amounts, payments and taxes, and the order's number, by which its sale is found
// in the POS. What an order may still need its customer for is a rule of the shop, see [retail.CustomerDataFacts].
package customerdata

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/clientmutation"
	"possync/ent/exportevent"
	"possync/ent/orderexport"
	"possync/ent/orderpayment"
	"possync/ent/orderrefund"
	"possync/ent/posclaim"
	"possync/ent/weborder"
	"possync/internal/records/bulkset"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
	"possync/internal/searchtext"
	"possync/internal/tenant"
)

// chunkSize is how many orders one transaction of the retention, or one statement, concerns.
const chunkSize = 250

// erasedReason replaces what the POS said about an export: it may have repeated what was sent.
const erasedReason = "The reason was erased with the customer's data."

// PosCustomer is a customer in the POS for whom sales were made. Their data there is the shop's own.
type PosCustomer struct {
	AccountID string
	ID        int64
}

// Erase erases the personal data of the customers of orders of the acting site, and returns the customers that the POS has of them. The
// transaction must hold the site's export lock, and the caller has decided, under it, that the orders need the data no more. An order
// that was erased before is erased again, which changes nothing that can be seen.
func Erase(ctx context.Context, client *ent.Client, orderIDs []string, now time.Time) ([]PosCustomer, error) {
	if len(orderIDs) == 0 {
		return nil, nil
	}
	number, err := orderbook.NextChange(ctx, client)
	if err != nil {
		return nil, err
	}
	var inPOS []PosCustomer
	for ids := range slices.Chunk(orderIDs, chunkSize) {
		rows, err := client.WebOrder.Query().Where(weborder.IDIn(ids...)).
			Select(weborder.FieldID, weborder.FieldNumber, weborder.FieldCustomer).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the orders to erase: %w", err)
		}
		found, err := eraseExports(ctx, client, ids, now)
		if err != nil {
			return nil, err
		}
		inPOS = append(inPOS, found...)
		for _, step := range []func() error{
			func() error { return eraseOrders(ctx, client, rows, number, now) },
			func() error { return eraseNotes(ctx, client, ids, now) },
			func() error { return eraseClaims(ctx, client, rows, now) },
			func() error { return eraseImmutable(ctx, client, ids) },
		} {
			if err := step(); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(inPOS, func(a, b PosCustomer) int {
		if a.AccountID != b.AccountID {
			return strings.Compare(a.AccountID, b.AccountID)
		}
		return int(a.ID - b.ID)
	})
	return slices.Compact(inPOS), nil
}

// eraseOrders blanks the orders themselves. They are found by their numbers from then on.
func eraseOrders(ctx context.Context, client *ent.Client, rows []*ent.WebOrder, number int, now time.Time) error {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	update := client.WebOrder.Update().Where(weborder.IDIn(ids...)).
		SetCustomer(retail.Customer{}).SetShippingAddress(retail.Address{}).SetNote("").
		SetCustomerName("").SetCustomerKey("").SetCustomerEmail("").SetPhoneKey("").
		SetContentHash(0). // it was made of the data too, and what the platform sends next is written
		SetCustomerErasedAt(now).AddRevision(1).SetChangeSequence(number).SetUpdatedAt(now)
	update.Modify(func(u *sql.UpdateBuilder) {
		u.Set(weborder.FieldSearchText, bulkset.ByID(rows, func(o *ent.WebOrder) string { return o.ID },
			func(o *ent.WebOrder) any { return searchtext.Of(o.Number, "", "") }, bulkset.Text))
	})
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("erase the customers of %d orders: %w", len(ids), err)
	}
	return nil
}

// eraseNotes blanks what staff have written about payments and refunds.
func eraseNotes(ctx context.Context, client *ent.Client, orderIDs []string, now time.Time) error {
	err := client.OrderPayment.Update().Where(orderpayment.OrderIDIn(orderIDs...), orderpayment.NoteNEQ("")).
		SetNote("").SetUpdatedAt(now).Exec(ctx)
	if err == nil {
		err = client.OrderRefund.Update().Where(orderrefund.OrderIDIn(orderIDs...), orderrefund.ReasonNEQ("")).
			SetReason("").SetUpdatedAt(now).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("erase the notes of %d orders: %w", len(orderIDs), err)
	}
	return nil
}

// planFields are what a stored plan has of the customer, see [retail.SalePlan].
var planFields = []string{"customer", "buyer", "note"}

// eraseExports takes the customer out of the stored plans, and returns which customers of the POS the sales were made for.
func eraseExports(ctx context.Context, client *ent.Client, orderIDs []string, now time.Time) ([]PosCustomer, error) {
	rows, err := client.OrderExport.Query().Where(orderexport.OrderIDIn(orderIDs...)).
		Select(orderexport.FieldID, orderexport.FieldAccountID, orderexport.FieldCustomerID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the exports of the orders to erase: %w", err)
	}
	var inPOS []PosCustomer
	for _, e := range rows {
		if e.CustomerID != 0 {
			inPOS = append(inPOS, PosCustomer{AccountID: e.AccountID, ID: e.CustomerID})
		}
	}
	of := orderexport.OrderIDIn(orderIDs...)
	plans := client.OrderExport.Update().Where(of, orderexport.PlanNotNil()).SetCustomerID(0).SetUpdatedAt(now)
	plans.Modify(func(u *sql.UpdateBuilder) {
		u.Set(orderexport.FieldPlan, withoutFields(orderexport.FieldPlan, planFields))
	})
	if err := plans.Exec(ctx); err != nil {
		return nil, fmt.Errorf("erase the customers of %d exports: %w", len(rows), err)
	}
	err = client.OrderExport.Update().Where(of, orderexport.ReasonMessageNEQ("")).SetReasonMessage(erasedReason).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("erase the reasons of %d exports: %w", len(rows), err)
	}
	return inPOS, nil
}

// withoutFields is a column's JSON object without some of its fields.
func withoutFields(column string, fields []string) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) {
		if b.Dialect() == dialect.Postgres {
			b.Ident(column)
			for _, field := range fields {
				b.WriteString(" - '" + field + "'")
			}
			return
		}
		b.WriteString("json_remove(").Ident(column)
		for _, field := range fields {
			b.WriteString(", '$." + field + "'")
		}
		b.WriteString(")")
	})
}

// inDoubt is how long a claim is left alone whose customer may just have been created in the POS.
const inDoubt = time.Hour

// eraseClaims removes the rights to create the customers in the POS, whose keys are e-mail addresses and phone numbers. One that an
// export of the same customer still works with is left to the retention.
func eraseClaims(ctx context.Context, client *ent.Client, rows []*ent.WebOrder, now time.Time) error {
	var keys []string
	for _, row := range rows {
		keys = append(keys, row.Customer.ForPOS().ClaimKey(row.ID))
	}
	_, err := client.PosClaim.Delete().Where(posclaim.Kind(orderbook.ClaimCustomer), posclaim.KeyIn(keys...),
		posclaim.Or(posclaim.HeldUntilIsNil(), posclaim.HeldUntilLT(now)),
		posclaim.Or(posclaim.Sent(false), posclaim.LightspeedIDNEQ(0), posclaim.UpdatedAtLT(now.Add(-inDoubt)))).Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase the claims of customers: %w", err)
	}
	return nil
}

// EraseOldClaims removes the claims of customers that nobody has used since a moment. It acts for the system.
func EraseOldClaims(ctx context.Context, client *ent.Client, before time.Time) error {
	_, err := client.PosClaim.Delete().Where(posclaim.Kind(orderbook.ClaimCustomer), posclaim.UpdatedAtLT(before)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase old claims of customers: %w", err)
	}
	return nil
}

// eraseImmutable blanks what no other code may ever change: what was said about exports, and the hashes of what staff have sent. A key
// of a client whose hash is gone is used up: it is refused with whatever input it comes again.
func eraseImmutable(ctx context.Context, client *ent.Client, orderIDs []string) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	ids := make([]any, len(orderIDs))
	for i, id := range orderIDs {
		ids[i] = id
	}
	build := sql.Dialect(client.Dialect())
	for _, u := range []*sql.UpdateBuilder{
		build.Update(exportevent.Table).Set(exportevent.FieldReasonMessage, erasedReason).
			Where(sql.And(sql.EQ(exportevent.FieldSiteID, siteID), sql.In(exportevent.FieldOrderID, ids...), sql.NEQ(exportevent.FieldReasonMessage, ""))),
		build.Update(clientmutation.Table).Set(clientmutation.FieldInputHash, "").
			Where(sql.And(sql.EQ(clientmutation.FieldSiteID, siteID), sql.In(clientmutation.FieldAnswer, ids...))),
	} {
		query, args := u.Query()
		if _, err := client.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("erase the histories of %d orders: %w", len(ids), err)
		}
	}
	return nil
}
