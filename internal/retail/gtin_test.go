package retail_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"possync/internal/retail"
)

func TestParseGTIN(t *testing.T) {
	const (
		ok, empty, notDigits, length = retail.CodeOK, retail.CodeEmpty, retail.CodeNotDigits, retail.CodeWrongLength
		check, placeholder, inStore  = retail.CodeCheckDigit, retail.CodePlaceholder, retail.CodeInStore
	)
	tests := []struct {
		name, raw string
		want      retail.GTIN
		problem   retail.CodeProblem
	}{
		{"UPC-A", "036000291452", "00036000291452", ok},
		{"UPC-A as EAN-13", "0036000291452", "00036000291452", ok},
		{"UPC-A as GTIN-14", "00036000291452", "00036000291452", ok},
		{"UPC-A that lost its zero", "36000291452", "00036000291452", ok},
		{"11 digits that are none", "36000291453", "", length},
		{"UPC-A, wrong digit", "036000291453", "", check},
		{"EAN-13", "4006381333931", "04006381333931", ok},
		{"EAN-13, swapped digits", "4006381339331", "", check},
		{"ITF-14 of a case", "10614141000415", "10614141000415", ok},
		{"ITF-14, wrong digit", "10614141000416", "", check},
		{"EAN-8", "96385074", "00000096385074", ok},
		{"EAN-8, wrong digit", "96385075", "", check},
		{"EAN-8 in 13", "0000096385074", "00000096385074", ok},
		{"UPC-E, 8", "04252614", "00042100005264", ok},
		{"UPC-E, 7 after losing its zero", "4252614", "00042100005264", ok},
		{"UPC-E without its check digit", "425261", "", length},
		{"UPC-E, wrong check digit", "04252615", "", check},
		{"UPC-E, zeros left out by 0", "01234505", "00012000003455", ok},
		{"UPC-E, zeros left out by 2", "01234523", "00012200003453", ok},
		{"UPC-E, zeros left out by 3", "01234531", "00012300000451", ok},
		{"UPC-E, zeros left out by 4", "01234543", "00012340000053", ok},
		{"UPC-E, zeros left out by 5", "01234558", "00012345000058", ok},
		{"UPC-E, zeros left out by 9", "01234596", "00012345000096", ok},
		{"7 digits that are none", "4252615", "", length},

		{"separators", " 0-36000-29145-2\t", "00036000291452", ok},
		{"dots", "0.36000.29145.2", "00036000291452", ok},
		{"dots, the check digit is 0", "0.36000.29107.0", "00036000291070", ok},
		{"one dot inside", "036000.291452", "00036000291452", ok},
		{"dot at the end", "036000291452.", "00036000291452", ok},
		{"dashes of typography", "0–36000—29145−2", "00036000291452", ok},
		{"no-break and zero-width spaces", "\u00a0036000\u200b291452\ufeff", "00036000291452", ok},
		{"scanner's control characters", "\x02036000291452\r\n", "00036000291452", ok},
		{"full-width digits", "０３６０００２９１４５２", "00036000291452", ok},
		{"Arabic digits", "٠٣٦٠٠٠٢٩١٤٥٢", "00036000291452", ok},
		{"Devanagari digits", "०३६०००२९१४५२", "00036000291452", ok},
		{"mathematical digits of two styles", "𝟎36000𝟚91452", "00036000291452", ok},

		{"nothing", "", "", empty},
		{"blank", " \t\u00a0", "", empty},
		{"a dash", "-", "", empty},
		{"letters", "ABC", "", notDigits},
		{"a letter O", "O36000291452", "", notDigits},
		{"superscript", "03600029145²", "", notDigits},
		{"a float", "36000291452.0", "", notDigits},
		{"a float, two zeros", "36000291452.00 ", "", notDigits},
		{"an exponent", "3.6E+10", "", notDigits},
		{"broken UTF-8", "036000291452\xff", "", notDigits},
		{"1 digit", "7", "", length},
		{"5 digits", "12345", "", length},
		{"9 digits", "123456789", "", length},
		{"10 digits", "1234567890", "", length},
		{"15 digits", "100036000291452", "", length},
		{"very many digits", strings.Repeat("123", 1000), "", length},

		{"one zero", "0", "", placeholder},
		{"0.0", "0.0", "", placeholder},
		{"zeros", "000000000000", "", placeholder},
		{"too many zeros", strings.Repeat("0", 99), "", placeholder},
		{"ones", "111111111111", "", placeholder},
		{"nines of any length", "9999999999", "", placeholder},
		{"fives, check digit right", "555555555555", "", placeholder},
		{"fives, padded", "0555555555555", "", placeholder},
		{"fives of EAN-8, padded", "0000055555555", "", placeholder},

		{"prefix 02", "0212345678909", "", inStore},
		{"prefix 02 as UPC-A", "212345678909", "", inStore},
		{"the POS's own number", "210000000171", "", inStore},
		{"prefix 02, wrong digit", "212345678900", "", check},
		{"prefix 04", "412345678903", "", inStore},
		{"prefix 20", "2012345678903", "", inStore},
		{"prefix 29", "2912345678906", "", inStore},
		{"prefix 2 in a case", "12012345678900", "", inStore},
		{"GTIN-8 prefix 2", "20123451", "", inStore},
		{"GTIN-8 prefix 0", "01234565", "00012345000065", ok}, // reads as UPC-E as well, and so it is taken
		{"GTIN-8 prefix 0, no UPC-E", "00001236", "", inStore},
		{"prefix 03", "0312345678906", "00312345678906", ok},
		{"prefix 30", "3012345678902", "03012345678902", ok},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problem := retail.ParseGTIN(tt.raw)
			if got != tt.want || problem != tt.problem {
				t.Errorf("ParseGTIN(%q) = %q, %s; want %q, %s", tt.raw, got, problem, tt.want, tt.problem)
			}
		})
	}
}

