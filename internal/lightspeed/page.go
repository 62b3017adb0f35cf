package lightspeed

import (
	"errors"
	"fmt"
	"strings"
)

// decoded is the content of one list answer.
type decoded[T any] struct {
	rows       []T
	next       string  // URL of the next page; empty on the last one
	unreadable []error // why rows were left out
}

// decodePage reads a list answer of a resource:
//
//	{"@attributes":{"next":"…","previous":"…"}, "Item":[…]}
//
// A single row is an object instead of a list, and without rows the resource's key
// is missing. A damaged page must not look like an empty or a last one: without
// @attributes, its next, or the id of a row the error is [ErrMalformed]. A row that
// lacks a required field, or has one that cannot be understood, is left out and
// reported. If all of several rows lack fields, the page is damaged.
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

// oneOrMany reads a list of objects, a single object, or nothing: "", null or a missing key.
func oneOrMany(v value) ([]value, error) {
	switch {
	case v.isObject():
		return []value{v}, nil
	case v.isList():
		var objects []value
		for e := range v.elements() {
			if !e.isObject() {
				return nil, errors.New("a row is not an object")
			}
			objects = append(objects, e)
		}
		return objects, nil
	case v.isEmpty():
		return nil, nil
	}
	return nil, errors.New("neither a row nor a list of rows")
}

// nested reads the rows of a nested collection, and whether the field is there at
// all. Normally it is a wrapper around one or many rows, as in
// {"ItemShops":{"ItemShop":[…]}}. Rows without the wrapper, a list of wrappers and
// every way to write nothing are read as well. An error in a nested row is one of
// the outer row.
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
