// Package paging holds Relay's paging to the API's rules: a page of 1 to 100 rows, 50 when nothing is said, cursors that
// were made for the list they are used on, and no count that nobody asked for.
package paging

import (
	"context"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/pid"
)

const (
	defaultSize = 50
	maxSize     = 100
	maxCursor   = 2000 // characters of the text that a cursor carries
)

// Args are a connection's arguments as the client gave them.
type Args struct {
	After, Before *ent.Cursor
	First, Last   *int
}

// Kind is what a list's cursors must be like.
type Kind struct {
	Prefix string // of the rows' ids
	ByText bool   // the list is ordered by a text, which its cursors carry
	ByTime bool   // the list is ordered by an instant, which its cursors carry
}

// Check returns the arguments with the default page, or a bad-input fault.
func (a Args) Check(kind Kind) (Args, error) {
	if a.First != nil && a.Last != nil {
		return a, fault.New(fault.BadInput, "Give first or last, not both.")
	}
	a.After, a.Before = kind.restored(a.After), kind.restored(a.Before)
	for name, size := range map[string]*int{"first": a.First, "last": a.Last} {
		if size != nil && (*size < 1 || *size > maxSize) {
			return a, fault.New(fault.BadInput, fmt.Sprintf("%s must be from 1 to %d.", name, maxSize))
		}
	}
	for name, cursor := range map[string]*ent.Cursor{"after": a.After, "before": a.Before} {
		if cursor != nil && !kind.made(*cursor) {
			return a, fault.New(fault.BadInput, name+" is no cursor of this list.")
		}
	}
	if a.First == nil && a.Last == nil {
		size := defaultSize
		a.First = &size
	}
	return a, nil
}

// restored gives a cursor back the empty text, which entgql leaves out when it writes one. Without a value its condition
// would skip rows.
func (k Kind) restored(c *ent.Cursor) *ent.Cursor {
	if c == nil || !k.ByText || c.Value != nil {
		return c
	}
	return &ent.Cursor{ID: c.ID, Value: ""}
}

// made reports whether a list of the kind can have made the cursor. The content of a cursor comes from the client.
func (k Kind) made(c ent.Cursor) bool {
	if prefix, ok := pid.Prefix(c.ID); !ok || prefix != k.Prefix {
		return false
	}
	if k.ByTime {
		_, ok := c.Value.(time.Time)
		return ok
	}
	if !k.ByText {
		return c.Value == nil
	}
	text, ok := c.Value.(string)
	return ok && len(text) <= maxCursor && usererror.Storable(text)
}

// Context returns a context for ent's Paginate, which reads from it which parts of the connection are wanted: the rows, with
// all their columns, unless the count alone was asked for; and the count only when it was. Left to itself it would count
// the whole list for every pageInfo, and leave columns out that computed fields need.
func Context(ctx context.Context) context.Context {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil {
		return ctx
	}
	var rows, count bool
	for _, field := range graphql.CollectFieldsCtx(ctx, nil) {
		switch field.Name {
		case "edges", "pageInfo":
			rows = true
		case "totalCount":
			count = true
		}
	}
	wanted := ast.SelectionSet{}
	if rows {
		wanted = append(wanted, &ast.Field{Name: "edges", Alias: "edges"})
	}
	if count {
		wanted = append(wanted, &ast.Field{Name: "totalCount", Alias: "totalCount"})
	}
	narrowed := *fc
	narrowed.Field.Selections = wanted
	return graphql.WithFieldContext(ctx, &narrowed)
}