// withCheckDigit completes a payload, by the definition: weights 3 and 1 from the right.
func withCheckDigit(payload string) string {
	sum := 0
	for i := range payload {
		d := int(payload[len(payload)-1-i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return payload + fmt.Sprint((10-sum%10)%10)
}

// drawCode draws a valid, globally unique code of that many digits, which is not less than 12.
func drawCode(t *rapid.T, n int) string {
	code := withCheckDigit(rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", n-1)).Filter(func(s string) bool {
		_, problem := retail.ParseGTIN(withCheckDigit(s))
		return problem == retail.CodeOK
	}).Draw(t, "payload"))
	return code
}

func TestGTINIsItsOwnForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawCode(t, rapid.IntRange(12, 14).Draw(t, "length"))
		g, problem := retail.ParseGTIN(code)
		if problem != retail.CodeOK || len(g) != 14 || strings.TrimLeft(string(g), "0") != strings.TrimLeft(code, "0") {
			t.Fatalf("ParseGTIN(%s) = %s, %s", code, g, problem)
		}
		if again, problem := retail.ParseGTIN(string(g)); again != g || problem != retail.CodeOK {
			t.Fatalf("%s came back as %s, %s", g, again, problem)
		}
	})
}

// A UPC-A is the EAN-13 with a zero before it, whatever is the matter with it.
func TestUPCIsEANWithZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.OneOf(rapid.StringMatching("[0-9]{11}"), rapid.StringMatching("[024]0*[0-9]{3}0{3}"), rapid.StringMatching("5{11}")).
			Filter(func(s string) bool { return len(s) == 11 }).Draw(t, "payload")
		upc := withCheckDigit(payload)
		g1, p1 := retail.ParseGTIN(upc)
		g2, p2 := retail.ParseGTIN("0" + upc)
		g3, p3 := retail.ParseGTIN("00" + upc)
		if g1 != g2 || p1 != p2 || g1 != g3 || p1 != p3 {
			t.Fatalf("%s: %s %s, %s %s, %s %s", upc, g1, p1, g2, p2, g3, p3)
		}
	})
}

func TestSingleDigitErrorIsDetected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawCode(t, rapid.IntRange(12, 14).Draw(t, "length"))
		for i := range code {
			for d := byte('0'); d <= '9'; d++ {
				if d == code[i] {
					continue
				}
				wrong := code[:i] + string(d) + code[i+1:]
				if g, problem := retail.ParseGTIN(wrong); problem == retail.CodeOK || g != "" {
					t.Fatalf("%s with a wrong digit, %s, was read as %s, %s", code, wrong, g, problem)
				}
			}
		}
	})
}

// In an EAN-8 every single wrong digit is detected except one that makes its beginning that of a UPC-E.
func TestSingleDigitErrorInEAN8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := withCheckDigit(rapid.StringMatching("[13-9][0-9]{6}").Draw(t, "payload"))
		for i := range code {
			for d := byte('0'); d <= '9'; d++ {
				wrong := code[:i] + string(d) + code[i+1:]
				if wrong == code || wrong[0] == '0' {
					continue
				}
				if g, problem := retail.ParseGTIN(wrong); problem == retail.CodeOK {
					t.Fatalf("%s with a wrong digit, %s, was read as %s", code, wrong, g)
				}
			}
		}
	})
}

