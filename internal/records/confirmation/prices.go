package confirmation

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/ent/syncstate"
	"possync/internal/message"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// The price from which a price first fell is kept with the product or the item, see KeepBase. Falls are measured against it, so
// that two of 40 % are one of more than half. Prices are kept from the last confirmation on, or from the first fall after
// that was 24 hours ago. When too many have fallen, all that are less than half of what was kept stay in force.

// priceWindow is how long falls are measured against the same prices.
const priceWindow = 24 * time.Hour

var priceAlert = orderbook.Alert{
	Cause: string(retail.SetupPricesHeld), Code: retail.AlertPricesHeld, Setting: retail.SettingCatalogue,
	Message: message.Plain("Many prices fell by more than half at once. The old prices stay until a manager confirms the new ones, or the prices are restored."),
}

// BeginPrices forgets the prices that were kept too long ago, before others are kept. A hold forgets none.
func BeginPrices(ctx context.Context, client *ent.Client, now time.Time) error {
	row, err := synclog.State(ctx, client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if row.PricesHeldSince != nil || row.PricesConfirmedAt != nil && now.Sub(*row.PricesConfirmedAt) < priceWindow {
		return nil
	}
	return forgetPrices(ctx, client, now)
}

// forgetPrices lets falls be measured against the prices of this moment.
func forgetPrices(ctx context.Context, client *ent.Client, now time.Time) error {
	if err := client.Product.Update().Where(product.HeldPriceNotNil()).ClearHeldPrice().Exec(ctx); err != nil {
		return fmt.Errorf("forget the own prices of before: %w", err)
	}
	if err := client.PosItem.Update().Where(positem.HeldPricesNotNil()).ClearHeldPrices().Exec(ctx); err != nil {
		return fmt.Errorf("forget the prices of before: %w", err)
	}
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	if err := update.SetPricesConfirmedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("note since when falls are measured: %w", err)
	}
	return nil
}

// KeepBase returns the price that falls of a product's own price are measured against, and whether it has fallen by more than
// half; nil = the price has not fallen.
func KeepBase(kept *retail.Amount, before, now retail.Amount) (base *retail.Amount, fell bool) {
	if kept == nil {
		kept = &before
	}
	if now >= *kept {
		return nil, false
	}
	return kept, retail.Collapsed(*kept, now)
}

// KeepLevels is KeepBase for the prices at price levels. fell says whether any has fallen by more than half.
func KeepLevels(kept, before, now []retail.LevelPrice) (base []retail.LevelPrice, fell bool) {
	if kept == nil {
		kept = before
	}
	at := make(map[int64]retail.Amount, len(now))
	for _, price := range now {
		at[price.LevelID] = price.Amount
	}
	lower := false
	for _, price := range kept {
		lower = lower || at[price.LevelID] < price.Amount
		fell = fell || retail.Collapsed(price.Amount, at[price.LevelID])
	}
	if !lower {
		return nil, false
	}
	return kept, fell
}

// FallenPrices says how many items are displayed, and of how many the price is less than half of what was kept.
func FallenPrices(ctx context.Context, client *ent.Client, site *settings.Snapshot, now time.Time) (loss retail.Loss, err error) {
	zone, err := site.Zone()
	if err != nil {
		return loss, err
	}
	prices := site.Prices()
	prices.Held = true
	kept := positem.Or(positem.HeldPricesNotNil(), positem.HasProductWith(product.HeldPriceNotNil()))
	return count(ctx, client, func(p *ent.Product, item *ent.PosItem) bool { return prices.Facts(p, item, zone).Fell(now) }, kept)
}

