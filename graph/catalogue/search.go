package catalogue

import (
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/internal/retail"
)

// fewFound is up to how many rows a search looks up first and then reads by their ids. More are met soon enough on the way
// through a list in its order.
const fewFound = 1000

// search is how rows of one kind are searched for a text, or for the barcode number that it is.
type search[P ~func(*sql.Selector)] struct {
	text P                                          // the rows that have the text
	code func(code retail.GTIN) P                   // the rows with a barcode number
	ids  func(where P, limit int) ([]string, error) // ids of rows
}

// find returns what finds the rows.
func (s search[P]) find(text string) (P, error) {
	ways := []P{s.text}
	if code, problem := retail.ParseGTIN(text); problem == retail.CodeOK {
		ways = append(ways, s.code(code))
	}
	ids, few, err := s.lookUp(ways)
	switch {
	case err != nil:
		return nil, err
	case few:
		return P(sql.FieldIn("id", ids...)), nil
	case len(ways) == 1:
		return s.text, nil
	}
	return P(sql.OrPredicates(ways...)), nil
}

// lookUp returns the ids of the rows that are found in any of the ways, or false if they are more than a few. Looking a text up
// reads one index alone; by itself the database would often go through whole rows instead.
func (s search[P]) lookUp(ways []P) (ids []string, few bool, err error) {
	for _, way := range ways {
		found, err := s.ids(way, fewFound+1)
		if err != nil {
			return nil, false, fmt.Errorf("search: %w", err)
		}
		if ids = append(ids, found...); len(ids) > fewFound {
			return nil, false, nil
		}
	}
	return ids, true, nil
}
