package syncruns

import (
	"context"
	"fmt"
	"strconv"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/unusablerow"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
)

// UnusableRow is a row or a figure of the POS that a run could not use.
type UnusableRow struct {
	*ent.UnusableRow
	group *unusableRows
}

// unusableRows are those of runs that were read together.
type unusableRows struct {
	byRun catalogue.Lazy[map[string][]*UnusableRow]
	items catalogue.Lazy[map[int64]*catalogue.Item]
	rows  []*ent.UnusableRow
}

// UnusableRows returns the rows that the run could not use, as they were found.
func (r *Run) UnusableRows(ctx context.Context) ([]*UnusableRow, error) {
	group := &r.group.unusable
	all, err := group.byRun.Get(ctx, func(ctx context.Context) (map[string][]*UnusableRow, error) {
		rows, err := unitofwork.Client(ctx).UnusableRow.Query().Where(unusablerow.RunIDIn(r.group.ids...)).
			Order(ent.Asc(unusablerow.FieldID)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read what runs could not use: %w", err)
		}
		group.rows = rows
		byRun := map[string][]*UnusableRow{}
		for _, row := range rows {
			byRun[row.RunID] = append(byRun[row.RunID], &UnusableRow{row, group})
		}
		return byRun, nil
	})
	if err != nil || all[r.ID] == nil {
		return []*UnusableRow{}, err
	}
	return all[r.ID], nil
}

// LightspeedItemID returns the item's number as the API writes it, or nil.
func (u *UnusableRow) LightspeedItemID() *string {
	if u.UnusableRow.LightspeedItemID == 0 {
		return nil
	}
	text := strconv.FormatInt(u.UnusableRow.LightspeedItemID, 10)
	return &text
}

// PosItem returns the item that the row concerns, or nil.
func (u *UnusableRow) PosItem(ctx context.Context) (*catalogue.Item, error) {
	items, err := u.group.items.Get(ctx, func(ctx context.Context) (map[int64]*catalogue.Item, error) {
		numbers := make([]int64, len(u.group.rows))
		for i, row := range u.group.rows {
			numbers[i] = row.LightspeedItemID
		}
		rows, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.LightspeedIDIn(numbers...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the items that runs could not use: %w", err)
		}
		return sitedata.Index(catalogue.Items(rows), func(i *catalogue.Item) int64 { return i.LightspeedID }), nil
	})
	return items[u.UnusableRow.LightspeedItemID], err
}

// Shop returns the shop whose stock the row concerns, or nil.
func (u *UnusableRow) Shop(ctx context.Context) (*ent.Shop, error) {
	if u.LightspeedShopID == 0 {
		return nil, nil
	}
	return shopByNumber(ctx, u.LightspeedShopID)
}

// Message says for shop staff what is wrong and what to do.
func (u *UnusableRow) Message() string { return u.Problem.Message() }
