package settings

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/settingchange"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/retail"
)

// ChangeWhere filters changes; all that is given must hold.
type ChangeWhere struct {
	Settings  []string
	ChangedBy *string

	FromDate, ToDate *retail.Date // of the site, both inclusive
}

// ChangeOrder says how changes are ordered.
type ChangeOrder struct {
	Field     ChangeOrderField
	Direction entgql.OrderDirection
}

// ChangeOrderField is what changes can be ordered by.
type ChangeOrderField string

// ByChangedAt orders by when changes were made. Their ids were made then, and sort so.
const ByChangedAt ChangeOrderField = "CHANGED_AT"

// MarshalGQL writes the field as GraphQL.
func (f ChangeOrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *ChangeOrderField) UnmarshalGQL(v any) error {
	if v != string(ByChangedAt) {
		return errors.New("is no SettingChangeOrderField")
	}
	*f = ByChangedAt
	return nil
}

// ChangeConnection is a page of changes.
type ChangeConnection struct {
	Edges      []*ChangeEdge
	PageInfo   ent.PageInfo
	TotalCount int
}

// ChangeEdge is a change in a list.
type ChangeEdge struct {
	Node   *ent.SettingChange
	Cursor ent.Cursor
}

// ListChanges returns a page of changes, the newest first unless the order says otherwise.
func ListChanges(ctx context.Context, args paging.Args, where *ChangeWhere, order *ChangeOrder) (*ChangeConnection, error) {
	args, err := args.Check(paging.Kind{Prefix: "chg"})
	if err != nil {
		return nil, err
	}
	by := &ent.SettingChangeOrder{Direction: entgql.OrderDirectionDesc}
	if order != nil {
		by.Direction = order.Direction
	}
	filters := where.predicates()
	if where != nil {
		from, until, err := sitedata.Days(ctx, where.FromDate, where.ToDate)
		if err != nil {
			return nil, err
		}
		if from != nil {
			filters = append(filters, settingchange.ChangedAtGTE(*from))
		}
		if until != nil {
			filters = append(filters, settingchange.ChangedAtLT(*until))
		}
	}
	page, err := unitofwork.Client(ctx).SettingChange.Query().Where(filters...).
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithSettingChangeOrder(by))
	if err != nil {
		return nil, fmt.Errorf("list changes of settings: %w", err)
	}
	connection := &ChangeConnection{Edges: make([]*ChangeEdge, len(page.Edges)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, edge := range page.Edges {
		connection.Edges[i] = &ChangeEdge{Node: edge.Node, Cursor: edge.Cursor}
	}
	return connection, nil
}

func (w *ChangeWhere) predicates() []predicate.SettingChange {
	var filters []predicate.SettingChange
	if w != nil && w.Settings != nil {
		var settings []string
		for _, s := range w.Settings {
			if usererror.Storable(s) { // no one's key has what cannot be stored
				settings = append(settings, s)
			}
		}
		filters = append(filters, settingchange.SettingIn(settings...))
	}
	if w != nil && w.ChangedBy != nil {
		if usererror.Storable(*w.ChangedBy) {
			filters = append(filters, settingchange.ChangedBy(*w.ChangedBy))
		} else {
			filters = append(filters, settingchange.SettingIn())
		}
	}
	return filters
}
