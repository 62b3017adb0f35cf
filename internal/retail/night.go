package retail

import "time"

// The night, as minutes since local midnight, and how far away the next full run is at least, so that a day has one.
const (
	nightStart, nightEnd = 2 * 60, 5 * 60
	fullApart            = 12 * time.Hour
)

// NextFull returns when everything is to be read again by itself: once a day, between 02:00 and 05:00 in the site's zone
// and outside the window, at least 12 hours after the given instant. A window that takes the whole night leaves another part
// of the day; one of the whole day leaves the night all the same. spread is as in Next, so that sites do not all start at
// once. On a day whose clocks jump over that time it comes up to an hour earlier or later.
func (s Schedule) NextFull(now time.Time, zone *time.Location, spread uint64) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	quiet := s.quiet()
	minute := quiet[spread%uint64(len(quiet))]
	second := int(spread / uint64(len(quiet)) % 60)
	earliest := now.Add(fullApart).In(zone)
	for days := 0; ; days++ {
		at := time.Date(earliest.Year(), earliest.Month(), earliest.Day()+days, 0, minute, second, 0, zone)
		if !at.Before(earliest) {
			return at.UTC()
		}
	}
}

// quiet returns the minutes of the day at which a full run may start.
func (s Schedule) quiet() []int {
	outside := func(from, to int) (minutes []int) {
		for m := from; m < to; m++ {
			since := wrap(time.Duration(m-int(s.WindowStart)) * time.Minute)
			if s.windowLength() == 0 || since >= s.windowLength() {
				minutes = append(minutes, m)
			}
		}
		return minutes
	}
	if night := outside(nightStart, nightEnd); len(night) > 0 {
		return night
	}
	return outside(0, int(day/time.Minute))
}
