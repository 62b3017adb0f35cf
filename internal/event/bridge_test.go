package event_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
)

// process is one server process as far as wake-ups go. It stops with the test.
type process struct {
	*event.Bus
	bridge *event.Bridge
}

// start runs a process and waits until it listens.
func start(t *testing.T, dsn string, options ...event.Option) process {
	t.Helper()
	p := process{Bus: event.NewBus()}
	p.bridge = event.NewTestBridge(p.Bus, dsn, slog.New(slog.NewTextHandler(testWriter{t}, nil)), options...)
	ready := p.Subscribe("ready")
	run(t, p.bridge)
	await(t, ready)
	ready.Close()
	// The listener wakes and says that it is connected in goroutines of its own, in either order.
	for begin := time.Now(); !p.bridge.Listening(); time.Sleep(time.Millisecond) {
		if time.Since(begin) > 10*time.Second {
			t.Fatal("woken as listening, but not listening")
		}
	}
	return p
}

func run(t *testing.T, bridge *event.Bridge) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bridge.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Run did not end")
		}
	})
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Logf("%s", p)
	return len(p), nil
}

func await(t *testing.T, s *event.Subscription) {
	t.Helper()
	select {
	case <-s.C():
	case <-time.After(10 * time.Second):
		t.Fatal("not woken")
	}
}

func TestBridgeWakesOtherProcesses(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	a, b := start(t, db.DSN()), start(t, db.DSN())
	x, y, z := a.Subscribe("x"), a.Subscribe("y"), b.Subscribe("z")
	remote := b.Subscribe("x")

	begin := time.Now()
	a.Publish("x")
	if !woken(x) {
		t.Error("the own process was not woken at once")
	}
	await(t, remote)
	t.Logf("the other process was woken after %v", time.Since(begin))

	// The notification of x came back to a before that of y: PostgreSQL keeps their order.
	b.Publish("y")
	await(t, y)
	if woken(x) {
		t.Error("a was woken by its own notification")
	}
	if woken(z) {
		t.Error("a topic was woken that nobody published")
	}
}

// A single event that comes after a pause is not held back: the bound is generous for a busy machine.
func TestBridgeLatency(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	a, b := start(t, db.DSN()), start(t, db.DSN())
	s := b.Subscribe("x")
	a.Publish("x") // opens the sender's connection
	await(t, s)
	best := time.Hour
	for range 3 {
		time.Sleep(event.SendInterval) // the pause in question
		begin := time.Now()
		a.Publish("x")
		await(t, s)
		best = min(best, time.Since(begin))
	}
	if best > 50*time.Millisecond {
		t.Errorf("woken after %v at best, want within 50ms", best)
	}
	t.Logf("woken after %v at best", best)
}

func TestBridgeCarriesManyTopics(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	a, b := start(t, db.DSN()), start(t, db.DSN())
	for _, n := range []int{900, 3000} { // several payloads, and more than are told one by one
		var subscriptions []*event.Subscription
		var topics []string
		for i := range n {
			topics = append(topics, fmt.Sprintf("%d of %d: %040d", i, n, 0))
			subscriptions = append(subscriptions, b.Subscribe(topics[i]))
		}
		a.Publish(topics...)
		for _, s := range subscriptions {
			await(t, s)
			s.Close()
		}
	}
}

func TestBridgeReconnects(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	a, b := start(t, db.DSN()), start(t, db.DSN())
	anything, x := b.Subscribe("anything"), b.Subscribe("x")
	for range 2 {
		var ended int
		err := db.SQL.QueryRowContext(t.Context(), `select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid()`).Scan(&ended)
		if err != nil || ended < 2 {
			t.Fatalf("ended %d backends, %v", ended, err)
		}
		await(t, anything) // something may have been missed
		await(t, x)
		a.Publish("x") // its connection was ended as well
		await(t, x)
	}
}

func TestBridgeSendsWhatWasPublishedBeforeRun(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	b := start(t, db.DSN())
	x := b.Subscribe("x")
	bus := event.NewBus()
	bridge := event.NewBridge(bus, db.DSN(), slog.New(slog.DiscardHandler))
	bus.Publish("x")
	run(t, bridge)
	await(t, x)
}

// A peer that stopped answering, its connection still open, is found by asking and left for a new connection; and
// stopping in that state takes no time.
func TestBridgeLeavesASilentServer(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	proxy := newProxy(t, db)
	a := start(t, db.DSN())
	b := start(t, proxy.dsn, event.WithPing(20*time.Millisecond, 2*time.Second))
	x := b.Subscribe("x")
	proxy.freeze()
	await(t, x) // on the new connection
	a.Publish("x")
	await(t, x)
	proxy.freezeAll()
}

func TestBridgeWaitsForAServer(t *testing.T) {
	bus := event.NewBus()
	bridge := event.NewBridge(bus, "postgres://127.0.0.1:1/none?sslmode=disable", slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	bus.Publish("x")
	if err := bridge.Run(ctx); err != nil {
		t.Errorf("Run = %v", err)
	}
	if bridge.Listening() {
		t.Error("listening to nobody")
	}
}

func TestBridgeRefusesAMalformedDSN(t *testing.T) {
	bridge := event.NewBridge(event.NewBus(), "postgres://host/db?sslmode=never", slog.New(slog.DiscardHandler))
	if err := bridge.Run(t.Context()); err == nil {
		t.Error("Run accepted it")
	}
}

// proxy passes bytes between clients and a PostgreSQL server until frozen.
type proxy struct {
	dsn    string
	target string
	mu     sync.Mutex
	gate   chan struct{} // closed: what was accepted under it passes no more bytes
	shut   bool
}

func newProxy(t *testing.T, db *database.DB) *proxy {
	t.Helper()
	u, err := url.Parse(db.DSN())
	if err != nil {
		t.Fatal(err)
	}
	if u.Port() == "" {
		t.Skip("the server does not listen on TCP")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{target: u.Host, gate: make(chan struct{})}
	u.Host = listener.Addr().String()
	p.dsn = u.String()
	var group sync.WaitGroup
	group.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { p.serve(client) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); p.freezeAll(); group.Wait() })
	return p
}

func (p *proxy) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	p.mu.Lock()
	gate := p.gate
	p.mu.Unlock()
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	var group sync.WaitGroup
	pass := func(to, from net.Conn) {
		buffer := make([]byte, 4096)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				_ = to.Close()
				return
			}
			select {
			case <-gate: // frozen: swallow it, but notice when the client goes
				_, _ = io.Copy(io.Discard, from)
				_ = to.Close()
				return
			default:
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	group.Go(func() { pass(server, client) })
	group.Go(func() { pass(client, server) })
	group.Wait()
}

// freeze silences the connections made so far; freezeAll those to come as well.
func (p *proxy) freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shut {
		close(p.gate)
		p.gate = make(chan struct{})
	}
}

func (p *proxy) freezeAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shut {
		close(p.gate)
		p.shut = true
	}
}
