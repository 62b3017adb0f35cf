package syncruns

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/drift"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/catalogue"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// DriftReport is what a full sync found that no run before it had brought.
type DriftReport struct{ run *Run }

// Drift returns the run's report.
func (r *Run) Drift() *DriftReport { return &DriftReport{r} }

// Count returns how many differences were found, also those that were not kept.
func (d *DriftReport) Count() int { return d.run.Drifted }

// KeptDrift is how many differences of a run are kept in detail.
const KeptDrift = 1000

// DriftWhere filters differences; all conditions must hold.
type DriftWhere struct {
	Fields []retail.DriftField
	Causes []retail.DriftCause
}

// DriftOrder says how differences are ordered.
type DriftOrder struct {
	Field     DriftOrderField
	Direction entgql.OrderDirection
}

// DriftOrderField is what differences can be ordered by.
type DriftOrderField string

// ByFound orders as differences were found. Their ids were made then, and sort so.
const ByFound DriftOrderField = "FOUND"

// MarshalGQL writes the field as GraphQL.
func (f DriftOrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *DriftOrderField) UnmarshalGQL(v any) error {
	if v != string(ByFound) {
		return errors.New("is no DriftOrderField")
	}
	*f = ByFound
	return nil
}

// DriftConnection is a page of a run's differences.
type DriftConnection struct {
	Edges    []*DriftEdge
	PageInfo ent.PageInfo
	run      *Run
	pages    *driftPages
}

// DriftEdge is a difference in a list.
type DriftEdge struct {
	Node   *Drift
	Cursor ent.Cursor
}

// Drift is one difference.
type Drift struct {
	*ent.Drift
	pages *driftPages
}

// LightspeedItemID returns Lightspeed's number of the item.
func (d *Drift) LightspeedItemID() string { return strconv.FormatInt(d.Drift.LightspeedItemID, 10) }

// Shop returns the shop whose stock differed, or nil.
func (d *Drift) Shop(ctx context.Context) (*ent.Shop, error) {
	if d.LightspeedShopID == 0 {
		return nil, nil
	}
	return shopByNumber(ctx, d.LightspeedShopID)
}

// PosItem returns the item, or nil when it is not stored.
func (d *Drift) PosItem(ctx context.Context) (*catalogue.Item, error) {
	items, err := d.pages.itemsOf(ctx)
	return items[d.Drift.LightspeedItemID], err
}

// driftPages are the same page of the differences of each run of a group, read together.
type driftPages struct {
	runs      []string
	args      paging.Args
	where     *DriftWhere
	direction entgql.OrderDirection // of the ids

	mu     sync.Mutex
	rows   map[string][]*ent.Drift // by run; nil until read
	counts map[string]int          // likewise
	items  map[int64]*catalogue.Item
}

// Entries returns a page of the differences that were kept.
func (d *DriftReport) Entries(
	ctx context.Context, after *ent.Cursor, first *int, before *ent.Cursor, last *int, where *DriftWhere, orderBy *DriftOrder,
) (*DriftConnection, error) {
	args, err := paging.Args{After: after, First: first, Before: before, Last: last}.Check(paging.Kind{Prefix: "dft"})
	if err != nil {
		return nil, err
	}
	direction := entgql.OrderDirectionAsc
	if orderBy != nil {
		direction = orderBy.Direction
	}
	pages := d.run.group.driftPages(args, where, direction)
	rows, more, err := pages.rowsOf(ctx, d.run.ID)
	if err != nil {
		return nil, err
	}
	c := &DriftConnection{Edges: make([]*DriftEdge, len(rows)), run: d.run, pages: pages}
	for i, row := range rows {
		c.Edges[i] = &DriftEdge{Node: &Drift{row, pages}, Cursor: ent.Cursor{ID: row.ID}}
	}
	c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = args.Before != nil, args.After != nil
	if args.First != nil {
		c.PageInfo.HasNextPage = c.PageInfo.HasNextPage || more
	} else {
		c.PageInfo.HasPreviousPage = c.PageInfo.HasPreviousPage || more
	}
	if n := len(rows); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
	}
	return c, nil
}

// driftPages returns the pages for the arguments, the same for every run of the group that asks with the same ones.
func (g *runGroup) driftPages(args paging.Args, where *DriftWhere, direction entgql.OrderDirection) *driftPages {
	text := direction.String()
	for _, c := range []*ent.Cursor{args.After, args.Before} {
		if c != nil {
			text += c.ID
		}
		text += "|"
	}
	for _, n := range []*int{args.First, args.Last} {
		if n != nil {
			text += strconv.Itoa(*n)
		}
		text += "|"
	}
	if where != nil {
		text += fmt.Sprint(where.Fields == nil, where.Fields, where.Causes == nil, where.Causes)
	}
	g.drifting.Lock()
	defer g.drifting.Unlock()
	if g.drift == nil {
		g.drift = map[string]*driftPages{}
	}
	if g.drift[text] == nil {
		g.drift[text] = &driftPages{runs: g.ids, args: args, where: where, direction: direction}
	}
	return g.drift[text]
}

