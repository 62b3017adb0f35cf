package event

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"

	"possync/internal/database/prepared"
)

const (
	channel = "possync_event"
	// The listener tries to connect again after these times. It cannot be stopped within such a pause, so they are short.
	minReconnect = 50 * time.Millisecond
	maxReconnect = time.Second
	// A peer that died without a word is found by asking.
	pingInterval = time.Minute
	pingTimeout  = 10 * time.Second
)

// Bridge joins the buses of all processes on one PostgreSQL. Each process holds two connections for it, outside the pool
// of its work: one that listens and one that notifies. It needs sessions: a transaction pooler such as PgBouncer in
// transaction mode must be passed by.
type Bridge struct {
	bus    *Bus
	dsn    string
	log    *slog.Logger
	outbox *outbox

	pingInterval, pingTimeout time.Duration

	listening atomic.Bool
}

// NewBridge attaches a bridge to a bus. From now on what is published on the bus is kept for the other processes, and Run
// sends it. dsn is an open string of lib/pq, such as database.DB's DSN.
func NewBridge(bus *Bus, dsn string, log *slog.Logger) *Bridge {
	b := &Bridge{
		bus: bus, dsn: dsn, log: log, outbox: newOutbox(rand.Text(), log),
		pingInterval: pingInterval, pingTimeout: pingTimeout,
	}
	bus.attach(b.outbox.add)
	return b
}

// Listening reports whether wake-ups of other processes arrive at present.
func (b *Bridge) Listening() bool { return b.listening.Load() }

// Run bridges until ctx ends, through any number of lost connections, and returns when all its goroutines have. It
// detaches the bridge; a bridge runs once. An error means that the open string is malformed or that the server refused to
// let it listen.
func (b *Bridge) Run(ctx context.Context) error {
	defer b.bus.attach(nil)
	connector, err := pq.NewConnector(b.dsn)
	if err != nil {
		return fmt.Errorf("open the bridge of wake-ups: %w", err)
	}
	sender := sql.OpenDB(prepared.Connector(connector, prepared.Options{Size: 1, Stale: func(error) bool { return false }}))
	sender.SetMaxOpenConns(1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	dialer := newDialer()
	listener := pq.NewDialListener(dialer, b.dsn, minReconnect, maxReconnect, b.observer(ctx))
	var refused error
	var group sync.WaitGroup
	group.Go(func() { b.outbox.run(ctx, sendBy(sender)) })
	group.Go(func() {
		// Listen waits for the first connection, for ever if need be; Close ends that.
		if err := listener.Listen(channel); err != nil && !errors.Is(err, net.ErrClosed) {
			refused = fmt.Errorf("listen for wake-ups: %w", err)
			cancel()
			return
		}
		b.bus.WakeAll() // for what was published before we listened
	})
	group.Go(func() { b.keepAlive(ctx, listener, dialer) })
	group.Go(func() {
		<-ctx.Done()
		dialer.stop()
		_ = listener.Close() // it can only say that it is closed already
	})
	for n := range listener.NotificationChannel() { // closed when the listener has ended
		b.receive(n)
	}
	group.Wait()
	b.listening.Store(false)
	return errors.Join(refused, sender.Close())
}

func (b *Bridge) receive(n *pq.Notification) {
	if n == nil { // reconnected: whatever was sent meanwhile is lost
		b.bus.WakeAll()
		return
	}
	p := decode(n.Extra)
	if p.Origin == b.outbox.origin {
		return
	}
	b.outbox.share.heard(p.Origin)
	if p.All {
		b.bus.WakeAll()
		return
	}
	b.bus.wakeLocal(p.Topics)
}

// sendBy returns the notify that goes out on db.
func sendBy(db *sql.DB) notify {
	return func(ctx context.Context, payloads []string) error {
		_, err := db.ExecContext(ctx, "select pg_notify($1, payload) from unnest($2::text[]) as payload", channel, pq.Array(payloads))
		if err != nil {
			return fmt.Errorf("notify: %w", err)
		}
		return nil
	}
}

// keepAlive asks the listener's server for a sign of life now and then, and cuts a connection that gives none.
func (b *Bridge) keepAlive(ctx context.Context, listener *pq.Listener, dialer *dialer) {
	for {
		sleep(ctx, b.pingInterval)
		if ctx.Err() != nil {
			return
		}
		watchdog := time.AfterFunc(b.pingTimeout, dialer.cut)
		// The error needs no care of ours: the listener sees the lost connection itself, reconnects and says so.
		_ = listener.Ping()
		watchdog.Stop()
	}
}

// observer follows the listener's connection, for Listening and for the log, which hears of an outage once.
func (b *Bridge) observer(ctx context.Context) pq.EventCallbackType {
	down := false // the callback runs in the listener's one goroutine
	return func(kind pq.ListenerEventType, err error) {
		up := kind == pq.ListenerEventConnected || kind == pq.ListenerEventReconnected
		b.listening.Store(up)
		switch {
		case ctx.Err() != nil: // we are ending it ourselves
		case up && down:
			b.log.InfoContext(ctx, "listening for wake-ups of other processes again")
		case !up && !down:
			b.log.WarnContext(ctx, "cannot listen for wake-ups of other processes", "error", err)
		}
		down = !up
	}
}
