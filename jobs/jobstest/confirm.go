package jobstest

import (
	"context"

	"possync/ent"
	"possync/internal/records/confirmation"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
)

// Confirm confirms the run that waits for it, as the API does; it reports whether one did.
func (w *Fixture) Confirm() bool {
	w.T.Helper()
	return w.decideRun(func(u *ent.SyncRunUpdateOne) { u.SetConfirmedAt(w.Clock.Now()).SetConfirmedBy("ann") })
}

// ConfirmHeld confirms that the held items are hidden, as the API does; it reports whether any is held.
func (w *Fixture) ConfirmHeld() (held bool) {
	w.T.Helper()
	w.must("confirm what is held", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		n, err := confirmation.HeldItems(ctx, tx)
		if held = n > 0; err != nil || !held {
			return err
		}
		return confirmation.ConfirmDisplay(ctx, tx, w.Clock.Now())
	}))
	return held
}

// Cancel asks for the end of the run that waits to be confirmed, as the API does; it reports whether one did.
func (w *Fixture) Cancel() bool {
	w.T.Helper()
	return w.decideRun(func(u *ent.SyncRunUpdateOne) { u.SetCancelRequested(true) })
}

func (w *Fixture) decideRun(how func(*ent.SyncRunUpdateOne)) (waited bool) {
	w.T.Helper()
	w.must("decide about the run", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		run, active, err := synclog.ActiveRun(ctx, tx)
		if err != nil || !active || !synclog.WaitsForConfirmation(run) {
			return err
		}
		waited = true
		if _, err := synclog.Move(ctx, tx, run, w.Clock.Now(), how); err != nil {
			return err
		}
		return synclog.MakeDue(ctx, tx, w.Clock.Now())
	}))
	return waited
}
