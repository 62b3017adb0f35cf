package synclog

import (
	"errors"
	"hash/fnv"
	"time"

	"possync/internal/records/settings"
)

// SpreadOf is a number that is stable for a site and even over sites, so that not all start at once.
func SpreadOf(siteID string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(siteID))
	return h.Sum64()
}

// NextRun returns when the site's schedule starts the next run after now.
func NextRun(site *settings.Snapshot, now time.Time) (time.Time, error) {
	return next(site, func(zone *time.Location, spread uint64) time.Time { return site.RunSchedule().Next(now, zone, spread) })
}

// NextFull returns when everything is read again for the site, in its night.
func NextFull(site *settings.Snapshot, now time.Time) (time.Time, error) {
	return next(site, func(zone *time.Location, spread uint64) time.Time {
		return site.RunSchedule().NextFull(now, zone, spread)
	})
}

func next(site *settings.Snapshot, of func(zone *time.Location, spread uint64) time.Time) (time.Time, error) {
	if site.Site == nil {
		return time.Time{}, errors.New("a site that is not registered has no next run")
	}
	zone, err := site.Zone()
	if err != nil {
		return time.Time{}, err
	}
	return of(zone, SpreadOf(site.Site.ID)), nil
}
