package lightspeed

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"
)

// value is a JSON value within a text that [parse] has found valid, without space around it. Pages are walked as values, not
// decoded into structs: Lightspeed's forms vary too much, and walking is several times faster.
type value []byte

// parse checks a JSON text. The methods of all values rely on that.
func parse(text []byte) (value, error) {
	if !json.Valid(text) {
		var v json.RawMessage
		return nil, json.Unmarshal(text, &v) // says what is wrong, and where
	}
	return bytes.TrimSpace(text), nil
}

func (v value) isObject() bool { return len(v) > 0 && v[0] == '{' }
func (v value) isList() bool   { return len(v) > 0 && v[0] == '[' }

// isEmpty reports whether v is missing or one of the ways to write nothing.
func (v value) isEmpty() bool {
	if v.isObject() || v.isList() {
		return len(bytes.TrimSpace(v[1:len(v)-1])) == 0
	}
	return len(v) == 0 || string(v) == "null" || string(v) == `""`
}

// text is the content of a string, or any other scalar as it is written.
func (v value) text() []byte {
	if v[0] != '"' {
		return v
	}
	if bytes.IndexByte(v, '\\') < 0 && utf8.Valid(v) {
		return v[1 : len(v)-1]
	}
	var s string
	if err := json.Unmarshal(v, &s); err != nil {
		return nil // cannot happen: v is valid
	}
	// PostgreSQL refuses NUL, and no text needs it.
	return bytes.ReplaceAll([]byte(s), []byte{0}, nil)
}

// member is a key of an object with its value.
type member struct {
	key   []byte
	value value
}

// members are the members of an object in their order; any other value has none.
func (v value) members() iter.Seq[member] {
	return func(yield func(member) bool) {
		if !v.isObject() {
			return
		}
		for i := skipSpace(v, 1); v[i] != '}'; {
			end := skipValue(v, i)
			key := v[i:end].text()
			i = skipSpace(v, skipSpace(v, end)+1) // past the colon
			end = skipValue(v, i)
			if !yield(member{key, v[i:end]}) {
				return
			}
			if i = skipSpace(v, end); v[i] == ',' {
				i = skipSpace(v, i+1)
			}
		}
	}
}

// elements are the elements of a list; any other value has none.
func (v value) elements() iter.Seq[value] {
	return func(yield func(value) bool) {
		if !v.isList() {
			return
		}
		for i := skipSpace(v, 1); v[i] != ']'; {
			end := skipValue(v, i)
			if !yield(v[i:end]) {
				return
			}
			if i = skipSpace(v, end); v[i] == ',' {
				i = skipSpace(v, i+1)
			}
		}
	}
}

// get returns the value of a key. If no key is equal, one that differs in case counts: Lightspeed spells some in two ways. Of
// equal keys the last one counts.
func (v value) get(key string) (found value, ok bool) {
	var alike value
	for m := range v.members() {
		switch {
		case string(m.key) == key:
			found, ok = m.value, true
		case len(m.key) == len(key) && bytes.EqualFold(m.key, []byte(key)):
			alike = m.value
		}
	}
	if !ok && alike != nil {
		return alike, true
	}
	return found, ok
}

func skipSpace(v value, i int) int {
	for v[i] == ' ' || v[i] == '\n' || v[i] == '\r' || v[i] == '\t' {
		i++
	}
	return i
}

// skipValue returns the index after the value that begins at i.
func skipValue(v value, i int) int {
	switch v[i] {
	case '"':
		return skipString(v, i)
	case '{', '[':
		for depth := 0; ; i++ {
			switch v[i] {
			case '"':
				i = skipString(v, i) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for i < len(v) && bytes.IndexByte([]byte(" \n\r\t,]}"), v[i]) < 0 {
		i++
	}
	return i
}

func skipString(v value, i int) int {
	for i++; v[i] != '"'; i++ {
		if v[i] == '\\' {
			i++
		}
	}
	return i + 1
}
