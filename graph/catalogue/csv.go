package catalogue

import (
	"context"
	"net/http"

	"possync/graph/download"
	"possync/graph/sitedata"
)

// pageSize is how many items are in memory at a time.
const pageSize = 1000

// ItemsFile is the items of the token's site as CSV. The query filters as posItems does, see [Filter].
func ItemsFile() download.File {
	return download.File{
		Header: http.Header{
			"Content-Type":        {"text/csv; charset=utf-8; header=present"},
			"Content-Disposition": {`attachment; filename="items.csv"`},
		},
		Prepare: func(rawQuery string, w http.ResponseWriter) (download.Content, error) {
			where, err := ItemsFilter(rawQuery)
			if err != nil {
				return nil, err
			}
			return func(ctx context.Context, page func(func() error) error) error {
				ctx = sitedata.WithCache(ctx) // settings are read once for the whole file
				out := &file{w: w}
				return EachPage(ctx, where, pageSize, func(items []*Item) error {
					return page(func() error { return out.write(ctx, items) })
				})
			}, nil
		},
	}
}
