package pricing

import (
	"context"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/confirmation"
	"possync/internal/retail"
)

// FallOf says how many items are displayed, and of how many the price would fall by more than half if prices came from elsewhere.
func FallOf(ctx context.Context, old, after sitedata.Pricing, now time.Time) (retail.Loss, error) {
	live, err := sitedata.Live(ctx)
	if err != nil || !live {
		return retail.Loss{}, err
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return retail.Loss{}, err
	}
	return confirmation.FallBetween(ctx, unitofwork.Client(ctx), old, after, zone, now)
}

// checkFall adds an error unless the change of settings is acknowledged, if it would make the prices of too many displayed items
// fall by more than half. What is acknowledged is what later falls are measured against.
func checkFall(ctx context.Context, old sitedata.Pricing, changed *ent.PricingSettings, accepted bool, found *usererror.List, now time.Time) error {
	after, err := sitedata.PricingWith(ctx, changed)
	if err != nil {
		return err
	}
	loss, err := FallOf(ctx, old, after, now)
	switch {
	case err != nil || !loss.NeedsConfirmation():
		return err
	case accepted:
		return confirmation.ConfirmPrices(ctx, unitofwork.Client(ctx), now)
	}
	found.Say(usererror.AcknowledgementRequired, "The prices of {lost} of the {displayed} displayed items would fall by more than half. "+
		"Check the preview, and confirm that you want this.", message.Values{"lost": loss.Lost, "displayed": loss.Displayed}, "acknowledge")
	return nil
}
