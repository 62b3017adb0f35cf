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
