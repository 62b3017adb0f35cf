package syncruns

import (
	"context"
	"fmt"
	"slices"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/event"
	"possync/internal/pid"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Request is what a person asks to be read.
type Request struct {
	Full    bool     // again what was read before
	ShopID  *string  // of this shop alone, its stock
	ItemIDs []string // these items alone; nil = not limited to some
}

// maxItems bounds how many items may be chosen.
const maxItems = 250

// Start asks for a sync. The first ever is of everything. A run under way that will still read all that is asked for is
// the answer; one that does not stands in the way and is returned with the error.
func Start(ctx context.Context, r Request, userID string, now time.Time) (*Run, usererror.List, error) {
	return request(ctx, userID, now, func(state *ent.SyncState, found *usererror.List) (synclog.Request, error) {
		if r.ShopID != nil || r.ItemIDs != nil {
			return scopeOf(ctx, r, found)
		}
		if r.Full || state.FullCompletedAt == nil {
			return synclog.Request{Kind: retail.KindFull}, nil
		}
		return synclog.Request{Kind: retail.KindDelta}, nil
	})
}

// part says which run reads a shop or some items, and notes everything that is wrong with them. A foreign id reads like one
// of nothing.
func scopeOf(ctx context.Context, r Request, found *usererror.List) (synclog.Request, error) {
	request := synclog.Request{Kind: retail.KindShopDelta}
	if r.ShopID != nil && r.ItemIDs != nil {
		found.Add(usererror.Invalid, "Choose one store or some items, not both.", "posItemIds")
	}
	if r.Full {
		request.Kind = retail.KindShopFull
	}
	if r.ShopID != nil {
		var err error
		if request.ShopID, err = chosenShop(ctx, *r.ShopID, found); err != nil {
			return request, err
		}
	}
	if r.ItemIDs != nil {
		request.Kind = retail.KindItems
		var err error
		if request.ItemIDs, err = chosenItems(ctx, r.ItemIDs, found); err != nil {
			return request, err
		}
	}
	return request, nil
}

func chosenShop(ctx context.Context, id string, found *usererror.List) (int64, error) {
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return 0, err
	}
	pairs, err := sitedata.Pairs(ctx)
	if err != nil {
		return 0, err
	}
	shop := sitedata.Index(shops, func(s *ent.Shop) string { return s.ID })[id]
	switch {
	case shop == nil:
		found.Add(usererror.NotFound, "There is no such Lightspeed store.", "shopId")
		return 0, nil
	case shop.Archived:
		found.Add(usererror.Archived, fmt.Sprintf("The store %q is archived in Lightspeed, so its stock does not count. Choose another, or restore it there.", shop.Name), "shopId")
	case !slices.ContainsFunc(pairs, func(p sitedata.Pair) bool { return p.Shop.ID == id }):
		found.Add(usererror.NotMapped, fmt.Sprintf("The store %q is connected to no location of the website, so its stock does not count. Connect it first.", shop.Name), "shopId")
	}
	return shop.LightspeedID, nil
}

