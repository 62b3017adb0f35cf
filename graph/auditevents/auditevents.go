// Package auditevents shows the audit log.
package auditevents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"entgo.io/contrib/entgql"

	"possync/ent"
	"possync/ent/auditevent"
	"possync/ent/predicate"
	"possync/graph/paging"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/retail"
)

// Action is what was done.
type Action string

// MarshalGQL writes the action as GraphQL.
func (a Action) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(a))) }

// UnmarshalGQL reads an action from GraphQL, which knows which ones there are.
func (a *Action) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%v is no AuditAction", v)
	}
	*a = Action(s)
	return nil
}

// Event is an entry of the log.
type Event struct{ *ent.AuditEvent }

// IsNode makes it a node.
func (*Event) IsNode() {}

// Action returns what was done.
func (e *Event) Action() Action { return Action(e.AuditEvent.Action) }

// Target returns the id of what was changed, or nil.
func (e *Event) Target() *string { return orNull(e.AuditEvent.Target) }

// RequestID returns the id of the request, or nil.
func (e *Event) RequestID() *string { return orNull(e.AuditEvent.RequestID) }

// Changes returns what changed.
func (e *Event) Changes() []*Change {
	list := make([]*Change, len(e.AuditEvent.Changes))
	for i, c := range e.AuditEvent.Changes {
		list[i] = &Change{Field: c.Field, Before: orNull(c.Before), After: orNull(c.After)}
	}
	return list
}

// Change is one value that changed.
type Change struct {
	Field         string
	Before, After *string // nil = there is none
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Where filters entries; all that is given must hold.
type Where struct {
	Actor            *string
	Actions          []Action
	Target           *string
	FromDate, ToDate *retail.Date
}

// Order says how entries are ordered.
type Order struct {
	Field     OrderField
	Direction entgql.OrderDirection
}

// OrderField is what entries can be ordered by.
type OrderField string

// BySequence orders by their place in the log.
const BySequence OrderField = "SEQUENCE"

// MarshalGQL writes the field as GraphQL.
func (f OrderField) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(f))) }

// UnmarshalGQL reads a field from GraphQL.
func (f *OrderField) UnmarshalGQL(v any) error {
	if v != string(BySequence) {
		return errors.New("is no AuditEventOrderField")
	}
	*f = BySequence
	return nil
}

// Connection is a page of entries.
type Connection struct {
	Edges      []*Edge
	PageInfo   ent.PageInfo
	TotalCount int
}

// Edge is an entry in a list.
type Edge struct {
	Node   *Event
	Cursor ent.Cursor
}

// List returns a page of entries, the newest first unless the order says otherwise.
func List(ctx context.Context, args paging.Args, where *Where, order *Order) (*Connection, error) {
	args, err := args.Check(paging.Kind{Prefix: "aud", ByNumber: true})
	if err != nil {
		return nil, err
	}
	by := &ent.AuditEventOrder{Field: ent.AuditEventOrderFieldSequence, Direction: entgql.OrderDirectionDesc}
	if order != nil {
		by.Direction = order.Direction
	}
	filters, err := where.predicates(ctx)
	if err != nil {
		return nil, err
	}
	page, err := unitofwork.Client(ctx).AuditEvent.Query().Where(filters...).
		Paginate(paging.Context(ctx), args.After, args.First, args.Before, args.Last, ent.WithAuditEventOrder(by))
	if err != nil {
		return nil, fmt.Errorf("list the audit log: %w", err)
	}
	connection := &Connection{Edges: make([]*Edge, len(page.Edges)), PageInfo: page.PageInfo, TotalCount: page.TotalCount}
	for i, edge := range page.Edges {
		connection.Edges[i] = &Edge{Node: &Event{edge.Node}, Cursor: edge.Cursor}
	}
	return connection, nil
}

func (w *Where) predicates(ctx context.Context) ([]predicate.AuditEvent, error) {
	if w == nil {
		return nil, nil
	}
	var filters []predicate.AuditEvent
	if w.Actor != nil {
		filters = append(filters, text(*w.Actor, auditevent.Actor))
	}
	if w.Target != nil {
		filters = append(filters, text(*w.Target, auditevent.Target))
	}
	if w.Actions != nil {
		actions := make([]string, len(w.Actions))
		for i, a := range w.Actions {
			actions[i] = string(a)
		}
		filters = append(filters, auditevent.ActionIn(actions...))
	}
	from, until, err := sitedata.Days(ctx, w.FromDate, w.ToDate)
	if from != nil {
		filters = append(filters, auditevent.AtGTE(*from))
	}
	if until != nil {
		filters = append(filters, auditevent.AtLT(*until))
	}
	return filters, err
}

// text filters by a text, which no entry has if it cannot be stored.
func text(s string, filter func(string) predicate.AuditEvent) predicate.AuditEvent {
	if !usererror.Storable(s) || s == "" {
		return auditevent.ActionIn()
	}
	return filter(s)
}

// ByID reads entries by their ids; those that the site does not have are left out.
func ByID(ctx context.Context, ids []string) ([]*Event, error) {
	rows, err := unitofwork.Client(ctx).AuditEvent.Query().Where(auditevent.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read entries of the audit log: %w", err)
	}
	events := make([]*Event, len(rows))
	for i, row := range rows {
		events[i] = &Event{row}
	}
	return events, nil
}
