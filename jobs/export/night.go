package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent/exportlock"
	"possync/internal/records/synclog"
)

const nightHour = 3

// nextNight is when the site's sales are searched next: in the small hours of its zone, each site at its own minute.
func nextNight(now time.Time, zone *time.Location, siteID string) time.Time {
	if night := nightOf(now, 0, zone, siteID); night.After(now) {
		return night
	}
	return nightOf(now, 1, zone, siteID)
}

// lastNight is when the site's sales were due to be searched last.
func lastNight(now time.Time, zone *time.Location, siteID string) time.Time {
	if night := nightOf(now, 0, zone, siteID); !night.After(now) {
		return night
	}
	return nightOf(now, -1, zone, siteID)
}

// nightOf is the site's night of the day so many days after now's.
func nightOf(now time.Time, days int, zone *time.Location, siteID string) time.Time {
	minute := int(synclog.SpreadOf(siteID) % 60)
	local := now.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day()+days, nightHour, minute, 0, 0, zone).UTC()
}

// errNotOurs says that another process does a site's work of the night.
var errNotOurs = errors.New("another process has taken the night's search over")

// ignoreLost returns nil if the work was not finished because another process does it.
func ignoreLost(err error) error {
	if errors.Is(err, errNotOurs) {
		return nil
	}
	return err
}

// nightClaim is the right to do a site's work of the night. It runs out unless it is extended, so another process goes on if this one dies.
type nightClaim struct {
	x     *Exporter
	lock  string    // the id of the site's export lock
	until time.Time // when the work is due next, by which the claim is known
}

// keep extends the claim if half of its time is over.
func (c *nightClaim) keep(ctx context.Context) error {
	if c.until.Sub(c.x.Clock.Now()) > sweepRetry/2 {
		return nil
	}
	return c.extend(ctx)
}

func (c *nightClaim) extend(ctx context.Context) error {
	return c.move(ctx, c.x.Clock.Now().Add(sweepRetry))
}

// move has the work due at another time. It fails with errNotOurs if another process has claimed it.
func (c *nightClaim) move(ctx context.Context, to time.Time) error {
	n, err := c.x.Client.ExportLock.Update().Where(exportlock.ID(c.lock), exportlock.SweepDueAtEQ(c.until)).SetSweepDueAt(to).Save(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("plan the night's search: %w", err)
	case n == 0:
		return errNotOurs
	}
	c.until = to
	return nil
}
