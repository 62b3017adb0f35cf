package export_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/jobs"
	"possync/jobs/export"
	"possync/jobs/jobstest"
	"possync/jobs/lease"
)

var (
	soakOrders = flag.Int("soak-orders", 20, "orders of a soak, on each database")
	soakKills  = flag.Int("soak-kills", 3, "processes that a soak kills with -9 at least")
	soakSeed   = flag.Uint64("soak-seed", 1, "seed of a soak")
	// Without it a soak waits two minutes of its clock less; TestRestoredBackupSellsNothingTwice is the short form.
	soakRestore = flag.Bool("soak-restore", false, "restore a backup in the middle of a soak")
)

// soakTime is how long a soak may take for each hundred orders before it counts as stuck.
const soakTime = 5 * time.Minute

// hurried runs ten times as fast as the machine's clock.
type hurried struct {
	Start, Epoch time.Time
	mu           sync.Mutex
	skipped      time.Duration
}

const pace = 10

func (c *hurried) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Start.Add(pace*time.Since(c.Epoch) + c.skipped).UTC().Truncate(time.Microsecond)
}

func (c *hurried) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d / pace)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *hurried) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skipped += d
}

func (c *hurried) Set(t time.Time) { c.Advance(t.Sub(c.Now())) }

// soakWorker is the configuration of a worker process.
type soakWorker struct {
	Name, URL, DSN, Keys string
	Start, Epoch         time.Time
}

const soakWorkerEnv = "POSSYNC_SOAK_WORKER"

// TestMain becomes a worker process when it is started as one.
func TestMain(m *testing.M) {
	workerConfig := os.Getenv(soakWorkerEnv)
	if workerConfig == "" {
		flag.Parse()
		os.Exit(m.Run())
	}
	if err := work(workerConfig); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// work serves the jobs until the process is killed.
func work(workerConfig string) error {
	var w soakWorker
	if err := json.Unmarshal([]byte(workerConfig), &w); err != nil {
		return fmt.Errorf("read what to do: %w", err)
	}
	db, err := database.Open(context.Background(), w.DSN)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	keys, err := secret.ParseKeys(w.Keys)
	if err != nil {
		return fmt.Errorf("read the keys: %w", err)
	}
	box, err := secret.NewBox(keys)
	if err != nil {
		return fmt.Errorf("make a box: %w", err)
	}
	clock := &hurried{Start: w.Start, Epoch: w.Epoch}
	logger := jobstest.Logger(nil)
	client := storetest.NewClient(db)
	return jobs.New(jobs.Deps{
		Client: client, Settings: settings.NewSource(client, settings.Kept), Bus: event.NewBus(), Clock: clock, Logger: logger, Owner: w.Name, Workers: 2, Box: box, Pace: pace,
		OAuth: lightspeed.NewOAuth(lightspeed.OAuthConfig{
			BaseURL: w.URL, ClientID: jobstest.ClientID, ClientSecret: jobstest.ClientSecret, Scopes: []string{"employee:all"}, Clock: clock,
		}),
		API: lightspeed.NewClient(lightspeed.Config{BaseURL: w.URL, Clock: clock, Logger: logger, UserAgent: w.Name}),
	}).Run(context.Background())
}

// soak is a shop whose workers are processes of their own, which are killed while they work.
type soak struct {
	*shop
	t       *testing.T
	rng     *rand.Rand
	config  soakWorker
	running []*exec.Cmd
	kills   int

	mu     sync.Mutex // of the faults' random numbers
	faults *rand.Rand
	calm   bool
	lags   bool // all searches lag
}

// searchLag is how far all searches lag after a restore: with a request that is a minute late, less than the exporter waits
// before it creates a customer again.
const searchLag = 20 * time.Second

func openSoak(t *testing.T, client *ent.Client, db *database.DB) *soak {
	clock := &hurried{Start: storetest.Now(), Epoch: time.Now()}
	w := jobstest.NewAt(t, client, start.POS, clock)
	w.DB = db
	w.Account.SetRegisters(400)
	start.Prepare(w)
	s := &soak{
		shop: &shop{Fixture: w}, t: t,
		rng: rand.New(rand.NewPCG(*soakSeed, 1)), faults: rand.New(rand.NewPCG(*soakSeed, 2)),
		config: soakWorker{URL: w.URL, DSN: db.URL(), Keys: w.Key, Start: clock.Start, Epoch: clock.Epoch},
	}
	w.POS.FaultFor = s.faultFor
	return s
}

// faultFor makes three calls in ten go wrong.
func (s *soak) faultFor(r *http.Request) []sandbox.Fault {
	if !strings.HasPrefix(r.URL.Path, "/API/") {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calm {
		return nil
	}
	var all []sandbox.Fault
	if s.lags {
		all = append(all, sandbox.Fault{Kind: sandbox.FaultSearchLag, DelayMS: int(searchLag.Milliseconds())})
	}
	if s.faults.IntN(10) >= 3 {
		return all
	}
	f := sandbox.Fault{Status: 503, RetryAfter: 1, DelayMS: 1 + s.faults.IntN(60_000)}
	kinds := []sandbox.FaultKind{
		sandbox.FaultErrorBefore, sandbox.FaultErrorAfter, sandbox.FaultCutBefore, sandbox.FaultCutAfter, sandbox.FaultTruncate,
		sandbox.FaultLate, sandbox.FaultThrottle, sandbox.FaultSearchLag, sandbox.FaultLatency,
	}
	f.Kind = kinds[s.faults.IntN(len(kinds))]
	switch {
	case s.faults.IntN(200) == 0: // seldom: a connection may renew its token five times a minute
		f.Kind = sandbox.FaultRevokedToken
	case f.Kind == sandbox.FaultLatency:
		f.DelayMS = 600
	}
	return append(all, f)
}

// spawn starts a worker process.
func (s *soak) spawn() *exec.Cmd {
	s.t.Helper()
	s.workers++
	workerConfig := s.config
	workerConfig.Name = fmt.Sprintf("process-%d", s.workers)
	text, err := json.Marshal(workerConfig)
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), soakWorkerEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	return cmd
}

// kill ends a process as the machine's failure would.
func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed: that is its error
}

