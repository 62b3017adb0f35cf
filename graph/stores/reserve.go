package stores

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/location"
	"possync/ent/site"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// maxLocations bounds a change.
const maxLocations = 250

// Reserve is the reserve of a location.
type Reserve struct {
	LocationID string
	Units      int
}

// CheckReserves returns everything that is wrong with the reserves, by their index below "locations". Ids of other sites are
// not found.
func CheckReserves(ctx context.Context, stock []Reserve) (usererror.List, error) {
	var found usererror.List
	switch {
	case len(stock) == 0:
		found.Add(usererror.Empty, "Choose at least one location.", "locations")
		return found, nil
	case len(stock) > maxLocations:
		found.Say(usererror.TooMany, "You can change at most {limit} locations at once.", message.Values{"limit": maxLocations}, "locations")
		return found, nil
	}
	byID, err := locations(ctx)
	if err != nil {
		return nil, err
	}
	seen := map[string]int{}
	for i, s := range stock {
		first, again := seen[s.LocationID]
		switch {
		case byID[s.LocationID] == nil:
			found.Add(usererror.NotFound, "This location does not exist. Load the page again.", "locations", i, "locationId")
		case again:
			found.Say(usererror.Duplicate, "This location is already in entry {entry}. Use each location only once.", message.Values{"entry": first + 1}, "locations", i, "locationId")
		}
		if !again {
			seen[s.LocationID] = i
		}
		if s.Units < 0 || s.Units > retail.MaxReserve {
			found.Say(usererror.Invalid, "The reserve must be from 0 to {limit} units.", message.Values{"limit": retail.MaxReserve}, "locations", i, "units")
		}
	}
	return found, nil
}

func locations(ctx context.Context) (map[string]*ent.Location, error) {
	all, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, err
	}
	return sitedata.Index(all, func(l *ent.Location) string { return l.ID }), nil
}

// WithReserves returns the pairs with the reserves that their locations are to have.
func WithReserves(pairs []sitedata.Pair, stock []Reserve) []sitedata.Pair {
	wanted := sitedata.Index(stock, func(s Reserve) string { return s.LocationID })
	changed := slices.Clone(pairs)
	for i, p := range pairs {
		if s, ok := wanted[p.Location.ID]; ok {
			location := *p.Location
			location.Reserve = int64(s.Units)
			changed[i].Location = &location
		}
	}
	return changed
}

// UpdateReserves sets reserves and has every item evaluated again. With any error nothing is changed.
func UpdateReserves(ctx context.Context, stock []Reserve, consent settings.Consent, now time.Time) (usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, err
	}
	set, err := Read(ctx)
	if err != nil {
		return nil, err
	}
	found, err := CheckReserves(ctx, stock)
	if err != nil {
		return nil, err
	}
	byID, err := locations(ctx)
	if err != nil {
		return nil, err
	}
	client := unitofwork.Client(ctx)
	var changing []*ent.LocationCreate
	var changes []settings.Change
	for _, s := range stock {
		if l := byID[s.LocationID]; l != nil && l.Reserve != int64(s.Units) {
			changing = append(changing, client.Location.Create().SetSiteID(state.SiteID).SetKey(l.Key).SetName(l.Name).
				SetReserve(int64(s.Units)).SetCreatedAt(now).SetUpdatedAt(now))
			changes = append(changes, settings.Change{
				Field: fmt.Sprintf("Reserve stock of the location %q", l.Name), Before: strconv.FormatInt(l.Reserve, 10), After: strconv.Itoa(s.Units),
			})
		}
	}
	if err := settings.CheckRevision(ctx, &found, retail.SettingStores, consent.Revision, set.Revision); err != nil {
		return nil, err
	}
	if found.Any() || len(changing) == 0 {
		return found, nil
	}
	after, err := sitedata.Rules(ctx)
	if err != nil {
		return nil, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return nil, err
	}
	after.Shops = display.ShopsOf(WithReserves(pairs, stock))
	if err := settings.CheckLoss(ctx, after, consent, &found, now); err != nil || found.Any() {
		return found, err
	}
	// All are there already: it is an update of each to a value of its own, in one statement.
	err = client.Location.CreateBulk(changing...).OnConflictColumns(location.FieldSiteID, location.FieldKey).
		Update(func(u *ent.LocationUpsert) { u.UpdateReserve().UpdateUpdatedAt() }).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("set the reserve of %d locations: %w", len(changing), err)
	}
	if err := client.Site.Update().Where(site.ID(state.SiteID)).AddMappingRevision(1).SetUpdatedAt(now).Exec(ctx); err != nil {
		return nil, fmt.Errorf("advance the mappings' revision: %w", err)
	}
	if err := settings.Record(ctx, retail.SettingStores, set.Revision+1, now, changes...); err != nil {
		return nil, err
	}
	if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
		return nil, err
	}
	if err := feedlog.MarkLinked(ctx, client); err != nil { // what can be sold follows from the reserve at once
		return nil, err
	}
	if _, err := synclog.Next(ctx, client); err != nil {
		return nil, err
	}
	sitedata.ClearCache(ctx)
	return nil, nil
}
