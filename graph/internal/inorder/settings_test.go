package inorder

import (
	"os"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// What is answered from the settings are fields of Query.
func TestSettingsFields(t *testing.T) {
	text, err := os.ReadFile("../../../docs/schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "docs/schema.graphql", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range settingsFields {
		if schema.Query.Fields.ForName(name) == nil {
			t.Errorf("Query has no field %s", name)
		}
	}
	if fromSettings("products") || !fromSettings("shops") {
		t.Error("products are answered from the settings, or shops are not")
	}
}
