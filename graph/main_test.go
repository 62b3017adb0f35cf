package graph_test

import (
	"testing"
	_ "time/tzdata"

	"github.com/vektah/gqlparser/v2/ast"
	"go.uber.org/goleak"

	"possync/graph"
	"possync/internal/graphqlhttp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// schema is the API's schema as it is served.
func schema() *ast.Schema { return graph.NewSchema(graph.Deps{}).Schema() }

// rootFields returns the fields of a root type.
func rootFields(def *ast.Definition) ast.FieldList {
	var fields ast.FieldList
	for _, f := range def.Fields {
		if len(f.Name) < 2 || f.Name[:2] != "__" {
			fields = append(fields, f)
		}
	}
	return fields
}

// unbounded lets generated documents through, which ask for everything at once.
func unbounded(_ *graph.Deps, o *graph.HTTPOptions) {
	o.Limits = graphqlhttp.Limits{
		BodyBytes: 4 << 20, DocBytes: 1 << 20, Tokens: 1 << 20, Fields: 1 << 20, Depth: 100, Aliases: 1 << 20, RootFields: 100, Cost: 1 << 30,
	}
}