// TotalCount returns how many rows the whole list has.
func (c *DriftConnection) TotalCount(ctx context.Context) (int, error) {
	p := c.pages
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.counts == nil {
		var counted []struct {
			RunID string `json:"run_id"`
			Count int    `json:"count"`
		}
		err := unitofwork.Client(ctx).Drift.Query().Where(drift.RunIDIn(p.runs...)).Where(p.filters()...).
			GroupBy(drift.FieldRunID).Aggregate(ent.Count()).Scan(ctx, &counted)
		if err != nil {
			return 0, fmt.Errorf("count differences: %w", err)
		}
		p.counts = make(map[string]int, len(counted))
		for _, n := range counted {
			p.counts[n.RunID] = n.Count
		}
	}
	return p.counts[c.run.ID], nil
}

func (p *driftPages) filters() []predicate.Drift {
	var filters []predicate.Drift
	if p.where != nil && p.where.Fields != nil {
		filters = append(filters, drift.FieldIn(p.where.Fields...))
	}
	if p.where != nil && p.where.Causes != nil {
		filters = append(filters, drift.CauseIn(p.where.Causes...))
	}
	return filters
}

// rowsOf returns a run's page, and whether there are more rows on the side that it was cut at.
func (p *driftPages) rowsOf(ctx context.Context, run string) (rows []*ent.Drift, more bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	size, direction := p.args.First, p.direction
	if size == nil { // the page is read from the end of the list
		size, direction = p.args.Last, direction.Reverse()
	}
	if p.rows == nil {
		if p.rows, err = p.read(ctx, *size+1, direction); err != nil {
			return nil, false, err
		}
	}
	rows = p.rows[run]
	switch more = len(rows) > *size; {
	case more && direction != p.direction:
		rows = rows[1:]
	case more:
		rows = rows[:*size]
	}
	return rows, more, nil
}

// read reads so many rows of each run, the first ones in a direction, and returns them in the order of the list.
func (p *driftPages) read(ctx context.Context, size int, direction entgql.OrderDirection) (map[string][]*ent.Drift, error) {
	filters := append(p.filters(), drift.RunIDIn(p.runs...))
	if after := p.args.After; after != nil {
		filters = append(filters, beyond(after.ID, p.direction))
	}
	if before := p.args.Before; before != nil {
		filters = append(filters, beyond(before.ID, p.direction.Reverse()))
	}
	rows, err := unitofwork.Client(ctx).Drift.Query().Where(firstOfEachRun(filters, size, direction)).
		Order(drift.ByID(p.direction.OrderTermOption())).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read differences: %w", err)
	}
	byRun := make(map[string][]*ent.Drift, len(p.runs))
	for _, row := range rows {
		byRun[row.RunID] = append(byRun[row.RunID], row)
	}
	return byRun, nil
}

// beyond finds the rows that come after an id in a direction.
func beyond(id string, direction entgql.OrderDirection) predicate.Drift {
	if direction == entgql.OrderDirectionDesc {
		return drift.IDLT(id)
	}
	return drift.IDGT(id)
}

// itemsOf returns the items of all rows that were read, by Lightspeed's ids.
func (p *driftPages) itemsOf(ctx context.Context) (map[int64]*catalogue.Item, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.items == nil {
		var numbers []int64
		for _, rows := range p.rows {
			for _, row := range rows {
				numbers = append(numbers, row.LightspeedItemID)
			}
		}
		rows, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.LightspeedIDIn(numbers...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the items of differences: %w", err)
		}
		p.items = sitedata.Index(catalogue.Items(rows), func(i *catalogue.Item) int64 { return i.LightspeedID })
	}
	return p.items, nil
}

// firstOfEachRun finds the first so many rows of each run by id, in a direction, among those that the filters leave.
func firstOfEachRun(filters []predicate.Drift, size int, direction entgql.OrderDirection) predicate.Drift {
	return func(s *sql.Selector) {
		build := sql.Dialect(s.Dialect())
		order := sql.Raw(drift.FieldID)
		if direction == entgql.OrderDirectionDesc {
			order = sql.DescExpr(order)
		}
		place := sql.RowNumber().PartitionBy(drift.FieldRunID).OrderExpr(order)
		numbered := build.Select(drift.FieldID).AppendSelectExprAs(place, "place").From(build.Table(drift.Table))
		for _, filter := range filters {
			filter(numbered)
		}
		first := build.Select(drift.FieldID).From(numbered.As("numbered")).Where(sql.LTE("place", size))
		s.Where(sql.In(s.C(drift.FieldID), first))
	}
}
