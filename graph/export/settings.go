package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/exportsettings"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/feedlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Settings say whether and how orders are exported.
type Settings struct {
	Revision       int
	Enabled        bool
	Employee       *ent.Employee
	Register       *ent.Register
	RegisterRoutes []*Route // by the location's name
	StatusAfter    *ent.OrderStatus
	WhenFulfilled  bool
	UnlinkedLines  retail.UnlinkedLines
	TaxHandling    retail.TaxHandling
	SupplierLines  retail.SupplierLines
	OpenOrders     retail.OpenOrders
	OrdersFrom     *time.Time
	Issues         []*retail.Blocker
}

// Route is a pickup location whose orders go to their own register.
type Route struct {
	Location *ent.Location
	Register *ent.Register
}

// Present returns the settings as they are now: off, as revision 1, until they were first changed.
func Present(ctx context.Context) (*Settings, error) {
	stored, err := sitedata.Export(ctx)
	if err != nil {
		return nil, err
	}
	row := rowOf(stored)
	s := &Settings{
		Revision: row.Revision, Enabled: row.Enabled, Employee: stored.Employee, Register: stored.Register,
		StatusAfter: stored.StatusAfter, WhenFulfilled: row.WhenFulfilled, UnlinkedLines: row.UnlinkedLines,
		TaxHandling: row.TaxHandling, SupplierLines: row.SupplierLines, OpenOrders: row.OpenOrders, OrdersFrom: row.OrdersFrom,
		RegisterRoutes: []*Route{}, Issues: []*retail.Blocker{},
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range locations {
		if register := stored.Routes[l.ID]; register != nil {
			s.RegisterRoutes = append(s.RegisterRoutes, &Route{Location: l, Register: register})
		}
	}
	blockers, err := sitedata.SiteBlockers(ctx)
	if err != nil {
		return nil, err
	}
	for _, blocker := range blockers {
		s.Issues = append(s.Issues, &blocker)
	}
	return s, nil
}

// rowOf returns the stored row, or the defaults. References to things that no longer exist become nil.
func rowOf(s orderbook.Settings) ent.ExportSettings {
	if s.Row == nil {
		return ent.ExportSettings{
			UnlinkedLines: retail.UnlinkedBlock, TaxHandling: retail.TaxByPOS, SupplierLines: retail.SupplierLowerStock,
			OpenOrders: retail.OpenOrdersDeduct, Revision: 1,
		}
	}
	row := *s.Row
	row.EmployeeID = known(row.EmployeeID, s.Employee != nil)
	row.RegisterID = known(row.RegisterID, s.Register != nil)
	row.StatusAfterID = known(row.StatusAfterID, s.StatusAfter != nil)
	return row
}

func known(id *string, there bool) *string {
	if !there {
		return nil
	}
	return id
}

// RouteChange is a pickup location and its register, by their ids.
type RouteChange struct{ LocationID, RegisterID string }

// OrdersFrom is from when on orders count; nil = from the present day on.
type OrdersFrom struct{ At *time.Time }

// SettingsChange is a change of the export settings.
type SettingsChange struct {
	Enabled, WhenFulfilled          *bool // nil = unchanged, like the next four
	UnlinkedLines                   *retail.UnlinkedLines
	TaxHandling                     *retail.TaxHandling
	SupplierLines                   *retail.SupplierLines
	OpenOrders                      *retail.OpenOrders
	OrdersFrom                      *OrdersFrom // nil = unchanged
	Employee, Register, StatusAfter settings.Choice
	Routes                          []*RouteChange // the whole set; nil = unchanged
}

// Update changes the export settings and makes blocked exports due. expected is the revision that the change is based on, nil
// to not check. found holds known errors of the input: with any error nothing is changed.
func Update(ctx context.Context, change SettingsChange, expected *int, found usererror.List, now time.Time) (*Settings, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	if _, err := orderbook.Lock(ctx, client); err != nil {
		return nil, nil, err
	}
	stored, err := sitedata.Export(ctx)
	if err != nil {
		return nil, nil, err
	}
	old := rowOf(stored)
	changed := old
	settings.Assign(&changed.Enabled, change.Enabled)
	settings.Assign(&changed.WhenFulfilled, change.WhenFulfilled)
	settings.Assign(&changed.UnlinkedLines, change.UnlinkedLines)
	settings.Assign(&changed.TaxHandling, change.TaxHandling)
	settings.Assign(&changed.SupplierLines, change.SupplierLines)
	settings.Assign(&changed.OpenOrders, change.OpenOrders)
	if from := change.OrdersFrom; from != nil {
		changed.OrdersFrom = from.At
		if from.At != nil && (from.At.After(now) || from.At.Year() < 1990) {
			found.Add(usererror.Invalid, "Orders cannot count from a time that is in the future or before 1990. Enter the time from which all orders are to be exported.", "ordersFrom")
		}
	}
	change.Employee.Assign(&changed.EmployeeID)
	change.Register.Assign(&changed.RegisterID)
	change.StatusAfter.Assign(&changed.StatusAfterID)
	routes := routesOf(stored)
	if err := check(ctx, &found, edit{old: &old, changed: &changed, oldRoutes: routes, routes: change.Routes}); err != nil {
		return nil, nil, err
	}
	if expected != nil && *expected != old.Revision {
		found.Add(usererror.StaleRevision, "Someone else has changed these settings in the meantime. Load them again, then make your change.", "expectedRevision")
	}
	if found.Any() {
		return nil, found, nil
	}
	wanted := routes
	if change.Routes != nil {
		wanted = map[string]string{}
		for _, r := range change.Routes {
			wanted[r.LocationID] = r.RegisterID
		}
	}
	if changed.Enabled && changed.OrdersFrom == nil {
		if changed.OrdersFrom, err = startOfDay(ctx, now); err != nil {
			return nil, nil, err
		}
	}
	if sameRow(&old, &changed) && maps.Equal(routes, wanted) {
		settings, err := Present(ctx)
		return settings, nil, err
	}
	if err := store(ctx, client, &changed, old.Revision+1, now); err != nil {
		return nil, nil, err
	}
	if err := storeRoutes(ctx, client, routes, wanted, now); err != nil {
		return nil, nil, err
	}
	if err := recordChanges(ctx, stored, changed, wanted, now); err != nil {
		return nil, nil, err
	}
	if err := openOrdersChanged(ctx, client, now); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	fresh, err := sitedata.Export(ctx)
	if err != nil {
		return nil, nil, err
	}
	if changed.SupplierLines != old.SupplierLines {
		if err := orderbook.SupplierLinesChanged(ctx, client, now); err != nil {
			return nil, nil, err
		}
	}
	if !maps.Equal(routes, wanted) {
		if err := orderbook.RoutesChanged(ctx, client, now); err != nil {
			return nil, nil, err
		}
	}
	if err := orderbook.RequeueBlocked(ctx, client, fresh, now); err != nil {
		return nil, nil, err
	}
	if err := synclog.SetupChanged(ctx, client); err != nil {
		return nil, nil, err
	}
	settings, err := Present(ctx)
	return settings, nil, err
}

// startOfDay returns when the present day began in the site's zone.
func startOfDay(ctx context.Context, now time.Time) (*time.Time, error) {
	zone, err := sitedata.Zone(ctx)
	if err != nil {
		return nil, err
	}
	if began, ok := retail.DateIn(zone, now).Starts(zone); ok {
		return &began, nil
	}
	return &now, nil
}

// openOrdersChanged has every item evaluated again and every product reported: what open orders hold follows from the settings.
func openOrdersChanged(ctx context.Context, client *ent.Client, now time.Time) error {
	if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
		return err
	}
	return feedlog.MarkLinked(ctx, client)
}

