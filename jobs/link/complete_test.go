package link_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/connectattempt"
	"possync/ent/product"
	"possync/ent/settingchange"
	"possync/ent/syncrun"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/pid"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/jobs/jobstest"
	"possync/jobs/link"
)

func (w *fixture) runs() []*ent.SyncRun {
	w.t.Helper()
	rows, err := w.Client.SyncRun.Query().Order(ent.Asc(syncrun.FieldID)).All(w.Ctx)
	w.must(err)
	return rows
}

// finish ends every run, the last one having read everything.
func (w *fixture) finish() {
	w.t.Helper()
	w.must(w.Client.SyncRun.Update().SetState(retail.RunCompleted).SetPhase(retail.PhaseFinished).Exec(w.Ctx))
	now := w.clock.Now()
	w.must(w.Client.SyncState.Update().SetFullCompletedAt(now).SetLastSuccessAt(now).SetItemsSince(now).SetStockSince(now).
		SetPosClock(now).SetFullDueAt(now.Add(24 * time.Hour)).SetEvaluationCursor(17).Exec(w.Ctx))
}

func TestFirstConnection(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		topics := []func() bool{w.woken(synclog.WorkTopic), w.woken(synclog.ProgressTopic(w.Site.ID)), w.woken(synclog.SetupTopic(w.Site.ID))}
		tr := w.begin()
		now := w.clock.Now()
		out := p.connected(p.visit(tr, accountA+"/manager", "allow"))
		if out.AccountName != "Alpine Bikes" || out.ReturnURL != returnURL || out.EmployeeName == "" {
			t.Errorf("outcome %+v", out)
		}
		row := w.wantState(retail.LinkConnected)
		if row.AccountID != accountA || row.AccountName != "Alpine Bikes" || row.EmployeeName != out.EmployeeName ||
			row.ConnectedBy != "user-7" || !row.ConnectedAt.Equal(now) || row.TokenVersion != 1 {
			t.Errorf("link %+v", row)
		}
		if !row.AccessExpiresAt.Equal(now.Add(time.Hour)) {
			t.Errorf("the access token ends %s", row.AccessExpiresAt)
		}
		s := w.state()
		for name, at := range map[string]*time.Time{"due": s.DueAt, "next run": s.NextRunAt, "reference": s.ReferenceDueAt, "full": s.FullDueAt} {
			if at == nil || !at.Equal(now) {
				t.Errorf("%s at %v, want now", name, at)
			}
		}
		if s.EvaluationWanted != 1 {
			t.Errorf("evaluation wanted %d times", s.EvaluationWanted)
		}
		runs := w.runs()
		if len(runs) != 1 || runs[0].Kind != retail.KindFull || runs[0].Trigger != retail.TriggerConnect ||
			runs[0].State != retail.RunQueued || runs[0].RequestedBy != "user-7" {
			t.Errorf("runs %+v", runs)
		}
		for i, woken := range topics {
			if !woken() {
				t.Errorf("topic %d was not woken", i)
			}
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

func TestStateThatIsNotOurs(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		tr := w.begin()
		good := p.visit(tr, accountA+"/admin", "allow")
		secret := good.State[strings.Index(good.State, ".")+1:]
		before := w.POS.Stats().Total
		for name, cb := range map[string]link.Callback{
			"empty":                  {Code: good.Code},
			"no dot":                 {State: tr.attempt.ID, Code: good.Code},
			"no secret":              {State: tr.attempt.ID + ".", Code: good.Code},
			"wrong secret":           {State: tr.attempt.ID + "." + strings.Repeat("A", 43), Code: good.Code},
			"its hash":               {State: tr.attempt.ID + "." + base64.RawURLEncoding.EncodeToString(tr.attempt.StateHash), Code: good.Code},
			"secret and more":        {State: good.State + "x", Code: good.Code},
			"secret and dot":         {State: good.State + ".", Code: good.Code},
			"unknown attempt":        {State: pid.New("att") + "." + secret, Code: good.Code},
			"id of another row":      {State: w.Site.ID + "." + secret, Code: good.Code},
			"not an id":              {State: "att_1' or '1'='1." + secret, Code: good.Code},
			"control bytes":          {State: "\x00\xff." + secret, Code: good.Code},
			"huge":                   {State: strings.Repeat("a", 1<<16) + "." + secret, Code: good.Code},
			"denied by no one":       {State: tr.attempt.ID + "." + strings.Repeat("A", 43), Error: "access_denied"},
			"neither code nor error": {State: good.State},
		} {
			out := p.back(cb, link.StateInvalid)
			if diff := cmp.Diff(link.Outcome{Kind: link.StateInvalid, Message: out.Message}, out); diff != "" {
				t.Errorf("%s: something was learnt: %s", name, diff)
			}
		}
		if n := w.POS.Stats().Total; n != before {
			t.Errorf("lightspeed was asked %d times", n-before)
		}
		p.connected(good) // the attempt was not used up
	})
}

