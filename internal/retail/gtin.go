package retail

import (
	"io"
	"strings"
	"unicode"
)

// GTIN is a Global Trade Item Number as 14 digits, padded with zeros at the left, or "" for none. Values come from
// [ParseGTIN], so the check digit is right and the number is globally unique.
type GTIN string

// CodeProblem says why a text is not a usable GTIN, or that it is one.
type CodeProblem string

// The outcomes of reading a code.
const (
	CodeOK          CodeProblem = "OK"           // a valid, globally unique GTIN
	CodeEmpty       CodeProblem = "EMPTY"        // nothing there
	CodeNotDigits   CodeProblem = "NOT_DIGITS"   // something other than digits and separators
	CodeWrongLength CodeProblem = "WRONG_LENGTH" // no kind of GTIN has that many digits
	CodeCheckDigit  CodeProblem = "CHECK_DIGIT"  // the last digit does not fit the others: a misread or mistyped number
	CodePlaceholder CodeProblem = "PLACEHOLDER"  // zeros or one digit repeated, typed to fill the field
	CodeInStore     CodeProblem = "IN_STORE"     // a number for use within a shop or company, not globally unique
)

// Values lists the spellings.
func (CodeProblem) Values() []string {
	return spellings(CodeOK, CodeEmpty, CodeNotDigits, CodeWrongLength, CodeCheckDigit, CodePlaceholder, CodeInStore)
}

// MarshalGQL writes the value as GraphQL.
func (v CodeProblem) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *CodeProblem) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Message says in one sentence, for shop staff, what is wrong with the code. It is "" for [CodeOK] and unknown values.
func (v CodeProblem) Message() string {
	switch v {
	case CodeEmpty:
		return "There is no code."
	case CodeNotDigits:
		return "The code contains something other than digits."
	case CodeWrongLength:
		return "The code does not have the length of a UPC or EAN: 12 or 13 digits, or 8 for a short one."
	case CodeCheckDigit:
		return "The last digit does not match the others, so at least one digit is wrong."
	case CodePlaceholder:
		return "The code is a placeholder, not a real number."
	case CodeInStore:
		return "The number is for use within one shop or company only, so it does not identify one product."
	default:
		return ""
	}
}

// maxGTIN is the number of digits of the longest GTIN and of the stored form.
const maxGTIN = 14

// ParseGTIN reads a code as people and registers write it. It returns the GTIN and [CodeOK], or "" and what is wrong.
//
// Spaces, dashes, dots, invisible characters and control characters are ignored, and digits of any script count. By the
// number of digits the code is
//
//   - 14: a GTIN-14 (ITF-14), or any shorter GTIN padded with zeros
//   - 13: an EAN-13; 12: a UPC-A, which is the EAN-13 with a zero before it
//   - 11: a UPC-A that lost its leading zero in a spreadsheet, if the check digit fits so
//   - 8: a UPC-E if it begins with 0 and its check digit fits, else an EAN-8. (A GTIN-8 beginning with 0 is in-store.)
//     In a UPC field also one that begins with 1 is a UPC-E, see [ParseUPC].
//   - 7: a UPC-E of 8 that lost its leading zero, if the check digit fits so
//
// Six digits are not read as a UPC-E without number system and check digit, though some scanners send that: it could be any
// other number of six digits, and a wrong link does more harm than a missing one.
//
// The check digit is verified. Placeholders are refused, and so are the ranges that GS1 reserves for the numbers of shops and
// companies: prefixes 02, 04 and 20-29, GTIN-8 prefixes 0 and 2 (GS1 General Specifications, section 1.4).
//
// A single wrong digit is always detected in codes of 11 digits and more. In 8-digit codes it can go undetected if it turns
// one format into the other, or a UPC-E into one that leaves out other zeros.
func ParseGTIN(raw string) (GTIN, CodeProblem) { return parse(raw, "0") }

// ParseUPC is [ParseGTIN] of a code from a UPC field: eight digits that begin with 0 or 1, its number systems, are a UPC-E if
// the check digit fits.
func ParseUPC(raw string) (GTIN, CodeProblem) { return parse(raw, "01") }

// parse reads a code; systems are the number systems with which eight digits are read as a UPC-E.
func parse(raw, systems string) (GTIN, CodeProblem) {
	digits, problem := readDigits(raw)
	if problem != CodeOK {
		return "", problem
	}
	if isPlaceholder(digits) {
		return "", CodePlaceholder
	}
	code, problem := canonical(digits, systems)
	switch {
	case problem != CodeOK:
		return "", problem
	case isInStore(code):
		return "", CodeInStore
	default:
		return GTIN(code), CodeOK
	}
}