// Whatever fails on the way, and whichever process is killed, each order is in the POS as one completed sale, to the cent, with
// each payment once, and nothing of it is left open.
func TestSoak(t *testing.T) {
	if !databasetest.Volume(t) {
		t.Skip("volume in other processes, whose races no one would see: TestManyOrdersAtOnce has two workers in this one")
	}
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		t.Parallel() // most of the time all wait
		s := openSoak(t, client, db)
		processes := 2
		if db.Dialect == database.SQLite { // which serves one
			processes = 1
		}
		baskets := s.someBaskets(*soakOrders)
		s.start(processes)
		defer s.stop()
		orders := s.place(baskets, 0, len(baskets)/2)
		if *soakRestore {
			s.until(func() bool { return s.exported() >= len(baskets)/4 })
			s.restore(db, func() {
				s.place(baskets, len(baskets)/2, len(baskets))
				s.until(func() bool { return s.exported() >= len(baskets)*3/4 })
			})
			s.Enqueue(orders...)
			s.start(processes)
		}
		orders = append(orders, s.place(baskets, len(baskets)/2, len(baskets))...)
		s.until(func() bool { return s.exported() == len(baskets) })
		s.mu.Lock()
		s.calm = true
		s.mu.Unlock()
		s.stop()
		s.sweep(client)
		faults := 0
		for _, fault := range s.SalesErrors(orders...) {
			faults++
			t.Error(fault)
		}
		s.checkOnce(t)
		t.Logf("%d orders, %d processes killed, %d faults", len(orders), s.kills, faults)
	})
}

func (s *soak) someBaskets(n int) []jobstest.OrderSpec {
	baskets := make([]jobstest.OrderSpec, n)
	for i := range baskets {
		b := basket
		b.Units, b.Ship = 1+s.rng.Int64N(5), retail.Amount(s.rng.Int64N(2000))*retail.Cent
		b.Email = fmt.Sprintf("buyer-%d@example.com", s.rng.IntN(1+n/3))
		b.Method = []string{"Credit Card", "Stripe", "PayPal", "Klarna"}[s.rng.IntN(4)]
		if s.rng.IntN(5) == 0 {
			b.Manual = 3_000_000
		}
		baskets[i] = b
	}
	return baskets
}

