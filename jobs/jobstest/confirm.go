package jobstest

import (
	"context"

	"possync/ent"
	"possync/internal/records/runlog"
	"possync/internal/records/store"
)

// Confirm confirms the run that waits for it, as the API does; it reports whether one did.
func (w *World) Confirm() bool {
	w.T.Helper()
	return w.decideRun(func(u *ent.SyncRunUpdateOne) { u.SetConfirmedAt(w.Clock.Now()).SetConfirmedBy("ann") })
}

// Cancel asks for the end of the run that waits to be confirmed, as the API does; it reports whether one did.
func (w *World) Cancel() bool {
	w.T.Helper()
	return w.decideRun(func(u *ent.SyncRunUpdateOne) { u.SetCancelRequested(true) })
}

func (w *World) decideRun(how func(*ent.SyncRunUpdateOne)) (waited bool) {
	w.T.Helper()
	w.must("decide about the run", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		run, active, err := runlog.ActiveRun(ctx, tx)
		if err != nil || !active || !runlog.WaitsForConfirmation(run) {
			return err
		}
		waited = true
		if _, err := runlog.Move(ctx, tx, run, w.Clock.Now(), how); err != nil {
			return err
		}
		return runlog.Wake(ctx, tx, w.Clock.Now())
	}))
	return waited
}
