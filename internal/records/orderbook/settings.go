package orderbook

import (
	"context"
	"slices"

	"possync/ent"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Settings are what the acting site says about its exports.
type Settings struct {
	Row           *ent.ExportSettings // nil = they were never changed: the export is off
	Employee      *ent.Employee       // nil = none is chosen
	Register      *ent.Register       // where no other is set for the store; nil = none is chosen
	StatusAfter   *ent.OrderStatus    // nil = No Change
	Routes        map[string]*ent.Register
	Stores        map[string]int64 // Lightspeed's id of the shop of each mapped location, by the location's id
	SetupComplete bool
	Currency      retail.Currency
	PaymentTypes  []*ent.PaymentType
	Methods       []*ent.PaymentMethodMapping
}

// LoadSettings reads the acting site's export settings and what they refer to.
func LoadSettings(ctx context.Context, client *ent.Client) (Settings, error) {
	site, err := settings.Read(ctx, client)
	if err != nil {
		return Settings{}, err
	}
	return SettingsOf(site), nil
}

// SettingsOf are the export settings of a site.
func SettingsOf(site *settings.Snapshot) Settings {
	registers := settings.Index(site.Registers, func(r *ent.Register) string { return r.ID })
	s := Settings{
		Row: site.Export, Routes: map[string]*ent.Register{}, Stores: map[string]int64{}, SetupComplete: site.SetupComplete(),
		Currency: site.Currency(), PaymentTypes: site.PaymentTypes, Methods: site.Methods,
	}
	for _, p := range site.Pairs {
		s.Stores[p.Location.ID] = p.Shop.LightspeedID
	}
	if s.Row != nil {
		employees := settings.Index(site.Employees, func(e *ent.Employee) string { return e.ID })
		statuses := settings.Index(site.Statuses, func(s *ent.OrderStatus) string { return s.ID })
		s.Employee = chosen(employees, s.Row.EmployeeID)
		s.Register = chosen(registers, s.Row.RegisterID)
		s.StatusAfter = chosen(statuses, s.Row.StatusAfterID)
	}
	for _, r := range site.Routes {
		if to := registers[r.RegisterID]; to != nil {
			s.Routes[r.LocationID] = to
		}
	}
	return s
}

func chosen[T any](rows map[string]*T, id *string) *T {
	if id == nil {
		return nil
	}
	return rows[*id]
}

// Enabled reports whether order exporting is used.
func (s Settings) Enabled() bool { return s.Row != nil && s.Row.Enabled }

// Automatic reports whether orders are exported automatically once everything is paid and fulfilled.
func (s Settings) Automatic() bool { return s.Enabled() && s.Row.WhenFulfilled }

// Unlinked is what becomes of lines whose product is not linked.
func (s Settings) Unlinked() retail.UnlinkedLines {
	if s.Row == nil {
		return retail.UnlinkedBlock
	}
	return s.Row.UnlinkedLines
}

// SupplierAsText reports whether lines that a supplier fulfils are sold as text.
func (s Settings) SupplierAsText() bool {
	return s.Row != nil && s.Row.SupplierLines == retail.SupplierAsText
}

// RegisterFor returns the register that the sales of a store go to: its own, or else the one for all; nil = none is chosen. The
// store is a location's id, "" = none is named.
func (s Settings) RegisterFor(store string) *ent.Register {
	if s.Routes[store] != nil {
		return s.Routes[store]
	}
	return s.Register
}

// Unrouted reports whether the sales of a store are made in another one, as it has no register of its own.
func (s Settings) Unrouted(store string) bool {
	shop, r := s.Stores[store], s.RegisterFor(store)
	return shop != 0 && r != nil && r.LightspeedShopID != shop
}

// RegistersDiffer reports whether what keeps orders from being exported depends on the register that they go to.
func (s Settings) RegistersDiffer() bool {
	for store := range s.Routes {
		if !slices.Equal(s.ExportGate(store).Blockers(), s.ExportGate("").Blockers()) {
			return true
		}
	}
	return false
}

// QueueFor returns the register whose queue takes the orders of a store, by Lightspeed's id; 0 = none is chosen.
func (s Settings) QueueFor(store string) int64 {
	if r := s.RegisterFor(store); r != nil {
		return r.LightspeedID
	}
	return 0
}

// ExportGate returns what of the site decides whether an order of the store can be exported.
func (s Settings) ExportGate(store string) retail.ExportGate {
	g := retail.ExportGate{Enabled: s.Enabled(), SetupComplete: s.SetupComplete}
	if e := s.Employee; e != nil {
		g.EmployeeChosen, g.EmployeeArchived, g.EmployeeLocked, g.EmployeeShop = true, e.Archived, e.Locked, e.LightspeedShopID
		g.Employee = e.Name
	}
	if r := s.RegisterFor(store); r != nil {
		g.RegisterChosen, g.RegisterArchived, g.RegisterShop, g.Register = true, r.Archived, r.LightspeedShopID, r.Name
	}
	return g
}

// SaleTerms returns what the settings say about the sale of an order of the store. They mean something only when the
// gate has no blockers.
func (s Settings) SaleTerms(store string) retail.SaleTerms {
	t := retail.SaleTerms{Unlinked: s.Unlinked(), Tax: retail.TaxByPOS}
	if s.Row != nil {
		t.Tax = s.Row.TaxHandling
	}
	if s.Employee != nil {
		t.EmployeeID = s.Employee.LightspeedID
	}
	if r := s.RegisterFor(store); r != nil {
		t.RegisterID, t.ShopID = r.LightspeedID, r.LightspeedShopID
	}
	return t
}

// Blockers returns everything that keeps an order from being exported, the order's own first; none = it can be. Lines are
// named by facts.
func (s Settings) Blockers(row *ent.WebOrder, store string, facts retail.BlockerFacts) []retail.Blocker {
	blockers := retail.BlockerBits(row.BlockerBits).Under(s.Unlinked()).Blockers(facts)
	return append(blockers, retail.GateBlockers(s.ExportGate(store))...)
}

// Ready assesses an order as it is now and returns everything that keeps it from being exported, and when nothing does,
// the sale that it becomes.
func (s Settings) Ready(o Order) (retail.SalePlan, []retail.Blocker, error) {
	state := o.Facts.Assess()
	blockers := state.Blockers.Under(s.Unlinked()).Blockers(o.Facts.BlockerFacts(state))
	blockers = append(blockers, s.PaymentBlockers(o)...)
	blockers = append(blockers, retail.GateBlockers(s.ExportGate(o.Facts.Store()))...)
	if len(blockers) > 0 {
		return retail.SalePlan{}, blockers, nil
	}
	plan, err := retail.PlanSale(o.Facts, s.SaleTerms(o.Facts.Store()))
	return plan, nil, err
}
