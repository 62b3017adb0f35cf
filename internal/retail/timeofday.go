package retail

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// TimeOfDay is a local time of day in minutes since midnight, 0 to 1439.
type TimeOfDay int

// minutesPerDay is the number of times of day.
const minutesPerDay = 24 * 60

// ParseTimeOfDay reads "HH:MM", 00:00 to 23:59, two digits each. The end of a day is 00:00.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	if len(s) != 5 || s[2] != ':' {
		return 0, fmt.Errorf("%.20q is not a time of day, such as \"06:30\"", s)
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, fmt.Errorf("%.20q is not a time of day, such as \"06:30\"", s)
		}
	}
	hour, minute := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	if hour > 23 || minute > 59 {
		return 0, fmt.Errorf("%q is not between 00:00 and 23:59", s)
	}
	return TimeOfDay(hour*60 + minute), nil
}

// String returns the time as "HH:MM".
func (v TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(v)/60, int(v)%60) }

// Valid reports whether the value is a time of day.
func (v TimeOfDay) Valid() bool { return 0 <= v && v < minutesPerDay }

// MarshalGQL writes the time as GraphQL, "HH:MM".
func (v TimeOfDay) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(v.String())) }

// UnmarshalGQL reads "HH:MM" from GraphQL.
func (v *TimeOfDay) UnmarshalGQL(in any) error {
	s, ok := in.(string)
	if !ok {
		return errors.New("must be a time of day as a string, such as \"06:30\"")
	}
	parsed, err := ParseTimeOfDay(s)
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

// sinceMidnight is what the wall clock shows at t, as a duration. On a day with a clock change it is not the time that has
// passed since midnight.
func sinceMidnight(t time.Time) time.Duration {
	hour, minute, second := t.Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second +
		time.Duration(t.Nanosecond())
}
