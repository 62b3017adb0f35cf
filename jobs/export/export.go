// Package export makes each order one completed sale in Lightspeed, and never two.
//
// The POS has no key that makes a request safe to repeat, and an answer may get lost. What makes it safe is that an open
// sale is harmless: it moves no money and no stock. So the work on an order has these steps, and each is a row in the
// database before the next begins:
//
//  1. Intent: the sale is planned, to the cent, and written down as about to be sent (OrderExport.sent, attempts).
//  2. The sale is created open, with its lines and its payments, under the order's number and a source that names the site
//     and the attempt. If its total is not the order's, it is archived and the export fails.
//  3. Choice: its id is written into the export's row by compare-and-set. Whatever else was created, by an earlier attempt,
//     by a worker that was paused, by a request that lands late, is not chosen and never completed.
//  4. The chosen sale is read, and completed if it is still open. Completing says {"completed": true} and no more, so
//     doing it again, or late, adds nothing.
//  5. The completed sale is recorded. Nothing is sent to it again.
//
// After any outcome that is not clear the export is UNCONFIRMED, and the POS is asked before anything is sent: for the
// chosen sale by its id, else for the order's number. Open sales of ours that are not chosen are archived then, again
// two minutes later, and every night.
//
// Each register has a queue, which one worker at a time serves under a lease of its own: its orders go in the order of
// arrival, except that one that has to wait lets the others pass. A long sync of the site delays none of this.
package export

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"entgo.io/ent/dialect/sql"
	"go.opentelemetry.io/otel/trace"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/exportlock"
	"possync/ent/orderexport"
	"possync/ent/predicate"
	"possync/ent/syncstate"
	"possync/internal/clock"
	"possync/internal/event"
	"possync/internal/lightspeed"
	"possync/internal/records/counter"
	"possync/internal/records/incident"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/internal/tracing"
	"possync/jobs/lease"
	"possync/jobs/link"
	"possync/jobs/restore"
)

// Deps is what an exporter works with.
type Deps struct {
	Client   *ent.Client
	Settings *settings.Source
	Leases   *lease.Manager // of queues
	API      *lightspeed.Client
	Links    *link.Links
	Restores Restores
	Bus      *event.Bus
	Clock    clock.Clock
	Logger   *slog.Logger
	Owner    string       // names this process in claims, different from every other
	Tracer   trace.Tracer // nil = no spans are recorded
}

// Exporter works on queues. It is safe for concurrent use on different queues.
type Exporter struct {
	Deps
	without guards // in tests alone
	compare int    // sales that are compared at once

	chunkRecords int // of one request for a sale that is sent in chunks
}

// guards are what makes an export exactly one. Tests leave one out, to see that the others' tests notice.
type guards struct{ intent, choice, look bool }

// New returns an exporter.
func New(d Deps) *Exporter {
	return &Exporter{Deps: d, compare: checkBatch, chunkRecords: chunkRecords}
}

const (
	retryFirst        = 2 * time.Second
	retryMax          = time.Minute
	blockedRetryFirst = time.Minute // when a user must fix something, in case the fix is not reported; longer each time
	blockedRetryMax   = 30 * time.Minute
	commitTime        = 30 * time.Second // to store what was learnt after the process was asked to stop
	retryAfter        = 5 * time.Second  // when our own work failed
	sweepAfter        = 2 * time.Minute  // longer than a request may be late and a search may lag, together
	settleTime        = 2 * time.Minute  // after a lost answer, before something that must exist once is created again: as sweepAfter
	claimTime         = time.Minute      // for one worker to create it
	maxPlans          = 3                // in a row, of an order that is edited meanwhile
)

