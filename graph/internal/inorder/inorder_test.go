package inorder_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph/internal/inorder"
)

func TestMarshal(t *testing.T) {
	ctx := graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{RecoverFunc: graphql.DefaultRecover})
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{}})
	var order []int
	list := inorder.Marshal(ctx, 3, func(ctx context.Context, i int) graphql.Marshaler {
		order = append(order, i)
		if at := graphql.GetFieldContext(ctx).Index; at == nil || *at != i {
			t.Errorf("element %d has the index %v", i, at)
		}
		if i == 1 {
			panic("broken")
		}
		return graphql.MarshalInt(i)
	})
	var written bytes.Buffer
	list.MarshalGQL(&written)
	if got := written.String(); got != "[0,null,2]" {
		t.Errorf("the list is %s", got)
	}
	if len(order) != 3 || order[0] != 0 || order[2] != 2 {
		t.Errorf("the order is %v", order)
	}
	errs := graphql.GetErrors(ctx)
	if len(errs) != 1 || !strings.HasSuffix(errs[0].Path.String(), "[1]") {
		t.Errorf("the errors are %v", errs)
	}
	if empty := inorder.Marshal(ctx, 0, nil); len(empty) != 0 {
		t.Errorf("an empty list has %d elements", len(empty))
	}
}

// fieldsOf is a set of fields with these names, of an object that is the second in a list or the first.
func fieldsOf(t *testing.T, second bool, names ...string) (context.Context, *graphql.OperationContext, *graphql.FieldSet) {
	t.Helper()
	oc := &graphql.OperationContext{
		RecoverFunc: graphql.DefaultRecover,
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
			return next(ctx)
		},
	}
	ctx := graphql.WithOperationContext(t.Context(), oc)
	ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, graphql.DefaultRecover)
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{}})
	index := 0
	if second {
		index = 1
	}
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &index})
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{}}) // the node of an edge
	var fields []graphql.CollectedField
	for _, name := range names {
		fields = append(fields, graphql.CollectedField{Field: &ast.Field{Name: name, Alias: name}})
	}
	return ctx, oc, graphql.NewFieldSet(fields)
}

// Of all elements of a list but the first a field is resolved at once, elsewhere when the object's fields are. What it resolves to counts the
// same.
func TestResolve(t *testing.T) {
	for _, second := range []bool{true, false} {
		ctx, oc, out := fieldsOf(t, second, "size", "price", "stock", "brand")
		resolved := 0
		resolve := func(i int, nonNull bool, value graphql.Marshaler) {
			inorder.Resolve(ctx, oc, out, i, true, nonNull, func(context.Context) graphql.Marshaler {
				resolved++
				if value == nil {
					panic("broken")
				}
				return value
			})
		}
		resolve(0, true, graphql.MarshalInt(5))
		if at := map[bool]int{true: 1, false: 0}[second]; resolved != at {
			t.Errorf("second %t: %d fields are resolved, want %d", second, resolved, at)
		}
		resolve(1, false, graphql.Null)         // nullable, and null
		resolve(2, true, nil)                   // not nullable, and it panics
		resolve(3, false, graphql.RequiredNull) // not nullable below
		if !second {
			out.Values[1], out.Values[2], out.Values[3] = nil, nil, nil
			ctx, oc, out = fieldsOf(t, second, "size")
			resolve(0, true, graphql.Null)
			out.Dispatch(ctx)
			if out.Values[0] != graphql.Null || out.Invalids != 1 {
				t.Errorf("elsewhere: %v, %d invalid", out.Values[0], out.Invalids)
			}
			continue
		}
		out.Dispatch(ctx)
		if out.Values[1] != graphql.Null || out.Values[2] != graphql.Null || out.Invalids != 2 || resolved != 4 {
			t.Errorf("in a list: %v, %d invalid, %d resolved", out.Values, out.Invalids, resolved)
		}
		if errs := graphql.GetErrors(ctx); len(errs) != 1 {
			t.Errorf("in a list: the errors are %v", errs)
		}
	}
}

// What is answered from the settings is resolved at once, and what reads the database beside each other.
func TestResolveRoot(t *testing.T) {
	ctx, oc, out := fieldsOf(t, false, "shops", "products", "priceLevels")
	var order []string
	for i, name := range []string{"shops", "products", "priceLevels"} {
		field := graphql.CollectedField{Field: &ast.Field{Name: name}}
		rootCtx := graphql.WithRootFieldContext(ctx, &graphql.RootFieldContext{Object: "Query", Field: field})
		inorder.ResolveRoot(rootCtx, oc, out, i, true, name != "priceLevels", func(ctx context.Context) graphql.Marshaler {
			if at := graphql.GetRootFieldContext(ctx); at == nil || at.Field.Name != name {
				t.Errorf("%s is resolved as %v", name, at)
			}
			order = append(order, name)
			return graphql.Null
		})
	}
	if got := strings.Join(order, " "); got != "shops priceLevels" {
		t.Errorf("at once are resolved %q", got)
	}
	out.Dispatch(ctx)
	if got := strings.Join(order, " "); got != "shops priceLevels products" || out.Invalids != 2 {
		t.Errorf("resolved are %q, %d are invalid", got, out.Invalids)
	}
}
