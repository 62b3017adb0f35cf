package judge

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/internal/retail"
)

// source finds items and products of the acting site by their codes, for retail.Rematch.
type source struct{ client *ent.Client }

func (s source) ItemsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ItemCodes, error) {
	var found []retail.ItemCodes
	err := inChunks(codes, func(gtins []retail.GTIN, mpns []string) error {
		rows, err := s.client.PosItem.Query().
			Where(positem.Or(positem.UpcCodeIn(gtins...), positem.EanCodeIn(gtins...), positem.MpnKeyIn(mpns...))).
			Select(positem.FieldUpcCode, positem.FieldEanCode, positem.FieldMpnKey, positem.FieldArchived).All(ctx)
		if err != nil {
			return fmt.Errorf("find items by their codes: %w", err)
		}
		for _, row := range rows {
			found = append(found, retail.ItemCodes{ID: row.ID, UPC: row.UpcCode, EAN: row.EanCode, MPN: row.MpnKey, Archived: row.Archived})
		}
		return nil
	})
	return found, err
}

// ProductsByCodes leaves out retired products: they take part in nothing.
func (s source) ProductsByCodes(ctx context.Context, codes retail.Codes) ([]retail.ProductCodes, error) {
	var found []retail.ProductCodes
	err := inChunks(codes, func(gtins []retail.GTIN, mpns []string) error {
		rows, err := s.client.Product.Query().
			Where(product.Active(true),
				product.Or(product.Gtin1CodeIn(gtins...), product.Gtin2CodeIn(gtins...), product.MpnKeyIn(mpns...))).
			Select(product.FieldGtin1Code, product.FieldGtin2Code, product.FieldMpnKey).All(ctx)
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

func productCodes(p *ent.Product) retail.ProductCodes {
	return retail.ProductCodes{ID: p.ID, GTIN1: p.Gtin1Code, GTIN2: p.Gtin2Code, MPN: p.MpnKey}
}

// inChunks hands the codes on in portions that one statement can take. A row may be found by several portions: callers
// keep it once, by its id.
func inChunks(codes retail.Codes, find func(gtins []retail.GTIN, mpns []string) error) error {
	gtins := slices.Sorted(maps.Keys(codes.GTINs))
	mpns := slices.Sorted(maps.Keys(codes.MPNs))
	for len(gtins) > 0 || len(mpns) > 0 {
		g, m := min(len(gtins), chunkSize), min(len(mpns), chunkSize)
		if err := find(gtins[:g], mpns[:m]); err != nil {
			return err
		}
		gtins, mpns = gtins[g:], mpns[m:]
	}
	return nil
}
