package restore_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"possync/ent"
	"possync/ent/migrate/migrations"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs/restore"
)

// shared is a database and the clock that its processes go by.
type shared struct {
	t      *testing.T
	client *ent.Client
	db     *database.DB
	clock  *clock.Manual
}

func share(t *testing.T, client *ent.Client, db *database.DB) *shared {
	return &shared{t: t, client: client, db: db, clock: clock.NewManual(storetest.Now())}
}

// start is a process that starts now.
func (s *shared) start() *process {
	client := storetest.NewClient(databasetest.Reopen(s.t, s.db))
	p := &process{shared: s}
	p.Detector = restore.New(client, s.clock, slog.New(slog.DiscardHandler), func() { p.forgot++ })
	return p
}

type process struct {
	*shared
	*restore.Detector
	forgot int
}

// want fails the test unless the process finds that the database lost something at that time; zero = never.
func (p *process) want(at time.Time) {
	p.t.Helper()
	got, err := p.LostAt(p.t.Context())
	if err != nil || !got.Equal(at) {
		p.t.Fatalf("lost at %v, error %v; want %v", got, err, at)
	}
}

// keepAlive lets time pass, with a heartbeat whenever one is due.
func (p *process) keepAlive(d time.Duration) {
	p.t.Helper()
	for range d / restore.HeartbeatEvery {
		p.clock.Advance(restore.HeartbeatEvery)
		if err := p.Heartbeat(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

var never time.Time

func each(t *testing.T, fn func(t *testing.T, s *shared)) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) { fn(t, share(t, client, db)) })
}

// What happens every day looks like no loss: the first start, a restart, a replica that comes late, minutes of work.
func TestNothingIsLost(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		first := s.start()
		first.want(never)
		first.keepAlive(2 * time.Minute)
		first.want(never)
		s.clock.Advance(10 * time.Second)
		second := s.start()
		second.want(never)
		second.keepAlive(time.Minute)
		first.want(never)
		if first.forgot+second.forgot > 0 {
			t.Error("what they keep was forgotten")
		}
		if err := first.Heartbeat(t.Context()); err != nil {
			t.Fatal(err)
		}
		first.want(never)
	})
}

// No one knows what happened to a database while no process was running.
func TestStartAfterSilence(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		s.start().want(never)
		s.clock.Advance(time.Hour)
		lost := s.clock.Now()
		second := s.start()
		second.want(lost)
		second.keepAlive(time.Minute)
		second.want(lost)
		s.start().want(lost)
	})
}

// A clock that was set back by more than a restart takes is no proof of life either.
func TestHeartbeatFromTheFuture(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		s.start().want(never)
		s.clock.Set(s.clock.Now().Add(-time.Hour))
		s.start().want(s.clock.Now())
	})
}

// Each process that runs on notices a backup, however young it is.
func TestRestoreUnderRunningProcesses(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		one, two := s.start(), s.start()
		one.want(never)
		two.want(never)
		one.keepAlive(20 * time.Second)
		restored := databasetest.Backup(t, s.db)
		one.keepAlive(10 * time.Second)
		two.keepAlive(10 * time.Second)
		restored()
		lost := s.clock.Now()
		if _, err := one.Verify(t.Context(), s.client); !errors.Is(err, restore.ErrUnverified) {
			t.Errorf("verified with error %v", err)
		}
		one.want(lost)
		s.clock.Advance(time.Second)
		lost = s.clock.Now()
		two.want(lost)
		one.keepAlive(10 * time.Second)
		two.want(lost)
		one.want(lost)
		if one.forgot == 0 || two.forgot == 0 {
			t.Errorf("what they keep was forgotten %d and %d times", one.forgot, two.forgot)
		}
	})
}

// A process that starts right after a restore knows by the server, the timeline, the database or the table that it is one.
func TestStartAfterRestore(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Migrations(t, migrations.Files))
	s := share(t, storetest.NewClient(db), db)
	s.start().want(never)
	databasetest.Backup(t, s.db)()
	s.start().want(s.clock.Now())

	// What another server, or a timeline that began elsewhere, would have left in the row.
	ctx := tenant.System(t.Context())
	for i, part := range []string{"server", "timeline", "database", "table"} {
		s.clock.Advance(time.Second)
		row := s.client.DatabaseState.Query().OnlyX(ctx)
		parts := strings.Split(row.Identity, "/")
		if len(parts) != 4 || parts[i] == "" {
			t.Fatalf("identity %q", row.Identity)
		}
		parts[i] = "1" + parts[i]
		running := s.start()
		if err := running.Heartbeat(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.client.DatabaseState.Update().SetIdentity(strings.Join(parts, "/")).ExecX(ctx)
		if _, err := running.Verify(t.Context(), s.client); !errors.Is(err, restore.ErrUnverified) {
			t.Errorf("a process that runs verifies another %s: %v", part, err)
		}
		s.start().want(s.clock.Now())
	}
}

// A database that has orders and no heartbeat was brought up to this program's schema: it may be an old backup, of before the
// orders were exported.
func TestFirstHeartbeatOfOldDatabase(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		ctx, _ := storetest.Site(t, s.client, "site")
		s.client.WebOrder.Create().SetKey("1").SetNumber("1").SetPlacedAt(s.clock.Now()).SetCustomer(retail.Customer{}).
			SetCreatedAt(s.clock.Now().Add(-time.Second)).ExecX(ctx)
		s.start().want(s.clock.Now())
	})
}

// Nothing is lost where the first order comes before the first heartbeat.
func TestFirstOrderBeforeFirstHeartbeat(t *testing.T) {
	each(t, func(t *testing.T, s *shared) {
		ctx, _ := storetest.Site(t, s.client, "site")
		p := s.start()
		s.client.WebOrder.Create().SetKey("1").SetNumber("1").SetPlacedAt(s.clock.Now()).SetCustomer(retail.Customer{}).
			SetCreatedAt(s.clock.Now()).ExecX(ctx)
		p.want(never)
	})
}
