// Package settings reads what is set up for a site (its link, stores and mappings, rules, prices, exports and schedule, with the
// reference data of the POS that these refer to) in one snapshot, by one statement. No other package reads them.
//
// A snapshot is known by a version: triggers of the database raise the site's revision in each transaction that changes any of
// it. A [Source] keeps snapshots for as long as the revision in the database is the same.
//
// What changes with every sync is no setting: the tokens and the request budget of the link, and how fresh a shop's stock is, are
// left out.
package settings

import (
	"cmp"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/retail"
)

// Version distinguishes a site's snapshots. The zero version is that of a site that is not registered.
type Version struct {
	State    string `sql:"id"` // of the site's state row: a site that is registered again has another one
	Revision int64  `sql:"settings_revision"`
}

// Snapshot is what was set up for a site at one moment. Many may share one: it must not be changed.
//
// Rows know no client: they cannot query their edges.
type Snapshot struct {
	Version Version

	Site *ent.Site           // nil = the platform has not registered it yet
	Link *ent.LightspeedLink // nil = none was ever made

	// Lists are sorted by name, price levels by number and statuses by position; what is retired or archived comes last.
	Locations    []*ent.Location
	Shops        []*ent.Shop
	Registers    []*ent.Register
	Employees    []*ent.Employee
	PriceLevels  []*ent.PriceLevel
	PaymentTypes []*ent.PaymentType
	Statuses     []*ent.OrderStatus
	Pairs        []Pair // by the location's name

	Import   *ent.ImportSettings         // the defaults, as revision 1, until they were first changed
	Schedule *ent.SyncSchedule           // likewise
	Pricing  *ent.PricingSettings        // off, as revision 1, until they were first changed
	Export   *ent.ExportSettings         // nil = they were never changed: the export is off
	Routes   []*ent.RegisterRoute        // by the location's id
	Methods  []*ent.PaymentMethodMapping // by the method's name
	Emails   *ent.AlertEmailSettings     // no addresses, as revision 1, until they were first changed

	zone      *time.Location
	zoneError error
}

// newSnapshot arranges what was read.
func newSnapshot(d document) *Snapshot {
	s := &Snapshot{
		Version: Version{d.State, d.Revision},
		Site:    first(d.Sites), Link: first(d.Links),
		Locations: d.Locations, Shops: d.Shops, Registers: d.Registers, Employees: d.Employees,
		PriceLevels: d.PriceLevels, PaymentTypes: d.PaymentTypes, Statuses: d.Statuses,
		Import:   cmp.Or(first(d.Import), defaultImport()),
		Schedule: cmp.Or(first(d.Schedules), defaultSchedule()),
		Pricing:  cmp.Or(first(d.Pricing), &ent.PricingSettings{Revision: 1}),
		Export:   first(d.Export), Routes: d.Routes, Methods: d.Methods,
		Emails: cmp.Or(first(d.Emails), defaultEmails()),
		zone:   time.UTC,
	}
	s.sort()
	s.Pairs = pairs(d.Mappings, s.Shops, s.Locations)
	if s.Site != nil {
		s.zone, s.zoneError = time.LoadLocation(s.Site.TimeZone)
	}
	return s
}

func first[T any](rows []*T) *T {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

func defaultImport() *ent.ImportSettings {
	rules := retail.DefaultImportRules()
	return &ent.ImportSettings{
		OnHand: rules.OnHand, OnOrder: rules.OnOrder, Reorder: rules.Reorder,
		CostBasis: rules.CostBasis, RequiredIdentifiers: rules.RequiredIdentifiers, BarcodeLinks: retail.BarcodeLinksAtOnce, Revision: 1,
	}
}

func defaultEmails() *ent.AlertEmailSettings {
	return &ent.AlertEmailSettings{Mode: retail.AlertEmailAtOnce, DailyAt: int(retail.DefaultAlertEmailDailyAt), Revision: 1}
}

func defaultSchedule() *ent.SyncSchedule {
	d := retail.DefaultSchedule()
	return &ent.SyncSchedule{
		IntervalMinutes: int(d.Interval / time.Minute),
		WindowStart:     int(d.WindowStart), WindowEnd: int(d.WindowEnd), Revision: 1,
	}
}

// Zone returns the site's time zone, UTC before it is registered.
func (s *Snapshot) Zone() (*time.Location, error) {
	if s.zoneError != nil {
		return nil, fmt.Errorf("the site's time zone: %w", s.zoneError)
	}
	return s.zone, nil
}
