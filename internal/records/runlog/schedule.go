package runlog

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"possync/ent"
	"possync/internal/retail"
)

// Spread is a number that is stable for a site and even over sites, so that not all start at once.
func Spread(siteID string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(siteID))
	return h.Sum64()
}

// Schedule returns the acting site's schedule; a site that never changed it has the default.
func Schedule(ctx context.Context, client *ent.Client) (retail.Schedule, error) {
	row, err := client.SyncSchedule.Query().Only(ctx)
	if ent.IsNotFound(err) {
		return retail.DefaultSchedule(), nil
	}
	if err != nil {
		return retail.Schedule{}, fmt.Errorf("read the schedule: %w", err)
	}
	return retail.Schedule{
		Interval:    time.Duration(row.IntervalMinutes) * time.Minute,
		WindowStart: retail.TimeOfDay(row.WindowStart), WindowEnd: retail.TimeOfDay(row.WindowEnd),
	}, nil
}

// NextRun returns when the acting site's schedule starts the next run after now.
func NextRun(ctx context.Context, client *ent.Client, siteID string, now time.Time) (time.Time, error) {
	schedule, zone, err := scheduleIn(ctx, client, siteID)
	if err != nil {
		return time.Time{}, err
	}
	return schedule.Next(now, zone, Spread(siteID)), nil
}

// NextFull returns when everything is read again for the acting site, in its night.
func NextFull(ctx context.Context, client *ent.Client, siteID string, now time.Time) (time.Time, error) {
	schedule, zone, err := scheduleIn(ctx, client, siteID)
	if err != nil {
		return time.Time{}, err
	}
	return schedule.NextFull(now, zone, Spread(siteID)), nil
}

func scheduleIn(ctx context.Context, client *ent.Client, siteID string) (retail.Schedule, *time.Location, error) {
	schedule, err := Schedule(ctx, client)
	if err != nil {
		return retail.Schedule{}, nil, err
	}
	zone, err := Zone(ctx, client, siteID)
	return schedule, zone, err
}

// Zone returns the acting site's time zone.
func Zone(ctx context.Context, client *ent.Client, siteID string) (*time.Location, error) {
	site, err := client.Site.Get(ctx, siteID)
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	zone, err := time.LoadLocation(site.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the site: %w", err)
	}
	return zone, nil
}
