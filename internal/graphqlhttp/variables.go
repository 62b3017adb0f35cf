package graphqlhttp

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// plainVariables replaces the library's text for a variable with a wrong value, which is about Go types, by one that says what
// the value must be. Other errors stay as they are.
func plainVariables(list gqlerror.List, schema *ast.Schema, op *ast.OperationDefinition) gqlerror.List {
	out := make(gqlerror.List, len(list))
	for i, err := range list {
		out[i] = err
		if len(err.Path) < 2 || err.Path[0] != ast.PathName("variable") {
			continue
		}
		plain := *err
		plain.Message = variableMessage(schema, op, err.Path[1:])
		out[i] = &plain
	}
	return out
}

// variableMessage follows the path into the variable's type as far as the schema knows it.
func variableMessage(schema *ast.Schema, op *ast.OperationDefinition, path ast.Path) string {
	name := "$" + strings.TrimPrefix(path.String(), "$")
	root, _ := path[0].(ast.PathName)
	definition := op.VariableDefinitions.ForName(string(root))
	if definition == nil {
		return fmt.Sprintf("The variable %s is not valid.", name)
	}
	typ := definition.Type
	for _, step := range path[1:] {
		switch step := step.(type) {
		case ast.PathIndex:
			if typ.Elem != nil {
				typ = typ.Elem
			}
		case ast.PathName:
			object := schema.Types[typ.Name()]
			field := object.Fields.ForName(string(step))
			if field == nil {
				return fmt.Sprintf("The variable %s is not valid. The type %s has no such field.", name, object.Name)
			}
			typ = field.Type
		}
	}
	return fmt.Sprintf("The variable %s must be a value of the type %s.", name, typ)
}
