package inventory_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/retail"
	"possync/jobs/jobstest"
)

// What was read is stored before a run waits for the account's limits: it is not kept with the pages that come later.
func TestPagesAreNotKeptWaiting(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Clock.Advance(time.Hour)
		asked := 0
		var done []int
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if !strings.HasSuffix(r.URL.Path, "/Item.json") {
				return nil
			}
			switch asked++; asked {
			case 2:
				return []sandbox.Fault{{Kind: sandbox.FaultThrottle, RetryAfter: 50}}
			case 3:
				done = append(done, w.LastRun().Done)
			}
			return nil
		}
		w.FullSync()
		if len(done) != 1 || done[0] != 100 {
			t.Errorf("after the pause %v items had been stored, want 100", done)
		}
		if run := w.LastRun(); run.State != retail.RunCompleted || run.ItemsRead != 300 {
			t.Errorf("run: %v", run)
		}
		w.CheckMirror()
	})
}

// Where some of the pages that are stored together need a person's confirmation, those before them are stored without it.
func TestPagesBeforeAConfirmationAreStored(t *testing.T) {
	databasetest.NotRaced(t)
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Clock.Advance(time.Hour)
		for id := int64(1); id <= 300; id++ {
			if id <= 100 {
				must(t, w.Account.Receive(id, 1, 7))
				continue
			}
			for shop := 1; shop <= 3; shop++ {
				_ = w.Account.Count(id, shop, 0)
			}
		}
		was := onHand(w, 5, 1)
		w.MakeFullDue()
		w.Work()
		if run := w.LastRun(); run.State != retail.RunWaiting || run.Done < 100 || run.Done == 300 {
			t.Fatalf("run: %v", run)
		}
		if now := onHand(w, 5, 1); now != was+7 {
			t.Errorf("%d of %d on hand, want the 7 that came", now, was)
		}
		for w.Confirm() {
			w.Work()
		}
		w.CheckMirror()
		w.CheckEvaluation()
	})
}

// A long pause that Lightspeed asks for is a wait that people see, and nobody works on the site meanwhile.
func TestLongPauseIsAWait(t *testing.T) {
	synced(300).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Clock.Advance(time.Hour)
		asked := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if asked++; asked == 2 {
				return []sandbox.Fault{{Kind: sandbox.FaultThrottle, RetryAfter: 300}}
			}
			return nil
		}
		w.MakeFullDue()
		w.Work()
		run := w.LastRun()
		if run.State != retail.RunWaiting || run.WaitReason == nil || *run.WaitReason != retail.WaitPOSThrottled {
			t.Fatalf("run: %v", run)
		}
		if left := run.ResumeAt.Sub(w.Clock.Now()); left < 299*time.Second || left > 300*time.Second {
			t.Errorf("it goes on in %s, want 300 s", left)
		}
		if state := w.Client.SyncState.Query().OnlyX(w.Ctx); state.LeaseUntil != nil || !state.DueAt.Equal(*run.ResumeAt) {
			t.Errorf("state: %v", state)
		}
		w.Tick()
		if run := w.LastRun(); run.State != retail.RunCompleted {
			t.Errorf("run: %v", run)
		}
		w.CheckMirror()
	})
}

// A long run lets other sites go first now and then, and goes on from where it was: no page is read twice for it.
func TestLongRunTakesTurns(t *testing.T) {
	synced(500).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		w.Clock.Advance(time.Hour)
		pages := 0
		w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
			if strings.HasSuffix(r.URL.Path, "/Item.json") && !r.URL.Query().Has("count") {
				pages++
				w.Clock.Advance(40 * time.Second) // its answers are slow
			}
			return nil
		}
		fence := w.Client.SyncState.Query().OnlyX(w.Ctx).Fence
		w.MakeFullDue()
		w.Work()
		if run := w.LastRun(); run.State != retail.RunCompleted || run.ItemsRead != 500 || pages != 5 {
			t.Errorf("%d pages, run: %v", pages, run)
		}
		if turns := w.Client.SyncState.Query().OnlyX(w.Ctx).Fence - fence; turns < 2 || turns > 4 {
			t.Errorf("%d turns, want one every minute of three and a half", turns)
		}
		w.CheckMirror()
	})
}
