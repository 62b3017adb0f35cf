package sandbox

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"iter"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// ordering is a table in the order of (key, id). Dead positions keep their key and are skipped.
type ordering struct {
	n   int
	key func(pos int) (key value, id int64)
	row func(pos int) (row int, live bool)
}

// pageResult are the rows of a page in their order, with the cursors of its neighbours; empty = there is none.
type pageResult struct {
	rows         []int
	next, before string
}

var errCursor = errors.New("the cursor is not valid for this request")

// orderingFor chooses the cheapest way through the rows in the order of the query.
func orderingFor(a *Account, res *resource, q *query) ordering {
	byID := q.sort == res.fields[0].name
	for _, f := range q.filters {
		if f.op != "=" && f.op != "IN" || res.narrow == nil {
			continue
		}
		if rows, ok := res.narrow(a, f.name, f.values); ok {
			return sortedRows(a, res, rows, q.sort)
		}
	}
	if byID {
		return ordering{
			n:   res.count(a),
			key: func(pos int) (value, int64) { id := res.id(a, pos); return value{n: id}, id },
			row: func(pos int) (int, bool) { return pos, true },
		}
	}
	if res.order != nil {
		if o, ok := res.order(a, q.sort); ok {
			return o
		}
	}
	rows := make([]int, res.count(a))
	for i := range rows {
		rows[i] = i
	}
	return sortedRows(a, res, rows, q.sort)
}

// sortedRows orders a few rows, given ascending by id.
func sortedRows(a *Account, res *resource, rows []int, by string) ordering {
	f, _ := res.field(by)
	slices.SortStableFunc(rows, func(x, y int) int {
		return cmp.Or(compareValues(f.kind, f.get(a, x), f.get(a, y)), cmp.Compare(res.id(a, x), res.id(a, y)))
	})
	return ordering{
		n:   len(rows),
		key: func(pos int) (value, int64) { return f.get(a, rows[pos]), res.id(a, rows[pos]) },
		row: func(pos int) (int, bool) { return rows[pos], true },
	}
}

// keep reports whether a row belongs to the result of the query.
func (q *query) keep(a *Account, res *resource, row int) bool {
	if !res.has(a, row) {
		return false
	}
	if q.unseenSince != 0 && res.touched != nil && res.touched(a, row) > q.unseenSince {
		return false
	}
	if res.archived != nil && q.archived != "true" && res.archived(a, row) != (q.archived == "only") {
		return false
	}
	for _, f := range q.filters {
		if !f.match(a, row) {
			return false
		}
	}
	return len(q.or) == 0 || slices.ContainsFunc(q.or, func(f *filter) bool { return f.match(a, row) })
}

// window are the positions that filters on the sort key leave.
func (q *query) window(o ordering, k kind) (lo, hi int) {
	lo, hi = 0, o.n
	first := func(pred func(value) bool) int {
		return sort.Search(o.n, func(i int) bool { v, _ := o.key(i); return pred(v) })
	}
	for _, f := range q.filters {
		if f.rel != nil || f.name != q.sort || k == kindText {
			continue
		}
		from := func(v value) { lo = max(lo, first(func(w value) bool { return compareValues(k, w, v) >= 0 })) }
		over := func(v value) { lo = max(lo, first(func(w value) bool { return compareValues(k, w, v) > 0 })) }
		upTo := func(v value) { hi = min(hi, first(func(w value) bool { return compareValues(k, w, v) > 0 })) }
		under := func(v value) { hi = min(hi, first(func(w value) bool { return compareValues(k, w, v) >= 0 })) }
		switch f.op {
		case "=":
			from(f.values[0])
			upTo(f.values[0])
		case ">=":
			from(f.values[0])
		case ">":
			over(f.values[0])
		case "<=":
			upTo(f.values[0])
		case "<":
			under(f.values[0])
		case "><":
			from(f.values[0])
			upTo(f.values[1])
		}
	}
	return lo, hi
}

