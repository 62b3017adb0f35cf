package sealing_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/sealing"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/internal/tenant"
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// keyring makes boxes of keys that it makes once.
type keyring map[string]string

func (k keyring) box(t testing.TB, ids ...string) *secret.Box {
	t.Helper()
	var list []string
	for _, id := range ids {
		if k[id] == "" {
			k[id] = must(secret.GenerateKey(id))(t)
		}
		list = append(list, k[id])
	}
	return must(secret.NewBox(must(secret.ParseKeys(strings.Join(list, ",")))(t)))(t)
}

func TestCheck(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		keys, other := keyring{}, store.NewClient(databasetest.Reopen(t, db))
		var group sync.WaitGroup
		for _, each := range []*ent.Client{client, other, client, other} {
			box := keys.box(t, "old")
			group.Go(func() {
				if err := sealing.Check(t.Context(), each, box); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if err := sealing.Check(t.Context(), client, keys.box(t, "new", "old")); err != nil {
			t.Errorf("with a newer key: %v", err)
		}
		err := sealing.Check(t.Context(), client, keys.box(t, "new"))
		if !errors.Is(err, sealing.ErrKeys) || !strings.Contains(err.Error(), `"old"`) {
			t.Errorf("without the key: %v", err)
		}
		if err := sealing.Check(t.Context(), client, keyring{}.box(t, "old")); !errors.Is(err, sealing.ErrKeys) {
			t.Errorf("with another key of that name: %v", err)
		}
	})
}

// One row that does not open harms its site, and not the process. A database of before the sentinel shows by its tokens whether
// the keys are its own.
func TestCheckOfADatabaseWithTokens(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		keys := keyring{}
		fill(t, client, keys.box(t, "old"), 3)
		if err := sealing.Check(t.Context(), client, keys.box(t, "new")); !errors.Is(err, sealing.ErrKeys) {
			t.Errorf("without the key of any token: %v", err)
		}
		ctx := tenant.System(t.Context())
		first := client.LightspeedLink.Query().Order(ent.Asc(lightspeedlink.FieldID)).FirstX(ctx)
		client.LightspeedLink.UpdateOne(first).SetRefreshToken(must(keys.box(t, "gone").Seal([]byte("x"), "y"))(t)).ExecX(ctx)
		for range 2 { // when the sentinel is added, and afterwards
			if err := sealing.Check(t.Context(), client, keys.box(t, "new", "old")); err != nil {
				t.Errorf("with one token that does not open: %v", err)
			}
		}
	})
}

// fill adds so many connected sites, sealed by the box.
func fill(t testing.TB, client *ent.Client, box *secret.Box, n int) {
	t.Helper()
	ctx, now := tenant.System(t.Context()), storetest.Now()
	for from := 0; from < n; from += 500 {
		var sites []*ent.SiteCreate
		var links []*ent.LightspeedLinkCreate
		for i := from; i < min(n, from+500); i++ {
			key := fmt.Sprintf("site-%d", i)
			siteID, id := tenant.SiteID(key), fmt.Sprintf("lnk_%06d", i)
			sites = append(sites, client.Site.Create().SetID(siteID).SetKey(key).SetName(key).SetCurrencyCode("USD").SetTimeZone("UTC"))
			links = append(links, client.LightspeedLink.Create().SetID(id).SetSiteID(siteID).SetState(retail.LinkConnected).SetAccountID("1").
				SetAccessToken(must(box.Seal([]byte("access-0-"+id), "lightspeed_links.access_token/"+id))(t)).
				SetRefreshToken(must(box.Seal([]byte("refresh-0-"+id), "lightspeed_links.refresh_token/"+id))(t)).
				SetAccessExpiresAt(now).SetTokenVersion(0))
		}
		client.Site.CreateBulk(sites...).ExecX(ctx)
		client.LightspeedLink.CreateBulk(links...).ExecX(ctx)
	}
}

var sealedRows = flag.Int("sealed-rows", 600, "connections that TestRotation seals again")

