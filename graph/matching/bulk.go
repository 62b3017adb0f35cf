package matching

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/catalogue"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/auditlog"
	"possync/internal/records/matchlog"
	"possync/internal/retail"
)

const (
	maxNamed    = 250  // items that one mutation names
	maxFiltered = 1000 // items that one mutation finds by a filter
	chunkSize   = 500  // ids of one statement
)

// Selection names items of the review queue, or finds them by a filter.
type Selection struct {
	IDs      []string
	Where    *catalogue.ReviewWhere
	Expected *int // how many items the filter must find
}

// Each is the result for one item of many.
type Each struct {
	ID         string              // the item's
	PosItem    *catalogue.Item     // nil with errors
	Decision   *catalogue.Decision // that was made or withdrawn, or nil
	UserErrors []*usererror.Error
}

// BulkResult is the result of an act on many items.
type BulkResult struct {
	Batch      *string // of decisions that were made together, or nil
	Results    []*Each
	Restored   []*catalogue.Decision // that stand again because others were withdrawn
	UserErrors []*usererror.Error
}

// Confirm decides for each selected item that it is its only candidate, or the product that it is linked to already. Items for
// which that is not clear get an error, the others are confirmed.
func Confirm(ctx context.Context, s Selection, by string, now time.Time) (*BulkResult, error) {
	c, err := begin(ctx, by, now)
	if err != nil {
		return nil, err
	}
	items, results, err := c.selected(ctx, s)
	if err != nil || c.found.Any() {
		return &BulkResult{Results: []*Each{}, UserErrors: c.found.All()}, err
	}
	taken, err := linkedTo(ctx, items)
	if err != nil {
		return nil, err
	}
	offered, err := productsOf(ctx, items)
	if err != nil {
		return nil, err
	}
	batch := pid.New("bat")
	for n, item := range items {
		if item == nil {
			continue
		}
		product, found := candidateOf(item, taken)
		if p := offered[product]; !found.Any() && (p == nil || !p.Active) {
			found.Add(usererror.Archived, "The product is retired on the website. Choose another product.", "posItemId")
		}
		if found.Any() {
			results[n].UserErrors = found.All()
			continue
		}
		c.made = append(c.made, &ent.MatchDecision{
			ID: pid.New("dec"), SiteID: c.siteID, ItemID: item.ID, ProductID: product, Verdict: retail.DecisionLink,
			DecidedBy: by, DecidedAt: now, BatchID: batch,
		})
	}
	result := &BulkResult{Results: results, UserErrors: c.found.All()}
	if len(c.made) == 0 {
		return result, nil
	}
	result.Batch = &batch
	if err := c.replace(ctx); err != nil {
		return nil, err
	}
	return result, c.finish(ctx, result, c.made)
}

// candidateOf returns the product that an item is if it is confirmed, or why that is not clear.
func candidateOf(item *ent.PosItem, taken map[string]string) (product string, found usererror.List) {
	switch owner := ""; {
	case item.Archived:
		found.Add(usererror.Archived, "The item is archived in Lightspeed. Restore it in Lightspeed first.", "posItemId")
	case item.MatchReason == "":
		found.Add(usererror.NotWaiting, "The item's match does not wait for a review.", "posItemId")
	case item.MatchState == retail.MatchLinked && item.ProductID != nil:
		return *item.ProductID, nil
	case len(item.CandidateIds) != 1:
		found.Add(usererror.Invalid, "The item has several candidates. Choose one of them with linkItem.", "posItemId")
	default:
		product, owner = item.CandidateIds[0], taken[item.CandidateIds[0]]
		if owner != "" && owner != item.ID || len(item.RivalIds) > 0 {
			found.Add(usererror.Invalid, "Another item has the same candidate. Choose which of them is the product with linkItem.", "posItemId")
		}
	}
	return product, found
}

// productsOf reads the candidates and the products of items.
func productsOf(ctx context.Context, items []*ent.PosItem) (map[string]*catalogue.Product, error) {
	var ids []string
	for _, item := range items {
		if item == nil {
			continue
		}
		ids = append(ids, item.CandidateIds...)
		if item.ProductID != nil {
			ids = append(ids, *item.ProductID)
		}
	}
	slices.Sort(ids)
	all := map[string]*catalogue.Product{}
	for chunk := range slices.Chunk(slices.Compact(ids), chunkSize) {
		products, err := catalogue.ProductsByID(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, p := range products {
			all[p.ID] = p
		}
	}
	return all, nil
}

// linkedTo returns which items the candidates of items are linked to, by product.
func linkedTo(ctx context.Context, items []*ent.PosItem) (map[string]string, error) {
	var candidates []string
	for _, item := range items {
		if item != nil {
			candidates = append(candidates, item.CandidateIds...)
		}
	}
	taken := map[string]string{}
	for chunk := range slices.Chunk(candidates, chunkSize) {
		rows, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.ProductIDIn(chunk...), positem.Archived(false)).
			Select(positem.FieldProductID).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read which candidates are linked: %w", err)
		}
		for _, row := range rows {
			taken[*row.ProductID] = row.ID
		}
	}
	return taken, nil
}

// replace adds the decisions that those to be made replace to those that are withdrawn, and notes them for an undo.
func (c *change) replace(ctx context.Context) error {
	wanted := sitedata.Index(c.made, func(d *ent.MatchDecision) string { return d.ItemID })
	products := sitedata.Index(c.made, func(d *ent.MatchDecision) string { return d.ProductID })
	known := map[string]bool{}
	for chunk := range slices.Chunk(c.made, chunkSize) {
		about, err := decisionsAbout(ctx, chunk)
		if err != nil {
			return err
		}
		for _, d := range about {
			by := wanted[d.ItemID]
			samePair := by != nil && by.ProductID == d.ProductID
			if !samePair && d.Verdict != retail.DecisionLink {
				continue
			}
			if by == nil {
				by = products[d.ProductID]
			}
			if by != nil && !known[d.ID] {
				known[d.ID] = true
				c.withdrawn = append(c.withdrawn, d)
				by.Replaced = append(by.Replaced, replacedDecision(d))
			}
		}
	}
	return nil
}

