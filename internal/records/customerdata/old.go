package customerdata

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// FactsOf is what decides whether an order needs its customer, under the site's export settings; nil = the export is off.
func FactsOf(row *ent.WebOrder, export *ent.ExportSettings) retail.CustomerDataFacts {
	return retail.CustomerDataFacts{
		Cancelled: row.Cancelled, ExportState: row.ExportState, Balanced: row.BalanceDue == 0, RefundOpen: row.RefundOpen,
		ToExport: exporting(export) && !row.PlacedAt.Before(*export.OrdersFrom),
	}
}

// FactColumns are the columns of an order that [FactsOf] reads.
var FactColumns = []string{
	weborder.FieldCancelled, weborder.FieldExportState, weborder.FieldBalanceDue, weborder.FieldRefundOpen, weborder.FieldPlacedAt,
}

func exporting(export *ent.ExportSettings) bool {
	return export != nil && export.Enabled && export.OrdersFrom != nil
}

// Group are orders that are alike in what decides whether they need their customers.
type Group struct {
	Need  retail.CustomerDataNeed // empty = they need them no more
	Count int
	where []predicate.WebOrder
}

// Kept groups the acting site's orders that were placed before a moment and still have their customers' data. It reads only those.
func Kept(ctx context.Context, client *ent.Client, site *settings.Snapshot, before time.Time) ([]Group, error) {
	kept := []predicate.WebOrder{weborder.CustomerErasedAtIsNil(), weborder.PlacedAtLT(before)}
	parts := []part{{where: kept}}
	if export := site.Export; exporting(export) {
		parts = []part{
			{where: append(kept[:2:2], weborder.PlacedAtLT(*export.OrdersFrom))},
			{where: append(kept[:2:2], weborder.PlacedAtGTE(*export.OrdersFrom)), toExport: true},
		}
	}
	var groups []Group
	for _, p := range parts {
		for _, balanced := range []bool{true, false} {
			found, err := p.groups(ctx, client, balanced)
			if err != nil {
				return nil, err
			}
			groups = append(groups, found...)
		}
	}
	return groups, nil
}

// part are orders of which the site exports all, or none.
type part struct {
	where    []predicate.WebOrder
	toExport bool
}

func (p part) groups(ctx context.Context, client *ent.Client, balanced bool) ([]Group, error) {
	balance := weborder.BalanceDueEQ(0)
	if !balanced {
		balance = weborder.BalanceDueNEQ(0)
	}
	where := append(p.where[:len(p.where):len(p.where)], balance)
	var rows []struct {
		Cancelled   bool               `json:"cancelled"`
		ExportState retail.ExportState `json:"export_state"`
		RefundOpen  bool               `json:"refund_open"`
		Count       int                `json:"count"`
	}
	err := client.WebOrder.Query().Where(where...).
		GroupBy(weborder.FieldCancelled, weborder.FieldExportState, weborder.FieldRefundOpen).Aggregate(ent.Count()).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count the orders with customers' data: %w", err)
	}
	groups := make([]Group, len(rows))
	for i, r := range rows {
		facts := retail.CustomerDataFacts{
			Cancelled: r.Cancelled, ExportState: r.ExportState, ToExport: p.toExport, Balanced: balanced, RefundOpen: r.RefundOpen,
		}
		groups[i] = Group{Need: facts.Need(), Count: r.Count, where: append(where[:len(where):len(where)],
			weborder.Cancelled(r.Cancelled), weborder.ExportStateEQ(r.ExportState), weborder.RefundOpen(r.RefundOpen))}
	}
	return groups, nil
}

// SitesWithOld returns the ids of the sites that have such orders. It acts for the system.
func SitesWithOld(ctx context.Context, client *ent.Client, before time.Time) ([]string, error) {
	ids, err := client.Site.Query().Where(func(s *sql.Selector) {
		o := sql.Dialect(s.Dialect()).Table(weborder.Table).As("o")
		s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(o.C(weborder.FieldID)).From(o).Where(sql.And(
			sql.ColumnsEQ(o.C(weborder.FieldSiteID), s.C("id")), sql.IsNull(o.C(weborder.FieldCustomerErasedAt)),
			sql.LT(o.C(weborder.FieldPlacedAt), before)))))
	}).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for old orders with customers' data: %w", err)
	}
	return ids, nil
}

// EraseSome erases the customers of some orders of a group that needs them no more, the oldest first, and reports how many: fewer than
// BatchSize = there are no more. It is for a transaction of the acting site, and looks at the orders again under the site's export lock.
func (g Group) EraseSome(ctx context.Context, tx *ent.Client, now time.Time) (int, error) {
	if _, err := orderbook.Lock(ctx, tx); err != nil {
		return 0, err
	}
	ids, err := tx.WebOrder.Query().Where(g.where...).Order(ent.Asc(weborder.FieldPlacedAt, weborder.FieldID)).Limit(BatchSize).IDs(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for customers to erase: %w", err)
	}
	_, err = Erase(ctx, tx, ids, now)
	return len(ids), err
}

// BatchSize is how many orders EraseSome erases at most.
const BatchSize = chunkSize
