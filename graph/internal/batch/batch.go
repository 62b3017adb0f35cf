// Package batch checks what all imports from the website's platform have in common: how many rows a batch may have, and that
// each key occurs once.
package batch

import (
	"possync/graph/usererror"
	"possync/internal/message"
)

// Kind describes the batches of an import.
type Kind struct {
	One, Many string // what a row is called: "order", "orders"
	Most      int    // rows in a batch
	Path      string // of the rows in the input
}

// Check returns what is wrong with a batch of n rows as a whole.
func (k Kind) Check(n int) usererror.List {
	var found usererror.List
	switch {
	case n == 0:
		found.Say(usererror.Empty, "Send at least one {row}.", message.Values{"row": k.One}, k.Path)
	case n > k.Most:
		found.Say(usererror.TooMany, "You can send at most {limit} {rows} at once.", message.Values{"limit": k.Most, "rows": k.Many}, k.Path)
	}
	return found
}

// Unique finds values that several rows of a batch have. Of these rows the first counts.
type Unique struct {
	Kind  Kind
	Field string // whose values must differ
	first map[string]int
}

// Check notes in found that an earlier row has the value of the i-th.
func (u *Unique) Check(found *usererror.List, i int, value string) {
	if n, again := u.first[value]; again {
		found.Say(usererror.Duplicate, "Another {row} of the batch, number {entry}, has the same {field}. Send each {field} only once.", message.Values{"row": u.Kind.One, "entry": n + 1, "field": u.Field}, u.Field)
		return
	}
	if u.first == nil {
		u.first = map[string]int{}
	}
	u.first[value] = i
}
