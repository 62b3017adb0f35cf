package feed

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/records/feedlog"
)

// position is a place in the feed: products are ordered by the number of their last change, and those with the same by their key.
type position struct {
	sequence int64
	key      string
}

// positioned is a product in its place.
type positioned struct {
	*ent.Product
	at position
}

// mark distinguishes the feed's cursors from those of other lists.
const mark = "feed:"

func (p position) cursor() *ent.Cursor {
	return &ent.Cursor{ID: p.key, Value: mark + strconv.FormatInt(p.sequence, 10)}
}

// parse reads a cursor, whose content comes from the client.
func parse(c *ent.Cursor) (position, error) {
	if c == nil {
		return position{}, nil
	}
	value, _ := c.Value.(string)
	number, ours := strings.CutPrefix(value, mark)
	sequence, err := strconv.ParseInt(number, 10, 64)
	if !ours || err != nil || sequence < 0 || !usererror.Storable(c.ID) {
		return position{}, fault.New(fault.BadInput, "after is no cursor of the feed.")
	}
	return position{sequence, c.ID}, nil
}

// next reads the next products after a place. all is the number of the last change that concerned all linked products, 0 = there was none.
//
// A change that concerned all linked products is stamped on none of them (see feedlog.MarkLinked). So the feed has three
// parts: unlinked products that changed before it, the linked ones that did not change after it, all of which have its
// number, and whatever changed after it.
func (p position) next(ctx context.Context, all int64, limit int) ([]positioned, error) {
	var rows []positioned
	read := func(at func(*ent.Product) position, order []string, where ...predicate.Product) error {
		if len(rows) == limit {
			return nil
		}
		read, err := unitofwork.Client(ctx).Product.Query().Where(where...).Order(ent.Asc(order...)).
			Limit(limit - len(rows)).Select(columns...).All(ctx)
		if err != nil {
			return fmt.Errorf("read the feed: %w", err)
		}
		for _, row := range read {
			rows = append(rows, positioned{row, at(row)})
		}
		return nil
	}
	own := func(row *ent.Product) position { return position{row.FeedSequence, row.Key} }
	byChange, byKey := []string{product.FieldFeedSequence, product.FieldKey}, []string{product.FieldKey}
	if all > 0 {
		if p.sequence < all {
			if err := read(own, byChange, p.after(), product.FeedSequenceLT(all), product.Not(feedlog.Linked())); err != nil {
				return nil, err
			}
			p = position{all, ""}
		}
		if p.sequence == all {
			common := func(row *ent.Product) position { return position{all, row.Key} }
			err := read(common, byKey, product.KeyGT(p.key), product.FeedSequenceLTE(all), feedlog.Linked())
			if err != nil {
				return nil, err
			}
			p = position{all + 1, ""}
		}
	}
	return rows, read(own, byChange, p.after())
}

// after are the products whose own number puts them behind the place. As one comparison of pairs it is a range of the index.
func (p position) after() predicate.Product {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("(").Ident(s.C(product.FieldFeedSequence)).Comma().Ident(s.C(product.FieldKey)).
				WriteString(") > (").Arg(p.sequence).Comma().Arg(p.key).WriteString(")")
		}))
	}
}
