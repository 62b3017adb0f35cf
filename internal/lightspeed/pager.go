package lightspeed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxFilterIDs is Lightspeed's limit of values in an IN filter.
const maxFilterIDs = 100

// maxRereads is how often a page with unreadable rows is read again before they are skipped: what was damaged on the way is
// whole the next time.
const maxRereads = 2

// archivedToo includes archived rows.
var archivedToo = map[string]string{"archived": "true"}

// ItemQuery selects items. Without Since they come in the order of their ids.
type ItemQuery struct {
	Cursor        string    // an earlier [Page.Next]; the other fields must be the same as then
	IDs           []int64   // only these, at most 100
	Since         time.Time // only those with this TimeStamp or a later one, in the order of TimeStamp; whole seconds
	LoadItemShops bool      // with the stock rows of each item
	Archived      string    // "true" (default) = archived ones too, "false" = without, "only" = only those
	Limit         int       // rows a page, 1 to 100; default 100
}

// relations are those that the items are read with.
func (q ItemQuery) relations() string {
	const always = `"ItemAttributes","ItemAttributes.ItemAttributeSet","ItemComponents"`
	if q.LoadItemShops {
		return "[" + always + `,"ItemShops"]`
	}
	return "[" + always + "]"
}

// Items reads items page by page, with their attributes and their components.
func (a *Account) Items(q ItemQuery) *Pager[Item] {
	p := map[string]string{"archived": "true", "load_relations": q.relations()}
	if q.Archived != "" {
		p["archived"] = q.Archived
	}
	err := selection(p, q.IDs, q.Since, q.Limit)
	return newPager(a, "Item", query(p), q.Cursor, itemRow).failing(err)
}

// ItemShopQuery selects stock rows. Without Since they come in the order of their ids.
type ItemShopQuery struct {
	Cursor  string    // an earlier [Page.Next]; the other fields must be the same as then
	ItemIDs []int64   // only of these items, at most 100
	ShopID  int64     // only in this shop; 0 = all, with the summary rows
	Since   time.Time // only those with this TimeStamp or a later one, in the order of TimeStamp; whole seconds
	Limit   int       // rows a page, 1 to 100; default 100
}

// ItemShops reads stock rows page by page.
func (a *Account) ItemShops(q ItemShopQuery) *Pager[ItemShop] {
	p := map[string]string{}
	if q.ShopID != 0 {
		p["shopID"] = strconv.FormatInt(q.ShopID, 10)
	}
	err := selection(p, q.ItemIDs, q.Since, q.Limit)
	return newPager(a, "ItemShop", query(p), q.Cursor, itemShopRow).failing(err)
}

// selection adds the filters that items, stock rows and sales share.
func selection(p map[string]string, itemIDs []int64, since time.Time, limit int) error {
	if len(itemIDs) > maxFilterIDs {
		return fmt.Errorf("%d ids in one query: Lightspeed takes at most %d", len(itemIDs), maxFilterIDs)
	}
	if len(itemIDs) > 0 {
		p["itemID"] = oneOf(itemIDs)
	}
	if !since.IsZero() {
		p["sort"] = "timeStamp"
		p["timeStamp"] = ">=," + since.UTC().Format("2006-01-02T15:04:05-07:00")
	}
	if limit > 0 {
		p["limit"] = strconv.Itoa(limit)
	}
	return nil
}

// oneOf is the filter for any of these ids, of which there must be at least one and at most maxFilterIDs.
func oneOf(ids []int64) string {
	texts := make([]string, len(ids))
	for i, each := range ids {
		texts[i] = id(each)
	}
	return "IN,[" + strings.Join(texts, ",") + "]"
}

// query encodes parameters. Pages are full unless limit says otherwise.
func query(parameters map[string]string) string {
	v := url.Values{"limit": {"100"}}
	for _, k := range slices.Sorted(maps.Keys(parameters)) {
		v.Set(k, parameters[k])
	}
	return v.Encode()
}

// Page is a page of rows.
type Page[T any] struct {
	Rows       []T
	Next       string    // the cursor of the next page, to be given back unchanged; empty on the last page
	ServerTime time.Time // Lightspeed's clock when it answered, in whole seconds; zero = not known
	// Skipped counts rows that lacked required fields or held values of the wrong kind,
	// even when read again, and are not in Rows. They exist at Lightspeed and are not deleted.
	Skipped int
	Reason  error   // why the first of them was skipped
	Reasons []error // why each of them was skipped, as far as it is known
	Missing []int64 // ids that were asked for and that Lightspeed does not list
}

