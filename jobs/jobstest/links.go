package jobstest

import (
	"possync/ent/positem"
	"possync/internal/retail"
)

// checkLinks fails the test if a link that was there before is gone, see [retail.MatchAll]: of an item in use to a product that is
// offered, about neither of which anybody has decided anything.
func (h *History) checkLinks() {
	h.T.Helper()
	decisions, err := h.Client.MatchDecision.Query().All(h.Ctx)
	h.must("read decisions", err)
	decided := map[string]bool{} // items and products
	for _, d := range decisions {
		decided[d.ItemID], decided[d.ProductID] = true, true
	}
	products, err := h.Client.Product.Query().All(h.Ctx)
	h.must("read products", err)
	offered := map[string]bool{}
	for _, p := range products {
		offered[p.ID] = p.Active && !decided[p.ID]
	}
	items, err := h.Client.PosItem.Query().Where(positem.Archived(false)).All(h.Ctx)
	h.must("read the mirror", err)
	links := map[string]string{}
	for _, i := range items {
		if was := h.links[i.ID]; offered[was] && !decided[i.ID] && (i.ProductID == nil || *i.ProductID != was) {
			h.T.Fatalf("item %d (%s, %s) is no longer linked to %s", i.LightspeedID, i.Description, i.MatchState, was)
		}
		if i.ProductID != nil && offered[*i.ProductID] && !decided[i.ID] && i.MatchBasis != retail.ByDecision {
			links[i.ID] = *i.ProductID
		}
	}
	h.links = links
}
