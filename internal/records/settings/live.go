package settings

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/budgetsample"
	"possync/ent/lightspeedlink"
	"possync/ent/migrate"
	"possync/ent/shop"
	"possync/internal/records/jsonrow"
)

// Freshness is the POS's time up to which the stored stock of shops is known to be right, by the shop's id. It changes with every
// sync, so a snapshot leaves it out.
type Freshness map[string]*time.Time

// StockAsOf reads the freshness of the acting site's stock. checked is up to when a check of the whole account found nothing new; nil = there
// was none.
func StockAsOf(ctx context.Context, client *ent.Client, checked *time.Time) (Freshness, error) {
	rows, err := client.Shop.Query().Select(shop.FieldStockAsOf, shop.FieldArchived).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read how fresh the stock is: %w", err)
	}
	return FreshnessOf(rows, checked), nil
}

// FreshnessDocument makes a list of the shops for [FreshnessOf], of the site that a statement knows by the given column.
func FreshnessDocument(site string) sql.Querier {
	return jsonrow.List(jsonrow.Row("t", migrate.ShopsTable, shop.FieldID, shop.FieldStockAsOf, shop.FieldArchived),
		sql.Raw(`"`+shop.Table+`" AS t WHERE t."site_id" = `+site))
}

// FreshnessOf is the freshness of the shops' stock. What a check of the whole account found holds for each shop that was read before
// and is not archived.
func FreshnessOf(shops []*ent.Shop, checked *time.Time) Freshness {
	fresh := make(Freshness, len(shops))
	for _, row := range shops {
		fresh[row.ID] = row.StockAsOf
		if checked == nil || row.StockAsOf == nil || row.Archived {
			continue
		}
		if checked.After(*row.StockAsOf) {
			fresh[row.ID] = checked
		}
	}
	return fresh
}

// Budget is what is spent of an account's allowance of requests. A snapshot leaves it out, as it changes with every request.
type Budget struct {
	Level, Size, DripPerSecond float64
	ObservedAt                 time.Time
}

// BudgetHistory is how long samples of an account's budget are of interest.
const BudgetHistory = 24 * time.Hour

// ReadBudgetSamples reads the latest samples of the account's budget, the oldest first, at most so many.
func ReadBudgetSamples(ctx context.Context, client *ent.Client, most int, now time.Time) ([]*ent.BudgetSample, error) {
	rows, err := client.BudgetSample.Query().Where(budgetsample.SampledAtGT(now.Add(-BudgetHistory))).
		Order(ent.Desc(budgetsample.FieldSampledAt)).Limit(most).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the samples of the account's budget: %w", err)
	}
	slices.Reverse(rows)
	return rows, nil
}

// ReadBudget reads the budget of the acting site's account as it was last seen; nil = it was not seen yet.
func ReadBudget(ctx context.Context, client *ent.Client) (*Budget, error) {
	row, err := client.LightspeedLink.Query().Select(lightspeedlink.FieldBudgetLevel, lightspeedlink.FieldBudgetSize,
		lightspeedlink.FieldBudgetDripPerSecond, lightspeedlink.FieldBudgetObservedAt).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the account's budget: %w", err)
	case row.BudgetObservedAt == nil:
		return nil, nil
	}
	return &Budget{row.BudgetLevel, row.BudgetSize, row.BudgetDripPerSecond, *row.BudgetObservedAt}, nil
}
