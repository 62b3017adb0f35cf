package inorder_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

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
