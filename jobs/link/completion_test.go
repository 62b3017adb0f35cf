package link_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/connection"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

// ends runs the background work on attempts and grants.
func (p *process) ends() {
	p.w.t.Helper()
	p.w.must(p.CloseAbandoned(p.w.t.Context()))
	p.w.must(p.RevokeDue(p.w.t.Context()))
}

// heldRefresh returns the refresh token that an attempt holds, and fails unless it is sealed.
func (w *fixture) heldRefresh(tr trip) string {
	w.t.Helper()
	row, err := w.Client.ConnectAttempt.Get(w.Ctx, tr.attempt.ID)
	w.must(err)
	plain, _, err := w.box.Open(row.RefreshToken, "connect_attempts.refresh_token/"+row.ID)
	w.must(err)
	if strings.Contains(string(row.RefreshToken), string(plain)) || len(row.CodeHash) != 32 {
		w.t.Errorf("the grant or its code is stored in the clear: %+v", row)
	}
	return string(plain)
}

// closed fails unless the attempt has ended and holds no secret any more.
func (w *fixture) closed(tr trip) {
	w.t.Helper()
	row, err := w.Client.ConnectAttempt.Get(w.Ctx, tr.attempt.ID)
	w.must(err)
	if row.ClosedAt == nil || row.AccessToken != nil || row.RefreshToken != nil || row.CodeHash != nil {
		w.t.Errorf("the attempt is open, or keeps secrets: %+v", row)
	}
}

// A manager sends the sign-in page to another shop's owner, who allows the access there.
func TestAccessThatAStrangerAllowsConnectsNothing(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		tr := w.begin()
		out := p.back(p.visit(tr, accountA+"/admin", "allow"), link.Granted)
		if !strings.Contains(out.Message, w.Site.Name) || !strings.Contains(out.Message, "Alpine Bikes") || !strings.Contains(out.Message, out.Code) {
			t.Errorf("the page does not name the website, the account and the code: %s", out.Message)
		}
		w.noLink()
		refresh := w.heldRefresh(tr)
		w.clock.Advance(10*time.Minute - time.Second)
		other.ends()
		if w.revokes() != 0 {
			t.Fatal("revoked before its time")
		}
		w.clock.Advance(time.Second)
		var group sync.WaitGroup
		for _, each := range []*process{p, other} {
			group.Go(func() {
				if err := errors.Join(each.CloseAbandoned(t.Context()), each.RevokeDue(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		w.is(other.complete("user-7", out.Code), connection.ErrCodeInvalid)
		w.noLink()
		w.closed(tr)
		p.ends()
		if w.revokes() != 1 || len(w.revocations()) != 0 {
			t.Errorf("%d revocations, %d queued", w.revokes(), len(w.revocations()))
		}
		p.ended(refresh)
	})
}

func TestCodeIsThatOfItsUserAndSite(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		neighbour := w.another("site-2")
		q := neighbour.process("p1")
		out := p.back(p.visit(w.begin(), accountA+"/admin", "allow"), link.Granted)
		w.is(p.complete("user-8", out.Code), connection.ErrCodeInvalid)
		w.is(q.complete("user-7", out.Code), connection.ErrCodeInvalid)
		neighbour.noLink()
		w.noLink()
		// Neither counts against the code.
		for range 10 {
			w.is(p.complete("user-8", out.Code), connection.ErrCodeInvalid)
		}
		w.must(p.complete("user-7", out.Code))
		w.wantState(retail.LinkConnected)
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

func TestCodeAsPeopleTypeIt(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		for _, typed := range []func(string) string{
			strings.ToLower,
			func(s string) string { return strings.ReplaceAll(s, "-", "") },
			func(s string) string { return " " + strings.ReplaceAll(s, "-", " ") + " " },
			func(s string) string { return strings.NewReplacer("0", "o", "1", "l").Replace(s) },
		} {
			out := p.back(p.visit(w.begin(), accountA+"/admin", "allow"), link.Granted)
			w.must(p.complete("user-7", typed(out.Code)))
			w.clock.Advance(time.Minute) // the account's allowance of requests fills again
		}
	})
}

func TestCodeWorksOnceAndInTime(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		tr := w.begin()
		out := p.back(p.visit(tr, accountA+"/admin", "allow"), link.Granted)
		var completed atomic.Int32
		var group sync.WaitGroup
		for _, each := range []*process{p, other, p, other} {
			group.Go(func() {
				switch err := each.complete("user-7", out.Code); {
				case err == nil:
					completed.Add(1)
				case !errors.Is(err, connection.ErrCodeInvalid):
					t.Error(err)
				}
			})
		}
		group.Wait()
		if completed.Load() != 1 || w.link().TokenVersion != 1 {
			t.Errorf("completed %d times, version %d", completed.Load(), w.link().TokenVersion)
		}
		w.closed(tr)
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		late := w.begin()
		out = p.back(p.visit(late, accountA+"/admin", "allow"), link.Granted)
		w.clock.Advance(10 * time.Minute)
		w.is(p.complete("user-7", out.Code), connection.ErrCodeExpired) // before anything has ended it
		w.closed(late)
		if len(w.revocations()) != 1 {
			t.Errorf("%d revocations queued", len(w.revocations()))
		}
	})
}

