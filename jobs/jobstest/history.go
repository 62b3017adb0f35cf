package jobstest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/shopspring/decimal"

	"possync/ent"
	"possync/ent/lightspeedlink"
	"possync/ent/product"
	"possync/ent/shop"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// History drives a fixture through random changes of the POS, the catalogue and the settings, through decisions of people,
// through faults, and through processes that are killed in the middle of their work. Equal seeds give equal histories.
type History struct {
	*Fixture
	rng  *rand.Rand
	open func() *ent.Client // another process's client, and what kills that process
	kill func()
	left atomic.Int64 // requests until the process at work is killed; 0 = it is not

	links     map[string]string // the products that items must stay linked to, by the items' ids
	asked     offers            // what the website asked for after the step before
	confirmed bool              // a person confirmed lower prices in this step
	cheap     bool              // many prices are a tenth of what they were
}

// NewHistory returns the history of a seed. open returns the client of a new process and a function that cuts it off from
// the database as a kill would.
func NewHistory(w *Fixture, seed uint64, open func() (*ent.Client, func())) *History {
	h := &History{Fixture: w, rng: rand.New(rand.NewPCG(seed, 7))}
	h.open = func() *ent.Client {
		client, kill := open()
		h.kill = kill
		return client
	}
	w.POS.FaultFor = func(*http.Request) []sandbox.Fault {
		if h.left.Load() > 0 && h.left.Add(-1) == 0 {
			h.kill()
		}
		return nil
	}
	return h
}

// Step does one random thing. Whatever it is, no established link is lost, and no more prices collapse unasked than on a busy day.
func (h *History) Step() {
	h.step()
	h.checkLinks()
	h.checkOffers()
}

func (h *History) step() {
	switch n := h.rng.IntN(100); {
	case n < 40:
		for range 1 + h.rng.IntN(8) {
			h.changePOS()
		}
	case n < 44:
		h.ChangeOrders()
	case n < 49:
		h.decide()
	case n < 55:
		h.repriceMany()
	case n < 60:
		if h.rng.IntN(7) == 0 {
			h.retireMany()
		} else {
			h.changeProduct()
		}
	case n < 65:
		h.changeSettings()
	case n < 66:
		h.changeReserve()
	case n < 68:
		if _ = h.rng.IntN(4) == 0 && h.Cancel() || h.Confirm() || h.ConfirmHeld(); h.rng.IntN(2) == 0 {
			h.confirmed = h.ConfirmPrices()
		}
	case n < 72:
		h.askForPart()
	case n < 80:
		h.breakPOS()
	default:
		h.round()
	}
}

// round lets a process work when the site is due, and perhaps kills it at one of its next requests.
func (h *History) round() {
	client := h.open()
	service := h.Process(client, fmt.Sprintf("process-%d", h.rng.Uint64()))
	if h.rng.IntN(3) == 0 {
		h.left.Store(int64(1 + h.rng.IntN(12)))
	}
	h.await()
	err := service.WorkDue(h.T.Context())
	if killed := h.left.Swap(0) == 0; err != nil && !killed && !errors.Is(err, context.Canceled) {
		h.T.Fatalf("work: %v", err)
	}
	h.kill()
}

// await moves the clock to when the site is due, and beyond the lease of a killed process.
func (h *History) await() {
	state, err := h.Client.SyncState.Query().Only(h.Ctx)
	h.must("read the state", err)
	now := h.Clock.Now()
	if state.DueAt != nil && state.DueAt.After(now) {
		h.Clock.Set(*state.DueAt)
	}
	if state.LeaseUntil != nil && state.LeaseUntil.After(h.Clock.Now()) {
		h.Clock.Set(*state.LeaseUntil)
	}
}

// Settle ends all faults and lets the jobs catch up: first by what changed, then by reading everything. It calls between
// after the first.
func (h *History) Settle(between func()) {
	h.left.Store(0)
	h.POS.ClearFaults()
	for range 3 {
		h.await()
		h.workConfirmed()
	}
	between()
	h.checkOffers()
	h.must("make a full sync due", h.Client.SyncState.Update().
		SetFullDueAt(h.Clock.Now()).SetReferenceDueAt(h.Clock.Now()).SetDueAt(h.Clock.Now()).Exec(h.Ctx))
	h.workConfirmed()
	h.checkOffers()
}

// workConfirmed does what is due, and what a person has to confirm of it.
func (h *History) workConfirmed() {
	for h.Work(); h.Confirm() || h.ConfirmHeld(); {
		h.Work()
	}
}

func (h *History) item() int64 { return 1 + h.rng.Int64N(int64(len(h.Account.Truth().Items))) }

func (h *History) shop() int { return 1 + h.rng.IntN(len(h.Account.Truth().Shops)) }

