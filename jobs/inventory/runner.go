package inventory

import (
	"context"
	"errors"
	"fmt"
	"time"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/records/connection"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tracing"
	"possync/jobs/mirror"
)

// errCancelled says that a user cancelled the run.
var errCancelled = errors.New("run cancelled")

// errTurnOver says that a run has been worked on for long. It goes on from its cursor after others that are due.
var errTurnOver = errors.New("turn over")

// runner takes one run through its phases.
type runner struct {
	e          *Engine
	s          *site
	run        *ent.SyncRun
	account    *lightspeed.Account // nil for a run that does not ask the POS
	labels     mirror.Labels
	sent       lightspeed.Stats // what had been sent to the account when the run was last stored
	seen       time.Time        // when the account's budget was last stored
	lostBefore *int             // items that were lost before the run, see countLoss; nil = not counted yet
	stockAt    time.Time        // the POS's clock at the last page of stock

	exportsSeen int  // the sequence of the site's exports before the page at hand was asked for
	soldSeen    *int // what it was before the run asked for the stock of what was sold; nil = it has not

	connectedAt *time.Time // distinguishes the connection of the run from later ones
}

// runToEnd continues a run from its stored state until it ends or has to wait.
func (e *Engine) runToEnd(ctx context.Context, s *site, run *ent.SyncRun) error {
	ctx, span := tracing.Start(ctx, e.Tracer, "run", s.id, run.ID)
	defer span.End()
	r := &runner{e: e, s: s, run: run}
	err := r.runPhases(ctx)
	if err != nil {
		err = r.handleError(ctx, err)
	}
	if errors.Is(err, synclog.ErrStateChanged) {
		return nil // cancelled after we read it and before our first step
	}
	return err
}

func (r *runner) runPhases(ctx context.Context) error {
	if r.run.CancelRequested {
		return errCancelled
	}
	if r.run.Kind != retail.KindEvaluation {
		if err := r.connect(ctx); err != nil {
			return err
		}
	} else if _, err := r.e.Settings.Get(ctx, r.e.Client); err != nil { // transactions keep no settings: each page would read them again
		return err
	}
	if r.run.State != retail.RunRunning || r.account != nil && r.run.DisplayedBefore == nil {
		if err := r.begin(ctx); err != nil {
			return err
		}
	}
	for !r.run.State.Final() {
		var err error
		switch r.run.Phase {
		case retail.PhasePreparing:
			err = r.prepare(ctx)
		case retail.PhaseReference:
			err = r.reference(ctx)
		case retail.PhaseItems:
			err = r.items(ctx)
		case retail.PhaseStock:
			err = r.stock(ctx)
		case retail.PhaseEvaluation:
			err = r.evaluation(ctx)
		default:
			err = fmt.Errorf("run %s is %s in phase %s", r.run.ID, r.run.State, r.run.Phase)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) connect(ctx context.Context) error {
	site, err := r.e.Settings.Get(ctx, r.e.Client)
	if err != nil {
		return err
	}
	if !site.Connected() {
		return &connection.NotConnectedError{State: site.LinkState()}
	}
	link := site.Link
	r.connectedAt = link.ConnectedAt
	r.account = r.e.API.Account(link.AccountID, r.e.Links.Tokens(r.s.id, link.AccountID))
	r.sent = r.account.Stats()
	return nil
}

func (r *runner) begin(ctx context.Context) error {
	return r.advance(ctx, func(ctx context.Context, tx *ent.Client, c *change) error {
		now := r.e.Clock.Now()
		c.waits = true
		c.setup = c.setup || r.run.WaitReason != nil && *r.run.WaitReason == retail.WaitConfirmation
		if err := r.countDisplayed(ctx, tx, c); err != nil {
			return err
		}
		c.update(func(u *ent.SyncRunUpdateOne) {
			u.SetState(retail.RunRunning).ClearWaitReason().ClearResumeAt()
			if r.run.StartedAt == nil {
				u.SetStartedAt(now)
			}
		})
		return nil
	})
}