// FallBetween says how many items are displayed, and of how many a change of where prices come from makes the price less than half
// of what it is, or was before it fell.
func FallBetween(ctx context.Context, client *ent.Client, old, after settings.Prices, zone *time.Location, now time.Time) (retail.Loss, error) {
	old.Held, after.Held = true, false
	return count(ctx, client, func(p *ent.Product, item *ent.PosItem) bool {
		before := retail.EffectivePrice(old.Facts(p, item, zone), now)
		return retail.Collapsed(before.Amount, retail.EffectivePrice(after.Facts(p, item, zone), now).Amount)
	})
}

// count counts the displayed items, and those with a product whose price fell, among the ones for which all of that holds.
func count(ctx context.Context, client *ent.Client, fell func(*ent.Product, *ent.PosItem) bool, where ...predicate.PosItem) (loss retail.Loss, err error) {
	if loss.Displayed, err = client.PosItem.Query().Where(positem.Displayed(true)).Count(ctx); err != nil {
		return loss, fmt.Errorf("count the displayed items: %w", err)
	}
	for after := ""; ; {
		items, err := client.PosItem.Query().Where(positem.Displayed(true), positem.IDGT(after)).Where(where...).
			Select(positem.FieldPrices, positem.FieldHeldPrices, positem.FieldProductID).
			WithProduct(func(q *ent.ProductQuery) {
				q.Select(product.FieldPrice, product.FieldHeldPrice, product.FieldSaleStartDate, product.FieldSaleEndDate)
			}).
			Order(ent.Asc(positem.FieldID)).Limit(chunkSize).All(ctx)
		if err != nil {
			return loss, fmt.Errorf("read the items whose prices fell: %w", err)
		}
		for _, item := range items {
			if p := item.Edges.Product; p != nil && fell(p, item) {
				loss.Lost++
			}
		}
		if len(items) < chunkSize {
			return loss, nil
		}
		after = items[len(items)-1].ID
	}
}

// SettlePrices holds the prices that fell by more than half when they are so many that a manager must confirm it, and ends the
// hold when they are not any more. fell says that some price has fallen so far just now.
func SettlePrices(ctx context.Context, client *ent.Client, site *settings.Snapshot, fell bool, now time.Time) error {
	row, err := synclog.State(ctx, client)
	if err != nil {
		return fmt.Errorf("read the site's state: %w", err)
	}
	if !fell && row.PricesHeldSince == nil {
		return nil
	}
	loss, err := FallenPrices(ctx, client, site, now)
	if err != nil || loss.Exceeded() == (row.PricesHeldSince != nil) {
		return err
	}
	if !loss.Exceeded() {
		return releasePrices(ctx, client, now)
	}
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	if err := update.Where(syncstate.PricesHeldSinceIsNil()).SetPricesHeldSince(now).Exec(ctx); err != nil {
		return fmt.Errorf("note that prices are held: %w", err)
	}
	if err := orderbook.Raise(ctx, client, priceAlert, now); err != nil {
		return err
	}
	return pricesChanged(ctx, client)
}

// pricesChanged reports that prices are held, or are not any more.
func pricesChanged(ctx context.Context, client *ent.Client) error {
	if _, err := feedlog.MarkWhere(ctx, client, product.HeldPriceNotNil()); err != nil { // also of products without an item
		return err
	}
	if err := feedlog.MarkLinked(ctx, client); err != nil {
		return err
	}
	return synclog.SetupChanged(ctx, client)
}

// ConfirmPrices lets the lower prices take effect.
func ConfirmPrices(ctx context.Context, client *ent.Client, now time.Time) error {
	if err := releasePrices(ctx, client, now); err != nil {
		return err
	}
	return forgetPrices(ctx, client, now)
}

func releasePrices(ctx context.Context, client *ent.Client, now time.Time) error {
	update, err := state(ctx, client)
	if err != nil {
		return err
	}
	if err := update.ClearPricesHeldSince().Exec(ctx); err != nil {
		return fmt.Errorf("note that no price is held: %w", err)
	}
	if err := orderbook.Resolve(ctx, client, priceAlert.Cause, now); err != nil {
		return err
	}
	return pricesChanged(ctx, client)
}
