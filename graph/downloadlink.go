package graph

import (
	"context"
	"errors"
	"net/url"
	"unicode/utf8"

	"possync/graph/catalogue"
	"possync/graph/download"
	"possync/graph/feed"
	"possync/graph/model"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/message"
)

// maxFilter is how many characters the filter of a link may have. It travels in the address, compressed.
const maxFilter = 32_000

// downloadLink makes a link to a file, unless the file would refuse the filter.
func (r *Resolver) downloadLink(ctx context.Context, name model.DownloadFile, query string) (link *download.Link, found usererror.List, err error) {
	query = found.Text(query, usererror.Bounds{Most: maxFilter}, "query")
	if found.Any() {
		return nil, found, nil
	}
	path, file := "/export/items.csv", catalogue.ItemsFile()
	if name == model.DownloadFileProductsNdjson {
		path, file = "/export/products.ndjson", feed.File(r.deps.Clock.Now)
	}
	if _, err := file.Prepare(query, nil); err != nil {
		if fault.KindOf(err) != fault.BadInput {
			return nil, found, err
		}
		found.Add(usererror.Invalid, fault.Message(err), "query")
		return nil, found, nil
	}
	values, err := url.ParseQuery(query)
	if err != nil || utf8.RuneCountInString(query) != len(query) {
		found.Add(usererror.Invalid, "The filter must be encoded as in an address.", "query")
		return nil, found, nil
	}
	link, err = download.NewLink(ctx, r.deps.Box, r.deps.PublicURL, path, values.Encode(), r.deps.Clock.Now(), principalOf(ctx).ExpiresAt)
	if long, ok := errors.AsType[*download.TooLongError](err); ok {
		found.Say(usererror.TooMuch, "With this filter the link has {count} characters, and web browsers and servers take at most {limit}. Choose fewer brands, items or reasons, or search for less.",
			message.Values{"count": long.Length, "limit": long.Limit}, "query")
		return nil, found, nil
	}
	return link, found, err
}
