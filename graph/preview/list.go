package preview

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/catalogue"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/fault"
	"possync/internal/records/display"
)

// Where filters items.
type Where struct {
	Effects []Effect // any of these; nil = all
}

// Order says how items are ordered.
type Order struct {
	Field     OrderField
	Direction entgql.OrderDirection
}

// Connection is a page of items.
type Connection struct {
	Edges    []*Edge
	PageInfo ent.PageInfo

	preview *Preview
	effects []Effect
}

// Edge is an item in a list.
type Edge struct {
	Node   *Item
	Cursor ent.Cursor
}

// TotalCount counts the rows of the whole list.
func (c *Connection) TotalCount(ctx context.Context) (int, error) {
	counted, err := c.preview.count(ctx)
	if err != nil {
		return 0, err
	}
	if len(c.effects) == len(everything) {
		return counted.any, nil
	}
	if len(c.effects) == 1 {
		return counted.of[c.effects[0]], nil
	}
	total := 0
	err = c.preview.plan.each(ctx, display.Walk{}, func(item *ent.PosItem, o display.Result) bool {
		if c.preview.plan.has(item, o, c.effects) {
			total++
		}
		return true
	})
	return total, err
}

// Items returns a page of the items that the change would do something to.
func (p *Preview) Items(ctx context.Context, after *ent.Cursor, first *int, before *ent.Cursor, last *int, where *Where, order *Order) (*Connection, error) {
	args, err := paging.Args{After: after, First: first, Before: before, Last: last}.Check(paging.Kind{Prefix: "itm"})
	if err != nil {
		return nil, err
	}
	s := slice{effects: everything, descending: order != nil && order.Direction == entgql.OrderDirectionDesc}
	if where != nil && where.Effects != nil {
		s.effects = slices.Compact(slices.Sorted(slices.Values(where.Effects)))
	}
	if s.after, err = position(ctx, args.After, "after"); err != nil {
		return nil, err
	}
	if s.before, err = position(ctx, args.Before, "before"); err != nil {
		return nil, err
	}
	if args.Last != nil {
		s.fromBack, s.size = true, *args.Last
	} else {
		s.size = *args.First
	}
	ids, more, err := p.ids(ctx, s)
	if err != nil {
		return nil, err
	}
	c := &Connection{Edges: []*Edge{}, preview: p, effects: s.effects}
	c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = more, s.after != 0
	if s.fromBack {
		c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = s.before != 0, more
	}
	rows, err := p.items(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, item := range rows {
		c.Edges = append(c.Edges, &Edge{Node: item, Cursor: ent.Cursor{ID: item.Item.ID}})
	}
	if n := len(c.Edges); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
	}
	return c, nil
}

// position returns Lightspeed's id of the item that a cursor points to; 0 without a cursor.
func position(ctx context.Context, cursor *ent.Cursor, name string) (int64, error) {
	if cursor == nil {
		return 0, nil
	}
	item, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.ID(cursor.ID)).Select(positem.FieldLightspeedID).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, fault.New(fault.BadInput, name+" is not a cursor of this list. Send a cursor exactly as you received it.")
	}
	if err != nil {
		return 0, fmt.Errorf("find a cursor's item: %w", err)
	}
	return item.LightspeedID, nil
}

// slice is a part of the list.
type slice struct {
	effects       []Effect
	descending    bool  // the list's order
	fromBack      bool  // the last rows of it, not the first
	after, before int64 // Lightspeed's ids between which it lies, in the list's order; 0 = its ends
	size          int
}

// ids returns Lightspeed's ids of the slice's items in the list's order; more says that the list goes on beyond them.
func (p *Preview) ids(ctx context.Context, s slice) (ids []int64, more bool, err error) {
	if s.after == 0 && s.before == 0 && !s.fromBack && !s.descending {
		c, err := p.count(ctx) // clients that read the first page mostly read the counts too
		if err != nil {
			return nil, false, err
		}
		for _, e := range s.effects {
			ids = append(ids, c.heads[e]...)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
	} else {
		w := display.Walk{After: s.after, Descending: s.descending}
		end := s.before
		if s.fromBack {
			w, end = display.Walk{After: s.before, Descending: !s.descending}, s.after
		}
		err = p.plan.each(ctx, w, func(item *ent.PosItem, o display.Result) bool {
			if end != 0 && (item.LightspeedID == end || (item.LightspeedID > end) != w.Descending) {
				return false
			}
			if p.plan.has(item, o, s.effects) {
				ids = append(ids, item.LightspeedID)
			}
			return len(ids) <= s.size
		})
		if err != nil {
			return nil, false, err
		}
	}
	if more = len(ids) > s.size; more {
		ids = ids[:s.size]
	}
	if s.fromBack {
		slices.Reverse(ids)
	}
	return ids, more, nil
}

func (p plan) has(item *ent.PosItem, o display.Result, effects []Effect) bool {
	return slices.ContainsFunc(p.effects(item, o), func(e Effect) bool { return slices.Contains(effects, e) })
}

// items reads the items, in the order of the ids, and evaluates them.
func (p *Preview) items(ctx context.Context, ids []int64) ([]*Item, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	client := unitofwork.Client(ctx)
	rows, err := client.PosItem.Query().Where(positem.LightspeedIDIn(ids...)).WithProduct().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the items of a preview: %w", err)
	}
	stock, err := p.plan.rules.Stock(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(catalogue.Items(rows), func(i *catalogue.Item) int64 { return i.LightspeedID })
	list := make([]*Item, 0, len(ids))
	for _, id := range ids {
		if item := byID[id]; item != nil { // otherwise it is gone
			o := p.plan.rules.Evaluate(item.PosItem, stock)
			before, after := p.plan.shown(item.PosItem, o)
			list = append(list, &Item{
				Item: item, Effects: append([]Effect{}, p.plan.effects(item.PosItem, o)...),
				Before: &State{Displayed: before, Reasons: catalogue.Reasons(item.ReasonBits), item: item, pricing: p.plan.before, at: p.plan.now},
				After:  &State{Displayed: after, Reasons: catalogue.Reasons(o.Bits()), item: item, pricing: p.plan.after, at: p.plan.now},
			})
		}
	}
	return list, nil
}
