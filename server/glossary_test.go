package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"possync/internal/database/databasetest"
)

// unwanted are the words for which docs/glossary.md has another one. No name may contain them.
func unwanted() []string {
	return []string{
		"told", "tell", "tells", "lane", "lanes", "desk", "desks", "judge", "judges", "judged", "judgement", "verdict", "verdicts",
		"adopt", "keeper", "beat", "trouble", "surplus", "tidy", "upkeep", "flight", "flights", "handover", "rush", "crowd", "world", "promise",
	}
}

// In names, as in messages and docs, each idea has the one word that the glossary gives it.
func TestRepositoryNamesFollowTheGlossary(t *testing.T) {
	databasetest.NotRaced(t)
	word := regexp.MustCompile(`[A-Z]+[a-z0-9]*|[a-z0-9]+`)
	check := func(file, name string) {
		for _, w := range word.FindAllString(name, -1) {
			if slices.Contains(unwanted(), strings.ToLower(w)) {
				t.Errorf("%s: %s: docs/glossary.md has another word for %q", file, name, w)
			}
		}
	}
	goFiles(t, func(file, text string) {
		check(file, strings.TrimSuffix(path.Base(file), ".go"))
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		check(file, parsed.Name.Name)
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				check(file, n.Name.Name)
			case *ast.TypeSpec:
				check(file, n.Name.Name)
			case *ast.ValueSpec:
				for _, name := range n.Names {
					check(file, name.Name)
				}
			case *ast.Field:
				for _, name := range n.Names {
					check(file, name.Name)
				}
			case *ast.AssignStmt:
				if n.Tok == token.DEFINE {
					for _, left := range n.Lhs {
						if name, ok := left.(*ast.Ident); ok {
							check(file, name.Name)
						}
					}
				}
			}
			return true
		})
	})
}