// changePOS does what a shop's staff do. Refusals (selling an archived item, say) are part of life.
func (h *History) changePOS() {
	id, shop := h.item(), h.shop()
	numbered := func(name string) *string { s := fmt.Sprintf("%s %d", name, h.rng.IntN(5)); return &s }
	amount := decimal.New(h.rng.Int64N(20000), -2)
	switch h.rng.IntN(18) {
	case 0, 1, 2:
		_ = h.Account.Sell(id, shop, 1+h.rng.IntN(5))
	case 3, 4:
		_ = h.Account.Receive(id, shop, 1+h.rng.IntN(5))
	case 5:
		_ = h.Account.Order(id, shop, 1+h.rng.IntN(5))
	case 6:
		_ = h.Account.Count(id, shop, h.rng.IntN(20)-5)
	case 7:
		_ = h.Account.SetReorder(id, shop, h.rng.IntN(3), h.rng.IntN(6))
	case 8:
		_ = h.Account.Reprice(id, 1+h.rng.Int64N(3), amount)
	case 9:
		_ = h.Account.Edit(id, sandbox.ItemEdit{UPC: h.upc(), Description: numbered("Renamed")})
	case 10:
		_ = h.Account.Edit(id, sandbox.ItemEdit{DefaultCost: &amount})
	case 11:
		_ = h.Account.Archive(id)
	case 12:
		_ = h.Account.Unarchive(id)
	case 13:
		maker := h.rng.Int64N(3)
		_, _ = h.Account.AddItem(sandbox.ItemEdit{
			Description: numbered("New"), UPC: h.upc(), ManufacturerSKU: numbered("MPN"), ManufacturerID: &maker,
		}, amount)
	case 14:
		h.merge(id, h.item(), shop)
	case 15:
		maker, category := 1+h.rng.Int64N(3), h.rng.Int64N(3)
		_ = h.Account.Edit(id, sandbox.ItemEdit{ManufacturerID: &maker, CategoryID: &category, ManufacturerSKU: numbered("MPN"), EAN: h.upc()})
	case 16:
		if h.rng.IntN(3) == 0 {
			_ = h.Account.ArchiveShop(shop)
		} else {
			_ = h.Account.UnarchiveShop(shop)
		}
	case 17:
		if h.rng.IntN(3) == 0 {
			_ = h.Account.ArchivePriceLevel(3)
		} else {
			_ = h.Account.UnarchivePriceLevel(3)
		}
	}
}

// merge makes one item of two, as staff do with an item that was made twice: the other's code and stock go to the one, and the
// other is archived.
func (h *History) merge(into, other int64, shop int) {
	from, err := h.Account.Item(other)
	if err != nil || into == other {
		return
	}
	_ = h.Account.Edit(into, sandbox.ItemEdit{UPC: &from.UPC})
	if n := from.Stock[shop-1].QOH; n > 0 {
		_ = h.Account.Receive(into, shop, n)
	}
	_ = h.Account.Archive(other)
}

// upc draws one of the few codes that items and products come to share: valid ones, none, and wrong ones.
func (h *History) upc() *string {
	codes := []string{"012345678905", "036000291452", "4006381333931", "73513537", "", "036000291453", "no code"}
	return &codes[h.rng.IntN(len(codes))]
}

// changeProduct adds a product or changes one: its codes, whether it is offered, its own price, or its sale dates.
func (h *History) changeProduct() {
	products, err := h.Client.Product.Query().Order(ent.Asc(product.FieldKey)).All(h.Ctx)
	h.must("read products", err)
	if len(products) == 0 || h.rng.IntN(6) == 0 {
		maker := h.Account.Truth().Items[h.item()-1].Manufacturer
		h.ImportProduct(fmt.Sprintf("added-%d", len(products)), fmt.Sprintf("New %d", h.rng.IntN(5)), *h.upc(), maker, fmt.Sprintf("MPN %d", h.rng.IntN(5)), true)
		return
	}
	p := products[h.rng.IntN(len(products))]
	if h.rng.IntN(3) == 0 {
		day := func(first int) retail.Date {
			return retail.Date(fmt.Sprintf("2026-%02d-%02d", 4+h.rng.IntN(3), first+h.rng.IntN(14)))
		}
		h.must("set sale dates", p.Update().SetSaleStartDate(day(1)).SetSaleEndDate(day(15)).Exec(h.Ctx))
		h.ImportPrices(map[string]retail.Amount{p.Key: retail.Amount(h.rng.Int64N(200_000_000))})
		return
	}
	name := p.Name
	if h.rng.IntN(3) == 0 { // as items are renamed too, so that words come to bear codes out, and cease to
		name = fmt.Sprintf("Renamed %d", h.rng.IntN(5))
	}
	h.ImportProduct(p.Key, name, *h.upc(), p.Brand, p.Mpn, h.rng.IntN(6) > 0)
}

