// Package itemexport hands the POS's items out as CSV, with what was found about each, however many there are: it holds one
// page of them at a time.
package itemexport

import (
	"context"
	"net/http"

	"possync/graph/catalogue"
	"possync/graph/download"
	"possync/graph/sitedata"
)

// pageSize is how many items are held at a time.
const pageSize = 1000

// File is the items of the token's site as CSV. The query filters as posItems does, see [Filter].
func File() download.File {
	return download.File{
		Header: http.Header{
			"Content-Type":        {"text/csv; charset=utf-8; header=present"},
			"Content-Disposition": {`attachment; filename="items.csv"`},
		},
		Prepare: func(rawQuery string, w http.ResponseWriter) (download.Content, error) {
			where, err := Filter(rawQuery)
			if err != nil {
				return nil, err
			}
			return func(ctx context.Context, page func(func() error) error) error {
				ctx = sitedata.Remember(ctx) // what the whole file goes by is read once
				out := &file{w: w}
				return catalogue.EachPage(ctx, where, pageSize, func(items []*catalogue.Item) error {
					return page(func() error { return out.write(ctx, items) })
				})
			}, nil
		},
	}
}
