package evaluation

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"possync/ent"
	"possync/ent/matchdecision"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/ent/product"
	"possync/internal/records/partialindex"
	"possync/internal/retail"
)

// source finds items, products and decisions of the acting site, for retail.Rematch.
type source struct {
	client    *ent.Client
	undecided bool // there is no decision at all
	branded   bool // the brand of each product is known
}

// newSource returns a source. Most sites have no decision: they are spared looking for one at every step.
func newSource(ctx context.Context, client *ent.Client) (source, error) {
	decided, err := client.MatchDecision.Query().Exist(ctx)
	if err != nil {
		return source{}, fmt.Errorf("look for decisions: %w", err)
	}
	unbranded, err := client.Product.Query().Where(product.Brand(""), product.Active(true)).Exist(ctx)
	if err != nil {
		return source{}, fmt.Errorf("look for products without a brand: %w", err)
	}
	return source{client: client, undecided: !decided, branded: !unbranded}, nil
}

func (s source) ItemsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ItemCodes, error) {
	var found []retail.ItemCodes
	products := slices.Sorted(maps.Keys(codes.Products))
	err := inChunks(codes, codes.Items, func(gtins []retail.GTIN, mpns, ids []string) error {
		linked := products[:min(len(products), chunkSize)]
		products = products[len(linked):]
		items, err := s.items(ctx, positem.Or(positem.UpcCodeIn(gtins...), hasEAN(gtins), positem.MpnKeyIn(mpns...), positem.IDIn(ids...),
			positem.ProductIDIn(linked...)))
		found = append(found, items...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for linked := range slices.Chunk(products, chunkSize) { // more of these than of the others
		items, err := s.items(ctx, positem.ProductIDIn(linked...))
		if err != nil {
			return nil, err
		}
		found = append(found, items...)
	}
	return found, nil
}

func (s source) items(ctx context.Context, where predicate.PosItem) ([]retail.ItemCodes, error) {
	rows, err := s.client.PosItem.Query().Where(where).
		Select(positem.FieldUpcCode, positem.FieldEanCode, positem.FieldMpnKey, positem.FieldArchived, positem.FieldDescription, positem.FieldBrand,
			positem.FieldCategory, positem.FieldManufacturerSku, positem.FieldSize, positem.FieldColor, positem.FieldProductID, positem.FieldMatchBasis).
		All(ctx)
	if err != nil {
		return nil, fmt.Errorf("find items to match: %w", err)
	}
	found := make([]retail.ItemCodes, len(rows))
	for n, row := range rows {
		found[n] = itemCodes(row)
	}
	return found, nil
}

// ProductsByCodes leaves out retired products: they take part in nothing.
func (s source) ProductsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ProductCodes, error) {
	var found []retail.ProductCodes
	err := inChunks(codes, codes.Products, func(gtins []retail.GTIN, mpns, ids []string) error {
		products, err := s.products(ctx, product.Or(product.Gtin1CodeIn(gtins...), hasGTIN2(gtins), hasMPN(mpns), product.IDIn(ids...)))
		found = append(found, products...)
		return err
	})
	return found, err
}

func (s source) products(ctx context.Context, where predicate.Product) ([]retail.ProductCodes, error) {
	rows, err := s.client.Product.Query().Where(product.Active(true), where).
		Select(product.FieldGtin1Code, product.FieldGtin2Code, product.FieldMpnKey, product.FieldName, product.FieldBrand,
			product.FieldCategory, product.FieldMpn, product.FieldVariantSize, product.FieldVariantColor).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("find products to match: %w", err)
	}
	found := make([]retail.ProductCodes, len(rows))
	for n, row := range rows {
		found[n] = productCodes(row)
	}
	return found, nil
}

// hasMPN finds products by the keys of their part numbers, and by those of the part numbers alone.
func hasMPN(keys []string) predicate.Product {
	var whole, parts []string
	for _, key := range keys {
		if strings.HasPrefix(key, "|") {
			parts = append(parts, key)
		} else {
			whole = append(whole, key)
		}
	}
	return product.Or(product.MpnKeyIn(whole...), product.And(product.PartKeyIn(parts...), partialindex.Filled[predicate.Product](product.FieldPartKey)))
}

// Siblings reads the indexes of brand keys and of codes.
func (s source) Siblings(ctx context.Context, of retail.Siblings) (found []retail.ProductCodes, err error) {
	add := func(where predicate.Product) error {
		products, err := s.products(ctx, where)
		found = append(found, products...)
		return err
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(of.Brands)), chunkSize) {
		if err := add(product.And(product.BrandKeyIn(keys...), partialindex.Filled[predicate.Product](product.FieldBrandKey))); err != nil {
			return nil, err
		}
	}
	for prefixes := range slices.Chunk(slices.Sorted(maps.Keys(of.Prefixes)), maxRanges) {
		var ranges []predicate.Product
		for _, prefix := range prefixes {
			first, last := retail.GTIN(prefix), retail.GTIN(prefix+":") // which follows the digits
			ranges = append(ranges, product.And(product.Gtin1CodeGTE(first), product.Gtin1CodeLT(last)),
				product.And(product.Gtin2CodeGTE(first), product.Gtin2CodeLT(last), partialindex.Filled[predicate.Product](product.FieldGtin2Code)))
		}
		if err := add(product.Or(ranges...)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// maxRanges is how many ranges of codes one statement looks through.
const maxRanges = 50

// ItemsByBrand reads the indexes of the keys of brands and names.
func (s source) ItemsByBrand(ctx context.Context, of retail.Siblings) (found []retail.ItemCodes, err error) {
	if s.branded {
		return nil, nil
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(of.Brands)), chunkSize) {
		items, err := s.items(ctx, positem.Or(
			positem.And(positem.BrandKeyIn(keys...), partialindex.Filled[predicate.PosItem](positem.FieldBrandKey)),
			positem.And(positem.NameKeyIn(keys...), partialindex.Filled[predicate.PosItem](positem.FieldNameKey))))
		if err != nil {
			return nil, err
		}
		found = append(found, items...)
	}
	return found, nil
}

func hasEAN(gtins []retail.GTIN) predicate.PosItem {
	return positem.And(positem.EanCodeIn(gtins...), partialindex.Filled[predicate.PosItem](positem.FieldEanCode))
}

func hasGTIN2(gtins []retail.GTIN) predicate.Product {
	return product.And(product.Gtin2CodeIn(gtins...), partialindex.Filled[predicate.Product](product.FieldGtin2Code))
}

func (s source) DecisionsByIDs(ctx context.Context, ids retail.Codes) ([]retail.Decision, error) {
	if s.undecided {
		return nil, nil
	}
	var found []retail.Decision
	err := inChunks(retail.Codes{MPNs: ids.Items}, ids.Products, func(_ []retail.GTIN, items, products []string) error {
		rows, err := s.client.MatchDecision.Query().
			Where(matchdecision.Or(matchdecision.ItemIDIn(items...), matchdecision.ProductIDIn(products...))).All(ctx)
		if err != nil {
			return fmt.Errorf("find decisions: %w", err)
		}
		for _, row := range rows {
			found = append(found, retail.Decision{ItemID: row.ItemID, ProductID: row.ProductID, Kind: row.Verdict})
		}
		return nil
	})
	return found, err
}

func itemCodes(i *ent.PosItem) retail.ItemCodes {
	codes := retail.ItemCodes{
		ID: i.ID, UPC: i.UpcCode, EAN: i.EanCode, MPN: i.MpnKey, Archived: i.Archived,
		Article: retail.Article{
			Name: i.Description, Brand: i.Brand, Category: i.Category, Part: i.ManufacturerSku, Size: i.Size, Color: i.Color,
		},
	}
	if i.ProductID != nil {
		codes.Link = retail.Link{ProductID: *i.ProductID, By: i.MatchBasis}
	}
	return codes
}

func productCodes(p *ent.Product) retail.ProductCodes {
	return retail.ProductCodes{
		ID: p.ID, GTIN1: p.Gtin1Code, GTIN2: p.Gtin2Code, MPN: p.MpnKey,
		Article: retail.Article{
			Name: p.Name, Brand: p.Brand, Category: p.Category, Part: p.Mpn, Size: p.VariantSize, Color: p.VariantColor,
		},
	}
}

// inChunks hands codes and ids on in portions that one statement can take. A row may be found by several portions: callers
// keep it once, by its id.
func inChunks(codes retail.Codes, ids map[string]struct{}, find func(gtins []retail.GTIN, mpns, ids []string) error) error {
	gtins := slices.Sorted(maps.Keys(codes.GTINs))
	mpns := slices.Sorted(maps.Keys(codes.MPNs))
	rows := slices.Sorted(maps.Keys(ids))
	for len(gtins) > 0 || len(mpns) > 0 || len(rows) > 0 {
		g, m, r := min(len(gtins), chunkSize), min(len(mpns), chunkSize), min(len(rows), chunkSize)
		if err := find(gtins[:g], mpns[:m], rows[:r]); err != nil {
			return err
		}
		gtins, mpns, rows = gtins[g:], mpns[m:], rows[r:]
	}
	return nil
}