// The documented rotation, with two replicas that renew all the time: no renewal fails or gets lost, and afterwards the old key is
// of no use to anything.
func TestRotation(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		keys, n := keyring{}, *sealedRows
		fill(t, client, keys.box(t, "old"), n)
		other := store.NewClient(databasetest.Reopen(t, db))
		r := &renewals{t: t, keys: n, versions: make([]atomic.Int64, n), progress: make(chan struct{}, 1)}
		// Step 1, the new key is known everywhere; and step 2, one server after the other seals with it.
		r.replica("p1", client, keys.box(t, "old", "new"))
		r.replica("p2", other, keys.box(t, "new", "old"))
		r.await(50)
		ctx, cancel := context.WithCancel(t.Context())
		if err := sealing.Reseal(ctx, client, keys.box(t, "new", "old"), func(p sealing.Progress) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted: %v", err)
		}
		r.stop()
		r.replica("p1", client, keys.box(t, "new", "old"))
		r.replica("p2", other, keys.box(t, "new", "old"))
		r.await(50)
		// Step 3, while both renew.
		began, last := time.Now(), sealing.Progress{}
		err := sealing.Reseal(t.Context(), store.NewClient(databasetest.Reopen(t, db)), keys.box(t, "new", "old"), func(p sealing.Progress) { last = p })
		if err != nil {
			t.Error(err)
		}
		t.Logf("%d rows in %v, last %+v; %d renewals meanwhile", n, time.Since(began).Round(time.Millisecond), last, r.done.Load())
		r.await(50)
		r.stop()
		if n := r.failed.Load(); n != 0 {
			t.Errorf("%d of %d renewals failed", n, r.done.Load())
		}
		// Step 4.
		box := keys.box(t, "new")
		if err := sealing.Check(t.Context(), client, box); err != nil {
			t.Error(err)
		}
		r.check(client, box)
		if err := sealing.Check(t.Context(), client, keys.box(t, "old")); !errors.Is(err, sealing.ErrKeys) {
			t.Errorf("with the old key alone: %v", err)
		}
	})
}

// renewals renews links at random, as the jobs do, and knows what must be stored.
type renewals struct {
	t        *testing.T
	keys     int
	versions []atomic.Int64 // of each link, as last stored
	done     atomic.Int64
	failed   atomic.Int64
	progress chan struct{} // of capacity 1: after each renewal and failure
	cancel   []context.CancelFunc
	group    sync.WaitGroup
}