// Work does what is due in a leased queue and releases it. Errors are of this side (the database, a lost lease); what the
// POS does wrong ends up in the exports.
func (x *Exporter) Work(ctx context.Context, l lease.Lease) error {
	ctx = tenant.WithSite(ctx, l.SiteID)
	worked := x.Leases.RunUnder(ctx, l, func(ctx context.Context) error {
		for ctx.Err() == nil {
			next, err := x.due(ctx, l)
			if err != nil || next.export == nil {
				return err
			}
			switch again, err := x.exportOne(ctx, l, next); {
			case err != nil:
				return err
			case next.last && !again: // what came meanwhile makes the queue due again, see release
				return nil
			}
		}
		return nil
	})
	if errors.Is(worked, lease.ErrLost) {
		return worked
	}
	if worked != nil && ctx.Err() != nil {
		worked = nil // asked to stop in the middle; whoever takes the queue next continues from what is stored
	}
	return errors.Join(worked, x.release(ctx, l, worked), x.report(ctx, worked))
}

// report tells staff that the work on a queue of theirs has failed. It is retried.
func (x *Exporter) report(ctx context.Context, failure error) error {
	if failure == nil {
		return nil
	}
	return store.InTx(ctx, x.Client, x.Bus, func(ctx context.Context, tx *ent.Client) error {
		return incident.Raise(ctx, tx, incident.Own(), x.Clock.Now())
	})
}

// due is the export of a queue to work on next.
type due struct {
	export  *ent.OrderExport // nil = there is none
	last    bool             // no other was due when it was read
	version settings.Version // of the site's settings then; zero = the site is not registered
}

// The columns of the settings' version, as they are read beside an export.
const (
	stateColumn    = "settings_state"
	revisionColumn = "settings_revision"
)

// due returns the queue's next export to work on, by arrival.
func (x *Exporter) due(ctx context.Context, l lease.Lease) (due, error) {
	found, err := x.Client.OrderExport.Query().
		Where(orderexport.Register(l.Register), orderexport.DueAtLTE(x.Clock.Now()), orderexport.StateNEQ(retail.ExportExported),
			orderbook.MayGoOn()).
		Order(ent.Asc(orderexport.FieldQueueNumber)).Limit(2).
		Modify(func(s *sql.Selector) {
			for _, read := range [][2]string{{syncstate.FieldID, stateColumn}, {syncstate.FieldSettingsRevision, revisionColumn}} {
				state := sql.Dialect(s.Dialect()).Table(syncstate.Table).As("state")
				s.AppendSelectExprAs(sql.Dialect(s.Dialect()).Select(state.C(read[0])).From(state).
					Where(sql.ColumnsEQ(state.C(syncstate.FieldSiteID), s.C(orderexport.FieldSiteID))), read[1])
			}
		}).All(ctx)
	if err != nil {
		return due{}, fmt.Errorf("look for the queue's next export: %w", err)
	}
	if len(found) == 0 {
		return due{}, nil
	}
	next := due{export: found[0], last: len(found) == 1}
	state, err := next.export.Value(stateColumn)
	if err != nil {
		return due{}, fmt.Errorf("read the version of the settings: %w", err)
	}
	revision, err := next.export.Value(revisionColumn)
	if err != nil {
		return due{}, fmt.Errorf("read the version of the settings: %w", err)
	}
	if n, ok := revision.(int64); ok {
		next.version = settings.Version{State: fmt.Sprintf("%s", state), Revision: n}
	}
	return next, nil
}

// exportOne works on one export until it is done or has to wait. again says that it is to be read again: it has changed since it was read,
// or all of the database.
func (x *Exporter) exportOne(ctx context.Context, l lease.Lease, next due) (again bool, err error) {
	ctx, span := tracing.Start(ctx, x.Tracer, "export", l.SiteID, next.export.ID)
	defer span.End()
	t := &task{x: x, lease: l, export: next.export, version: next.version}
	if err = t.run(ctx); err != nil {
		err = t.handleError(ctx, err)
	}
	if errors.Is(err, orderbook.ErrStateChanged) || errors.Is(err, restore.ErrUnverified) {
		return true, nil
	}
	return false, err
}

