package main

import (
	"strings"
	"testing"
)

// A function that marshals a value, and a field that is one.
const (
	enum = `func (ec *executionContext) marshalNKind2possyncᚋinternalᚋretailᚐKind(ctx context.Context, sel ast.SelectionSet, v retail.Kind) graphql.Marshaler {
	return v
}
`
	text = `func (ec *executionContext) marshalNString2string(ctx context.Context, sel ast.SelectionSet, v string) graphql.Marshaler {
	_ = sel
	res := graphql.MarshalString(v)
	if res == graphql.Null {
		graphql.AddInvalidNullFromMarshaler(ctx, "String!")
	}
	return res
}
`
	instant = `func (ec *executionContext) marshalODateTime2ᚖtimeᚐTime(ctx context.Context, sel ast.SelectionSet, v *time.Time) graphql.Marshaler {
	if v == nil {
		return graphql.Null
	}
	_ = sel
	_ = ctx
	res := scalar.MarshalDateTime(*v)
	return res
}
`
	object = `func (ec *executionContext) marshalOShop2ᚖpossyncᚋentᚐShop(ctx context.Context, sel ast.SelectionSet, v *ent.Shop) graphql.Marshaler {
	if v == nil {
		return graphql.Null
	}
	return ec._Shop(ctx, sel, v)
}
`
)

func fieldCode(value, goType, marshal string) string {
	return `func (ec *executionContext) _Item_x(ctx context.Context, field graphql.CollectedField, obj *catalogue.Item) (ret graphql.Marshaler) {
	return graphql.ResolveField(
		ctx,
		ec.OperationContext,
		field,
		func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
			return ec.fieldContext_Item_x(ctx, field)
		},
		func(ctx context.Context) (any, error) {
			return ` + value + `
		},
		nil,
		func(ctx context.Context, selections ast.SelectionSet, v ` + goType + `) graphql.Marshaler {
			return ec.` + marshal + `(ctx, selections, v)
		},
		true,
		true,
	)
}
`
}

// Fields that are a value are written as they are. What may fail, asks for more or is an object is not.
func TestPlainFields(t *testing.T) {
	found := map[string]int{}
	findMarshalers(enum+text+instant+object, found)
	if len(found) != 3 {
		t.Fatalf("values are written by %v", found)
	}
	for _, c := range []struct {
		value, goType, marshal string
		want                   string // what is written; "" = the field stays
	}{
		{"obj.Kind, nil", "retail.Kind", "marshalNKind2possyncᚋinternalᚋretailᚐKind", "ec.marshalNKind2possyncᚋinternalᚋretailᚐKind(ctx, nil, obj.Kind)"},
		{"obj.Name, nil", "string", "marshalNString2string", "ec.marshalNString2string(ctx, nil, obj.Name)"},
		{"obj.Label(), nil", "string", "marshalNString2string", "ec.marshalNString2string(ctx, nil, obj.Label())"},
		{"obj.AsOf, nil", "*time.Time", "marshalODateTime2ᚖtimeᚐTime", "ec.marshalODateTime2ᚖtimeᚐTime(ctx, nil, obj.AsOf)"},
		{"obj.Name(ctx)", "string", "marshalNString2string", ""},
		{"ec.Resolvers.Item().Name(ctx, obj)", "string", "marshalNString2string", ""},
		{"obj.Shop, nil", "*ent.Shop", "marshalOShop2ᚖpossyncᚋentᚐShop", ""},
	} {
		code := fieldCode(c.value, c.goType, c.marshal)
		changed := plainFields(code, found, map[int]int{})
		want := code
		if c.want != "" {
			want = strings.Replace(code, "{\n\treturn graphql", "{\n\tif plain.Fields(ec.OperationContext) {\n\t\treturn "+c.want+"\n\t}\n\treturn graphql", 1)
		}
		if changed != want {
			t.Errorf("%s becomes\n%s", c.value, changed)
		}
	}
}
