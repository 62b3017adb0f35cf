// Package display evaluates stored items by a site's rules: whether the website shows them, why not, and whether any of them
// can be sold.
//
// The sync and the orders store these results, by Store and Refresh. The preview of a change of settings and the question
// whether a change hides too much ask with other rules than those in force, and write nothing.
package display

import (
	"cmp"
	"slices"
	"time"

	"possync/internal/records/openorders"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// Rules are the site's settings as far as they decide what the website shows.
type Rules struct {
	Import retail.ImportRules
	Orders openorders.Rules
	Shops  []Shop // whose stock counts: mapped, not archived, to an active location; by their ids

	LinkUnconfirmed bool   // as if items were linked that only wait for a person to confirm their barcode
	Losses          Losses // what Store does about items that would leave the website
}

// Losses say what is done about items that would leave the website. The zero value lets them go.
type Losses struct {
	Hold        bool       // they stay displayed until a manager confirms
	ConfirmedAt *time.Time // when a person confirmed that they go; nil = nobody was asked
}

// Shop is a shop of the POS whose stock counts.
type Shop struct {
	ID      int64 // Lightspeed's
	Reserve int64 // units of each item that the website leaves to it: its location's
}

// RulesOf are the rules that the settings hold.
func RulesOf(s *settings.Snapshot) Rules {
	return Rules{Import: s.ImportRules(), Orders: openorders.RulesOf(s), Shops: ShopsOf(s.Pairs)}
}

// ShopsOf are the shops of the pairs whose stock counts, each with its location's reserve.
func ShopsOf(pairs []settings.Pair) []Shop {
	shops := make([]Shop, 0, len(pairs))
	for _, p := range pairs {
		if p.Counts() {
			shops = append(shops, Shop{p.Shop.LightspeedID, p.Location.Reserve})
		}
	}
	slices.SortFunc(shops, Shop.Compare)
	return shops
}

// Compare orders shops by their ids.
func (s Shop) Compare(other Shop) int { return cmp.Compare(s.ID, other.ID) }
