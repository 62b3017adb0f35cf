// Package paging enforces the API's rules for Relay's paging: a page has 1 to 100 rows, 50 by default; cursors must be from
// the same list; and rows are counted only if the count was requested.
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

// Kind describes the cursors of a list.
type Kind struct {
	Prefix   string // of the rows' ids
	ByText   bool   // the list is ordered by a text, which its cursors carry
	ByTime   bool   // the list is ordered by an instant, which its cursors carry
	ByNumber bool   // the list is ordered by a whole number, which its cursors carry
}

// Check returns the arguments with the default page, or a bad-input fault.
func (a Args) Check(kind Kind) (Args, error) {
	if a.First != nil && a.Last != nil {
		return a, fault.New(fault.BadInput, "Use first or last, not both.")
	}
	a.After, a.Before = kind.restored(a.After), kind.restored(a.Before)
	for _, size := range []struct {
		name  string
		given *int
	}{{"first", a.First}, {"last", a.Last}} {
		if size.given != nil && (*size.given < 1 || *size.given > maxSize) {
			return a, fault.New(fault.BadInput, fmt.Sprintf("%s must be from 1 to %d.", size.name, maxSize))
		}
	}
	for _, cursor := range []struct {
		name  string
		given *ent.Cursor
	}{{"after", a.After}, {"before", a.Before}} {
		if cursor.given != nil && !kind.made(*cursor.given) {
			return a, fault.New(fault.BadInput, cursor.name+" is not a cursor of this list. Send a cursor exactly as you received it.")
		}
	}
	if a.First == nil && a.Last == nil {
		size := defaultSize
		a.First = &size
	}
	return a, nil
}

// restored puts the empty text, or zero, back into a cursor, which entgql omits when it writes one. Without a value, its condition would
// skip rows.
func (k Kind) restored(c *ent.Cursor) *ent.Cursor {
	switch {
	case c == nil || c.Value != nil:
		return c
	case k.ByText:
		return &ent.Cursor{ID: c.ID, Value: ""}
	case k.ByNumber:
		return &ent.Cursor{ID: c.ID, Value: int64(0)}
	default:
		return c
	}
}

// made reports whether the cursor can be from a list of the kind. The content of a cursor comes from the client.
func (k Kind) made(c ent.Cursor) bool {
	if prefix, ok := pid.Prefix(c.ID); !ok || prefix != k.Prefix {
		return false
	}
	if k.ByTime {
		_, ok := c.Value.(time.Time)
		return ok
	}
	if k.ByNumber {
		switch c.Value.(type) {
		case int8, int16, int32, int64, uint8, uint16, uint32: // as they are packed
			return true
		}
		return false
	}
	if !k.ByText {
		return c.Value == nil
	}
	text, ok := c.Value.(string)
	return ok && len(text) <= maxCursor && usererror.Storable(text)
}

// Context returns a context for ent's Paginate, which reads from it which parts of the connection are needed: the rows with
// all columns, unless only the count was requested; and the count only if it was requested. By default Paginate would count
// the whole list for every pageInfo, and leave out columns that computed fields need.
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
