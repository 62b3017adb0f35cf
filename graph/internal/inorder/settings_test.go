package inorder

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// What is answered from the settings are fields of Query.
func TestSettingsFields(t *testing.T) {
	names, err := filepath.Glob("../../*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
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
