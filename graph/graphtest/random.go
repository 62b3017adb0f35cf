package graphtest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Random writes operations at random that are valid, and small enough to be accepted. The same source writes the same ones.
type Random struct {
	Schema  *ast.Schema
	Source  *rand.Rand
	IDs     []string
	Texts   []string            // for texts, keys and numbers of Lightspeed's
	Cursors map[string][]string // by the name of the list that they are from
	Named   map[string][]any    // by the name of an argument or input field: values with a meaning
}

// Document is an operation with one or several root fields.
type Document struct {
	Query     string
	Variables map[string]any
	Alone     []Document // the same root fields, each in a document of its own
}

// What a document has at most, well below the limits of the API.
const (
	mostAliases = 25
	mostDepth   = 4
	pageSize    = 4
)

// Document writes an operation with these root fields.
func (r *Random) Document(kind ast.Operation, fields ...*ast.FieldDefinition) Document {
	w := &randomDocument{Random: r, variables: map[string]any{}}
	var parts []Document
	for i, field := range fields {
		from, begun := len(w.declared), w.body.Len()
		fmt.Fprintf(&w.body, "f%d: %s", i, field.Name)
		w.aliases++
		w.arguments(field)
		if def := r.Schema.Types[field.Type.Name()]; def.IsCompositeType() {
			w.selection(def, 1, "")
		}
		parts = append(parts, w.document(kind, from, w.body.String()[begun:]))
	}
	whole := w.document(kind, 0, w.body.String())
	whole.Alone = parts
	return whole
}

// document declares the variables from one on.
func (w *randomDocument) document(kind ast.Operation, from int, body string) Document {
	declared, variables := "", map[string]any{}
	for i, text := range w.declared[from:] {
		declared += " " + text
		name := variable(from + i)
		variables[name] = w.variables[name]
	}
	if declared != "" {
		declared = "(" + declared[1:] + ")"
	}
	return Document{Query: fmt.Sprintf("%s%s { %s }", kind, declared, body), Variables: variables}
}

func variable(i int) string { return fmt.Sprintf("v%d", i) }

type randomDocument struct {
	*Random
	body      strings.Builder
	declared  []string
	variables map[string]any
	aliases   int
}

func (r *Random) chance(percent int) bool { return r.Source.IntN(100) < percent }

func pick[T any](r *Random, list []T) T { return list[r.Source.IntN(len(list))] }

// arguments gives a field what it requires, and some of what it does not.
func (w *randomDocument) arguments(field *ast.FieldDefinition) {
	var given []string
	paged := false
	for _, a := range field.Arguments {
		isSize := a.Name == "first" || a.Name == "last"
		switch {
		case isSize && (paged || a.Name == "first" && w.chance(15)):
			continue // one of them, so that lists are short
		case isSize:
			paged = true
		case !required(a) && w.chance(45):
			continue
		}
		name := variable(len(w.declared))
		w.declared = append(w.declared, fmt.Sprintf("$%s: %s", name, a.Type))
		if of := w.Cursors[field.Name]; a.Type.Name() == "Cursor" && len(of) > 0 && w.chance(90) {
			w.variables[name] = pick(w.Random, of)
		} else {
			w.variables[name] = w.value(a.Name, a.Type, 0)
		}
		given = append(given, fmt.Sprintf("%s: $%s", a.Name, name))
	}
	if len(given) > 0 {
		w.body.WriteString("(" + strings.Join(given, ", ") + ")")
	}
}

// selection asks for some of what a type has, its identity always.
func (w *randomDocument) selection(def *ast.Definition, depth int, prefix string) {
	w.body.WriteString(" { __typename")
	defer w.body.WriteString(" }")
	if def.IsAbstractType() {
		w.possible(def, depth)
		return
	}
	leaves := 6
	for _, i := range w.Source.Perm(len(def.Fields)) {
		field := def.Fields[i]
		child := w.Schema.Types[field.Type.Name()]
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		alias := ""
		if prefix != "" {
			if w.aliases >= mostAliases {
				return
			}
			alias = prefix + field.Name + ": "
		}
		always := field.Name == "id" || field.Name == "userErrors" || field.Name == "edges" || strings.HasSuffix(def.Name, "Payload")
		switch {
		case !child.IsCompositeType():
			if leaves--; leaves < 0 && !always {
				continue
			}
			w.body.WriteString(" " + alias + field.Name)
			w.arguments(field)
		case depth >= mostDepth || !always && field.Name != "node" && w.chance(20*depth+30):
			continue
		default:
			w.body.WriteString(" " + alias + field.Name)
			w.arguments(field)
			w.selection(child, depth+1, "")
		}
		if alias != "" {
			w.aliases++
		}
	}
}

