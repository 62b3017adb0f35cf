package export

import (
	"context"
	"maps"
	"slices"

	"possync/ent"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/internal/records/orderbook"
)

// referenceChanges returns what differs in what the export settings refer to, by names.
func referenceChanges(ctx context.Context, old orderbook.Settings, changed ent.ExportSettings, routes map[string]string) ([]settings.Change, error) {
	site, err := sitedata.Settings(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{"": "none"}
	for _, e := range site.Employees {
		names[e.ID] = e.Name
	}
	for _, r := range site.Registers {
		names[r.ID] = r.Name
	}
	for _, s := range site.Statuses {
		names[s.ID] = s.Name
	}
	row := rowOf(old)
	name := func(id *string) string {
		if id == nil {
			return names[""]
		}
		return names[*id]
	}
	list := []settings.Change{
		{Field: "Employee", Before: name(row.EmployeeID), After: name(changed.EmployeeID)},
		{Field: "Register", Before: name(row.RegisterID), After: name(changed.RegisterID)},
		{Field: "Status after the export", Before: name(row.StatusAfterID), After: name(changed.StatusAfterID)},
	}
	locations := sitedata.Index(site.Locations, func(l *ent.Location) string { return l.ID })
	before := routesOf(old)
	both := maps.Clone(before)
	maps.Copy(both, routes)
	for _, id := range slices.Sorted(maps.Keys(both)) {
		if location := locations[id]; location != nil {
			list = append(list, settings.Change{Field: "Register of " + location.Name, Before: names[before[id]], After: names[routes[id]]})
		}
	}
	return list, nil
}
