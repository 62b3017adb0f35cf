package jobstest

import (
	"possync/ent"
	"possync/ent/matchdecision"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// Decide decides about an item and a product as the API does: what the decision takes the place of is withdrawn, and all
// that was named is matched again.
func (w *Fixture) Decide(item *ent.PosItem, p *ent.Product, kind retail.DecisionKind) {
	w.T.Helper()
	instead := matchdecision.And(matchdecision.ItemID(item.ID), matchdecision.ProductID(p.ID))
	if kind == retail.DecisionLink {
		instead = matchdecision.Or(instead, matchdecision.And(matchdecision.VerdictEQ(retail.DecisionLink),
			matchdecision.Or(matchdecision.ItemID(item.ID), matchdecision.ProductID(p.ID))))
	}
	replaced, err := w.Client.MatchDecision.Query().Where(instead).All(w.Ctx)
	w.must("read what was decided", err)
	for _, d := range replaced {
		w.Withdraw(d)
	}
	d, err := w.Client.MatchDecision.Create().SetItemID(item.ID).SetProductID(p.ID).SetVerdict(kind).
		SetDecidedBy("ann").SetDecidedAt(w.Clock.Now()).Save(w.Ctx)
	w.must("decide", err)
	w.wantMatch(d)
}

// Withdraw withdraws a decision as the API does.
func (w *Fixture) Withdraw(d *ent.MatchDecision) {
	w.T.Helper()
	w.must("withdraw", w.Client.MatchDecision.DeleteOne(d).Exec(w.Ctx))
	w.wantMatch(d)
}

func (w *Fixture) wantMatch(d *ent.MatchDecision) {
	w.T.Helper()
	now := w.Clock.Now()
	w.must("mark the item", w.Client.PosItem.Update().Where(positem.ID(d.ItemID)).SetMatchWantedAt(now).Exec(w.Ctx))
	w.must("mark the product", w.Client.Product.Update().Where(product.ID(d.ProductID)).SetMatchPending(true).Exec(w.Ctx))
	w.must("wake", synclog.MakeDue(w.Ctx, w.Client, now))
}

// decide decides about a random item and product, or withdraws a random decision.
func (h *History) decide() {
	items, err := h.Client.PosItem.Query().Order(ent.Asc(positem.FieldLightspeedID)).All(h.Ctx)
	h.must("read items", err)
	products, err := h.Client.Product.Query().Order(ent.Asc(product.FieldKey)).All(h.Ctx)
	h.must("read products", err)
	decisions, err := h.Client.MatchDecision.Query().Order(ent.Asc(matchdecision.FieldID)).All(h.Ctx)
	h.must("read decisions", err)
	switch {
	case len(decisions) > 0 && h.rng.IntN(4) == 0:
		h.Withdraw(decisions[h.rng.IntN(len(decisions))])
	case len(items) > 0 && len(products) > 0:
		item, p := items[h.rng.IntN(len(items))], products[h.rng.IntN(len(products))]
		if h.rng.IntN(2) == 0 && item.ProductID != nil { // people review what is linked
			linked, err := h.Client.Product.Get(h.Ctx, *item.ProductID)
			h.must("read the linked product", err)
			p = linked
		}
		h.Decide(item, p, []retail.DecisionKind{retail.DecisionLink, retail.DecisionReject}[h.rng.IntN(2)])
	}
}
