package retail_test

import (
	"fmt"
	"testing"
	"time"
	_ "time/tzdata" // the zones under test, wherever the test runs

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func schedule(interval time.Duration, window string) retail.Schedule {
	start, err := retail.ParseTimeOfDay(window[:5])
	if err != nil {
		panic(err)
	}
	end, err := retail.ParseTimeOfDay(window[6:])
	if err != nil {
		panic(err)
	}
	return retail.Schedule{Interval: interval, WindowStart: start, WindowEnd: end}
}

func TestDefaultSchedule(t *testing.T) {
	s := retail.DefaultSchedule()
	if want := schedule(30*time.Minute, "06:00-22:00"); s != want {
		t.Errorf("DefaultSchedule = %+v, want %+v", s, want)
	}
	if problems := s.Validate(); problems != nil {
		t.Errorf("the default has problems: %v", problems)
	}
}

func TestValidate(t *testing.T) {
	tests := map[string]struct {
		schedule retail.Schedule
		fields   []string
	}{
		"shortest":       {retail.Schedule{Interval: time.Minute}, nil},
		"longest":        {retail.Schedule{Interval: 24 * time.Hour}, nil},
		"bounds of time": {retail.Schedule{Interval: time.Hour, WindowStart: 0, WindowEnd: 1439}, nil},
		"over midnight":  {schedule(time.Hour, "22:00-06:00"), nil},
		"zero":           {retail.Schedule{}, []string{"interval"}},
		"negative":       {retail.Schedule{Interval: -time.Hour}, []string{"interval"}},
		"too short":      {retail.Schedule{Interval: 59 * time.Second}, []string{"interval", "interval"}},
		"too long":       {retail.Schedule{Interval: 24*time.Hour + time.Minute}, []string{"interval"}},
		"seconds":        {retail.Schedule{Interval: 90 * time.Second}, []string{"interval"}},
		"times":          {retail.Schedule{Interval: time.Hour, WindowStart: -1, WindowEnd: 1440}, []string{"windowStart", "windowEnd"}},
		"everything":     {retail.Schedule{WindowStart: 1440, WindowEnd: -5}, []string{"interval", "windowStart", "windowEnd"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var fields []string
			for _, p := range tt.schedule.Validate() {
				fields = append(fields, p.Field)
				if p.Message == "" {
					t.Errorf("%s without a message", p.Field)
				}
			}
			if diff := cmp.Diff(tt.fields, fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNext(t *testing.T) {
	const day = "06:00-22:00"
	tests := []struct {
		name     string
		interval time.Duration
		window   string
		zone     string
		spread   uint64
		after    string
		want     []string // the next ones, in turn
	}{
		{"before the window", 30 * time.Minute, day, "America/New_York", 0, "2026-03-02T01:00:00-05:00",
			[]string{"2026-03-02T06:00:00-05:00", "2026-03-02T06:30:00-05:00"}},
		{"at the opening", 30 * time.Minute, day, "America/New_York", 0, "2026-03-02T06:00:00-05:00", []string{"2026-03-02T06:30:00-05:00"}},
		{"just before one", 30 * time.Minute, day, "America/New_York", 0, "2026-03-02T06:29:59.999999999-05:00", []string{"2026-03-02T06:30:00-05:00"}},
		{"the site's own delay", 30 * time.Minute, day, "America/New_York", 600, "2026-03-02T05:59:00-05:00",
			[]string{"2026-03-02T06:10:00-05:00", "2026-03-02T06:40:00-05:00"}},
		{"a spread beyond the interval", 30 * time.Minute, day, "America/New_York", 1800 + 600, "2026-03-02T06:00:00-05:00", []string{"2026-03-02T06:10:00-05:00"}},
		{"the last and the next day", 30 * time.Minute, day, "America/New_York", 0, "2026-03-02T21:29:00-05:00",
			[]string{"2026-03-02T21:30:00-05:00", "2026-03-03T06:00:00-05:00"}},
		{"asked in another zone", 30 * time.Minute, day, "America/New_York", 0, "2026-03-02T11:10:00Z", []string{"2026-03-02T11:30:00Z"}},
		{"an interval longer than the window", 6 * time.Hour, "08:00-09:00", "UTC", 7199, "2026-03-02T00:00:00Z",
			[]string{"2026-03-02T08:59:59Z", "2026-03-03T08:59:59Z"}},
		{"once a day", 24 * time.Hour, day, "UTC", 0, "2026-03-02T07:00:00Z", []string{"2026-03-03T06:00:00Z"}},
		{"over midnight", time.Hour, "22:00-02:00", "Europe/Berlin", 0, "2026-03-02T20:00:00+01:00",
			[]string{"2026-03-02T22:00:00+01:00", "2026-03-02T23:00:00+01:00", "2026-03-03T00:00:00+01:00", "2026-03-03T01:00:00+01:00", "2026-03-03T22:00:00+01:00"}},
		{"over midnight, asked after it", time.Hour, "22:00-02:00", "Europe/Berlin", 0, "2026-03-03T00:10:00+01:00", []string{"2026-03-03T01:00:00+01:00"}},
		{"the whole day", 7 * time.Hour, "06:00-06:00", "UTC", 0, "1970-01-01T00:00:00Z",
			[]string{"1970-01-01T07:00:00Z", "1970-01-01T14:00:00Z", "1970-01-01T21:00:00Z", "1970-01-02T04:00:00Z"}},
		{"the whole day, before 1970", 7 * time.Hour, "06:00-06:00", "UTC", 60, "1969-12-31T23:00:00.5Z", []string{"1970-01-01T00:01:00Z"}},

		// New York 2026-03-08: 02:00 EST becomes 03:00 EDT. 2026-11-01: 02:00 EDT becomes 01:00 EST.
		{"spring, window unharmed", 4 * time.Hour, "01:00-08:00", "America/New_York", 0, "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-08T01:00:00-05:00", "2026-03-08T06:00:00-04:00", "2026-03-09T01:00:00-04:00"}},
		{"spring, the opening is jumped over", 30 * time.Minute, "02:30-04:00", "America/New_York", 0, "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-08T03:00:00-04:00", "2026-03-08T03:30:00-04:00", "2026-03-09T02:30:00-04:00"}},
		{"spring, the end is jumped over", 30 * time.Minute, "01:00-02:45", "America/New_York", 0, "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-08T01:00:00-05:00", "2026-03-08T01:30:00-05:00", "2026-03-09T01:00:00-04:00"}},
		{"spring, the window is jumped over", 30 * time.Minute, "02:10-02:50", "America/New_York", 0, "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-09T02:10:00-04:00"}},
		{"spring, the delay is longer than what is left", 30 * time.Minute, "01:50-02:40", "America/New_York", 1500, "2026-03-08T00:00:00-05:00",
			[]string{"2026-03-08T01:55:00-05:00", "2026-03-09T02:15:00-04:00"}},
		{"autumn, through the change", 30 * time.Minute, "00:30-02:30", "America/New_York", 0, "2026-11-01T00:00:00-04:00",
			[]string{"2026-11-01T00:30:00-04:00", "2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-01T01:00:00-05:00",
				"2026-11-01T01:30:00-05:00", "2026-11-01T02:00:00-05:00", "2026-11-02T00:30:00-05:00"}},
		{"autumn, the window comes twice", 30 * time.Minute, "01:10-01:50", "America/New_York", 0, "2026-11-01T00:00:00-04:00",
			[]string{"2026-11-01T01:10:00-04:00", "2026-11-01T01:40:00-04:00", "2026-11-01T01:10:00-05:00", "2026-11-01T01:40:00-05:00", "2026-11-02T01:10:00-05:00"}},
		{"autumn, the window ends with the change and goes on", 45 * time.Minute, "01:00-02:00", "America/New_York", 0, "2026-11-01T00:00:00-04:00",
			[]string{"2026-11-01T01:00:00-04:00", "2026-11-01T01:45:00-04:00", "2026-11-01T01:30:00-05:00", "2026-11-02T01:00:00-05:00"}},
		{"autumn, a delay longer than the first half of the window", 90 * time.Minute, "01:00-02:00", "America/New_York", 4500, "2026-11-01T00:00:00-04:00",
			[]string{"2026-11-01T01:15:00-05:00", "2026-11-02T01:15:00-05:00"}},
		// Lord Howe changes by half an hour: 2026-04-05, 02:00 becomes 01:30.
		{"half an hour", 45 * time.Minute, "01:00-03:00", "Australia/Lord_Howe", 0, "2026-04-05T00:00:00+11:00",
			[]string{"2026-04-05T01:00:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-05T02:00:00+10:30", "2026-04-05T02:45:00+10:30", "2026-04-06T01:00:00+10:30"}},
		// Apia went over the date line: after 2011-12-29 came 2011-12-31.
		{"a day that never was", 8 * time.Hour, "06:00-22:00", "Pacific/Apia", 0, "2011-12-29T12:00:00-10:00",
			[]string{"2011-12-29T14:00:00-10:00", "2011-12-31T06:00:00+14:00"}},
		{"a night without its day", 2 * time.Hour, "22:00-02:00", "Pacific/Apia", 0, "2011-12-29T12:00:00-10:00",
			[]string{"2011-12-29T22:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T22:00:00+14:00"}},
		// Beirut's clocks change at midnight: 2026-03-29 begins at 01:00.
		{"a day without midnight", time.Hour, "00:00-03:00", "Asia/Beirut", 0, "2026-03-28T12:00:00+02:00",
			[]string{"2026-03-29T01:00:00+03:00", "2026-03-29T02:00:00+03:00", "2026-03-30T00:00:00+03:00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, tt.zone)
			at, err := time.Parse(time.RFC3339Nano, tt.after)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range tt.want {
				want, err := time.Parse(time.RFC3339Nano, w)
				if err != nil {
					t.Fatal(err)
				}
				got := schedule(tt.interval, tt.window).Next(at, loc, tt.spread)
				if !got.Equal(want) {
					t.Fatalf("Next(%s) = %s, want %s", at.In(loc), got.In(loc), want.In(loc))
				}
				if got.Location() != time.UTC {
					t.Fatalf("Next is in %s", got.Location())
				}
				at = got
			}
		})
	}
}

// inWindow is the window's definition: what the wall clock shows, minute by minute.
func inWindow(s retail.Schedule, local time.Time) bool {
	now := retail.TimeOfDay(local.Hour()*60 + local.Minute())
	switch {
	case s.WindowStart == s.WindowEnd:
		return true
	case s.WindowStart < s.WindowEnd:
		return s.WindowStart <= now && now < s.WindowEnd
	default:
		return s.WindowStart <= now || now < s.WindowEnd
	}
}

// hardZones have a change of clocks by one hour, in either hemisphere, by half an hour, at midnight, by a whole day, or none.
func hardZones() []string {
	return []string{"America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Beirut", "America/Havana", "Asia/Kolkata", "UTC"}
}

// Over a whole year, in every zone: each run is later than the one before, inside the window, and no more than one interval
// of window passes without a run.
func TestNextOverAYear(t *testing.T) {
	for _, name := range hardZones() {
		years := []int{2026}
		if name == "Pacific/Apia" {
			years = append(years, 2011) // when it went over the date line
		}
		for _, year := range years {
			for _, s := range []retail.Schedule{
				retail.DefaultSchedule(), schedule(45*time.Minute, "22:00-06:00"), schedule(time.Hour, "00:00-00:00"),
				schedule(25*time.Minute, "01:15-02:45"), schedule(5*time.Hour, "23:30-01:10"), schedule(24*time.Hour, "02:00-03:00"),
			} {
				t.Run(fmt.Sprintf("%s/%d/%s/%s-%s", name, year, s.Interval, s.WindowStart, s.WindowEnd), func(t *testing.T) {
					loc := zone(t, name)
					const spread = 1234567
					at := time.Date(year, 1, 1, 0, 0, 0, 0, loc)
					end := at.AddDate(1, 0, 0)
					const step = 5 * time.Minute // divides all bounds and changes
					tick := at.Add(step)
					for at.Before(end) {
						next := s.Next(at, loc, spread)
						if !next.After(at) {
							t.Fatalf("Next(%s) = %s, which is not later", at.In(loc), next.In(loc))
						}
						if !inWindow(s, next.In(loc)) {
							t.Fatalf("Next(%s) = %s, outside of the window", at.In(loc), next.In(loc))
						}
						waited := time.Duration(0)
						for ; tick.Before(next); tick = tick.Add(step) {
							if inWindow(s, tick.In(loc)) {
								waited += step
							}
						}
						if waited > s.Interval+s.Interval { // the rest of one window and the delay in the next
							t.Fatalf("%s of window passed without a run between %s and %s", waited, at.In(loc), next.In(loc))
						}
						if next.Sub(at) > 50*time.Hour {
							t.Fatalf("no run from %s to %s", at.In(loc), next.In(loc))
						}
						at = next
					}
				})
			}
		}
	}
}

// For any schedule, zone and moment: later, inside the window, one interval at most after the opening and after the run
// before, and stable, that is the same for every moment since the run before.
func TestNextProperties(t *testing.T) {
	zones := map[string]*time.Location{}
	for _, name := range hardZones() {
		zones[name] = zone(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := zones[rapid.SampledFrom(hardZones()).Draw(t, "zone")]
		s := retail.Schedule{
			Interval:    time.Duration(rapid.IntRange(1, 24*60).Draw(t, "interval")) * time.Minute,
			WindowStart: retail.TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "start")),
			WindowEnd:   retail.TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "end")),
		}
		spread := rapid.Uint64().Draw(t, "spread")
		year := rapid.SampledFrom([]int64{1293840000, 1767225600}).Draw(t, "year") // 2011, 2026
		after := time.Unix(year+rapid.Int64Range(0, 366*24*3600).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nano"))

		next := s.Next(after, loc, spread)
		if !next.After(after) {
			t.Fatalf("Next(%s) = %s, which is not later", after.In(loc), next.In(loc))
		}
		if !inWindow(s, next.In(loc)) {
			t.Fatalf("Next(%s) = %s, outside of the window", after.In(loc), next.In(loc))
		}
		// The longest time without a break inside the window, up to the run, is at most one interval, unless it began with a
		// window that lasts.
		inside := time.Duration(0)
		for m := next.Add(-time.Minute); m.After(after) && inWindow(s, m.In(loc)); m = m.Add(-time.Minute) {
			inside += time.Minute
		}
		if inside > s.Interval {
			t.Fatalf("Next(%s) = %s, after %s inside the window", after.In(loc), next.In(loc), inside)
		}
		between := after.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(after)-1)).Draw(t, "between")))
		if again := s.Next(between, loc, spread); !again.Equal(next) {
			t.Fatalf("Next(%s) = %s, but Next(%s) = %s", after.In(loc), next.In(loc), between.In(loc), again.In(loc))
		}
		// The run after it is one interval later if the window goes on that long.
		following := s.Next(next, loc, spread)
		goesOn := true
		for m := next; !m.After(next.Add(s.Interval)); m = m.Add(time.Minute) {
			goesOn = goesOn && inWindow(s, m.In(loc))
		}
		if goesOn && following.Sub(next) != s.Interval {
			t.Fatalf("%s is followed by %s", next.In(loc), following.In(loc))
		}
	})
}

