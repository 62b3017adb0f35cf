package inventory

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/internal/records/confirmation"
	"possync/internal/records/display"
	"possync/internal/retail"
)

// confirmationNeededError says that what a run is about to store would take so much off the website that a person has to confirm it. An
// answer of the POS that is damaged (zeros everywhere, codes that are gone) does no harm by this.
type confirmationNeededError struct{ retail.Loss }

func (l confirmationNeededError) Error() string {
	return fmt.Sprintf("%d of %d displayed items would be hidden or emptied", l.Lost, l.Displayed)
}

// countDisplayed notes, when a run that asks the POS begins, how many items are displayed, or would be if orders did not hold their last
// units.
func (r *runner) countDisplayed(ctx context.Context, tx *ent.Client, c *change) error {
	if r.account == nil || r.run.DisplayedBefore != nil {
		return nil
	}
	n, err := tx.PosItem.Query().Where(positem.Displayed(true)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count the displayed items: %w", err)
	}
	ordered, err := display.OrderedOut(ctx, tx)
	if err != nil {
		return err
	}
	c.update(func(u *ent.SyncRunUpdateOne) { u.SetDisplayedBefore(n + ordered) })
	return nil
}

// countLoss adds displayed items to those that the run has hidden or emptied. With too many it fails with confirmationNeededError, so that
// nothing of the transaction is stored. What people changed meanwhile does not count: they were asked when they did.
//
// An item that comes back in the same run stays counted. That is rare, and errs on the side of asking.
//
// What other changes took away in the last 24 hours counts too, but not what merely sold out before the run: that is business.
func (r *runner) countLoss(ctx context.Context, tx *ent.Client, c *change, items int) error {
	if items == 0 || r.run.ConfirmedAt != nil {
		return nil
	}
	if r.lostBefore == nil && r.run.StartedAt != nil {
		n, err := display.LostOtherwise(ctx, tx, *r.run.StartedAt)
		if err != nil {
			return err
		}
		r.lostBefore = &n
	}
	loss := retail.Loss{Lost: r.run.WouldHide + items}
	if r.lostBefore != nil {
		loss.Before, loss.Displayed = *r.lostBefore, *r.lostBefore
	}
	if r.run.DisplayedBefore != nil {
		loss.Displayed += *r.run.DisplayedBefore
	}
	if loss.NeedsConfirmation() {
		return confirmationNeededError{loss}
	}
	c.update(func(u *ent.SyncRunUpdateOne) { u.SetWouldHide(loss.Lost) })
	return nil
}

// countLossByShops is countLoss for shops that came or went: their stock counts no more. What a person confirmed is noted, for
// the evaluation that follows.
func (r *runner) countLossByShops(ctx context.Context, tx *ent.Client, c *change) error {
	site, err := r.e.Settings.Get(ctx, tx)
	if err != nil {
		return err
	}
	rules := display.RulesOf(site)
	if r.run.ConfirmedAt != nil {
		return confirmation.AcceptLoss(ctx, tx, rules, r.e.Clock.Now())
	}
	loss, err := rules.Loss(ctx, tx, r.e.Clock.Now())
	if err != nil {
		return fmt.Errorf("evaluate by the remaining shops: %w", err)
	}
	return r.countLoss(ctx, tx, c, loss.Lost)
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
