package link_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/connection"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/internal/tenant"
)

func TestTokenIsTheStoredOneUntilItsLastMinute(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.POS.ResetStats()
		tokens := p.Tokens(w.Site.ID, "")
		want, _ := w.stored()
		w.clock.Set(w.link().AccessExpiresAt.Add(-time.Minute - time.Second))
		got, err := tokens.Token(t.Context())
		w.must(err)
		if got != want || w.refreshes() != 0 {
			t.Fatalf("token renewed before its last minute (%d refreshes)", w.refreshes())
		}
		w.clock.Advance(time.Second)
		got, err = tokens.Token(t.Context())
		w.must(err)
		stored, _ := w.stored()
		if got == want || got != stored || w.refreshes() != 1 {
			t.Fatalf("renewed %v, stored %v, %d refreshes", got != want, got == stored, w.refreshes())
		}
		row := w.link()
		if row.RenewalOwner != "" || row.RenewalUntil != nil || row.TokenVersion != 2 {
			t.Errorf("after the renewal: %+v", row)
		}
		w.must(p.use(tokens))
	})
}

// Every request to the API is made with what is stored at that moment; the sandbox kills the old pair at that use.
func TestNewPairIsStoredBeforeItsFirstUse(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		var requests atomic.Int32
		w.POS.OnRequest = func(r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/API/") {
				return
			}
			requests.Add(1)
			access, _ := w.stored()
			if r.Header.Get("Authorization") != "Bearer "+access {
				t.Error("a token was used that is not stored")
			}
		}
		tokens := p.Tokens(w.Site.ID, "")
		for range 3 {
			w.clock.Advance(time.Hour)
			w.must(p.use(tokens))
		}
		if requests.Load() != 3 {
			t.Errorf("%d requests", requests.Load())
		}
	})
}

func TestRenewAfterARefusal(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.POS.ResetStats()
		old, _ := w.stored()
		w.POS.Account(accountA).RevokeAccessTokens()
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		if w.refreshes() != 1 {
			t.Fatalf("%d refreshes", w.refreshes())
		}
		// A second user of the old token learns of the new one without another renewal.
		got, err := p.Tokens(w.Site.ID, "").Renew(t.Context(), old)
		w.must(err)
		if stored, _ := w.stored(); got != stored || w.refreshes() != 1 {
			t.Errorf("got the stored one: %v, %d refreshes", got == stored, w.refreshes())
		}
	})
}

func TestOneRenewalAtATimeAcrossProcesses(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		first, second := w.process("p1"), w.process("p2")
		first.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		w.POS.ResetStats()
		w.clock.AutoAdvance(false)
		asked, answer := make(chan struct{}, 9), make(chan struct{})
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath {
				asked <- struct{}{}
				<-answer
			}
		}
		var mu sync.Mutex
		got := map[string]int{}
		ask := func(group *sync.WaitGroup, p *process) {
			for range 4 {
				group.Go(func() {
					token, err := p.Tokens(w.Site.ID, "").Token(t.Context())
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					got[token]++
				})
			}
		}
		var ofFirst, ofSecond sync.WaitGroup
		ask(&ofFirst, first)
		<-asked
		ask(&ofSecond, second)
		w.must(w.clock.AwaitSleepers(t.Context(), 1)) // the second process waits for the first
		close(answer)
		ofFirst.Wait()
		w.clock.AutoAdvance(true) // wakes it, and whoever still comes
		ofSecond.Wait()
		stored, _ := w.stored()
		if w.refreshes() != 1 || got[stored] != 8 {
			t.Fatalf("%d refreshes; %d of 8 callers got the stored token", w.refreshes(), got[stored])
		}
		w.must(second.use(second.Tokens(w.Site.ID, "")))
	})
}

func TestWaitingForARenewalEndsWithTheContext(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		w.must(w.Client.LightspeedLink.Update().SetRenewalOwner("p2").SetRenewalUntil(w.clock.Now().Add(time.Minute)).Exec(w.Ctx))
		w.clock.AutoAdvance(false)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 2)
		for range 2 { // one waits for the other process, one for the first
			go func() {
				_, err := p.Tokens(w.Site.ID, "").Token(ctx)
				done <- err
			}()
		}
		w.must(w.clock.AwaitSleepers(t.Context(), 1))
		cancel()
		w.is(<-done, context.Canceled)
		w.is(<-done, context.Canceled)
	})
}

