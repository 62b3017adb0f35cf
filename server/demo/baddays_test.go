//go:build unix

package demo_test

import (
	"bytes"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log/slog"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"possync/internal/database"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/tenant"
	"possync/server/demo"
)

var badDays = flag.Bool("baddays", false, "run the whole program through bad days, by the machine's clock: some minutes")

// within is how soon staff and operator must see that something is wrong.
const within = 30 * time.Second

// badDay is what goes wrong, and how it ends.
type badDay struct {
	name  string
	begin func(t *testing.T, d *day) (end func())
	alone bool // it goes wrong for the whole process
}

// pos is a bad day of Lightspeed's API.
func pos(name string, fault sandbox.Fault) badDay {
	return badDay{name: name, begin: func(t *testing.T, d *day) func() {
		fault.Path = "/API/"
		id, err := d.Sandbox().AddFault(fault)
		if err != nil {
			t.Fatal(err)
		}
		return func() { d.Sandbox().RemoveFault(id) }
	}}
}

// trigger is a bad day of the database: what matches the event fails with the words.
func trigger(name, words string, events ...string) badDay {
	return badDay{name: name, begin: func(t *testing.T, d *day) func() {
		for i, event := range events {
			d.exec(t, fmt.Sprintf("CREATE TRIGGER bad_day_%d BEFORE %s BEGIN SELECT RAISE(FAIL, '%s'); END", i, event, words))
		}
		return func() {
			for i := range events {
				d.exec(t, fmt.Sprintf("DROP TRIGGER bad_day_%d", i))
			}
		}
	}}
}

// fullDisk is a bad day of the disk: no file grows any more, and none of SQLite's pages is written.
func fullDisk(name string) badDay {
	return badDay{name: name, alone: true, begin: func(t *testing.T, _ *day) func() {
		var before syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
		signal.Ignore(syscall.SIGXFSZ) // which else ends the process
		limit := func(to syscall.Rlimit) {
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &to); err != nil {
				t.Error(err)
			}
		}
		limit(syscall.Rlimit{Cur: 4096, Max: before.Max})
		return func() {
			limit(before)
			signal.Reset(syscall.SIGXFSZ)
		}
	}}
}

// day is a demo that is connected and exports, with its log.
type day struct {
	*fixture
	log *logLines
	db  *sql.DB
}

