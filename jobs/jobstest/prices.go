package jobstest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/confirmation"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// ImportPrices changes the website's own prices of products, by their keys, as the platform's import does.
func (w *Fixture) ImportPrices(prices map[string]retail.Amount) {
	w.T.Helper()
	w.must("import prices", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		now := w.Clock.Now()
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		if err := confirmation.BeginPrices(ctx, tx, now); err != nil {
			return err
		}
		products, err := tx.Product.Query().Order(ent.Asc(product.FieldKey)).All(ctx)
		if err != nil {
			return fmt.Errorf("read products: %w", err)
		}
		fell := false
		for _, p := range products {
			price, given := prices[p.Key]
			if !given {
				continue
			}
			base, collapsed := confirmation.KeepBase(p.HeldPrice, p.Price, price)
			fell = fell || collapsed
			update := tx.Product.UpdateOne(p).SetPrice(price).SetNillableHeldPrice(base)
			if base == nil {
				update.ClearHeldPrice()
			}
			if err := update.Exec(ctx); err != nil {
				return fmt.Errorf("change a price: %w", err)
			}
		}
		site, err := settings.Read(ctx, tx)
		if err != nil {
			return err
		}
		return confirmation.SettlePrices(ctx, tx, site, fell, now)
	}))
}

// ConfirmPrices confirms the lower prices, as the API does; it reports whether any is held.
func (w *Fixture) ConfirmPrices() (held bool) {
	w.T.Helper()
	w.must("confirm lower prices", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		if err := synclog.Lock(ctx, tx); err != nil {
			return err
		}
		state, err := synclog.State(ctx, tx)
		if err != nil || state.PricesHeldSince == nil {
			return err
		}
		held = true
		return confirmation.ConfirmPrices(ctx, tx, w.Clock.Now())
	}))
	return held
}

// offer is what the website asks for the product of a displayed item.
type offer struct {
	terms string // what else than a fall may change the price: the product, the settings, a sale
	price retail.Amount
	held  bool // it is not what it would be if it had not fallen with others
}

// offers are what a website asks at a moment, by Lightspeed's ids of the items.
type offers struct {
	held  *time.Time // since when prices are held
	items map[int64]offer
}

func (w *Fixture) offers() offers {
	w.T.Helper()
	state, err := synclog.State(w.Ctx, w.Client)
	w.must("read the state", err)
	site, err := settings.Read(w.Ctx, w.Client)
	w.must("read the settings", err)
	zone, err := site.Zone()
	w.must("read the zone", err)
	prices := site.Prices()
	prices.Held = state.PricesHeldSince != nil
	items, err := w.Client.PosItem.Query().Where(positem.Displayed(true)).WithProduct().All(w.Ctx)
	w.must("read what is displayed", err)
	now := offers{held: state.PricesHeldSince, items: map[int64]offer{}}
	for _, item := range items {
		p := item.Edges.Product
		if p == nil {
			continue
		}
		price := retail.EffectivePrice(prices.Facts(p, item, zone), w.Clock.Now())
		regular, sale := prices.LevelNames()
		now.items[item.LightspeedID] = offer{
			terms: fmt.Sprint(p.Key, prices.Enabled, regular, sale, p.SaleStartDate, p.SaleEndDate, price.OnSale, slices.Contains(price.Problems, retail.PriceNoRegular)),
			price: price.Amount, held: slices.Contains(price.Problems, retail.PriceHeld),
		}
	}
	return now
}

// checkOffers fails the test if the prices of too many displayed items have fallen by more than half since the step before, and if
// a price that is held is not what it was, unless a person confirmed the lower prices.
func (h *History) checkOffers() {
	h.T.Helper()
	before, now := h.asked, h.offers()
	if h.asked = now; h.confirmed {
		h.confirmed = false
		return
	}
	fell, compared := 0, 0
	for id, was := range before.items {
		is, there := now.items[id]
		if !there || is.terms != was.terms {
			continue
		}
		compared++
		collapsed := retail.Collapsed(was.price, is.price)
		if collapsed {
			fell++
		}
		same := before.held != nil && now.held != nil && before.held.Equal(*now.held)
		if was.held && same && (collapsed || is.held && is.price != was.price) {
			h.T.Fatalf("the price of item %d is held and went from %s to %s", id, was.price, is.price)
		}
	}
	if loss := (retail.Loss{Displayed: max(len(before.items), len(now.items)), Lost: fell}); loss.Exceeded() {
		h.T.Fatalf("%d of %d prices fell by more than half, and none is held", fell, compared)
	}
}

// repriceMany sets most prices that the website asks, where they come from, to a tenth of what they were, as somebody does who
// mistakes a decimal point, and puts them right later.
func (h *History) repriceMany() {
	if h.rng.IntN(4) > 0 {
		h.cheap = !h.cheap
	}
	cents := int32(-2)
	if h.cheap {
		cents = -3
	}
	price := func() decimal.Decimal { return decimal.New(5000+h.rng.Int64N(1000), cents) }
	most := func(n int) int { return n - h.rng.IntN(n/2+1) }
	site, err := settings.Read(h.Ctx, h.Client)
	h.must("read the settings", err)
	if prices := site.Prices(); prices.Enabled && prices.Regular != nil {
		items := h.Account.Truth().Items
		for _, item := range items[:most(len(items))] {
			_ = h.Account.Reprice(item.ID, prices.Regular.LightspeedID, price())
		}
		return
	}
	products, err := h.Client.Product.Query().Order(ent.Asc(product.FieldKey)).All(h.Ctx)
	h.must("read products", err)
	asked := map[string]retail.Amount{}
	for _, p := range products[:most(len(products))] {
		amount, err := retail.AmountFromDecimal(price())
		h.must("make a price", err)
		asked[p.Key] = amount
	}
	h.ImportPrices(asked)
}
