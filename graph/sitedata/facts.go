package sitedata

import (
	"context"

	"possync/graph/unitofwork"
	"possync/internal/records/runlog"
	"possync/internal/retail"
)

// Facts returns what the setup checklist is judged by.
func Facts(ctx context.Context) (retail.SetupFacts, error) {
	facts, err := liveFacts(ctx)
	if err != nil {
		return facts, err
	}
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
	run, active, err := runlog.ActiveRun(ctx, unitofwork.Client(ctx))
	if err != nil {
		return facts, err
	}
	if active && runlog.WaitsForConfirmation(run) && !run.CancelRequested {
		facts.Unconfirmed = &retail.Loss{Lost: run.WouldHide}
		if run.DisplayedBefore != nil {
			facts.Unconfirmed.Displayed = *run.DisplayedBefore
		}
	}
	pricing, err := PricingOf(ctx)
	if err != nil {
		return facts, err
	}
	facts.RegularLevelGone = pricing.Enabled && (pricing.Regular == nil || pricing.Regular.Archived)
	facts.SaleLevelGone = pricing.Enabled && pricing.Sale != nil && pricing.Sale.Archived
	return facts, exportFacts(ctx, &facts)
}

// Live reports whether the website may display what the rules allow: see retail.SetupFacts.Live.
func Live(ctx context.Context) (bool, error) {
	facts, err := liveFacts(ctx)
	return facts.Live(), err
}

// liveFacts returns the facts that decide whether anything is displayed.
func liveFacts(ctx context.Context) (retail.SetupFacts, error) {
	var facts retail.SetupFacts
	var err error
	if facts.LinkState, err = LinkState(ctx); err != nil {
		return facts, err
	}
	locations, err := Locations(ctx)
	if err != nil {
		return facts, err
	}
	for _, l := range locations {
		if l.Active {
			facts.Locations++
		}
	}
	pairs, err := Pairs(ctx)
	if err != nil {
		return facts, err
	}
	for _, p := range pairs {
		if p.Counts() {
			facts.ActiveMappings++
		}
		if p.Shop.Archived {
			facts.MappedArchivedShops++
		}
	}
	settings, err := ImportSettings(ctx)
	if err != nil {
		return facts, err
	}
	facts.Rules = ImportRules(settings)
	return facts, nil
}
