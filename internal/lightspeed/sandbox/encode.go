package sandbox

import "strconv"

// encoder writes records as Lightspeed does: every scalar a string, a list of one as an object, an empty list as nothing, unset
// dates left out.
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

// shape is what is shown of the records of a resource.
type shape struct {
	res    *resource
	fields []field
	loads  []*loaded
}

// whole is a resource with all its fields and these relations.
func whole(res *resource, loads []*loaded) shape { return shape{res, res.fields, loads} }

// separate writes a comma unless an object or a list has just begun.
func (e *encoder) separate() {
	if last := e.buf[len(e.buf)-1]; last != '{' && last != '[' {
		e.buf = append(e.buf, ',')
	}
}

// object writes one record.
func (e *encoder) object(s shape, row, depth int) {
	e.buf = append(e.buf, '{')
	bad := e.mangle.hits(depth)
	for i := range s.fields {
		f := &s.fields[i]
		if bad && e.mangle.omits(f.name) {
			continue
		}
		v := f.get(e.a, row)
		if f.kind == kindTime && v.n == 0 {
			continue
		}
		e.separate()
		e.buf = append(e.buf, f.prefix...)
		if bad && f.kind != kindText && f.kind != kindTime && e.mangle.bare(f.name) {
			e.buf = appendScalar(e.buf[:len(e.buf)-1], f.kind, v)
			continue
		}
		e.buf = append(appendScalar(e.buf, f.kind, v), '"')
	}
	for _, l := range s.loads {
		if !bad || !e.mangle.omits(l.rel.name) {
			e.related(l, row, depth)
		}
	}
	for _, rel := range s.res.relations {
		if rel.always && !(bad && e.mangle.omits(rel.name)) {
			e.related(&loaded{rel: rel}, row, depth)
		}
	}
	e.buf = append(e.buf, '}')
}

// related writes the key and the rows of a relation, or nothing if there are none.
func (e *encoder) related(l *loaded, row, depth int) {
	rel := l.rel
	if rel.rows == nil {
		return
	}
	rows := rel.rows(e.a, row, e.scratch[depth][:0])
	e.scratch[depth] = rows[:0]
	if len(rows) == 0 && !rel.blank {
		return
	}
	e.separate()
	if len(rows) == 0 {
		e.key(rel.name)
		e.buf = append(e.buf, '"', '"')
		return
	}
	if rel.many {
		e.key(rel.wrap)
		e.buf = append(e.buf, '{')
	}
	e.key(rel.element)
	e.list(shape{rel.target, rel.shown(), l.subs}, rows, depth+1)
	if rel.many {
		e.buf = append(e.buf, '}')
	}
}

// list writes one row as an object and several as a list.
func (e *encoder) list(s shape, rows []int, depth int) {
	if len(rows) == 1 {
		e.object(s, rows[0], depth)
		return
	}
	e.buf = append(e.buf, '[')
	for _, row := range rows {
		e.separate()
		e.object(s, row, depth)
	}
	e.buf = append(e.buf, ']')
}

func (e *encoder) key(name string) {
	e.buf = append(e.buf, '"')
	e.buf = append(e.buf, name...)
	e.buf = append(e.buf, '"', ':')
}

// single writes the answer with one record, to reads and writes alike.
func (e *encoder) single(s shape, row int) {
	e.buf = append(e.buf, `{"@attributes":{"count":"1"},`...)
	e.key(s.res.name)
	e.object(s, row, 0)
	e.buf = append(e.buf, '}')
}

// neighbours are the URLs of the pages before and after a page; empty = there is none.
type neighbours struct{ next, previous string }

// page writes the answer with a page of records.
func (e *encoder) page(s shape, rows []int, links neighbours) {
	e.buf = append(e.buf, `{"@attributes":{"next":`...)
	e.buf = appendString(e.buf, links.next)
	e.buf = append(e.buf, `,"previous":`...)
	e.buf = appendString(e.buf, links.previous)
	e.buf = append(e.buf, '}')
	if len(rows) > 0 {
		e.buf = append(e.buf, ',')
		e.key(s.res.name)
		e.list(s, rows, 0)
	}
	e.buf = append(e.buf, '}')
}

// total writes the answer to count=1.
func (e *encoder) total(n int) {
	e.buf = append(e.buf, `{"@attributes":{"count":"`...)
	e.buf = strconv.AppendInt(e.buf, int64(n), 10)
	e.buf = append(e.buf, `"}}`...)
}
