package retail

import "time"

// The night, as minutes since local midnight, and the shortest time to the next full sync, so that a day has one.
const (
	nightStart, nightEnd = 2 * 60, 5 * 60
	fullApart            = 12 * time.Hour
)

// NextFull returns when the next nightly full sync is due: between 02:00 and 05:00 in the site's zone, outside the window,
// and at least 12 hours after the given instant. If the window takes the whole night, it is at another time outside the
// window; if the window is the whole day, it is at night. spread is as in Next, so that sites do not all start at once. On
// a day whose clocks change it may be up to an hour earlier or later.
func (s Schedule) NextFull(now time.Time, zone *time.Location, spread uint64) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	quiet := s.nightWindow()
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

// nightWindow returns the minutes of the day at which a full sync may start.
func (s Schedule) nightWindow() []int {
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
