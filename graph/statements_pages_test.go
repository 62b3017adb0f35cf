package graph_test

import (
	"testing"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
	"possync/internal/yardstick"
)

// settingsQuery asks for all settings of a site.
const settingsQuery = `{
	lightspeedLink { state lightspeedAccountId accountName employeeName connectedBy connectedAt }
	shops { name archived location { name } } locations { key name }
	storeMappings { revision mappings { shop { name } location { name } } }
	importSettings { revision onHand onOrder reorder costBasis requiredIdentifiers barcodeLinks }
	syncSchedule { revision intervalMinutes windowStart windowEnd nextRunAt }
	priceLevels { name archived } pricingSettings { revision enabled regularPriceLevel { name } salePriceLevel { name } }
	exportSettings { revision enabled employee { name } register { name } registerRoutes { location { name } register { name } }
	statusAfter { name } whenFulfilled unlinkedLines taxHandling supplierLines openOrders } }`

// What the settings pages and the platform ask for most costs at most so many statements, the check of who asks included.
func TestStatementsOfPages(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	site := fillLong(t, client, "one", 2)
	counting, statements := storetest.Counting(db)
	staff := graphtest.New(t, counting, unbounded).As(t, site.Key, tenant.RoleView)
	for _, page := range []struct {
		name, query string
		most        int
	}{
		{"settings", settingsQuery, 2},
		{"products", `{ products(first: 50) { edges { node { key name effectivePrice { price { amount } } stock { location { name } onHand available asOf } } } } }`, 3},
		{"orders", `{ orders(first: 20) { edges { node { number exportState balanceDue { amount } exportBlockers { code message } } } } }`, 4},
		{"items with their diagnosis", `{ posItems(first: 50) { edges { node { description diagnosis { displayed reasons { code message blocking } } } } } }`, 3},
		{"items, filtered and counted", `{ posItems(first: 50, where: { displayed: false }) { totalCount edges { node { description diagnosis { reasons { code message } } } } } }`, 3},
		{"summary of diagnoses", `{ diagnosisSummary { total displayed notDisplayed reasons { code count } } }`, 3},
	} {
		t.Run(page.name, func(t *testing.T) {
			staff.Get(nil, page.query, nil) // the settings are kept then
			statements.Take()
			staff.Get(nil, page.query, nil)
			n := statements.Take()
			yardstick.Report(t, yardstick.Row{Work: page.name, Yardstick: "statements", Measured: float64(n), Bar: float64(page.most), Unit: "statements"})
			if n > page.most {
				t.Errorf("%d statements, want at most %d", n, page.most)
			}
		})
	}
}
