package jobstest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/location"
	"possync/ent/positem"
	"possync/ent/pricelevel"
	"possync/ent/product"
	"possync/ent/shop"
	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// shownItem is all that is shown of an item, with what it refers to by names that are the same on every site.
type shownItem struct {
	Item               // as it is mirrored, with its stock
	Match              retail.MatchState
	By                 retail.MatchBasis
	Product            string
	Candidates, Rivals []string
	Displayed, InStock bool
	Reasons            []retail.Reason
}

// shownProduct is all that is shown of a product.
type shownProduct struct {
	Items []int64
	Stock map[string]int64 // what can be sold, by location
	Order map[string]int64
	Price string
}

// Shown is all that is shown of a site.
type Shown struct {
	Items    map[int64]shownItem
	Products map[string]shownProduct
}

// CheckFresh fails the test unless everything that is shown is what a site shows that was never synced before, when it is
// given the POS, the catalogue, the settings, the decisions, the established links and the held prices as they are now, and reads
// everything once.
//
// What the POS no longer sends, the site that was there all the time may still know: prices at archived levels are left
// out.
func (w *Fixture) CheckFresh() {
	w.T.Helper()
	fresh := w.copied()
	if diff := gocmp.Diff(fresh.shown(), w.shown()); diff != "" {
		w.T.Fatalf("what is shown differs from what a fresh site shows (-fresh +kept up):\n%s", diff)
	}
}

// copied makes a site with the catalogue, the settings and the decisions of this one, connects it to the same account, and
// syncs it.
func (w *Fixture) copied() *Fixture {
	w.T.Helper()
	fresh := *w
	fresh.Ctx, fresh.Site = storetest.Site(w.T, w.Client, "fresh")
	fresh.Jobs = fresh.Process(w.Client, "fresh")
	products, err := w.Client.Product.Query().Order(ent.Asc(product.FieldID)).All(w.Ctx)
	w.must("read products", err)
	for _, p := range products {
		fresh.ImportProduct(p.Key, p.Name, p.Gtin1, p.Brand, p.Mpn, p.Active)
		w.must("copy a product", w.Client.Product.Update().Where(product.Key(p.Key)).SetPrice(p.Price).
			SetSaleStartDate(p.SaleStartDate).SetSaleEndDate(p.SaleEndDate).Exec(fresh.Ctx))
	}
	rules, err := w.Client.ImportSettings.Query().All(w.Ctx)
	w.must("read settings", err)
	for _, s := range rules {
		fresh.ChangeRules(retail.ImportRules{
			OnHand: s.OnHand, OnOrder: s.OnOrder, Reorder: s.Reorder, CostBasis: s.CostBasis, RequiredIdentifiers: s.RequiredIdentifiers,
		})
	}
	fresh.Connect("admin")
	fresh.Work()
	for fresh.LastRun().State == retail.RunWaiting {
		fresh.Tick()
	}
	mappings, err := w.Client.StoreMapping.Query().WithShop().WithLocation().All(w.Ctx)
	w.must("read mappings", err)
	pairs := map[int64]string{}
	for _, m := range mappings {
		pairs[m.Edges.Shop.LightspeedID] = m.Edges.Location.Key
	}
	fresh.Map(pairs)
	for _, m := range mappings {
		w.must("copy a reserve", w.Client.Location.Update().Where(location.Key(m.Edges.Location.Key)).
			SetReserve(m.Edges.Location.Reserve).Exec(fresh.Ctx))
	}
	pricing, err := w.Client.PricingSettings.Query().WithRegularLevel().WithSaleLevel().All(w.Ctx)
	w.must("read pricing", err)
	for _, p := range pricing {
		level := func(l *ent.PriceLevel) int64 {
			if l == nil {
				return 0
			}
			return l.LightspeedID
		}
		fresh.ChangePricing(p.Enabled, level(p.Edges.RegularLevel), level(p.Edges.SaleLevel))
	}
	decisions, err := w.Client.MatchDecision.Query().WithItem().WithProduct().All(w.Ctx)
	w.must("read decisions", err)
	for _, d := range decisions {
		item, err := w.Client.PosItem.Query().Where(positem.LightspeedID(d.Edges.Item.LightspeedID)).Only(fresh.Ctx)
		w.must("read an item", err)
		p, err := w.Client.Product.Query().Where(product.Key(d.Edges.Product.Key)).Only(fresh.Ctx)
		w.must("read a product", err)
		fresh.Decide(item, p, d.Verdict)
	}
	w.copyOrders(&fresh)
	w.copyLinks(&fresh)
	fresh.Work()
	w.copyHeldPrices(&fresh)
	return &fresh
}

