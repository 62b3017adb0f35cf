package jobstest

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/orderline"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/ent/register"
	"possync/ent/weborder"
	"possync/internal/records/display"
	"possync/internal/records/openorders"
	"possync/internal/records/orderbook"
	"possync/internal/records/settings"
	"possync/internal/records/store"
	"possync/internal/retail"
)

// ChangeOrders has the website place an order, or cancel, restore or refund one. The first begins the export of orders, which nobody
// asks for: what is ordered stays open.
func (h *History) ChangeOrders() {
	h.T.Helper()
	products, err := h.Client.Product.Query().Order(ent.Asc(product.FieldKey)).All(h.Ctx)
	h.must("read products", err)
	if !h.takesOrders() || len(products) == 0 {
		return
	}
	orders, err := h.Client.WebOrder.Query().Order(ent.Asc(weborder.FieldNumber)).All(h.Ctx)
	h.must("read orders", err)
	if len(orders) == 0 || h.rng.IntN(5) < 3 {
		p := products[h.rng.IntN(len(products))]
		h.openOrder(fmt.Sprintf("H-%03d", len(orders)+1), p.Key, 1+h.rng.Int64N(9), 0, false)
		return
	}
	o := orders[h.rng.IntN(len(orders))]
	if h.rng.IntN(3) == 0 {
		h.must("refund a unit", h.Client.OrderLine.Update().Where(orderline.OrderID(o.ID)).SetRefundedQuantity(retail.Unit).Exec(h.Ctx))
	} else {
		h.must("cancel or restore an order", h.Client.WebOrder.UpdateOne(o).SetCancelled(!o.Cancelled).Exec(h.Ctx))
	}
	h.assess(o.ID)
}

// takesOrders begins the export of orders at the first register once the POS's lists were read, and reports whether it has begun.
func (h *History) takesOrders() bool {
	h.T.Helper()
	begun, err := h.Client.ExportSettings.Query().Exist(h.Ctx)
	h.must("read the export settings", err)
	known, err := h.Client.Register.Query().Where(register.LightspeedID(Register)).Exist(h.Ctx)
	h.must("look for a register", err)
	if !begun && known {
		h.SetUpExports()
		h.must("say from when orders count", h.Client.ExportSettings.Update().SetOrdersFrom(h.Clock.Now()).Exec(h.Ctx))
	}
	return known
}

// openOrder adds an order of so many units of a product, as the platform's import does.
func (w *Fixture) openOrder(number, key string, units int64, refunded retail.Quantity, cancelled bool) {
	w.T.Helper()
	p, err := w.Client.Product.Query().Where(product.Key(key)).Only(w.Ctx)
	w.must("read the product of an order", err)
	w.must("place an order", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		o, err := tx.WebOrder.Create().SetKey(number).SetNumber(number).SetPlacedAt(w.Clock.Now()).SetCustomer(retail.Customer{}).
			SetCancelled(cancelled).Save(ctx)
		if err != nil {
			return err
		}
		if err := tx.OrderLine.Create().SetOrderID(o.ID).SetKey("1").SetKind(retail.LineProduct).SetDescription(p.Name).SetProductID(p.ID).
			SetProductKey(key).SetQuantity(retail.Quantity(units) * retail.Unit).SetRefundedQuantity(refunded).SetUnitPrice(10_000_000).Exec(ctx); err != nil {
			return err
		}
		return orderbook.Assess(ctx, tx, w.Clock.Now(), o.ID)
	}))
}

func (w *Fixture) assess(orderID string) {
	w.T.Helper()
	w.must("assess an order", store.InTx(w.Ctx, w.Client, w.Bus, func(ctx context.Context, tx *ent.Client) error {
		return orderbook.Assess(ctx, tx, w.Clock.Now(), orderID)
	}))
}

// copyOrders gives a copy the export settings and the open orders of this site.
func (w *Fixture) copyOrders(fresh *Fixture) {
	w.T.Helper()
	orders, err := w.Client.WebOrder.Query().WithLines().Order(ent.Asc(weborder.FieldNumber)).All(w.Ctx)
	w.must("read orders", err)
	if len(orders) == 0 {
		return
	}
	fresh.SetUpExports()
	fresh.must("say from when orders count", fresh.Client.ExportSettings.Update().SetOrdersFrom(fresh.Clock.Now()).Exec(fresh.Ctx))
	for _, o := range orders {
		for _, l := range o.Edges.Lines {
			units, _ := l.Quantity.Whole()
			fresh.openOrder(o.Number, l.ProductKey, units, l.RefundedQuantity, o.Cancelled)
		}
	}
}

// CheckHeld fails the test unless what open orders hold of each linked item is counted, and no location offers more than the POS has
// less that.
func (w *Fixture) CheckHeld() {
	w.T.Helper()
	orders, err := w.Client.WebOrder.Query().Where(weborder.Cancelled(false)).WithLines().All(w.Ctx)
	w.must("read orders", err)
	ordered := map[string]int64{} // units by product
	for _, o := range orders {
		for _, l := range o.Edges.Lines {
			ordered[*l.ProductID] += int64((l.Quantity - l.RefundedQuantity) / retail.Unit)
		}
	}
	if len(ordered) == 0 {
		return
	}
	at, err := w.Client.Register.Query().Where(register.LightspeedID(Register)).Only(w.Ctx)
	w.must("read the register", err)
	items, err := w.Client.PosItem.Query().Where(positem.ProductIDNotNil()).All(w.Ctx)
	w.must("read linked items", err)
	held := w.HeldUnits(items)
	for _, i := range items {
		place := openorders.Place{Item: i.LightspeedID, Shop: at.LightspeedShopID}
		if want := ordered[*i.ProductID]; held[place] < want { // of a component more may be held
			w.T.Fatalf("%d units of item %d are ordered, and %d are held", want, i.LightspeedID, held[place])
		}
	}
	truth := map[openorders.Place]int64{}
	for _, i := range w.Account.Truth().Items {
		for _, s := range i.Stock {
			truth[openorders.Place{Item: i.ID, Shop: s.ShopID}] = int64(s.QOH)
		}
	}
	site, err := settings.Read(w.Ctx, w.Client)
	w.must("read the settings", err)
	stock, err := display.RulesOf(site).Stock(w.Ctx, w.Client, items)
	w.must("read what can be sold", err)
	for _, i := range items {
		for _, s := range stock[i.LightspeedID] {
			place := openorders.Place{Item: i.LightspeedID, Shop: s.ShopID}
			if most := max(truth[place]-held[place], 0); s.Sellable() > most && !i.ItemKind.MadeOf() {
				w.T.Fatalf("%d units of item %d can be sold in shop %d, the POS has %d and %d are held", s.Sellable(), i.LightspeedID, s.ShopID, truth[place], held[place])
			}
		}
	}
}
