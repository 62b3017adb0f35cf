package matching

import (
	"context"
	"fmt"
	"strings"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/internal/audit"
	"possync/internal/records/auditlog"
)

// note notes for the audit log what is decided and withdrawn, by the names that staff know the items and products by.
func (c *change) note(ctx context.Context) error {
	changed := append(append([]*ent.MatchDecision{}, c.withdrawn...), c.made...)
	named := changed[:min(len(changed), auditlog.MaxListed)] // no more are listed
	itemIDs, productIDs := make([]string, len(named)), make([]string, len(named))
	for i, d := range named {
		itemIDs[i], productIDs[i] = d.ItemID, d.ProductID
	}
	client := unitofwork.Client(ctx)
	items, err := client.PosItem.Query().Where(positem.IDIn(itemIDs...)).Select(positem.FieldID, positem.FieldDescription).All(ctx)
	if err != nil {
		return fmt.Errorf("read the names of the items: %w", err)
	}
	products, err := client.Product.Query().Where(product.IDIn(productIDs...)).Select(product.FieldID, product.FieldKey).All(ctx)
	if err != nil {
		return fmt.Errorf("read the keys of the products: %w", err)
	}
	itemByID := sitedata.Index(items, func(i *ent.PosItem) string { return i.ID })
	productByID := sitedata.Index(products, func(p *ent.Product) string { return p.ID })
	for i, d := range changed {
		item, productKey := d.ItemID, d.ProductID
		if row := itemByID[d.ItemID]; row != nil {
			item = row.Description
		}
		if row := productByID[d.ProductID]; row != nil {
			productKey = row.Key
		}
		decision := audit.Change{Field: "Decision about " + item}
		text := strings.ToLower(string(d.Verdict)) + " " + productKey
		if i < len(c.withdrawn) {
			decision.Before = text
		} else {
			decision.After = text
		}
		auditlog.Note(ctx, decision)
	}
	return nil
}
