package inventory_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/yardstick"
	"possync/jobs/jobstest"
)

// The POS of the benchmarks is a process of its own, so that its memory is not counted as ours. It is this test program
// again, started with the number of items in this variable.
const posEnv = "POSSYNC_BENCH_POS_ITEMS"

func TestMain(m *testing.M) {
	if items, err := strconv.Atoi(os.Getenv(posEnv)); err == nil {
		servePOS(items)
		return
	}
	os.Exit(m.Run())
}

var benchItems = flag.Int("bench-items", 100_000, "items of the POS in the benchmarks")

// stopped is a clock that moves only when /sandbox/clock moves it.
type stopped struct{ at time.Time }

func (s stopped) Now() time.Time                             { return s.at }
func (s stopped) Sleep(context.Context, time.Duration) error { return nil }

// BenchmarkFirstSync reads 100,000 items of 3 shops under the POS's real limits. Both clocks are driven: when the pacer
// waits, they move on together at once.
//
// From an empty bucket of B drips that leaks r a second, requests that cost S drips together cannot take less than
// (S-B)/r seconds.
func BenchmarkFirstSync(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			for b.Loop() {
				firstSync(b, dialect, *benchItems)
			}
		})
	}
}

func firstSync(b *testing.B, dialect string, items int) {
	b.StopTimer()
	w := newRemote(b, dialect, items)
	if got := w.Connect("admin"); got.AccountName == "" {
		b.Fatalf("connect: %+v", got)
	}
	w.pos("DELETE", "stats", nil, nil)
	before := w.Clock.Now()
	resetPeak(b)
	b.StartTimer()
	w.Work()
	b.StopTimer()
	elapsed := w.Clock.Now().Sub(before).Seconds()
	run := w.LastRun()
	if run.State != retail.RunCompleted || run.ItemsRead < items {
		b.Fatalf("run: %v", run)
	}
	var stats sandbox.Stats
	w.pos("GET", "stats", nil, &stats)
	link := w.Client.LightspeedLink.Query().OnlyX(w.Ctx)
	bound := (stats.Spent - link.BudgetSize) / link.BudgetDripPerSecond
	b.ReportMetric(stats.Spent, "drips")
	b.ReportMetric(link.BudgetSize, "bucket")
	b.ReportMetric(bound, "bound-s")
	b.ReportMetric(elapsed, "elapsed-s")
	b.ReportMetric(elapsed/bound, "elapsed/bound")
	b.ReportMetric(float64(stats.Throttled), "429s")
	b.ReportMetric(peakMB(b), "peak-RSS-MB")
	b.ReportMetric(float64(items)/b.Elapsed().Seconds(), "items/s")
	b.StartTimer()
}

// BenchmarkSyncCPU measures what a first sync of 100,000 items costs, and then a full one that finds nothing changed, by this process
// and PostgreSQL together, which knows its tables from another site's first sync.
func BenchmarkSyncCPU(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		w := newRemote(b, "postgres", *benchItems)
		w.Connect("admin")
		w.Work()
		if _, err := w.db.SQL.ExecContext(w.Ctx, "VACUUM ANALYZE"); err != nil { // as autovacuum does, which comes too late for a new database
			b.Fatal(err)
		}
		w.Fixture = w.Beside("measured")
		w.Connect("admin")
		b.StartTimer()
		w.measure(b, "first sync of 1,000 items", 400)
		w.Clock.Advance(time.Hour)
		w.MakeFullDue()
		w.measure(b, "full sync of 1,000 unchanged items", 50)
	}
}

// BenchmarkCheckCPU measures what a scheduled sync costs that finds nothing, by this process and PostgreSQL together.
func BenchmarkCheckCPU(b *testing.B) {
	w := newRemote(b, "postgres", 1000)
	w.Connect("admin")
	w.Work()
	name := yardstick.NameOf(w.Ctx, b, w.db.SQL)
	look := func(after time.Duration) {
		if err := errors.Join(w.Clock.Sleep(w.Ctx, after), synclogDue(w.Fixture), w.Jobs.WorkDue(w.Ctx)); err != nil {
			b.Fatal(err)
		}
	}
	for range 3 { // until nothing is new any more
		look(time.Hour)
	}
	checks := func() (n int) {
		for _, run := range w.Client.SyncRun.Query().AllX(w.Ctx) {
			n += run.Checks
		}
		return n
	}
	earlier, looks := checks(), 0
	before := yardstick.UsageOf(b, os.Getpid(), name)
	for b.Loop() {
		look(time.Minute)
		looks++
	}
	used := yardstick.UsageOf(b, os.Getpid(), name).Minus(before)
	if n := checks() - earlier; n*10 < looks*8 { // once an hour the short lists are read, too
		b.Fatalf("%d looks, of which only %d were no run", looks, n)
	}
	yardstick.Report(b, yardstick.Row{
		Work: "sync that finds nothing", Yardstick: "CPU with PostgreSQL, the scheduler's own looks included", Measured: used.Sum().Seconds() * 1000 / float64(looks),
		Bar: 5, Unit: "ms-CPU",
	})
}

