package syncruns

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/syncrun"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/retail"
)

// Where filters runs; all conditions must hold.
type Where struct {
	States []retail.RunState
	Kinds  []retail.RunKind

	FromDate, ToDate *retail.Date // of the site on which it was requested, both inclusive
}

// Order says how runs are ordered.
type Order struct {
	Field     OrderField
	Direction entgql.OrderDirection
}

// OrderField is what runs can be ordered by.
type OrderField string

// ByCreatedAt orders by when runs were requested. Their ids were made then, and sort so.
const ByCreatedAt OrderField = "CREATED_AT"

// MarshalGQL writes the field as GraphQL.
func (f OrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *OrderField) UnmarshalGQL(v any) error {
	if v != string(ByCreatedAt) {
		return errors.New("is no SyncRunOrderField")
	}
	*f = ByCreatedAt
	return nil
}

// Connection is a page of runs.
type Connection struct {
	Edges      []*Edge
	PageInfo   ent.PageInfo
	TotalCount int
}

// Edge is a run in a list.
type Edge struct {
	Node   *Run
	Cursor ent.Cursor
}

// List returns a page of runs, the newest first unless the order says otherwise.
func List(ctx context.Context, args paging.Args, where *Where, order *Order) (*Connection, error) {
	args, err := args.Check(paging.Kind{Prefix: "run"})
	if err != nil {
		return nil, err
	}
	by := &ent.SyncRunOrder{Direction: entgql.OrderDirectionDesc}
	if order != nil {
		by.Direction = order.Direction
	}
	var filters []predicate.SyncRun
	if where != nil && where.States != nil {
		filters = append(filters, syncrun.StateIn(where.States...))
	}
	if where != nil && where.Kinds != nil {
		filters = append(filters, syncrun.KindIn(where.Kinds...))
	}
	if where != nil {
		from, until, err := sitedata.Days(ctx, where.FromDate, where.ToDate)
		if err != nil {
			return nil, err
		}
		if from != nil {
			filters = append(filters, syncrun.CreatedAtGTE(*from))
		}
		if until != nil {
			filters = append(filters, syncrun.CreatedAtLT(*until))
		}
	}
	page, err := unitofwork.Client(ctx).SyncRun.Query().Where(filters...).
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithSyncRunOrder(by))
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	rows := make([]*ent.SyncRun, len(page.Edges))
	for i, edge := range page.Edges {
		rows[i] = edge.Node
	}
	connection := &Connection{Edges: make([]*Edge, len(rows)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, run := range Runs(rows) {
		connection.Edges[i] = &Edge{Node: run, Cursor: page.Edges[i].Cursor}
	}
	return connection, nil
}
