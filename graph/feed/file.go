package feed

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"possync/ent"
	"possync/graph/download"
	"possync/graph/scalar"
	"possync/internal/fault"
)

// File is the feed after the cursor in the query, or from the beginning, up to its current end.
//
// Each line is a JSON object: a product, or after the products of a page {"cursor": …, "hasMore": …}. A client that was cut
// off continues from the last cursor.
func File(now func() time.Time) download.File {
	return download.File{
		Header: http.Header{
			"Content-Type":        {"application/x-ndjson"},
			"Content-Disposition": {`attachment; filename="products.ndjson"`},
		},
		Prepare: func(rawQuery string, w http.ResponseWriter) (download.Content, error) {
			after, err := cursorOf(rawQuery)
			if err != nil {
				return nil, err
			}
			return func(ctx context.Context, page func(func() error) error) error {
				return writeAll(ctx, w, after, now, page)
			}, nil
		},
	}
}

func writeAll(ctx context.Context, w http.ResponseWriter, after *ent.Cursor, now func() time.Time, page func(func() error) error) error {
	control := http.NewResponseController(w)
	for more := true; more; {
		read, err := Read(ctx, after, MaxPage, now())
		if err != nil {
			return err
		}
		err = page(func() error {
			if _, err := w.Write(lines(read)); err != nil {
				return fmt.Errorf("send a page: %w", err)
			}
			if err := control.Flush(); err != nil {
				return fmt.Errorf("send a page: %w", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		after, more = read.EndCursor, read.HasMore
	}
	return nil
}

// cursorOf reads the query.
func cursorOf(rawQuery string) (*ent.Cursor, error) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, fault.New(fault.BadInput, "The query string is not valid.")
	}
	for name := range query {
		if name != "after" {
			return nil, fault.New(fault.BadInput, fmt.Sprintf("There is no parameter %.40q. Use after, or none.", name))
		}
	}
	switch values := query["after"]; {
	case len(values) > 1:
		return nil, fault.New(fault.BadInput, "Use after only once.")
	case len(values) == 0 || values[0] == "":
		return nil, nil
	default:
		c, err := scalar.UnmarshalCursor(values[0])
		if err != nil {
			return nil, fault.New(fault.BadInput, "after is not a cursor of the feed. Send it exactly as you received it.")
		}
		return &c, nil
	}
}

// text is a cursor as GraphQL writes it, in quotes.
func text(c *ent.Cursor) string {
	if c == nil {
		return "null"
	}
	var b strings.Builder
	c.MarshalGQL(&b)
	return b.String()
}
