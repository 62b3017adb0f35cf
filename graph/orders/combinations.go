package orders

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/ent/predicate"
	"possync/ent/weborder"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// fewOrders is up to how many orders are looked up by their blockers. If there are more, reading the list in its order finds a
// page of them soon enough.
const fewOrders = 2000

// byCombination returns, where few orders have any of the bits, the combinations in which these occur: that is what the
// databases look up in an index, which they cannot do with bits.
func byCombination(ctx context.Context, mask retail.BlockerBits) ([]predicate.WebOrder, error) {
	bits, err := combinations(ctx, mask)
	if err != nil {
		return nil, err
	}
	occurring := weborder.BlockerBitsIn(bits...)
	if len(bits) > 0 {
		beyond, err := unitofwork.Client(ctx).WebOrder.Query().Where(weborder.ExportStateIn(open...), occurring).
			Offset(fewOrders).Limit(1).Select(weborder.FieldBlockerBits).Ints(ctx)
		if err != nil {
			return nil, fmt.Errorf("see whether many orders are held back: %w", err)
		}
		if len(beyond) > 0 {
			return nil, nil
		}
	}
	return []predicate.WebOrder{occurring}, nil
}

// combinations returns the combinations of blockers with any of the bits that orders have which are not exported. The database
// leaps through the index of state and blockers, from each combination to the next: a few look-ups, where grouping would go
// through all these orders.
func combinations(ctx context.Context, mask retail.BlockerBits) ([]int64, error) {
	site, err := sitedata.Site(ctx)
	if err != nil || site == nil {
		return nil, err
	}
	query := unitofwork.Client(ctx).WebOrder.Query()
	query.Modify(func(s *sql.Selector) {
		// The view has the table's names, so that all that narrows the query narrows it.
		view := sql.Dialect(s.Dialect()).Table("combinations")
		s.Prefix(sql.ExprFunc(func(b *sql.Builder) { writeSkipScan(b, site.ID) })).From(view).Select(view.C(weborder.FieldBlockerBits)).Distinct()
	})
	var bits []int64
	if err := query.Where(weborder.BlockerBitsGT(0), hasBits(mask)).Select(weborder.FieldBlockerBits).Scan(ctx, &bits); err != nil {
		return nil, fmt.Errorf("find combinations of blockers: %w", err)
	}
	return bits, nil
}

// writeSkipScan writes the view of the combinations in each of the open states. Each state begins below all combinations, and ends with
// a null.
func writeSkipScan(b *sql.Builder, siteID string) {
	b.WriteString("WITH RECURSIVE combinations (site_id, export_state, blocker_bits) AS (")
	for _, state := range open {
		b.WriteString("SELECT CAST(").Arg(siteID).WriteString(" AS TEXT), CAST(").Arg(string(state)).
			WriteString(" AS TEXT), CAST(-1 AS BIGINT) UNION ALL ")
	}
	b.WriteString("SELECT c.site_id, c.export_state, (SELECT o.blocker_bits FROM web_orders AS o " +
		"WHERE o.site_id = c.site_id AND o.export_state = c.export_state AND o.blocker_bits > c.blocker_bits " +
		"ORDER BY o.blocker_bits LIMIT 1) FROM combinations AS c WHERE c.blocker_bits IS NOT NULL)")
}