func TestStateServesOnce(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		cb := p.visit(w.begin(), accountA+"/admin", "allow")
		w.POS.ResetStats()
		var mu sync.Mutex
		kinds := map[link.OutcomeKind]int{}
		var group sync.WaitGroup
		for _, each := range []*process{p, other, p, other, p, other} {
			group.Go(func() {
				out, err := each.Return(t.Context(), cb)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				kinds[out.Kind]++
			})
		}
		group.Wait()
		if diff := cmp.Diff(map[link.OutcomeKind]int{link.Granted: 1, link.StateUsed: 5}, kinds); diff != "" {
			t.Error(diff)
		}
		out := p.back(cb, link.StateUsed)
		if out.ReturnURL != returnURL || w.refreshes() != 1 {
			t.Errorf("outcome %+v, %d exchanges", out, w.refreshes())
		}
	})
}

func TestStateIsClaimedByOneOfTwo(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p, other := w.process("p1"), w.process("p2")
		cb := p.visit(w.begin(), accountA+"/admin", "deny")
		before(p.store.ConnectAttempt, func() { other.back(cb, link.Denied) })
		p.back(cb, link.StateUsed)
	})
}

func TestAttemptThatTookTooLong(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		late := p.visit(w.begin(), accountA+"/admin", "allow")
		w.clock.Advance(10 * time.Minute)
		if out := p.back(late, link.StateExpired); out.ReturnURL != returnURL || w.refreshes() != 0 {
			t.Errorf("outcome %+v, lightspeed asked %d times", out, w.refreshes())
		}
		code := p.visit(w.begin(), accountA+"/admin", "allow")
		w.clock.Advance(61 * time.Second) // within the attempt, but a code is good for a minute
		p.back(code, link.StateExpired)
		w.noLink()
		inTime := p.visit(w.begin(), accountA+"/admin", "allow")
		w.clock.Advance(59 * time.Second)
		p.connected(inTime)
		w.clock.Advance(time.Hour)
		p.back(inTime, link.StateUsed) // which says more than that it is late
	})
}

func (w *fixture) noLink() {
	w.t.Helper()
	if n, err := w.Client.LightspeedLink.Query().Count(w.Ctx); err != nil || n != 0 {
		w.t.Errorf("%d links, %v", n, err)
	}
	if runs := w.runs(); len(runs) != 0 {
		w.t.Errorf("runs %+v", runs)
	}
}

func TestDenied(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		cb := p.visit(w.begin(), accountA+"/admin", "deny")
		if out := p.back(cb, link.Denied); out.ReturnURL != returnURL {
			t.Errorf("outcome %+v", out)
		}
		p.back(cb, link.StateUsed)
		other := w.begin()
		out := p.back(link.Callback{State: other.state, Error: "server_error", ErrorDescription: "<script>"}, link.Unavailable)
		if strings.Contains(out.Message, "script") {
			t.Error("foreign text in the message")
		}
		w.noLink()
	})
}

