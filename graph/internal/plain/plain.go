// Package plain says where the plain fields of objects, which are a value and cannot fail, are written without anything around them.
package plain

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Fields reports whether an operation's plain fields need no context of their own. gqlgen makes one for each value, with room for its
// arguments, its path and its children. In a mutation they do, because hooks look at it.
func Fields(oc *graphql.OperationContext) bool { return oc.Operation.Operation != ast.Mutation }
