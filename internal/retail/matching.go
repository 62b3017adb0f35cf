package retail

import (
	"iter"
	"slices"
)

// matching is the matching of some items among all those that may claim the same products.
type matching struct {
	items    map[string]ItemCodes
	products *Index
	siblings families
	decided  decisions
	barcodes BarcodeLinks

	byMPN     map[string][]string          // the items in use by their part numbers
	resolved  map[string]map[string]string // memo of resolve
	held      map[string]string            // the item in use that is linked to a product, by product
	claims    map[string]claim             // of the items in use that no decision links, by item
	claimants map[string][]string          // the items that claim a product, by product, without those that are linked to another
}

func newMatching(items iter.Seq[ItemCodes], products *Index, all []Decision, barcodes BarcodeLinks) *matching {
	m := &matching{
		items: map[string]ItemCodes{}, products: products, barcodes: barcodes, byMPN: map[string][]string{},
		resolved: map[string]map[string]string{}, held: map[string]string{}, claims: map[string]claim{}, claimants: map[string][]string{},
	}
	for i := range items {
		m.items[i.ID] = i
	}
	for _, i := range m.items {
		if !i.Archived && i.MPN != "" {
			m.byMPN[i.MPN] = append(m.byMPN[i.MPN], i.ID)
		}
	}
	m.decided = newDecisions(all, func(d Decision) bool {
		i, there := m.items[d.ItemID]
		_, known := products.byID[d.ProductID]
		return known && there && !i.Archived
	})
	for id, i := range m.items {
		if p, linked := m.decided.byItem[id]; linked {
			m.claimants[p] = append(m.claimants[p], id)
			continue
		}
		if i.Archived {
			continue
		}
		m.claims[id] = m.claimOf(i)
		if p := m.established(i); p != "" {
			m.held[p] = id
			m.claimants[p] = append(m.claimants[p], id)
		} else if c := m.claims[id]; !c.offered {
			for _, p := range c.products {
				m.claimants[p] = append(m.claimants[p], id)
			}
		}
	}
	return m
}

// established returns the product of an item's link that holds: it is in the catalogue, and no decision speaks against it. A
// link by a decision that was withdrawn does not hold.
func (m *matching) established(i ItemCodes) string {
	if _, known := m.products.byID[i.Link.ProductID]; !known || i.Link.By == ByDecision || !m.decided.open(i.ID, i.Link.ProductID) {
		return ""
	}
	return i.Link.ProductID
}

// of returns the matches of the items.
func (m *matching) of(items []ItemCodes) map[string]Match {
	matches := make(map[string]Match, len(items))
	for _, i := range items {
		matches[i.ID] = m.match(i)
	}
	return matches
}

func (m *matching) match(i ItemCodes) Match {
	if p, linked := m.decided.byItem[i.ID]; linked {
		by := ByDecision
		if i.Link.ProductID == p && i.Link.By != "" { // the decision confirms what was found before
			by = i.Link.By
		}
		return Match{State: MatchLinked, ProductID: p, By: by, Candidates: []string{p}}
	}
	if i.Archived {
		return m.archived(i)
	}
	if p := m.established(i); p != "" {
		return m.keep(i, p)
	}
	c := m.claims[i.ID]
	if len(c.products) == 0 {
		return m.unclaimed(i)
	}
	found := Match{State: MatchConflict, By: c.by, Candidates: c.products, Rivals: m.rivals(i, c)}
	switch {
	case c.disputed:
		found.Reason = MatchContradiction
	case len(c.products) > 1 || len(found.Rivals) > 0:
		found.Reason = MatchRival
	case c.offered:
		found.Reason = MatchUnconfirmed
	default:
		var better string
		if found.Reason, better = m.against(i, c); better != "" {
			found.Candidates = slices.Sorted(slices.Values(append(slices.Clone(c.products), better)))
		}
	}
	if found.Reason == "" {
		found.State, found.ProductID = MatchLinked, c.products[0]
	}
	return found
}

// archived keeps the link of an archived item, unless an item in use is linked to its product now. Items that only claim it are a
// DOUBT: if the link ended for one that is refused, the product would have no item.
func (m *matching) archived(i ItemCodes) Match {
	p := m.established(i)
	if p == "" || m.held[p] != "" {
		return m.unclaimed(i)
	}
	if next, ok := m.successor(i); ok && m.match(next).ProductID == p {
		return m.unclaimed(i)
	}
	kept := Match{State: MatchLinked, ProductID: p, By: i.Link.By, Candidates: []string{p}, Rivals: slices.Sorted(slices.Values(m.claimants[p]))}
	if len(kept.Rivals) > 0 {
		kept.Reason = MatchDoubt
	}
	return kept
}