func TestClerkLacksRights(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		before := w.link()
		w.POS.ResetStats()
		out := p.back(p.visit(w.begin(), accountA+"/clerk", "allow"), link.MissingRights)
		if len(out.Missing) != 3 {
			t.Errorf("missing %q", out.Missing)
		}
		for _, right := range []string{"admin", "product_cost", "inventory_read"} {
			if !strings.Contains(out.Message, right) {
				t.Errorf("the message does not name %s: %s", right, out.Message)
			}
		}
		if w.revokes() != 1 || len(w.revocations()) != 0 {
			t.Errorf("the refused grant was revoked %d times, %d are queued", w.revokes(), len(w.revocations()))
		}
		if diff := cmp.Diff(before.String(), w.link().String()); diff != "" {
			t.Errorf("the present link changed: %s", diff)
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

// What Lightspeed reports is one thing, what it lets through another.
func TestRightsAreProbed(t *testing.T) {
	for path, word := range map[string]string{
		"/PriceLevel.json": "admin", "/Shop.json": "shops", "/Employee.json": "employees", "/Item.json": "product_cost", "/ItemShop.json": "inventory_read",
	} {
		t.Run(word, func(t *testing.T) {
			runOnce(t, func(t *testing.T, w *fixture) {
				p := w.process("p1")
				w.fault(sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 403, Path: path,
					Body: `{"httpCode":"403","message":"Not Authorized: Insufficient rights to perform the request","errorClass":"InsufficientRightsException"}`})
				out := p.back(p.visit(w.begin(), accountA+"/admin", "allow"), link.MissingRights)
				if len(out.Missing) != 1 || !strings.Contains(out.Missing[0], word) {
					t.Errorf("missing %q", out.Missing)
				}
				w.noLink()
			})
		})
	}
}

func TestLightspeedFailsDuringTheConnection(t *testing.T) {
	for _, f := range []struct {
		fault   sandbox.Fault
		revoked int // whether there was a grant to revoke
	}{
		{sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: tokenPath}, 0},
		{sandbox.Fault{Kind: sandbox.FaultCutAfter, Path: tokenPath}, 0},
		{sandbox.Fault{Kind: sandbox.FaultTruncate, Path: tokenPath}, 0},
		{sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503, Path: tokenPath}, 0},
		{sandbox.Fault{Kind: sandbox.FaultErrorAfter, Status: 500, Path: "/Account.json"}, 1},
		{sandbox.Fault{Kind: sandbox.FaultMalformed, Path: "/Session.json"}, 1},
		{sandbox.Fault{Kind: sandbox.FaultRevokedToken, Path: "/Session.json"}, 1},
		{sandbox.Fault{Kind: sandbox.FaultCutBefore, Path: "/PriceLevel.json"}, 1},
	} {
		t.Run(fmt.Sprintf("%s of %s", f.fault.Kind, strings.Trim(f.fault.Path, "/")), func(t *testing.T) {
			runOnce(t, func(t *testing.T, w *fixture) {
				p := w.process("p1")
				cb := p.visit(w.begin(), accountA+"/admin", "allow")
				w.fault(f.fault)
				p.back(cb, link.Unavailable)
				if w.revokes() != f.revoked {
					t.Errorf("%d revocations, want %d", w.revokes(), f.revoked)
				}
				w.POS.ClearFaults()
				p.back(cb, link.StateUsed)
				w.noLink()
				p.connect(accountA + "/admin")
			})
		})
	}
}

func TestFaultOfOursIsAnError(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		cb := p.visit(w.begin(), accountA+"/admin", "allow")
		if out, err := w.processWith("p2", "wrong", w.box).Return(t.Context(), cb); err == nil || out.Kind != "" {
			t.Errorf("wrong client secret: %+v, %v", out, err)
		}
		cb = p.visit(w.begin(), accountA+"/admin", "allow")
		if out, err := w.processWith("p3", jobstest.ClientSecret, newBox(t, "other")).Return(t.Context(), cb); err == nil || out.Kind != "" {
			t.Errorf("unsealable verifier: %+v, %v", out, err)
		}
		w.noLink()
		// What cannot be stored is not left open at Lightspeed.
		cb = p.visit(w.begin(), accountA+"/admin", "allow")
		p.failHolding()
		out, err := p.Return(t.Context(), cb)
		if w.is(err, errDisk); out.Kind != "" {
			t.Errorf("storing fails: %+v", out)
		}
		w.noLink()
		if w.revokes() != 1 {
			t.Errorf("%d revocations", w.revokes())
		}
	})
}

// failHolding lets the process's next attempt to hold a grant fail.
func (p *process) failHolding() {
	var failed atomic.Bool
	p.store.ConnectAttempt.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if _, holds := m.Field(connectattempt.FieldRefreshToken); holds && !failed.Swap(true) {
				return nil, errDisk
			}
			return next.Mutate(ctx, m)
		})
	})
}

