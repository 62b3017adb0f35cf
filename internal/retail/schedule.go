package retail

import "time"

// The bounds of a schedule's interval.
const (
	MinInterval = time.Minute
	MaxInterval = 24 * time.Hour
)

// Schedule says when a site is synced automatically: every interval, while the wall clock in the site's time zone is inside
// the window.
//
// The window is [WindowStart, WindowEnd). An end before the start is on the next day, so 22:00-06:00 is the night. The same
// start and end mean the whole day.
type Schedule struct {
	Interval               time.Duration // whole minutes
	WindowStart, WindowEnd TimeOfDay
}

// DefaultSchedule returns the schedule of a site that has not chosen one: every 30 minutes from 06:00 to 22:00.
func DefaultSchedule() Schedule {
	return Schedule{Interval: 30 * time.Minute, WindowStart: 6 * 60, WindowEnd: 22 * 60}
}

// Problem is what is wrong with one field of a setting.
type Problem struct {
	Field   string // its name in the API
	Message string // for shop staff: what the value must be
}

// Validate returns everything that is wrong with the schedule; nothing if it is valid.
func (s Schedule) Validate() []Problem {
	var problems []Problem
	add := func(wrong bool, field, message string) {
		if wrong {
			problems = append(problems, Problem{Field: field, Message: message})
		}
	}
	add(s.Interval < MinInterval, "interval", "The interval must be at least 1 minute.")
	add(s.Interval > MaxInterval, "interval", "The interval must be at most 24 hours.")
	add(s.Interval%time.Minute != 0, "interval", "The interval must be a whole number of minutes.")
	add(!s.WindowStart.Valid(), "windowStart", "The start of the window must be a time from 00:00 to 23:59.")
	add(!s.WindowEnd.Valid(), "windowEnd", "The end of the window must be a time from 00:00 to 23:59.")
	return problems
}

// Next returns the first instant strictly after the given one at which a sync is due, in UTC. A nil zone is UTC.
//
// Syncs are due every interval, counted in real time from the opening of each window plus the site's delay; if the window is
// the whole day, from a fixed instant. The delay is below the interval. It is drawn from spread, a number that is stable for
// the site and evenly distributed over sites (a hash of its id), so that sites do not all start at once. So within a window
// consecutive runs are exactly one interval apart, even over a clock change; each window has a run, however short it is; and
// the result does not depend on earlier calls.
//
// If clocks jump forward over the opening of a window, it opens at the jump; if they jump over a whole window, it is skipped.
// If clocks are set back and show the same window twice, it opens twice.
//
// s must be valid; an interval that is too short counts as the shortest.
func (s Schedule) Next(after time.Time, zone *time.Location, spread uint64) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	after = after.In(zone)
	interval := max(s.Interval, MinInterval)
	if s.windowLength() == 0 {
		return nextOnGrid(delay(spread, interval), interval, after)
	}
	for {
		opens, closes := s.window(after)
		first := opens.Add(delay(spread, min(interval, closes.Sub(opens))))
		if !first.After(after) {
			first = first.Add((after.Sub(first)/interval + 1) * interval)
		}
		if first.Before(closes) {
			return first.UTC()
		}
		after = closes // not in the window, so the next iteration finds the next one
	}
}

// nextOnGrid returns the first instant after t that is a multiple of the interval past the Unix epoch plus the delay.
func nextOnGrid(delay, interval time.Duration, t time.Time) time.Time {
	first, step := int64(delay/time.Second), int64(interval/time.Second)
	past := (t.Unix() - first) % step
	if past < 0 {
		past += step
	}
	return time.Unix(t.Unix()-past+step, 0).UTC()
}

// delay draws a delay of whole seconds below the limit.
func delay(spread uint64, limit time.Duration) time.Duration {
	seconds := max(uint64(limit/time.Second), 1)
	return time.Duration(spread%seconds) * time.Second
}

// window returns the window that contains t, or else the next one: the longest period in which the wall clock always shows a
// time inside the window. t must be in the site's zone.
//
// Between two clock changes the wall clock runs evenly, so the bounds are searched in one such period after the other, and a
// window with a clock change is put together from its parts.
func (s Schedule) window(t time.Time) (opens, closes time.Time) {
	for s.sinceOpening(t) >= s.windowLength() {
		_, change := t.ZoneBounds()
		next := t.Add(day - s.sinceOpening(t))
		if !change.IsZero() && change.Before(next) {
			next = change
		}
		t = next
	}
	for opens = t; ; {
		change, _ := opens.ZoneBounds()
		opens = opens.Add(-s.sinceOpening(opens))
		if change.IsZero() || opens.After(change) {
			break
		}
		opens = change
		before := change.Add(-1)
		if s.sinceOpening(before) >= s.windowLength() {
			break
		}
		opens = before
	}
	for closes = t; ; {
		_, change := closes.ZoneBounds()
		closes = closes.Add(s.windowLength() - s.sinceOpening(closes))
		if change.IsZero() || closes.Before(change) {
			break
		}
		closes = change
		if s.sinceOpening(closes) >= s.windowLength() {
			break
		}
	}
	return opens, closes
}

// day is a day by the wall clock.
const day = 24 * time.Hour

// windowLength is how long the window is by the wall clock; 0 for the whole day.
func (s Schedule) windowLength() time.Duration {
	return wrap(time.Duration(s.WindowEnd-s.WindowStart) * time.Minute)
}

// sinceOpening is how long ago, by the wall clock, the window last opened. t is in the window if that is less than its
// length.
func (s Schedule) sinceOpening(t time.Time) time.Duration {
	return wrap(sinceMidnight(t) - time.Duration(s.WindowStart)*time.Minute)
}

// wrap brings a span of the wall clock into [0, 24h).
func wrap(d time.Duration) time.Duration {
	if d %= day; d < 0 {
		d += day
	}
	return d
}
