package link_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

// rotation is a fixture whose second process has a newer key first, which the first process does not know.
func (w *fixture) rotation() (behind, ahead *process) {
	w.t.Helper()
	fresh, err := secret.GenerateKey("2026-06")
	w.must(err)
	return w.process("p1"), w.processWith("p2", jobstest.ClientSecret, boxOf(w.t, fresh, w.Key))
}

func (w *fixture) errorLines() int { return strings.Count(w.logs.String(), "level=ERROR") }

// A replica that lacks a key must not end the grants that another one has sealed with it.
func TestProcessWithoutTheKeyKeepsTheGrant(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		behind, ahead := w.rotation()
		behind.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		w.must(ahead.RenewDue(t.Context()))
		for range 3 {
			w.clock.Advance(time.Hour)
			w.POS.ResetStats()
			for range 3 {
				_, err := behind.Tokens(w.Site.ID, "").Token(t.Context())
				w.is(err, lightspeed.ErrUnavailable)
				if errors.Is(err, lightspeed.ErrReauthorize) {
					t.Fatalf("the error asks for a new sign-in: %v", err)
				}
				w.must(behind.RenewDue(t.Context()))
			}
			if w.refreshes() != 0 {
				t.Fatalf("%d refreshes", w.refreshes())
			}
			// A process that has the key does not have to wait.
			w.must(ahead.RenewDue(t.Context()))
			if w.refreshes() != 1 {
				t.Fatalf("%d refreshes by who has the key", w.refreshes())
			}
			w.wantState(retail.LinkConnected)
		}
		if n := w.errorLines(); n != 1 || !strings.Contains(w.logs.String(), "2026-06") || strings.Contains(w.logs.String(), "ahead of their end") {
			t.Errorf("the operator was alerted %d times:\n%s", n, w.logs)
		}
		w.must(ahead.use(ahead.Tokens(w.Site.ID, "")))
	})
}

// Whatever is wrong with a stored token, it is our own fault.
func TestTokenThatDoesNotOpenIsAnAlert(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		row := w.link()
		for i, spoiled := range [][]byte{{1, 2, 3}, append(append([]byte{}, row.RefreshToken[:len(row.RefreshToken)-1]...), row.RefreshToken[len(row.RefreshToken)-1]^1)} {
			w.must(w.Client.LightspeedLink.Update().SetRefreshToken(spoiled).Exec(w.Ctx))
			w.clock.Advance(time.Hour)
			for range 3 {
				w.must(p.RenewDue(t.Context()))
				_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
				w.is(err, lightspeed.ErrUnavailable)
			}
			w.wantState(retail.LinkConnected)
			if n := w.errorLines(); n != 1 {
				t.Errorf("spoiled %d: %d alerts", i, n)
			}
		}
		w.must(w.Client.LightspeedLink.Update().SetRefreshToken(row.RefreshToken).Exec(w.Ctx))
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

// Many rows that do not open must not keep the others from being renewed.
func TestRenewDueGoesPastWhatDoesNotOpen(t *testing.T) {
	runOnce(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		var sites []*ent.SiteCreate
		var states []*ent.SyncStateCreate
		var links []*ent.LightspeedLinkCreate
		ended := w.clock.Now().Add(-time.Hour)
		for i := range 600 {
			key := fmt.Sprintf("unreadable-%d", i)
			id := tenant.SiteID(key)
			sites = append(sites, w.Client.Site.Create().SetID(id).SetKey(key).SetName(key).SetCurrencyCode("USD").SetTimeZone("UTC"))
			states = append(states, w.Client.SyncState.Create().SetSiteID(id))
			links = append(links, w.Client.LightspeedLink.Create().SetID(fmt.Sprintf("lnk_0%03d", i)).SetSiteID(id).SetState(retail.LinkConnected).
				SetAccountID("1").SetAccessToken([]byte("?")).SetRefreshToken([]byte("?")).SetAccessExpiresAt(ended))
		}
		ctx := system(t.Context())
		w.must(w.Client.Site.CreateBulk(sites...).Exec(ctx))
		w.must(w.Client.SyncState.CreateBulk(states...).Exec(ctx))
		w.must(w.Client.LightspeedLink.CreateBulk(links...).Exec(ctx))
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		w.must(p.RenewDue(t.Context()))
		if w.link().TokenVersion != 2 {
			t.Error("the site was not renewed")
		}
	})
}

// refuse lets the API refuse every token, as a faulty gateway does.
func (w *fixture) refuse() {
	w.t.Helper()
	w.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: http.StatusUnauthorized, Path: "/API/", Body: `{"httpCode":"401","message":"Unauthorized"}`})
}

// work does what a job does when it uses the site's tokens.
func (p *process) work() error {
	p.w.t.Helper()
	row := p.w.link()
	err := p.use(p.Tokens(p.w.Site.ID, ""))
	if errors.Is(err, lightspeed.ErrUnauthorized) {
		p.w.must(p.Refused(p.w.Ctx, row.ConnectedAt))
	}
	return err
}

