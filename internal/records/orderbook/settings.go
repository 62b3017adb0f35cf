package orderbook

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/location"
	"possync/ent/shop"
	"possync/ent/storemapping"
	"possync/internal/retail"
)

// Settings are what the acting site says about its exports.
type Settings struct {
	Row           *ent.ExportSettings // nil = they were never changed: the export is off
	Employee      *ent.Employee       // nil = none is chosen
	Register      *ent.Register       // where no other is set for the pickup location; nil = none is chosen
	StatusAfter   *ent.OrderStatus    // nil = No Change
	Routes        map[string]*ent.Register
	SetupComplete bool
}

// LoadSettings reads the acting site's export settings and what they refer to.
func LoadSettings(ctx context.Context, client *ent.Client) (Settings, error) {
	s := Settings{Routes: map[string]*ent.Register{}}
	row, err := client.ExportSettings.Query().WithEmployee().WithRegister().WithStatusAfter().Only(ctx)
	switch {
	case err == nil:
		s.Row, s.Employee, s.Register, s.StatusAfter = row, row.Edges.Employee, row.Edges.Register, row.Edges.StatusAfter
	case !ent.IsNotFound(err):
		return Settings{}, fmt.Errorf("read the export settings: %w", err)
	}
	routes, err := client.RegisterRoute.Query().WithRegister().All(ctx)
	if err != nil {
		return Settings{}, fmt.Errorf("read the registers of pickup locations: %w", err)
	}
	for _, r := range routes {
		if r.Edges.Register != nil {
			s.Routes[r.LocationID] = r.Edges.Register
		}
	}
	s.SetupComplete, err = setupComplete(ctx, client)
	return s, err
}

// setupComplete reports whether nothing blocking is left of the setup: see retail.Setup.
func setupComplete(ctx context.Context, client *ent.Client) (bool, error) {
	var facts retail.SetupFacts
	link, err := client.LightspeedLink.Query().Only(ctx)
	switch {
	case err == nil:
		facts.LinkState = link.State
	case !ent.IsNotFound(err):
		return false, fmt.Errorf("read the link: %w", err)
	}
	if facts.Locations, err = client.Location.Query().Where(location.Active(true)).Count(ctx); err != nil {
		return false, fmt.Errorf("count the locations: %w", err)
	}
	facts.ActiveMappings, err = client.StoreMapping.Query().
		Where(storemapping.HasShopWith(shop.Archived(false)), storemapping.HasLocationWith(location.Active(true))).Count(ctx)
	if err != nil {
		return false, fmt.Errorf("count the mapped shops: %w", err)
	}
	rules, err := client.ImportSettings.Query().Only(ctx)
	switch {
	case err == nil:
		facts.Rules = retail.ImportRules{OnHand: rules.OnHand, OnOrder: rules.OnOrder, Reorder: rules.Reorder}
	case ent.IsNotFound(err):
		facts.Rules = retail.DefaultImportRules()
	default:
		return false, fmt.Errorf("read the import settings: %w", err)
	}
	complete, _ := retail.Setup(facts)
	return complete, nil
}

// Enabled reports whether order exporting is used.
func (s Settings) Enabled() bool { return s.Row != nil && s.Row.Enabled }

// Automatic reports whether orders are exported by themselves once everything is paid and fulfilled.
func (s Settings) Automatic() bool { return s.Enabled() && s.Row.WhenFulfilled }

// Unlinked is what becomes of lines whose product is not linked.
func (s Settings) Unlinked() retail.UnlinkedLines {
	if s.Row == nil {
		return retail.UnlinkedBlock
	}
	return s.Row.UnlinkedLines
}

// RegisterFor returns the register that orders of a pickup location go to; nil = none is chosen.
func (s Settings) RegisterFor(pickupLocationID *string) *ent.Register {
	if pickupLocationID != nil && s.Routes[*pickupLocationID] != nil {
		return s.Routes[*pickupLocationID]
	}
	return s.Register
}

// LaneFor returns the lane that orders of a pickup location queue in: Lightspeed's id of the register; 0 = none is chosen.
func (s Settings) LaneFor(pickupLocationID *string) int64 {
	if r := s.RegisterFor(pickupLocationID); r != nil {
		return r.LightspeedID
	}
	return 0
}

// Gate returns what of the site decides whether an order of the pickup location can be exported.
func (s Settings) Gate(pickupLocationID *string) retail.ExportGate {
	g := retail.ExportGate{Enabled: s.Enabled(), SetupComplete: s.SetupComplete}
	if e := s.Employee; e != nil {
		g.EmployeeChosen, g.EmployeeArchived, g.EmployeeLocked, g.EmployeeShop = true, e.Archived, e.Locked, e.LightspeedShopID
	}
	if r := s.RegisterFor(pickupLocationID); r != nil {
		g.RegisterChosen, g.RegisterArchived, g.RegisterShop = true, r.Archived, r.LightspeedShopID
	}
	return g
}

// Terms returns what the settings say about the sale of an order of the pickup location. They mean something only when the
// gate has no blockers.
func (s Settings) Terms(pickupLocationID *string) retail.SaleTerms {
	t := retail.SaleTerms{Unlinked: s.Unlinked(), Tax: retail.TaxByPOS}
	if s.Row != nil {
		t.Tax = s.Row.TaxHandling
	}
	if s.Employee != nil {
		t.EmployeeID = s.Employee.LightspeedID
	}
	if r := s.RegisterFor(pickupLocationID); r != nil {
		t.RegisterID, t.ShopID = r.LightspeedID, r.LightspeedShopID
	}
	return t
}

// Blockers returns everything that keeps an order from being exported, the order's own first; none = it can be. Lines are
// named by facts.
func (s Settings) Blockers(row *ent.WebOrder, facts retail.BlockerFacts) []retail.Blocker {
	blockers := retail.BlockerBits(row.BlockerBits).Under(s.Unlinked()).Blockers(facts)
	for _, code := range s.Gate(row.PickupLocationID).Blockers() {
		blockers = append(blockers, code.Blocker())
	}
	return blockers
}

// Ready assesses an order as it is now and returns everything that keeps it from being exported, and when nothing does,
// the sale that it becomes.
func (s Settings) Ready(o Order, currency string) (retail.SalePlan, []retail.Blocker, error) {
	state := o.Facts.Assess()
	blockers := state.Blockers.Under(s.Unlinked()).Blockers(o.Facts.BlockerFacts(state, currency))
	for _, code := range s.Gate(o.Row.PickupLocationID).Blockers() {
		blockers = append(blockers, code.Blocker())
	}
	if len(blockers) > 0 {
		return retail.SalePlan{}, blockers, nil
	}
	plan, err := retail.PlanSale(o.Facts, s.Terms(o.Row.PickupLocationID))
	return plan, nil, err
}
