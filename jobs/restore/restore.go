// Package restore notices that the database has lost what was written to it last, because a backup was restored or a replica
// took over that lacked it.
//
// Each process writes a heartbeat into one row that all share, and remembers what it has seen there. The database has lost
// something when the row is behind that; when it comes from another server, timeline, database or table than it was written
// to; and when its last heartbeat is older than a restart explains. The last is the only sign by which a process that has just
// started notices a restored SQLite file or disk. A false alarm costs little: orders wait for a while.
package restore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/databasestate"
	"possync/ent/migrate"
	"possync/ent/weborder"
	"possync/internal/clock"
	"possync/internal/records/jsonrow"
	"possync/internal/records/store"
	"possync/internal/tenant"
)

// HeartbeatEvery is how often each process writes its heartbeat.
const HeartbeatEvery = 5 * time.Second

// staleAfter is the age of the last heartbeat from which on something may have been lost: more than a restart takes.
const staleAfter = 30 * time.Second

// rowID is the id of the one row.
const rowID = "database"

// ErrUnverified says that the database is not as this process knows it, or that the process has not checked it yet:
// [Detector.Heartbeat] finds out which.
var ErrUnverified = errors.New("the database is not known to be complete")

// Detector watches one database for one process. It is safe for concurrent use.
type Detector struct {
	client *ent.Client
	clock  clock.Clock
	log    *slog.Logger
	forget func()
	began  time.Time // the process

	mu       sync.Mutex
	seen     int64     // heartbeats that the row had at least; 0 = not checked yet
	lostAt   time.Time // as the row has it
	identity string    // the expression that identifies the database, see [identityOf]
}

// New returns a detector that knows nothing yet. forget is called when the database has lost something while this process runs:
// what the process keeps in memory may be of rows that are no more.
func New(client *ent.Client, clock clock.Clock, log *slog.Logger, forget func()) *Detector {
	return &Detector{client: client, clock: clock, log: log, forget: forget, began: clock.Now()}
}

// LostAt returns when the database was last found to have lost something; zero = never. It checks the database first.
func (d *Detector) LostAt(ctx context.Context) (time.Time, error) {
	at, err := d.Verify(ctx, d.client)
	if !errors.Is(err, ErrUnverified) {
		return at, err
	}
	if err := d.Heartbeat(ctx); err != nil {
		return time.Time{}, err
	}
	return d.Verify(ctx, d.client)
}

// Verify is LostAt within the client's transaction: what it returns holds for all that the transaction reads and writes. It
// fails with [ErrUnverified] when the database is not as this process knows it.
func (d *Detector) Verify(ctx context.Context, client *ent.Client) (lostAt time.Time, err error) {
	d.mu.Lock()
	seen, identity := d.seen, d.identity
	d.mu.Unlock()
	if seen == 0 {
		return time.Time{}, ErrUnverified
	}
	state, err := read(tenant.System(ctx), client.DatabaseState.Query(), identity)
	if err != nil {
		return time.Time{}, err
	}
	if state == nil {
		return time.Time{}, ErrUnverified
	}
	return state.lostAt(seen)
}

// BesideColumn is the column that [Detector.Beside] adds.
const BesideColumn = "database_state"

// Beside is Verify with a statement that reads rows of another table: add has it read what Verify does, in a column of each row, and decide
// says by the column's value what Verify would. What it says holds for the rows.
func (d *Detector) Beside() (add func(*sql.Selector), decide func(value any) (lostAt time.Time, err error)) {
	d.mu.Lock()
	seen, identity := d.seen, d.identity
	d.mu.Unlock()
	if seen == 0 {
		add = func(s *sql.Selector) { s.AppendSelectExprAs(sql.Raw("'[]'"), BesideColumn) }
		return add, func(any) (time.Time, error) { return time.Time{}, ErrUnverified }
	}
	add = func(s *sql.Selector) {
		s.AppendSelectExprAs(jsonrow.List(
			jsonrow.Object(
				jsonrow.Field{Name: "row", Value: jsonrow.Row("d", migrate.DatabaseStatesTable)},
				jsonrow.Field{Name: "identity", Value: sql.Raw(identity)}),
			sql.Raw(`"`+databasestate.Table+`" AS d WHERE d."id" = '`+rowID+`'`)), BesideColumn)
	}
	return add, func(value any) (time.Time, error) {
		var read []struct {
			Row      *ent.DatabaseState `json:"row"`
			Identity string             `json:"identity"`
		}
		if err := jsonrow.Decode(value, &read); err != nil {
			return time.Time{}, fmt.Errorf("read the database's state: %w", err)
		}
		if len(read) == 0 {
			return time.Time{}, ErrUnverified
		}
		return (&state{row: read[0].Row, identity: read[0].Identity}).lostAt(seen)
	}
}

