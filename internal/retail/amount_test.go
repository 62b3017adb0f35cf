package retail_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

func TestAmountFromDecimal(t *testing.T) {
	tests := []struct {
		in   string
		want retail.Amount
	}{
		{"0", 0}, {"-0", 0}, {"12.5", 12_500_000}, {"-12.5", -12_500_000}, {"64.99", 64_990_000},
		{"0.9965025", 996_503}, {"0.0000005", 1}, {"-0.0000005", -1}, {"0.00000049", 0}, {"0.0000004999999", 0},
		{"1e3", 1_000_000_000}, {"9223372036854.775807", math.MaxInt64}, {"-9223372036854.775808", math.MinInt64},
		{"9223372036854.7758074", math.MaxInt64},
	}
	for _, tt := range tests {
		got, err := retail.AmountFromDecimal(decimal.RequireFromString(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("AmountFromDecimal(%s) = %d, %v; want %d", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{"9223372036854.775808", "9223372036854.7758075", "-9223372036854.775809", "1e13", "1e10000"} {
		if got, err := retail.AmountFromDecimal(decimal.RequireFromString(in)); !errors.Is(err, retail.ErrAmountOverflow) {
			t.Errorf("AmountFromDecimal(%s) = %d, %v; want ErrAmountOverflow", in, got, err)
		}
	}
}

// Exponents that only [decimal.New] makes are answered without writing the number out.
func TestAmountHostileExponent(t *testing.T) {
	for _, exp := range []int32{1_000_000_000, math.MaxInt32} {
		if got, err := retail.AmountFromDecimal(decimal.New(-7, exp)); !errors.Is(err, retail.ErrAmountOverflow) {
			t.Errorf("-7e%d = %d, %v; want ErrAmountOverflow", exp, got, err)
		}
		if got, err := retail.AmountFromDecimal(decimal.New(0, exp)); err != nil || got != 0 {
			t.Errorf("0e%d = %d, %v; want 0", exp, got, err)
		}
		if got, err := retail.AmountFromDecimal(decimal.New(7, -exp)); err != nil || got != 0 {
			t.Errorf("7e-%d = %d, %v; want 0", exp, got, err)
		}
	}
}

func TestAmountString(t *testing.T) {
	for in, want := range map[retail.Amount]string{
		0: "0", 1: "0.000001", -1: "-0.000001", 12_500_000: "12.5", 1_000_000: "1", 10_000_000: "10",
		math.MaxInt64: "9223372036854.775807", math.MinInt64: "-9223372036854.775808",
	} {
		if got := in.String(); got != want {
			t.Errorf("Amount(%d) = %q, want %q", int64(in), got, want)
		}
	}
}

func TestAmountRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := retail.Amount(rapid.Int64().Draw(t, "amount"))
		if got, err := retail.AmountFromDecimal(a.Decimal()); err != nil || got != a {
			t.Fatalf("%d came back as %d, %v", a, got, err)
		}
		if got, err := retail.AmountFromDecimal(decimal.RequireFromString(a.String())); err != nil || got != a {
			t.Fatalf("%d came back from %q as %d, %v", a, a.String(), got, err)
		}
	})
}

// Against an oracle in rational arithmetic: the nearest millionth, ties away from zero, or overflow.
func TestAmountRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-30, 30).Draw(t, "exponent"))
		r := new(big.Rat).Mul(d.Rat(), big.NewRat(1_000_000, 1))
		twice := new(big.Int).Lsh(new(big.Int).Abs(r.Num()), 1) // floor((2|n| + d) / 2d) is |n|/d rounded half up
		twice.Add(twice, r.Denom())
		want := twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
		if r.Sign() < 0 {
			want.Neg(want)
		}
		got, err := retail.AmountFromDecimal(d)
		switch {
		case !want.IsInt64():
			if !errors.Is(err, retail.ErrAmountOverflow) {
				t.Fatalf("AmountFromDecimal(%s) = %d, %v; want ErrAmountOverflow", d, got, err)
			}
		case err != nil || int64(got) != want.Int64():
			t.Fatalf("AmountFromDecimal(%s) = %d, %v; want %s", d, got, err, want)
		}
	})
}

// The spelling is stored.
func TestLevelPriceJSON(t *testing.T) {
	p := retail.LevelPrice{LevelID: 3, Amount: 64_990_000}
	b, err := json.Marshal(p)
	if err != nil || string(b) != `{"l":3,"a":64990000}` {
		t.Fatalf("Marshal = %s, %v", b, err)
	}
	var back retail.LevelPrice
	if err := json.Unmarshal(b, &back); err != nil || back != p {
		t.Fatalf("Unmarshal = %+v, %v", back, err)
	}
}