func TestDeadProcessLosesItsLeaseAndNothingElse(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		dead, next := w.process("p1"), w.process("p2")
		dead.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		// It got the answer, and died before storing it.
		_, refresh := w.stored()
		lost, err := dead.oauth.Refresh(t.Context(), refresh)
		w.must(err)
		died := w.clock.Now()
		w.must(w.Client.LightspeedLink.Update().SetRenewalOwner("p1").SetRenewalUntil(died.Add(30 * time.Second)).Exec(w.Ctx))
		tokens := next.Tokens(w.Site.ID, "")
		got, err := tokens.Token(t.Context()) // the clock advances itself while it waits
		w.must(err)
		if waited := w.clock.Now().Sub(died); waited < 30*time.Second || waited > 31*time.Second {
			t.Errorf("took over after %s", waited)
		}
		if got == lost.AccessToken {
			t.Error("the lost token came back")
		}
		w.must(next.use(tokens))
		w.wantState(retail.LinkConnected)
	})
}

var errDisk = errors.New("disk full")

// failStoring lets the process's next attempt to store tokens fail.
func (p *process) failStoring() {
	var failed atomic.Bool
	p.store.LightspeedLink.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if _, stores := m.Field(lightspeedlink.FieldRefreshToken); stores && !failed.Swap(true) {
				return nil, errDisk
			}
			return next.Mutate(ctx, m)
		})
	})
}

func TestAnswerThatCannotBeStoredIsNotUsed(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		before, _ := w.stored()
		w.clock.Advance(time.Hour)
		p.failStoring()
		tokens := p.Tokens(w.Site.ID, "")
		token, err := tokens.Token(t.Context())
		if w.is(err, errDisk); token != "" {
			t.Fatal("got a token that is not stored")
		}
		if after, _ := w.stored(); after != before {
			t.Fatal("something was stored")
		}
		failed := w.clock.Now()
		w.must(p.use(tokens))
		if waited := w.clock.Now().Sub(failed); waited > time.Second {
			t.Errorf("the lease was kept: waited %s", waited)
		}
	})
}

func TestEndedGrantNeedsANewSignIn(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		setup, progress := w.woken(synclog.SetupTopic(w.Site.ID)), w.woken(synclog.ProgressTopic(w.Site.ID))
		before := w.state()
		if before.NextRunAt == nil {
			t.Fatal("no run planned")
		}
		w.POS.Account(accountA).RevokeConnections()
		w.POS.ResetStats()
		w.is(p.use(p.Tokens(w.Site.ID, "")), lightspeed.ErrReauthorize)
		row := w.wantState(retail.LinkNeedsReauth)
		if row.ReauthSince == nil || !row.ReauthSince.Equal(w.clock.Now()) || row.RenewalOwner != "" {
			t.Errorf("link %+v", row)
		}
		after := w.state()
		if after.NextRunAt != nil || after.Sequence <= before.Sequence || !setup() || !progress() {
			t.Errorf("next run %v, sequence %d after %d", after.NextRunAt, after.Sequence, before.Sequence)
		}
		_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, lightspeed.ErrReauthorize)
		w.must(p.RenewDue(t.Context()))
		if w.refreshes() != 1 {
			t.Errorf("%d refreshes: a grant that ended was asked for again", w.refreshes())
		}
	})
}

// A process that slept longer than its lease is refused with the old refresh token. That is no end of the grant.
func TestInvalidGrantAfterAnotherRenewed(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		slow, quick := w.process("p1"), w.process("p2")
		slow.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		var first atomic.Bool
		first.Store(true)
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath && first.Swap(false) {
				w.clock.Advance(31 * time.Second)
				if err := quick.use(quick.Tokens(w.Site.ID, "")); err != nil {
					t.Error(err)
				}
			}
		}
		w.POS.ResetStats()
		tokens := slow.Tokens(w.Site.ID, "")
		got, err := tokens.Token(t.Context())
		w.must(err)
		if stored, _ := w.stored(); got != stored {
			t.Error("not the token of the other process")
		}
		if stats := w.POS.Stats(); stats.Statuses[http.StatusBadRequest] != 1 {
			t.Fatalf("the old token was not refused: %+v", stats)
		}
		w.wantState(retail.LinkConnected)
		w.must(slow.use(tokens))
	})
}