// Pager reads the pages of a list, one after the other. It is not safe for concurrent use.
type Pager[T any] struct {
	account *Account
	name    string // of the resource
	path    string
	query   string // of the next page
	done    bool
	err     error // what is wrong with the query
	seen    map[string]bool
	convert func(*row) T
}

func newPager[T any](a *Account, resource, firstQuery, cursor string, convert func(*row) T) *Pager[T] {
	p := &Pager[T]{
		account: a,
		name:    resource,
		query:   firstQuery,
		convert: convert,
		seen:    make(map[string]bool),
	}
	p.path, p.err = a.path("/" + resource + ".json")
	if cursor != "" && p.err == nil && a.client.baseErr == nil {
		p.query, p.err = p.follow(cursor)
		if p.err != nil {
			p.err = fmt.Errorf("%w: %w", ErrCursor, p.err)
		}
		p.seen[p.query] = true
	}
	return p
}

func (p *Pager[T]) failing(err error) *Pager[T] {
	if p.err == nil {
		p.err = err
	}
	return p
}

// Next reads the next page; after the last one it returns [io.EOF]. After any other error it can be called again for the same
// page.
func (p *Pager[T]) Next(ctx context.Context) (Page[T], error) {
	switch {
	case p.err != nil:
		return Page[T]{}, fmt.Errorf("read %s: %w", p.name, p.err)
	case p.done:
		return Page[T]{}, io.EOF
	}
	var page Page[T]
	var next string
	repeats := 0
	c := p.account.call(http.MethodGet, p.path, p.query)
	c.accept = func(header http.Header, body []byte) error {
		d, err := decodePage(body, p.name, p.convert)
		if err != nil {
			return err
		}
		if d.next != "" {
			if next, err = p.follow(d.next); err != nil {
				return fmt.Errorf("%w: next page: %w", ErrMalformed, err)
			}
			if p.seen[next] || next == p.query {
				return malformed("next page: the cursor leads back to an earlier page")
			}
		} else {
			next = ""
		}
		if len(d.unreadable) > 0 && repeats < maxRereads {
			repeats++
			return fmt.Errorf("%w: %w", ErrMalformed, errors.Join(d.unreadable[:min(3, len(d.unreadable))]...))
		}
		page = Page[T]{Rows: d.rows, Skipped: len(d.unreadable)}
		if page.Skipped > 0 {
			page.Reason, page.Reasons = d.unreadable[0], d.unreadable
		}
		if t, err := http.ParseTime(header.Get("Date")); err == nil {
			page.ServerTime = t.UTC()
		}
		for _, why := range d.unreadable {
			p.account.client.log.ErrorContext(ctx, "Lightspeed row skipped", "resource", p.name, "error", why)
		}
		return nil
	}
	if err := p.account.client.do(ctx, c); err != nil {
		return Page[T]{}, notEOF{fmt.Errorf("read %s: %w", p.name, err)}
	}
	if next == "" {
		p.done = true
		return page, nil
	}
	p.seen[p.query], p.seen[next] = true, true
	p.query = next
	page.Next = p.account.client.base.Path + p.path + "?" + next
	return page, nil
}

// follow checks that a link leads to a page of this list on the API's own host, and returns its query. The next request carries
// the token, so it must not go anywhere else.
func (p *Pager[T]) follow(link string) (string, error) {
	u, err := url.Parse(link)
	if err != nil {
		return "", errors.New("not a URL")
	}
	base := p.account.client.base
	switch {
	case u.Opaque != "" || u.User != nil || (u.Host == "") != (u.Scheme == ""):
		return "", errors.New("not a plain URL")
	case u.Host != "" && (!strings.EqualFold(u.Host, base.Host) || !strings.EqualFold(u.Scheme, base.Scheme)):
		return "", errors.New("leads to another host")
	case u.Path != base.Path+p.path:
		return "", errors.New("leads to another resource")
	case u.RawQuery == "":
		return "", errors.New("without a query")
	}
	return u.RawQuery, nil
}

// All reads the remaining pages. It ends after the last page or after yielding an error.
func (p *Pager[T]) All(ctx context.Context) iter.Seq2[Page[T], error] {
	return func(yield func(Page[T], error) bool) {
		for {
			page, err := p.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// notEOF is an error that is never [io.EOF], whatever it wraps: a connection that ended is not the end of the list.
type notEOF struct{ err error }

func (e notEOF) Error() string { return e.err.Error() }

// Is reports false for io.EOF. Any other target is compared with the wrapped errors.
func (e notEOF) Is(target error) bool { return target != io.EOF && errors.Is(e.err, target) }

// As finds the wrapped errors.
func (e notEOF) As(target any) bool { return errors.As(e.err, target) }
