package retail

import (
	"slices"
	"strings"
)

// MaxOrderNumber is how many characters an order's number may have.
const MaxOrderNumber = 60

// filterOperators begin a filter of Lightspeed that is more than a plain text, with a comma after them.
var filterOperators = []string{"=", "<", ">", "<=", ">=", "><", "!=", "~", "!~", "IN"}

// FilterOf returns what Lightspeed would take for a filter's operator at the beginning of a text, such as "IN,"; empty = it
// takes the text for what it is. Before anything is sent, the till is searched for an order by its number: a number that asks
// for something else would find no sale, or other orders' sales.
func FilterOf(text string) string {
	before, _, comma := strings.Cut(text, ",")
	if !comma || !slices.Contains(filterOperators, strings.ToUpper(strings.TrimSpace(before))) {
		return ""
	}
	return before + ","
}
