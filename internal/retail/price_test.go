package retail_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// sale is a product on sale in May 2026, in Los Angeles.
func sale(t testing.TB) retail.PriceFacts {
	return retail.PriceFacts{
		Website: 90 * retail.Cent, POSPricing: true, Regular: 100 * retail.Cent, Sale: 80 * retail.Cent, SaleStart: "2026-05-02", SaleEnd: "2026-05-09",
		Zone: zone(t, "America/Los_Angeles"),
	}
}

func TestEffectivePrice(t *testing.T) {
	type facts = retail.PriceFacts
	starts := time.Date(2026, 5, 2, 7, 0, 0, 0, time.UTC)
	ends := time.Date(2026, 5, 10, 7, 0, 0, 0, time.UTC)
	before, during, after := starts.Add(-time.Nanosecond), starts, ends
	regular := retail.Price{Amount: 100 * retail.Cent, Regular: 100 * retail.Cent}
	website := retail.Price{Amount: 90 * retail.Cent, Regular: 90 * retail.Cent}
	with := func(p retail.Price, next *time.Time, problems ...retail.PriceProblem) retail.Price {
		p.NextChangeAt, p.Problems = next, problems
		return p
	}
	onSale := retail.Price{Amount: 80 * retail.Cent, Regular: 100 * retail.Cent, OnSale: true}
	tests := map[string]struct {
		change func(*facts)
		at     time.Time
		want   retail.Price
	}{
		"before":                 {func(*facts) {}, before, with(regular, &starts)},
		"first instant":          {func(*facts) {}, during, with(onSale, &ends)},
		"last instant":           {func(*facts) {}, ends.Add(-time.Nanosecond), with(onSale, &ends)},
		"after":                  {func(*facts) {}, after, regular},
		"R17 off":                {func(f *facts) { f.POSPricing = false }, during, website},
		"R22 no start":           {func(f *facts) { f.SaleStart, f.SaleEnd = "", "" }, during, regular},
		"R22 end alone":          {func(f *facts) { f.SaleStart = "" }, during, regular},
		"R25 no end":             {func(f *facts) { f.SaleEnd = "" }, after, onSale},
		"end before start":       {func(f *facts) { f.SaleEnd = "2026-05-01" }, during, regular},
		"one day":                {func(f *facts) { f.SaleEnd = f.SaleStart }, starts.Add(24*time.Hour - 1), with(onSale, ptr(starts.Add(24*time.Hour)))},
		"D6 no regular":          {func(f *facts) { f.Regular = 0 }, during, with(website, nil, retail.PriceNoRegular)},
		"D6 negative regular":    {func(f *facts) { f.Regular = -1 }, during, with(website, nil, retail.PriceNoRegular)},
		"D6 no sale price":       {func(f *facts) { f.Sale = 0 }, during, with(regular, nil, retail.PriceNoSale)},
		"D24 no sale price":      {func(f *facts) { f.Sale = 4_000 }, during, with(regular, nil, retail.PriceNoSale)},
		"D24 no regular price":   {func(f *facts) { f.Regular = 4_999 }, during, with(website, nil, retail.PriceNoRegular)},
		"D24 rounded":            {func(f *facts) { f.Sale, f.Regular = f.Sale-4_999, f.Regular+4_999 }, during, with(onSale, &ends)},
		"D24 alike once rounded": {func(f *facts) { f.Sale = f.Regular - 1 }, during, with(regular, nil, retail.PriceSaleNotBelow)},
		"D24 whole yen":          {func(f *facts) { f.Currency, f.Regular, f.Sale = "JPY", 1_499_999, 499_999 }, during, with(retail.Price{Amount: 1_000_000, Regular: 1_000_000}, nil, retail.PriceNoSale)},
		"D6 sale as regular":     {func(f *facts) { f.Sale = 100 * retail.Cent }, before, with(regular, nil, retail.PriceSaleNotBelow)},
		"D6 sale above, over":    {func(f *facts) { f.Sale = 101 * retail.Cent }, after, regular},
		"no sale price, no sale": {func(f *facts) { f.Sale, f.SaleStart, f.SaleEnd = 0, "", "" }, during, regular},
		"not linked":             {func(f *facts) { f.Unlinked, f.Regular, f.Sale = true, 0, 0 }, during, with(website, nil, retail.PriceNotLinked)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := sale(t)
			tt.change(&f)
			if diff := cmp.Diff(tt.want, retail.EffectivePrice(f, tt.at)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, code := range retail.PriceProblem("").Values() {
		if retail.PriceProblem(code).Message(retail.PriceFacts{}).Text == "" {
			t.Errorf("%s has no message", code)
		}
	}
}

// A message names the price level or the amounts that it is about.
func TestPriceProblemMessages(t *testing.T) {
	f := retail.PriceFacts{Currency: "USD", RegularLevel: "Default", SaleLevel: "Sale", Regular: 10_000_000, Sale: 12_500_000}
	for code, want := range map[retail.PriceProblem]string{
		retail.PriceNoRegular: `no "Default" price`, retail.PriceNoSale: `no "Sale" price`,
		retail.PriceSaleNotBelow: "(12.50 USD) is not below the regular price (10.00 USD)",
	} {
		if got := code.Message(f).Text; !strings.Contains(got, want) {
			t.Errorf("%s: %q does not contain %q", code, got, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// zones whose days begin in many ways: both ways of daylight saving, of half an hour, a skipped day, changes at midnight,
// and clocks set back over midnight.
var zones = map[string]int{
	"America/Los_Angeles": 2026, "Europe/London": 2026, "Australia/Lord_Howe": 2026, "Pacific/Apia": 2011, "UTC": 2026,
	"Africa/Cairo": 2026, "America/Havana": 2026, "America/Sao_Paulo": 2018, "America/St_Johns": 2010, "Asia/Beirut": 2026,
}

// The sale price shows from the second at which the calendar of the zone first shows the first day to the one at which it
// first shows a day after the last, on every day of the year. The calendar is looked at minute by minute.
func TestSalePriceOverTheYear(t *testing.T) {
	for name, year := range zones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := sale(t)
			f.Zone = zone(t, name)
			for noon := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); noon.Year() == year; noon = noon.AddDate(0, 0, 1) {
				f.SaleStart, f.SaleEnd = retail.DateOf(noon), retail.DateOf(noon.AddDate(0, 0, 1))
				checkBounds(t, f, firstShown(f.SaleStart, f.Zone), firstShown(retail.DateOf(noon.AddDate(0, 0, 2)), f.Zone))
			}
		})
	}
}

func checkBounds(t *testing.T, f retail.PriceFacts, starts, ends time.Time) {
	t.Helper()
	for _, c := range []struct {
		at   time.Time
		want bool
		next *time.Time
	}{
		{starts.Add(-time.Second), false, &starts}, {starts, true, &ends}, {starts.Add(time.Second), true, &ends},
		{ends.Add(-time.Second), true, &ends}, {ends, false, nil}, {ends.Add(time.Second), false, nil},
	} {
		got := retail.EffectivePrice(f, c.at)
		if got.OnSale != c.want || (got.NextChangeAt == nil) != (c.next == nil) || c.next != nil && !got.NextChangeAt.Equal(*c.next) {
			t.Errorf("%s to %s at %s: %+v, next %v, want next %v", f.SaleStart, f.SaleEnd, c.at.In(f.Zone), got, got.NextChangeAt, c.next)
		}
	}
}

// firstShown walks to the first minute at which the calendar of the zone shows the date or a later one.
func firstShown(date retail.Date, zone *time.Location) time.Time {
	at, _ := time.Parse(time.DateOnly, string(date))
	for at = at.Add(-20 * time.Hour); retail.DateOf(at.In(zone)) < date; at = at.Add(time.Minute) {
	}
	return at
}

// Known boundaries, written by hand.
func TestDateStarts(t *testing.T) {
	for _, tt := range []struct {
		zone string
		date retail.Date
		want string
	}{
		{"America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z"},
		{"America/Los_Angeles", "2026-03-09", "2026-03-09T07:00:00Z"},
		{"America/Los_Angeles", "2026-11-02", "2026-11-02T08:00:00Z"},
		{"Europe/London", "2026-03-30", "2026-03-29T23:00:00Z"},
		{"Europe/London", "2026-10-26", "2026-10-26T00:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-06", "2026-04-05T13:30:00Z"},
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"}, // skipped: it begins with the next day
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2012-01-01", "2011-12-31T10:00:00Z"},
		{"Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"},     // clocks jump from 00:00 to 01:00
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"},   // midnight twice: the first
		{"America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z"}, // back from 00:01 to 23:01: the first
	} {
		if got, ok := tt.date.Starts(zone(t, tt.zone)); !ok || got.Format(time.RFC3339) != tt.want {
			t.Errorf("%s begins in %s at %s, %v, want %s", tt.date, tt.zone, got.Format(time.RFC3339), ok, tt.want)
		}
	}
	if _, ok := retail.Date("").Starts(nil); ok {
		t.Error("no date begins")
	}
	if got, ok := retail.Date("2026-05-02").Starts(nil); !ok || !got.Equal(time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("without a zone it begins at %s", got)
	}
}

// Whatever the facts and the time, what is asked is a price that somebody set, a sale is cheaper, and the price does change
// when it is said to, and not before.
func TestEffectivePriceHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Map(rapid.IntRange(-1, 3), func(n int) retail.Amount { return retail.Amount(n) * retail.Cent })
		date := rapid.Map(rapid.IntRange(0, 20), func(n int) retail.Date {
			if n == 0 {
				return ""
			}
			return retail.DateOf(time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC))
		})
		z, err := time.LoadLocation(rapid.SampledFrom([]string{"America/Los_Angeles", "Australia/Lord_Howe", "UTC"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		f := retail.PriceFacts{
			Website: 7 * retail.Cent, POSPricing: rapid.Bool().Draw(t, "on"), Regular: amount.Draw(t, "regular"), Sale: amount.Draw(t, "sale"),
			SaleStart: date.Draw(t, "start"), SaleEnd: date.Draw(t, "end"), Zone: z,
		}
		at := time.Date(2026, 3, 1, 0, 0, rapid.IntRange(0, 25*24*3600).Draw(t, "second"), 0, time.UTC)
		p := retail.EffectivePrice(f, at)
		today := retail.DateOf(at.In(z))
		dated := f.SaleStart != "" && f.SaleStart <= today && (f.SaleEnd == "" || today <= f.SaleEnd)
		want := f.Website
		if f.POSPricing && f.Regular > 0 {
			want = f.Regular
			if dated && f.Sale > 0 && f.Sale < f.Regular {
				want = f.Sale
			}
		}
		if p.Amount != want || p.OnSale != (p.Amount < p.Regular) {
			t.Fatalf("%+v, want %v", p, want)
		}
		if p.NextChangeAt == nil {
			if later := retail.EffectivePrice(f, at.AddDate(1, 0, 0)); later.Amount != p.Amount {
				t.Fatalf("it changes unsaid: %+v, then %+v", p, later)
			}
			return
		}
		if just := retail.EffectivePrice(f, p.NextChangeAt.Add(-1)); just.Amount != p.Amount {
			t.Fatalf("it changes before it is said to: %+v, %+v", p, just)
		}
		if then := retail.EffectivePrice(f, *p.NextChangeAt); then.Amount == p.Amount {
			t.Fatalf("it does not change when it is said to: %+v", p)
		}
	})
}

func TestParseDate(t *testing.T) {
	for _, good := range []string{"0001-01-01", "2024-02-29", "9999-12-31"} {
		if d, err := retail.ParseDate(good); err != nil || string(d) != good {
			t.Errorf("%s: %v, %v", good, d, err)
		}
	}
	for _, bad := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "2026-01-01 ", "20260101", "2026-01-01T00:00:00Z", "١٢٣٤-01-01"} {
		if d, err := retail.ParseDate(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
	if got := retail.Date("2026-12-31").Next(); got != "2027-01-01" {
		t.Errorf("next is %s", got)
	}
	if got := retail.Date("9999-12-31").Next(); got != "" {
		t.Errorf("after the last date comes %s", got)
	}
	var d retail.Date
	for _, bad := range []any{nil, 1, "x"} {
		if d.UnmarshalGQL(bad) == nil {
			t.Errorf("%v was read", bad)
		}
	}
}

// In every zone and year above, each date is the last that has begun from the instant at which it starts until the next one
// does, and the last date never goes back.
func TestLastBegun(t *testing.T) {
	for name, year := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		last := retail.Date("")
		for at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() == year; at = at.Add(10 * time.Minute) {
			date := retail.DateIn(zone, at)
			starts, ok := date.Starts(zone)
			next, ok2 := date.Next().Starts(zone)
			if !ok || !ok2 || starts.After(at) || !next.After(at) || date < last {
				t.Fatalf("%s at %v: %s, which begins at %v, before %s at %v, after %s", name, at, date, starts, date.Next(), next, last)
			}
			last = date
		}
	}
	if got := retail.DateIn(nil, time.Date(2026, 5, 2, 23, 59, 0, 0, time.UTC)); got != "2026-05-02" {
		t.Errorf("without a zone: %s", got)
	}
}
