package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent/product"
	"possync/graph/graphtest"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// typed are the scalars that people type into forms.
var typed = []string{"Date", "TimeOfDay", "Decimal", "DateTime"}

// typedPaths lists the paths to all values of these scalars below a type, lists by their first element.
func typedPaths(s *ast.Schema, t *ast.Type, path []string, within map[string]bool) (all [][]string) {
	if t.Elem != nil {
		return typedPaths(s, t.Elem, append(slices.Clone(path), "0"), within)
	}
	def := s.Types[t.Name()]
	if slices.Contains(typed, def.Name) {
		return [][]string{path}
	}
	if def.Kind != ast.InputObject || within[def.Name] {
		return nil
	}
	inner := map[string]bool{def.Name: true}
	maps.Copy(inner, within)
	for _, field := range def.Fields {
		all = append(all, typedPaths(s, field.Type, append(slices.Clone(path), field.Name), inner)...)
	}
	return all
}

// put returns the value with another at a path, and makes what is missing on the way.
func put(value any, path []string, bad any) any {
	if len(path) == 0 {
		return bad
	}
	if path[0] == "0" {
		list, _ := value.([]any)
		if len(list) == 0 {
			list = []any{nil}
		}
		list = slices.Clone(list)
		list[0] = put(list[0], path[1:], bad)
		return list
	}
	object, _ := value.(map[string]any)
	object = maps.Clone(object)
	if object == nil {
		object = map[string]any{}
	}
	object[path[0]] = put(object[path[0]], path[1:], bad)
	return object
}

// Whatever date, time or number of a mutation's input cannot be read is a user error with the path to it, and nothing is done. So it is in a
// query whose result has user errors. Where each row has a result, it is an error of its row.
func TestBadValuesInFormsAreUserErrors(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	graphtest.NewRetailer(t, client)
	api := graphtest.New(t, client, unbounded)
	s := schema()
	pool := graphtest.Pool{IDs: []string{"x"}, Texts: []string{"x"}, Named: map[string]any{
		"placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1, "quantity": "1", "unitPrice": "1", "amount": "1", "price": "1", "windowStart": "05:00", "windowEnd": "23:00",
	}}
	tried, ofRows := map[string]bool{}, map[string]bool{}
	for _, kind := range []ast.Operation{ast.Mutation, ast.Query} {
		root := map[ast.Operation]*ast.Definition{ast.Mutation: s.Mutation, ast.Query: s.Query}[kind]
		for _, field := range rootFields(root) {
			if s.Types[field.Type.Name()].Fields.ForName("userErrors") == nil {
				continue
			}
			role := tenant.RoleView
			if allow := field.Directives.ForName("allow"); allow != nil {
				role = tenant.Role(strings.ToLower(allow.Arguments.ForName("roles").Value.Children[0].Value.Raw))
			}
			for _, a := range field.Arguments {
				for _, path := range typedPaths(s, a.Type, nil, nil) {
					for _, bad := range []any{"nonsense", 5.5, []any{"1"}} {
						op := graphtest.Plain(s, kind, field, pool, 1)
						op.Variables = map[string]any{a.Name: put(op.Variables[a.Name], path, bad)}
						answer := api.As(t, "a", role).Ask(op.Query, op.Variables)
						var data map[string]struct {
							UserErrors []formError
							Results    []struct{ UserErrors []formError }
						}
						err := json.Unmarshal(answer.Data, &data)
						wrong, within := data[field.Name].UserErrors, path
						alone := true
						if results := data[field.Name].Results; len(results) > 0 {
							wrong, within, alone = results[0].UserErrors, path[2:], false // the row's other values may be wrong too
							ofRows[field.Name] = true
						}
						at := slices.IndexFunc(wrong, func(e formError) bool { return slices.Equal(e.Field, within) })
						if err != nil || len(answer.Errors) > 0 || at < 0 || alone && len(wrong) != 1 || wrong[at].Code != "INVALID" || wrong[at].Message == "" {
							t.Errorf("%s with %v at %v: %v %.600s", field.Name, bad, path, err, answer.Body)
						}
						tried[fmt.Sprint(field.Name, path)] = true
					}
				}
			}
		}
	}
	if !tried["previewSaleDates[startDate]"] || len(tried) < 17 || len(ofRows) != 3 {
		t.Errorf("only %d fields of inputs were tried, with rows those of %v", len(tried), ofRows)
	}
}

// formError is a user error as the API promises it.
type formError struct {
	Code, Message     string
	Field             []string
	MessageParameters []struct{ Name, Value string }
}

