package graph

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/scalar"
	"possync/graph/usererror"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// forms is the gqlgen extension that answers a mutation with user errors when a date, a time or a number of its input cannot be read: a
// person typed these, and the page shows each error beside its field. Everything else that does not fit the schema is the program's
// fault, and an error of the request.
type forms struct{ schema *ast.Schema }

var (
	_ graphql.HandlerExtension     = (*forms)(nil)
	_ graphql.RootFieldInterceptor = (*forms)(nil)
)

// ExtensionName implements graphql.HandlerExtension.
func (*forms) ExtensionName() string { return "Forms" }

// Validate implements graphql.HandlerExtension. It is called once, before the first operation.
func (f *forms) Validate(schema graphql.ExecutableSchema) error {
	f.schema = schema.Schema()
	return nil
}

// InterceptRootField implements graphql.RootFieldInterceptor.
func (f *forms) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	operation, field := graphql.GetOperationContext(ctx), graphql.GetRootFieldContext(ctx).Field
	if operation.Operation.Operation != ast.Mutation || field.Definition == nil || !mayUse(ctx, field.Definition) {
		return next(ctx)
	}
	payload := f.schema.Types[field.Definition.Type.Name()]
	var found usererror.List
	for _, a := range field.Definition.Arguments {
		f.check(&found, a.Type, field.ArgumentMap(operation.Variables)[a.Name], nil)
	}
	if !found.Any() || !answerable(payload) {
		return next(ctx)
	}
	return refused(operation, payload, field.Selections, found)
}

// mayUse reports whether who is acting has a role for the field: others learn that first.
func mayUse(ctx context.Context, field *ast.FieldDefinition) bool {
	d := field.Directives.ForName("allow")
	if d == nil {
		return true
	}
	p, _ := tenant.FromContext(ctx)
	for _, role := range d.Arguments.ForName("roles").Value.Children {
		if strings.EqualFold(role.Value.Raw, string(p.Role)) {
			return true
		}
	}
	return false
}

// readers are the scalars that people type, each with how it is read and what to tell them.
var readers = map[string]struct {
	read    func(any) error
	message string
}{
	"Date":      {func(v any) error { return new(retail.Date).UnmarshalGQL(v) }, "This is not a date of the calendar. Enter one such as 2026-05-02."},
	"TimeOfDay": {func(v any) error { return new(retail.TimeOfDay).UnmarshalGQL(v) }, "This is not a time of day. Enter one from 00:00 to 23:59."},
	"Decimal":   {func(v any) error { _, err := scalar.UnmarshalDecimal(v); return err }, "This is not a number. Enter one such as 12.50."},
	"DateTime": {func(v any) error { _, err := scalar.UnmarshalDateTime(v); return err },
		"This is not a date and time. Enter one such as 2026-05-02T18:20:31Z."},
}

// check notes what cannot be read of a value, with the path to it in the input. A value of another shape is left to gqlgen.
func (f *forms) check(found *usererror.List, t *ast.Type, value any, path []any) {
	below := func(step any) []any { return append(path[:len(path):len(path)], step) }
	switch v := value.(type) {
	case nil:
		return
	case []any:
		for i, element := range v {
			if t.Elem != nil {
				f.check(found, t.Elem, element, below(i))
			}
		}
		return
	case map[string]any:
		def := f.schema.Types[t.Name()]
		if def.Kind != ast.InputObject {
			break
		}
		for _, field := range def.Fields {
			f.check(found, field.Type, v[field.Name], below(field.Name))
		}
		return
	}
	if reader, ok := readers[t.Name()]; ok && reader.read(value) != nil {
		found.Add(usererror.Invalid, reader.message, path...)
	}
}

// answerable reports whether a payload can be written that has user errors alone.
func answerable(payload *ast.Definition) bool {
	if payload.Fields.ForName("userErrors") == nil {
		return false
	}
	for _, field := range payload.Fields {
		if field.Type.NonNull && field.Type.Elem == nil {
			return false
		}
	}
	return true
}

// refused writes a payload that has user errors alone: its lists are empty, and everything else is null.
func refused(operation *graphql.OperationContext, payload *ast.Definition, selected ast.SelectionSet, found usererror.List) graphql.Marshaler {
	return object(operation, payload.Name, selected, func(field graphql.CollectedField) graphql.Marshaler {
		switch {
		case field.Name == "userErrors":
			list := graphql.Array{}
			for _, e := range found {
				list = append(list, object(operation, "UserError", field.Selections, func(field graphql.CollectedField) graphql.Marshaler {
					switch field.Name {
					case "code":
						return graphql.MarshalString(string(e.Code))
					case "message":
						return graphql.MarshalString(e.Message)
					default:
						path := graphql.Array{}
						for _, step := range e.Field {
							path = append(path, graphql.MarshalString(step))
						}
						return path
					}
				}))
			}
			return list
		case field.Definition.Type.NonNull:
			return graphql.Array{}
		default:
			return graphql.Null
		}
	})
}

func object(operation *graphql.OperationContext, name string, selected ast.SelectionSet, value func(graphql.CollectedField) graphql.Marshaler) graphql.Marshaler {
	fields := graphql.CollectFields(operation, selected, []string{name})
	set := graphql.NewFieldSet(fields)
	for i, field := range fields {
		if field.Name == "__typename" {
			set.Values[i] = graphql.MarshalString(name)
			continue
		}
		set.Values[i] = value(field)
	}
	return set
}
