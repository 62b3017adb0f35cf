package retail

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a calendar date as "YYYY-MM-DD", the years 0001 to 9999, or "" for none. It has no time zone of its own. Dates
// compare as the texts they are.
type Date string

// dateForm is how a date is written.
const dateForm = time.DateOnly

// ParseDate reads "YYYY-MM-DD". The date must exist in the calendar.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateForm, s)
	if err != nil || t.Year() < 1 || t.Format(dateForm) != s {
		return "", fmt.Errorf("%.20q is not a date of the calendar, such as \"2026-05-02\"", s)
	}
	return Date(s), nil
}

// DateOf returns the date that the calendar shows at t, in t's zone.
func DateOf(t time.Time) Date { return Date(t.Format(dateForm)) }

// Starts returns the instant, in UTC, at which the date begins in the zone: the first one at which the calendar there
// shows this date or a later one. A nil zone is UTC. It reports false for no date and for an invalid one.
//
// Where clocks jump over midnight, the date begins at the jump. A date that a zone skips begins with the next one. Where
// clocks are set back over midnight, the date begins at the first of the two midnights, so that what has begun does not
// stop again.
func (v Date) Starts(zone *time.Location) (time.Time, bool) {
	midnight, err := time.Parse(dateForm, string(v))
	if err != nil {
		return time.Time{}, false
	}
	if zone == nil {
		zone = time.UTC
	}
	// Between two clock changes the wall clock runs evenly, so search midnight in one such period after the other, from an
	// instant at which the date has begun nowhere on Earth.
	for t := midnight.Add(-day - day/4).In(zone); ; {
		_, offset := t.Zone()
		_, change := t.ZoneBounds()
		shown := midnight.Add(-time.Duration(offset) * time.Second)
		switch {
		case !shown.After(t):
			return t.UTC(), true
		case change.IsZero() || shown.Before(change):
			return shown, true
		}
		t = change
	}
}

// DateIn returns the latest date that has begun in the zone at an instant (see [Date.Starts]). It is the date that the
// calendar there shows, unless the clocks were just set back over midnight.
func DateIn(zone *time.Location, at time.Time) Date {
	if zone == nil {
		zone = time.UTC
	}
	date := DateOf(at.In(zone))
	for {
		next := date.Next()
		if starts, ok := next.Starts(zone); !ok || starts.After(at) {
			return date
		}
		date = next
	}
}

// Next returns the date after this one, or "" for none.
func (v Date) Next() Date {
	t, err := time.Parse(dateForm, string(v))
	if err != nil || v == "9999-12-31" {
		return ""
	}
	return DateOf(t.AddDate(0, 0, 1))
}

// OrNil returns a pointer to the date, nil for none.
func (v Date) OrNil() *Date {
	if v == "" {
		return nil
	}
	return &v
}

// MarshalGQL writes the date as GraphQL, "YYYY-MM-DD".
func (v Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(v))) }

// UnmarshalGQL reads "YYYY-MM-DD" from GraphQL.
func (v *Date) UnmarshalGQL(in any) error {
	s, ok := in.(string)
	if !ok {
		return errors.New("must be a date as a string, such as \"2026-05-02\"")
	}
	parsed, err := ParseDate(s)
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}