func TestRefusedTokensAreTriedAgainWithGrowingPauses(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		p.connect(accountA + "/admin")
		setup := w.woken(synclog.SetupTopic(w.Site.ID))
		w.clock.Advance(time.Minute)
		w.refuse()
		w.is(p.work(), lightspeed.ErrUnauthorized)
		w.POS.ResetStats()
		w.is(other.work(), lightspeed.ErrUnavailable) // no one asks during the pause
		if n := w.POS.Stats().Total; n != 0 {
			t.Errorf("lightspeed was asked %d times during the pause", n)
		}
		began := w.clock.Now()
		var asked []int
		for w.clock.Now().Sub(began) < 30*time.Minute {
			w.wantState(retail.LinkConnected)
			if setup() {
				t.Fatal("a person was asked before half an hour had passed")
			}
			w.clock.Advance(time.Minute)
			w.POS.ResetStats()
			w.must(p.RetryRefused(t.Context()))
			w.must(other.RetryRefused(t.Context()))
			if w.POS.Stats().Total > 0 {
				asked = append(asked, int(w.clock.Now().Sub(began).Minutes()))
			}
		}
		if got := fmt.Sprint(asked); got != "[1 2 4 8 16]" {
			t.Errorf("asked after %s minutes", got)
		}
		for w.link().State == retail.LinkConnected && w.clock.Now().Sub(began) < time.Hour {
			w.clock.Advance(time.Minute)
			w.must(p.RetryRefused(t.Context()))
		}
		row := w.wantState(retail.LinkNeedsReauth)
		if !setup() || w.state().NextRunAt != nil || row.ReauthSince == nil || w.clock.Now().Sub(began) > 35*time.Minute {
			t.Errorf("no one was asked: %+v after %s", row, w.clock.Now().Sub(began))
		}
		if w.errorLines() != 0 {
			t.Errorf("log:\n%s", w.logs)
		}
	})
}

// long lets Lightspeed refuse the site's tokens until a person is asked.
func (p *process) long() {
	p.w.t.Helper()
	p.w.refuse()
	began := p.w.clock.Now()
	p.w.is(p.work(), lightspeed.ErrUnauthorized)
	for p.w.link().State == retail.LinkConnected && p.w.clock.Now().Sub(began) < time.Hour {
		p.w.clock.Advance(time.Minute)
		p.w.must(p.RetryRefused(p.w.t.Context()))
	}
	p.w.wantState(retail.LinkNeedsReauth)
}

func TestSiteWorksOnWhenItsTokensAreAcceptedAgain(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Minute)
		p.long()
		// It may last: the tokens are renewed meanwhile.
		for range 3 * 24 {
			w.clock.Advance(time.Hour)
			w.must(p.RenewDue(t.Context()))
			w.must(other.RetryRefused(t.Context()))
		}
		w.is(p.work(), lightspeed.ErrReauthorize) // jobs wait for a person meanwhile
		w.wantState(retail.LinkNeedsReauth)
		setup, work := w.woken(synclog.SetupTopic(w.Site.ID)), w.woken(synclog.WorkTopic)
		w.POS.ClearFaults()
		w.clock.Advance(15 * time.Minute)
		w.must(p.RetryRefused(t.Context()))
		w.must(other.RetryRefused(t.Context()))
		row := w.wantState(retail.LinkConnected)
		if row.RefusedSince != nil || row.RefusedUntil != nil || row.ReauthSince != nil || !setup() || !work() {
			t.Errorf("link %+v", row)
		}
		if s := w.state(); s.NextRunAt == nil || !s.NextRunAt.Equal(w.clock.Now()) {
			t.Errorf("the schedule stands still: %v", s.NextRunAt)
		}
		w.must(p.work())
	})
}

func TestShortRefusalLeavesNoTrace(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Minute)
		for range 2 { // also a second time: the first one's time does not count
			w.refuse()
			w.is(p.work(), lightspeed.ErrUnauthorized)
			w.POS.ClearFaults()
			w.clock.Advance(time.Minute)
			w.must(p.RetryRefused(t.Context()))
			if row := w.wantState(retail.LinkConnected); row.RefusedSince != nil || row.RefusedUntil != nil {
				t.Fatalf("link %+v", row)
			}
			w.must(p.work())
			w.clock.Advance(29 * time.Minute)
		}
	})
}

// Only the token endpoint ends a grant, whatever was refused before.
func TestGrantThatEndsWhileItIsRefused(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Minute)
		p.long()
		w.POS.ClearFaults()
		w.POS.Account(accountA).RevokeConnections()
		w.clock.Advance(time.Hour)
		w.must(p.RetryRefused(t.Context()))
		row := w.wantState(retail.LinkNeedsReauth)
		if row.RefusedSince != nil {
			t.Errorf("link %+v", row)
		}
		w.POS.ResetStats()
		w.clock.Advance(time.Hour)
		w.must(p.RetryRefused(t.Context()))
		w.must(p.RenewDue(t.Context()))
		if n := w.POS.Stats().Total; n != 0 {
			t.Errorf("lightspeed was asked %d times about a grant that has ended", n)
		}
		p.connect(accountA + "/admin")
		w.must(p.work())
	})
}

func TestInvalidGrantOfAGatewayEndsNothing(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.clock.Advance(time.Hour)
		w.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: http.StatusBadGateway, Path: tokenPath, Body: `{"error":"invalid_grant"}`})
		_, err := p.Tokens(w.Site.ID, "").Token(t.Context())
		w.is(err, lightspeed.ErrUnavailable)
		w.wantState(retail.LinkConnected)
	})
}

func TestRefusalOfAnEarlierConnection(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		first := w.link().ConnectedAt
		w.clock.Advance(time.Hour)
		p.long()
		w.POS.ClearFaults()
		w.clock.Advance(time.Hour)
		p.connect(accountA + "/admin")
		if row := w.wantState(retail.LinkConnected); row.ReauthSince != nil || row.RefusedSince != nil || w.state().NextRunAt == nil {
			t.Errorf("after a new sign-in: %+v", row)
		}
		// A run of before may hear of the refusal only now.
		w.must(p.Refused(w.Ctx, first))
		if row := w.wantState(retail.LinkConnected); row.RefusedSince != nil {
			t.Errorf("link %+v", row)
		}
		w.disconnect()
		w.must(p.Refused(w.Ctx, w.link().ConnectedAt))
		if row := w.wantState(retail.LinkDisconnected); row.RefusedSince != nil {
			t.Errorf("link %+v", row)
		}
	})
}