// run evaluates the query. The caller holds the account's lock.
func (q *query) run(a *Account, res *resource) (pageResult, error) {
	f, _ := res.field(q.sort)
	form := cursorForm{kind: f.kind, byID: q.sort == res.fields[0].name}
	o := orderingFor(a, res, q)
	lo, hi := q.window(o, f.kind)
	cursor, backwards := q.after, false
	if q.before != "" {
		cursor, backwards = q.before, true
	}
	// up means towards greater keys.
	up := q.desc == backwards
	if cursor != "" {
		key, id, err := form.decode(cursor)
		if err != nil {
			return pageResult{}, err
		}
		at := func(above int) int {
			return sort.Search(o.n, func(i int) bool {
				v, n := o.key(i)
				return cmp.Or(compareValues(f.kind, v, key), cmp.Compare(n, id)) >= above
			})
		}
		if up {
			lo = max(lo, at(1))
		} else {
			hi = min(hi, at(0))
		}
	}
	positions := func(yield func(int) bool) {
		for i := range max(hi-lo, 0) {
			pos := lo + i
			if !up {
				pos = hi - 1 - i
			}
			if !yield(pos) {
				return
			}
		}
	}
	rows, more := q.collect(a, res, o, positions)
	if backwards {
		slices.Reverse(rows)
	}
	var out pageResult
	out.rows = rows
	if len(rows) == 0 {
		return out, nil
	}
	encode := func(row int) string {
		return form.encode(f.get(a, row), res.id(a, row))
	}
	if more && !backwards || backwards {
		out.next = encode(rows[len(rows)-1])
	}
	if more && backwards || !backwards && cursor != "" {
		out.before = encode(rows[0])
	}
	return out, nil
}

// collect takes rows from these positions until the page is full, and looks one row further to know whether there is more.
func (q *query) collect(a *Account, res *resource, o ordering, positions iter.Seq[int]) (rows []int, more bool) {
	if q.limit == 0 {
		return nil, false
	}
	for pos := range positions {
		row, live := o.row(pos)
		if !live || !q.keep(a, res, row) {
			continue
		}
		if len(rows) == q.limit {
			return rows, true
		}
		rows = append(rows, row)
	}
	return rows, false
}

// total counts the rows of the query.
func (q *query) total(a *Account, res *resource) int {
	o := orderingFor(a, res, q)
	n := 0
	for pos := range o.n {
		if row, live := o.row(pos); live && q.keep(a, res, row) {
			n++
		}
	}
	return n
}

// cursorForm is how a cursor is written: it holds the sort key, and the id too where that is not the key.
type cursorForm struct {
	kind kind // of the sort key
	byID bool
}

func (c cursorForm) encode(v value, id int64) string {
	buf := []byte{'['}
	if c.byID {
		buf = strconv.AppendInt(buf, id, 10)
	} else {
		if c.kind == kindInt {
			buf = strconv.AppendInt(buf, v.n, 10)
		} else {
			buf = append(buf, '"')
			buf = append(appendScalar(buf, c.kind, v), '"')
		}
		buf = append(buf, ',')
		buf = strconv.AppendInt(buf, id, 10)
	}
	return base64.StdEncoding.EncodeToString(append(buf, ']'))
}

func (c cursorForm) decode(text string) (value, int64, error) {
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return value{}, 0, errCursor
	}
	var parts []any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&parts); err != nil {
		return value{}, 0, errCursor
	}
	if len(parts) == 0 || c.byID != (len(parts) == 1) || len(parts) > 2 {
		return value{}, 0, errCursor
	}
	last, ok := parts[len(parts)-1].(json.Number)
	if !ok {
		return value{}, 0, errCursor
	}
	id, err := last.Int64()
	if err != nil {
		return value{}, 0, errCursor
	}
	if c.byID {
		return value{n: id}, id, nil
	}
	key, err := parseValue(c.kind, scalarText(parts[0]))
	if err != nil {
		return value{}, 0, errCursor
	}
	return key, id, nil
}

// link is the URL of a neighbour page. It has all parameters as they were sent, and the sort and limit in effect.
func (q *query) link(base, path, dir, cursor string) string {
	if cursor == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(base)
	b.WriteString(path)
	sep := byte('?')
	add := func(s string) {
		b.WriteByte(sep)
		b.WriteString(s)
		sep = '&'
	}
	for _, p := range q.params {
		switch p.key {
		case "sort", "limit", "after", "before":
		default:
			add(p.raw)
		}
	}
	by := q.sort
	if q.desc {
		by = "-" + by
	}
	add("sort=" + by)
	add("limit=" + strconv.Itoa(q.limit))
	add(dir + "=" + url.QueryEscape(cursor))
	return b.String()
}
