package retail_test

import (
	"strings"
	"testing"
	"time"

	"possync/internal/retail"
)

func TestEmailAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ann@shop.example": "ann@shop.example", "  Ann.B+alerts@Shop.Example\t": "Ann.B+alerts@shop.example",
		"o'neil@a-b.shop.example": "o'neil@a-b.shop.example", strings.Repeat("a", 64) + "@x.example": strings.Repeat("a", 64) + "@x.example",
	} {
		if got, ok := retail.EmailAddress(text); !ok || got != want {
			t.Errorf("%q is read as %q, %t", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "ann", "ann@", "@shop.example", "ann@shop", "ann@shop..example", "ann@-shop.example", "ann.@shop.example", ".ann@shop.example", "a..b@shop.example",
		"Ann <ann@shop.example>", "ann@shop.example, bob@shop.example", "ann@shop.example bob@shop.example", `"a b"@shop.example`, "ann@[127.0.0.1]", "ann@127.0.0.1",
		"ann@shop.example\r\nBcc: bob@shop.example", "ann@shop.example\n", "ann\x00@shop.example", "änn@shop.example", "ann@schöps.example", "ann@x@shop.example", "ann(x)@shop.example",
		strings.Repeat("a", 65) + "@x.example", "a@" + strings.Repeat("b.", 130) + "example", "a@" + strings.Repeat("b", 64) + ".example", "<ann@shop.example>", "ann@shop.example>",
	} {
		if got, ok := retail.EmailAddress(text); ok && text != "ann@shop.example\n" { // what stands around it is dropped
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func TestNextTimeOfDay(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for after, want := range map[string]string{
		"2026-06-01T07:59:59-07:00": "2026-06-01T08:00:00-07:00",
		"2026-06-01T08:00:00-07:00": "2026-06-02T08:00:00-07:00",
		"2026-12-31T23:00:00-08:00": "2027-01-01T08:00:00-08:00",
		"2026-03-07T09:00:00-08:00": "2026-03-08T08:00:00-07:00", // the night when clocks go forward
		"2026-10-31T09:00:00-07:00": "2026-11-01T08:00:00-08:00",
	} {
		from, err := time.Parse(time.RFC3339, after)
		if err != nil {
			t.Fatal(err)
		}
		if got := retail.NextTimeOfDay(8*60, zone, from).In(zone).Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", after, got, want)
		}
	}
}
