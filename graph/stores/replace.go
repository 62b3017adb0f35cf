package stores

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/storemapping"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/display"
	"possync/internal/records/feedlog"
	"possync/internal/records/synclog"
	"possync/internal/records/tenancy"
	"possync/internal/retail"
)

// maxPairs bounds a set.
const maxPairs = 250

// Pair names a shop and a location by their ids.
type Pair struct{ ShopID, LocationID string }

// Replace replaces the site's store mappings with the pairs, and has every item evaluated again. With any error nothing is
// changed.
func Replace(ctx context.Context, pairs []Pair, consent settings.Consent, now time.Time) (*Set, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	old, err := Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	wanted, found, err := CheckPairs(ctx, pairs)
	if err != nil {
		return nil, nil, err
	}
	if err := settings.CheckRevision(ctx, &found, retail.SettingStores, consent.Revision, old.Revision); err != nil {
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	gone, fresh := difference(old.Mappings, pairs)
	if len(gone) == 0 && len(fresh) == 0 {
		return old, nil, nil
	}
	after, err := sitedata.Rules(ctx)
	if err != nil {
		return nil, nil, err
	}
	after.Shops = display.ShopsOf(wanted)
	if err := settings.CheckLoss(ctx, after, consent, &found, now); err != nil || found.Any() {
		return nil, found, err
	}
	if err := write(ctx, gone, fresh, now); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	set, err := Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	changes, err := changesOf(ctx, old.Mappings, set.Mappings)
	if err != nil {
		return nil, nil, err
	}
	return set, nil, settings.Record(ctx, retail.SettingStores, set.Revision, now, changes...)
}

// CheckPairs returns the pairs with their shops and locations, or everything that is wrong with them, by their index below
// "mappings". Ids of other sites are not found.
func CheckPairs(ctx context.Context, pairs []Pair) (wanted []sitedata.Pair, found usererror.List, err error) {
	switch {
	case len(pairs) == 0:
		found.Add(usererror.Empty, "Connect at least one store to a location.", "mappings")
		return nil, found, nil
	case len(pairs) > maxPairs:
		found.Say(usererror.TooMany, "You can connect at most {limit} stores.", message.Values{"limit": maxPairs}, "mappings")
		return nil, found, nil
	}
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return nil, nil, err
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, nil, err
	}
	shopByID := sitedata.Index(shops, func(s *ent.Shop) string { return s.ID })
	locationByID := sitedata.Index(locations, func(l *ent.Location) string { return l.ID })
	seen := map[string]int{}
	for i, p := range pairs {
		shop, location := shopByID[p.ShopID], locationByID[p.LocationID]
		store := checkEnd{
			field: "shopId", id: p.ShopID, exists: shop != nil, retired: shop != nil && shop.Archived,
			noSuch: "This Lightspeed store does not exist. Refresh the lists from Lightspeed and choose again.", whenRetired: "The store is archived in Lightspeed. Choose another one, or restore it in Lightspeed.",
		}
		store.check(&found, seen, i)
		place := checkEnd{
			field: "locationId", id: p.LocationID, exists: location != nil, retired: location != nil && !location.Active,
			noSuch: "This location does not exist. Load the page again.", whenRetired: "The location is retired on the website. Choose another one.",
		}
		place.check(&found, seen, i)
		wanted = append(wanted, sitedata.Pair{Shop: shop, Location: location})
	}
	if found.Any() {
		return nil, found, nil
	}
	return wanted, nil, nil
}

// checkEnd is one end of a pair, with what is known of it and the messages for what can be wrong.
type checkEnd struct {
	field, id           string
	exists, retired     bool
	noSuch, whenRetired string
}

// check adds what is wrong with the end of the i-th pair to found. seen holds in which pair each id occurs first.
func (e checkEnd) check(found *usererror.List, seen map[string]int, i int) {
	switch first, again := seen[e.id]; {
	case !e.exists:
		found.Add(usererror.NotFound, e.noSuch, "mappings", i, e.field)
	case again:
		found.Say(usererror.Duplicate, "It is already in entry {entry}. Use each store and each location only once.", message.Values{"entry": first + 1}, "mappings", i, e.field)
	case e.retired:
		found.Add(usererror.Archived, e.whenRetired, "mappings", i, e.field)
	}
	if _, again := seen[e.id]; !again {
		seen[e.id] = i
	}
}

// difference returns the stored pairs that are not wanted, and the wanted ones that are not stored.
func difference(stored []*ent.StoreMapping, wanted []Pair) (gone []string, fresh []Pair) {
	left := make(map[Pair]bool, len(wanted))
	for _, p := range wanted {
		left[p] = true
	}
	for _, m := range stored {
		p := Pair{m.ShopID, m.LocationID}
		if !left[p] {
			gone = append(gone, m.ID)
		}
		delete(left, p)
	}
	for _, p := range wanted {
		if left[p] {
			fresh = append(fresh, p)
		}
	}
	return gone, fresh
}

// changesOf lists in words which shops are connected to other locations than before.
func changesOf(ctx context.Context, before, after []*ent.StoreMapping) ([]settings.Change, error) {
	shops, err := sitedata.Shops(ctx)
	if err != nil {
		return nil, err
	}
	locations, err := sitedata.Locations(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, l := range locations {
		names[l.ID] = fmt.Sprintf("%q", l.Name)
	}
	places := func(pairs []*ent.StoreMapping) map[string]string {
		at := map[string]string{}
		for _, p := range pairs {
			at[p.ShopID] = names[p.LocationID]
		}
		return at
	}
	was, is := places(before), places(after)
	var changes []settings.Change
	for _, s := range shops {
		changes = append(changes, settings.Change{
			Field: fmt.Sprintf("Location of the store %q", s.Name), Before: cmp.Or(was[s.ID], "none"), After: cmp.Or(is[s.ID], "none"),
		})
	}
	return changes, nil
}

func write(ctx context.Context, gone []string, fresh []Pair, now time.Time) error {
	client := unitofwork.Client(ctx)
	if len(gone) > 0 { // first, as a shop and a location stand in one pair at most
		if _, err := client.StoreMapping.Delete().Where(storemapping.IDIn(gone...)).Exec(ctx); err != nil {
			return fmt.Errorf("remove store mappings: %w", err)
		}
	}
	if len(fresh) > 0 {
		linking, known := tenancy.WithKnown(ctx) // check found them among the site's own
		creates := make([]*ent.StoreMappingCreate, len(fresh))
		for i, p := range fresh {
			known.Add(p.ShopID, p.LocationID)
			creates[i] = client.StoreMapping.Create().SetShopID(p.ShopID).SetLocationID(p.LocationID).
				SetCreatedAt(now).SetUpdatedAt(now)
		}
		if err := client.StoreMapping.CreateBulk(creates...).Exec(linking); err != nil {
			return fmt.Errorf("add store mappings: %w", err)
		}
	}
	if err := client.Site.Update().AddMappingRevision(1).SetUpdatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("advance the mappings' revision: %w", err)
	}
	if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
		return err
	}
	if err := feedlog.MarkLinked(ctx, client); err != nil {
		return err
	}
	return synclog.SetupChanged(ctx, client)
}