// Both got a pair from the same refresh token; the one stored first counts, and the other is never used.
func TestSecondOfTwoRenewalsYields(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		slow, quick := w.process("p1"), w.process("p2")
		slow.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		var first atomic.Bool
		first.Store(true)
		var theirs string
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath && first.Swap(false) {
				w.clock.Advance(31 * time.Second)
				token, err := quick.Tokens(w.Site.ID, "").Token(t.Context())
				if err != nil {
					t.Error(err)
				}
				theirs = token
			}
		}
		got, err := slow.Tokens(w.Site.ID, "").Token(t.Context())
		w.must(err)
		if got != theirs || w.link().TokenVersion != 2 {
			t.Fatalf("same token: %v, version %d", got == theirs, w.link().TokenVersion)
		}
		w.must(slow.use(slow.Tokens(w.Site.ID, "")))
	})
}

func TestFailingRenewalIsTemporaryAndPaused(t *testing.T) {
	for _, f := range []struct {
		fault sandbox.Fault
		want  error
	}{
		{sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503, Body: "<html>down</html>"}, lightspeed.ErrUnavailable},
		{sandbox.Fault{Kind: sandbox.FaultCutBefore}, lightspeed.ErrUnavailable},
		{sandbox.Fault{Kind: sandbox.FaultCutAfter}, lightspeed.ErrUnavailable},
		{sandbox.Fault{Kind: sandbox.FaultTruncate}, lightspeed.ErrMalformed},
		{sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 429, Body: `{"error":"too_many_requests"}`}, lightspeed.ErrThrottled},
	} {
		t.Run(fmt.Sprintf("%s %d", f.fault.Kind, f.fault.Status), func(t *testing.T) {
			runOnce(t, func(t *testing.T, w *fixture) {
				p, other := w.process("p1"), w.process("p2")
				p.connect(accountA + "/admin")
				w.clock.Advance(time.Hour)
				f.fault.Path = tokenPath
				w.fault(f.fault)
				tokens := p.Tokens(w.Site.ID, "")
				_, err := tokens.Token(t.Context())
				w.is(err, f.want)
				w.wantState(retail.LinkConnected)
				// No one tries again at once, or Lightspeed would count more than five attempts a minute.
				w.POS.ResetStats()
				_, err = other.Tokens(w.Site.ID, "").Token(t.Context())
				w.is(err, lightspeed.ErrUnavailable)
				w.must(other.RenewDue(t.Context()))
				if w.refreshes() != 0 {
					t.Fatalf("%d refreshes during the pause", w.refreshes())
				}
				w.POS.ClearFaults()
				w.clock.Advance(time.Minute)
				w.must(p.use(tokens))
			})
		})
	}
}

func TestCallerWhoLeavesLosesNothing(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		ctx, cancel := context.WithCancel(t.Context())
		var first atomic.Bool
		first.Store(true)
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath && first.Swap(false) {
				cancel()
			}
		}
		_, err := p.Tokens(w.Site.ID, "").Token(ctx)
		w.is(err, context.Canceled)
		before := w.clock.Now()
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		if waited := w.clock.Now().Sub(before); waited > time.Second {
			t.Errorf("the next one had to wait %s", waited)
		}
	})
}

func TestWrongClientSecretIsNotTheShopsFault(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		w.process("p1").connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		_, err := w.processWith("p2", "wrong", w.box).Tokens(w.Site.ID, "").Token(t.Context())
		if err == nil || errors.Is(err, lightspeed.ErrReauthorize) {
			t.Fatalf("error %v", err)
		}
		w.wantState(retail.LinkConnected)
	})
}

func TestTokensStandWhereTheyWereSealedFor(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		row := w.link()
		access, refresh := w.stored()
		for _, sealed := range [][]byte{row.AccessToken, row.RefreshToken} {
			if strings.Contains(string(sealed), access) || strings.Contains(string(sealed), refresh) {
				t.Fatal("a token is stored in the clear")
			}
		}
		// The two swapped: neither opens.
		w.must(w.Client.LightspeedLink.Update().SetAccessToken(row.RefreshToken).SetRefreshToken(row.AccessToken).Exec(w.Ctx))
		_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, lightspeed.ErrUnavailable)
		w.wantState(retail.LinkConnected) // that is our own fault
	})
}

