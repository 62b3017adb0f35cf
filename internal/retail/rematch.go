package retail

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Codes is a set of codes, which items and products are matched by, of ids, which decisions and links refer to, and of what
// siblings are found by. The zero value is empty and ready to use.
type Codes struct {
	GTINs    map[GTIN]struct{}
	MPNs     map[string]struct{}
	Items    map[string]struct{} // ids
	Products map[string]struct{} // ids

	Siblings // of products that changed
}

// AddItem adds an item's codes and its id.
func (c *Codes) AddItem(i ItemCodes) {
	c.add(i.MPN, i.UPC, i.EAN)
	c.addIDs(i.ID, i.Link.ProductID)
}

// AddProduct adds a product's codes and its id.
func (c *Codes) AddProduct(p ProductCodes) {
	c.add(p.MPN, p.GTIN1, p.GTIN2)
	c.add(partOf(p.MPN))
	c.addIDs("", p.ID)
	c.addProduct(p)
}

// AddDecision adds the ids that a decision names.
func (c *Codes) AddDecision(d Decision) { c.addIDs(d.ItemID, d.ProductID) }

// AddAll adds the contents of another set.
func (c *Codes) AddAll(other Codes) { c.take(other) }

// IsEmpty reports whether nothing is in the set.
func (c Codes) IsEmpty() bool {
	return len(c.GTINs) == 0 && len(c.MPNs) == 0 && len(c.Items) == 0 && len(c.Products) == 0 && c.Siblings.IsEmpty()
}

func (c *Codes) add(mpn string, gtins ...GTIN) {
	for _, g := range gtins {
		if g != "" {
			put(&c.GTINs, g)
		}
	}
	if mpn != "" {
		put(&c.MPNs, mpn)
	}
}

func (c *Codes) addIDs(itemID, productID string) {
	if itemID != "" {
		put(&c.Items, itemID)
	}
	if productID != "" {
		put(&c.Products, productID)
	}
}

// take adds to c what it lacks of from, and returns that.
func (c *Codes) take(from Codes) Codes {
	return Codes{
		GTINs: take(&c.GTINs, from.GTINs), MPNs: take(&c.MPNs, from.MPNs),
		Items: take(&c.Items, from.Items), Products: take(&c.Products, from.Products),
		Siblings: Siblings{take(&c.Brands, from.Brands), take(&c.Prefixes, from.Prefixes)},
	}
}

func take[K comparable](set *map[K]struct{}, from map[K]struct{}) (fresh map[K]struct{}) {
	for k := range from {
		if _, ok := (*set)[k]; !ok {
			put(set, k)
			put(&fresh, k)
		}
	}
	return fresh
}

func put[K comparable](set *map[K]struct{}, k K) {
	if *set == nil {
		*set = make(map[K]struct{})
	}
	(*set)[k] = struct{}{}
}

// Source reads items, products and decisions. Results may be in any order and contain duplicates.
type Source interface {
	// ItemsByCodes returns every item that has at least one of the codes (as UPC, EAN or MPN) or one of the item ids, or is
	// linked to one of the product ids, with its link. Archived items without a link may be included or not.
	ItemsByCodes(ctx context.Context, codes Codes) ([]ItemCodes, error)
	// ProductsByCodes returns every product of the catalogue that has at least one of the codes (as GTIN1, GTIN2 or MPN, or as
	// the key of its part number alone) or one of the product ids.
	ProductsByCodes(ctx context.Context, codes Codes) ([]ProductCodes, error)
	// DecisionsByIDs returns every decision on one of the items or one of the products.
	DecisionsByIDs(ctx context.Context, ids Codes) ([]Decision, error)
	// Siblings returns every product of the catalogue that has one of the brand keys or company prefixes.
	Siblings(ctx context.Context, of Siblings) ([]ProductCodes, error)
	// ItemsByBrand returns every item whose brand, or else name, may begin with one of the brand keys. It returns none if each
	// product's brand is known.
	ItemsByBrand(ctx context.Context, of Siblings) ([]ItemCodes, error)
}

