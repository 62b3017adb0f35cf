package sandbox

import (
	"slices"
)

// resource describes one kind of record: its fields in their order, and what requests may do with it. A new resource is a new
// entry in the schema. A row is a number that only the resource's own functions interpret.
type resource struct {
	name      string
	fields    []field
	hidden    []field       // for filters and sorting only
	pseudo    []pseudoField // for filters only
	sorts     []string      // the first is the primary id
	relations []*relation
	rights    []string // one of them is needed to read; none: no right is
	write     []string // one of them is needed to write

	count    func(a *Account) int
	find     func(a *Account, id int64) (row int, ok bool)
	exists   func(a *Account, row int) bool // nil: every row does
	archived func(a *Account, row int) bool // nil: records cannot be archived
	// narrow returns all rows, ascending by id, that can have one of these values in the field, which may be that of a relation
	// (Contact.email); false: it is not known which.
	narrow func(a *Account, field string, values []value) ([]int, bool)
	// order returns an ordering by a field other than the id that is ready; false: rows are sorted for each request.
	order func(a *Account, field string) (ordering, bool)

	create func(a *Account, in payload) (row int, rep *reply)
	update func(a *Account, row int, in payload) *reply
	remove func(a *Account, row int) *reply
	// touched is when a row changed last, in nanoseconds, for a search that lags; nil: it does not.
	touched func(a *Account, row int) int64
	// under are the lists at {Resource}/{id}/{name}, actions what POST does at {Resource}/{id}/{name}.
	under   map[string]*underList
	actions map[string]*action
	// echo are the relations that answers to POST and PUT always have.
	echo []string
}

// underList is the list of the records of another resource that belong to one record.
type underList struct {
	target *resource
	by     string // the target's field that holds the id of the record
	rights []string
	create func(a *Account, row int, in payload) (newRow int, rep *reply)
}

// action is something done to a record that makes another one of the same resource.
type action struct {
	rights []string
	// find finds the record, perhaps by another number than its id.
	find func(a *Account, id int64) (row int, ok bool)
	run  func(a *Account, row int, in payload) (newRow int, rep *reply)
}

// field is one scalar of a record.
type field struct {
	name string
	kind kind
	get  func(a *Account, row int) value
	// prefix is the field's name as JSON with the opening quote of the value.
	prefix string
}

// pseudoField is a filter for any of several fields, such as itemCode.
type pseudoField struct {
	name   string
	fields []string
	text   bool // all of them are text, so that every operator can be used
}

// relation is a record, or a list of records, that load_relations adds.
type relation struct {
	name    string
	many    bool
	wrap    string // key of the wrapper of a list
	element string // key of the object, or of the elements in the wrapper
	always  bool   // always shown, at no cost
	unasked bool   // only in answers to writes; it cannot be asked for
	blank   bool   // shown as "" when there are no rows, instead of not at all
	target  *resource
	fields  []field // what is shown; nil: all fields of the target
	// rows returns the related rows. Nil: the sandbox accepts the relation, and it is empty.
	rows func(a *Account, row int, buf []int) []int
	// subs are the relations one level below.
	subs []*relation
}

func (r *relation) shown() []field {
	if r.fields != nil {
		return r.fields
	}
	return r.target.fields
}

func (r *resource) relation(name string) *relation { return findRelation(r.relations, name) }

func findRelation(list []*relation, name string) *relation {
	for _, rel := range list {
		if rel.name == name && !rel.always {
			return rel
		}
	}
	return nil
}

func (r *resource) field(name string) (*field, bool) {
	for i := range r.fields {
		if r.fields[i].name == name {
			return &r.fields[i], true
		}
	}
	for i := range r.hidden {
		if r.hidden[i].name == name {
			return &r.hidden[i], true
		}
	}
	return nil, false
}

// pick is the fields of those names, in that order.
func (r *resource) pick(names ...string) []field {
	out := make([]field, 0, len(names))
	for _, n := range names {
		f, ok := r.field(n)
		if !ok {
			panic("sandbox: resource " + r.name + " has no field " + n)
		}
		out = append(out, *f)
	}
	return out
}

func (r *resource) id(a *Account, row int) int64 { return r.fields[0].get(a, row).n }

func (r *resource) has(a *Account, row int) bool { return r.exists == nil || r.exists(a, row) }

func col(name string, k kind, get func(a *Account, row int) value) field {
	return field{name: name, kind: k, get: get, prefix: `"` + name + `":"`}
}

// constant is a field that always has the same value in the sandbox.
func constant(name string, k kind, v value) field {
	return col(name, k, func(*Account, int) value { return v })
}

func zeros(names ...string) []field {
	out := make([]field, len(names))
	for i, n := range names {
		out[i] = constant(n, kindInt, value{})
	}
	return out
}

// emptyOne and emptyMany are relations of Lightspeed's without rows in the sandbox.
func emptyOne(name string, subs ...*relation) *relation { return &relation{name: name, subs: subs} }

func emptyMany(name string, subs ...*relation) *relation {
	return &relation{name: name, many: true, subs: subs}
}

// schema is the resource table.
type schema struct {
	byName map[string]*resource
}

func newSchema() schema {
	s := schema{byName: map[string]*resource{}}
	levels := priceLevelResource()
	registers := registerResource()
	stock := itemShopResource()
	categories := categoryResource()
	makers := manufacturerResource()
	types := paymentTypeResource()
	taxes, classes := taxResources()
	sets, matrices, tags := attributeSetResource(), itemMatrixResource(categories, makers, classes), tagResource()
	items := itemResource(itemLinks{stock, categories, makers, classes, itemAttributesResource(sets), tags})
	vendors := vendorResource()
	orders, orderLines := orderResources(vendors)
	shops := shopResource(registers, levels, taxes)
	customers := customerResource()
	sales, lines, payments := saleResources(related{items, customers, shops, taxes, classes, types})
	for _, r := range []*resource{
		shops, registers, employeeResource(), levels, types, items, stock, categories, makers,
		taxes, classes, customers, sales, lines, payments, sets, matrices, tags, vendors, orders, orderLines,
	} {
		s.byName[r.name] = r
	}
	return s
}

// smallFind is the find function of a small table, which is searched from its beginning to its end.
func smallFind(r *resource) func(a *Account, id int64) (int, bool) {
	return func(a *Account, id int64) (int, bool) {
		for row := range r.count(a) {
			if r.id(a, row) == id {
				return row, true
			}
		}
		return 0, false
	}
}

// narrowByID serves filters on the primary id.
func narrowByID(r *resource) func(a *Account, field string, values []value) ([]int, bool) {
	return func(a *Account, field string, values []value) ([]int, bool) {
		if field != r.fields[0].name {
			return nil, false
		}
		var rows []int
		for _, v := range values {
			if row, ok := r.find(a, v.n); ok {
				rows = append(rows, row)
			}
		}
		slices.Sort(rows)
		return slices.Compact(rows), true
	}
}
