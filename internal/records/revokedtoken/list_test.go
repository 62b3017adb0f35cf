package revokedtoken_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/event"
	"possync/internal/records/revokedtoken"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// A token that one process revokes is on the list of another as soon as that is woken. It is revoked for its own site alone, revoking
// it again changes nothing, and it is kept until it has ended.
func TestList(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		storetest.Site(t, client, "b")
		bus := event.NewBus()
		list, err := revokedtoken.Load(t.Context(), client, bus, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		running, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- list.Run(running) }()
		end := storetest.Now().Add(time.Hour)
		revoke := func(tokens ...revokedtoken.Token) {
			t.Helper()
			err := store.InTx(ctx, client, bus, func(ctx context.Context, tx *ent.Client) error { return revokedtoken.Revoke(ctx, tx, tokens) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if list.Revoked(site.ID, "1") {
			t.Error("on the list before it was revoked")
		}
		revoke(revokedtoken.Token{ID: "1", ExpiresAt: end}, revokedtoken.Token{ID: "2", ExpiresAt: end.Add(time.Hour)})
		revoke(revokedtoken.Token{ID: "1", ExpiresAt: end.Add(9 * time.Hour)})
		revoke()
		for !list.Revoked(site.ID, "1") { // the wake-up is on its way
			if err := t.Context().Err(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
		}
		if !list.Revoked(site.ID, "2") || list.Revoked(site.ID, "3") || list.Revoked(site.ID, "") || list.Revoked(tenant.SiteID("b"), "1") {
			t.Error("the list has other tokens than were revoked")
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := revokedtoken.Prune(t.Context(), client, end.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if err := list.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if list.Revoked(site.ID, "1") || !list.Revoked(site.ID, "2") {
			t.Error("pruned is not what has ended")
		}
	})
}

// Tokens that are older than the end of a site's deletion count no more, nor do those of its staff that are older than its registration after
// that. A site that was never deleted takes tokens of any age.
func TestTokensOfADeletedSite(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		_, other := storetest.Site(t, client, "b")
		list, err := revokedtoken.Load(t.Context(), client, event.NewBus(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		ended := storetest.Now().Add(-time.Hour)
		refused := func(site string, role tenant.Role, issued time.Time, want bool) {
			t.Helper()
			if got := list.Refuses(tenant.Principal{SiteID: tenant.SiteID(site), Role: role, IssuedAt: issued}); got != want {
				t.Errorf("a token of %s for %s of %v is refused: %t", role, site, issued, got)
			}
		}
		refresh := func() {
			t.Helper()
			if err := list.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		deletion := client.SiteDeletion.Create().SetID("sts_1").SetSiteKey("a").SetRegisteredAt(ended.Add(-time.Hour)).SetRequestedBy("p").SetRequestedAt(ended.Add(-time.Minute)).
			SaveX(tenant.System(t.Context()))
		refresh()
		refused("a", tenant.RoleManage, ended.Add(-2*time.Hour), false) // while it is being deleted
		deletion.Update().SetFinishedAt(ended.Add(time.Millisecond)).ExecX(tenant.System(t.Context()))
		refresh()
		for _, role := range []tenant.Role{tenant.RoleView, tenant.RoleManage, tenant.RoleService} {
			refused("a", role, ended.Add(-time.Minute), true)
			refused("a", role, time.Time{}, true)
			refused("a", role, ended, false)
			refused("b", role, ended.Add(-24*time.Hour), false)
		}
		_, again := storetest.Site(t, client, "a")
		refresh()
		before, after := again.CreatedAt.Add(-time.Minute), again.CreatedAt.Truncate(time.Second)
		refused("a", tenant.RoleView, before, true)
		refused("a", tenant.RoleManage, before, true)
		refused("a", tenant.RoleService, before, before.Before(ended)) // it may be the one that has registered the site
		refused("a", tenant.RoleService, ended.Add(-time.Minute), true)
		refused("a", tenant.RoleView, after, false)
		refused("b", tenant.RoleView, other.CreatedAt.Add(-24*time.Hour), false)
	})
}
