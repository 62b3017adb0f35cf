package graphtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Selection writes a selection of everything that can be asked of a type without arguments, each with __typename. On the way
// down a type appears at most so many times.
func Selection(schema *ast.Schema, def *ast.Definition, times int) string {
	var b strings.Builder
	writeSelection(&b, schema, def, map[string]int{}, times, "")
	return b.String()
}

func writeSelection(b *strings.Builder, schema *ast.Schema, def *ast.Definition, path map[string]int, times int, prefix string) {
	b.WriteString("{ __typename ")
	defer b.WriteString("} ")
	if def.IsAbstractType() {
		for _, possible := range schema.GetPossibleTypes(def) {
			fmt.Fprintf(b, "... on %s ", possible.Name)
			// Fields of one name may be of several types, so each gets a name of its own, see Name.
			writeSelection(b, schema, possible, path, times, possible.Name+"_")
		}
		return
	}
	path[def.Name]++
	defer func() { path[def.Name]-- }()
	for _, field := range def.Fields {
		if strings.HasPrefix(field.Name, "__") || slices.ContainsFunc(field.Arguments, required) {
			continue
		}
		alias := ""
		if prefix != "" {
			alias = prefix + field.Name + ": "
		}
		child := schema.Types[field.Type.Name()]
		switch {
		case !child.IsCompositeType():
			b.WriteString(alias + field.Name + " ")
		case child.Name == def.Name && (field.Name == "previous" || field.Name == "next"):
			// Everything of the neighbours too would make three of each document.
			b.WriteString(alias + field.Name + " { __typename id } ")
		case path[child.Name] < times:
			b.WriteString(alias + field.Name + " ")
			writeSelection(b, schema, child, path, times, "")
		}
	}
}

// Name returns the name of the field that stands in a response under the given key.
func Name(key string) string {
	if _, name, ok := strings.Cut(key, "_"); ok && !strings.HasPrefix(key, "__") {
		return name
	}
	return key
}

func required(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }

// Operation is a generated operation on one root field.
type Operation struct {
	Kind      ast.Operation
	Field     *ast.FieldDefinition
	Query     string
	Variables map[string]any
	Varied    string // which argument or input field was varied, and how
}

// Pool is what arguments are given.
type Pool struct {
	IDs     []string
	Texts   []string // for texts, keys and numbers of Lightspeed's
	Cursors []string
	Named   map[string]any // by the name of an input field: values with a meaning
}

// Plain returns the operation that gives a root field what it requires and asks for everything, going down through each
// type so many times.
func Plain(schema *ast.Schema, kind ast.Operation, field *ast.FieldDefinition, pool Pool, times int) Operation {
	return newOperation(schema, kind, field, pool.required(schema, field), "nothing", times)
}

// required returns values for the arguments that must be given.
func (p Pool) required(schema *ast.Schema, field *ast.FieldDefinition) map[string]any {
	values := map[string]any{}
	for _, a := range field.Arguments {
		if required(a) {
			values[a.Name] = p.sample(schema, a.Name, a.Type)
		}
	}
	return values
}

// Operations returns operations on a root field that between them give each argument and each input field each value of
// the pool that fits its type. The first, plain one goes down through every type twice, so that each edge is walked.
func Operations(schema *ast.Schema, kind ast.Operation, field *ast.FieldDefinition, pool Pool) []Operation {
	base := pool.required(schema, field)
	operations := []Operation{Plain(schema, kind, field, pool, 2)}
	for _, a := range field.Arguments {
		for _, v := range pool.variants(schema, a.Name, a.Type) {
			variables := maps.Clone(base)
			variables[a.Name] = v.value
			operations = append(operations, newOperation(schema, kind, field, variables, v.how, 1))
		}
	}
	return operations
}

