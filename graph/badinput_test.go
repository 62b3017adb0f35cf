package graph_test

import (
	"regexp"
	"strings"
	"testing"

	"possync/graph/graphtest"
)

// A client that sends a value which cannot be read is told what to send, in no library's words.
func TestUnreadableValuesAreExplained(t *testing.T) {
	t.Parallel()
	const (
		items  = `query($a: Cursor, $n: Int, $w: PosItemWhere) { posItems(after: $a, first: $n, where: $w) { totalCount } }`
		dates  = `query($in: OrderWhere) { orders(where: $in) { totalCount } }`
		cursor = "This is not a valid cursor. Send a cursor back exactly as you received it."
		date   = "must be a date as a string"
	)
	in := func(field string, value any) row { return row{"in": row{field: value}} }
	cases := map[string]struct {
		query     string
		variables row
		want      string
	}{
		"a cursor that is none": {items, row{"a": "nonsense"}, cursor},
		"an empty cursor":       {items, row{"a": ""}, cursor},
		"a cursor cut short":    {items, row{"a": "gaFp"}, cursor},
		"an object as a cursor": {items, row{"a": row{"x": 1}}, cursor},
		"a number as a cursor":  {`{ posItems(after: 5) { totalCount } }`, nil, cursor},
		"another list's after":  {`{ orders(before: "x") { totalCount } }`, nil, cursor},
		"a text as a number":    {items, row{"n": "x"}, "The variable $n must be a value of the type Int."},
		"a text as a switch":    {items, row{"w": row{"displayed": "x"}}, "The variable $w.displayed must be a value of the type Boolean."},
		"a value of no enum":    {items, row{"w": row{"matchState": "x"}}, "The variable $w.matchState must be a value of the type MatchState."},
		"no such date":          {dates, in("placedFromDate", "2026-02-30"), "is not a date of the calendar"},
		"a number as a date":    {dates, in("placedFromDate", 5), date},
		"an object as a date":   {dates, in("placedFromDate", row{}), date},
	}
	requestID := regexp.MustCompile(`"requestId":"[A-Z2-7]+"`)
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for name, tt := range cases {
			a := s.Staff.Ask(tt.query, tt.variables)
			body := requestID.ReplaceAllString(strings.ReplaceAll(a.Body, `\"`, `"`), "") // random letters may spell anything
			if a.Code() != "BAD_USER_INPUT" || !strings.Contains(body, tt.want) {
				t.Errorf("%s: the answer is %s, want %q", name, body, tt.want)
			}
			for _, word := range []string{"msgpack", "EOF", "json.", "interface", "strconv", "int64", "cannot use"} {
				if strings.Contains(body, word) {
					t.Errorf("%s: %q of a library is in the answer %s", name, word, body)
				}
			}
		}
	})
}