// Every UPC-E stands for the UPC-A with its zeros put back, in both of its lengths.
func TestUPCE(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A maker's and an article number that can be abbreviated, after the table of the UPC-E specification.
		maker, article, short := "", "", ""
		digits := rapid.StringMatching("[0-9]{5}").Draw(t, "digits")
		switch last := rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}).Draw(t, "last"); last {
		case "0", "1", "2":
			maker, article, short = digits[:2]+last+"00", "00"+digits[2:], digits+last
		case "3":
			maker, article, short = digits[:3]+"00", "000"+digits[3:], digits+last
		case "4":
			maker, article, short = digits[:4]+"0", "0000"+digits[4:], digits+last
		default:
			maker, article, short = digits, "0000"+last, digits+last
		}
		upc := withCheckDigit("0" + maker + article)
		want, problem := retail.ParseGTIN(upc)
		if problem != retail.CodeOK {
			t.Skip("in-store or a placeholder")
		}
		check := upc[11:]
		if code := "0" + short + check; strings.Trim(code, "0") != "" {
			if got, problem := retail.ParseGTIN(code); got != want || problem != retail.CodeOK {
				t.Fatalf("ParseGTIN(%s) = %s, %s; want that of %s, %s", code, got, problem, upc, want)
			}
		}
		if got, problem := retail.ParseGTIN(short); problem != retail.CodeWrongLength && problem != retail.CodePlaceholder {
			t.Fatalf("ParseGTIN(%s) = %s, %s: nothing verifies six digits", short, got, problem)
		}
		if short[0] != '0' && strings.Count(short+check, short[:1]) != 7 {
			if got, _ := retail.ParseGTIN(short + check); got != want {
				t.Fatalf("ParseGTIN(%s) = %s, want %s", short+check, got, want)
			}
		}
	})
}

// What people put between the digits changes nothing.
func TestSeparatorsAreIgnored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching("[0-9]{0,15}").Draw(t, "code")
		var b strings.Builder
		for _, r := range code {
			b.WriteString(rapid.StringOfN(rapid.SampledFrom([]rune(" -–—\t\u00a0\u200b\u00ad")), 0, 2, -1).Draw(t, "between"))
			b.WriteRune(r)
		}
		g1, p1 := retail.ParseGTIN(code)
		g2, p2 := retail.ParseGTIN(b.String())
		if g1 != g2 || p1 != p2 {
			t.Fatalf("%q: %s %s, but %q: %s %s", code, g1, p1, b.String(), g2, p2)
		}
	})
}

func FuzzParseGTIN(f *testing.F) {
	for _, seed := range []string{"", "036000291452", "04252614", "٠٣٦", "1.0", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		g, problem := retail.ParseGTIN(raw)
		if (g != "") != (problem == retail.CodeOK) {
			t.Fatalf("ParseGTIN(%q) = %q, %s", raw, g, problem)
		}
		if g == "" {
			return
		}
		if withCheckDigit(string(g[:13])) != string(g) {
			t.Fatalf("ParseGTIN(%q) = %s, whose check digit is wrong", raw, g)
		}
		if again, _ := retail.ParseGTIN(string(g)); again != g {
			t.Fatalf("%s came back as %q", g, again)
		}
	})
}

func TestCodeProblemMessage(t *testing.T) {
	for _, v := range retail.CodeOK.Values() {
		p := retail.CodeProblem(v)
		if (p.Message() == "") != (p == retail.CodeOK) {
			t.Errorf("%s: Message = %q", p, p.Message())
		}
	}
}

// An eight-digit code is read by the field in which it stands.
func TestEightDigitsByField(t *testing.T) {
	for _, tt := range []struct {
		parse func(string) (retail.GTIN, retail.CodeProblem)
		raw   string
		want  retail.GTIN
	}{
		{retail.ParseUPC, "11234562", "00112345000062"}, {retail.ParseGTIN, "11234562", "00000011234562"},
		{retail.ParseUPC, "01234565", "00012345000065"}, {retail.ParseGTIN, "01234565", "00012345000065"},
		{retail.ParseUPC, "96385074", "00000096385074"}, {retail.ParseGTIN, "96385074", "00000096385074"},
	} {
		if got, problem := tt.parse(tt.raw); got != tt.want {
			t.Errorf("%s: %s (%s), want %s", tt.raw, got, problem, tt.want)
		}
	}
}