// Rematch returns the match of every item whose match may have changed. The matches are those that [MatchAll] over
// everything would give, but Rematch reads only what is near the change.
//
// src is the state after the change. seeds holds the old and the new codes, and the ids, of every item and product that was
// added, removed or changed in its codes or its [Article], and the ids in every decision that was made or withdrawn.
// changedItems are the items that were added or changed, as they are now, also those without codes; but for their links, they
// take precedence over src. The result may contain items whose match is unchanged, but none that was removed. Errors are those
// of src, wrapped.
//
// How far a change reaches: call an item and a product near if they share a code, or a LINK decision or an established link
// joins them. An item claims only what is near it. What it claims changes only if
//
//   - it changed itself, or a decision on it did: it has a seed;
//   - a product near it changed, even only in its words, or a decision on that product: the product has a seed;
//   - a product near it became free or taken because the item that a decision links to that product was archived or
//     restored: that item has a seed. Its product is treated as changed, which is the case before;
//   - another item or product with its part number appeared, went or changed: that has a seed.
//
// An item's match depends on what it claims and on which other items claim that. So the items that may change are those
// whose claims change, and those near a product that such an item is, or was, near. It depends on the siblings of its
// candidate too: so if a product changed, the items near its siblings may change. To match them, Rematch reads what they
// may claim, all who may claim that, what else those may claim, and whether a decision links what these claim; and the siblings
// of those candidates whose words do not say the same as the item's.
func Rematch(ctx context.Context, src Source, seeds Codes, changedItems []ItemCodes, barcodes BarcodeLinks) (map[string]Match, error) {
	n := neighbourhood{
		src: src, items: make(map[string]ItemCodes), products: make(map[string]ProductCodes),
		decisions: make(map[Decision]struct{}), fixed: make(map[string]bool, len(changedItems)),
	}
	var start Codes
	start.take(seeds)
	for _, i := range changedItems {
		n.items[i.ID], n.fixed[i.ID] = i, true
		start.AddItem(i)
	}
	near, err := n.widen(ctx, start)
	if err != nil {
		return nil, err
	}
	if err := n.addItems(ctx, near); err != nil { // whose claims may change
		return nil, err
	}
	near.take(n.nearItems())
	if err := n.addItems(ctx, Codes{MPNs: near.MPNs}); err != nil { // and those with the same part numbers
		return nil, err
	}
	near.take(n.nearItems())
	if err := n.addProducts(ctx, near); err != nil {
		return nil, err
	}
	if err := n.addItems(ctx, n.nearProducts()); err != nil {
		return nil, err
	}
	if err := n.addNearSiblings(ctx, start.Siblings); err != nil {
		return nil, err
	}
	affected := slices.Collect(maps.Keys(n.items))

	for range 2 {
		if err := n.addProducts(ctx, n.nearItems()); err != nil { // what they may claim, and then what those may claim instead
			return nil, err
		}
		if err := n.addItems(ctx, n.nearProducts()); err != nil { // who may claim that
			return nil, err
		}
	}
	if err := n.addProducts(ctx, n.nearItems()); err != nil {
		return nil, err
	}
	if err := n.addItems(ctx, Codes{Items: n.nearProducts().Items}); err != nil { // unless others are linked to it
		return nil, err
	}
	return n.match(ctx, affected, barcodes)
}

// match matches the items with these ids.
func (n *neighbourhood) match(ctx context.Context, ids []string, barcodes BarcodeLinks) (map[string]Match, error) {
	products := NewIndex(slices.Collect(maps.Values(n.products)))
	m := newMatching(maps.Values(n.items), products, slices.Collect(maps.Keys(n.decisions)), barcodes)
	items := make([]ItemCodes, len(ids))
	for k, id := range ids {
		items[k] = n.items[id]
	}
	if wanted := m.siblingsOf(items); !wanted.IsEmpty() {
		siblings, err := n.src.Siblings(ctx, wanted)
		if err != nil {
			return nil, fmt.Errorf("find siblings: %w", err)
		}
		m.siblings = newFamilies(maps.Values(byID(siblings)), wanted)
	}
	return m.of(items), nil
}

func byID(products []ProductCodes) map[string]ProductCodes {
	all := make(map[string]ProductCodes, len(products))
	for _, p := range products {
		all[p.ID] = p
	}
	return all
}

