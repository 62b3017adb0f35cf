package graphqlhttp

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// locateLiterals adds the path to errors about a value that is written in the document: to its field, then through its argument, as an
// error of the same field has it that is found later. In a fragment the path begins there. Other errors stay as they are.
func locateLiterals(list gqlerror.List, doc *ast.QueryDocument) gqlerror.List {
	paths := map[gqlerror.Location]ast.Path{}
	for _, op := range doc.Operations {
		literalsOf(op.SelectionSet, nil, paths)
	}
	for _, f := range doc.Fragments {
		literalsOf(f.SelectionSet, nil, paths)
	}
	out := make(gqlerror.List, len(list))
	for i, err := range list {
		out[i] = err
		if len(err.Path) > 0 || len(err.Locations) == 0 {
			continue
		}
		if path := paths[err.Locations[0]]; path != nil {
			located := *err
			located.Path = path
			out[i] = &located
		}
	}
	return out
}

// literalsOf notes the paths of all values in a selection, by where they stand in the text.
func literalsOf(set ast.SelectionSet, at ast.Path, paths map[gqlerror.Location]ast.Path) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			field := below(at, ast.PathName(s.Alias))
			for _, a := range s.Arguments {
				literals(a.Value, below(field, ast.PathName(a.Name)), paths)
			}
			literalsOf(s.SelectionSet, field, paths)
		case *ast.InlineFragment:
			literalsOf(s.SelectionSet, at, paths)
		}
	}
}

func literals(v *ast.Value, at ast.Path, paths map[gqlerror.Location]ast.Path) {
	stands(v.Position, at, paths)
	for i, child := range v.Children {
		path := below(at, ast.PathName(child.Name))
		if v.Kind == ast.ListValue {
			path = below(at, ast.PathIndex(i))
		}
		stands(child.Position, path, paths) // an input field, at its name
		literals(child.Value, path, paths)
	}
}

func stands(position *ast.Position, at ast.Path, paths map[gqlerror.Location]ast.Path) {
	if position != nil {
		paths[gqlerror.Location{Line: position.Line, Column: position.Column}] = at
	}
}

// below is a path of its own.
func below(at ast.Path, step ast.PathElement) ast.Path {
	return append(at[:len(at):len(at)], step)
}
