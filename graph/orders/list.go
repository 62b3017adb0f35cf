package orders

import (
	"context"
	"fmt"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/weborder"
	"possync/graph/paging"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
)

// Connection is a page of orders.
type Connection struct {
	Edges      []*Edge
	PageInfo   ent.PageInfo
	TotalCount int
}

// Edge is an order in a list.
type Edge struct {
	Node   *Order
	Cursor ent.Cursor
}

// List returns a page of orders, the one placed last first unless the order says otherwise.
func List(ctx context.Context, args paging.Args, where *Where, order *ent.WebOrderOrder) (*Connection, error) {
	if order == nil {
		order = &ent.WebOrderOrder{Field: ent.WebOrderOrderFieldPlacedAt, Direction: entgql.OrderDirectionDesc}
	}
	args, err := args.Check(kindOf(order))
	if err != nil {
		return nil, err
	}
	predicates, err := where.predicates(ctx)
	if err != nil {
		return nil, err
	}
	page, err := unitofwork.Client(ctx).WebOrder.Query().Where(predicates...).
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithWebOrderOrder(order))
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	rows := make([]*ent.WebOrder, len(page.Edges))
	for i, edge := range page.Edges {
		rows[i] = edge.Node
	}
	connection := &Connection{Edges: make([]*Edge, len(rows)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, o := range Orders(rows) {
		connection.Edges[i] = &Edge{Node: o, Cursor: page.Edges[i].Cursor}
	}
	return connection, nil
}

// kindOf describes the cursors of the list in an order.
func kindOf(order *ent.WebOrderOrder) paging.Kind {
	kind := paging.Kind{Prefix: "ord"}
	switch order.Field.String() {
	case ent.WebOrderOrderFieldPlacedAt.String():
		kind.ByTime = true
	case ent.WebOrderOrderFieldTotal.String(), ent.WebOrderOrderFieldBalanceDue.String():
		kind.ByNumber = true
	default:
		kind.ByText = true
	}
	return kind
}

// ByKey returns the order with the platform's key, or nil.
func ByKey(ctx context.Context, key string) (*Order, error) {
	if !usererror.Storable(key) {
		return nil, nil
	}
	row, err := unitofwork.Client(ctx).WebOrder.Query().Where(weborder.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the order: %w", err)
	}
	return Orders([]*ent.WebOrder{row})[0], nil
}
