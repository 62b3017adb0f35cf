package retail

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Everything is read once on each day of the site's calendar, in its night and outside the window, all the year, also over
// the changes of clocks.
func TestNextFullIsOnceANight(t *testing.T) {
	for _, name := range []string{"America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "UTC"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, spread := range []uint64{0, 1, 179, 180, 12345678901234567} {
			s := DefaultSchedule()
			at := s.NextFull(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC), zone, spread)
			for range 400 {
				local := at.In(zone)
				minutes := local.Hour()*60 + local.Minute()
				_, before := local.Add(-3 * time.Hour).Zone()
				_, after := local.Add(3 * time.Hour).Zone()
				if early, late := 2*60, 5*60; before == after && (minutes < early || minutes >= late) || minutes < early-60 || minutes >= late+60 {
					t.Fatalf("%s, %d: at %v", name, spread, local)
				}
				next := s.NextFull(at.Add(40*time.Minute), zone, spread)
				tomorrow := time.Date(local.Year(), local.Month(), local.Day()+1, 12, 0, 0, 0, zone)
				if got := next.In(zone); got.YearDay() != tomorrow.YearDay() || got.Year() != tomorrow.Year() {
					t.Fatalf("%s, %d: after %v comes %v", name, spread, local, got)
				}
				at = next
			}
		}
	}
}

// Whatever the window, the full run keeps out of it where it leaves room, and out of the day where it leaves the night.
func TestNextFullKeepsOutOfTheWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Schedule{
			Interval:    time.Minute,
			WindowStart: TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "start")), WindowEnd: TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "end")),
		}
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0)
		at := s.NextFull(now, time.UTC, rapid.Uint64().Draw(t, "spread"))
		if wait := at.Sub(now); wait < 12*time.Hour || wait >= 36*time.Hour {
			t.Fatalf("after %v comes %v", now, at)
		}
		inWindow := s.windowLength() > 0 && s.sinceOpening(at) < s.windowLength()
		if inWindow {
			t.Fatalf("%v is inside the window %v-%v", at, s.WindowStart, s.WindowEnd)
		}
		nightIsFree := false
		for m := 2 * 60; m < 5*60; m++ {
			nightIsFree = nightIsFree || s.windowLength() == 0 || s.sinceOpening(time.Date(2026, 1, 1, 0, m, 0, 0, time.UTC)) >= s.windowLength()
		}
		if minutes := at.Hour()*60 + at.Minute(); nightIsFree && (minutes < 2*60 || minutes >= 5*60) {
			t.Fatalf("%v is not in the night, which the window %v-%v leaves free", at, s.WindowStart, s.WindowEnd)
		}
	})
}