// copyHeldPrices gives a copy the prices that falls are measured against, and the hold of this site.
func (w *Fixture) copyHeldPrices(fresh *Fixture) {
	products, err := w.Client.Product.Query().Where(product.HeldPriceNotNil()).All(w.Ctx)
	w.must("read held prices", err)
	for _, p := range products {
		w.must("copy a held price", w.Client.Product.Update().Where(product.Key(p.Key)).SetNillableHeldPrice(p.HeldPrice).Exec(fresh.Ctx))
	}
	items, err := w.Client.PosItem.Query().Where(positem.HeldPricesNotNil()).All(w.Ctx)
	w.must("read held prices", err)
	for _, i := range items {
		w.must("copy held prices", w.Client.PosItem.Update().Where(positem.LightspeedID(i.LightspeedID)).SetHeldPrices(i.HeldPrices).Exec(fresh.Ctx))
	}
	state, err := synclog.State(w.Ctx, w.Client)
	w.must("read the state", err)
	w.must("copy the hold", w.Client.SyncState.Update().SetNillablePricesHeldSince(state.PricesHeldSince).Exec(fresh.Ctx))
}

// copyLinks gives a copy the established links of this site, and has everything matched again.
func (w *Fixture) copyLinks(fresh *Fixture) {
	w.must("end the links", w.Client.PosItem.Update().ClearProductID().SetMatchWantedAt(w.Clock.Now()).Exec(fresh.Ctx))
	linked, err := w.Client.PosItem.Query().Where(positem.ProductIDNotNil()).WithProduct().All(w.Ctx)
	w.must("read links", err)
	for _, i := range linked {
		p, err := w.Client.Product.Query().Where(product.Key(i.Edges.Product.Key)).Only(fresh.Ctx)
		w.must("read a product", err)
		w.must("copy a link", w.Client.PosItem.Update().Where(positem.LightspeedID(i.LightspeedID)).
			SetProductID(p.ID).SetMatchBasis(i.MatchBasis).Exec(fresh.Ctx))
	}
	w.must("wake", synclog.MakeDue(fresh.Ctx, w.Client, w.Clock.Now()))
}

// Map makes the pairs of shops, by Lightspeed's ids, and locations, by their keys, the whole set, as setStoreMappings does.
func (w *Fixture) Map(pairs map[int64]string) {
	w.T.Helper()
	_, err := w.Client.StoreMapping.Delete().Exec(w.Ctx)
	w.must("remove mappings", err)
	for _, number := range slices.Sorted(maps.Keys(pairs)) {
		s, err := w.Client.Shop.Query().Where(shop.LightspeedID(number)).Only(w.Ctx)
		w.must("read a shop", err)
		l, err := w.Client.Location.Query().Where(location.Key(pairs[number])).Only(w.Ctx)
		if ent.IsNotFound(err) {
			l, err = w.Client.Location.Create().SetKey(pairs[number]).SetName(pairs[number]).Save(w.Ctx)
		}
		w.must("read a location", err)
		w.must("map", w.Client.StoreMapping.Create().SetShopID(s.ID).SetLocationID(l.ID).Exec(w.Ctx))
	}
	w.wantEvaluation()
}

// ChangePricing replaces the pricing settings; levels by Lightspeed's ids, 0 = none.
func (w *Fixture) ChangePricing(enabled bool, regular, sale int64) {
	w.T.Helper()
	_, err := w.Client.PricingSettings.Delete().Exec(w.Ctx)
	w.must("remove pricing", err)
	level := func(number int64) *string {
		row, err := w.Client.PriceLevel.Query().Where(pricelevel.LightspeedID(number)).Only(w.Ctx)
		if ent.IsNotFound(err) {
			return nil
		}
		w.must("read a price level", err)
		return &row.ID
	}
	w.must("change pricing", w.Client.PricingSettings.Create().SetEnabled(enabled).
		SetNillableRegularLevelID(level(regular)).SetNillableSaleLevelID(level(sale)).Exec(w.Ctx))
}