// successor returns the one item in use that claims the product of an archived item, and nothing else.
func (m *matching) successor(i ItemCodes) (ItemCodes, bool) {
	p := m.established(i)
	if by := m.claimants[p]; p != "" && len(by) == 1 && len(m.claims[by[0]].products) == 1 {
		return m.items[by[0]], true
	}
	return ItemCodes{}, false
}

// unclaimed is the match of an item that claims nothing. It remembers a product that is not in the catalogue at present.
func (m *matching) unclaimed(i ItemCodes) Match {
	found := Match{State: MatchNotInCatalogue}
	if i.UPC == "" && i.EAN == "" && (i.MPN == "" || i.MPN[0] == '|') {
		found.State = MatchLackingCodes
	}
	_, known := m.products.byID[i.Link.ProductID]
	if !known && i.Link.By != ByDecision && m.decided.open(i.ID, i.Link.ProductID) {
		found.ProductID, found.By = i.Link.ProductID, i.Link.By
	}
	return found
}

// keep keeps the link of an item in use, and says what speaks against it.
func (m *matching) keep(i ItemCodes, p string) Match {
	kept := Match{State: MatchLinked, ProductID: p, By: i.Link.By, Candidates: []string{p}}
	c := m.claims[i.ID]
	for _, rival := range m.claimants[p] {
		if rival != i.ID {
			kept.Rivals = append(kept.Rivals, rival)
		}
	}
	slices.Sort(kept.Rivals)
	doubt, better := len(kept.Rivals) > 0 || len(c.products) != 1 || c.products[0] != p, ""
	if !doubt {
		var reason MatchReason
		reason, better = m.against(i, c)
		doubt = reason == MatchContradiction
	}
	if doubt {
		kept.Reason = MatchDoubt
		kept.Candidates = append(append(kept.Candidates, c.products...), better)
		slices.Sort(kept.Candidates)
		kept.Candidates = slices.DeleteFunc(slices.Compact(kept.Candidates), func(id string) bool { return id == "" })
	}
	return kept
}

// rivals returns the other items that claim what an item claims, sorted. What is only offered is claimed by all to whom it is.
func (m *matching) rivals(i ItemCodes, c claim) (ids []string) {
	for _, p := range c.products {
		ids = append(ids, m.claimants[p]...)
	}
	if c.offered {
		ids = append(ids, m.byMPN[i.MPN]...)
	}
	slices.Sort(ids)
	if ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == i.ID }); len(ids) == 0 {
		return nil
	}
	return ids
}

// against says what speaks against an item's only candidate: a contradiction, with the sibling that fits better if that is it,
// or that a person must confirm it.
func (m *matching) against(i ItemCodes, c claim) (reason MatchReason, better string) {
	p := m.products.byID[c.products[0]]
	if c.by == ByMPN || m.proven(i, p) {
		return "", ""
	}
	d := describe(p)
	has := fitOf(i, d)
	if contradicts(i.Article, d, has) {
		return MatchContradiction, ""
	}
	if !has.full() {
		if better = m.siblings.better(i, d, has, func(id string) bool { return m.decided.rejected[Decision{i.ID, id, DecisionReject}] }); better != "" {
			return MatchContradiction, better
		}
	}
	if m.barcodes != BarcodeLinksAtOnce && !sameArticle(i.Article, p.Article) {
		return MatchUnconfirmed, ""
	}
	return "", ""
}

// siblingsOf returns where the siblings are found that may fit better than the items' candidates.
func (m *matching) siblingsOf(items []ItemCodes) (wanted Siblings) {
	for _, i := range items {
		if i.Archived { // it depends on whether its successor is linked
			i, _ = m.successor(i)
		}
		c := m.claims[i.ID]
		if len(c.products) != 1 || c.by == ByMPN {
			continue
		}
		if p := m.products.byID[c.products[0]]; !m.proven(i, p) && !fitOf(i, describe(p)).full() {
			wanted.addPair(i, p)
		}
	}
	return wanted
}

// proven reports whether a part number or a second GTIN says the same as the first: the same brand and part number, or the
// same part number if that has at least four letters and digits, unless several have it.
func (m *matching) proven(i ItemCodes, p ProductCodes) bool {
	has := func(code GTIN) bool { return code != "" && (code == p.GTIN1 || code == p.GTIN2) }
	if i.UPC != i.EAN && has(i.UPC) && has(i.EAN) {
		return true
	}
	return samePart(i, p) && !m.shared(i.MPN)
}
