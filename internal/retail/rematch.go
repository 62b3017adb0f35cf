package retail

import (
	"context"
	"fmt"
	"maps"
)

// Codes is a set of codes, by which items and products find each other. The zero value is empty and ready to use.
type Codes struct {
	GTINs map[GTIN]struct{}
	MPNs  map[string]struct{}
}

// AddItem adds an item's codes.
func (c *Codes) AddItem(i ItemCodes) { c.add(i.MPN, i.UPC, i.EAN) }

// AddProduct adds a product's codes.
func (c *Codes) AddProduct(p ProductCodes) { c.add(p.MPN, p.GTIN1, p.GTIN2) }

// AddAll adds the codes of another set.
func (c *Codes) AddAll(other Codes) { c.take(other) }

// IsEmpty reports whether no code is in the set.
func (c Codes) IsEmpty() bool { return len(c.GTINs) == 0 && len(c.MPNs) == 0 }

func (c *Codes) add(mpn string, gtins ...GTIN) {
	if c.GTINs == nil {
		c.GTINs, c.MPNs = make(map[GTIN]struct{}), make(map[string]struct{})
	}
	for _, g := range gtins {
		if g != "" {
			c.GTINs[g] = struct{}{}
		}
	}
	if mpn != "" {
		c.MPNs[mpn] = struct{}{}
	}
}

// take moves into c the codes of from that it lacks, and returns those.
func (c *Codes) take(from Codes) Codes {
	var fresh Codes
	for g := range from.GTINs {
		if _, ok := c.GTINs[g]; !ok {
			fresh.add("", g)
		}
	}
	for m := range from.MPNs {
		if _, ok := c.MPNs[m]; !ok {
			fresh.add(m)
		}
	}
	for g := range fresh.GTINs {
		c.add("", g)
	}
	for m := range fresh.MPNs {
		c.add(m)
	}
	return fresh
}

// Source looks items and products up by their codes. Both methods answer with everything that has at least one of the
// codes in any place (UPC or EAN, GTIN1 or GTIN2, MPN), in any order. Archived items may be left out or not.
type Source interface {
	ItemsByCodes(ctx context.Context, codes Codes) ([]ItemCodes, error)
	ProductsByCodes(ctx context.Context, codes Codes) ([]ProductCodes, error)
}

// Rematch returns the match of every item whose match may have changed, as [MatchAll] over everything would, by looking
// only at what is near the change.
//
// src tells the state after the change. seeds holds the old and the new codes of every item and product that was added,
// changed or removed. changedItems are the items that were added or changed, as they are now, also those without codes;
// they take precedence over what src tells of the same ids. The result may contain items whose match is as before, and
// none that was removed. An error is one of src's, wrapped.
//
// How far a change reaches: the match of an item rests on its candidates, and on who else claims them. Its candidates
// change only if a product with one of its codes changed: the item has a seed. A claim on its candidate changes only if
// the claimant changed, so the candidate has a seed, or if the claimant's candidates changed, so the claimant has a seed
// and the candidate shares a code with it. So the items that may change are those with a seed, and those with a code of a
// product that has a seed or shares a code with an item that has one. To decide them one needs their candidates, all
// who may claim these, and the candidates of those.
func Rematch(ctx context.Context, src Source, seeds Codes, changedItems []ItemCodes) (map[string]Match, error) {
	n := neighbourhood{src: src, items: make(map[string]ItemCodes), products: make(map[string]ProductCodes)}
	n.fixed = make(map[string]bool, len(changedItems))
	for _, i := range changedItems {
		n.items[i.ID], n.fixed[i.ID] = i, true
	}
	if err := n.addItems(ctx, seeds); err != nil {
		return nil, err
	}
	near := n.itemCodes()
	near.take(seeds)
	if err := n.addProducts(ctx, near); err != nil {
		return nil, err
	}
	if err := n.addItems(ctx, n.productCodes()); err != nil {
		return nil, err
	}
	affected := maps.Clone(n.items)

	if err := n.addProducts(ctx, n.itemCodes()); err != nil { // their candidates
		return nil, err
	}
	if err := n.addItems(ctx, n.productCodes()); err != nil { // who may claim these
		return nil, err
	}
	if err := n.addProducts(ctx, n.itemCodes()); err != nil { // and what else those may claim instead
		return nil, err
	}
	products := make([]ProductCodes, 0, len(n.products))
	for _, p := range n.products {
		products = append(products, p)
	}
	chosen := func(i ItemCodes) bool { _, ok := affected[i.ID]; return ok }
	return match(maps.Values(n.items), NewIndex(products), chosen), nil
}

// neighbourhood is the part of the world read so far. No code is asked for twice.
type neighbourhood struct {
	src           Source
	items         map[string]ItemCodes
	fixed         map[string]bool // items that src does not overrule
	products      map[string]ProductCodes
	askedItems    Codes
	askedProducts Codes
}

func (n *neighbourhood) addItems(ctx context.Context, codes Codes) error {
	fresh := n.askedItems.take(codes)
	if fresh.IsEmpty() {
		return nil
	}
	items, err := n.src.ItemsByCodes(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find items by codes: %w", err)
	}
	for _, i := range items {
		if !n.fixed[i.ID] {
			n.items[i.ID] = i
		}
	}
	return nil
}

func (n *neighbourhood) addProducts(ctx context.Context, codes Codes) error {
	fresh := n.askedProducts.take(codes)
	if fresh.IsEmpty() {
		return nil
	}
	products, err := n.src.ProductsByCodes(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find products by codes: %w", err)
	}
	for _, p := range products {
		n.products[p.ID] = p
	}
	return nil
}

func (n *neighbourhood) itemCodes() Codes {
	var c Codes
	for _, i := range n.items {
		c.AddItem(i)
	}
	return c
}

func (n *neighbourhood) productCodes() Codes {
	var c Codes
	for _, p := range n.products {
		c.AddProduct(p)
	}
	return c
}
