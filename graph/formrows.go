package graph

import (
	"context"
	"maps"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/usererror"
)

// byRow are the mutations that have a result for each row of their input, and the field of the input that has the rows. A value that cannot
// be read is an error of its row there, beside the errors of the other rows.
var byRow = map[string]string{"importOrders": "orders", "importProducts": "products", "saveSaleDates": "products"}

// unreadableRows are the errors of a response's root fields, by their names in the response.
type unreadableRows map[string]usererror.List

// readableInput begins the name of the variable that holds a root field's input once all of it can be read. The name has spaces, so no document
// has a variable with it.
const readableInput = "readable input of "

// InterceptOperation implements graphql.OperationInterceptor. Before rows are decoded it puts values that can be read in the place of those
// that cannot, and keeps the errors for the resolvers: see [rowErrors].
func (f *forms) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	again := operation.Stats.GetExtension(formsName) != nil // a mutation that met another one
	if operation.Operation.Operation == ast.Mutation && !again {
		f.setApart(operation)
	}
	return next(ctx)
}

// setApart notes which rows have values that cannot be read, and has the operation run with others in their place.
func (f *forms) setApart(operation *graphql.OperationContext) {
	found := unreadableRows{}
	root := f.schema.Mutation.Name
	fields := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{root})
	variables := maps.Clone(operation.Variables)
	selected := make(ast.SelectionSet, len(fields))
	for i, field := range fields {
		own := *field.Field // the document is shared
		own.SelectionSet = field.Selections
		selected[i] = &own
		rows, ok := byRow[field.Name]
		if !ok || field.Definition == nil {
			continue
		}
		wrong := f.unreadable(field, operation.Variables)
		if !wrong.Any() || !within(wrong, rows) {
			continue
		}
		found[field.Alias] = wrong
		name := readableInput + field.Alias
		input := field.Definition.Arguments.ForName("input")
		variables[name] = f.readable(input.Type, field.ArgumentMap(operation.Variables)[input.Name])
		own.Arguments = ast.ArgumentList{{Name: input.Name, Value: &ast.Value{
			Kind: ast.Variable, Raw: name, Definition: f.schema.Types[input.Type.Name()], ExpectedType: input.Type,
		}}}
	}
	if len(found) == 0 {
		return
	}
	whole := *operation.Operation
	whole.SelectionSet = selected
	operation.Operation, operation.Variables = &whole, variables
	operation.Stats.SetExtension(formsName, found)
}

// within reports whether all errors are about rows.
func within(found usererror.List, rows string) bool {
	for _, e := range found {
		if len(e.Field) < 2 || e.Field[0] != rows {
			return false
		}
	}
	return true
}

// readable returns a copy of a value in which everything that people type can be read.
func (f *forms) readable(t *ast.Type, value any) any {
	if value == nil {
		return nil
	}
	if t.Elem != nil {
		given := graphql.CoerceList(value)
		list := make([]any, len(given))
		for i, element := range given {
			list[i] = f.readable(t.Elem, element)
		}
		return list
	}
	if reader, ok := readers[t.Name()]; ok {
		if reader.read(value) != nil {
			return reader.readable
		}
		return value
	}
	object, ok := value.(map[string]any)
	if !ok {
		return value
	}
	object = maps.Clone(object)
	for _, field := range f.schema.Types[t.Name()].Fields {
		if inner, given := object[field.Name]; given {
			object[field.Name] = f.readable(field.Type, inner)
		}
	}
	return object
}

// rowErrors returns what cannot be read of the rows of the field that is being resolved: by their places in the input, with paths into the
// row.
func rowErrors(ctx context.Context) map[int]usererror.List {
	found, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(formsName).(unreadableRows)
	if !ok {
		return nil
	}
	rows := map[int]usererror.List{}
	for _, e := range found[graphql.GetFieldContext(ctx).Field.Alias] {
		row, _ := strconv.Atoi(e.Field[1])
		own := *e
		own.Field = e.Field[2:]
		rows[row] = append(rows[row], &own)
	}
	return rows
}
