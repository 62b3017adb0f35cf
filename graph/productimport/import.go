// Package productimport stores the products that the platform sends, a batch at a time.
//
// A batch costs a few statements however many products it has. Unchanged products are not written, and sending a batch twice
// has the same effect as once.
package productimport

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/migrate"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/internal/batch"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/pid"
	"possync/internal/records/bulkset"
	"possync/internal/records/confirmation"
	"possync/internal/records/feedlog"
	"possync/internal/records/lookup"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

var kind = batch.Kind{One: "product", Many: "products", Most: 250, Path: "products"}

// Outcome is what happened to a row.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "CREATED"
	Updated   Outcome = "UPDATED"
	Unchanged Outcome = "UNCHANGED"
	Refused   Outcome = "REFUSED"
)

// Values lists the outcomes.
func (Outcome) Values() []string {
	return []string{string(Created), string(Updated), string(Unchanged), string(Refused)}
}

// MarshalGQL writes the outcome as GraphQL.
func (o Outcome) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(o))) }

// UnmarshalGQL reads an outcome from GraphQL.
func (o *Outcome) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !slices.Contains((*o).Values(), s) {
		return fmt.Errorf("%v is no ImportOutcome", v)
	}
	*o = Outcome(s)
	return nil
}

// Result is the result for one row.
type Result struct {
	Key        string // as the input has it
	Outcome    Outcome
	Product    *catalogue.Product // nil when it was refused, or is not asked for
	UserErrors []*usererror.Error // paths into the row
}

// Import adds or updates products by the platform's keys and marks those that must be matched again. It returns one result for
// each row, in their order, or what is wrong with the batch as a whole. unreadable are the errors of rows some of whose values could not be
// read.
func Import(ctx context.Context, rows []*Row, unreadable map[int]usererror.List, now time.Time) ([]*Result, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	if found := kind.Check(len(rows)); found.Any() {
		return nil, found, nil
	}
	b := importing{now: now, results: make([]*Result, len(rows))}
	b.read(rows, unreadable)
	var err error
	if b.old, err = b.stored(ctx); err != nil {
		return nil, nil, err
	}
	if err := b.write(ctx); err != nil {
		return nil, nil, err
	}
	return b.results, nil, b.show(ctx)
}

// importing is a batch that is being stored.
type importing struct {
	now     time.Time
	results []*Result
	rows    []accepted                // those without errors, each key once
	old     map[string]*ent.Product   // by key
	kept    map[string]*retail.Amount // the prices that falls are measured against, by key
	written bool
}

type accepted struct {
	change
	result *Result
}

// read checks the rows. Of several with the same key the first counts, and the others get an error.
func (b *importing) read(rows []*Row, unreadable map[int]usererror.List) {
	keys := batch.Unique{Kind: kind, Field: "key"}
	for i, row := range rows {
		c, found := row.read()
		keys.Check(&found, i, c.key)
		found = found.Instead(unreadable[i])
		b.results[i] = &Result{Key: row.Key, Outcome: Refused, UserErrors: found.All()}
		if !found.Any() {
			b.rows = append(b.rows, accepted{c, b.results[i]})
		}
	}
}

// stored reads the products that have the batch's keys.
func (b *importing) stored(ctx context.Context) (map[string]*ent.Product, error) {
	if len(b.rows) == 0 {
		return nil, nil
	}
	keys := make([]string, len(b.rows))
	for i, row := range b.rows {
		keys[i] = row.key
	}
	found, err := unitofwork.Client(ctx).Product.Query().
		Modify(lookup.In(product.Table, lookup.Values{Column: product.FieldKey, Values: keys})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the products of the batch: %w", err)
	}
	return sitedata.Index(found, func(p *ent.Product) string { return p.Key }), nil
}