// possible asks for some of what some of the types have. Fields of one name may be of several types, so each gets a name of its own.
func (w *randomDocument) possible(def *ast.Definition, depth int) {
	if def.Fields.ForName("id") != nil {
		w.body.WriteString(" id")
	}
	types := w.Schema.GetPossibleTypes(def)
	for _, i := range w.Source.Perm(len(types))[:min(3, len(types))] {
		fmt.Fprintf(&w.body, " ... on %s", types[i].Name)
		w.selection(types[i], max(depth, mostDepth-1), types[i].Name+"_")
	}
}

// value makes something of a type and name.
func (r *Random) value(name string, t *ast.Type, depth int) any {
	if t.Elem != nil {
		list := make([]any, r.Source.IntN(4))
		for i := range list {
			list[i] = r.value(name, t.Elem, depth+1)
		}
		return list
	}
	if named := r.Named[name]; len(named) > 0 && r.chance(85) {
		return pick(r, named)
	}
	switch def := r.Schema.Types[t.Name()]; {
	case def.Kind == ast.InputObject:
		return r.object(def, depth)
	case def.Kind == ast.Enum:
		return pick(r, def.EnumValues).Name
	}
	switch t.Name() {
	case "ID":
		return r.id()
	case "Cursor":
		return pick(r, r.Cursors[pick(r, slices.Sorted(maps.Keys(r.Cursors)))])
	case "Boolean":
		return r.chance(50)
	case "Int":
		if name == "first" || name == "last" {
			return 1 + r.Source.IntN(pageSize)
		}
		return pick(r, []any{0, 1, 2, 3, 5, 50})
	case "Int64":
		return pick(r, []any{"1", "2", "3", "1000"})
	case "Decimal":
		return pick(r, []any{"1", "2.5", "0", "19.99"})
	case "Date":
		return pick(r, []any{"2026-05-01", "2026-05-02", "2026-06-01"})
	case "DateTime":
		return pick(r, []any{"2026-05-01T10:00:00Z", "2026-05-02T18:01:00Z", "2026-06-01T00:00:00Z"})
	case "TimeOfDay":
		return pick(r, []any{"05:00", "23:00"})
	default:
		return pick(r, r.Texts)
	}
}

// object gives an input object what it requires, and some of what it does not.
func (r *Random) object(def *ast.Definition, depth int) map[string]any {
	object := map[string]any{}
	for _, field := range def.Fields {
		if required := field.Type.NonNull && field.DefaultValue == nil; required || depth < 4 && r.chance(35) {
			object[field.Name] = r.value(field.Name, field.Type, depth+1)
		}
	}
	if len(object) == 0 && depth == 0 {
		field := pick(r, def.Fields)
		object[field.Name] = r.value(field.Name, field.Type, depth+1)
	}
	return object
}

// id takes an id, or now and then one that resembles it.
func (r *Random) id() string {
	id := pick(r, r.IDs)
	if !r.chance(10) {
		return id
	}
	prefix, suffix := id[:strings.LastIndexByte(id, '_')], id[strings.LastIndexByte(id, '_')+1:]
	switch r.Source.IntN(3) {
	case 0: // the same of another kind
		other := pick(r, r.IDs)
		return other[:strings.LastIndexByte(other, '_')] + "_" + suffix
	case 1: // another of the kind
		changed := []byte(suffix)
		slices.Reverse(changed[20:])
		return prefix + "_" + string(changed)
	default: // as nobody would write it
		return strings.ToUpper(id)
	}
}
