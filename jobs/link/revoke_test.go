package link_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/connection"
	"possync/internal/records/store/storetest"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

// disconnect does what the mutation of that name does.
func (w *fixture) disconnect() {
	w.t.Helper()
	w.must(connection.Disconnect(w.Ctx, w.Client, w.link().ID, "user-7", w.clock.Now()))
}

// another is a second site in the same fixture.
func (w *fixture) another(key string) *fixture {
	w.t.Helper()
	other, copied := *w, *w.Fixture
	other.Fixture = &copied
	other.Ctx, other.Site = storetest.Site(w.t, w.Client, key)
	return &other
}

func (w *fixture) revocations() []*ent.TokenRevocation {
	w.t.Helper()
	rows, err := w.Client.TokenRevocation.Query().All(w.Ctx)
	w.must(err)
	return rows
}

func (w *fixture) revokes() int { return w.POS.Stats().Requests["POST /auth/oauth/revoke"] }

// ended fails unless Lightspeed knows the refresh token no more.
func (p *process) ended(refresh string) {
	p.w.t.Helper()
	if _, err := p.oauth.Refresh(p.w.t.Context(), refresh); !errors.Is(err, lightspeed.ErrReauthorize) {
		p.w.t.Errorf("the grant lives: %v", err)
	}
}

func TestRevokeAfterDisconnecting(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		p.connect(accountA + "/admin")
		_, refresh := w.stored()
		w.disconnect()
		w.POS.ResetStats()
		var group sync.WaitGroup
		for _, each := range []*process{p, other, p, other} {
			group.Go(func() {
				if err := each.RevokeDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if rows := w.revocations(); len(rows) != 0 || w.revokes() != 1 {
			t.Errorf("%d rows left, %d revocations", len(rows), w.revokes())
		}
		p.ended(refresh)
	})
}

func TestRevocationIsClaimedByOneOfTwo(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		p.connect(accountA + "/admin")
		w.disconnect()
		w.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/revoke"}) // so that the row stays
		before(p.store.TokenRevocation, func() {
			if err := other.RevokeDue(t.Context()); err != nil {
				t.Error(err)
			}
		})
		w.must(p.RevokeDue(t.Context()))
		if n := w.revocations()[0].Attempts; n != 1 || w.revokes() != 1 {
			t.Errorf("%d attempts counted, %d made", n, w.revokes())
		}
	})
}

func TestRevocationIsRepeatedWithGrowingPauses(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		_, refresh := w.stored()
		w.disconnect()
		w.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/revoke"})
		w.POS.ResetStats()
		pauses := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute}
		for i, pause := range pauses {
			w.must(p.RevokeDue(t.Context()))
			w.must(p.RevokeDue(t.Context())) // not due
			row := w.revocations()[0]
			if row.Attempts != i+1 || !row.DueAt.Equal(w.clock.Now().Add(pause)) || w.revokes() != i+1 {
				t.Fatalf("attempt %d: %d counted, %d made, due in %s", i+1, row.Attempts, w.revokes(), row.DueAt.Sub(w.clock.Now()))
			}
			w.clock.Advance(pause)
		}
		w.POS.ClearFaults()
		w.must(p.RevokeDue(t.Context()))
		if len(w.revocations()) != 0 {
			t.Error("the row is still there")
		}
		p.ended(refresh)
	})
}

func TestRevocationIsGivenUp(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		wrong bool // our own client secret
		after time.Duration
		left  int
	}{
		"grant gone":         {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 400, Body: `{"error":"invalid_grant"}`}},
		"token unknown":      {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 401, Body: `{"error":"access_denied"}`}},
		"wrong credentials":  {fault: sandbox.Fault{Kind: sandbox.FaultMovedClock}, wrong: true, left: 1},
		"down":               {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 502, Body: "<html>"}, left: 1},
		"down for 30 days":   {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 502, Body: "<html>"}, after: 30 * 24 * time.Hour},
		"down for 29 days":   {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 502, Body: "<html>"}, after: 29 * 24 * time.Hour, left: 1},
		"malformed answer":   {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 404, Body: "<html>"}, left: 1},
		"too many at a time": {fault: sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 429, Body: "{}"}, left: 1},
	} {
		t.Run(name, func(t *testing.T) {
			runOnce(t, func(t *testing.T, w *fixture) {
				secret := jobstest.ClientSecret
				w.process("p1").connect(accountA + "/admin")
				w.disconnect()
				if c.wrong {
					secret = "wrong"
				}
				p := w.processWith("p2", secret, w.box)
				c.fault.Path = "/revoke"
				w.fault(c.fault)
				w.clock.Advance(c.after)
				w.must(p.RevokeDue(t.Context()))
				if n := len(w.revocations()); n != c.left {
					t.Errorf("%d rows left, want %d\n%s", n, c.left, w.logs)
				}
			})
		})
	}
}

func TestRevocationThatCannotBeOpenedWaitsForItsKey(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		_, refresh := w.stored()
		w.disconnect()
		w.must(w.processWith("p2", jobstest.ClientSecret, newBox(t, "other")).RevokeDue(t.Context()))
		if len(w.revocations()) != 1 {
			t.Fatal("given up")
		}
		w.clock.Advance(time.Minute)
		w.must(p.RevokeDue(t.Context()))
		if len(w.revocations()) != 0 {
			t.Error("still there")
		}
		p.ended(refresh)
	})
}

func TestRefusedGrantThatCannotBeRevokedAtOnceIsQueued(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		tr := w.begin()
		cb := p.visit(tr, accountA+"/clerk", "allow")
		w.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/revoke"})
		p.back(cb, link.MissingRights)
		rows := w.revocations()
		if len(rows) != 1 {
			t.Fatalf("%d revocations queued", len(rows))
		}
		plain, _, err := w.box.Open(rows[0].RefreshToken, rows[0].SealedFor)
		w.must(err)
		w.POS.ClearFaults()
		w.clock.Advance(time.Minute)
		w.must(p.RevokeDue(t.Context()))
		if len(w.revocations()) != 0 {
			t.Error("still there")
		}
		p.ended(string(plain))
	})
}
