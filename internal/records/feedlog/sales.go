package feedlog

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/ent/syncstate"
	"possync/internal/records/partialindex"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// MarkSales marks the products whose sale has started or ended in the acting site since it was last reported, by the days that
// have begun there, and stores which day was reported last and when the next one begins.
//
// How late it comes, and how many days it was not called, makes no difference, nor does calling it twice.
func MarkSales(ctx context.Context, client *ent.Client, now time.Time) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	// Changing the row first makes replicas and mutations take turns.
	mine := client.SyncState.Update().Where(syncstate.SiteID(siteID))
	n, err := mine.Where(syncstate.Or(syncstate.SalesDueAtIsNil(), syncstate.SalesDueAtLTE(now))).AddFeedSequence(0).Save(ctx)
	if err != nil || n == 0 {
		return wrap("lock the site", err)
	}
	state, err := synclog.State(ctx, client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	today, err := storeToday(ctx, client, site, now)
	if err != nil {
		return err
	}
	if len(ScopeOf(site).Levels) == 0 {
		return nil // prices are the website's own, on every day
	}
	sales := append(startedOrEnded(state.SalesReportedDate, today), Linked())
	if any, err := client.Product.Query().Where(sales...).Exist(ctx); err != nil || !any {
		return wrap("look for sales that started or ended", err)
	}
	_, err = MarkWhere(ctx, client, sales...)
	return err
}

// MarkTimeZone marks what changes with the site's time zone: when each sale starts and ends.
func MarkTimeZone(ctx context.Context, client *ent.Client, now time.Time) error {
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	if _, err := storeToday(ctx, client, site, now); err != nil {
		return err
	}
	return MarkLinked(ctx, client)
}

// storeToday stores the present day in the site's zone as reported, and returns it.
func storeToday(ctx context.Context, client *ent.Client, site *settings.Snapshot, now time.Time) (retail.Date, error) {
	zone, err := site.Zone()
	if err != nil {
		return "", err
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return "", err
	}
	today := retail.DateIn(zone, now)
	update := client.SyncState.Update().Where(syncstate.SiteID(siteID)).SetSalesReportedDate(today)
	if next, ok := today.Next().Starts(zone); ok {
		update.SetSalesDueAt(next)
	}
	return today, wrap("note the day", update.Exec(ctx))
}

// startedOrEnded are the products with a sale whose first day, or the day after whose last, came after the one day and not after the
// other.
func startedOrEnded(after, until retail.Date) []predicate.Product {
	return []predicate.Product{
		partialindex.Filled[predicate.Product](product.FieldSaleStartDate),
		product.Or(
			product.And(product.SaleStartDateGT(after), product.SaleStartDateLTE(until)),
			product.And(partialindex.Filled[predicate.Product](product.FieldSaleEndDate), product.SaleEndDateGTE(after), product.SaleEndDateLT(until)),
		),
	}
}

func wrap(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
