package export

import (
	"context"
	"fmt"
	"slices"

	"possync/internal/lightspeed"
)

// find asks the POS for sales of the order before anything is sent again, and goes on with what is there; found is false
// when there is nothing to go on with.
//
// That nothing is found proves nothing: a search may lag, and a request may be late. It need not, because whatever turns up
// later is an open sale that is not chosen.
func (t *task) find(ctx context.Context) (found bool, err error) {
	sales, err := t.account.SalesByReference(ctx, t.export.Reference)
	if err != nil {
		return false, err
	}
	var candidate, voided *lightspeed.Sale
	for i, s := range sales {
		switch {
		case !isOurs(s, t.lease.SiteID), s.Voided && t.letGo(attemptOf(s)):
		case s.Voided:
			voided = &sales[i]
		case s.Completed:
			// Somebody completed it at the till. It is in the books, so it is the order's sale.
			chosen, err := t.choose(ctx, s)
			if err != nil || !chosen {
				return true, err
			}
			return true, t.record(ctx, s)
		case !s.Archived && candidate == nil && s.ReferenceNumberSource == t.source():
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
	case candidate != nil && slices.Contains(t.gaveUp, candidate.SaleID):
		// The list shows as open what was dead when it was read by itself. Nothing is sent beside it before that is clear.
		return true, t.wait(ctx, reasonUnavailable, fmt.Sprintf(
			"Lightspeed tells two different things of sale %d. It is asked again; this goes on by itself.", candidate.SaleID), nil)
	case voided != nil:
		return true, t.fail(ctx, reasonVoided, voidedMessage(*voided))
	case candidate == nil:
		return false, nil
	case t.letGo(attemptOf(*candidate)) && !candidate.Total.Equal(t.export.Plan.Total.Decimal()):
		return false, t.account.ArchiveSale(ctx, candidate.SaleID)
	}
	return true, t.take(ctx, *candidate)
}
