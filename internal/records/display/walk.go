package display

import (
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/positem"
)

// Columns are what is read of items to evaluate them and to compare the result with what is stored.
var Columns = []string{
	positem.FieldLightspeedID, positem.FieldArchived, positem.FieldDefaultCost, positem.FieldMsrp, positem.FieldUpc,
	positem.FieldEan, positem.FieldManufacturerSku, positem.FieldBrand, positem.FieldMatchState, positem.FieldMatchBasis, positem.FieldMatchReason,
	positem.FieldItemKind, positem.FieldComponents, positem.FieldDisplayed, positem.FieldReasonBits, positem.FieldInStock, positem.FieldProductID,
	positem.FieldDisplayHeld, positem.FieldLostAt, positem.FieldShopUnits,
}

// walkRows is how many items a walk holds at a time.
const walkRows = 2000

// Walk says which items are evaluated, in which order.
type Walk struct {
	After      int64                   // Lightspeed's id of the item before the first; 0 = from the end that comes first
	Descending bool                    // by falling ids
	Where      func(*ent.PosItemQuery) // adds conditions or columns; nil = all items, with Columns
}

// Each evaluates the acting site's items and calls fn with each, until fn wants no more. It holds some thousand items at a
// time, however many there are; each is evaluated as it is when its portion is read.
func (r Rules) Each(ctx context.Context, client *ent.Client, w Walk, fn func(*ent.PosItem, Result) (more bool, err error)) error {
	for {
		items, err := w.next(ctx, client)
		if err != nil {
			return err
		}
		stock, err := r.Stock(ctx, client, items)
		if err != nil {
			return err
		}
		for _, item := range items {
			if more, err := fn(item, r.Evaluate(item, stock)); err != nil || !more {
				return err
			}
		}
		if len(items) < walkRows {
			return nil
		}
		w.After = items[len(items)-1].LightspeedID
	}
}

func (w Walk) next(ctx context.Context, client *ent.Client) ([]*ent.PosItem, error) {
	query := client.PosItem.Query().Limit(walkRows)
	if w.Descending {
		query.Order(ent.Desc(positem.FieldLightspeedID))
	} else {
		query.Order(ent.Asc(positem.FieldLightspeedID))
	}
	switch {
	case w.Descending && w.After != 0:
		query.Where(positem.LightspeedIDLT(w.After))
	case !w.Descending:
		query.Where(positem.LightspeedIDGT(w.After))
	}
	if w.Where != nil {
		w.Where(query)
	}
	items, err := query.Select(Columns...).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read items to evaluate: %w", err)
	}
	return items, nil
}

// shopIDs are Lightspeed's ids of the shops.
func (r Rules) shopIDs() []int64 {
	ids := make([]int64, len(r.Shops))
	for i, shop := range r.Shops {
		ids[i] = shop.ID
	}
	return slices.Compact(ids)
}
