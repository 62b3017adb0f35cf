package pricing

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/confirmation"
)

// checkFall adds an error unless the change of settings is acknowledged, if it would make the prices of too many displayed items
// fall by more than half. What is acknowledged is what later falls are measured against.
func checkFall(ctx context.Context, old sitedata.Pricing, changed *ent.PricingSettings, accepted bool, found *usererror.List, now time.Time) error {
	live, err := sitedata.Live(ctx)
	if err != nil || !live {
		return err
	}
	after, err := sitedata.PricingWith(ctx, changed)
	if err != nil {
		return err
	}
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return err
	}
	client := unitofwork.Client(ctx)
	loss, err := confirmation.FallBetween(ctx, client, old, after, zone, now)
	switch {
	case err != nil || !loss.NeedsConfirmation():
		return err
	case accepted:
		return confirmation.ConfirmPrices(ctx, client, now)
	}
	found.Add(usererror.AcknowledgementRequired, fmt.Sprintf("The prices of %d of the %d displayed items would fall by more than half. "+
		"Check the preview, and confirm that you want this.", loss.Lost, loss.Displayed), "acknowledge")
	return nil
}
