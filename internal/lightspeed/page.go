package lightspeed

import (
	"errors"
	"fmt"
	"strings"
)

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
// One row stands there as an object instead of a list, and without rows the
// resource key is missing. So that damage is never taken for an empty or a last
// page, @attributes and its next must be there and every row must have its id;
// else the error is [ErrMalformed]. A row that lacks a required field, or has a
// field that cannot be understood, is left out and reported. Several rows that
// all lack fields are a damaged page, not damaged rows.
func decodePage[T any](body []byte, resource string, convert func(*row) T) (decoded[T], error) {
	page, err := parse(body)
	if err != nil {
		return decoded[T]{}, malformed("%s page: %v", resource, err)
	}
	attributes, _ := page.get("@attributes")
	next, ok := attributes.get("next")
	if !ok || next[0] != '"' {
		return decoded[T]{}, malformed("%s page without a next link", resource)
	}
	content, _ := page.get(resource)
	objects, err := oneOrMany(content)
	if err != nil {
		return decoded[T]{}, malformed("%s page: %v", resource, err)
	}
	d := decoded[T]{rows: make([]T, 0, len(objects)), next: string(next.text())}
	var r row
	damaged := 0
	for _, object := range objects {
		r.read(object)
		switch converted := convert(&r); {
		case r.err == nil:
			d.rows = append(d.rows, converted)
		case r.id == "":
			return decoded[T]{}, malformed("%s: %v", resource, r.err)
		default:
			if errors.Is(r.err, errMissing) {
				damaged++
			}
			d.unreadable = append(d.unreadable, fmt.Errorf("%s %s: %w", resource, r.id, r.err))
		}
	}
	if damaged > 1 && damaged == len(objects) {
		return decoded[T]{}, malformed("%s page: all rows lack fields, as %w", resource, d.unreadable[0])
	}
	return d, nil
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrMalformed}, args...)...)
}

// oneOrMany reads a list of objects, one object, or nothing as "", null or a missing key.
func oneOrMany(v value) ([]value, error) {
	switch {
	case v.isObject():
		return []value{v}, nil
	case v.isList():
		var objects []value
		for e := range v.elements() {
			if !e.isObject() {
				return nil, errors.New("a row that is none")
			}
			objects = append(objects, e)
		}
		return objects, nil
	case v.isEmpty():
		return nil, nil
	}
	return nil, errors.New("neither a row nor a list of rows")
}

// nested converts the rows of a nested collection, and says whether the field
// is there at all. Normally it is a wrapper object around one-or-many rows, as
// in {"ItemShops":{"ItemShop":[…]}}; read as well are the rows without the
// wrapper, a list of wrappers (a form that the vendor itself accepts) and every
// spelling of nothing. A failure of a nested row is one of the outer row.
func nested[T any](r *row, field, element string, convert func(*row) T) (rows []T, sent bool) {
	v, ok := r.field(field)
	if !ok || string(v) == "null" {
		return nil, false
	}
	objects, err := unwrap(v, element)
	if err != nil {
		r.fail(field, nil, "a collection of "+element)
		return nil, true
	}
	if len(objects) == 0 {
		return nil, true
	}
	rows = make([]T, 0, len(objects))
	var inner row
	for _, object := range objects {
		inner.read(object)
		rows = append(rows, convert(&inner))
		if inner.err != nil && (r.err == nil || errors.Is(inner.err, errMissing)) {
			r.err = fmt.Errorf("%s: %w", strings.TrimSpace(element+" "+inner.id), inner.err)
		}
	}
	return rows, true
}

func unwrap(v value, element string) ([]value, error) {
	if v.isEmpty() {
		return nil, nil
	}
	outer, err := oneOrMany(v)
	if err != nil {
		return nil, err
	}
	var all []value
	for _, object := range outer {
		content, wrapped := object.get(element)
		if !wrapped {
			all = append(all, object)
			continue
		}
		if content.isEmpty() {
			continue
		}
		inner, err := oneOrMany(content)
		if err != nil {
			return nil, err
		}
		all = append(all, inner...)
	}
	return all, nil
}
