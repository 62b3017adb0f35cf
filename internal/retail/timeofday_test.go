package retail_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"possync/internal/retail"
)

func TestTimeOfDay(t *testing.T) {
	for v := retail.TimeOfDay(0); v < 1440; v++ {
		got, err := retail.ParseTimeOfDay(v.String())
		if err != nil || got != v || !v.Valid() {
			t.Fatalf("%d came back from %q as %d, %v", v, v, got, err)
		}
	}
	if got := retail.TimeOfDay(6*60 + 5).String(); got != "06:05" {
		t.Errorf("String = %q, want 06:05", got)
	}
	for _, s := range []string{"", "6:00", "06:0", "0600", "24:00", "23:60", "06:00 ", "+6:00", "06-00", "06:00:00", "٠٦:٠٠", "ab:cd", "0x:00"} {
		if v, err := retail.ParseTimeOfDay(s); err == nil {
			t.Errorf("ParseTimeOfDay(%q) = %s", s, v)
		}
	}
	for _, v := range []retail.TimeOfDay{-1, 1440} {
		if v.Valid() {
			t.Errorf("%d is valid", int(v))
		}
	}
}

func TestTimeOfDayGQL(t *testing.T) {
	var v retail.TimeOfDay
	if err := v.UnmarshalGQL("22:30"); err != nil || v != 22*60+30 {
		t.Errorf("UnmarshalGQL = %d, %v", v, err)
	}
	for _, in := range []any{"25:00", 600, nil} {
		if err := v.UnmarshalGQL(in); err == nil || v != 22*60+30 {
			t.Errorf("UnmarshalGQL(%v) = %v, value %s", in, err, v)
		}
	}
	var buf bytes.Buffer
	v.MarshalGQL(&buf)
	var s string
	if err := json.Unmarshal(buf.Bytes(), &s); err != nil || s != "22:30" {
		t.Errorf("MarshalGQL wrote %s", buf.String())
	}
}
