package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

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

// Whatever date, time or number of a mutation's input cannot be read is a user error with the path to it, and nothing is done.
func TestBadValuesInFormsAreUserErrors(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	graphtest.NewRetailer(t, client)
	api := graphtest.New(t, client, unbounded)
	s := schema()
	pool := graphtest.Pool{IDs: []string{"x"}, Texts: []string{"x"}, Named: map[string]any{
		"placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1, "quantity": "1", "unitPrice": "1", "amount": "1", "price": "1", "windowStart": "05:00", "windowEnd": "23:00",
	}}
	tried := map[string]bool{}
	for _, field := range rootFields(s.Mutation) {
		role := tenant.Role(strings.ToLower(field.Directives.ForName("allow").Arguments.ForName("roles").Value.Children[0].Value.Raw))
		for _, a := range field.Arguments {
			for _, path := range typedPaths(s, a.Type, nil, nil) {
				for _, bad := range []any{"nonsense", 5.5} {
					op := graphtest.Plain(s, ast.Mutation, field, pool, 1)
					op.Variables = map[string]any{a.Name: put(op.Variables[a.Name], path, bad)}
					answer := api.As(t, "a", role).Ask(op.Query, op.Variables)
					var data map[string]struct {
						UserErrors []struct {
							Code, Message string
							Field         []string
						}
					}
					_ = json.Unmarshal(answer.Data, &data)
					wrong := data[field.Name].UserErrors
					if len(answer.Errors) > 0 || len(wrong) != 1 || wrong[0].Code != "INVALID" || wrong[0].Message == "" || !slices.Equal(wrong[0].Field, path) {
						t.Errorf("%s with %v at %v: %.600s", field.Name, bad, path, answer.Body)
					}
					tried[fmt.Sprint(field.Name, path)] = true
				}
			}
		}
	}
	if len(tried) < 15 {
		t.Errorf("only %d fields of inputs were tried", len(tried))
	}
}

// Who may not use a mutation learns that, whatever the input is; and a value of no enum stays an error of the request, with its path.
func TestFormsOfOthers(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		const dates = `mutation($in: SetSaleDatesInput!) { x: setSaleDates(input: $in) { count ...e __typename } } fragment e on SetSaleDatesPayload { wrong: userErrors { field code } }`
		in := row{"in": row{"where": row{}, "startDate": "2026-02-30", "endDate": "soon"}}
		if code := s.API.As(t, "a", tenant.RoleView).Ask(dates, in).Code(); code != "BAD_USER_INPUT" && code != "FORBIDDEN" {
			t.Errorf("a viewer gets %s", code)
		}
		wantText(t, "by aliases and fragments", fmt.Sprint(s.Staff.Tree(dates, in)["x"]),
			"map[__typename:SetSaleDatesPayload count:<nil> wrong:[map[code:INVALID field:[startDate]] map[code:INVALID field:[endDate]]]]")
		a := s.Staff.Ask(dates, row{"in": row{"acknowledge": []string{"NONSENSE"}}})
		if a.Code() != "BAD_USER_INPUT" || len(a.Errors[0].Path) == 0 {
			t.Errorf("a value of no enum: %s", a.Body)
		}
	})
}
