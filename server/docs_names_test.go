package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// names are what the code declares and spells.
type names struct {
	declared map[string]map[string]bool // by package: its exported declarations
	words    map[string]bool            // every word of the code written by hand and of the contract
}

func readNames(t *testing.T) names {
	t.Helper()
	n := names{map[string]map[string]bool{}, map[string]bool{}}
	word := regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
	goFiles(t, func(path, text string) {
		for _, w := range word.FindAllString(text, -1) {
			n.words[w] = true
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		exported := n.declared[file.Name.Name]
		if exported == nil {
			exported = map[string]bool{}
			n.declared[file.Name.Name] = exported
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				exported[d.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						exported[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							exported[name.Name] = true
						}
					}
				}
			}
		}
	})
	contract, err := filepath.Glob("../graph/*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range contract {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range word.FindAllString(string(text), -1) {
			n.words[w] = true
		}
	}
	return n
}

// Every identifier that a page names is in the code or in the contract.
func TestDocsIdentifiersExist(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing runs concurrently")
	}
	n, found := readNames(t), 0
	eachMatch(t, "`([A-Za-z_]+(?:\\.[A-Za-z_]+)*)(?:\\(\\))?`", func(page string, name []string) {
		found++
		if pkg, ident, qualified := strings.Cut(name[0], "."); qualified && n.declared[pkg] != nil {
			if !n.declared[pkg][ident] {
				t.Errorf("%s names %s, which is not there", page, name[0])
			}
			return
		}
		for part := range strings.SplitSeq(name[0], ".") {
			if !n.words[part] && !n.words[strings.ToUpper(part)] { // a value of an enum may be shown in lower case
				t.Errorf("%s names %s, which is not there", page, name[0])
			}
		}
	})
	if found < 100 {
		t.Errorf("only %d names found", found)
	}
}