func (r *renewals) replica(owner string, client *ent.Client, box *secret.Box) {
	ctx, cancel := context.WithCancel(tenant.System(r.t.Context()))
	r.cancel = append(r.cancel, cancel)
	r.group.Go(func() {
		for i := int(r.done.Load()) % r.keys; ctx.Err() == nil; i = (i*7 + len(owner) + int(r.done.Load())) % r.keys {
			err := r.renew(context.WithoutCancel(ctx), client, box, owner, i)
			if err != nil {
				r.failed.Add(1)
				r.t.Errorf("%s: %v", owner, err)
			}
			select {
			case r.progress <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	})
}

func (r *renewals) renew(ctx context.Context, client *ent.Client, box *secret.Box, owner string, i int) error {
	link, err := client.LightspeedLink.Get(ctx, fmt.Sprintf("lnk_%06d", i))
	if err != nil {
		return err
	}
	refresh, err := connection.RefreshToken(box, link)
	if err != nil {
		return err
	}
	if want := fmt.Sprintf("refresh-%d-%s", link.TokenVersion, link.ID); refresh != want {
		return fmt.Errorf("refresh token %s, want %s: a renewal was overwritten", refresh, want)
	}
	now := storetest.Now()
	held, err := connection.LeaseRenewal(ctx, client, link, connection.RenewalLease{Owner: owner, From: now, Until: now.Add(time.Minute)})
	if err != nil || !held { // the other replica renews it
		return err
	}
	pair := lightspeed.TokenPair{
		AccessToken: fmt.Sprintf("access-%d-%s", link.TokenVersion+1, link.ID), RefreshToken: fmt.Sprintf("refresh-%d-%s", link.TokenVersion+1, link.ID), ExpiresAt: now,
	}
	stored, err := connection.StorePair(ctx, client, box, link, pair)
	if err != nil {
		return err
	}
	if !stored {
		return fmt.Errorf("the pair of %s was not stored", link.ID)
	}
	r.versions[i].Add(1) // each renewal raises it by one, and the other replica may renew it again before this line
	r.done.Add(1)
	return nil
}

// await waits for so many more renewals.
func (r *renewals) await(n int64) {
	for until := r.done.Load() + n; r.done.Load() < until && r.failed.Load() == 0; {
		<-r.progress
	}
}

func (r *renewals) stop() {
	for _, cancel := range r.cancel {
		cancel()
	}
	r.cancel = nil
	r.group.Wait()
}

// check fails unless each link holds the pair that was stored last, and the box opens it.
func (r *renewals) check(client *ent.Client, box *secret.Box) {
	r.t.Helper()
	for _, link := range client.LightspeedLink.Query().Order(ent.Asc(lightspeedlink.FieldID)).AllX(tenant.System(r.t.Context())) {
		var i int
		_, _ = fmt.Sscanf(link.ID, "lnk_%d", &i)
		access, accessErr := connection.AccessToken(box, link)
		refresh, refreshErr := connection.RefreshToken(box, link)
		version := r.versions[i].Load()
		if err := errors.Join(accessErr, refreshErr); err != nil || int64(link.TokenVersion) != version ||
			access != fmt.Sprintf("access-%d-%s", version, link.ID) || refresh != fmt.Sprintf("refresh-%d-%s", version, link.ID) {
			r.t.Fatalf("link %s holds %s and %s of version %d, want %d: %v", link.ID, access, refresh, link.TokenVersion, version, err)
		}
	}
}

// Attempts to connect and grants to revoke are sealed again too. What does not open is reported and left as it is.
func TestResealOfEverything(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		keys := keyring{}
		ctx, _ := storetest.Site(t, client, "a")
		old, now := keys.box(t, "old"), storetest.Now()
		attempt, _, err := connection.Begin(ctx, client, old, connection.Request{UserID: "ann", Verifier: "verifier"}, now)
		if err != nil {
			t.Fatal(err)
		}
		pair := lightspeed.TokenPair{AccessToken: "access", RefreshToken: "refresh", ExpiresAt: now.Add(time.Hour)}
		code := must(connection.Grant{Pair: pair, Account: lightspeed.AccountInfo{AccountID: "1"}}.Hold(ctx, client, old, attempt, now))(t)
		if err := connection.QueueRevocation(ctx, client, old, connection.Revocation{Pair: pair, DueAt: now}, now); err != nil {
			t.Fatal(err)
		}
		if err := sealing.Check(t.Context(), client, old); err != nil {
			t.Fatal(err)
		}
		var unreadable []string
		report := func(p sealing.Progress) { unreadable = append(unreadable, p.Unreadable...) }
		if err := sealing.Reseal(t.Context(), client, keys.box(t, "new", "old"), report); err != nil || len(unreadable) != 0 {
			t.Fatalf("%v, unreadable %q", err, unreadable)
		}
		box := keys.box(t, "new")
		attempt = client.ConnectAttempt.GetX(ctx, attempt.ID)
		if verifier, err := connection.Verifier(box, attempt); err != nil || verifier != "verifier" {
			t.Errorf("verifier %q, %v", verifier, err)
		}
		if token, err := connection.RevocationToken(box, client.TokenRevocation.Query().OnlyX(ctx)); err != nil || token != "refresh" {
			t.Errorf("revocation of %q, %v", token, err)
		}
		if err := connection.Complete(ctx, client, box, connection.Completion{UserID: "ann", Code: code, Now: now}); err != nil {
			t.Errorf("complete: %v", err)
		}
		link := client.LightspeedLink.Query().OnlyX(ctx)
		lost := must(keys.box(t, "lost").Seal([]byte("x"), "lightspeed_links.refresh_token/"+link.ID))(t)
		client.LightspeedLink.UpdateOne(link).SetRefreshToken(lost).ExecX(ctx)
		err = sealing.Reseal(t.Context(), client, keys.box(t, "newer", "new"), report)
		if !errors.Is(err, sealing.ErrUnreadable) || len(unreadable) == 0 || !strings.Contains(unreadable[0], link.ID) || !strings.Contains(unreadable[0], `"lost"`) {
			t.Errorf("%v, unreadable %q", err, unreadable)
		}
		if got := client.LightspeedLink.Query().OnlyX(ctx); string(got.RefreshToken) != string(lost) {
			t.Error("a row that does not open was changed")
		}
		if err := sealing.Check(t.Context(), client, keys.box(t, "newer")); err != nil {
			t.Errorf("the old keys are still needed: %v", err)
		}
	})
}

// A server that goes on sealing with the old key is noticed: the old key must not go.
func TestResealNoticesWhoSealsWithTheOldKey(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		keys := keyring{}
		old := keys.box(t, "old", "new")
		fill(t, client, old, 1)
		ctx := tenant.System(t.Context())
		if err := sealing.Check(ctx, client, old); err != nil {
			t.Fatal(err)
		}
		err := sealing.Reseal(ctx, client, keys.box(t, "new", "old"), func(p sealing.Progress) {
			link := client.LightspeedLink.Query().OnlyX(ctx)
			pair := lightspeed.TokenPair{AccessToken: "a", RefreshToken: "r", ExpiresAt: storetest.Now()}
			if _, err := connection.StorePair(ctx, client, old, link, pair); err != nil {
				t.Error(err)
			}
		})
		if !errors.Is(err, sealing.ErrStale) {
			t.Errorf("Reseal = %v", err)
		}
		if err := sealing.Check(ctx, client, keys.box(t, "new")); !errors.Is(err, sealing.ErrKeys) {
			t.Errorf("the sentinel says that the old key can go: %v", err)
		}
	})
}
