package settings

import (
	"time"

	"possync/ent"
	"possync/internal/retail"
)

// RulesOf are the import rules that a row of settings holds.
func RulesOf(row *ent.ImportSettings) retail.ImportRules {
	return retail.ImportRules{
		OnHand: row.OnHand, OnOrder: row.OnOrder, Reorder: row.Reorder,
		CostBasis: row.CostBasis, RequiredIdentifiers: row.RequiredIdentifiers,
	}
}

// ImportRules are the import rules in force.
func (s *Snapshot) ImportRules() retail.ImportRules { return RulesOf(s.Import) }

// RunSchedule is the schedule in force.
func (s *Snapshot) RunSchedule() retail.Schedule {
	return retail.Schedule{
		Interval:    time.Duration(s.Schedule.IntervalMinutes) * time.Minute,
		WindowStart: retail.TimeOfDay(s.Schedule.WindowStart), WindowEnd: retail.TimeOfDay(s.Schedule.WindowEnd),
	}
}

// LinkState is the state of the connection, NEVER_CONNECTED when there is none.
func (s *Snapshot) LinkState() retail.LinkState {
	if s.Link == nil {
		return retail.LinkNeverConnected
	}
	return s.Link.State
}

// Connected reports whether the link can be used.
func (s *Snapshot) Connected() bool { return s.LinkState() == retail.LinkConnected }

// Facts are what the setup checklist goes by, as far as it follows from the settings: not what is in the catalogue, nor what runs
// and exports have come to.
func (s *Snapshot) Facts() retail.SetupFacts {
	facts := retail.SetupFacts{LinkState: s.LinkState(), Rules: s.ImportRules()}
	for _, l := range s.Locations {
		if l.Active {
			facts.Locations++
		}
	}
	for _, p := range s.Pairs {
		if p.Counts() {
			facts.ActiveMappings++
		}
		if p.Shop.Archived {
			facts.MappedArchivedShops = append(facts.MappedArchivedShops, p.Shop.Name)
		}
	}
	prices := s.Prices()
	facts.RegularLevelGone = prices.Enabled && (prices.Regular == nil || prices.Regular.Archived)
	facts.SaleLevelGone = prices.Enabled && prices.Sale != nil && prices.Sale.Archived
	facts.RegularLevel, facts.SaleLevel = prices.LevelNames()
	return facts
}

// SetupComplete reports whether nothing blocking is left of the setup: see [retail.Setup].
func (s *Snapshot) SetupComplete() bool {
	complete, _ := retail.Setup(s.Facts())
	return complete
}

// Currency is that of the site's amounts; empty when the site is not registered.
func (s *Snapshot) Currency() retail.Currency {
	if s.Site == nil {
		return ""
	}
	return retail.Currency(s.Site.CurrencyCode)
}

// Prices say where the site's prices come from.
type Prices struct {
	Currency             retail.Currency
	*ent.PricingSettings                 // a level that is no longer there is none
	Regular, Sale        *ent.PriceLevel // nil = none is chosen, or it is no longer there
}

// LevelNames returns the names of the regular and the sale level, "" for none.
func (p Prices) LevelNames() (regular, sale string) {
	if p.Regular != nil {
		regular = p.Regular.Name
	}
	if p.Sale != nil {
		sale = p.Sale.Name
	}
	return regular, sale
}

// Prices are the pricing settings in force with their levels.
func (s *Snapshot) Prices() Prices { return s.PricesWith(s.Pricing) }

// PricesWith are other pricing settings with their levels.
func (s *Snapshot) PricesWith(row *ent.PricingSettings) Prices {
	known := *row
	level := func(id **string) *ent.PriceLevel {
		if *id == nil {
			return nil
		}
		for _, l := range s.PriceLevels {
			if l.ID == **id {
				return l
			}
		}
		*id = nil
		return nil
	}
	regular, sale := level(&known.RegularLevelID), level(&known.SaleLevelID)
	return Prices{Currency: s.Currency(), PricingSettings: &known, Regular: regular, Sale: sale}
}