// The code works once and the attempt is used: to stop halfway would waste both.
func TestBrowserThatLeavesWastesNothing(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		cb := p.visit(w.begin(), accountA+"/admin", "allow")
		ctx, cancel := context.WithCancel(t.Context())
		w.POS.OnRequest = func(*http.Request) { cancel() }
		out, err := p.Return(ctx, cb)
		w.must(err)
		if out.Kind != link.Granted {
			t.Errorf("outcome %+v", out)
		}
		w.must(p.complete("user-7", out.Code))
	})
}

func TestConnectingTheSameAccountAgain(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.finish()
		fullDue, linkID := *w.state().FullDueAt, w.link().ID
		_, first := w.stored()
		w.clock.Advance(time.Minute)
		p.connect(accountA + "/admin")
		if n := len(w.revocations()); n != 0 {
			t.Errorf("%d revocations of the same user's grant", n)
		}
		runs := w.runs()
		if len(runs) != 2 || runs[1].Kind != retail.KindDelta || runs[1].Trigger != retail.TriggerConnect {
			t.Errorf("runs %+v", runs)
		}
		s := w.state()
		if !s.FullDueAt.Equal(fullDue) || s.ItemsSince == nil || s.EvaluationCursor != 17 || !s.NextRunAt.Equal(w.clock.Now()) {
			t.Errorf("state %+v", s)
		}
		// Another user of that account: the grant of the first one ends, that of the second lives.
		_, second := w.stored()
		p.connect(accountA + "/manager")
		if n := len(w.revocations()); n != 1 {
			t.Fatalf("%d revocations queued", n)
		}
		w.must(p.RevokeDue(t.Context()))
		p.ended(second)
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		if _, third := w.stored(); third == first || third == second || w.link().ID != linkID || len(w.runs()) != 2 {
			t.Errorf("link %+v, %d runs", w.link(), len(w.runs()))
		}
	})
}

func TestConnectingAfterADisconnection(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.disconnect()
		p.connect(accountA + "/admin")
		w.must(p.RevokeDue(t.Context()))
		if row := w.wantState(retail.LinkConnected); row.DisconnectedAt != nil || row.TokenVersion != 3 {
			t.Errorf("link %+v", row)
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
		w.disconnect()
		out := p.back(p.visit(w.begin(), accountB+"/admin", "allow"), link.OtherAccount) // D18: the data are still the first one's
		if !strings.Contains(out.Message, "Alpine Bikes") {
			t.Errorf("message %s", out.Message)
		}
	})
}

// mirror fills every table that mirrors the account, and maps the shop.
func (w *fixture) mirror() {
	w.t.Helper()
	shop, err := w.Client.Shop.Create().SetLightspeedID(1).SetName("Downtown").Save(w.Ctx)
	w.must(err)
	location, err := w.Client.Location.Create().SetKey("l1").SetName("Main Street").Save(w.Ctx)
	w.must(err)
	w.must(w.Client.StoreMapping.Create().SetShop(shop).SetLocation(location).Exec(w.Ctx))
	product, err := w.Client.Product.Create().SetKey("p1").SetName("Tube").Save(w.Ctx)
	w.must(err)
	item, err := w.Client.PosItem.Create().SetLightspeedID(1).SetDescription("Tube").SetProduct(product).Save(w.Ctx)
	w.must(err)
	w.must(w.Client.ShopStock.Create().SetItem(item).SetLightspeedItemID(1).SetLightspeedShopID(1).
		SetOnHand(4).SetOnOrder(0).SetReorderPoint(0).SetReorderLevel(0).Exec(w.Ctx))
	w.must(w.Client.Register.Create().SetLightspeedID(1).SetName("Register").SetLightspeedShopID(1).Exec(w.Ctx))
	w.must(w.Client.Employee.Create().SetLightspeedID(1).SetName("Robin").Exec(w.Ctx))
	w.must(w.Client.PriceLevel.Create().SetLightspeedID(1).SetName("Default").Exec(w.Ctx))
	w.must(w.Client.PaymentType.Create().SetLightspeedID(1).SetName("Cash").Exec(w.Ctx))
	w.must(w.Client.PosLabel.Create().SetKind("CATEGORY").SetLightspeedID(1).SetName("Tubes").Exec(w.Ctx))
}

