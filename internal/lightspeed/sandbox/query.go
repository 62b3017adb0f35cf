package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	maxLimit = 100
	maxIn    = 100
)

// param is one parameter of a query, in the order it was sent.
type param struct {
	key, value string
	raw        string // as sent, for the links
}

// query is a parsed request for records.
type query struct {
	params   []param
	limit    int
	sort     string
	desc     bool
	after    string
	before   string
	count    bool
	archived string // "false", "true" or "only"
	filters  []*filter
	or       []*filter
	loads    []*loaded
	relPaths []string // the relations as named, for the cost
	all      bool
	// unseenSince leaves out what changed after this moment, in nanoseconds, because the search lags; 0 = it does not.
	unseenSince int64
}

// splitQuery returns the parameters of a raw query in their order.
func splitQuery(raw string) []param {
	var out []param
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		k, v, _ := strings.Cut(part, "=")
		out = append(out, param{key: unescape(k), value: unescape(v), raw: part})
	}
	return out
}

// unescape decodes a part of a query as PHP does: a percent sign that begins no escape stands for itself.
func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8) // both are hexadecimal digits
			b.WriteByte(byte(n))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// parseRecordQuery reads the parameters of a request for one record.
func parseRecordQuery(res *resource, raw string) (*query, error) {
	q, rest, err := parseShown(res, raw)
	if err == nil && len(rest) > 0 {
		return nil, fmt.Errorf("parameter %s cannot be used with a single record", rest[0].key)
	}
	return q, err
}

// parseShown reads the parameters that say what a record shows, and returns the others.
func parseShown(res *resource, raw string) (q *query, rest []param, err error) {
	q = &query{params: splitQuery(raw), limit: maxLimit, sort: res.fields[0].name, archived: "false"}
	seen := map[string]bool{}
	for _, p := range q.params {
		if seen[p.key] {
			return nil, nil, fmt.Errorf("parameter %s is given twice", p.key)
		}
		seen[p.key] = true
		switch p.key {
		case "load_relations":
			if err := q.parseRelations(res, p.value); err != nil {
				return nil, nil, err
			}
		case "pretty_print":
		default:
			rest = append(rest, p)
		}
	}
	return q, rest, nil
}

// parseQuery reads the parameters of a request for a list.
func parseQuery(res *resource, raw string) (*query, error) {
	q, params, err := parseShown(res, raw)
	if err != nil {
		return nil, err
	}
	sorted, limited := false, false
	for _, p := range params {
		switch p.key {
		case "limit":
			limited = true
			if q.limit, err = strconv.Atoi(p.value); err != nil || q.limit < 0 || q.limit > maxLimit {
				return nil, fmt.Errorf("limit must be a number from 0 to %d", maxLimit)
			}
		case "sort":
			sorted = true
			q.sort, q.desc = strings.CutPrefix(p.value, "-")
			if !slices.Contains(res.sorts, q.sort) {
				return nil, fmt.Errorf("cannot sort %s by %s. Allowed fields: %s",
					res.name, q.sort, strings.Join(res.sorts, ", "))
			}
		case "after":
			q.after = p.value
		case "before":
			q.before = p.value
		case "count":
			q.count = p.value == "1"
		case "archived":
			q.archived = p.value
			if !slices.Contains([]string{"false", "true", "only"}, p.value) {
				return nil, fmt.Errorf("archived must be false, true or only")
			}
		case "offset", "orderby", "orderby_desc":
			return nil, fmt.Errorf("parameter %s is not supported in V3", p.key)
		case "or":
			if q.or, err = parseOr(res, p.value); err != nil {
				return nil, err
			}
		default:
			f, err := parseFilter(res, p.key, p.value)
			if err != nil {
				return nil, err
			}
			q.filters = append(q.filters, f)
		}
	}
	if q.after != "" && q.before != "" {
		return nil, fmt.Errorf("after and before exclude each other")
	}
	if q.count && (sorted || limited || q.after != "" || q.before != "") {
		return nil, fmt.Errorf("count cannot be combined with limit, sort, after or before")
	}
	for _, f := range slices.Concat(q.filters, q.or) {
		if f.rel != nil && !slices.ContainsFunc(q.loads, func(l *loaded) bool { return l.rel == f.rel }) {
			return nil, fmt.Errorf("relation %s must be loaded to filter by it", f.rel.name)
		}
	}
	return q, nil
}

// parseRelations reads load_relations: a JSON array of dotted names, or all.
func (q *query) parseRelations(res *resource, text string) error {
	if text == "all" || text == `"all"` {
		q.all = true
		q.loads = loadAll(res.relations)
		q.relPaths = allPaths(res.relations, "")
		return nil
	}
	var names []string
	if err := json.Unmarshal([]byte(text), &names); err != nil {
		return fmt.Errorf("load_relations must be a JSON array of names")
	}
	for _, name := range names {
		subs, list := &q.loads, res.relations
		path := ""
		for part := range strings.SplitSeq(name, ".") {
			rel := findRelation(list, part)
			if rel == nil || rel.unasked {
				return fmt.Errorf("%s has no relation %s", res.name, name)
			}
			path = strings.TrimPrefix(path+"."+part, ".")
			if !slices.Contains(q.relPaths, path) {
				q.relPaths = append(q.relPaths, path)
			}
			i := slices.IndexFunc(*subs, func(l *loaded) bool { return l.rel == rel })
			if i < 0 {
				*subs = append(*subs, &loaded{rel: rel})
				i = len(*subs) - 1
			}
			subs, list = &(*subs)[i].subs, rel.subs
		}
	}
	return nil
}

// loadAll are all relations but custom fields.
func loadAll(list []*relation) []*loaded {
	var out []*loaded
	for _, rel := range list {
		if !rel.always && !rel.unasked && rel.name != "CustomFieldValues" {
			out = append(out, &loaded{rel: rel, subs: loadAll(rel.subs)})
		}
	}
	return out
}

func allPaths(list []*relation, prefix string) []string {
	var out []string
	for _, rel := range list {
		if !rel.always && !rel.unasked && rel.name != "CustomFieldValues" {
			out = append(out, prefix+rel.name)
			out = append(out, allPaths(rel.subs, prefix+rel.name+".")...)
		}
	}
	return out
}
