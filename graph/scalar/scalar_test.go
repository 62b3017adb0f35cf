package scalar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"possync/graph/scalar"
)

func TestDecimalRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "coefficient"), int32(rapid.IntRange(-12, 6).Draw(t, "exponent")))
		var b strings.Builder
		scalar.MarshalDecimal(d).MarshalGQL(&b)
		text := strings.Trim(b.String(), `"`)
		if strings.ContainsAny(text, "eE") || len(text) == len(b.String()) {
			t.Fatalf("written as %s", b.String())
		}
		back, err := scalar.UnmarshalDecimal(text)
		if err != nil || !back.Equal(d) {
			t.Fatalf("%s read back as %v, %v", text, back, err)
		}
	})
}

func TestDecimalRefuses(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, 1, 1.5, true, "", " 1", "1 ", "1e3", "1E999999999", ".5", "5.", "+5", "--5", "0x10", "1,5", "Inf", "NaN", "١٢", strings.Repeat("1", 41)} {
		if d, err := scalar.UnmarshalDecimal(v); err == nil {
			t.Errorf("%v is read as %v", v, d)
		}
	}
}

func TestDateTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 2, 20, 20, 31, 123456789, time.FixedZone("", 2*3600))
	var b strings.Builder
	scalar.MarshalDateTime(at).MarshalGQL(&b)
	if want := `"2026-05-02T18:20:31.123456Z"`; b.String() != want {
		t.Errorf("written as %s, want %s", b.String(), want)
	}
	got, err := scalar.UnmarshalDateTime("2026-05-02T20:20:31+02:00")
	if err != nil || !got.Equal(at.Truncate(time.Second)) || got.Location() != time.UTC {
		t.Errorf("read as %v, %v", got, err)
	}
	for _, v := range []any{nil, 5, "", "2026-05-02", "2026-05-02 18:20:31Z", "2026-13-02T18:20:31Z"} {
		if got, err := scalar.UnmarshalDateTime(v); err == nil {
			t.Errorf("%v is read as %v", v, got)
		}
	}
}
