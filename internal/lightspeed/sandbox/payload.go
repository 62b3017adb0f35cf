package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sort"
)

const maxBody = 1 << 20

// payload is the JSON object of a write. Any scalar may be a string, a number or a boolean.
type payload map[string]any

// readPayload reads the body of a write; an empty body is an empty object.
func readPayload(r *http.Request) (payload, error) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	if len(raw) > maxBody {
		return nil, fmt.Errorf("the body is larger than %d bytes", maxBody)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return payload{}, nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var p payload
	if err := dec.Decode(&p); err != nil {
		return nil, fmt.Errorf("the body is not a JSON object")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("the body holds more than one JSON value")
	}
	return p, nil
}

func scalarText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

// text is a scalar as text, and whether the key was sent. Null is empty.
func (p payload) text(key string) (text string, ok bool) {
	v, ok := p[key]
	return scalarText(v), ok
}

// scalar reads a key as a value of this kind.
func (p payload) scalar(key string, k kind) (v value, ok bool, err error) {
	text, ok := p.text(key)
	if !ok {
		return value{}, false, nil
	}
	v, err = parseValue(k, text)
	if err != nil {
		return value{}, true, fmt.Errorf("%s: %w", key, err)
	}
	return v, true, nil
}

// list reads the three forms of a nested list: {"E":[..]}, {"E":{..}} and [{"E":{..}}].
func (p payload) list(wrap, element string) ([]payload, bool) {
	v, ok := p[wrap]
	if !ok {
		return nil, false
	}
	var out []payload
	var add func(v any)
	add = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				add(e)
			}
		case map[string]any:
			if inner, wrapped := v[element]; wrapped {
				add(inner)
				return
			}
			out = append(out, v)
		}
	}
	add(v)
	return out, true
}

// nested counts the records within the body: the objects below the top, without wrappers, whose only key holds an object or a
// list.
func (p payload) nested() int {
	count := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			if !isWrapper(v) {
				count++
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	for _, v := range p {
		walk(v)
	}
	return count
}

func isWrapper(m map[string]any) bool {
	if len(m) != 1 {
		return false
	}
	for _, v := range m {
		switch v.(type) {
		case []any, map[string]any:
			return true
		}
	}
	return false
}

// keys are the keys, sorted.
func (p payload) keys() []string {
	out := make([]string, 0, len(p))
	for k := range p {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
