package lightspeed

import (
	"encoding/json"
	"errors"
	"fmt"
)

// wire is a row as it comes over the line, convertible into the row type T.
type wire[T any] interface {
	row() (T, error)
}

// decoded is the content of one list answer.
type decoded[T any] struct {
	rows       []T
	next       string  // the vendor's own URL of the next page, "" on the last
	unreadable []error // why rows were left out
}

// decodePage reads a list answer of a resource:
//
//	{"@attributes":{"next":"…","previous":"…"}, "Item":[…]}
//
// The resource key is missing when there are no rows. So that damage is never
// taken for an empty or a last page or a value of zero, @attributes and its next
// must be there and every row must have its id and the fields that all rows
// have; else the error is [ErrMalformed]. A row with a field that cannot be
// understood is left out and reported.
func decodePage[W wire[T], T any](body []byte, resource string) (decoded[T], error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		return decoded[T]{}, malformed("%s page: %v", resource, err)
	}
	var attributes struct {
		Next *scalar `json:"next"`
	}
	if raw := object["@attributes"]; len(raw) == 0 || raw[0] != '{' {
		return decoded[T]{}, malformed("%s page without @attributes", resource)
	} else if err := json.Unmarshal(raw, &attributes); err != nil || attributes.Next == nil || attributes.Next.bad {
		return decoded[T]{}, malformed("%s page without a next link", resource)
	}
	raw, _ := lookup(object, resource)
	wires, err := decodeRows[W](raw)
	if err != nil {
		return decoded[T]{}, malformed("%s rows: %v", resource, err)
	}
	d := decoded[T]{rows: make([]T, 0, len(wires)), next: attributes.Next.text}
	for _, w := range wires {
		row, err := w.row()
		switch {
		case err == nil:
			d.rows = append(d.rows, row)
		case errors.Is(err, errDamaged):
			return decoded[T]{}, malformed("%s row: %v", resource, err)
		default:
			d.unreadable = append(d.unreadable, err)
		}
	}
	return d, nil
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrMalformed}, args...)...)
}
