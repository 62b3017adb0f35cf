package site

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/displaysample"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/fault"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// GoLive lets the website display items and orders be exported, unless something else still blocks the set-up.
func GoLive(ctx context.Context, now time.Time) (*Checklist, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	facts, err := sitedata.Facts(ctx)
	if err != nil {
		return nil, nil, err
	}
	if facts.NotLive {
		var found usererror.List
		if !retail.ReadyToGoLive(facts) {
			_, issues := retail.Setup(facts)
			for _, issue := range issues {
				if issue.Blocking {
					found.Add(usererror.Invalid, issue.Message)
				}
			}
			return nil, found, nil
		}
		if err := goLive(ctx, now); err != nil {
			return nil, nil, err
		}
	}
	setup, err := CheckSetup(ctx)
	return setup, nil, err
}

func goLive(ctx context.Context, now time.Time) error {
	client := unitofwork.Client(ctx)
	if err := client.Site.Update().SetLive(true).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("go live: %w", err)
	}
	if err := settings.Record(ctx, retail.SettingSite, 0, now, settings.Change{Field: "Live", Before: "no", After: "yes"}); err != nil {
		return err
	}
	if err := feedlog.MarkLinked(ctx, client); err != nil {
		return err
	}
	if err := synclog.SetupChanged(ctx, client); err != nil {
		return err
	}
	if err := orderbook.Resume(ctx, client, now); err != nil {
		return err
	}
	sitedata.ClearCache(ctx)
	fresh, err := sitedata.Export(ctx)
	if err != nil {
		return err
	}
	return orderbook.RequeueBlocked(ctx, client, fresh, now) // and with them the alert that set-up is not complete
}

// WouldDisplay counts the items that are displayed, or would be if the site were live.
func (*Checklist) WouldDisplay(ctx context.Context) (int, error) {
	n, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.Displayed(true)).Count(ctx)
	return n, wrap("count what would be displayed", err)
}

// Repriced counts the linked products whose price is not the website's own. Of others the price differs only while a lower one of the website
// waits to be confirmed: these few are subtracted, so that the database counts from an index alone.
func (*Checklist) Repriced(ctx context.Context) (int, error) {
	differs := func(s *sql.Selector) { s.Where(sql.ColumnsNEQ(s.C(product.FieldListPrice), s.C(product.FieldPrice))) }
	client := unitofwork.Client(ctx)
	all, err := client.Product.Query().Where(differs).Count(ctx)
	if err != nil {
		return 0, wrap("count the products with another price", err)
	}
	held, err := client.Product.Query().Where(product.HeldPriceNotNil(), product.Not(feedlog.Linked()), differs).Count(ctx)
	return all - held, wrap("count the products with a held price and no item", err)
}

// maxDays is how far back the counts of what was displayed are asked for.
const maxDays = 90

// DisplayHistory returns how many items were displayed on each of the last days, the oldest first. Days without a sync are left out.
func DisplayHistory(ctx context.Context, days int, now time.Time) ([]*ent.DisplaySample, error) {
	if days < 1 || days > maxDays {
		return nil, fault.New(fault.BadInput, fmt.Sprintf("days must be from 1 to %d.", maxDays))
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, err
	}
	since := retail.DateOf(now.In(zone).AddDate(0, 0, 1-days))
	samples, err := unitofwork.Client(ctx).DisplaySample.Query().Where(displaysample.DateGTE(since)).
		Order(ent.Asc(displaysample.FieldDate)).Limit(days).All(ctx)
	return samples, wrap("read how much was displayed", err)
}

func wrap(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
