package sandbox

import "strconv"

// encoder writes records in the vendor's JSON: every scalar a string, a list of one as an object, an empty list as
// nothing, unset dates left out.
type encoder struct {
	buf    []byte
	a      *Account
	mangle *mangle // faults in the rows; nil: none
	// scratch is reused for the rows of relations, one slice for each depth.
	scratch [4][]int
}

// loaded is a relation to show, with those to show below it.
type loaded struct {
	rel  *relation
	subs []*loaded
}

// object writes one record without its relations' rows being counted as rows for faults.
func (e *encoder) object(res *resource, fields []field, row int, rels []*loaded, depth int) {
	e.buf = append(e.buf, '{')
	first := true
	bad := e.mangle.hits(depth)
	for i := range fields {
		f := &fields[i]
		if bad && e.mangle.omits(f.name) {
			continue
		}
		v := f.get(e.a, row)
		if f.kind == kindTime && v.n == 0 {
			continue
		}
		if !first {
			e.buf = append(e.buf, ',')
		}
		first = false
		e.buf = append(e.buf, f.prefix...)
		if bad && f.kind != kindText && f.kind != kindTime && e.mangle.bare(f.name) {
			e.buf = appendScalar(e.buf[:len(e.buf)-1], f.kind, v)
			continue
		}
		e.buf = append(appendScalar(e.buf, f.kind, v), '"')
	}
	for _, l := range rels {
		if bad && e.mangle.omits(l.rel.name) {
			continue
		}
		first = e.related(l, row, depth, first)
	}
	for _, rel := range res.relations {
		if rel.always && !(bad && e.mangle.omits(rel.name)) {
			first = e.related(&loaded{rel: rel}, row, depth, first)
		}
	}
	e.buf = append(e.buf, '}')
}

// related writes the key and the rows of a relation, or nothing if there are none.
func (e *encoder) related(l *loaded, row, depth int, first bool) bool {
	rel := l.rel
	if rel.rows == nil {
		return first
	}
	rows := rel.rows(e.a, row, e.scratch[depth][:0])
	e.scratch[depth] = rows[:0]
	if len(rows) == 0 && !rel.blank {
		return first
	}
	if !first {
		e.buf = append(e.buf, ',')
	}
	if len(rows) == 0 {
		e.key(rel.name)
		e.buf = append(e.buf, '"', '"')
		return false
	}
	if rel.many {
		e.key(rel.wrap)
		e.buf = append(e.buf, '{')
	}
	e.key(rel.element)
	e.list(rel.target, rel.shown(), rows, l.subs, depth+1)
	if rel.many {
		e.buf = append(e.buf, '}')
	}
	return false
}

// list writes one row as an object and more as an array.
func (e *encoder) list(res *resource, fields []field, rows []int, rels []*loaded, depth int) {
	if len(rows) == 1 {
		e.object(res, fields, rows[0], rels, depth)
		return
	}
	e.buf = append(e.buf, '[')
	for i, row := range rows {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.object(res, fields, row, rels, depth)
	}
	e.buf = append(e.buf, ']')
}

func (e *encoder) key(name string) {
	e.buf = append(e.buf, '"')
	e.buf = append(e.buf, name...)
	e.buf = append(e.buf, '"', ':')
}

// single writes the envelope of one record: reads, creations, updates and deletions alike.
func (e *encoder) single(res *resource, row int, rels []*loaded) {
	e.buf = append(e.buf, `{"@attributes":{"count":"1"},`...)
	e.key(res.name)
	e.object(res, res.fields, row, rels, 0)
	e.buf = append(e.buf, '}')
}

// page writes the envelope of a list.
func (e *encoder) page(res *resource, rows []int, rels []*loaded, next, previous string) {
	e.buf = append(e.buf, `{"@attributes":{"next":`...)
	e.buf = appendString(e.buf, next)
	e.buf = append(e.buf, `,"previous":`...)
	e.buf = appendString(e.buf, previous)
	e.buf = append(e.buf, '}')
	if len(rows) > 0 {
		e.buf = append(e.buf, ',')
		e.key(res.name)
		e.list(res, res.fields, rows, rels, 0)
	}
	e.buf = append(e.buf, '}')
}

// total writes the answer to count=1.
func (e *encoder) total(n int) {
	e.buf = append(e.buf, `{"@attributes":{"count":"`...)
	e.buf = strconv.AppendInt(e.buf, int64(n), 10)
	e.buf = append(e.buf, `"}}`...)
}