// mirrored counts the rows of every table that mirrors the account, and those that do not go with it.
func (w *fixture) mirrored() map[string]int {
	w.t.Helper()
	out := map[string]int{}
	count := func(name string, n int, err error) {
		w.t.Helper()
		w.must(err)
		out[name] = n
	}
	n, err := w.Client.Shop.Query().Count(w.Ctx)
	count("shops", n, err)
	n, err = w.Client.StoreMapping.Query().Count(w.Ctx)
	count("mappings", n, err)
	n, err = w.Client.PosItem.Query().Count(w.Ctx)
	count("items", n, err)
	n, err = w.Client.ShopStock.Query().Count(w.Ctx)
	count("stock", n, err)
	n, err = w.Client.Register.Query().Count(w.Ctx)
	count("registers", n, err)
	n, err = w.Client.Employee.Query().Count(w.Ctx)
	count("employees", n, err)
	n, err = w.Client.PriceLevel.Query().Count(w.Ctx)
	count("price levels", n, err)
	n, err = w.Client.PaymentType.Query().Count(w.Ctx)
	count("payment types", n, err)
	n, err = w.Client.PosLabel.Query().Count(w.Ctx)
	count("labels", n, err)
	n, err = w.Client.Location.Query().Count(w.Ctx)
	count("kept: locations", n, err)
	n, err = w.Client.Product.Query().Count(w.Ctx)
	count("kept: products", n, err)
	return out
}

