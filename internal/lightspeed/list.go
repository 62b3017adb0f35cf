package lightspeed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// decodeRows reads the one-or-many form: a list of rows, one row as an object,
// or nothing as "", null or a missing key (nil).
func decodeRows[W any](raw []byte) ([]W, error) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0, string(raw) == "null", string(raw) == `""`:
		return nil, nil
	case raw[0] == '[':
		var rows []W
		err := json.Unmarshal(raw, &rows)
		return rows, err
	case raw[0] == '{':
		rows := make([]W, 1)
		err := json.Unmarshal(raw, &rows[0])
		return rows, err
	}
	return nil, errors.New("neither a row nor a list of rows")
}

// element is a row type that can stand in a nested collection.
type element interface {
	// elementKey is the key under which the collection's wrapper holds its rows,
	// e.g. ItemShop in {"ItemShops":{"ItemShop":[…]}}.
	elementKey() string
}

// many is a nested collection. Normally it is a wrapper object around
// one-or-many rows; read as well are the rows without the wrapper, a list of
// wrappers (the vendor accepts that form itself) and every spelling of nothing.
// Like [scalar] it never fails to decode but keeps the error for its row.
type many[W element] struct {
	rows    []W
	present bool // the key was there
	told    bool // and not null
	err     error
}

// UnmarshalJSON implements [json.Unmarshaler].
func (m *many[W]) UnmarshalJSON(b []byte) error {
	*m = many[W]{present: true, told: string(b) != "null"}
	m.rows, m.err = unwrap[W](b, true)
	return nil
}

func unwrap[W element](b []byte, mayList bool) ([]W, error) {
	if isEmpty(b) {
		return nil, nil
	}
	var w W
	key := w.elementKey()
	switch {
	case b[0] == '{':
		var object map[string]json.RawMessage
		if err := json.Unmarshal(b, &object); err != nil {
			return nil, err
		}
		if inner, ok := lookup(object, key); ok {
			if isEmpty(inner) {
				return nil, nil
			}
			return decodeRows[W](inner)
		}
		return decodeRows[W](b)
	case b[0] == '[' && mayList:
		var list []json.RawMessage
		if err := json.Unmarshal(b, &list); err != nil {
			return nil, err
		}
		var all []W
		for _, e := range list {
			rows, err := unwrap[W](e, false)
			if err != nil {
				return nil, err
			}
			all = append(all, rows...)
		}
		return all, nil
	}
	return nil, fmt.Errorf("not a collection of %s", key)
}

// lookup finds a key whatever its case, as encoding/json does for struct fields.
func lookup(object map[string]json.RawMessage, key string) (json.RawMessage, bool) {
	if v, ok := object[key]; ok {
		return v, true
	}
	for k, v := range object {
		if strings.EqualFold(k, key) {
			return v, true
		}
	}
	return nil, false
}
