package app_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"possync/internal/tenant"
	"possync/server/auth"
)

// The platform deletes its site through the running server: nobody else may, it needs the key typed again, changes are refused meanwhile, and
// afterwards the key is as it was before it was registered.
func TestDeleteSite(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		r := f.start(t)
		defer r.end(t)
		awaitReady(t, r)
		old := map[tenant.Role]string{}
		for _, role := range []tenant.Role{tenant.RoleView, tenant.RoleManage, tenant.RoleService} {
			old[role] = must(f.signer.Sign(auth.Token{
				Site: "bikes", User: "u", Role: role, ExpiresAt: time.Now().Add(time.Hour), IssuedAt: time.Now().Add(-time.Hour),
			}))(t)
		}
		with := func(token, query string) string {
			t.Helper()
			body, err := json.Marshal(map[string]string{"query": query})
			if err != nil {
				t.Fatal(err)
			}
			response := post(t, r.URL(), token, "", string(body))
			defer func() { _ = response.Body.Close() }()
			return string(must(io.ReadAll(response.Body))(t))
		}
		ask := func(role tenant.Role, query string) string {
			t.Helper()
			return with(f.token(t, role), query)
		}
		const (
			deleteSite = `mutation { deleteSite(input: {siteKey: "bikes"}) { siteDeletion { requestedBy } userErrors { code } } }`
			location   = `mutation { importLocations(input: {locations: [{key: "a", name: "A"}]}) { locations { key } } }`
			details    = `registerSite(input: {name: "Bikes", currencyCode: "USD", timeZone: "UTC"}) { site { key } }`
		)
		if got := ask(tenant.RoleService, deleteSite); !strings.Contains(got, "not registered") {
			t.Errorf("before it is registered: %s", got)
		}
		ask(tenant.RoleService, "mutation { "+details+" }")
		ask(tenant.RoleService, location)
		for role, token := range old {
			if got := with(token, `{ site { key } }`); !strings.Contains(got, "bikes") {
				t.Errorf("an old token for %s, before: %s", role, got)
			}
		}
		if got := ask(tenant.RoleManage, deleteSite); !strings.Contains(got, "FORBIDDEN") {
			t.Errorf("staff: %s", got)
		}
		if got := ask(tenant.RoleService, strings.Replace(deleteSite, "bikes", "Bikes", 1)); !strings.Contains(got, "ACKNOWLEDGEMENT_REQUIRED") {
			t.Errorf("with another key: %s", got)
		}
		if got := ask(tenant.RoleView, `{ siteDeletion { requestedBy } locations { key } }`); !strings.Contains(got, `"siteDeletion":null`) || !strings.Contains(got, `"a"`) {
			t.Errorf("after it was refused: %s", got)
		}
		// One document asks, asks again, and tries to change something: its last fields see what the first has done.
		if got := ask(tenant.RoleService, strings.TrimSuffix(deleteSite, "}")+" again: "+strings.TrimPrefix(deleteSite, "mutation { ")); strings.Count(got, `"requestedBy":"u"`) != 2 {
			t.Errorf("asked for twice: %s", got)
		}
		refused := ask(tenant.RoleService, location)
		if !strings.Contains(refused, "is being deleted") && !strings.Contains(refused, "not registered") {
			t.Errorf("a change meanwhile: %s", refused)
		}
		for end := time.Now().Add(time.Minute); !strings.Contains(ask(tenant.RoleView, `{ site { id } }`), `"site":null`); {
			if time.Now().After(end) {
				t.Fatal("the site is still there")
			}
		}
		if got := ask(tenant.RoleService, location); !strings.Contains(got, "not registered") {
			t.Errorf("once it is gone: %s", got)
		}
		if got := ask(tenant.RoleService, "mutation { "+details+" }"); !strings.Contains(got, `"key":"bikes"`) {
			t.Errorf("registered again: %s", got)
		}
		if got := ask(tenant.RoleView, `{ siteDeletion { requestedBy } locations { key } auditEvents { totalCount } }`); got == "" ||
			!strings.Contains(got, `"siteDeletion":null`) || !strings.Contains(got, `"locations":[]`) || !strings.Contains(got, `"totalCount":1`) {
			t.Errorf("the new site is not clean: %s", got)
		}
		for role, token := range old { // as soon as the server knows that the deletion has ended
			for end := time.Now().Add(time.Minute); !strings.Contains(with(token, `{ site { key } }`), "UNAUTHENTICATED"); {
				if time.Now().After(end) {
					t.Fatalf("a token for %s from before the deletion is good for the new site", role)
				}
			}
		}
	})
}