// shown gathers all that is shown of the site.
func (w *Fixture) shown() Shown {
	w.T.Helper()
	items, err := w.Client.PosItem.Query().WithStock().All(w.Ctx)
	w.must("read the mirror", err)
	products, err := w.Client.Product.Query().All(w.Ctx)
	w.must("read products", err)
	keys, numbers := map[string]string{}, map[string]string{}
	for _, p := range products {
		keys[p.ID] = p.Key
	}
	for _, i := range items {
		numbers[i.ID] = fmt.Sprint(i.LightspeedID)
	}
	// Of long lists only the first are kept, in an order of ids that each site has for itself.
	named := func(ids []string, names map[string]string) []string {
		if len(ids) >= 10 {
			return []string{fmt.Sprintf("%d of many", len(ids))}
		}
		var list []string
		for _, id := range ids {
			list = append(list, names[id])
		}
		slices.Sort(list)
		return list
	}
	all := Shown{Items: map[int64]shownItem{}, Products: map[string]shownProduct{}}
	mirror := w.mirroredItems()
	linked := map[string]*ent.PosItem{}
	for _, i := range items {
		s := shownItem{
			Item: mirror[i.LightspeedID], Match: i.MatchState, By: i.MatchBasis, Displayed: i.Displayed, InStock: i.InStock,
			Reasons: i.ReasonBits.Reasons(), Candidates: named(i.CandidateIds, keys), Rivals: named(i.RivalIds, numbers),
		}
		if i.ProductID != nil {
			s.Product = keys[*i.ProductID]
			linked[*i.ProductID] = i
		}
		all.Items[i.LightspeedID] = s
	}
	places, err := w.Client.StoreMapping.Query().WithShop().WithLocation().All(w.Ctx)
	w.must("read mappings", err)
	held := w.HeldUnits(items)
	for _, p := range products {
		item := linked[p.ID]
		s := shownProduct{Stock: map[string]int64{}, Order: map[string]int64{}, Price: w.price(p, item)}
		if item != nil {
			s.Items = append(s.Items, item.LightspeedID)
			for _, place := range places {
				for _, row := range item.Edges.Stock {
					if row.LightspeedShopID == place.Edges.Shop.LightspeedID && !place.Edges.Shop.Archived {
						s.Stock[place.Edges.Location.Key] = retail.ShopStock{
							OnHand: row.OnHand, Reserve: place.Edges.Location.Reserve, Held: held[openorders.Place{Item: item.LightspeedID, Shop: row.LightspeedShopID}],
						}.Sellable()
						s.Order[place.Edges.Location.Key] = row.OnOrder
					}
				}
			}
		}
		all.Products[p.Key] = s
	}
	return all
}

// HeldUnits reads what orders keep from being sold again.
func (w *Fixture) HeldUnits(items []*ent.PosItem) openorders.Units {
	w.T.Helper()
	site, err := settings.Read(w.Ctx, w.Client)
	w.must("read the settings", err)
	ids := make([]int64, len(items))
	for i, item := range items {
		ids[i] = item.LightspeedID
	}
	held, err := openorders.RulesOf(site).Held(w.Ctx, w.Client, ids)
	w.must("read what orders hold", err)
	return held
}

// price says what the website asks for the product now, with the old price while it is held. With an archived level it is left out,
// see CheckFresh.
func (w *Fixture) price(p *ent.Product, item *ent.PosItem) string {
	facts := retail.PriceFacts{Currency: "USD", Website: p.Price, Unlinked: item == nil, SaleStart: p.SaleStartDate, SaleEnd: p.SaleEndDate, Zone: time.UTC}
	before := retail.BasePrices{Website: p.Price}
	if p.HeldPrice != nil {
		before.Website = *p.HeldPrice
	}
	settings, err := w.Client.PricingSettings.Query().WithRegularLevel().WithSaleLevel().Only(w.Ctx)
	if !ent.IsNotFound(err) {
		w.must("read pricing", err)
		facts.POSPricing = settings.Enabled
		at := func(level *ent.PriceLevel, prices []retail.LevelPrice) retail.Amount {
			for _, price := range prices {
				if level != nil && price.LevelID == level.LightspeedID {
					return price.Amount
				}
			}
			return 0
		}
		regular, sale := settings.Edges.RegularLevel, settings.Edges.SaleLevel
		if regular != nil && regular.Archived || sale != nil && sale.Archived {
			return "at an archived level"
		}
		if item != nil {
			facts.Regular, facts.Sale = at(regular, item.Prices), at(sale, item.Prices)
			before.Regular, before.Sale = facts.Regular, facts.Sale
			if item.HeldPrices != nil {
				before.Regular, before.Sale = at(regular, item.HeldPrices), at(sale, item.HeldPrices)
			}
		}
	}
	price := retail.EffectivePrice(facts, w.Clock.Now())
	state, err := synclog.State(w.Ctx, w.Client)
	w.must("read the state", err)
	if state.PricesHeldSince != nil {
		facts.Website, facts.Regular, facts.Sale = before.Website, before.Regular, before.Sale
		if old := retail.EffectivePrice(facts, w.Clock.Now()); price.Amount < old.Amount-price.Amount {
			price, price.Problems = old, append(old.Problems, retail.PriceHeld)
		}
	}
	return fmt.Sprint(price.Amount, price.Regular, price.OnSale, price.Problems, cmp.Or(price.NextChangeAt, &time.Time{}))
}
