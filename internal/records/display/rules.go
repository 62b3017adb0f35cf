// Package display says of stored items what a site's rules make of them: whether the website shows them, why not, and
// whether anything of them is left to sell.
//
// The sync that stores these verdicts, the preview of a change of settings and the question whether a change hides too much
// all ask here, with the rules in force or with others. It writes nothing.
package display

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"possync/ent"
	"possync/ent/importsettings"
	"possync/ent/location"
	"possync/ent/shop"
	"possync/ent/storemapping"
	"possync/internal/retail"
)

// Rules are the site's settings as far as they decide what the website shows.
type Rules struct {
	Import retail.ImportRules
	Shops  []Shop // whose stock counts: mapped, not archived, to an active location; by their ids
}

// Shop is a shop of the POS whose stock counts.
type Shop struct {
	ID      int64 // Lightspeed's
	Reserve int64 // units of each item that the website leaves to it: its location's
}

// Load reads the acting site's settings; a site that never changed them has the defaults.
func Load(ctx context.Context, client *ent.Client) (Rules, error) {
	rules := Rules{Import: retail.DefaultImportRules()}
	settings, err := client.ImportSettings.Query().Order(ent.Asc(importsettings.FieldID)).First(ctx)
	switch {
	case err == nil:
		rules.Import = retail.ImportRules{
			OnHand: settings.OnHand, OnOrder: settings.OnOrder, Reorder: settings.Reorder,
			CostBasis: settings.CostBasis, RequiredIdentifiers: settings.RequiredIdentifiers,
		}
	case !ent.IsNotFound(err):
		return Rules{}, fmt.Errorf("read the import settings: %w", err)
	}
	mappings, err := client.StoreMapping.Query().
		Where(storemapping.HasShopWith(shop.Archived(false)), storemapping.HasLocationWith(location.Active(true))).
		WithShop().WithLocation().All(ctx)
	if err != nil {
		return Rules{}, fmt.Errorf("read the mapped shops: %w", err)
	}
	for _, m := range mappings {
		rules.Shops = append(rules.Shops, Shop{m.Edges.Shop.LightspeedID, m.Edges.Location.Reserve})
	}
	slices.SortFunc(rules.Shops, Shop.Compare)
	return rules, nil
}

// Compare orders shops by their ids.
func (s Shop) Compare(other Shop) int { return cmp.Compare(s.ID, other.ID) }
