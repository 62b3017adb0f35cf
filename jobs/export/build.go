package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/orderexport"
	"possync/internal/lightspeed"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

// build adds to the chosen sale, which is open and was read just now, the chunks that it lacks. built is false if the export goes on another
// time, or in another way.
//
// A chunk is added behind what the sale has, so what it has is read before anything is added, unless the answer to the chunk before has said
// it. Should a chunk reach Lightspeed twice all the same, such as from a worker that was paused, the sale has other lines than its plan, or
// is completed by then and takes none.
func (t *task) build(ctx context.Context, sale lightspeed.Sale) (whole lightspeed.Sale, built bool, err error) {
	t.building = true
	for {
		has, lines := t.contentOf(sale)
		switch has {
		case begun:
		case repeated:
			return sale, false, t.rebuild(ctx, sale)
		case altered:
			return sale, false, t.failEditedSale(ctx, sale)
		default:
			return t.checkWhole(ctx, sale)
		}
		made, err := t.addChunk(ctx, sale, lines)
		var later *lightspeed.LaterError
		switch {
		case errors.As(err, &later):
			return sale, false, t.yield(ctx, later.After)
		case isRefusal(err):
			return sale, false, t.refused(ctx, sale, err)
		case err != nil:
			return sale, false, err
		}
		sale = made
		others, err := t.othersWait(ctx)
		if err != nil {
			return sale, false, err
		}
		if others {
			return sale, false, t.yield(ctx, time.Second)
		}
	}
}

// patience is how long after it was asked for an export lets all others go first. Later it takes turns with them.
const patience = 30 * time.Minute

func (t *task) isPatient() bool { return t.x.Clock.Now().Sub(t.export.RequestedAt) < patience }

// addChunk adds the chunk behind so many lines of the plan.
func (t *task) addChunk(ctx context.Context, sale lightspeed.Sale, lines int) (lightspeed.Sale, error) {
	plan, ends := t.export.Plan, t.chunks(attemptOf(sale))
	end := ends[slices.Index(ends, lines)+1]
	account := t.account
	if t.isPatient() {
		account = account.Patient()
	}
	made, err := account.AppendToSale(ctx, sale.SaleID, newLines(plan.Lines[lines:end]))
	if err == nil && made.SaleID != sale.SaleID {
		err = fmt.Errorf("add to sale %d: %w: the answer is of sale %d", sale.SaleID, lightspeed.ErrUnclear, made.SaleID)
	}
	return made, err
}

// checkWhole archives a sale that has all lines of its plan and comes to another total, which is a question of taxes.
func (t *task) checkWhole(ctx context.Context, sale lightspeed.Sale) (whole lightspeed.Sale, built bool, err error) {
	if len(t.chunks(attemptOf(sale))) < 2 || sale.Total.Equal(t.export.Plan.Total.Decimal()) {
		return sale, true, nil
	}
	if err := t.abandonSale(ctx, attemptOf(sale)); err != nil {
		return sale, false, err
	}
	if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
		return sale, false, err
	}
	return sale, false, t.failTotalDiffers(ctx, sale)
}

// rebuild gives up a chosen sale that a chunk has reached twice, and sends another. It is not chosen any more before it is archived: who
// goes on after a crash in between finds it.
func (t *task) rebuild(ctx context.Context, sale lightspeed.Sale) error {
	t.x.Logger.WarnContext(ctx, "a chunk of a sale has reached Lightspeed twice: it is made again",
		"site", t.lease.SiteID, "export", t.export.ID, "sale", sale.SaleID)
	if err := t.checkRestore(ctx, t.x.Restores.LostAt); err != nil {
		return err
	}
	if err := t.abandonSale(ctx, attemptOf(sale)); err != nil {
		return err
	}
	if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
		return err
	}
	if found, err := t.find(ctx); err != nil || found {
		return err
	}
	return t.send(ctx)
}

// refused gives up a chosen sale of which Lightspeed refuses a chunk, so that the order can be changed, unless somebody has dealt with the
// sale meanwhile.
func (t *task) refused(ctx context.Context, sale lightspeed.Sale, refusal error) error {
	now, err := t.account.Sale(ctx, sale.SaleID)
	if err != nil {
		return err
	}
	if !now.Open() {
		return t.finish(ctx)
	}
	if err := t.abandonSale(ctx, attemptOf(sale)); err != nil {
		return err
	}
	if err := t.account.ArchiveSale(ctx, sale.SaleID); err != nil {
		return err
	}
	return refusal
}

// isRefusal reports whether Lightspeed has refused what was sent, and nothing of it took effect.
func isRefusal(err error) bool {
	var refusal *lightspeed.APIError
	if !errors.As(err, &refusal) {
		return false
	}
	for _, other := range []error{lightspeed.ErrUnclear, lightspeed.ErrUnauthorized, lightspeed.ErrForbidden, lightspeed.ErrThrottled,
		lightspeed.ErrUnavailable, lightspeed.ErrMalformed, lightspeed.ErrNotFound} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
}

// yield lets the others of the queue go first for a while. The sale stays as it is.
func (t *task) yield(ctx context.Context, d time.Duration) error {
	return t.move(ctx, func(u *ent.OrderExportUpdateOne) {
		u.SetState(retail.ExportSending).SetReasonCode("").SetReasonMessage("").SetFailures(0).SetDueAt(t.x.Clock.Now().Add(d))
	})
}

// othersWait reports whether other exports of the queue are due.
func (t *task) othersWait(ctx context.Context) (bool, error) {
	others, err := t.x.Client.OrderExport.Query().
		Where(orderexport.Register(t.lease.Register), orderexport.DueAtLTE(t.x.Clock.Now()), orderexport.IDNEQ(t.export.ID),
			orderexport.StateNEQ(retail.ExportExported), orderbook.MayGoOn()).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for others in the queue: %w", err)
	}
	return others, nil
}
