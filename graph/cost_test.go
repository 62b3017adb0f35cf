package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// full selects every scalar of a type, and of the objects in it down to so many levels.
func full(s *ast.Schema, def *ast.Definition, levels int) string {
	var b strings.Builder
	for _, f := range rootFields(def) {
		below := s.Types[f.Type.Name()]
		switch {
		case len(f.Arguments) > 0 || strings.HasSuffix(below.Name, "Connection"):
		case below.IsLeafType():
			b.WriteString(f.Name + " ")
		case levels > 0:
			if set := full(s, below, levels-1); set != "" {
				b.WriteString(f.Name + " { " + set + "} ")
			}
		}
	}
	return b.String()
}

// limitOf is what a document may cost.
const limitOf = 10_000

// fits asks, and reports a document that costs too much. It need not find anything.
func fits(t *testing.T, c graphtest.Caller, name, query string, variables map[string]any) {
	t.Helper()
	a := c.Ask(query, variables)
	cost, _ := a.Extensions["cost"].(map[string]any)
	requested, _ := cost["requested"].(float64)
	if a.Code() == "COMPLEXITY_LIMIT" || requested == 0 || requested > limitOf || cost["limit"] != float64(limitOf) {
		t.Errorf("%s costs %v: %.300s", name, requested, a.Body)
	}
	t.Logf("%s costs %v", name, requested)
}

// Every documented maximum fits into a document: pages of 100, 250 ids or inputs with their results, the feed's 1,000 rows, and what the
// settings pages show at once.
func TestDocumentedMaximaFit(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	storetest.Site(t, client, "a")
	api := graphtest.New(t, client)
	s := schema()
	staff, platform := api.As(t, "a", tenant.RoleManage), api.As(t, "a", tenant.RoleService)
	for _, field := range rootFields(s.Query) {
		if !strings.HasSuffix(field.Type.Name(), "Connection") {
			continue
		}
		node := s.Types[s.Types[field.Type.Name()].Fields.ForName("edges").Type.Name()].Fields.ForName("node").Type.Name()
		set := full(s, s.Types[node], 0)
		fits(t, staff, "100 rows of "+field.Name, fmt.Sprintf("{ %s(first: 100) { totalCount pageInfo { %s} edges { cursor node { %s} } } }",
			field.Name, full(s, s.Types["PageInfo"], 0), set), nil)
	}
	ids := make([]string, 250)
	for i := range ids {
		ids[i] = fmt.Sprintf("prd_%d", i)
	}
	item, product, order := s.Types["PosItem"], s.Types["Product"], s.Types["Order"]
	rich := "id key name brand mpn gtin1 price { amount currencyCode } displayed effectivePrice { " + full(s, s.Types["EffectivePrice"], 1) +
		"} stock { " + full(s, s.Types["LocationStock"], 0) + "location { id name } } posItem { " + full(s, item, 0) + "}"
	fits(t, staff, "250 ids with rich fields", "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Product { "+rich+" } } }", map[string]any{"ids": ids})
	for name, query := range map[string]string{
		"the default page of orders with lines and payments": "{ orders { totalCount edges { node { " + full(s, order, 0) + "customer { " + full(s, s.Types["OrderCustomer"], 1) +
			"} lines { " + full(s, s.Types["OrderLine"], 1) + "} payments { " + full(s, s.Types["OrderPayment"], 1) + "} export { " + full(s, s.Types["OrderExport"], 1) +
			"} exportBlockers { code message advice } } } } }",
		"50 review rows with rivals": "{ reviewQueue(first: 50) { totalCount edges { node { " + full(s, item, 0) + "candidates { " + full(s, product, 0) + "price { amount } } rivals { " +
			full(s, item, 0) + "} decisions { id verdict product { id name } } stock { onHand shop { name } } } } } }",
		"1,000 rows of the feed": "{ productFeed(first: 1000) { endCursor hasMore sequence products { " + full(s, s.Types["FeedProduct"], 1) + "} } }",
		"a preview with its items": "{ previewSettings(input: {importSettings: {onHand: false}}) { " + full(s, s.Types["SettingsPreview"], 0) +
			"items(first: 100) { edges { node { effects item { " + full(s, item, 0) + "} before { displayed } after { displayed } } } } } }",
		"20 root fields": "{ " + strings.Repeat("site { id } ", 20) + "}",
	} {
		fits(t, staff, name, query, nil)
	}
	for _, field := range rootFields(s.Mutation) {
		payload := s.Types[field.Type.Name()]
		if payload.Fields.ForName("results") == nil {
			continue
		}
		caller := staff
		if strings.HasPrefix(field.Name, "import") {
			caller = platform
		}
		in := longest(s, s.Types[field.Arguments[0].Type.Name()])
		fits(t, caller, "250 rows of "+field.Name, fmt.Sprintf("mutation($in: %s) { %s(input: $in) { %s} }", field.Arguments[0].Type, field.Name,
			"results { "+full(s, s.Types[payload.Fields.ForName("results").Type.Name()], 1)+"} userErrors { code message field } "), map[string]any{"in": in})
	}
}