// A row with a value that cannot be read is refused alone, with what else is wrong in it, and the other rows are stored.
func TestUnreadableValuesOfRows(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		lines := []row{{"key": "1", "productKey": "bell", "description": "Bell", "quantity": "1,5", "unitPrice": "10", "tax": "3"}}
		got := s.ImportOrders(graphtest.NewOrder("a"),
			graphtest.NewOrder("b", graphtest.With("lines", lines), graphtest.With("statusKey", "gone"), graphtest.With("placedAt", "May")),
			graphtest.NewOrder("a"), graphtest.NewOrder("c"))
		wantText(t, "orders", strings.Join(got, "; "),
			"a CREATED; b REFUSED INVALID:placedAt INVALID:lines/0/quantity NOT_FOUND:statusKey; a REFUSED DUPLICATE:key DUPLICATE:number; c CREATED")
		const literal = `mutation {
			one: importProducts(input: {products: [{key: "p1", name: "Pump", price: "1,5"}, {key: "p2", name: "Pump", price: "2"}]}) { ...r }
			...more
			three: importProducts(input: {products: {key: "p4", name: "", price: 5.5}}) { ...r }
		}
		fragment more on Mutation { two: importProducts(input: {products: [{key: "p3", name: "Pump", price: "3"}]}) { ...r } }
		fragment r on ImportProductsPayload { results { key outcome wrong: userErrors { __typename field parameters: messageParameters { name value } } } userErrors { code } }`
		for range 2 { // the document is kept from one request to the next
			tree := s.Platform.Tree(literal, nil)
			shown := func(alias string) string { return fmt.Sprint(graphtest.At(t, tree, alias+".results")) }
			const wrong = "map[__typename:UserError field:[price] parameters:[]]"
			if !strings.Contains(shown("one"), "[map[key:p1 outcome:REFUSED wrong:["+wrong+"]] map[key:p2 outcome:") || strings.Contains(shown("two"), "REFUSED") {
				t.Errorf("products: %v", tree)
			}
			if !strings.HasPrefix(shown("three"), "[map[key:p4 outcome:REFUSED wrong:["+wrong) {
				t.Errorf("a row that is no list: %v", tree)
			}
		}
		if n := s.Client.Product.Query().Where(product.KeyIn("p2", "p3")).CountX(s.Ctx); n != 2 {
			t.Errorf("%d products of rows without errors are stored", n)
		}
		if n := s.Client.Product.Query().Where(product.KeyIn("p1", "p4")).CountX(s.Ctx); n != 0 {
			t.Errorf("%d products of rows with errors are stored", n)
		}
		refused := s.Staff.Ask(literal, nil)
		if refused.Code() != "FORBIDDEN" {
			t.Errorf("staff import: %s", refused.Body)
		}
	})
}

// Of a page of sale dates nothing is saved when a date cannot be read, and all that is wrong with the others is said.
func TestUnreadableSaleDates(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.AddPricedProducts(3)
		before := s.SaleDates()
		payload := s.Staff.Tree(saveSaleDates, row{"p": []row{
			{"productId": s.Products[0], "startDate": "2026-5-01", "endDate": "2026-05-02"},
			{"productId": s.Products[1], "startDate": "2026-05-09", "endDate": "2026-05-02"},
			{"productId": "gone", "startDate": "soon"},
			{"productId": s.Products[2], "startDate": "2026-05-01"},
		}})["saveSaleDates"].(map[string]any)
		wantText(t, "wrong", graphtest.Wrongs(payload),
			"INVALID [products 0 startDate]; INVALID [products 1 endDate]; NOT_FOUND [products 2 productId]; INVALID [products 2 startDate]")
		wantSaleDates(t, s, "nothing was saved", before)
	})
}

// Who may not use a mutation learns that, whatever the input is; and a value of no enum stays an error of the request, with its path.
func TestFormsOfOthers(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		const dates = `mutation($in: SetSaleDatesInput!) { x: setSaleDates(input: $in) { count ...e __typename } } fragment e on SetSaleDatesPayload { wrong: userErrors { field code __typename with: messageParameters { name value } } }`
		in := row{"in": row{"where": row{}, "startDate": "2026-02-30", "endDate": "soon"}}
		if code := s.API.As(t, "a", tenant.RoleView).Ask(dates, in).Code(); code != "BAD_USER_INPUT" && code != "FORBIDDEN" {
			t.Errorf("a viewer gets %s", code)
		}
		wantText(t, "by aliases and fragments", fmt.Sprint(s.Staff.Tree(dates, in)["x"]),
			"map[__typename:SetSaleDatesPayload count:<nil> wrong:[map[__typename:UserError code:INVALID field:[startDate] with:[]] map[__typename:UserError code:INVALID field:[endDate] with:[]]]]")
		preview := s.Staff.Tree(`query($in: SetSaleDatesInput!) { p: previewSaleDates(input: $in) { count needsAcknowledgement examples { product { id } } userErrors { field } } }`,
			row{"in": row{"where": row{}, "startDate": "2026-1-01"}})["p"]
		wantText(t, "a preview", fmt.Sprint(preview), "map[count:0 examples:[] needsAcknowledgement:false userErrors:[map[field:[startDate]]]]")
		a := s.Staff.Ask(dates, row{"in": row{"acknowledge": []string{"NONSENSE"}}})
		if a.Code() != "BAD_USER_INPUT" || len(a.Errors[0].Path) == 0 {
			t.Errorf("a value of no enum: %s", a.Body)
		}
	})
}