func newOperation(schema *ast.Schema, kind ast.Operation, field *ast.FieldDefinition, variables map[string]any, varied string, times int) Operation {
	var declared, given []string
	for _, a := range field.Arguments {
		if _, ok := variables[a.Name]; ok {
			declared = append(declared, fmt.Sprintf("$%s: %s", a.Name, a.Type))
			given = append(given, fmt.Sprintf("%s: $%s", a.Name, a.Name))
		}
	}
	brackets := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return "(" + strings.Join(list, ", ") + ")"
	}
	selection := ""
	if def := schema.Types[field.Type.Name()]; def.IsCompositeType() {
		selection = Selection(schema, def, times)
	}
	return Operation{
		Kind: kind, Field: field, Variables: variables, Varied: varied,
		Query: fmt.Sprintf("%s%s { %s%s %s}", kind, brackets(declared), field.Name, brackets(given), selection),
	}
}

type variant struct {
	value any
	how   string
}

// variants returns the values that something of a type and name can be given.
func (p Pool) variants(schema *ast.Schema, name string, t *ast.Type) []variant {
	if t.Elem != nil {
		elements := p.variants(schema, name, t.Elem)
		if schema.Types[t.Elem.Name()].IsLeafType() {
			all := make([]any, len(elements))
			for i, v := range elements {
				all[i] = v.value
			}
			return []variant{{all, name + " with everything"}}
		}
		list := make([]variant, len(elements))
		for i, v := range elements {
			list[i] = variant{[]any{v.value}, v.how + " in a list"}
		}
		return list
	}
	def := schema.Types[t.Name()]
	var list []variant
	add := func(values ...any) {
		for _, v := range values {
			list = append(list, variant{v, fmt.Sprintf("%s = %v", name, v)})
		}
	}
	if def.Kind == ast.InputObject {
		for _, field := range def.Fields {
			for _, v := range p.variants(schema, field.Name, field.Type) {
				object, _ := p.sample(schema, name, t).(map[string]any)
				object[field.Name] = v.value
				if field.Name == filter && byFilter(def) {
					maps.DeleteFunc(object, func(name string, _ any) bool { return strings.HasSuffix(name, "Ids") })
					object[expectedCount] = 1
				}
				list = append(list, variant{object, name + "." + v.how})
			}
		}
		return list
	}
	if v, ok := p.Named[name]; ok {
		add(v)
	}
	switch {
	case def.Kind == ast.Enum:
		for _, v := range def.EnumValues {
			add(v.Name)
		}
	case t.Name() == "ID":
		for _, id := range p.IDs {
			add(id)
		}
	case t.Name() == "String":
		for _, text := range p.Texts {
			add(text)
		}
	case t.Name() == "Cursor":
		for _, cursor := range p.Cursors {
			add(cursor)
		}
	case t.Name() == "Boolean":
		add(true, false)
	case t.Name() == "Int":
		add(1, 50)
	case t.Name() == "DateTime" && t.NonNull:
		add("2026-05-01T10:00:00Z")
	case t.Name() == "Date" && t.NonNull:
		add("2026-05-01")
	}
	return list
}

// The fields of acts on many that find them by a filter.
const filter, expectedCount = "where", "expectedCount"

// byFilter reports whether an input names what to act on by ids, or else by a filter.
func byFilter(def *ast.Definition) bool {
	return def.Fields.ForName(expectedCount) != nil && def.Fields.ForName(filter) != nil
}

// sample returns one value of a type: of an input object one with all its fields.
func (p Pool) sample(schema *ast.Schema, name string, t *ast.Type) any {
	if t.Elem != nil {
		return []any{p.sample(schema, name, t.Elem)}
	}
	def := schema.Types[t.Name()]
	if def.Kind == ast.InputObject {
		object := map[string]any{}
		for _, field := range def.Fields {
			if field.Name == filter && byFilter(def) { // it is given in place of ids
				continue
			}
			if v := p.sample(schema, field.Name, field.Type); v != nil {
				object[field.Name] = v
			}
		}
		return object
	}
	if v, ok := p.Named[name]; ok {
		return v
	}
	if variants := p.variants(schema, name, t); len(variants) > 0 && t.NonNull {
		return variants[0].value
	}
	return nil
}