// recordChanges writes down what differs.
func recordChanges(ctx context.Context, stored orderbook.Settings, changed ent.ExportSettings, routes map[string]string, now time.Time) error {
	old := rowOf(stored)
	references, err := referenceChanges(ctx, stored, changed, routes)
	if err != nil {
		return err
	}
	return settings.Record(ctx, retail.SettingExport, old.Revision+1, now, append(references,
		settings.Change{Field: "Use order exporting", Before: settings.OnOff(old.Enabled), After: settings.OnOff(changed.Enabled)},
		settings.Change{Field: "Export when everything is fulfilled", Before: settings.OnOff(old.WhenFulfilled), After: settings.OnOff(changed.WhenFulfilled)},
		settings.Change{Field: "Lines of unlinked products", Before: said(old.UnlinkedLines), After: said(changed.UnlinkedLines)},
		settings.Change{Field: "Tax", Before: said(old.TaxHandling), After: said(changed.TaxHandling)},
		settings.Change{Field: "Lines that a supplier fulfils", Before: said(old.SupplierLines), After: said(changed.SupplierLines)},
		settings.Change{Field: "Open orders", Before: said(old.OpenOrders), After: said(changed.OpenOrders)},
		settings.Change{Field: "Orders count from", Before: saidTime(old.OrdersFrom), After: saidTime(changed.OrdersFrom)},
	)...)
}