// chosenItems returns Lightspeed's ids of the items. An archived one may be read: it may have been restored in Lightspeed.
func chosenItems(ctx context.Context, ids []string, found *usererror.List) ([]int64, error) {
	switch {
	case len(ids) == 0:
		found.Add(usererror.Empty, "Choose at least one item.", "posItemIds")
		return nil, nil
	case len(ids) > maxItems:
		found.Add(usererror.TooMany, fmt.Sprintf("At most %d items can be chosen. For more, sync everything.", maxItems), "posItemIds")
		return nil, nil
	}
	var known []string // what cannot be stored is nobody's
	for _, id := range ids {
		if prefix, ok := pid.Prefix(id); ok && prefix == "itm" {
			known = append(known, id)
		}
	}
	rows, err := unitofwork.Client(ctx).PosItem.Query().Where(positem.IDIn(known...)).Select(positem.FieldLightspeedID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the chosen items: %w", err)
	}
	byID := sitedata.Index(rows, func(i *ent.PosItem) string { return i.ID })
	numbers := make([]int64, 0, len(ids))
	for i, id := range ids {
		if item := byID[id]; item != nil {
			numbers = append(numbers, item.LightspeedID)
		} else {
			found.Add(usererror.NotFound, "There is no such item.", "posItemIds", i)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

// Refresh asks for the reference data to be read again, in the same way.
func Refresh(ctx context.Context, userID string, now time.Time) (*Run, usererror.List, error) {
	return request(ctx, userID, now, func(*ent.SyncState, *usererror.List) (synclog.Request, error) {
		return synclog.Request{Kind: retail.KindReference}, nil
	})
}

func request(
	ctx context.Context, userID string, now time.Time, wanted func(*ent.SyncState, *usererror.List) (synclog.Request, error),
) (*Run, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	connection, err := sitedata.LinkState(ctx)
	if err != nil {
		return nil, nil, err
	}
	client := unitofwork.Client(ctx)
	active, running, err := synclog.ActiveRun(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	var wrong usererror.List
	switch connection {
	case retail.LinkConnected:
	case retail.LinkNeedsReauth:
		wrong.Add(usererror.NeedsReauth, "Lightspeed no longer accepts the sign-in. Connect again as an admin or manager.")
	default:
		wrong.Add(usererror.NotConnected, "No Lightspeed account is connected. Connect one first.")
	}
	asked, err := wanted(state, &wrong)
	if err != nil {
		return nil, nil, err
	}
	asked.Trigger, asked.By = retail.TriggerManual, userID
	if running && !covers(active, asked) {
		wrong.Add(usererror.SyncInProgress, conflictOf(active))
	}
	if running || wrong.Any() {
		return RunOf(active), wrong, nil
	}
	run, _, err := synclog.Enqueue(ctx, client, asked, now)
	if err != nil {
		return nil, nil, err
	}
	return RunOf(run), nil, nil
}

func conflictOf(active *ent.SyncRun) string {
	if synclog.WaitsForConfirmation(active) {
		return "Another sync waits to be confirmed, because it would take much off the website. Confirm or cancel it first."
	}
	return "Another sync is under way that does not include this. Try again when it has ended."
}

// covers reports whether a run under way will still read all that is asked for: a person who asks expects to see afterwards
// what the POS has now. Stock that changes while changes are read is read too, as it moves to their end; of what is read by
// id, a part may have been read already.
func covers(active *ent.SyncRun, asked synclog.Request) bool {
	if active.CancelRequested {
		return false
	}
	has := func(kinds ...retail.RunKind) bool { return slices.Contains(kinds, active.Kind) }
	before := func(phases ...retail.RunPhase) bool { return slices.Contains(phases, active.Phase) }
	unread := before(retail.PhasePreparing, retail.PhaseReference)
	sameShop := active.ScopeShopID == asked.ShopID
	switch asked.Kind {
	case retail.KindFull:
		return has(retail.KindFull)
	case retail.KindDelta:
		return has(retail.KindFull, retail.KindDelta)
	case retail.KindReference:
		return has(retail.KindReference) || has(retail.KindFull) && unread
	case retail.KindShopDelta:
		return has(retail.KindFull, retail.KindDelta) && (unread || before(retail.PhaseItems, retail.PhaseStock)) ||
			has(retail.KindShopDelta) && sameShop || has(retail.KindShopFull) && sameShop && unread
	case retail.KindShopFull:
		return has(retail.KindFull, retail.KindShopFull) && (has(retail.KindFull) || sameShop) && unread
	case retail.KindItems:
		chosen := func(id int64) bool { return slices.Contains(active.ScopeItemIds, id) }
		all := !slices.ContainsFunc(asked.ItemIDs, func(id int64) bool { return !chosen(id) })
		return unread && (has(retail.KindFull) || has(retail.KindItems) && all)
	default:
		return has(asked.Kind)
	}
}

// Cancel asks for the end of a run. One that nobody has begun ends at once; one at work ends after its page.
func Cancel(ctx context.Context, id string, now time.Time) (*Run, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	run, wrong, err := unfinished(ctx, id)
	if err != nil || wrong.Any() {
		return nil, wrong, err
	}
	run, err = synclog.Cancel(ctx, unitofwork.Client(ctx), run, now)
	if err != nil {
		return nil, nil, err
	}
	event.Wake(ctx, synclog.WorkTopic, synclog.SetupTopic(run.SiteID))
	return RunOf(run), nil, nil
}

// unfinished returns the run with the id, which must not have ended.
func unfinished(ctx context.Context, id string) (run *ent.SyncRun, wrong usererror.List, err error) {
	if prefix, ok := pid.Prefix(id); ok && prefix == "run" {
		run, err = unitofwork.Client(ctx).SyncRun.Get(ctx, id)
	}
	switch {
	case err != nil && !ent.IsNotFound(err):
		return nil, nil, fmt.Errorf("read the run: %w", err)
	case err != nil || run == nil:
		wrong.Add(usererror.NotFound, "There is no such sync.", "syncRunId")
	case run.State.Final():
		wrong.Add(usererror.AlreadyFinished, "The sync has already ended.", "syncRunId")
	}
	return run, wrong, nil
}

// Confirm lets a run go on that waits because it would take much off the website. userID is who says so.
func Confirm(ctx context.Context, id, userID string, now time.Time) (*Run, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	run, wrong, err := unfinished(ctx, id)
	switch {
	case err != nil || wrong.Any():
		return nil, wrong, err
	case run.ConfirmedAt != nil:
		return RunOf(run), nil, nil
	case !synclog.WaitsForConfirmation(run) || run.CancelRequested:
		wrong.Add(usererror.NotWaiting, "The sync does not wait to be confirmed. Look at it again.", "syncRunId")
		return nil, wrong, nil
	}
	client := unitofwork.Client(ctx)
	run, err = synclog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) { u.SetConfirmedAt(now).SetConfirmedBy(userID) })
	if err != nil {
		return nil, nil, err
	}
	if err := synclog.Wake(ctx, client, now); err != nil {
		return nil, nil, err
	}
	event.Wake(ctx, synclog.SetupTopic(run.SiteID))
	return RunOf(run), nil, nil
}