// addNearSiblings adds the items near products that are found where products changed, and those that may be compared with these
// because they may be of their brand.
func (n *neighbourhood) addNearSiblings(ctx context.Context, changed Siblings) error {
	if changed.IsEmpty() {
		return nil
	}
	siblings, err := n.src.Siblings(ctx, changed)
	if err != nil {
		return fmt.Errorf("find siblings of changed products: %w", err)
	}
	var near Codes
	for _, p := range siblings {
		near.add(p.MPN, p.GTIN1, p.GTIN2)
		near.addIDs("", p.ID)
	}
	if err := n.addItems(ctx, near); err != nil {
		return err
	}
	items, err := n.src.ItemsByBrand(ctx, changed)
	if err != nil {
		return fmt.Errorf("find items of the brands of changed products: %w", err)
	}
	return n.keep(ctx, items)
}

// neighbourhood is what was read so far. Nothing is read twice.
type neighbourhood struct {
	src            Source
	items          map[string]ItemCodes
	fixed          map[string]bool // items that src does not overrule
	products       map[string]ProductCodes
	decisions      map[Decision]struct{}
	askedItems     Codes
	askedProducts  Codes
	askedDecisions Codes
}

// widen returns the seeds with what decisions link them to: the items linked to their products, and the products, with their
// codes, that they contain or that are linked to their items.
func (n *neighbourhood) widen(ctx context.Context, seeds Codes) (wide Codes, err error) {
	wide.take(seeds)
	if err := n.addDecisions(ctx, Codes{Items: seeds.Items, Products: seeds.Products}); err != nil {
		return Codes{}, err
	}
	for d := range n.decisions {
		if d.Kind == DecisionLink {
			wide.AddDecision(d)
		}
	}
	if err := n.addProducts(ctx, Codes{Products: wide.Products}); err != nil {
		return Codes{}, err
	}
	wide.take(n.nearProducts())
	return wide, nil
}

func (n *neighbourhood) addItems(ctx context.Context, codes Codes) error {
	codes.Siblings = Siblings{}
	fresh := n.askedItems.take(codes)
	if fresh.IsEmpty() {
		return nil
	}
	items, err := n.src.ItemsByCodes(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find items by codes: %w", err)
	}
	return n.keep(ctx, items)
}

// keep adds items that were read.
func (n *neighbourhood) keep(ctx context.Context, items []ItemCodes) error {
	for _, i := range items {
		if n.fixed[i.ID] {
			link := i.Link
			i = n.items[i.ID]
			i.Link = link
		}
		n.items[i.ID] = i
	}
	var ids Codes
	for id := range n.items {
		ids.addIDs(id, "")
	}
	n.askedItems.take(ids)
	return n.addDecisions(ctx, ids)
}

func (n *neighbourhood) addProducts(ctx context.Context, codes Codes) error {
	codes.Items, codes.Siblings = nil, Siblings{}
	fresh := n.askedProducts.take(codes)
	if fresh.IsEmpty() {
		return nil
	}
	products, err := n.src.ProductsByCodes(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find products by codes: %w", err)
	}
	var ids Codes
	for _, p := range products {
		n.products[p.ID] = p
		ids.addIDs("", p.ID)
	}
	n.askedProducts.take(ids)
	return n.addDecisions(ctx, ids)
}

func (n *neighbourhood) addDecisions(ctx context.Context, ids Codes) error {
	fresh := n.askedDecisions.take(ids)
	if fresh.IsEmpty() {
		return nil
	}
	decisions, err := n.src.DecisionsByIDs(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find decisions: %w", err)
	}
	for _, d := range decisions {
		n.decisions[d] = struct{}{}
	}
	return nil
}

// nearItems returns by what the products near the items are found.
func (n *neighbourhood) nearItems() Codes {
	var c Codes
	for _, i := range n.items {
		c.add(i.MPN, i.UPC, i.EAN)
		c.addIDs("", i.Link.ProductID)
	}
	for d := range n.decisions {
		if _, ok := n.items[d.ItemID]; ok && d.Kind == DecisionLink {
			c.addIDs("", d.ProductID)
		}
	}
	return c
}

// nearProducts returns by what the items near the products are found.
func (n *neighbourhood) nearProducts() Codes {
	var c Codes
	for _, p := range n.products {
		c.add(p.MPN, p.GTIN1, p.GTIN2)
		c.add(partOf(p.MPN))
		c.addIDs("", p.ID)
	}
	for d := range n.decisions {
		if _, ok := n.products[d.ProductID]; ok && d.Kind == DecisionLink {
			c.addIDs(d.ItemID, "")
		}
	}
	return c
}