// place makes orders of the baskets from one up to another, and has them exported.
func (s *soak) place(baskets []jobstest.OrderSpec, from, to int) (orders []*ent.WebOrder) {
	s.t.Helper()
	for i := from; i < to; i++ {
		orders = append(orders, s.NewOrder(fmt.Sprintf("W-%d", i+1), baskets[i]))
	}
	s.Enqueue(orders...)
	return orders
}

// start starts the worker processes.
func (s *soak) start(processes int) {
	s.t.Helper()
	for range processes {
		s.running = append(s.running, s.spawn())
	}
}

// stop kills the worker processes.
func (s *soak) stop() {
	for _, cmd := range s.running {
		kill(cmd)
	}
	s.running = nil
}

// restore takes a backup, has something done that it will not know of, and puts it back. From then on searches lag.
func (s *soak) restore(db *database.DB, meanwhile func()) {
	s.t.Helper()
	put, taken := databasetest.Backup(s.t, db), s.Clock.Now()
	meanwhile()
	// On SQLite a process that has just started detects a restore by the age of the last heartbeat alone.
	s.until(func() bool { return s.Clock.Now().Sub(taken) > 40*time.Second })
	lost := s.exported()
	s.stop()
	put()
	s.t.Logf("restored: %d exported, %d in the backup", lost, s.exported())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lags = true
}

func (s *soak) exported() int {
	s.t.Helper()
	return s.Client.OrderExport.Query().Where(orderexport.StateEQ(retail.ExportExported)).CountX(s.Ctx)
}

// until waits for something, and meanwhile kills one process after the other, starts another in its place, and connects again
// as a person does who follows the message.
func (s *soak) until(holds func() bool) {
	s.t.Helper()
	deadline := time.NewTimer(soakTime * time.Duration(1+*soakOrders/100))
	defer deadline.Stop()
	for !holds() {
		next := time.NewTimer(time.Duration(60+s.rng.IntN(800)) * time.Millisecond)
		select {
		case <-deadline.C:
			s.t.Fatalf("stuck: %v", s.open())
		case <-next.C:
		}
		if s.Client.LightspeedLink.Query().OnlyX(s.Ctx).State != retail.LinkConnected {
			s.Connect("admin")
		}
		if s.kills < *soakKills {
			i := s.rng.IntN(len(s.running))
			kill(s.running[i])
			s.running[i] = s.spawn()
			s.kills++
		}
	}
}

// open lists what is not exported, and why.
func (s *soak) open() (all []string) {
	for _, e := range s.Client.OrderExport.Query().Where(orderexport.StateNEQ(retail.ExportExported)).AllX(s.Ctx) {
		all = append(all, fmt.Sprintf("%s is %s: %s %s", e.Reference, e.State, e.ReasonCode, e.ReasonMessage))
	}
	return all
}

// sweep lets whatever is late land, and has the open sales searched as some minutes and a night later.
func (s *soak) sweep(client *ent.Client) {
	s.t.Helper()
	x := export.New(export.Deps{
		Client: client, Leases: lease.NewQueueManager(client, s.Clock, "sweeper"), Links: s.Jobs.Links(), Restores: intact{}, Bus: s.Bus,
		Clock: s.Clock, Logger: jobstest.Logger(s.t), Owner: "sweeper",
		API: lightspeed.NewClient(lightspeed.Config{BaseURL: s.URL, Clock: s.Clock, Logger: jobstest.Logger(s.t)}),
	})
	s.POS.Settle()
	for range 2 {
		s.Clock.Advance(3 * time.Minute)
		for s.Client.OrderExport.Query().Where(orderexport.SweepDueAtLTE(s.Clock.Now())).ExistX(s.Ctx) {
			if err := x.Sweep(s.t.Context()); err != nil {
				s.t.Logf("sweep: %v", err)
			}
		}
	}
}
