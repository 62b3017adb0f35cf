package scalar_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/contrib/entgql"

	"possync/graph/scalar"
)

func TestCursorRoundTrip(t *testing.T) {
	at := time.Date(2026, 5, 2, 18, 20, 31, 123456000, time.UTC)
	for name, c := range map[string]entgql.Cursor[string]{
		"an id":              {ID: "prd_01m83kb0bwek481sx0q6k8q612"},
		"a short text":       {ID: "prd_1", Value: "Bike"},
		"a text":             {ID: "prd_1", Value: strings.Repeat("é", 50)},
		"the longest text":   {ID: strings.Repeat("ü", 100), Value: strings.Repeat("x", 2000)},
		"a number":           {ID: "prd_1", Value: int64(5)},
		"a large number":     {ID: "prd_1", Value: int64(1) << 50},
		"a negative number":  {ID: "prd_1", Value: int64(-1)},
		"a whole second":     {ID: "run_1", Value: at.Truncate(time.Second)},
		"an instant":         {ID: "run_1", Value: at},
		"one before 1970":    {ID: "run_1", Value: at.AddDate(-100, 0, 0)},
		"a place in a feed":  {ID: "", Value: "feed:12"},
		"an id without text": {ID: ""},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			scalar.MarshalCursor(c).MarshalGQL(&b)
			text, err := strconv.Unquote(b.String())
			if err != nil {
				t.Fatal(err)
			}
			got, err := scalar.UnmarshalCursor(text)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if want, ok := c.Value.(time.Time); ok {
				if is, ok := got.Value.(time.Time); !ok || !is.Equal(want) {
					t.Errorf("%v, want %v", got.Value, want)
				}
				got.Value, c.Value = nil, nil
			}
			if fmt.Sprint(got) != fmt.Sprint(c) {
				t.Errorf("%v, want %v", got, c)
			}
		})
	}
}

// A cursor that nobody was given is refused, and takes no memory: each of the elements that it promises would.
func TestCursorRefuses(t *testing.T) {
	head := "\x82\xa1i\xa1x\xa1v"
	for name, packed := range map[string]string{
		"nothing":            "",
		"a list":             "\x91\xa1x",
		"no id":              "\x81\xa1v\xa1x",
		"an id of another":   "\x81\xa1j\xa1x",
		"an id that is cut":  "\x81\xa1i\xa5abc",
		"an id of a number":  "\x81\xa1i\x05",
		"an id of maps":      "\x81\xa1i" + strings.Repeat("\xdf\xff\xff\xff\xff\xa0", 400),
		"no value":           "\x82\xa1i\xa1x",
		"maps in maps":       head + strings.Repeat("\xdf\xff\xff\xff\xff\xa0", 400),
		"lists in lists":     head + strings.Repeat("\xdd\xff\xff\xff\xff", 500),
		"short lists":        head + strings.Repeat("\x91", 2900),
		"short maps":         head + strings.Repeat("\x81\xa0", 1400),
		"a list of 16 bits":  head + "\xdc\xff\xff",
		"a map of 16 bits":   head + "\xde\xff\xff",
		"bytes":              head + "\xc6\xff\xff\xff\xff",
		"a text of 4 GB":     head + "\xdb\xff\xff\xff\xff",
		"an extension":       head + "\xc9\xff\xff\xff\xff\x05",
		"an unknown instant": head + "\xd6\x05abcd",
		"a text that is cut": head + "\xda\xff\xffabc",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			text := base64.RawStdEncoding.EncodeToString([]byte(packed))
			runtime.ReadMemStats(&before)
			if c, err := scalar.UnmarshalCursor(text); err == nil {
				t.Errorf("passes for %v", c)
			}
			runtime.ReadMemStats(&after)
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<20 {
				t.Errorf("%d bytes were set aside", taken)
			}
		})
	}
	long := base64.RawStdEncoding.EncodeToString(append([]byte("\x81\xa1i\xda\x0f\xff"), bytes.Repeat([]byte("x"), 4095)...))
	for _, v := range []any{nil, 5, "%%%", "x", long, map[string]any{}} {
		if c, err := scalar.UnmarshalCursor(v); err == nil {
			t.Errorf("%.20v passes for %v", v, c)
		}
	}
}
