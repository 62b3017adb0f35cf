package catalogue

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/positem"
	"possync/graph/unitofwork"
)

// EachPage calls fn with pages of the items that match the filter, by their Lightspeed ids, until fn fails or there are no
// more. The last page may be empty. Each page is read separately, not all in one transaction, so rows are as they were when their
// page was read. An item that exists all the time comes exactly once.
func EachPage(ctx context.Context, where *ItemWhere, size int, fn func([]*Item) error) error {
	predicates, err := where.predicates(ctx)
	if err != nil {
		return err
	}
	for after, more := int64(0), true; more; {
		rows, err := unitofwork.Client(ctx).PosItem.Query().Where(predicates...).Where(positem.LightspeedIDGT(after)).
			Order(ent.Asc(positem.FieldLightspeedID)).Limit(size).
			Select(positem.FieldLightspeedID, positem.FieldSystemSku, positem.FieldCustomSku, positem.FieldManufacturerSku,
				positem.FieldUpc, positem.FieldEan, positem.FieldBrand, positem.FieldDescription, positem.FieldCategory,
				positem.FieldArchived, positem.FieldMatchState, positem.FieldDisplayed, positem.FieldInStock, positem.FieldReasonBits,
				positem.FieldItemKind, positem.FieldComponents).
			All(ctx)
		if err != nil {
			return fmt.Errorf("read items: %w", err)
		}
		if err := fn(Items(rows)); err != nil {
			return err
		}
		if more = len(rows) == size; more {
			after = rows[size-1].LightspeedID
		}
	}
	return nil
}