// Whoever guesses is who began, and sent the sign-in page to someone else.
func TestFifthWrongCodeEndsTheAttempt(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		tr := w.begin()
		out := p.back(p.visit(tr, accountA+"/admin", "allow"), link.Granted)
		refresh := w.heldRefresh(tr)
		for _, wrong := range []string{"", "AAAAA-AAAAA", out.Code + "A", strings.Repeat("Z", 10000), "\x00\xff"} {
			w.is(p.complete("user-7", wrong), connection.ErrCodeInvalid)
		}
		w.is(p.complete("user-7", out.Code), connection.ErrCodeInvalid)
		w.noLink()
		w.closed(tr)
		p.ends()
		p.ended(refresh)
	})
}

func TestNewAttemptEndsTheEarlierOne(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		// One whose sign-in comes back too late, and one that waits for its code.
		first := w.begin()
		cb := p.visit(first, accountA+"/admin", "allow")
		second := w.begin()
		p.back(cb, link.StateUsed)
		out := p.back(p.visit(second, accountA+"/manager", "allow"), link.Granted)
		refresh := w.heldRefresh(second)
		w.begin()
		w.is(p.complete("user-7", out.Code), connection.ErrCodeInvalid)
		w.closed(second)
		p.ends()
		p.ended(refresh)
		// One that is replaced while Lightspeed is asked for its tokens.
		cb = p.visit(w.begin(), accountA+"/admin", "allow")
		var once sync.Once
		w.POS.OnRequest = func(r *http.Request) {
			if r.URL.Path == tokenPath {
				once.Do(func() { w.begin() })
			}
		}
		w.POS.ResetStats()
		p.back(cb, link.StateUsed)
		if w.revokes() != 1 {
			t.Errorf("%d revocations of a grant that no one waits for", w.revokes())
		}
		w.noLink()
	})
}

func TestAttemptsOfOthersGoOn(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		cb := p.visit(w.begin(), accountA+"/admin", "allow")
		w.begin(func(r *connection.Request) { r.UserID = "user-8" })
		p.connected(cb)
	})
}

func TestTenAttemptsAnHour(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		begin := func(user string) error {
			_, _, err := connection.Begin(w.Ctx, w.Client, w.box,
				connection.Request{UserID: user, Verifier: lightspeed.NewVerifier()}, w.clock.Now())
			return err
		}
		for range 10 {
			w.must(begin("user-7"))
			w.clock.Advance(time.Minute)
		}
		w.is(begin("user-7"), connection.ErrTooManyAttempts)
		w.must(begin("user-8"))
		w.clock.Advance(50 * time.Minute)
		w.must(begin("user-7")) // an hour after the first
		w.is(begin("user-7"), connection.ErrTooManyAttempts)
	})
}

// Two managers begin; the site is connected to another account before the second one completes.
func TestAnotherAccountWasConnectedMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		tr := w.begin(func(r *connection.Request) { r.UserID = "user-8" })
		out := p.back(p.visit(tr, accountB+"/admin", "allow"), link.Granted)
		refresh := w.heldRefresh(tr)
		p.connect(accountA + "/admin")
		err := p.complete("user-8", out.Code)
		if other, ok := errors.AsType[*connection.OtherAccountError](err); !ok || other.Earlier.AccountID != accountA {
			t.Fatalf("completed with %v", err)
		}
		w.closed(tr)
		p.ends()
		p.ended(refresh)
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

// A grant whose revocation fails at first is revoked later.
func TestAbandonedGrantIsRevokedOnceLightspeedAnswers(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		tr := w.begin()
		p.back(p.visit(tr, accountA+"/admin", "allow"), link.Granted)
		refresh := w.heldRefresh(tr)
		w.clock.Advance(10 * time.Minute)
		w.fault(sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/revoke"})
		p.ends()
		w.POS.ClearFaults()
		w.clock.Advance(time.Minute)
		p.ends()
		p.ended(refresh)
	})
}

// An attempt whose grant is sealed with another key at the moment when the user completes it is completed.
func TestCompleteWhileSealedAnew(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		if w.DB.Dialect != dialect.Postgres {
			t.Skip("SQLite has one writer at a time")
		}
		fresh, err := secret.GenerateKey("2026-06")
		w.must(err)
		out := w.process("p1").back(w.process("p1").visit(w.begin(), accountA+"/admin", "allow"), link.Granted)
		p := w.processWith("p2", jobstest.ClientSecret, boxOf(t, fresh+","+w.Key))
		before(p.store.ConnectAttempt, func() {
			page, err := connection.ResealAttempts(system(t.Context()), w.Client, p.box, "", 10)
			if err != nil || page.Changed != 1 {
				t.Errorf("sealed %+v, error %v", page, err)
			}
		})
		w.must(p.complete("user-7", out.Code))
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}
