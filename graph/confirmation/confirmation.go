// Package confirmation shows the changes that wait until a manager confirms them, and confirms them.
package confirmation

import (
	"context"
	"strconv"
	"time"

	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/confirmation"
)

// Held are the changes that wait.
type Held struct {
	ItemsSince *time.Time // nil = no item is held
	Items      int

	PricesSince *time.Time // nil = no price is held
	Prices      int
}

// Read returns the changes that wait.
func Read(ctx context.Context, now time.Time) (*Held, error) {
	held := &Held{}
	state, err := sitedata.State(ctx)
	if err != nil || state == nil {
		return held, err
	}
	if held.ItemsSince = state.DisplayHeldSince; held.ItemsSince != nil {
		if held.Items, err = confirmation.HeldItems(ctx, unitofwork.Client(ctx)); err != nil {
			return nil, err
		}
	}
	if held.PricesSince = state.PricesHeldSince; held.PricesSince != nil {
		held.Prices, err = sitedata.HeldPrices(ctx, now)
	}
	return held, err
}

// HideItems confirms that as many held items are hidden as the user expects.
func HideItems(ctx context.Context, expected int, now time.Time) (*Held, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	held, err := Read(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	if held.Items != expected {
		return nil, changed(held.Items, expected, "items"), nil
	}
	if expected > 0 {
		if err := confirmation.ConfirmDisplay(ctx, unitofwork.Client(ctx), now); err != nil {
			return nil, nil, err
		}
		auditlog.Note(ctx, audit.Change{Field: "Held items", Before: strconv.Itoa(expected), After: "may be hidden"})
		sitedata.ClearCache(ctx)
	}
	held, err = Read(ctx, now)
	return held, nil, err
}

// LowerPrices confirms as many lower prices as the user expects.
func LowerPrices(ctx context.Context, expected int, now time.Time) (*Held, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	held, err := Read(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	if held.Prices != expected {
		return nil, changed(held.Prices, expected, "prices"), nil
	}
	if held.PricesSince != nil {
		if err := confirmation.ConfirmPrices(ctx, unitofwork.Client(ctx), now); err != nil {
			return nil, nil, err
		}
		auditlog.Note(ctx, audit.Change{Field: "Held prices", Before: strconv.Itoa(expected), After: "may fall"})
		sitedata.ClearCache(ctx)
	}
	held, err = Read(ctx, now)
	return held, nil, err
}

func changed(now, expected int, what string) (found usererror.List) {
	found.Say(usererror.CountChanged, "{count} {what} are held now, not {expected}. Check them again.", message.Values{"count": now, "what": what, "expected": expected}, "expectedCount")
	return found
}
