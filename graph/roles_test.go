package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// allowed returns the roles that a root field's directive names; nil means everybody.
func allowed(field *ast.FieldDefinition) []tenant.Role {
	directive := field.Directives.ForName("allow")
	if directive == nil {
		return nil
	}
	var roles []tenant.Role
	for _, child := range directive.Arguments.ForName("roles").Value.Children {
		roles = append(roles, tenant.Role(strings.ToLower(child.Value.Raw)))
	}
	return roles
}

// Each root field serves the roles that its directive names and refuses the others, saying which role is missing.
func TestRoles(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, _ := storetest.Any(t)
	site := tenancytest.Fill(t, client, "a", "Quaxa", 2)
	api := graphtest.New(t, client, unbounded)
	pool := graphtest.Pool{IDs: site.SomeIDs(), Texts: []string{"key-1"}, Named: map[string]any{
		"windowStart": "05:00", "windowEnd": "23:00", "price": "1", "placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1,
		"currencyCode": "USD", "quantity": "1", "unitPrice": "1", "amount": "1",
	}}
	s := schema()
	for kind, root := range map[ast.Operation]*ast.Definition{ast.Query: s.Query, ast.Mutation: s.Mutation} {
		for _, field := range rootFields(root) {
			roles := allowed(field)
			if kind == ast.Mutation && len(roles) == 0 {
				t.Errorf("mutation %s says nothing of who may use it: it needs @allow", field.Name)
			}
			op := graphtest.Plain(s, kind, field, pool, 1)
			for _, role := range []tenant.Role{tenant.RoleView, tenant.RoleManage, tenant.RoleService} {
				answer := api.As(t, "a", role).Ask(op.Query, op.Variables)
				if roles == nil || slices.Contains(roles, role) {
					if len(answer.Errors) > 0 {
						t.Errorf("%s %s as %s: %s", kind, field.Name, role, answer.Body)
					}
					continue
				}
				if answer.Code() != "FORBIDDEN" || !strings.Contains(answer.Errors[0].Message, string(roles[0])) {
					t.Errorf("%s %s as %s: %s", kind, field.Name, role, answer.Body)
				}
			}
		}
	}
}

// Whoever is signed in can ask who they are, also before their site is registered.
func TestViewer(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	_, _ = storetest.Site(t, client, "a")
	api := graphtest.New(t, client)
	for _, c := range []struct {
		site string
		role tenant.Role
		want string
	}{
		{"a", tenant.RoleView, `{"viewer":{"userId":"ann","role":"VIEW","site":{"key":"a"},"expiresAt":"2026-05-02T19:20:31Z"}}`},
		{"new", tenant.RoleService, `{"viewer":{"userId":"ann","role":"SERVICE","site":null,"expiresAt":"2026-05-02T19:20:31Z"}}`},
	} {
		if answer := api.As(t, c.site, c.role).Ask("{ viewer { userId role site { key } expiresAt } }", nil); string(answer.Data) != c.want {
			t.Errorf("%s of %s: %s, want %s", c.role, c.site, answer.Body, c.want)
		}
	}
}

// Nobody gets anything, whatever the handler's own authentication makes of a token.
func TestNobody(t *testing.T) {
	t.Parallel()
	client, _ := storetest.Any(t)
	nobody := graphtest.New(t, client, func(_ *graph.Deps, o *graph.HTTPOptions) { o.Authenticate = graphtest.Nobody })
	for _, query := range []string{"{ site { id } }", "{ __typename }", "mutation { disconnectLightspeed { userErrors { code } } }"} {
		if answer := nobody.As(t, "a", tenant.RoleService).Ask(query, nil); answer.Code() != "UNAUTHENTICATED" {
			t.Errorf("%s answers %s", query, answer.Body)
		}
	}
	api := graphtest.New(t, client)
	if answer := api.As(t, "a", "boss").Ask("{ site { id } }", nil); answer.Code() != "UNAUTHENTICATED" || answer.Status != 401 {
		t.Errorf("an unknown role answers %d %s", answer.Status, answer.Body)
	}
}

// Before the platform registers a site its queries answer with nothing, and its mutations say what is missing.
func TestUnregisteredSite(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		api := graphtest.New(t, client, unbounded)
		s := schema()
		pool := graphtest.Pool{IDs: []string{"run_01m83kb0bwek481sx0q6k8q612"}, Texts: []string{"key-1"}, Named: map[string]any{
			"windowStart": "05:00", "windowEnd": "23:00", "price": "1", "placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1,
			"currencyCode": "USD", "quantity": "1", "unitPrice": "1", "amount": "1",
		}}
		for _, field := range rootFields(s.Query) {
			op := graphtest.Plain(s, ast.Query, field, pool, 1)
			if answer := api.As(t, "new", tenant.RoleView).Ask(op.Query, op.Variables); len(answer.Errors) > 0 {
				t.Errorf("query %s: %s", field.Name, answer.Body)
			}
		}
		for _, field := range rootFields(s.Subscription) {
			op := graphtest.Plain(s, ast.Subscription, field, pool, 1)
			stream := api.As(t, "new", tenant.RoleView).Subscribe(op.Query, op.Variables)
			if answer := stream.Next(); len(answer.Errors) > 0 {
				t.Errorf("subscription %s: %s", field.Name, answer.Body)
			}
			stream.Close()
		}
		for _, field := range rootFields(s.Mutation) {
			// A link is signed and not stored, and the files of a site without rows are empty.
			if field.Name == "registerSite" || field.Name == "createDownloadLink" {
				continue
			}
			op := graphtest.Plain(s, ast.Mutation, field, pool, 1)
			answer := api.As(t, "new", allowed(field)[0]).Ask(op.Query, op.Variables)
			if answer.Code() != "NOT_FOUND" || !strings.Contains(answer.Body, "registerSite") {
				t.Errorf("mutation %s: %s", field.Name, answer.Body)
			}
		}
	})
}
