package tenant_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"possync/internal/pid"
	"possync/internal/tenant"
)

func TestScope(t *testing.T) {
	alice := tenant.Principal{SiteID: "site_a", SiteKey: "a", UserID: "alice", Role: tenant.RoleManage, ExpiresAt: time.Unix(9, 0)}
	none := context.Background()
	request := tenant.NewContext(none, alice)
	for _, c := range []struct {
		name   string
		ctx    context.Context
		siteID string
		kind   tenant.ScopeKind
	}{
		{"nothing said", none, "", tenant.ScopeMissing},
		{"request", request, "site_a", tenant.ScopeSite},
		{"request without a site", tenant.NewContext(none, tenant.Principal{UserID: "x"}), "", tenant.ScopeMissing},
		{"job", tenant.WithSite(none, "site_b"), "site_b", tenant.ScopeSite},
		{"job without a site", tenant.WithSite(none, ""), "", tenant.ScopeMissing},
		{"system", tenant.System(none), "", tenant.ScopeSystem},
		{"system narrowed to a site", tenant.WithSite(tenant.System(none), "site_b"), "site_b", tenant.ScopeSite},
		{"job back to system", tenant.System(tenant.WithSite(none, "site_b")), "", tenant.ScopeSystem},
		{"request at its own site", tenant.WithSite(request, "site_a"), "site_a", tenant.ScopeSite},
		{"request at another site", tenant.WithSite(request, "site_b"), "", tenant.ScopeMissing},
		{"request as system", tenant.System(request), "", tenant.ScopeMissing},
		{"request as system, then at another site", tenant.WithSite(tenant.System(request), "site_b"), "", tenant.ScopeMissing},
		{"request inside system", tenant.NewContext(tenant.System(none), alice), "site_a", tenant.ScopeSite},
		{"principal without a site as system", tenant.System(tenant.NewContext(none, tenant.Principal{})), "", tenant.ScopeMissing},
	} {
		if siteID, kind := tenant.Scope(c.ctx); siteID != c.siteID || kind != c.kind {
			t.Errorf("%s: Scope = %q, %v; want %q, %v", c.name, siteID, kind, c.siteID, c.kind)
		}
		siteID, err := tenant.Site(c.ctx)
		if siteID != c.siteID || errors.Is(err, tenant.ErrNoSite) != (c.kind != tenant.ScopeSite) {
			t.Errorf("%s: Site = %q, %v", c.name, siteID, err)
		}
	}
	if p, ok := tenant.FromContext(request); !ok || p != alice {
		t.Errorf("FromContext = %+v, %v", p, ok)
	}
	if _, ok := tenant.FromContext(tenant.WithSite(none, "site_b")); ok {
		t.Error("a job has a principal")
	}
}

func TestRoleValid(t *testing.T) {
	for role, want := range map[tenant.Role]bool{
		tenant.RoleView: true, tenant.RoleManage: true, tenant.RoleService: true, "": false, "admin": false, "VIEW": false,
	} {
		if role.Valid() != want {
			t.Errorf("%q.Valid() = %v", role, !want)
		}
	}
}

func TestSiteID(t *testing.T) {
	// Pinned: rows of existing sites are found by this value.
	const want = "site_619svpknmk8aapvm5n15nfw64h"
	if got := tenant.SiteID("bike-shop"); got != want {
		t.Errorf("SiteID = %s, want %s", got, want)
	}
	if prefix, ok := pid.Prefix(tenant.SiteID("")); !ok || prefix != "site" {
		t.Errorf("SiteID(\"\") has prefix %q, %v", prefix, ok)
	}
	if tenant.SiteID("a") == tenant.SiteID("A") {
		t.Error("two keys share an id")
	}
}
