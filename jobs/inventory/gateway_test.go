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

// refuse lets a faulty gateway answer 401 to every request.
func refuse(w *jobstest.Fixture) {
	w.POS.FaultFor = func(r *http.Request) []sandbox.Fault {
		if !strings.HasPrefix(r.URL.Path, "/API/") {
			return nil
		}
		return []sandbox.Fault{{Kind: sandbox.FaultErrorBefore, Status: http.StatusUnauthorized, Body: "<html>Authorization Required</html>"}}
	}
}

// minutes lets time pass while the background work runs.
func minutes(t *testing.T, w *jobstest.Fixture, n int) {
	t.Helper()
	for range n {
		w.Clock.Advance(time.Minute)
		must(t, w.Jobs.Links().RenewDue(t.Context()))
		must(t, w.Jobs.Links().RetryRefused(t.Context()))
		w.Work()
	}
}

// A gateway that refuses fresh tokens for a few minutes costs the site those minutes, and not its connection.
func TestFaultyGatewayCostsTimeAlone(t *testing.T) {
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		must(t, w.Account.Receive(1, 1, 1))
		refuse(w)
		w.Tick()
		run := w.LastRun()
		if run.State != retail.RunWaiting || run.WaitReason == nil || *run.WaitReason != retail.WaitPOSUnavailable {
			t.Fatalf("run: %v", run)
		}
		minutes(t, w, 20)
		if link := w.Client.LightspeedLink.Query().OnlyX(w.Ctx); link.State != retail.LinkConnected {
			t.Fatalf("link: %v", link)
		}
		w.POS.FaultFor = nil
		minutes(t, w, 20)
		if got := w.Client.SyncRun.GetX(w.Ctx, run.ID); got.State != retail.RunCompleted {
			t.Errorf("run: %v", got)
		}
		w.CheckMirror()
	})
}

// One that lasts is shown to a person, and everything continues on its own when it ends.
func TestFaultyGatewayThatLasts(t *testing.T) {
	databasetest.NotRaced(t)
	synced(100).Run(t, func(t *testing.T, w *jobstest.Fixture) {
		refuse(w)
		w.Tick()
		minutes(t, w, 60)
		if link := w.Client.LightspeedLink.Query().OnlyX(w.Ctx); link.State != retail.LinkNeedsReauth {
			t.Fatalf("link: %v", link)
		}
		if run := w.LastRun(); run.State != retail.RunFailed || run.ErrorCode != "POS_SIGN_IN" {
			t.Fatalf("run: %v", run)
		}
		minutes(t, w, 24*60)
		must(t, w.Account.Receive(1, 1, 1))
		w.POS.FaultFor = nil
		minutes(t, w, 40)
		if link := w.Client.LightspeedLink.Query().OnlyX(w.Ctx); link.State != retail.LinkConnected {
			t.Fatalf("link: %v", link)
		}
		w.CheckMirror()
	})
}