// keepPrices finds the prices that falls are measured against, and whether any product's price is less than half of its own.
func (b *importing) keepPrices(ctx context.Context) (fell bool, err error) {
	b.kept = map[string]*retail.Amount{}
	lower := func(row accepted) bool { old := b.old[row.key]; return old != nil && row.on(old).price < old.Price }
	if slices.ContainsFunc(b.rows, lower) {
		if err := confirmation.BeginPrices(ctx, unitofwork.Client(ctx), b.now); err != nil {
			return false, err
		}
		if b.old, err = b.stored(ctx); err != nil { // without what was kept too long ago
			return false, err
		}
	}
	for _, row := range b.rows {
		if old := b.old[row.key]; old != nil {
			base, collapsed := confirmation.KeepBase(old.HeldPrice, old.Price, row.on(old).price)
			b.kept[row.key], fell = base, fell || collapsed
		}
	}
	return fell, nil
}

// conflict says what stays as it is stored where a product is sent again.
var conflict = bulkset.Conflict{Columns: []string{product.FieldKey}, Keep: []string{
	product.FieldID, product.FieldCreatedAt, product.FieldSaleStartDate, product.FieldSaleEndDate,
	product.FieldListPrice, product.FieldListUnits, product.FieldPriceBits, // package listing follows with these
	product.FieldListDisplayed, // and package feedlog with this
}}

// write stores what is new or changed, and wakes whom it concerns.
func (b *importing) write(ctx context.Context) error {
	client := unitofwork.Client(ctx)
	var products []*ent.Product
	fell, err := b.keepPrices(ctx)
	if err != nil {
		return err
	}
	rematch, number := false, int64(0)
	appeared := map[string]string{}
	for _, row := range b.rows {
		old := b.old[row.key]
		now := row.on(old)
		hash := now.hash()
		switch {
		case old == nil:
			row.result.Outcome = Created
		case old.ContentHash == hash:
			row.result.Outcome = Unchanged
			continue
		default:
			row.result.Outcome = Updated
		}
		pending := now.matching(old)
		rematch = rematch || pending
		id, sequence := pid.New("prd"), int64(0)
		if old != nil {
			id, pending, sequence = old.ID, pending || old.MatchPending, old.FeedSequence
		} else {
			appeared[row.key] = id
		}
		if old == nil || old.Price != now.price || old.Active != now.active { // what the feed reports of these
			if number == 0 {
				if number, err = feedlog.Next(ctx, client); err != nil {
					return err
				}
			}
			sequence = number
		}
		p := now.row(old)
		p.ID, p.Key, p.HeldPrice, p.ContentHash, p.MatchPending, p.FeedSequence = id, row.key, b.kept[row.key], hash, pending, sequence
		p.CreatedAt, p.UpdatedAt = b.now, b.now
		products = append(products, p)
	}
	if len(products) == 0 {
		return nil
	}
	if err := bulkset.Insert(ctx, client, migrate.ProductsTable, products, conflict); err != nil {
		return err
	}
	b.written = true
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return err
	}
	if err := confirmation.SettlePrices(ctx, client, site, fell, b.now); err != nil {
		return err
	}
	if err := orderbook.ProductsAppeared(ctx, client, appeared, b.now); err != nil {
		return err
	}
	if rematch {
		if err := synclog.MakeDue(ctx, client, b.now); err != nil {
			return err
		}
	}
	if len(b.old) > 0 {
		return nil
	}
	// Perhaps the site had none before, and the checklist has changed.
	return synclog.SetupChanged(ctx, client)
}

// show gives the results their products, as they now are, if they are asked for.
func (b *importing) show(ctx context.Context) error {
	if !batch.Asks(ctx, "results", "product") {
		return nil
	}
	stored := b.old
	if b.written {
		var err error
		if stored, err = b.stored(ctx); err != nil {
			return err
		}
	}
	var shown []*ent.Product
	for _, row := range b.rows {
		shown = append(shown, stored[row.key])
	}
	for i, p := range catalogue.Products(shown) {
		b.rows[i].result.Product = p
	}
	return nil
}