// selected reads the selected items, in the order of their ids in the input, with a result for each; an item that does not exist
// is nil and has its error.
func (c *change) selected(ctx context.Context, s Selection) (items []*ent.PosItem, results []*Each, err error) {
	client := unitofwork.Client(ctx)
	if (s.IDs == nil) == (s.Where == nil) {
		c.found.Add(usererror.Invalid, "Choose items or a filter.", "posItemIds")
		return nil, nil, nil
	}
	if s.Where != nil {
		where, err := s.Where.Where(ctx)
		if err != nil {
			return nil, nil, c.found.Filter(err, "where")
		}
		items, err = client.PosItem.Query().Where(where...).Order(ent.Asc(positem.FieldID)).Limit(maxFiltered + 1).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read the items that the filter finds: %w", err)
		}
		switch {
		case len(items) > maxFiltered:
			c.found.Say(usererror.TooMany, "The filter matches more than {limit} items. Narrow it.", message.Values{"limit": maxFiltered}, "where")
		case s.Expected == nil:
			c.found.Add(usererror.Invalid, "Send the number of items that the queue shows for this filter.", "expectedCount")
		case *s.Expected != len(items):
			c.found.Say(usererror.CountChanged, "The filter now matches {count} items, not {expected}. Check the queue again.", message.Values{"count": len(items), "expected": *s.Expected}, "expectedCount")
		}
		for _, item := range items {
			results = append(results, &Each{ID: item.ID, UserErrors: []*usererror.Error{}})
		}
		return items, results, nil
	}
	switch {
	case len(s.IDs) == 0:
		c.found.Add(usererror.Empty, "Name at least one item.", "posItemIds")
	case len(s.IDs) > maxNamed:
		c.found.Say(usererror.TooMany, "You can name at most {limit} items at once.", message.Values{"limit": maxNamed}, "posItemIds")
	}
	if c.found.Any() {
		return nil, nil, nil
	}
	found, err := client.PosItem.Query().Where(positem.IDIn(s.IDs...)).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the items: %w", err)
	}
	byID := sitedata.Index(found, func(i *ent.PosItem) string { return i.ID })
	seen := map[string]bool{}
	for _, id := range s.IDs {
		each, item := &Each{ID: id, UserErrors: []*usererror.Error{}}, byID[id]
		var wrong usererror.List
		switch {
		case item == nil:
			wrong.Add(usererror.NotFound, "This Lightspeed item does not exist.", "posItemId")
		case seen[id]:
			wrong.Add(usererror.Duplicate, "This item is named twice.", "posItemId")
			item = nil
		}
		seen[id] = true
		if wrong.Any() {
			each.UserErrors = wrong.All()
		}
		items, results = append(items, item), append(results, each)
	}
	return items, results, nil
}

// finish stores the change and gives the results their items and decisions, which are among those to be shown.
func (c *change) finish(ctx context.Context, result *BulkResult, shown []*ent.MatchDecision) error {
	if err := c.store(ctx); err != nil {
		return err
	}
	all, err := catalogue.Decisions(ctx, shown)
	if err != nil {
		return err
	}
	byItem := sitedata.Index(all, func(d *catalogue.Decision) string { return d.ItemID })
	for _, each := range result.Results {
		if d := byItem[each.ID]; d != nil && len(each.UserErrors) == 0 {
			each.Decision, each.PosItem = d, d.PosItem
		}
	}
	return nil
}

// place says where an item of the review queue is.
func place(aside bool) string {
	if aside {
		return "left aside"
	}
	return "in the queue"
}

// SetAside leaves items of the review queue aside, or puts them back.
func SetAside(ctx context.Context, s Selection, aside bool, by string, now time.Time) (*BulkResult, error) {
	c, err := begin(ctx, by, now)
	if err != nil {
		return nil, err
	}
	items, results, err := c.selected(ctx, s)
	if err != nil || c.found.Any() {
		return &BulkResult{Results: []*Each{}, UserErrors: c.found.All()}, err
	}
	var ids []string
	for _, item := range items {
		if item != nil {
			ids = append(ids, item.ID)
			auditlog.Note(ctx, audit.Change{Field: "Item " + item.Description, Before: place(item.SetAsideAt != nil), After: place(aside)})
		}
	}
	client := unitofwork.Client(ctx)
	for chunk := range slices.Chunk(ids, chunkSize) {
		update := client.PosItem.Update().Where(positem.IDIn(chunk...)).SetUpdatedAt(now)
		if aside {
			update.SetSetAsideAt(now).SetSetAsideBy(by)
		} else {
			update.ClearSetAsideAt().SetSetAsideBy("")
		}
		if err := update.Exec(ctx); err != nil {
			return nil, fmt.Errorf("leave items aside: %w", err)
		}
	}
	if err := matchlog.Mark(ctx, client, ids); err != nil {
		return nil, err
	}
	shown, err := catalogue.ItemsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := sitedata.Index(shown, func(i *catalogue.Item) string { return i.ID })
	for _, each := range results {
		if len(each.UserErrors) == 0 {
			each.PosItem = byID[each.ID]
		}
	}
	return &BulkResult{Results: results, UserErrors: c.found.All()}, nil
}
