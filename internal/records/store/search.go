package store

import (
	"context"

	"possync/ent"
	"possync/ent/hook"
	"possync/internal/searchtext"
)

// keepSearchText gives each item and each product that is added the text that searches look through. Who changes one of the
// columns that it is made of adds the whole row again, and takes the text over with the others.
func keepSearchText(client *ent.Client) {
	client.PosItem.Use(hook.On(func(next ent.Mutator) ent.Mutator {
		return hook.PosItemFunc(func(ctx context.Context, m *ent.PosItemMutation) (ent.Value, error) {
			m.SetSearchText(searchtext.Of(valueOf(m.Upc), valueOf(m.Ean), valueOf(m.SystemSku), valueOf(m.ManufacturerSku),
				valueOf(m.CustomSku), valueOf(m.Brand), valueOf(m.Description)))
			return next.Mutate(ctx, m)
		})
	}, ent.OpCreate))
	client.Product.Use(hook.On(func(next ent.Mutator) ent.Mutator {
		return hook.ProductFunc(func(ctx context.Context, m *ent.ProductMutation) (ent.Value, error) {
			m.SetSearchText(searchtext.OfProduct(valueOf(m.Gtin1), valueOf(m.Gtin2), valueOf(m.Mpn), valueOf(m.Brand), valueOf(m.Name)))
			return next.Mutate(ctx, m)
		})
	}, ent.OpCreate))
}

func valueOf(field func() (string, bool)) string {
	value, _ := field()
	return value
}
