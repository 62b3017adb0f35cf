package export

import (
	"context"
	"math"
	"slices"

	"possync/ent"
	"possync/internal/lightspeed"
	"possync/internal/message"
)

// findOnce is find before anything is sent, once while a worker is on the export.
func (t *task) findOnce(ctx context.Context) (found bool, err error) {
	if t.looked || t.x.without.look {
		return false, nil
	}
	return t.find(ctx)
}

// find asks the POS for sales of the order before anything is sent, also for the first time: the database may be a backup
// that was restored, and not know what was sent since. It continues with the sale that it finds; found is false when there is
// none.
//
// That nothing is found proves nothing: a search may lag, and a request may be late. It need not, because whatever turns up
// later is an open sale that is not chosen. Only where the database may have forgotten a choice, nothing is chosen or sent before
// the search can be trusted, see [task.checkRestore].
func (t *task) find(ctx context.Context) (found bool, err error) {
	sales, err := t.account.SalesByReference(ctx, t.export.Reference)
	if err != nil {
		return false, err
	}
	t.looked = true
	forgotten, err := t.catchUp(ctx, sales)
	if err != nil {
		return false, err
	}
	var candidate, voided *lightspeed.Sale
	for i, s := range sales {
		switch {
		case !isOurs(s, t.lease.SiteID), s.Voided && t.isAbandoned(attemptOf(s)):
		case s.Voided:
			voided = &sales[i]
		case s.Completed:
			// A user completed it in Lightspeed. It is in the books, so it is the order's sale.
			chosen, err := t.choose(ctx, s)
			if err != nil || !chosen {
				return true, err
			}
			return true, t.record(ctx, s)
		case !s.Archived && candidate == nil && s.ReferenceNumberSource == t.source() && t.export.Sent && !forgotten:
			candidate = &sales[i]
		}
	}
	if voided != nil { // and no other is completed
		candidate = nil
	}
	for _, s := range sales {
		if isOurs(s, t.lease.SiteID) && s.Open() && (candidate == nil || s.SaleID != candidate.SaleID) {
			if err := t.account.ArchiveSale(ctx, s.SaleID); err != nil {
				return true, err
			}
		}
	}
	switch {
	case candidate != nil && slices.Contains(t.abandoned, candidate.SaleID):
		// The list shows as open what was archived or voided when it was read alone. Nothing else is sent before that is clear.
		return true, t.wait(ctx, reasonUnavailable, message.Say(
			"Lightspeed gave two different answers about sale {sale}. We will ask again; no action is needed.", message.Values{"sale": candidate.SaleID}), nil)
	case voided != nil:
		return true, t.fail(ctx, reasonVoided, voidedMessage(*voided))
	case candidate == nil:
		return false, nil
	case t.isAbandoned(attemptOf(*candidate)) && !candidate.Total.Equal(t.export.Plan.Total.Decimal()):
		return false, t.account.ArchiveSale(ctx, candidate.SaleID)
	}
	return true, t.useSale(ctx, *candidate, true)
}

// catchUp makes the export's next attempt later than all whose sales the POS has. It reports whether the database had
// forgotten any, as after a restore: then nothing is known of what such a sale was made of.
func (t *task) catchUp(ctx context.Context, sales []lightspeed.Sale) (forgotten bool, err error) {
	last := t.lastAttempt(sales)
	if last == t.export.Attempts {
		return false, nil
	}
	t.x.Logger.WarnContext(ctx, "Lightspeed has sales of an order that the database does not know of, as after a restore",
		"site", t.lease.SiteID, "export", t.export.ID, "attempts", t.export.Attempts, "found", last)
	return true, t.move(ctx, func(u *ent.OrderExportUpdateOne) { u.SetAttempts(last).SetMayHaveOrphans(true) })
}

// lastAttempt is the last attempt that the database or any of the sales knows of.
func (t *task) lastAttempt(sales []lightspeed.Sale) int {
	last := t.export.Attempts
	for _, s := range sales {
		if n := attemptOf(s); isOurs(s, t.lease.SiteID) && n != math.MaxInt {
			last = max(last, n)
		}
	}
	return last
}
