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
	c.add(PartKey(p.MPN))
	c.addIDs("", p.ID)
	c.addProduct(p)
	if d := describe(p); len(d.words) > 0 {
		put(&c.Versions, d.version())
	}
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
		Siblings: Siblings{take(&c.Brands, from.Brands), take(&c.Prefixes, from.Prefixes), take(&c.Versions, from.Versions)},
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
	// ItemsByBrand returns every item that has one of the brand keys, see [BrandKeys]. It returns none if each product's brand is known.
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
// candidate too: so if a product changed, the items near its siblings may change, but only those whose words it fits clearly better than
// the sibling does, or did before it changed. An archived item that is linked
// depends on whether the item in use that claims its product is linked. To match them, Rematch reads what they
// may claim, all who may claim that, what else those may claim, and whether a decision links what these claim; and the siblings
// of those candidates whose words do not say the same as the item's.
func Rematch(ctx context.Context, src Source, seeds Codes, changedItems []ItemCodes, barcodes BarcodeLinks) (map[string]Match, error) {
	n := neighbourhood{
		src: src, items: make(map[string]ItemCodes), products: make(map[string]ProductCodes), siblings: make(map[string]ProductCodes),
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
	affected := maps.Clone(n.items)
	rounds := 2
	for round := 0; round < rounds; round++ {
		if err := n.addProducts(ctx, n.nearItems()); err != nil { // what they may claim, and then what those may claim instead
			return nil, err
		}
		if err := n.addItems(ctx, n.nearProducts()); err != nil { // who may claim that
			return nil, err
		}
		if round == 0 && n.addArchived(affected) {
			rounds++
		}
	}
	if err := n.addProducts(ctx, n.nearItems()); err != nil {
		return nil, err
	}
	if err := n.addItems(ctx, Codes{Items: n.nearProducts().Items}); err != nil { // unless others are linked to it
		return nil, err
	}
	return n.match(ctx, slices.Collect(maps.Keys(affected)), barcodes)
}

// addArchived adds to the affected items the archived ones that were read and may give way to one of them, and reports whether
// there are any. Each depends on the match of its successor, which is a step further away.
func (n *neighbourhood) addArchived(affected map[string]ItemCodes) (found bool) {
	for id, i := range n.items {
		if i.Archived && i.Link.ProductID != "" {
			affected[id], found = i, true
		}
	}
	return found
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
		if err := n.addSiblings(ctx, wanted); err != nil {
			return nil, err
		}
		m.siblings = newFamilies(maps.Values(n.siblings), wanted)
	}
	return m.of(items), nil
}

// addSiblings reads the products that are found there, if they were not read before.
func (n *neighbourhood) addSiblings(ctx context.Context, of Siblings) error {
	of.Versions = nil
	fresh := n.askedSiblings.take(Codes{Siblings: of}).Siblings
	if fresh.IsEmpty() {
		return nil
	}
	siblings, err := n.src.Siblings(ctx, fresh)
	if err != nil {
		return fmt.Errorf("find siblings: %w", err)
	}
	for _, p := range siblings {
		n.siblings[p.ID] = p
	}
	return nil
}

// addNearSiblings adds the items for which a changed product is, or was, a better sibling. It reads the families of the changed
// products and the items with their barcodes once, and keeps few of them.
func (n *neighbourhood) addNearSiblings(ctx context.Context, changed Siblings) error {
	if changed.IsEmpty() {
		return nil
	}
	if err := n.addSiblings(ctx, changed); err != nil {
		return err
	}
	items, products, err := n.nearFamilies(ctx, changed)
	if err != nil {
		return err
	}
	var affected []ItemCodes
	versions, known := versionsOf(changed), map[string]described{}
	for _, i := range items {
		if _, there := n.items[i.ID]; there || i.Archived {
			continue
		}
		if products.siblingMatters(i, versions, known) {
			affected = append(affected, i)
		}
	}
	return n.keep(ctx, affected)
}

// nearFamilies returns the items whose candidates may have siblings there, and these candidates.
func (n *neighbourhood) nearFamilies(ctx context.Context, changed Siblings) ([]ItemCodes, *Index, error) {
	var near, others Codes
	for _, p := range n.siblings {
		near.add("", p.GTIN1, p.GTIN2)
	}
	products := maps.Clone(n.siblings)
	var items []ItemCodes
	if !near.IsEmpty() {
		found, err := n.src.ItemsByCodes(ctx, near)
		if err != nil {
			return nil, nil, fmt.Errorf("find items near siblings: %w", err)
		}
		items = found
	}
	if len(changed.Brands) > 0 { // candidates whose own brand is not known
		branded, err := n.src.ItemsByBrand(ctx, changed)
		if err != nil {
			return nil, nil, fmt.Errorf("find items of the brands of changed products: %w", err)
		}
		for _, i := range branded {
			others.add("", i.UPC, i.EAN)
		}
		items = append(items, branded...)
	}
	if fresh := near.take(others); !fresh.IsEmpty() {
		found, err := n.src.ProductsByCodes(ctx, fresh)
		if err != nil {
			return nil, nil, fmt.Errorf("find products of the items: %w", err)
		}
		for _, p := range found {
			products[p.ID] = p
		}
	}
	return items, NewIndex(slices.Collect(maps.Values(products))), nil
}

// siblingMatters reports whether one of the family fits the item clearly better than one of the products with its barcodes.
func (x *Index) siblingMatters(i ItemCodes, f *family, known map[string]described) bool {
	for _, id := range append(slices.Clone(x.byGTIN[i.UPC]), x.byGTIN[i.EAN]...) {
		p, ok := known[id]
		if !ok {
			p = describe(x.byID[id])
			known[id] = p
		}
		has := fitOf(i, p)
		if !has.full() && f.better(p, has, func(string) bool { return false }) != "" {
			return true
		}
	}
	return false
}

// neighbourhood is what was read so far. Nothing is read twice.
type neighbourhood struct {
	src            Source
	items          map[string]ItemCodes
	fixed          map[string]bool // items that src does not overrule
	products       map[string]ProductCodes
	siblings       map[string]ProductCodes
	decisions      map[Decision]struct{}
	askedItems     Codes
	askedProducts  Codes
	askedDecisions Codes
	askedSiblings  Codes
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
		c.add(PartKey(p.MPN))
		c.addIDs("", p.ID)
	}
	for d := range n.decisions {
		if _, ok := n.products[d.ProductID]; ok && d.Kind == DecisionLink {
			c.addIDs(d.ItemID, "")
		}
	}
	return c
}