func TestAnotherAccountNeedsConsent(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.mirror()
		before, rows := w.link().String(), w.mirrored()
		w.POS.ResetStats()
		out := p.back(p.visit(w.begin(), accountB+"/admin", "allow"), link.OtherAccount)
		for _, name := range []string{"Alpine Bikes", accountA, "Beach Cruisers", accountB} {
			if !strings.Contains(out.Message, name) {
				t.Errorf("the message does not name %s: %s", name, out.Message)
			}
		}
		if w.revokes() != 1 {
			t.Errorf("the refused grant was revoked %d times", w.revokes())
		}
		if diff := cmp.Diff(before, w.link().String()); diff != "" {
			t.Errorf("the link changed: %s", diff)
		}
		if diff := cmp.Diff(rows, w.mirrored()); diff != "" {
			t.Errorf("the mirror changed: %s", diff)
		}
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

func TestMovingToAnotherAccount(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		w.finish()
		w.mirror()
		neighbour := w.another("site-2")
		neighbour.mirror()
		untouched := neighbour.mirrored()
		// A run of the old account is under way, under a worker's lease.
		old, _, err := synclog.Enqueue(w.Ctx, w.Client, synclog.Request{Kind: retail.KindDelta, Trigger: retail.TriggerSchedule}, w.clock.Now())
		w.must(err)
		w.must(w.Client.SyncRun.UpdateOne(old).SetState(retail.RunRunning).Exec(w.Ctx))
		w.must(w.Client.SyncState.Update().SetLeaseOwner("p1").SetLeaseUntil(w.clock.Now().Add(time.Minute)).Exec(w.Ctx))
		w.must(w.Client.LightspeedLink.Update().SetBudgetLevel(80).SetBudgetSize(90).SetBudgetObservedAt(w.clock.Now()).Exec(w.Ctx))
		worker := p.Tokens(w.Site.ID, "")
		_, err = worker.Token(t.Context())
		w.must(err)
		_, refresh := w.stored()
		before, revision := w.state(), w.Site.MappingRevision

		w.must(w.Client.Product.Update().SetFeedSequence(0).Exec(w.Ctx))
		linked, err := w.Client.Product.Query().Where(product.HasPosItem()).IDs(w.Ctx)
		w.must(err)

		out := p.connect(accountB+"/admin", acknowledged)
		if out.AccountName != "Beach Cruisers" {
			t.Errorf("outcome %+v", out)
		}
		marked, err := w.Client.Product.Query().Where(product.FeedSequenceGT(0)).IDs(w.Ctx)
		w.must(err)
		if len(linked) == 0 || !slices.Equal(marked, linked) {
			t.Errorf("the feed reports %v; %v lost their items", marked, linked)
		}
		want := map[string]int{"kept: locations": 1, "kept: products": 1}
		got := w.mirrored()
		for name, n := range got {
			if n != want[name] {
				t.Errorf("%d %s", n, name)
			}
		}
		if diff := cmp.Diff(untouched, neighbour.mirrored()); diff != "" {
			t.Errorf("another site lost rows: %s", diff)
		}
		s := w.state()
		if s.ItemsSince != nil || s.StockSince != nil || s.FullCompletedAt != nil || s.PosClock != nil || s.LastSuccessAt != nil || s.EvaluationCursor != 0 {
			t.Errorf("state %+v", s)
		}
		if s.Fence <= before.Fence || s.LeaseOwner != "" || s.EvaluationWanted <= before.EvaluationWanted || !s.FullDueAt.Equal(w.clock.Now()) {
			t.Errorf("fence %d after %d, lease of %q, full due %s", s.Fence, before.Fence, s.LeaseOwner, s.FullDueAt)
		}
		runs := w.runs()
		if last := runs[len(runs)-1]; last.ID != old.ID || !last.CancelRequested || last.Sequence <= before.Sequence {
			t.Errorf("the old run: %+v", last)
		}
		// Who connected which account is remembered (B11), and that the stores went with the old one.
		var changes []string
		for _, c := range w.Client.SettingChange.Query().Order(ent.Asc(settingchange.FieldID)).AllX(w.Ctx) {
			changes = append(changes, fmt.Sprintf("%s %d %s: %s > %s", c.Setting, c.Revision, c.Field, c.Before, c.After))
			if c.ChangedBy == "" || strings.Contains(c.Before+c.After, "token") {
				t.Errorf("change %v", c)
			}
		}
		as := w.link().EmployeeName
		wantChanges := []string{
			fmt.Sprintf("connection 0 Lightspeed account: none > Alpine Bikes (%s), as %s", accountA, as),
			fmt.Sprintf("connection 0 Lightspeed account: Alpine Bikes (%s), as %s > Beach Cruisers (%s), as %s", accountA, as, accountB, as),
			fmt.Sprintf("storeMappings %d Number of connected stores: 1 > 0, as another Lightspeed account was connected", revision+1),
		}
		if diff := cmp.Diff(wantChanges, changes); diff != "" {
			t.Errorf("changes (-want +got):\n%s", diff)
		}
		if site := w.Client.Site.GetX(w.Ctx, w.Site.ID); site.MappingRevision != revision+1 {
			t.Errorf("mapping revision %d", site.MappingRevision)
		}
		if row := w.link(); row.AccountID != accountB || row.BudgetLevel != 0 || row.BudgetSize != 0 || row.BudgetObservedAt != nil {
			t.Errorf("link %+v", row)
		}
		// The old worker gets no token of the new account within a second, nor does it end the new link.
		w.Clock.Advance(time.Second)
		_, err = worker.Token(t.Context())
		w.is(err, link.ErrAccountChanged)
		_, err = worker.Renew(t.Context(), "rejected")
		w.is(err, link.ErrAccountChanged)
		// Nor does one that has read its account before the change, and asks for its first token after it.
		_, err = p.Tokens(w.Site.ID, accountA).Token(t.Context())
		w.is(err, link.ErrAccountChanged)
		w.must(p.use(p.Tokens(w.Site.ID, accountB)))
		w.must(p.RevokeDue(t.Context()))
		p.ended(refresh)
		w.must(p.use(p.Tokens(w.Site.ID, "")))
	})
}

func TestConnectionsOfTwoSitesToOneAccount(t *testing.T) {
	run(t, func(t *testing.T, w *fixture) {
		p := w.process("p1")
		p.connect(accountA + "/admin")
		other := w.another("site-2")
		q := other.process("p1")
		q.connect(accountA + "/admin")
		w.disconnect()
		w.must(p.RevokeDue(t.Context()))
		w.wantState(retail.LinkDisconnected)
		other.wantState(retail.LinkConnected)
		w.must(q.use(q.Tokens(other.Site.ID, "")))
		n, err := w.Client.LightspeedLink.Query().Count(system(t.Context()))
		if err != nil || n != 2 {
			t.Errorf("%d links, %v", n, err)
		}
	})
}

var _ lightspeed.TokenSource = (*link.Links)(nil).Tokens("", "")