// measure works, and reports the CPU for each 1,000 items of the run.
func (w remoteFixture) measure(b *testing.B, work string, bar float64) {
	b.Helper()
	name := yardstick.NameOf(w.Ctx, b, w.db.SQL)
	before := yardstick.UsageOf(b, os.Getpid(), name)
	w.Work()
	used := yardstick.UsageOf(b, os.Getpid(), name).Minus(before)
	run := w.LastRun()
	if run.State != retail.RunCompleted || run.ItemsRead < *benchItems {
		b.Fatalf("run: %v", run)
	}
	thousands := float64(run.ItemsRead) / 1000
	b.Logf("%s: %.1f ms here, %.1f ms in PostgreSQL", work, used.Process.Seconds()*1000/thousands, used.Postgres.Seconds()*1000/thousands)
	yardstick.Report(b, yardstick.Row{
		Work: work, Yardstick: "CPU with PostgreSQL", Measured: used.Sum().Seconds() * 1000 / thousands, Bar: bar, Unit: "ms-" + strings.Fields(work)[0],
	})
}

// remoteFixture is a jobstest.Fixture whose POS is another process.
type remoteFixture struct {
	*jobstest.Fixture
	tb testing.TB
	db *database.DB
}

func newRemote(tb testing.TB, dialect string, items int) remoteFixture {
	tb.Helper()
	url := startPOS(tb, items)
	template := databasetest.Migrations(tb, migrations.Files)
	var db *database.DB
	if dialect == "postgres" {
		db = databasetest.Postgres(tb, template)
	} else {
		db = databasetest.SQLite(tb, template)
	}
	w := remoteFixture{tb: tb, db: db}
	w.Fixture = jobstest.NewRemote(tb, store.NewClient(db), url, &together{Manual: clock.NewAuto(start()), pos: func(d time.Duration) {
		w.pos("POST", "clock", map[string]float64{"seconds": d.Seconds()}, nil)
	}})
	return w
}

func start() time.Time { return time.Date(2026, 5, 2, 18, 20, 31, 0, time.UTC) }

// together is a clock that takes the POS's along.
type together struct {
	*clock.Manual
	mu  sync.Mutex
	pos func(time.Duration)
}

func (t *together) Sleep(ctx context.Context, d time.Duration) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if d > 0 {
		t.pos(d)
	}
	return t.Manual.Sleep(ctx, d)
}

func (w remoteFixture) pos(method, path string, in, out any) {
	body, err := json.Marshal(in)
	if err == nil {
		var request *http.Request
		request, err = http.NewRequestWithContext(context.Background(), method, w.URL+"/sandbox/"+path, bytes.NewReader(body))
		if err == nil {
			var response *http.Response
			if response, err = http.DefaultClient.Do(request); err == nil {
				defer response.Body.Close()
				if response.StatusCode >= 300 {
					err = fmt.Errorf("status %s", response.Status)
				} else if out != nil {
					err = json.NewDecoder(response.Body).Decode(out)
				}
			}
		}
	}
	if err != nil {
		w.tb.Fatalf("%s /sandbox/%s: %v", method, path, err)
	}
}

// startPOS starts the other process and returns its address.
func startPOS(tb testing.TB, items int) string {
	tb.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), posEnv+"="+strconv.Itoa(items))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe() // its end stops the POS
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := command.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = stdin.Close()
		_ = command.Wait()
	})
	var url string
	if _, err := fmt.Fscanln(stdout, &url); err != nil {
		tb.Fatalf("the POS printed no address: %v", err)
	}
	return url
}

// resetPeak and peakMB measure the resident memory of this process alone.
func resetPeak(tb testing.TB) {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		tb.Logf("the peak counts from the start of the process: %v", err)
	}
}

func peakMB(tb testing.TB) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		tb.Logf("no figure for memory here: %v", err)
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}