// retireMany retires a part of the catalogue, or offers it again, as a feed does that goes wrong and is put right.
func (h *History) retireMany() {
	active := h.rng.IntN(2) == 0
	products, err := h.Client.Product.Query().Order(ent.Asc(product.FieldKey)).All(h.Ctx)
	h.must("read products", err)
	for _, p := range products[:h.rng.IntN(len(products)+1)] {
		h.ImportProduct(p.Key, p.Name, p.Gtin1, p.Brand, p.Mpn, active)
	}
}

// changeSettings changes the import rules, the store mappings, or where prices come from.
func (h *History) changeSettings() {
	switch h.rng.IntN(3) {
	case 0:
		h.ChangeRules(retail.ImportRules{
			OnHand: h.rng.IntN(3) > 0, OnOrder: h.rng.IntN(2) == 0, Reorder: h.rng.IntN(2) == 0,
			CostBasis:           []retail.CostBasis{retail.CostDefaultCost, retail.CostMSRP}[h.rng.IntN(2)],
			RequiredIdentifiers: []retail.RequiredIdentifiers{retail.RequireGTINAndMPN, retail.RequireGTINOrMPN}[h.rng.IntN(2)],
		})
	case 1:
		shops, err := h.Client.Shop.Query().Order(ent.Asc(shop.FieldLightspeedID)).All(h.Ctx)
		h.must("read shops", err)
		pairs := map[int64]string{}
		places := h.rng.Perm(len(shops) + 1)
		for i, s := range shops {
			if h.rng.IntN(4) > 0 {
				pairs[s.LightspeedID] = fmt.Sprintf("loc-%d", 1+places[i])
			}
		}
		h.Map(pairs)
	default:
		h.ChangePricing(h.rng.IntN(4) > 0, 1+h.rng.Int64N(3), h.rng.Int64N(4))
	}
}

// askForPart asks for a sync of one shop or of some items, as a person does; with a run under way nothing comes of it.
func (h *History) askForPart() {
	r := synclog.Request{Kind: retail.KindItems, Trigger: retail.TriggerManual}
	switch h.rng.IntN(4) {
	case 0:
		r.Kind, r.ShopID = retail.KindShopFull, int64(h.shop())
	case 1:
		r.Kind, r.ShopID = retail.KindShopDelta, int64(h.shop())
	default:
		for range 1 + h.rng.IntN(5) {
			r.ItemIDs = append(r.ItemIDs, h.item())
		}
		slices.Sort(r.ItemIDs)
		r.ItemIDs = slices.Compact(r.ItemIDs)
	}
	connected, err := h.Client.LightspeedLink.Query().Where(lightspeedlink.StateEQ(retail.LinkConnected)).Exist(h.Ctx)
	h.must("read the link", err)
	if connected {
		_, _, err = synclog.Enqueue(h.Ctx, h.Client, r, h.Clock.Now())
		h.must("ask for a part", err)
	}
}

// changeReserve sets the reserve of all locations, as its mutation does.
func (h *History) changeReserve() {
	h.must("set reserves", h.Client.Location.Update().SetReserve(h.rng.Int64N(4)).Exec(h.Ctx))
	h.wantEvaluation()
}

// breakPOS adds a fault for some of the next requests.
func (h *History) breakPOS() {
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultErrorBefore, Status: 500}, {Kind: sandbox.FaultErrorAfter, Status: 502, Body: "<html>bad gateway</html>"},
		{Kind: sandbox.FaultCutBefore}, {Kind: sandbox.FaultCutAfter}, {Kind: sandbox.FaultTruncate}, {Kind: sandbox.FaultMalformed},
		{Kind: sandbox.FaultThrottle, RetryAfter: 3}, {Kind: sandbox.FaultRevokedToken}, {Kind: sandbox.FaultWrongType},
		{Kind: sandbox.FaultMissingField, Field: "qoh", Path: "ItemShop.json"}, {Kind: sandbox.FaultMissingField, Field: "ItemShops"},
		{Kind: sandbox.FaultMovedClock, ShiftSeconds: -3600}, {Kind: sandbox.FaultMovedClock, ShiftSeconds: 1800},
	}
	fault := kinds[h.rng.IntN(len(kinds))]
	fault.Path = "/API/V3/Account/"
	fault.Next = 1 + h.rng.IntN(6)
	if fault.Kind == sandbox.FaultMovedClock || fault.Kind == sandbox.FaultRevokedToken {
		fault.Next = 1
	}
	_, err := h.POS.AddFault(fault)
	h.must("add a fault", err)
}
