package pricing

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/product"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/bulkset"
	"possync/internal/records/feedlog"
	"possync/internal/retail"
)

// ProductDates are the dates of one product of a page.
type ProductDates struct {
	ProductID  string
	Start, End Day
	Expected   *Dates // as they were read; nil = not checked

	Unreadable usererror.List // dates that could not be read, and have others in their place
}

// Dates are the first and the last day of a sale, "" = none.
type Dates struct{ Start, End retail.Date }

// SavePayload is what saving a page came to.
type SavePayload struct {
	Results    []*SaveResult
	Changed    *int // nil = nothing was saved
	UserErrors []*usererror.Error
}

// SaveResult is what it came to for one product.
type SaveResult struct {
	Product    *catalogue.Product // nil = the site has none
	UserErrors []*usererror.Error // paths into the row
}

// dated is a product with the dates that it gets.
type dated struct {
	id         string
	start, end retail.Date
}

// SaveDates saves the dates of the products of a page, of all or of none.
func SaveDates(ctx context.Context, rows []ProductDates, now time.Time) (*SavePayload, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, err
	}
	var found usererror.List
	switch {
	case len(rows) == 0:
		found.Add(usererror.Empty, "Send at least one product.", "products")
	case len(rows) > maxProducts:
		found.Say(usererror.TooMany, "You can save at most {limit} products at once, and these are {count}.", message.Values{"limit": maxProducts, "count": len(rows)}, "products")
	}
	if found.Any() {
		return &SavePayload{Results: []*SaveResult{}, UserErrors: found.All()}, nil
	}
	stored, err := datedProducts(ctx, rows)
	if err != nil {
		return nil, err
	}
	p := &SavePayload{Results: make([]*SaveResult, len(rows))}
	var changed []dated
	seen := map[string]bool{}
	for i, row := range rows {
		d, wrong := row.on(stored[row.ProductID])
		if seen[row.ProductID] {
			wrong.Add(usererror.Duplicate, "This product is in the list twice.", "productId")
		}
		seen[row.ProductID] = true
		p.Results[i] = &SaveResult{UserErrors: wrong.All()}
		for _, e := range wrong {
			path := []any{"products", i}
			for _, part := range e.Field {
				path = append(path, part)
			}
			found.AddMessage(e.Code, message.Message{Text: e.Message, Parameters: e.MessageParameters}, path...)
		}
		if old := stored[row.ProductID]; old != nil && (d.start != old.SaleStartDate || d.end != old.SaleEndDate) {
			noteDates(ctx, old, d.start, d.end)
			changed = append(changed, d)
		}
	}
	if !found.Any() {
		if err := store(ctx, changed, now); err != nil {
			return nil, err
		}
		n := len(changed)
		p.Changed = &n
		if stored, err = datedProducts(ctx, rows); err != nil {
			return nil, err
		}
	}
	p.UserErrors = found.All()
	p.show(rows, stored)
	return p, nil
}

// on returns the product with the dates that it would have, and what is wrong with them.
func (d ProductDates) on(old *ent.Product) (now dated, wrong usererror.List) {
	if old == nil {
		wrong.Add(usererror.NotFound, "This product does not exist. Load the page again.", "productId")
		return now, append(wrong, d.Unreadable...)
	}
	now = dated{old.ID, old.SaleStartDate, old.SaleEndDate}
	if d.Unreadable.Any() { // what the dates come to is not known
		return now, append(wrong, d.Unreadable...)
	}
	if !d.Start.Given && !d.End.Given {
		wrong.Add(usererror.Empty, "Enter a sale start date or a sale end date.", "startDate")
	}
	if d.Start.Given {
		now.start = d.Start.Date
	}
	if d.End.Given {
		now.end = d.End.Date
	}
	was, wanted := Dates{old.SaleStartDate, old.SaleEndDate}, Dates{now.start, now.end}
	if wanted.Start == "" {
		wanted.End = ""
	}
	if d.Expected != nil && *d.Expected != was && wanted != was && !wrong.Any() {
		wrong.AddMessage(usererror.StaleRevision, changedTo(was), "startDate")
		return now, wrong
	}
	switch {
	case now.start == "" && d.End.Given && now.end != "":
		wrong.Add(usererror.Invalid, "A sale end date needs a sale start date. Enter one, or remove the end date.", "endDate")
	case now.start == "":
		now.end = ""
	case now.end != "" && now.end < now.start:
		wrong.Say(usererror.Invalid, "The sale would end on {end}, before it starts on {start}. Enter a later end date.", message.Values{"end": now.end, "start": now.start}, "endDate")
	}
	return now, wrong
}

// changedTo says which dates are there in place of those that were read.
func changedTo(now Dates) message.Message {
	switch {
	case now.Start == "":
		return message.Plain("These sale dates have changed since you loaded them: the sale was removed. To use your dates anyway, save again.")
	case now.End == "":
		return message.Say("These sale dates have changed since you loaded them: the sale starts on {start} and has no end date. To use your dates anyway, save again.",
			message.Values{"start": now.Start})
	}
	return message.Say("These sale dates have changed since you loaded them: the sale runs from {start} to {end}. To use your dates anyway, save again.",
		message.Values{"start": now.Start, "end": now.End})
}

func datedProducts(ctx context.Context, rows []ProductDates) (map[string]*ent.Product, error) {
	ids := make([]string, 0, len(rows))
	for _, row := range rows {
		if usererror.Storable(row.ProductID) {
			ids = append(ids, row.ProductID)
		}
	}
	found, err := unitofwork.Client(ctx).Product.Query().Where(product.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the products: %w", err)
	}
	return sitedata.Index(found, func(p *ent.Product) string { return p.ID }), nil
}

// store writes the dates of all these products by one statement.
func store(ctx context.Context, rows []dated, now time.Time) error {
	if len(rows) == 0 {
		return nil
	}
	number, err := feedlog.Next(ctx, unitofwork.Client(ctx))
	if err != nil {
		return err
	}
	ids := make([]string, len(rows))
	for i, d := range rows {
		ids[i] = d.id
	}
	id := func(d dated) string { return d.id }
	err = unitofwork.Client(ctx).Product.Update().Where(product.IDIn(ids...)).SetFeedSequence(number).SetUpdatedAt(now).
		Modify(func(u *sql.UpdateBuilder) {
			u.Set(product.FieldSaleStartDate, bulkset.ByID(rows, id, func(d dated) any { return string(d.start) }, bulkset.Text))
			u.Set(product.FieldSaleEndDate, bulkset.ByID(rows, id, func(d dated) any { return string(d.end) }, bulkset.Text))
		}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("save the sale dates: %w", err)
	}
	return nil
}

// show gives the results of the input's rows their products, as one group.
func (p *SavePayload) show(rows []ProductDates, stored map[string]*ent.Product) {
	var products []*ent.Product
	var results []*SaveResult
	for i, row := range rows {
		if product := stored[row.ProductID]; product != nil {
			products, results = append(products, product), append(results, p.Results[i])
		}
	}
	for i, shown := range catalogue.Products(products) {
		results[i].Product = shown
	}
}
