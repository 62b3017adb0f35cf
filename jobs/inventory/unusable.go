package inventory

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/internal/retail"
	"possync/internal/text"
	"possync/jobs/mirror"
)

// maxUnusable is how many rows are kept that a run could not use.
const maxUnusable = 100

// maxDetail bounds what is kept of why a row could not be read, in bytes.
const maxDetail = 500

// unusableOf lists what a page had that could not be used.
func unusableOf(result mirror.Result, reasons []error, missing []int64) []mirror.Unusable {
	all := result.Unusable
	for _, why := range reasons {
		all = append(all, mirror.Unusable{Problem: retail.RowUnreadable, Detail: text.Clip(why.Error(), maxDetail)})
	}
	for _, id := range missing {
		all = append(all, mirror.Unusable{ItemID: id, Problem: retail.RowNotListed})
	}
	return all
}

// keepUnusable keeps the first of what the run could not use. The run's issues are those from before the page.
func (r *runner) keepUnusable(ctx context.Context, tx *ent.Client, found []mirror.Unusable) error {
	found = found[:min(len(found), max(0, maxUnusable-r.run.Issues))]
	if len(found) == 0 {
		return nil
	}
	rows := make([]*ent.UnusableRowCreate, len(found))
	for i, u := range found {
		rows[i] = tx.UnusableRow.Create().SetSiteID(r.s.id).SetRunID(r.run.ID).SetLightspeedItemID(u.ItemID).SetLightspeedShopID(u.ShopID).
			SetProblem(u.Problem).SetDetail(u.Detail).SetAt(r.e.Clock.Now())
	}
	if err := tx.UnusableRow.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("keep %d rows that cannot be used: %w", len(found), err)
	}
	return nil
}
