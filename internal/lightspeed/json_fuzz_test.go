package lightspeed

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// Walking a text finds what encoding/json finds in it.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":{"c":[1,2,{"d":"}]\"\\"}]},"a":"again"}`, ` [ 1 , "x,y" , [ ] , { } , null , true , -1.5e3 ] `, `{}`, `[]`, `"x"`, `12`,
		"{\n\t\"\\u00e9\\ud800\" : \"\xff\" }\r\n", `{"":{"":""}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if strings.Contains(string(text), `\u0000`) {
			t.Skip() // taken out on purpose
		}
		v, err := parse(text)
		if err != nil {
			return
		}
		walk(t, v, 0)
	})
}

func walk(t *testing.T, v value, depth int) {
	if depth > 5 {
		return
	}
	switch {
	case v.isObject():
		var want map[string]json.RawMessage
		if err := json.Unmarshal(v, &want); err != nil {
			t.Fatalf("%s: %v", v, err)
		}
		got := map[string]value{}
		for m := range v.members() {
			got[string(m.key)] = m.value
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %d keys, want %d", v, len(got), len(want))
		}
		for key, w := range want {
			g, ok := v.get(key)
			if !ok || !bytes.Equal(g, got[key]) || !bytes.Equal(g, bytes.TrimSpace(w)) {
				t.Fatalf("%s: %q is %s, want %s", v, key, g, w)
			}
			walk(t, g, depth+1)
		}
	case v.isList():
		var want []json.RawMessage
		if err := json.Unmarshal(v, &want); err != nil {
			t.Fatalf("%s: %v", v, err)
		}
		n := 0
		for e := range v.elements() {
			if n >= len(want) || !bytes.Equal(e, bytes.TrimSpace(want[n])) {
				t.Fatalf("%s: element %d is %s", v, n, e)
			}
			n++
			walk(t, e, depth+1)
		}
		if n != len(want) {
			t.Fatalf("%s: %d elements, want %d", v, n, len(want))
		}
	case v[0] == '"':
		var want string
		if err := json.Unmarshal(v, &want); err != nil || string(v.text()) != want {
			t.Fatalf("%s is %q, want %q, %v", v, v.text(), want, err)
		}
	}
}
