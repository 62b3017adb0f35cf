package retail

import "io"

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
	CodePlaceholder CodeProblem = "PLACEHOLDER"  // one digit repeated, typed to fill the field
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
