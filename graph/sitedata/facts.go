package sitedata

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/ordernotice"
	"possync/graph/unitofwork"
	"possync/internal/records/confirmation"
	"possync/internal/records/display"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Facts returns the facts that the setup checklist is made from.
func Facts(ctx context.Context) (retail.SetupFacts, error) {
	site, err := Settings(ctx)
	if err != nil {
		return retail.SetupFacts{}, err
	}
	facts := site.Facts()
	facts.NothingStored = !writable(ctx)
	found, err := HasProducts(ctx)
	if err != nil {
		return facts, err
	}
	if found {
		facts.Products = 1 // whether there is any is all that counts
	}
	state, err := State(ctx)
	if err != nil {
		return facts, err
	}
	facts.FirstSyncDone = state != nil && state.FullCompletedAt != nil
	facts.PricesHeld = state != nil && state.PricesHeldSince != nil
	if state != nil && state.DisplayHeldSince != nil {
		if facts.HeldItems, err = confirmation.HeldItems(ctx, unitofwork.Client(ctx)); err != nil {
			return facts, err
		}
	}
	run, active, err := synclog.ActiveRun(ctx, unitofwork.Client(ctx))
	if err != nil {
		return facts, err
	}
	if active && synclog.WaitsForConfirmation(run) && !run.CancelRequested {
		facts.Unconfirmed = &retail.Loss{Lost: run.WouldHide}
		if run.DisplayedBefore != nil {
			facts.Unconfirmed.Displayed = *run.DisplayedBefore
		}
	}
	return facts, exportFacts(ctx, site, &facts)
}

// HeldPrices counts the displayed items whose price stays what it was.
func HeldPrices(ctx context.Context, now time.Time) (int, error) {
	site, err := Settings(ctx)
	if err != nil {
		return 0, err
	}
	loss, err := confirmation.FallenPrices(ctx, unitofwork.Client(ctx), site, now)
	return loss.Lost, err
}

// Live reports whether the website may display what the rules allow: see [settings.Snapshot.Live].
func Live(ctx context.Context) (bool, error) {
	site, err := Settings(ctx)
	if err != nil || site.Facts().Live() {
		return err == nil, err
	}
	state, err := State(ctx)
	return err == nil && site.Live(state != nil && state.DisplayHeldSince != nil), err
}

// LiveOnceStarted is Live; for a site that has not gone live, as it would be if it had.
func LiveOnceStarted(ctx context.Context) (bool, error) {
	live, err := Live(ctx)
	if live || err != nil {
		return live, err
	}
	return of(ctx, func(s *settings.Snapshot) bool {
		facts := s.Facts()
		facts.NotLive = false
		return facts.Live()
	})
}

// LiveWithRules is LiveOnceStarted as it would be under other rules.
func LiveWithRules(ctx context.Context, rules display.Rules) (bool, error) {
	return of(ctx, func(s *settings.Snapshot) bool {
		facts := s.Facts()
		facts.NotLive = false
		facts.Rules, facts.ActiveMappings = rules.Import, len(rules.Shops)
		return facts.Live()
	})
}

// SiteBlockers returns what of the site keeps orders from being exported, wherever they are picked up, each code once.
func SiteBlockers(ctx context.Context) ([]retail.Blocker, error) { return of(ctx, blockers) }

func blockers(site *settings.Snapshot) []retail.Blocker {
	export := orderbook.SettingsOf(site)
	gates := []retail.ExportGate{export.ExportGate("")}
	for _, l := range site.Locations {
		if export.Routes[l.ID] != nil {
			gates = append(gates, export.ExportGate(l.ID))
		}
	}
	return retail.GateBlockers(gates...)
}

// exportFacts adds the facts about exports; nothing while exporting is off.
func exportFacts(ctx context.Context, site *settings.Snapshot, facts *retail.SetupFacts) error {
	if !orderbook.SettingsOf(site).Enabled() {
		return nil
	}
	facts.ExportBlockers = blockers(site)
	used, err := orderbook.LoadUsedTypes(ctx, unitofwork.Client(ctx))
	if err != nil {
		return err
	}
	facts.ArchivedPaymentTypes = orderbook.SettingsOf(site).ArchivedInUse(used)
	facts.StoresWithoutRegister, err = unrouted(ctx, site)
	return err
}

// unrouted returns the names of the locations that orders left lately and whose sales are still made in another store.
func unrouted(ctx context.Context, site *settings.Snapshot) ([]string, error) {
	export := orderbook.SettingsOf(site)
	candidates := slices.DeleteFunc(slices.Clone(site.Locations), func(l *ent.Location) bool { return !l.Active || !export.Unrouted(l.ID) })
	// As the index has it.
	open, err := unitofwork.Client(ctx).OrderNotice.Query().
		Where(ordernotice.CodeEQ(retail.NoticeNoStoreRegister), ordernotice.AcknowledgedAtIsNil(), ordernotice.ResolvedAtIsNil()).
		Order(ent.Desc(ordernotice.FieldID)).Limit(maxUnrouted).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for stores without a register: %w", err)
	}
	var names []string
	for _, l := range candidates {
		if slices.ContainsFunc(open, func(n *ent.OrderNotice) bool { return n.Params["locationId"] == l.ID }) {
			names = append(names, l.Name)
		}
	}
	return names, nil
}

// maxUnrouted is how many notices are looked at for stores without a register.
const maxUnrouted = 500

// HasProducts reports whether the platform has sent any product.
func HasProducts(ctx context.Context) (bool, error) {
	return cacheOf(ctx).hasProducts.get(ctx, func(ctx context.Context) (bool, error) {
		found, err := unitofwork.Client(ctx).Product.Query().Exist(ctx)
		if err != nil {
			return false, fmt.Errorf("look for products: %w", err)
		}
		return found, nil
	})
}

// StockAsOf returns the POS's time up to which the stored stock of each shop is known to be right, by the shop's id.
func StockAsOf(ctx context.Context) (settings.Freshness, error) {
	return cacheOf(ctx).freshness.get(ctx, func(ctx context.Context) (settings.Freshness, error) {
		checked, err := StockChecked(ctx)
		if err != nil {
			return nil, err
		}
		return settings.StockAsOf(ctx, unitofwork.Client(ctx), checked)
	})
}
