package plain_test

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/internal/plain"
)

// Hooks look at the fields of mutations alone.
func TestFields(t *testing.T) {
	for kind, want := range map[ast.Operation]bool{ast.Query: true, ast.Subscription: true, ast.Mutation: false} {
		if got := plain.Fields(&graphql.OperationContext{Operation: &ast.OperationDefinition{Operation: kind}}); got != want {
			t.Errorf("%s: %t, want %t", kind, got, want)
		}
	}
}