// release releases the queue, due again when the next of its exports is, but not at once if the work has failed.
func (x *Exporter) release(ctx context.Context, l lease.Lease, failure error) error {
	return x.commit(ctx, l, func(ctx context.Context, tx *ent.Client) error {
		due, err := x.Leases.ReleaseAt(ctx, tx, l, sql.ExprFunc(func(b *sql.Builder) {
			waiting := sql.Dialect(b.Dialect()).Select().From(sql.Table(orderexport.Table))
			for _, where := range []predicate.OrderExport{
				orderexport.SiteID(l.SiteID), orderexport.Register(l.Register), orderexport.DueAtNotNil(),
				orderexport.StateNEQ(retail.ExportExported), orderbook.MayGoOn(),
			} {
				where(waiting)
			}
			first := sql.Min(waiting.C(orderexport.FieldDueAt))
			waiting.SelectExpr(sql.ExprFunc(func(b *sql.Builder) {
				if failure == nil {
					b.WriteString(first)
					return
				}
				earliest := x.Clock.Now().Add(retryAfter)
				b.WriteString("CASE WHEN " + first + " < ").Arg(earliest).WriteString(" THEN ").Arg(earliest).WriteString(" ELSE " + first + " END")
			}))
			b.WriteByte('(').Join(waiting).WriteByte(')')
		}))
		if due { // it came while the last one was exported
			event.Wake(ctx, orderbook.ExportWorkTopic)
		}
		return err
	})
}

// commit runs fn in a transaction that is stored only if the lease holds. It finishes what it began when the process is asked
// to stop.
func (x *Exporter) commit(ctx context.Context, l lease.Lease, fn func(ctx context.Context, tx *ent.Client) error) error {
	return x.commitAs(ctx, l, locks{}, func(ctx context.Context, tx *ent.Client, _ locked) error { return fn(ctx, tx) })
}

// locks say what a transaction locks besides the export lock and the queue's lease, and takes.
type locks struct {
	site   bool // the site's state: see [synclog.Lock]
	number bool // the next numbers of the site's changes
}

// locked is what the locked rows say.
type locked struct {
	version settings.Version  // of the site's settings; zero if the site's state was not locked
	numbers orderbook.Numbers // that were taken, or else the last ones
	noNight bool              // the night's search is not planned yet
	paused  bool              // somebody has paused the site's exports
	alerts  bool              // the site has open alerts
}

// openAlerts reports whether the site has open alerts. One that is raised at the same moment is as good as raised afterwards.
const openAlerts = `EXISTS (SELECT 1 FROM "` + alert.Table + `" AS a WHERE a."site_id" = ` + lease.SiteID + ` AND a."resolved_at" IS NULL)`

// commitAs is commit with further locks.
func (x *Exporter) commitAs(ctx context.Context, l lease.Lease, take locks, fn func(ctx context.Context, tx *ent.Client, at locked) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTime)
	defer cancel()
	return store.InTx(ctx, x.Client, x.Bus, func(ctx context.Context, tx *ent.Client) error {
		var at locked
		var rows []lease.Row
		if take.site {
			rows = append(rows, lease.Row{
				Table: syncstate.Table, Steps: []counter.Step{{Column: syncstate.FieldSequence, By: 0}},
				Read: []string{syncstate.FieldID, syncstate.FieldSettingsRevision}, Into: []any{&at.version.State, &at.version.Revision},
			})
		}
		// The export lock before the queue's lease, in the order of whoever requests exports: the other way round, a worker and
		// a user who requests many at once would deadlock.
		exports := lease.Row{
			Table: exportlock.Table, Read: []string{exportlock.FieldSequence, exportlock.FieldOrderSequence, exportlock.FieldSweepDueAt + " IS NULL",
				exportlock.FieldPausedAt + " IS NOT NULL", openAlerts},
			Into: []any{&at.numbers.Sequence, &at.numbers.Order, &at.noNight, &at.paused, &at.alerts},
		}
		if take.number {
			exports.Steps = []counter.Step{{Column: exportlock.FieldSequence, By: 1}, {Column: exportlock.FieldOrderSequence, By: 1}}
			event.Wake(ctx, orderbook.ExportTopic(l.SiteID))
			event.Wake(ctx, orderbook.OrdersTopic(l.SiteID))
		}
		return x.Leases.HoldBehind(ctx, tx, l, append(rows, exports), func(ctx context.Context, tx *ent.Client) error { return fn(ctx, tx, at) })
	})
}
