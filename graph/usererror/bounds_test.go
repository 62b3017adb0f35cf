package usererror_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// bounded are the words of a message that refuses a value because of a bound.
var bounded = regexp.MustCompile(`\b(at most|at least|too (long|many|much|large|small|short)|more than|must be from|not be (above|below|more|before)|above 0|or less|or more)\b`)

// figure is the bound itself: a number, or the place of one.
var figure = regexp.MustCompile(`[0-9]|\{(limit|least|all)\}|%[dsq]|\b(one|half)\b`)

// withoutFigure are the messages whose bound is no figure, with the reason.
var withoutFigure = map[string]string{
	"toDate must not be before fromDate.": "the bound is the other argument",
}

// A message that refuses a value because of a bound names the bound. The test reads the messages from the sources of the API, so that a new
// one is looked at too.
func TestMessagesNameTheirBounds(t *testing.T) {
	t.Parallel()
	found := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "generated") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !refuses(call) {
				return true
			}
			text := literal(call.Args[1])
			if !bounded.MatchString(text) {
				return true
			}
			found++
			t.Logf("%s: %s", files.Position(call.Pos()), text)
			if named := figure.MatchString(text); named == (withoutFigure[text] != "") {
				t.Errorf("%s: %q names its bound: %t", files.Position(call.Pos()), text, named)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 45 {
		t.Errorf("only %d messages about bounds were found", found)
	}
}

// refuses reports whether a call adds an error for people, or makes one for programs, whose second argument is its message.
func refuses(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 2 {
		return false
	}
	switch method.Sel.Name {
	case "Add", "Say", "Unfit":
		code, ok := call.Args[0].(*ast.SelectorExpr)
		if ok {
			from, ok := code.X.(*ast.Ident)
			return ok && from.Name == "usererror"
		}
		_, own := call.Args[0].(*ast.Ident)
		return own
	case "New":
		from, ok := method.X.(*ast.Ident)
		return ok && from.Name == "fault"
	}
	return false
}

// literal is what a message says where its text is in the source: the parts of a sum, and the form of what Sprintf makes.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			return ""
		}
		return text
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	case *ast.CallExpr:
		if len(e.Args) > 0 {
			return literal(e.Args[0])
		}
	}
	return ""
}
