package catalogue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/shopstock"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
)

// ItemOrder says how POS items are ordered.
type ItemOrder struct {
	Field     ItemOrderField
	Direction entgql.OrderDirection
}

// ItemOrderField is what items can be ordered by.
type ItemOrderField string

// The fields.
const (
	ByDescription ItemOrderField = "DESCRIPTION"
	ByBrand       ItemOrderField = "BRAND"
	ByStock       ItemOrderField = "STOCK"
)

// MarshalGQL writes the field as GraphQL.
func (f ItemOrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *ItemOrderField) UnmarshalGQL(v any) error {
	for _, known := range []ItemOrderField{ByDescription, ByBrand, ByStock} {
		if v == string(known) {
			*f = known
			return nil
		}
	}
	return errors.New("is no PosItemOrderField")
}

// stored is the order as the database can make it.
func (o *ItemOrder) stored() *ent.PosItemOrder {
	order := &ent.PosItemOrder{Field: ent.PosItemOrderFieldDescription, Direction: entgql.OrderDirectionAsc}
	if o != nil {
		order.Direction = o.Direction
		if o.Field == ByBrand {
			order.Field = ent.PosItemOrderFieldBrand
		}
	}
	return order
}

// stocked is an item with what the mapped shops have of it.
type stocked struct {
	id    string
	units int
}

// byStock returns a page of the items that the predicates find, by what the mapped shops have of them, those with the least
// first. It reads the stock of all these items.
func byStock(ctx context.Context, args paging.Args, predicates []predicate.PosItem, direction entgql.OrderDirection) (*ItemConnection, error) {
	all, err := stockedItems(ctx, predicates)
	if err != nil {
		return nil, err
	}
	compare := func(a, b stocked) int {
		order := cmp.Or(cmp.Compare(a.units, b.units), cmp.Compare(a.id, b.id))
		if direction == entgql.OrderDirectionDesc {
			return -order
		}
		return order
	}
	slices.SortFunc(all, compare)
	connection := &ItemConnection{TotalCount: len(all), Edges: []*ItemEdge{}}
	first, end := 0, len(all)
	place := func(c *ent.Cursor) (at int, found bool) {
		text, _ := c.Value.(string)
		units, _ := strconv.Atoi(text)
		return slices.BinarySearchFunc(all, stocked{c.ID, units}, compare)
	}
	if args.After != nil {
		at, found := place(args.After)
		if first = at; found {
			first++
		}
	}
	if args.Before != nil {
		end, _ = place(args.Before)
	}
	end = max(first, end)
	if args.First != nil && end-first > *args.First {
		end = first + *args.First
	}
	if args.Last != nil && end-first > *args.Last {
		first = end - *args.Last
	}
	connection.PageInfo.HasPreviousPage, connection.PageInfo.HasNextPage = first > 0 && len(all) > 0, end < len(all)
	page := all[first:end]
	ids := make([]string, len(page))
	for i, s := range page {
		ids[i] = s.id
	}
	items, err := ItemsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(items, func(i *Item) string { return i.ID })
	for _, s := range page {
		if item := byID[s.id]; item != nil {
			connection.Edges = append(connection.Edges, &ItemEdge{Node: item, Cursor: ent.Cursor{ID: s.id, Value: strconv.Itoa(s.units)}})
		}
	}
	if n := len(connection.Edges); n > 0 {
		connection.PageInfo.StartCursor, connection.PageInfo.EndCursor = &connection.Edges[0].Cursor, &connection.Edges[n-1].Cursor
	}
	return connection, nil
}

func stockedItems(ctx context.Context, predicates []predicate.PosItem) ([]stocked, error) {
	client := unitofwork.Client(ctx)
	ids, err := client.PosItem.Query().Where(predicates...).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("list items by stock: %w", err)
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return nil, err
	}
	var shops []int64
	for _, pair := range pairs {
		if pair.Counts() {
			shops = append(shops, pair.Shop.LightspeedID)
		}
	}
	units := map[string]int{}
	for chunk := range slices.Chunk(ids, 500) {
		var sums []struct {
			ItemID string `sql:"item_id"`
			Sum    int    `sql:"sum"`
		}
		err := client.ShopStock.Query().
			Where(shopstock.ItemIDIn(chunk...), shopstock.LightspeedShopIDIn(shops...), shopstock.OnHandGT(0)).
			GroupBy(shopstock.FieldItemID).Aggregate(ent.Sum(shopstock.FieldOnHand)).Scan(ctx, &sums)
		if err != nil {
			return nil, fmt.Errorf("add up the stock of items: %w", err)
		}
		for _, s := range sums {
			units[s.ItemID] = s.Sum
		}
	}
	all := make([]stocked, len(ids))
	for i, id := range ids {
		all[i] = stocked{id, units[id]}
	}
	return all, nil
}
