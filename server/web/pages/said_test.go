package pages_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sayers are the folders whose messages staff read.
var sayers = []string{"../../../graph", "../../../jobs", "../../../internal/retail", "../../../internal/records"}

// notForStaff are the parts of them that talk to programs or operators, or are not on the pages.
var notForStaff = []string{
	"graph/customerdata", "graph/download", "graph/productimport", "graph/orderimport", "graph/tokens", "graph/site/", "graph/feed", "graph/internal",
	"graph/graphtest", "graph/paging", "graph/preview/list.go", "graph/stream", "graph/nodes.go", "graph/errors.go", "graph/published.go", "graph/downloadlink.go",
	"graph/catalogue/csv", "graph/allow.go", "internal/retail/customerdata", "jobs/link", "jobs/jobstest", "internal/retail/gtin", "graph/resolver.go",
	"graph/model", "internal/records/alertemail", "internal/records/sitedeletion", "internal/records/tenancy",
}

var (
	sentence    = regexp.MustCompile(`^[A-Z{].* .*[.!?:]$`)
	sentenceEnd = regexp.MustCompile(`([.!?]) ([A-Z{⟦])`)
)

// Each sentence that staff may read is in the catalogues of what the API says. The test reads the sentences from the sources, so that a new
// one is not forgotten.
func TestWhatTheAPISaysIsTranslated(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("ui/messages/api/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no catalogue", err)
	}
	said := sentences(t)
	if len(said) < 400 {
		t.Errorf("only %d sentences were found", len(said))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var catalogue struct{ Sentences map[string]string }
		if err := json.Unmarshal(text, &catalogue); err != nil {
			t.Fatal(err)
		}
		for s, at := range said {
			if catalogue.Sentences[s] == "" {
				t.Errorf("%s: %s lacks %q", at, filepath.Base(file), s)
			}
		}
	}
}

// sentences returns the sentences for staff in the sources, and where each is.
func sentences(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, root := range sayers {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			skip := func(part string) bool { return strings.Contains(filepath.ToSlash(path), "/"+part) }
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "generated") || slices.ContainsFunc(notForStaff, skip) {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				e, ok := n.(ast.Expr)
				if !ok {
					return true
				}
				text, literal := literal(e)
				if !literal {
					return true
				}
				text = strings.ReplaceAll(strings.TrimSpace(text), "Manufact. SKU", "Manufact.\u00a0SKU") // a field, which ends no sentence
				for _, s := range strings.Split(sentenceEnd.ReplaceAllString(text, "$1\n$2"), "\n") {
					s = strings.ReplaceAll(s, "\u00a0", " ")
					if sentence.MatchString(s) && !strings.ContainsAny(s, "⟦%") {
						found[s] = files.Position(e.Pos()).String()
					}
				}
				return false
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// literal is a text in the source, or a sum of texts, with ⟦⟧ for what is none.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, e.Kind == token.STRING && err == nil
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		if !ok {
			left = "⟦⟧"
		}
		right, too := literal(e.Y)
		if !too {
			right = "⟦⟧"
		}
		return left + right, ok || too
	}
	return "", false
}
