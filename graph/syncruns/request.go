package syncruns

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/auditlog"
	"possync/internal/records/confirmation"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Request is what a person requests to be read.
type Request struct {
	Full    bool     // also what was read before
	ShopID  *string  // only this shop's stock
	ItemIDs []string // only these items; nil = not limited to items
}

// maxItems is how many items may be chosen.
const maxItems = 250

// Start requests a sync. The first ever reads everything. If an active run will still read all that is requested, it is the
// answer; if it will not, it is returned with an error.
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

// scopeOf returns the run that reads a shop or some items, and adds everything that is wrong with them to the errors. Ids of
// other sites are not found.
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
		found.Add(usererror.NotFound, "This Lightspeed store does not exist. Refresh the lists from Lightspeed and choose again.", "shopId")
		return 0, nil
	case shop.Archived:
		found.Say(usererror.Archived, "The store \"{shop}\" is archived in Lightspeed, so its stock is not synced. Choose another store, or restore this one in Lightspeed.", message.Values{"shop": shop.Name}, "shopId")
	case !slices.ContainsFunc(pairs, func(p sitedata.Pair) bool { return p.Shop.ID == id }):
		found.Say(usererror.NotMapped, "The store \"{shop}\" is not connected to a location of the website, so its stock is not synced. Connect it first.", message.Values{"shop": shop.Name}, "shopId")
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
		found.Say(usererror.TooMany, "You can choose at most {limit} items. For more, sync everything.", message.Values{"limit": maxItems}, "posItemIds")
		return nil, nil
	}
	var known []string // no item has an id that cannot be stored
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
			found.Add(usererror.NotFound, "This item does not exist. Load the page again.", "posItemIds", i)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

// Refresh requests that the reference data be read again, in the same way.
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
		wrong.Add(usererror.NeedsReauth, "Lightspeed no longer accepts the connection. Connect again as an admin or manager.")
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
	auditlog.Note(ctx, audit.Change{Field: "Sync", After: words(string(run.State)) + ", " + words(string(run.Kind))})
	return RunOf(run), nil, nil
}

// words writes the name of a value for people.
func words(value string) string { return strings.ToLower(strings.ReplaceAll(value, "_", " ")) }

func conflictOf(active *ent.SyncRun) string {
	if synclog.WaitsForConfirmation(active) {
		return "Another sync waits for confirmation because it would take many items off the website. Confirm or cancel it first."
	}
	return "Another sync is running that does not include this. Try again when it has finished."
}

// covers reports whether an active run will still read everything that is requested, because a person then expects to see what
// the POS has now. A delta also reads stock that changes in the meantime, because it moves to the end. A run that reads by id
// may have passed some of it already.
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

// Cancel requests the end of a run. One that has not started ends at once; one that is running ends after its page.
func Cancel(ctx context.Context, id string, now time.Time) (*Run, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	run, wrong, err := unfinished(ctx, id)
	if err != nil || wrong.Any() {
		return nil, wrong, err
	}
	before := *run
	run, err = synclog.Cancel(ctx, unitofwork.Client(ctx), run, now)
	if err != nil {
		return nil, nil, err
	}
	if !before.CancelRequested {
		auditlog.Note(ctx, audit.Change{Field: "Sync", Before: words(string(before.State)), After: "cancelled"})
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
		wrong.Add(usererror.NotFound, "This sync does not exist.", "syncRunId")
	case run.State.Final():
		wrong.Add(usererror.AlreadyFinished, "The sync has already ended.", "syncRunId")
	}
	return run, wrong, nil
}

// Confirm lets a run continue that waits because it would take many items off the website. userID is who confirms it.
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
		wrong.Add(usererror.NotWaiting, "The sync is not waiting for confirmation. Load it again to see its state.", "syncRunId")
		return nil, wrong, nil
	}
	client := unitofwork.Client(ctx)
	run, err = synclog.Move(ctx, client, run, now, func(u *ent.SyncRunUpdateOne) { u.SetConfirmedAt(now).SetConfirmedBy(userID) })
	if err != nil {
		return nil, nil, err
	}
	auditlog.Note(ctx, audit.Change{
		Field: "Sync", Before: "waiting for confirmation", After: fmt.Sprintf("confirmed: may hide %d items", run.WouldHide),
	})
	if err := confirmation.ConfirmedLoss(ctx, client, now); err != nil {
		return nil, nil, err
	}
	if err := synclog.MakeDue(ctx, client, now); err != nil {
		return nil, nil, err
	}
	event.Wake(ctx, synclog.SetupTopic(run.SiteID))
	return RunOf(run), nil, nil
}
