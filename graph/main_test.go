package graph_test

import (
	"testing"
	_ "time/tzdata"

	"github.com/vektah/gqlparser/v2/ast"
	"go.uber.org/goleak"

	"possync/graph"
	"possync/internal/database/databasetest"
	"possync/internal/graphqlhttp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// skipVolume leaves out, in the race pass, what asks everything one after the other. TestRoles asks each root field for each of
// its types too, and its fields are resolved side by side there as they are here.
func skipVolume(t *testing.T) {
	t.Helper()
	if !databasetest.Volume(t) {
		t.Skip("volume")
	}
}

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
