package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"possync/internal/lightspeed"
)

// requiredRight is something that the product must be able to do at Lightspeed. It is there when Lightspeed reports one of the
// rights for the employee who signed in and a real request of that sort passes: reported rights are the role's, while
// what counts is those and the scopes together.
type requiredRight struct {
	words  string   // completes "does not have the right to …", for shop staff
	rights []string // any one suffices, by Lightspeed's names; empty: none is documented
	probe  func(context.Context, *lightspeed.Account) error
}

// requiredRights is what reading a shop takes. Rights and their reading as "any one" are those of Lightspeed's endpoint pages,
// https://developers.lightspeedhq.com/retail/endpoints/{PriceLevel,Item,ItemShop,Shop,Employee}/; that price levels take
// the right "Settings - basic", which is called admin, is documented by Fivetran's connector.
func requiredRights() []requiredRight {
	return []requiredRight{
		{
			words:  "manage basic settings (“admin”), which price levels need",
			rights: []string{"admin"},
			probe: func(ctx context.Context, a *lightspeed.Account) error {
				_, err := a.PriceLevels(ctx)
				return err
			},
		},
		{
			words:  "see shops, registers and payment types (“reports” or “register”)",
			rights: []string{"register", "reports", "workbench", "customers", "admin", "inventory_base"},
			probe: func(ctx context.Context, a *lightspeed.Account) error {
				_, err := a.Shops(ctx)
				return err
			},
		},
		{
			words: "see employees (“admin_employees”)",
			probe: func(ctx context.Context, a *lightspeed.Account) error {
				_, err := a.Employees(ctx)
				return err
			},
		},
		{
			// Any of several rights shows items, but only this one their cost, without which an item does not sync (R58).
			words:  "see items with their cost (“product_cost”)",
			rights: []string{"product_cost"},
			probe: func(ctx context.Context, a *lightspeed.Account) error {
				_, err := a.Items(lightspeed.ItemQuery{Limit: 1}).Next(ctx)
				return ignoreEOF(err)
			},
		},
		{
			words:  "see inventory (“inventory_read”)",
			rights: []string{"inventory", "inventory_read", "product_cost"},
			probe: func(ctx context.Context, a *lightspeed.Account) error {
				_, err := a.ItemShops(lightspeed.ItemShopQuery{Limit: 1}).Next(ctx)
				return ignoreEOF(err)
			},
		},
	}
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// missingRights returns in plain words what the employee of the session may not do. Nothing is asked of Lightspeed for what the
// reported rights rule out already.
func missingRights(ctx context.Context, account *lightspeed.Account, s lightspeed.Session) ([]string, error) {
	var lacking []string
	for _, n := range requiredRights() {
		reported := len(n.rights) == 0 || slices.ContainsFunc(n.rights, func(r string) bool { return s.Rights[r] })
		if reported {
			err := n.probe(ctx, account)
			if err == nil {
				continue
			}
			if !errors.Is(err, lightspeed.ErrForbidden) {
				return nil, fmt.Errorf("probe the rights: %w", err)
			}
		}
		lacking = append(lacking, n.words)
	}
	return lacking, nil
}
