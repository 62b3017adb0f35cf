package sitedata

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/posclaim"
	"possync/graph/unitofwork"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// Statuses returns the statuses of orders in their order, retired ones last.
func Statuses(ctx context.Context) ([]*ent.OrderStatus, error) {
	return remembered(ctx).statuses.get(ctx, func(ctx context.Context) ([]*ent.OrderStatus, error) {
		rows, err := unitofwork.Client(ctx).OrderStatus.Query().All(ctx)
		return sorted(rows, err, "statuses", func(s *ent.OrderStatus) key { return key{s.Retired, int64(s.Position), s.Name, s.ID} })
	})
}

// Export returns the export settings with what they refer to.
func Export(ctx context.Context) (orderbook.Settings, error) {
	return remembered(ctx).export.get(ctx, func(ctx context.Context) (orderbook.Settings, error) {
		return orderbook.LoadSettings(ctx, unitofwork.Client(ctx))
	})
}

// SiteBlockers returns what of the site keeps orders from being exported, wherever they are picked up, each once.
func SiteBlockers(ctx context.Context) ([]retail.BlockerCode, error) {
	settings, err := Export(ctx)
	if err != nil {
		return nil, err
	}
	locations, err := Locations(ctx)
	if err != nil {
		return nil, err
	}
	codes := settings.Gate(nil).Blockers()
	for _, l := range locations {
		if settings.Routes[l.ID] == nil {
			continue
		}
		for _, code := range settings.Gate(&l.ID).Blockers() {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes, nil
}

// exportFacts adds what the checklist says of the export; nothing while it is off.
func exportFacts(ctx context.Context, facts *retail.SetupFacts) error {
	settings, err := Export(ctx)
	if err != nil || !settings.Enabled() {
		return err
	}
	if facts.ExportBlockers, err = SiteBlockers(ctx); err != nil {
		return err
	}
	types, err := PaymentTypes(ctx)
	if err != nil {
		return err
	}
	used, err := unitofwork.Client(ctx).PosClaim.Query().
		Where(posclaim.Kind("PAYMENT_TYPE"), posclaim.LightspeedIDNEQ(0)).Select(posclaim.FieldLightspeedID).Ints(ctx)
	if err != nil {
		return fmt.Errorf("read the payment types in use: %w", err)
	}
	for _, t := range types {
		if t.Archived && slices.Contains(used, int(t.LightspeedID)) {
			facts.ArchivedPaymentTypes = append(facts.ArchivedPaymentTypes, t.Name)
		}
	}
	return nil
}
