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

// forms is the gqlgen extension that answers with user errors when a date, a time or a number of an input cannot be read: a person typed
// these, and the page shows each error beside its field. So do mutations, and queries whose result has user errors, such as previews.
// Everything else that does not fit the schema is the program's fault, and an error of the request.
//
// A mutation that is about rows of its input, see byRow, runs all the same: it is told which rows have such values.
type forms struct{ schema *ast.Schema }

var (
	_ graphql.HandlerExtension     = (*forms)(nil)
	_ graphql.OperationInterceptor = (*forms)(nil)
	_ graphql.RootFieldInterceptor = (*forms)(nil)
)

// ExtensionName implements graphql.HandlerExtension.
func (*forms) ExtensionName() string { return formsName }

const formsName = "Forms"

// Validate implements graphql.HandlerExtension. It is called once, before the first operation.
func (f *forms) Validate(schema graphql.ExecutableSchema) error {
	f.schema = schema.Schema()
	return nil
}

// InterceptRootField implements graphql.RootFieldInterceptor.
func (f *forms) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	operation, field := graphql.GetOperationContext(ctx), graphql.GetRootFieldContext(ctx).Field
	if operation.Operation.Operation == ast.Subscription || field.Definition == nil {
		return next(ctx)
	}
	payload := f.schema.Types[field.Definition.Type.Name()]
	if !answerable(payload) || !mayUse(ctx, field.Definition) {
		return next(ctx)
	}
	found := f.unreadable(field, operation.Variables)
	if !found.Any() {
		return next(ctx)
	}
	return refused(operation, payload, field.Selections, found)
}

// unreadable returns what cannot be read of a field's arguments.
func (f *forms) unreadable(field graphql.CollectedField, variables map[string]any) (found usererror.List) {
	given := field.ArgumentMap(variables)
	for _, a := range field.Definition.Arguments {
		f.check(&found, a.Type, given[a.Name], nil)
	}
	return found
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

// readers are the scalars that people type, each with how it is read, what to tell them, and a value that can be read.
var readers = map[string]struct {
	read     func(any) error
	message  string
	readable string
}{
	"Date": {
		func(v any) error { return new(retail.Date).UnmarshalGQL(v) },
		"This is not a date of the calendar. Enter one such as 2026-05-02.", "2026-05-02",
	},
	"TimeOfDay": {
		func(v any) error { return new(retail.TimeOfDay).UnmarshalGQL(v) },
		"This is not a time of day. Enter one from 00:00 to 23:59.", "00:00",
	},
	"Decimal": {
		func(v any) error { _, err := scalar.UnmarshalDecimal(v); return err },
		"This is not a number. Enter one such as 12.50.", "0",
	},
	"DateTime": {
		func(v any) error { _, err := scalar.UnmarshalDateTime(v); return err },
		"This is not a date and time. Enter one such as 2026-05-02T18:20:31Z.", "2026-05-02T18:20:31Z",
	},
}

// check notes what cannot be read of a value, with the path to it in the input. A value of another shape is left to gqlgen.
func (f *forms) check(found *usererror.List, t *ast.Type, value any, path []any) {
	below := func(step any) []any { return append(path[:len(path):len(path)], step) }
	if value == nil {
		return
	}
	if t.Elem != nil {
		for i, element := range graphql.CoerceList(value) {
			f.check(found, t.Elem, element, below(i))
		}
		return
	}
	if reader, ok := readers[t.Name()]; ok {
		if reader.read(value) != nil {
			found.Add(usererror.Invalid, reader.message, path...)
		}
		return
	}
	if object, ok := value.(map[string]any); ok {
		for _, field := range f.schema.Types[t.Name()].Fields { // those of an input object: no other type of an argument has any
			f.check(found, field.Type, object[field.Name], below(field.Name))
		}
	}
}

// answerable reports whether a payload can be written that has user errors alone.
func answerable(payload *ast.Definition) bool {
	if payload.Fields.ForName("userErrors") == nil {
		return false
	}
	for _, field := range payload.Fields {
		if _, ok := nothing(field.Type); !ok {
			return false
		}
	}
	return true
}

// nothing returns what a payload has in a field when nothing was done: null where it may be, and else an empty list, zero or false.
func nothing(t *ast.Type) (graphql.Marshaler, bool) {
	switch {
	case !t.NonNull:
		return graphql.Null, true
	case t.Elem != nil:
		return graphql.Array{}, true
	case t.Name() == "Int":
		return graphql.MarshalInt(0), true
	case t.Name() == "Boolean":
		return graphql.MarshalBoolean(false), true
	}
	return graphql.Null, false
}

// refused writes a payload that has user errors alone, and nothing in its other fields.
func refused(operation *graphql.OperationContext, payload *ast.Definition, selected ast.SelectionSet, found usererror.List) graphql.Marshaler {
	return object(operation, payload.Name, selected, func(field graphql.CollectedField) graphql.Marshaler {
		if field.Name != "userErrors" {
			value, _ := nothing(field.Definition.Type)
			return value
		}
		list := graphql.Array{}
		for _, e := range found {
			list = append(list, object(operation, "UserError", field.Selections, func(field graphql.CollectedField) graphql.Marshaler {
				return ofError(operation, e, field)
			}))
		}
		return list
	})
}

// ofError writes a field of a user error.
func ofError(operation *graphql.OperationContext, e *usererror.Error, field graphql.CollectedField) graphql.Marshaler {
	list := graphql.Array{}
	switch field.Name {
	case "code":
		return graphql.MarshalString(string(e.Code))
	case "message":
		return graphql.MarshalString(e.Message)
	case "messageParameters":
		for _, p := range e.MessageParameters {
			list = append(list, object(operation, "MessageParameter", field.Selections, func(field graphql.CollectedField) graphql.Marshaler {
				if field.Name == "name" {
					return graphql.MarshalString(p.Name)
				}
				return graphql.MarshalString(p.Value)
			}))
		}
	case "field":
		for _, step := range e.Field {
			list = append(list, graphql.MarshalString(step))
		}
	default:
		panic("forms: the user error has no field " + field.Name)
	}
	return list
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