func routesOf(s orderbook.Settings) map[string]string {
	routes := map[string]string{}
	for location, register := range s.Routes {
		routes[location] = register.ID
	}
	return routes
}

func sameRow(a, b *ent.ExportSettings) bool {
	return a.Enabled == b.Enabled && a.WhenFulfilled == b.WhenFulfilled && a.UnlinkedLines == b.UnlinkedLines && a.TaxHandling == b.TaxHandling &&
		a.SupplierLines == b.SupplierLines && a.OpenOrders == b.OpenOrders && sameTime(a.OrdersFrom, b.OrdersFrom) &&
		settings.SameID(a.EmployeeID, b.EmployeeID) && settings.SameID(a.RegisterID, b.RegisterID) && settings.SameID(a.StatusAfterID, b.StatusAfterID)
}

func sameTime(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

func store(ctx context.Context, client *ent.Client, s *ent.ExportSettings, revision int, now time.Time) error {
	err := client.ExportSettings.Create().SetEnabled(s.Enabled).SetWhenFulfilled(s.WhenFulfilled).
		SetUnlinkedLines(s.UnlinkedLines).SetTaxHandling(s.TaxHandling).SetNillableEmployeeID(s.EmployeeID).
		SetNillableRegisterID(s.RegisterID).SetNillableStatusAfterID(s.StatusAfterID).SetRevision(revision).
		SetSupplierLines(s.SupplierLines).SetOpenOrders(s.OpenOrders).SetNillableOrdersFrom(s.OrdersFrom).
		SetCreatedAt(now).SetUpdatedAt(now).OnConflictColumns(exportsettings.FieldSiteID).
		Update(func(u *ent.ExportSettingsUpsert) {
			u.UpdateEnabled().UpdateWhenFulfilled().UpdateUnlinkedLines().UpdateTaxHandling().UpdateEmployeeID().
				UpdateRegisterID().UpdateStatusAfterID().UpdateSupplierLines().UpdateOpenOrders().UpdateOrdersFrom().UpdateRevision().UpdateUpdatedAt()
		}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("store the export settings: %w", err)
	}
	return nil
}

// storeRoutes replaces the stored routes with the wanted ones.
func storeRoutes(ctx context.Context, client *ent.Client, routes, wanted map[string]string, now time.Time) error {
	if maps.Equal(routes, wanted) {
		return nil
	}
	if _, err := client.RegisterRoute.Delete().Exec(ctx); err != nil {
		return fmt.Errorf("remove the registers of pickup locations: %w", err)
	}
	var creates []*ent.RegisterRouteCreate
	for _, location := range slices.Sorted(maps.Keys(wanted)) {
		creates = append(creates, client.RegisterRoute.Create().SetLocationID(location).
			SetRegisterID(wanted[location]).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if len(creates) == 0 {
		return nil
	}
	if err := client.RegisterRoute.CreateBulk(creates...).Exec(ctx); err != nil {
		return fmt.Errorf("store the registers of pickup locations: %w", err)
	}
	return nil
}