func TestRenewalSealsWithTheCurrentKey(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		fresh, err := secret.GenerateKey("2026-06")
		w.must(err)
		w.box = boxOf(t, fresh, w.Key)
		p = w.process("p1")
		tokens := p.Tokens(w.Site.ID, "")
		w.must(p.use(tokens)) // the old key opens
		w.clock.Advance(time.Hour)
		w.must(p.use(tokens))
		row := w.link()
		for _, sealed := range []struct {
			value []byte
			data  string
		}{{row.AccessToken, "lightspeed_links.access_token/"}, {row.RefreshToken, "lightspeed_links.refresh_token/"}} {
			if _, stale, err := w.box.Open(sealed.value, sealed.data+row.ID); err != nil || stale {
				t.Errorf("%s stale %v, error %v", sealed.data, stale, err)
			}
		}
	})
}

func TestTokensOfWhoHasNone(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, connection.ErrNotConnected)
		w.is(err, lightspeed.ErrReauthorize)
		p.connect(accountA + "/admin")
		for _, other := range []string{"", "site_other", tenant.SiteID("other")} {
			if token, err := p.Tokens(other, "").Token(t.Context()); err == nil || token != "" {
				t.Errorf("tokens of site %q: %v", other, err)
			}
		}
		// Nor can a request of another site reach them.
		foreign := tenant.NewContext(t.Context(), tenant.Principal{SiteID: tenant.SiteID("other"), Role: tenant.RoleManage})
		if token, err := p.Tokens(w.Site.ID, "").Token(foreign); err == nil || token != "" {
			t.Errorf("another site's request got them: %v", err)
		}
		w.must(w.Client.LightspeedLink.Update().SetState(retail.LinkDisconnected).
			ClearAccessToken().ClearRefreshToken().ClearAccessExpiresAt().Exec(w.Ctx))
		_, err = p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, connection.ErrNotConnected)
		w.must(p.Refused(w.Ctx, w.link().ConnectedAt))
		w.wantState(retail.LinkDisconnected)
	})
}

// Disconnecting in the middle of a renewal leaves no live token behind.
func TestDisconnectDuringARenewal(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		var first atomic.Bool
		first.Store(true)
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath && first.Swap(false) {
				w.disconnect()
			}
		}
		w.POS.ResetStats()
		_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, connection.ErrNotConnected)
		row := w.wantState(retail.LinkDisconnected)
		if row.AccessToken != nil || row.RefreshToken != nil {
			t.Error("tokens were stored after the disconnection")
		}
		if n := w.POS.Stats().Requests["POST /auth/oauth/revoke"]; n != 1 {
			t.Errorf("%d revocations of the new pair", n)
		}
	})
}

func TestRenewDue(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.POS.ResetStats()
		w.clock.Set(w.link().AccessExpiresAt.Add(-5*time.Minute - time.Second))
		w.must(p.RenewDue(t.Context()))
		if w.refreshes() != 0 {
			t.Fatal("renewed too early")
		}
		w.clock.Advance(time.Second)
		w.must(p.RenewDue(t.Context()))
		w.must(p.RenewDue(t.Context()))
		if w.refreshes() != 1 {
			t.Fatalf("%d refreshes, want 1", w.refreshes())
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

func TestRenewDueKeepsAnIdleSiteAlive(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		for range 4 {
			w.clock.Advance(20 * 24 * time.Hour)
			w.must(p.RenewDue(t.Context()))
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		w.clock.Advance(31 * 24 * time.Hour) // without it the grant ends
		w.is(p.use(p.Tokens(w.Site.ID, "")), lightspeed.ErrReauthorize)
	})
}

func TestRenewDueGoesOnAfterAFailure(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		other := w.another("site-2")
		p2 := other.process("p1")
		p2.connect(accountB + "/admin")
		w.clock.Advance(time.Hour)
		w.POS.Account(accountA).RevokeConnections()
		w.must(p.RenewDue(t.Context()))
		w.wantState(retail.LinkNeedsReauth)
		if other.wantState(retail.LinkConnected).TokenVersion != 2 {
			t.Error("the other site was not renewed")
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		w.is(p.RenewDue(ctx), context.Canceled)
	})
}
