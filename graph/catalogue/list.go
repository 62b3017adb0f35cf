package catalogue

import (
	"context"
	"fmt"
	"time"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/paging"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
)

// ProductConnection is a page of products.
type ProductConnection struct {
	Edges      []*ProductEdge
	PageInfo   ent.PageInfo
	TotalCount int
}

// ProductEdge is a product in a list.
type ProductEdge struct {
	Node   *Product
	Cursor ent.Cursor
}

// ListProducts returns a page of products.
func ListProducts(ctx context.Context, args paging.Args, where *ProductWhere, order *ent.ProductOrder, now time.Time) (*ProductConnection, error) {
	if order == nil {
		order = &ent.ProductOrder{Field: ent.ProductOrderFieldNameOrder, Direction: entgql.OrderDirectionAsc}
	}
	numbered := order.Field.String() == ent.ProductOrderFieldListPrice.String() || order.Field.String() == ent.ProductOrderFieldListUnits.String()
	args, err := args.Check(paging.Kind{Prefix: "prd", ByText: !numbered, ByNumber: numbered})
	if err != nil {
		return nil, err
	}
	predicates, err := where.Predicates(ctx, now)
	if err != nil {
		return nil, err
	}
	query := unitofwork.Client(ctx).Product.Query().Where(predicates...)
	query.Select(productColumns.Asked(ctx)...)
	page, err := query.
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithProductOrder(order))
	if err != nil {
		return nil, fmt.Errorf("list products: %w", err)
	}
	rows := make([]*ent.Product, len(page.Edges))
	for i, edge := range page.Edges {
		rows[i] = edge.Node
	}
	connection := &ProductConnection{Edges: make([]*ProductEdge, len(rows)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, p := range Products(rows) {
		connection.Edges[i] = &ProductEdge{Node: p, Cursor: page.Edges[i].Cursor}
	}
	return connection, nil
}

// ProductByKey returns the product with the platform's key, or nil.
func ProductByKey(ctx context.Context, key string) (*Product, error) {
	if !usererror.Storable(key) {
		return nil, nil
	}
	row, err := unitofwork.Client(ctx).Product.Query().Where(product.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the product: %w", err)
	}
	return Products([]*ent.Product{row})[0], nil
}

// ItemConnection is a page of POS items.
type ItemConnection struct {
	Edges      []*ItemEdge
	PageInfo   ent.PageInfo
	TotalCount int
}

// ItemEdge is a POS item in a list.
type ItemEdge struct {
	Node   *Item
	Cursor ent.Cursor
}

// ListItems returns a page of POS items.
func ListItems(ctx context.Context, args paging.Args, where *ItemWhere, order *ent.PosItemOrder) (*ItemConnection, error) {
	if order == nil {
		order = &ent.PosItemOrder{Field: ent.PosItemOrderFieldDescription, Direction: entgql.OrderDirectionAsc}
	}
	numbered := order.Field.String() == ent.PosItemOrderFieldShopUnits.String()
	args, err := args.Check(paging.Kind{Prefix: "itm", ByText: !numbered, ByNumber: numbered})
	if err != nil {
		return nil, err
	}
	predicates, err := where.predicates(ctx)
	if err != nil {
		return nil, err
	}
	if predicates, err = where.addCombinations(ctx, predicates); err != nil {
		return nil, err
	}
	query := unitofwork.Client(ctx).PosItem.Query().Where(predicates...)
	query.Select(itemColumns.Asked(ctx)...)
	page, err := query.
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithPosItemOrder(order))
	if err != nil {
		return nil, fmt.Errorf("list items: %w", err)
	}
	rows := make([]*ent.PosItem, len(page.Edges))
	for i, edge := range page.Edges {
		rows[i] = edge.Node
	}
	connection := &ItemConnection{Edges: make([]*ItemEdge, len(rows)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, item := range Items(rows) {
		connection.Edges[i] = &ItemEdge{Node: item, Cursor: page.Edges[i].Cursor}
	}
	return connection, nil
}

// ItemByLightspeedID returns the item with Lightspeed's number, or nil.
func ItemByLightspeedID(ctx context.Context, text string) (*Item, error) {
	number, ok := lightspeedID(text)
	if !ok {
		return nil, nil
	}
	row, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.LightspeedID(number)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the item: %w", err)
	}
	return Items([]*ent.PosItem{row})[0], nil
}

// ItemsByID reads items by their ids; those that the site does not have are left out.
func ItemsByID(ctx context.Context, ids []string) ([]*Item, error) {
	rows, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	return Items(rows), nil
}
