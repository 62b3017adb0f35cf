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
	facts := retail.SetupFacts{
		Unregistered: s.Site == nil, NotLive: s.Site != nil && !s.Site.Live, LinkState: s.LinkState(), Rules: s.ImportRules(),
	}
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
	Held                 bool            // prices that fell by more than half stay what they were
}

// Facts returns what a product's price depends on. item is the one that it is linked to, nil if there is none or, with POS pricing
// off, it does not matter.
func (p Prices) Facts(of *ent.Product, item *ent.PosItem, zone *time.Location) retail.PriceFacts {
	facts := retail.PriceFacts{Currency: p.Currency, Website: of.Price, SaleStart: of.SaleStartDate, SaleEnd: of.SaleEndDate, Zone: zone}
	base := retail.BasePrices{Website: of.Price}
	held := of.HeldPrice != nil
	if held {
		base.Website = *of.HeldPrice
	}
	if p.Enabled {
		facts.POSPricing, facts.Unlinked = true, item == nil
		facts.RegularLevel, facts.SaleLevel = p.LevelNames()
		if item != nil {
			facts.Regular, facts.Sale = priceAt(item.Prices, p.Regular), priceAt(item.Prices, p.Sale)
			base.Regular, base.Sale = facts.Regular, facts.Sale
			if item.HeldPrices != nil {
				held, base.Regular, base.Sale = true, priceAt(item.HeldPrices, p.Regular), priceAt(item.HeldPrices, p.Sale)
			}
		}
	}
	if p.Held && held {
		facts.Before = &base
	}
	return facts
}

// priceAt returns the price at a level, 0 if there is none or no level.
func priceAt(prices []retail.LevelPrice, level *ent.PriceLevel) retail.Amount {
	if level == nil {
		return 0
	}
	for _, price := range prices {
		if price.LevelID == level.LightspeedID {
			return price.Amount
		}
	}
	return 0
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

// Live reports whether the website may display what the rules allow: see [retail.SetupFacts.Live]. While items are held, it may display
// them although the platform has retired every mapped location.
func (s *Snapshot) Live(held bool) bool {
	facts := s.Facts()
	if held {
		facts.Locations, facts.ActiveMappings = 1, 1
	}
	return facts.Live()
}