func (d *day) exec(t *testing.T, statement string) {
	t.Helper()
	if _, err := d.db.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// logLines are the lines of warnings and errors.
type logLines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logLines) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := strings.TrimSpace(l.text.String())
	l.text.Reset()
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// begin connects, maps the stores and switches exports on.
func begin(t *testing.T) *day {
	t.Helper()
	d := &day{log: &logLines{}}
	dir := t.TempDir()
	d.fixture = start(t, func(o *demo.Options) {
		o.Dir, o.Logger = dir, slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	})
	d.ctx = t.Context()
	d.setUp(t)
	db, err := database.Open(t.Context(), "sqlite:"+filepath.Join(dir, "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.db = db.SQL
	return d
}

// seen is what staff see of a bad day.
type seen struct {
	Setup struct{ Issues []struct{ Code string } }
	// Alerts that are open.
	Alerts     []struct{ Code string }
	SyncStatus struct {
		Run *struct {
			State      string
			WaitReason *string
		}
	}
	Orders struct {
		Edges []struct {
			Node struct {
				ExportState string
				Export      *struct{ Reason *struct{ Code string } }
			}
		}
	}
}

// said says what is shown of trouble: an issue or an alert, and a reason of the run or of the export.
func (s seen) said() (problem, reason string) {
	for _, a := range s.Alerts {
		problem = a.Code
	}
	for _, i := range s.Setup.Issues {
		if i.Code == "STORAGE_UNAVAILABLE" {
			problem = i.Code
		}
	}
	if r := s.SyncStatus.Run; r != nil && r.WaitReason != nil {
		reason = "run " + *r.WaitReason
	}
	if r := s.SyncStatus.Run; r != nil && r.State == "FAILED" {
		reason = "run FAILED"
	}
	for _, edge := range s.Orders.Edges {
		if e := edge.Node.Export; e != nil && e.Reason != nil {
			reason = strings.TrimPrefix(reason+", export "+e.Reason.Code, ", ")
		}
	}
	return problem, reason
}

const whatIsSeen = `{ setup { issues { code } } alerts { code } syncStatus { run { state waitReason } }
	orders(first: 3) { edges { node { exportState export { reason { code } } } } } }`

// await asks until says holds, at most so long, and returns after how long it did.
func (d *day) await(t *testing.T, most time.Duration, says func(seen) bool) (after time.Duration, ok bool, last seen) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	began, every := time.Now(), time.NewTicker(250*time.Millisecond)
	defer every.Stop()
	for {
		var now seen
		if err := d.client(t, tenant.RoleManage).Do(t.Context(), whatIsSeen, nil, &now); err == nil {
			last = now
			if says(now) {
				return time.Since(began), true, last
			}
		}
		select {
		case <-ctx.Done():
			return time.Since(began), false, last
		case <-every.C:
		}
	}
}

// Whatever goes wrong, staff see it within 30 seconds, the operator has one line, and it ends with the incident.
func TestBadDays(t *testing.T) {
	if !*badDays {
		t.Skip("runs with -baddays: see make baddays")
	}
	for _, bad := range []badDay{
		pos("Lightspeed is down", sandbox.Fault{Kind: sandbox.FaultCutBefore}),
		pos("Lightspeed answers 503", sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 503}),
		pos("Lightspeed forbids", sandbox.Fault{Kind: sandbox.FaultErrorBefore, Status: 403}),
		pos("Lightspeed answers garbage", sandbox.Fault{Kind: sandbox.FaultMalformed}),
		pos("Lightspeed says nothing", sandbox.Fault{Kind: sandbox.FaultLatency, DelayMS: 300_000}),
		pos("Lightspeed drips", sandbox.Fault{Kind: sandbox.FaultDrip, DelayMS: 1000}),
		fullDisk("the disk is full"),
		trigger("an export's transaction fails", "it cannot be", "UPDATE ON order_exports"),
		trigger("a sync's transaction fails", "it cannot be", "UPDATE ON pos_items", "UPDATE ON sync_runs"),
	} {
		t.Run(bad.name, func(t *testing.T) {
			if !bad.alone {
				t.Parallel()
			}
			d := begin(t)
			var open struct {
				Orders struct {
					Edges []struct{ Node struct{ ID string } }
				}
			}
			d.do(t, `{ orders(first: 5, where: {blocked: false}) { edges { node { id } } } }`, &open)
			if len(open.Orders.Edges) == 0 {
				t.Fatal("no order can be exported")
			}
			// The evaluation after going live may still be under way.
			d.await(t, within, func(seen) bool {
				return d.client(t, tenant.RoleManage).Do(t.Context(), `mutation { startSync(input: {}) { userErrors { message } } }`, nil, nil) == nil
			})
			d.log.take()
			d.do(t, fmt.Sprintf(`mutation { exportOrder(input: {orderId: %q}) { userErrors { message } } }`, open.Orders.Edges[0].Node.ID), nil)
			end := bad.begin(t, d)
			after, ok, last := d.await(t, 2*within, func(s seen) bool {
				problem, reason := s.said()
				return problem != "" && reason != ""
			})
			problem, reason := last.said()
			t.Logf("seen: %v after %.0f s: %q, %q", ok, after.Seconds(), problem, reason)
			if !ok || after > within {
				t.Errorf("staff see %q and %q after %v", problem, reason, after)
			}
			lines := d.log.take()
			t.Logf("%d lines of the log:\n%s", len(lines), strings.Join(lines, "\n"))
			end()
			after, ok, last = d.await(t, 3*time.Minute, func(s seen) bool {
				problem, reason := s.said()
				return problem == "" && (reason == "" || reason == "run FAILED")
			})
			problem, reason = last.said()
			t.Logf("over: %v after %.0f s: %q, %q", ok, after.Seconds(), problem, reason)
			if !ok {
				t.Errorf("it does not end: %q and %q", problem, reason)
			}
		})
	}
}
