package inventory

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// confirmationNeededError says that what a run is about to store would take so much off the website that a person has to confirm it. An
// answer of the POS that is damaged (zeros everywhere, codes that are gone) does no harm by this.
type confirmationNeededError struct{ retail.Loss }

func (l confirmationNeededError) Error() string {
	return fmt.Sprintf("%d of %d displayed items would be hidden or emptied", l.Lost, l.Displayed)
}

// countDisplayed notes, when a run that asks the POS begins, how many items are displayed.
func (r *runner) countDisplayed(ctx context.Context, tx *ent.Client, c *change) error {
	if r.account == nil || r.run.DisplayedBefore != nil {
		return nil
	}
	n, err := tx.PosItem.Query().Where(positem.Displayed(true)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count the displayed items: %w", err)
	}
	c.update(func(u *ent.SyncRunUpdateOne) { u.SetDisplayedBefore(n) })
	return nil
}

// countLoss adds displayed items to those that the run has hidden or emptied. With too many it fails with confirmationNeededError, so that
// nothing of the transaction is stored. What people changed meanwhile does not count: they were asked when they did.
//
// An item that comes back in the same run stays counted. That is rare, and errs on the side of asking.
func (r *runner) countLoss(c *change, items int) error {
	if items == 0 || r.run.ConfirmedAt != nil {
		return nil
	}
	loss := retail.Loss{Lost: r.run.WouldHide + items}
	if r.run.DisplayedBefore != nil {
		loss.Displayed = *r.run.DisplayedBefore
	}
	if loss.NeedsConfirmation() {
		return confirmationNeededError{loss}
	}
	c.update(func(u *ent.SyncRunUpdateOne) { u.SetWouldHide(loss.Lost) })
	return nil
}

// countLossByShops is lose for shops that came or went: their stock counts no more.
func (r *runner) countLossByShops(ctx context.Context, tx *ent.Client, c *change) error {
	if r.run.ConfirmedAt != nil {
		return nil
	}
	site, err := r.e.Settings.Get(ctx, tx)
	if err != nil {
		return err
	}
	loss, err := display.RulesOf(site).Loss(ctx, tx)
	if err != nil {
		return fmt.Errorf("evaluate by the remaining shops: %w", err)
	}
	return r.countLoss(c, loss.Lost)
}

// askConfirmation lets the run wait for a person. What it stored before stays; what would have crossed the limit is read
// again when the run continues, so it is then as the POS has it at that time.
func (r *runner) askConfirmation(ctx context.Context, l confirmationNeededError) error {
	r.e.Logger.WarnContext(ctx, "run needs confirmation", "site", r.s.id, "run", r.run.ID, "displayed", l.Displayed, "lost", l.Lost)
	return r.advance(ctx, func(_ context.Context, _ *ent.Client, c *change) error {
		c.waits, c.pauses, c.setup = true, true, true
		c.update(func(u *ent.SyncRunUpdateOne) {
			u.SetState(retail.RunWaiting).SetWaitReason(retail.WaitConfirmation).ClearResumeAt().SetFailures(0).SetWouldHide(l.Lost)
		})
		return nil
	})
}