// readDigits returns the digits of raw in ASCII, without separators. More than maxGTIN digits are cut to one too many.
func readDigits(raw string) (string, CodeProblem) {
	var buf [maxGTIN + 1]byte
	digits := buf[:0]
	dots, fraction := 0, "" // fraction is what follows the last dot
	for i, r := range raw {
		d, isDigit := digitValue(r)
		switch {
		case isDigit:
			if len(digits) < cap(digits) {
				digits = append(digits, '0'+d)
			}
		case r == '.' || r == '．':
			dots, fraction = dots+1, raw[i+len(string(r)):]
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), r == '−':
		default:
			return "", CodeNotDigits
		}
	}
	// "12345678905.0" was a quantity to a spreadsheet. Its last zero is no digit of the code, and digits may be lost elsewhere.
	code := string(digits)
	fraction = strings.TrimSpace(fraction)
	if dots == 1 && fraction != "" && strings.Trim(fraction, "0") == "" && strings.Trim(code, "0") != "" {
		return "", CodeNotDigits
	}
	if code == "" {
		return "", CodeEmpty
	}
	return code, CodeOK
}

// digitValue returns the value of a decimal digit of any script.
func digitValue(r rune) (byte, bool) {
	if r < 0x80 {
		return byte(r - '0'), '0' <= r && r <= '9'
	}
	// Unicode encodes each script's decimal digits as one run from zero to nine, so every range of Nd is a multiple of ten.
	for _, rg := range unicode.Nd.R16 {
		if rune(rg.Lo) <= r && r <= rune(rg.Hi) {
			return byte((r - rune(rg.Lo)) % 10), true
		}
	}
	for _, rg := range unicode.Nd.R32 {
		if rune(rg.Lo) <= r && r <= rune(rg.Hi) {
			return byte((r - rune(rg.Lo)) % 10), true
		}
	}
	return 0, false
}

// isPlaceholder reports whether the digits are zeros, or one digit repeated (padding aside) as long as the shortest code.
func isPlaceholder(digits string) bool {
	significant := strings.TrimLeft(digits, "0")
	return significant == "" ||
		len(significant) >= 6 && strings.Count(significant, significant[:1]) == len(significant)
}

// canonical returns the 14 digits of a code whose check digit is right.
func canonical(digits, systems string) (string, CodeProblem) {
	const zeros = "00000000000000"
	pad := func(s string) string { return zeros[len(s):] + s }
	switch len(digits) {
	case 14, 13, 12:
		if code := pad(digits); checked(code) {
			return code, CodeOK
		}
		return "", CodeCheckDigit
	case 8:
		if strings.Contains(systems, digits[:1]) {
			if code := pad(digits[:1] + expandUPCE(digits[1:7]) + digits[7:]); checked(code) {
				return code, CodeOK
			}
		}
		if code := pad(digits); checked(code) {
			return code, CodeOK
		}
		return "", CodeCheckDigit
	// No GTIN has these lengths, but one that lost its leading zero has.
	case 11:
		if code := pad(digits); checked(code) {
			return code, CodeOK
		}
		return "", CodeWrongLength
	case 7:
		if code := pad(expandUPCE(digits[:6]) + digits[6:]); checked(code) {
			return code, CodeOK
		}
		return "", CodeWrongLength
	default:
		return "", CodeWrongLength
	}
}

// checked reports whether the last digit of 14 is the check digit of the others.
func checked(code string) bool { return code[maxGTIN-1] == checkDigit(code) }

// checkDigit returns the check digit for the first 13 digits of code: what must be added to their sum, with the weights 3
// and 1 in turn, to reach a multiple of ten.
func checkDigit(code string) byte {
	sum := 0
	for i := range maxGTIN - 1 {
		weight := 3 - i%2*2
		sum += int(code[i]-'0') * weight
	}
	return '0' + byte((10-sum%10)%10)
}

// expandUPCE returns the digits between number system and check digit of the UPC-A that the six digits of a UPC-E abbreviate.
// The last of them says where which zeros were left out.
func expandUPCE(d string) string {
	switch d[5] {
	case '0', '1', '2':
		return d[:2] + d[5:] + "0000" + d[2:5]
	case '3':
		return d[:3] + "00000" + d[3:5]
	case '4':
		return d[:4] + "00000" + d[4:5]
	default:
		return d[:5] + "0000" + d[5:]
	}
}

// isInStore reports whether the 14 digits belong to a range that GS1 reserves for shops and companies. The first digit is the
// kind of packaging (0 for the single unit) and does not matter.
func isInStore(code string) bool {
	if code[1:6] == "00000" { // a GTIN-8, which has prefixes of its own
		return code[6] == '0' || code[6] == '2'
	}
	return code[1] == '2' || code[1:3] == "02" || code[1:3] == "04"
}
