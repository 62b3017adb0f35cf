package site

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"possync/ent"
	"possync/ent/location"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/confirmation"
	"possync/internal/records/feedlog"
	"possync/internal/records/synclog"
)

// maxBatch bounds a batch of locations.
const maxBatch = 250

// Location is a location as the platform sends it.
type Location struct {
	Key    string
	Name   string
	Active bool
}

// RegisterLocations adds or updates locations by the platform's keys, all or none, and returns them in input order.
func RegisterLocations(ctx context.Context, batch []Location, now time.Time) ([]*ent.Location, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	if found := checkLocations(batch); found.Any() {
		return nil, found, nil
	}
	old, err := locationsByKey(ctx)
	if err != nil {
		return nil, nil, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return nil, nil, err
	}
	mapped := sitedata.Index(pairs, func(p sitedata.Pair) string { return p.Location.Key })
	live, err := sitedata.Live(ctx)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	var creates []*ent.LocationCreate
	evaluate, reported := false, false
	for _, l := range batch {
		was := old[l.Key]
		flips := was != nil && was.Active != l.Active
		_, counts := mapped[l.Key]
		evaluate, reported = evaluate || flips, reported || flips && counts // the stock of its shop counts no more, or again
		if was == nil || was.Name != l.Name || was.Active != l.Active {
			creates = append(creates, client.Location.Create().SetSiteID(state.SiteID).SetKey(l.Key).
				SetName(l.Name).SetActive(l.Active).SetCreatedAt(now).SetUpdatedAt(now))
		}
	}
	if len(creates) > 0 {
		err := client.Location.CreateBulk(creates...).OnConflictColumns(location.FieldSiteID, location.FieldKey).
			Update(func(u *ent.LocationUpsert) { u.UpdateName().UpdateActive().UpdateUpdatedAt() }).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("store locations: %w", err)
		}
		auditlog.Note(ctx, audit.Change{Field: "Locations added or changed", After: strconv.Itoa(len(creates))})
		if evaluate {
			if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
				return nil, nil, err
			}
		}
		if reported {
			if err := feedlog.MarkLinked(ctx, client); err != nil {
				return nil, nil, err
			}
		}
		if err := synclog.SetupChanged(ctx, client); err != nil {
			return nil, nil, err
		}
		sitedata.ClearCache(ctx)
		if reported && live {
			if err := holdLoss(ctx, now); err != nil {
				return nil, nil, err
			}
		}
	}
	stored, err := locationsByKey(ctx)
	if err != nil {
		return nil, nil, err
	}
	list := make([]*ent.Location, len(batch))
	for i, l := range batch {
		list[i] = stored[l.Key]
	}
	return list, nil, nil
}

// holdLoss keeps the items displayed that the locations would hide now, if these are so many that a manager must confirm it.
func holdLoss(ctx context.Context, now time.Time) error {
	rules, err := sitedata.Rules(ctx)
	if err != nil {
		return err
	}
	client := unitofwork.Client(ctx)
	loss, err := rules.Loss(ctx, client, now)
	if err != nil {
		return fmt.Errorf("evaluate with the locations: %w", err)
	}
	if !loss.NeedsConfirmation() {
		return nil
	}
	if err := confirmation.HoldDisplay(ctx, client, rules, now); err != nil {
		return err
	}
	sitedata.ClearCache(ctx)
	return nil
}

// checkLocations cleans the texts of a batch and returns everything that is wrong with it.
func checkLocations(batch []Location) usererror.List {
	var found usererror.List
	switch {
	case len(batch) == 0:
		found.Add(usererror.Empty, "Send at least one location.", "locations")
	case len(batch) > maxBatch:
		found.Say(usererror.TooMany, "You can send at most {limit} locations at once.", message.Values{"limit": maxBatch}, "locations")
		return found
	}
	seen := map[string]int{}
	for i := range batch {
		l := &batch[i]
		l.Key = found.Text(l.Key, keyed, "locations", i, "key")
		l.Name = found.Text(l.Name, keyed, "locations", i, "name")
		if first, again := seen[l.Key]; again {
			found.Say(usererror.Duplicate, "Entry {entry} has the same key.", message.Values{"entry": first + 1}, "locations", i, "key")
		} else {
			seen[l.Key] = i
		}
	}
	return found
}

func locationsByKey(ctx context.Context) (map[string]*ent.Location, error) {
	all, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, err
	}
	return sitedata.Index(all, func(l *ent.Location) string { return l.Key }), nil
}
