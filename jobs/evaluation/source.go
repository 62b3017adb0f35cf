package evaluation

import (
	"context"
	"fmt"
	"maps"
	"slices"

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
}

// newSource returns a source. Most sites have no decision: they are spared looking for one at every step.
func newSource(ctx context.Context, client *ent.Client) (source, error) {
	decided, err := client.MatchDecision.Query().Exist(ctx)
	if err != nil {
		return source{}, fmt.Errorf("look for decisions: %w", err)
	}
	return source{client, !decided}, nil
}

func (s source) ItemsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ItemCodes, error) {
	var found []retail.ItemCodes
	err := inChunks(codes, codes.Items, func(gtins []retail.GTIN, mpns, ids []string) error {
		rows, err := s.client.PosItem.Query().
			Where(positem.Or(positem.UpcCodeIn(gtins...), hasEAN(gtins), positem.MpnKeyIn(mpns...), positem.IDIn(ids...))).
			Select(positem.FieldUpcCode, positem.FieldEanCode, positem.FieldMpnKey, positem.FieldArchived,
				positem.FieldDescription, positem.FieldBrand, positem.FieldCategory, positem.FieldManufacturerSku).All(ctx)
		if err != nil {
			return fmt.Errorf("find items by their codes: %w", err)
		}
		for _, row := range rows {
			found = append(found, itemCodes(row))
		}
		return nil
	})
	return found, err
}

// ProductsByCodes leaves out retired products: they take part in nothing.
func (s source) ProductsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ProductCodes, error) {
	var found []retail.ProductCodes
	err := inChunks(codes, codes.Products, func(gtins []retail.GTIN, mpns, ids []string) error {
		rows, err := s.client.Product.Query().
			Where(product.Active(true),
				product.Or(product.Gtin1CodeIn(gtins...), hasGTIN2(gtins), product.MpnKeyIn(mpns...), product.IDIn(ids...))).
			Select(product.FieldGtin1Code, product.FieldGtin2Code, product.FieldMpnKey,
				product.FieldName, product.FieldBrand, product.FieldCategory, product.FieldMpn).All(ctx)
		if err != nil {
			return fmt.Errorf("find products by their codes: %w", err)
		}
		for _, row := range rows {
			found = append(found, productCodes(row))
		}
		return nil
	})
	return found, err
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
	return retail.ItemCodes{
		ID: i.ID, UPC: i.UpcCode, EAN: i.EanCode, MPN: i.MpnKey, Archived: i.Archived,
		Article: retail.Article{Name: i.Description, Brand: i.Brand, Category: i.Category, Part: i.ManufacturerSku},
	}
}

func productCodes(p *ent.Product) retail.ProductCodes {
	return retail.ProductCodes{
		ID: p.ID, GTIN1: p.Gtin1Code, GTIN2: p.Gtin2Code, MPN: p.MpnKey,
		Article: retail.Article{Name: p.Name, Brand: p.Brand, Category: p.Category, Part: p.Mpn},
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