// The wall clock decides, so the answer compares as one that was stored and read back.
func TestNextOfTheClock(t *testing.T) {
	if next := retail.DefaultSchedule().Next(time.Now(), nil, 0); next != time.Unix(next.Unix(), 0).UTC() {
		t.Errorf("Next(now) = %s", next)
	}
}

// Sites do not all start at once: every part of the interval gets its share.
func TestNextSpreads(t *testing.T) {
	s := retail.DefaultSchedule()
	after := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	perMinute := map[int]int{}
	for site := range uint64(3000) {
		due := s.Next(after, nil, site*0x9E3779B97F4A7C15)
		perMinute[int(due.Sub(after)/time.Minute)]++
	}
	for minute := range 30 {
		if n := perMinute[minute]; n < 50 || n > 200 {
			t.Errorf("%d of 3000 sites are due in minute %d", n, minute)
		}
	}
}

// A schedule that never passed Validate does not hang or stand still.
func TestNextOfAnInvalidSchedule(t *testing.T) {
	after := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, s := range []retail.Schedule{
		{}, {Interval: -time.Hour, WindowStart: -60, WindowEnd: 99999}, {Interval: time.Second, WindowStart: 0, WindowEnd: 1440},
		{Interval: time.Hour, WindowStart: 1440, WindowEnd: 60},
	} {
		if next := s.Next(after, nil, 1<<63); !next.After(after) || next.Sub(after) > 24*time.Hour {
			t.Errorf("%+v: Next = %s", s, next)
		}
	}
}
