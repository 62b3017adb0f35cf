package retail_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"possync/internal/retail"
)

// What a customer typed becomes a customer that Lightspeed takes (D23).
func TestCustomerForPOS(t *testing.T) {
	long := strings.Repeat("é", 5000)
	type customer = retail.Customer
	for name, tt := range map[string]struct{ typed, want customer }{
		"as it is":           {customer{Email: "a@b.c", FirstName: "Robin", LastName: "O'Brien 🚲", Phone: "+1 541"}, customer{Email: "a@b.c", FirstName: "Robin", LastName: "O'Brien 🚲", Phone: "+1 541"}},
		"nothing":            {customer{}, customer{}},
		"an address alone":   {customer{Address: retail.Address{City: "Bend"}}, customer{}},
		"white space":        {customer{FirstName: " \t", Email: "\v"}, customer{}},
		"e-mail alone":       {customer{Email: "robin.de-vega+web@example.com"}, customer{Email: "robin.de-vega+web@example.com", FirstName: "Robin", LastName: "De Vega"}},
		"one word":           {customer{Email: "jo@example.com"}, customer{Email: "jo@example.com", FirstName: "Jo"}},
		"digits":             {customer{Email: "12345@example.com"}, customer{Email: "12345@example.com", FirstName: "12345"}},
		"no word":            {customer{Email: "+x@example.com"}, customer{Email: "+x@example.com", LastName: "+x@example.com"}},
		"a company":          {customer{Email: "jo@example.com", Company: "Velo"}, customer{Email: "jo@example.com", Company: "Velo"}},
		"phone alone":        {customer{Phone: "541 555 0100"}, customer{Phone: "541 555 0100", LastName: "541 555 0100"}},
		"a filter of equals": {customer{Email: "=,a@b.c"}, customer{FirstName: "A"}},
		"a filter of like":   {customer{Email: "~,x"}, customer{FirstName: "X"}},
		"a filter of a list": {customer{Email: "IN,[]"}, customer{FirstName: "IN"}},
		"no e-mail":          {customer{Email: "none", LastName: "Vega"}, customer{LastName: "Vega"}},
		"two e-mails":        {customer{Email: "a@b.c; d@e.f", LastName: "Vega"}, customer{LastName: "Vega"}},
		"control characters": {customer{FirstName: "Ro\vbin\u0085", LastName: "Ve\x00ga\u2028 \r\n X"}, customer{FirstName: "Ro bin", LastName: "Vega X"}},
		"too long":           {customer{LastName: long, Phone: strings.Repeat("5", 62), Email: long + "@b.c"}, customer{LastName: long[:400], Phone: strings.Repeat("5", 50)}},
		"the address too":    {customer{LastName: "V", Address: retail.Address{Line1: long, City: "Be\vnd"}}, customer{LastName: "V", Address: retail.Address{Line1: long[:400], City: "Be nd"}}},
	} {
		if diff := cmp.Diff(tt.want, tt.typed.ForPOS()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPhoneDigits(t *testing.T) {
	for phone, want := range map[string]string{
		"(541) 555-0100": "5415550100", "+1 541 555 0100": "5415550100", "555 0100": "5550100", "555 010": "", "": "", "0049 30 1234567": "9301234567",
		"000-0000": "", "ext. 204": "",
	} {
		if got := (retail.Customer{Phone: phone}).PhoneDigits(); got != want {
			t.Errorf("%q: %q, want %q", phone, got, want)
		}
	}
}

// Whatever was typed, what is sent is short and can be shown, an e-mail address is no filter, and who has a text has a name.
func TestCustomerForPOSHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=~<>!IN]{1,2},[a-z@.,]{0,9}`), rapid.StringMatching(`[a-z.+,'"]{0,6}@[a-z.,]{0,6}`))
		c := retail.Customer{Email: typed.Draw(t, "email"), FirstName: typed.Draw(t, "first"), Phone: typed.Draw(t, "phone")}
		p := c.ForPOS()
		for _, s := range []string{p.Email, p.FirstName, p.LastName, p.Phone} {
			if utf8.RuneCountInString(s) > 254 || strings.ContainsFunc(s, unicode.IsControl) || strings.TrimSpace(s) != s || !utf8.ValidString(s) {
				t.Fatalf("%+v becomes %+v", c, p)
			}
		}
		if strings.Contains(p.Email, ",") || p != (retail.Customer{}) && p.FirstName == "" && p.LastName == "" {
			t.Fatalf("%+v becomes %+v", c, p)
		}
	})
}
