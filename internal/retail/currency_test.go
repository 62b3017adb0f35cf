package retail_test

import (
	"testing"

	"possync/internal/retail"
)

// Amounts have the decimals of their currency (D24); Lightspeed keeps two.
func TestCurrency(t *testing.T) {
	for code, want := range map[retail.Currency]struct {
		smallest, text, rounded string
		sellable                bool
	}{
		"USD": {"0.01", "1234.57 USD", "1234.57", true},
		"":    {"0.01", "1234.57", "1234.57", true},
		"JPY": {"1", "1235 JPY", "1235", true},
		"KWD": {"0.001", "1234.568 KWD", "1234.568", false},
	} {
		a := money("1234.5675")
		if code.Smallest().String() != want.smallest || code.Text(a) != want.text || code.Round(a).String() != want.rounded ||
			code.Round(-a).String() != "-"+want.rounded || code.Sellable() != want.sellable {
			t.Errorf("%q: %s, %s, %s, %t", code, code.Smallest(), code.Text(a), code.Round(a), code.Sellable())
		}
	}
	usd := retail.Currency("USD")
	for text, want := range map[string]string{"0.005": "0.01", "0.004999": "0", "-0.005": "-0.01", "-0.004999": "0", "0": "0", "12": "12"} {
		if got := usd.Round(money(text)).String(); got != want {
			t.Errorf("%s is rounded to %s, want %s", text, got, want)
		}
	}
}