// Heartbeat writes that this process is alive, after it has looked whether the database has lost something since.
func (d *Detector) Heartbeat(ctx context.Context) error {
	ctx = tenant.System(ctx)
	d.mu.Lock()
	seen, identity := d.seen, d.identity
	d.mu.Unlock()
	if seen == 0 {
		var err error
		if identity, err = identityOf(ctx, d.client); err != nil {
			return err
		}
	}
	var written *ent.DatabaseState
	var why string
	err := store.InTx(ctx, d.client, store.Silent{}, func(ctx context.Context, tx *ent.Client) (err error) {
		written, why, err = d.write(ctx, tx, seen, identity)
		return err
	})
	if err != nil {
		return fmt.Errorf("write the heartbeat: %w", err)
	}
	if why != "" {
		d.log.WarnContext(ctx, "the database may have lost what was written last, as after a restore or a failover; orders wait before they are sent",
			"because", why)
	}
	if d.learn(written, identity) {
		d.forget()
	}
	return nil
}

// learn remembers what a heartbeat has written. It reports whether something was lost that this process may have seen.
func (d *Detector) learn(written *ent.DatabaseState, identity string) (lost bool) {
	var at time.Time
	if written.LostAt != nil {
		at = *written.LostAt
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	lost = d.seen != 0 && !at.Equal(d.lostAt)
	d.seen, d.lostAt, d.identity = max(written.Heartbeats, d.seen), at, identity
	return lost
}

// write is the transaction of a heartbeat. It returns the row, and why something may be lost; empty = nothing is.
func (d *Detector) write(
	ctx context.Context, tx *ent.Client, seen int64, identity string,
) (written *ent.DatabaseState, why string, err error) {
	now := d.clock.Now()
	state, err := readLocked(ctx, tx, identity)
	if err != nil {
		return nil, "", err
	}
	if state == nil {
		err := tx.DatabaseState.Create().SetID(rowID).SetHeartbeatAt(now).
			OnConflictColumns(databasestate.FieldID).Ignore().Exec(ctx)
		if err != nil {
			return nil, "", fmt.Errorf("add the row: %w", err)
		}
		if state, err = readLocked(ctx, tx, identity); err != nil {
			return nil, "", err
		}
	}
	if why, err = state.lost(ctx, tx, moment{d.began, now, seen}); err != nil {
		return nil, "", err
	}
	update := tx.DatabaseState.UpdateOneID(rowID).SetHeartbeats(max(state.row.Heartbeats, seen) + 1).SetHeartbeatAt(now).
		SetIdentity(state.identity)
	if why != "" {
		update.SetLostAt(now)
	}
	written, err = update.Save(ctx)
	return written, why, err
}

// state is the row, and which database it was read from.
type state struct {
	row      *ent.DatabaseState
	identity string
}

// readLocked is read within a transaction for which the heartbeats of other processes wait.
func readLocked(ctx context.Context, tx *ent.Client, identity string) (*state, error) {
	query := tx.DatabaseState.Query()
	query.Modify(func(s *sql.Selector) {
		if s.Dialect() == dialect.Postgres { // SQLite has one writer at a time anyway
			s.ForUpdate()
		}
	})
	return read(ctx, query, identity)
}

// read reads the row; nil when there is none.
func read(ctx context.Context, query *ent.DatabaseStateQuery, identity string) (*state, error) {
	query.Modify(func(s *sql.Selector) { s.AppendSelectExprAs(sql.Expr(identity), currentIdentity) })
	row, err := query.Where(databasestate.ID(rowID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the database's state: %w", err)
	}
	value, err := row.Value(currentIdentity)
	if err != nil {
		return nil, fmt.Errorf("read the database's identity: %w", err)
	}
	return &state{row: row, identity: fmt.Sprint(value)}, nil
}

const currentIdentity = "current_identity"

// behind says why the row cannot be what this process knows; empty = it can.
func (s *state) behind(seen int64) string {
	switch {
	case s.row.Heartbeats < seen:
		return fmt.Sprintf("it has %d heartbeats and had %d", s.row.Heartbeats, seen)
	case s.identity != s.row.Identity:
		return fmt.Sprintf("it is %s and was %s (server/timeline/database/table)", s.identity, s.row.Identity)
	default:
		return ""
	}
}

// lostAt is what the row says of the last loss, if the database is as this process knows it.
func (s *state) lostAt(seen int64) (time.Time, error) {
	switch {
	case s.behind(seen) != "":
		return time.Time{}, ErrUnverified
	case s.row.LostAt == nil:
		return time.Time{}, nil
	default:
		return *s.row.LostAt, nil
	}
}

// moment is when a process looks at the row, and what it knows then.
type moment struct {
	began, now time.Time // of the process
	seen       int64
}

// lost says why something may be lost; empty = nothing is.
func (s *state) lost(ctx context.Context, tx *ent.Client, m moment) (string, error) {
	if s.row.Heartbeats == 0 && m.seen == 0 {
		// The first heartbeat ever: of a new database, or of one that was brought up to this program's schema. The latter may be
		// an older backup.
		orders, err := tx.WebOrder.Query().Where(weborder.CreatedAtLT(m.began)).Exist(ctx)
		if err != nil || !orders {
			return "", err
		}
		return "it has orders of before this process began, and no heartbeat yet", nil
	}
	if why := s.behind(m.seen); why != "" {
		return why, nil
	}
	if age := m.now.Sub(s.row.HeartbeatAt); age.Abs() > staleAfter {
		return fmt.Sprintf("its last heartbeat is %s old", age), nil
	}
	return "", nil
}
