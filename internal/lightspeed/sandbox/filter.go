package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// filter is a condition on a field of a record, or of the records of a loaded relation.
type filter struct {
	name   string
	rel    *relation // nil: a field of the record itself
	fields []*field  // one of them must meet the condition; only pseudo fields have several
	op     string
	values []value
	like   string // lower-case pattern of ~ and !~
}

// operators are tried in this order: longer ones first.
var operators = []string{"><", ">=", "<=", "!=", "!~", ">", "<", "=", "~", "IN"}

// parseFilter reads field=value or field=op,value.
func parseFilter(res *resource, name, text string) (*filter, error) {
	f := &filter{name: name, op: "="}
	where := res
	key := name
	if relName, rest, dotted := strings.Cut(name, "."); dotted {
		f.rel = res.relation(relName)
		if f.rel == nil || f.rel.target == nil || f.rel.unasked {
			return nil, fmt.Errorf("%s has no relation %s to filter by", res.name, relName)
		}
		where, key = f.rel.target, rest
	}
	for _, op := range operators {
		if rest, ok := strings.CutPrefix(text, op+","); ok {
			f.op, text = op, rest
			break
		}
	}
	if fd, ok := where.field(key); ok {
		f.fields = []*field{fd}
	} else if i := slices.IndexFunc(where.pseudo, func(p pseudoField) bool { return p.name == key }); i >= 0 {
		for _, n := range where.pseudo[i].fields {
			fd, _ := where.field(n)
			f.fields = append(f.fields, fd)
		}
		if !where.pseudo[i].text && f.op != "=" && f.op != "IN" {
			return nil, fmt.Errorf("%s can only be compared with = and IN", name)
		}
	} else {
		return nil, fmt.Errorf("%s has no field %s to filter by", where.name, key)
	}
	return f, f.parseValues(text)
}

func (f *filter) parseValues(text string) error {
	var texts []string
	switch f.op {
	case "~", "!~":
		f.like = strings.ToLower(text)
		return nil
	case "><":
		texts = strings.Split(text, ",")
		if len(texts) != 2 {
			return fmt.Errorf("%s: >< needs two values", f.name)
		}
	case "IN":
		var err error
		if texts, err = listValues(text); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if len(texts) > maxIn {
			return fmt.Errorf("%s: IN takes at most %d values", f.name, maxIn)
		}
	default:
		texts = []string{text}
	}
	for _, t := range texts {
		v, err := parseValue(f.fields[0].kind, t)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if len(f.fields) > 1 {
			// The fields of a pseudo field may be of several kinds: keep the number too.
			if n, err := parseValue(kindInt, t); err == nil && t != "" {
				v.n = n.n
			} else {
				v.n = -1
			}
		}
		f.values = append(f.values, v)
	}
	return nil
}

// listValues reads [1,2], ["a","b"] or a bare comma list.
func listValues(text string) ([]string, error) {
	if !strings.HasPrefix(text, "[") {
		return strings.Split(text, ","), nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		// Codes are also sent bare: [abc,def].
		inner, ok := strings.CutSuffix(text[1:], "]")
		if !ok {
			return nil, fmt.Errorf("the list of IN is not closed")
		}
		return strings.Split(inner, ","), nil
	}
	out := make([]string, len(raw))
	for i, r := range raw {
		if len(r) > 0 && r[0] == '"' {
			if err := json.Unmarshal(r, &out[i]); err != nil {
				return nil, fmt.Errorf("bad value in the list of IN: %w", err)
			}
			continue
		}
		out[i] = string(r)
	}
	return out, nil
}

// parseOr reads field=op,value|field=op,value. A pipe or equals sign inside a value is encoded once more.
func parseOr(res *resource, text string) ([]*filter, error) {
	var out []*filter
	unescape := strings.NewReplacer("%7C", "|", "%7c", "|", "%3D", "=", "%3d", "=")
	for part := range strings.SplitSeq(text, "|") {
		if !strings.Contains(part, "=") {
			part = unescape.Replace(part)
		}
		name, val, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("or: %q is not a condition", part)
		}
		f, err := parseFilter(res, name, unescape.Replace(val))
		if err != nil {
			return nil, fmt.Errorf("or: %w", err)
		}
		out = append(out, f)
	}
	return out, nil
}

// isRange reports whether the condition compares by order: then an or costs more.
func (f *filter) isRange() bool { return strings.ContainsAny(f.op, "<>") }

// match reports whether a row of the resource meets the condition.
func (f *filter) match(a *Account, row int) bool {
	if f.rel == nil {
		return f.matchRow(a, row)
	}
	if f.rel.rows == nil {
		return false
	}
	var buf [8]int
	return slices.ContainsFunc(f.rel.rows(a, row, buf[:0]), func(r int) bool { return f.matchRow(a, r) })
}

func (f *filter) matchRow(a *Account, row int) bool {
	for _, fd := range f.fields {
		v := fd.get(a, row)
		// An unset date is like NULL: it meets no condition.
		if fd.kind == kindTime && v.n == 0 {
			continue
		}
		if f.matchValue(fd.kind, v) {
			return true
		}
	}
	return false
}

func (f *filter) matchValue(k kind, v value) bool {
	switch f.op {
	case "=":
		return equalValues(k, v, f.values[0])
	case "!=":
		return !equalValues(k, v, f.values[0])
	case "IN":
		return slices.ContainsFunc(f.values, func(w value) bool { return equalValues(k, v, w) })
	case "~":
		return matchLike(k, v, f.like)
	case "!~":
		return !matchLike(k, v, f.like)
	case "><":
		return compareValues(k, v, f.values[0]) >= 0 && compareValues(k, v, f.values[1]) <= 0
	}
	c := compareValues(k, v, f.values[0])
	switch f.op {
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "<":
		return c < 0
	default:
		return c <= 0
	}
}

// equalValues compares text without regard to case, as MySQL usually does.
func equalValues(k kind, a, b value) bool {
	switch k {
	case kindText:
		return strings.EqualFold(a.s, b.s)
	case kindExact:
		return compareValues(k, a, b) == 0
	}
	return a.n == b.n
}

func matchLike(k kind, v value, pattern string) bool {
	text := v.s
	if k != kindText {
		text = string(appendScalar(nil, k, v))
	}
	return likeText(strings.ToLower(text), pattern)
}

// likeText matches a pattern in which % stands for any text.
func likeText(text, pattern string) bool {
	parts := strings.Split(pattern, "%")
	if len(parts) == 1 {
		return text == pattern
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(text, p)
		if i < 0 {
			return false
		}
		text = text[i+len(p):]
	}
	return strings.HasSuffix(text, last)
}