// longest returns an input whose first list has 250 elements, with no more than it must have.
func longest(s *ast.Schema, def *ast.Definition) map[string]any {
	in, done := map[string]any{}, false
	for _, f := range def.Fields {
		switch {
		case f.Type.Elem != nil && !done:
			list := make([]any, 250)
			for i := range list {
				list[i] = example(s, f.Type.Elem, i)
			}
			in[f.Name], done = list, true
		case f.Type.NonNull && f.DefaultValue == nil:
			in[f.Name] = example(s, f.Type, 0)
		}
	}
	return in
}

func example(s *ast.Schema, typ *ast.Type, i int) any {
	def := s.Types[typ.Name()]
	switch {
	case typ.Elem != nil:
		return []any{example(s, typ.Elem, i)}
	case def.Kind == ast.Enum:
		return def.EnumValues[0].Name
	case def.Kind == ast.InputObject:
		object := map[string]any{}
		for _, f := range def.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				object[f.Name] = example(s, f.Type, i)
			}
		}
		return object
	}
	switch def.Name {
	case "Int":
		return i + 1
	case "Boolean":
		return true
	case "Decimal":
		return "1"
	case "DateTime":
		return "2026-05-01T10:00:00Z"
	case "Date":
		return "2026-05-01"
	}
	return fmt.Sprint("x-", i)
}

// The weights name fields and types that there are.
func TestWeightsAreOfTheSchema(t *testing.T) {
	t.Parallel()
	s := schema()
	names := map[string]bool{}
	for _, def := range ours(s) {
		names[def.Name] = true
		for _, f := range rootFields(def) {
			names[f.Name], names[def.Name+"."+f.Name] = true, true
		}
	}
	for _, name := range graph.WeighedNames() {
		if !names[name] {
			t.Errorf("%s has a weight and is not in the schema", name)
		}
	}
}

// What makes the service do much fits into a document once.
func TestDearFieldsFitOnce(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	storetest.Site(t, client, "a")
	staff := graphtest.New(t, client).As(t, "a", tenant.RoleManage)
	feed := "productFeed(first: 1000) { products { " + full(schema(), schema().Types["FeedProduct"], 1) + "} }"
	for name, field := range map[string]string{"previews": "previewSettings(input: {}) { appearing }", "whole feeds": feed, "introspections": everything} {
		a := staff.Ask("{ a: "+field+" }", nil)
		t.Logf("one of the %s costs %v", name, a.Extensions["cost"])
		if a.Code() != "" || a.Status != http.StatusOK {
			t.Errorf("one of the %s: %.300s", name, a.Body)
		}
		if a := staff.Ask("{ a: "+field+" b: "+field+" }", nil); a.Code() != "COMPLEXITY_LIMIT" {
			t.Errorf("two %s: %.300s", name, a.Body)
		}
	}
}

// everything is what tools ask of the schema.
const everything = `__schema { queryType { name } mutationType { name } subscriptionType { name }
	types { kind name description fields(includeDeprecated: true) { name description isDeprecated deprecationReason
		args(includeDeprecated: true) { name description defaultValue isDeprecated deprecationReason ` + typeRef + ` } ` + typeRef + ` }
		inputFields(includeDeprecated: true) { name description defaultValue isDeprecated deprecationReason ` + typeRef + ` }
		interfaces { kind name } possibleTypes { kind name } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } }
	directives { name description locations args { name description defaultValue ` + typeRef + ` } } }`

const typeRef = `type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`
