package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// However long the lists are, a query sends the same number of statements; and every list of the schema took part.
func TestStatementsDoNotGrowWithLists(t *testing.T) {
	skipVolume(t)
	t.Parallel()
	client, db := storetest.Any(t)
	one, two := fillLong(t, client, "one", 1), fillLong(t, client, "two", 2)
	counting, statements := storetest.Counting(db)
	api := graphtest.New(t, counting, unbounded)
	s := schema()
	long := map[string]bool{} // lists that were long
	cost := func(site *tenancytest.Site, field *ast.FieldDefinition) int {
		op := graphtest.Plain(s, ast.Query, field, graphtest.Pool{
			IDs: site.IDs["products"], Texts: []string{"key-1"}, Named: map[string]any{"key": "key-1", "lightspeedItemId": "1"},
		}, 2)
		switch field.Name {
		case "nodes":
			op.Variables["ids"] = nodeIDs(site)
		case "previewSettings": // not as they are filled: all rules off, so that something happens to the items
			op.Variables["input"] = map[string]any{"importSettings": map[string]any{"onHand": false, "onOrder": false, "reorder": false}}
		case "exportTotals":
			op.Variables = map[string]any{"fromDate": "2026-05-01", "toDate": "2026-05-31"}
		case "previewSaleDates":
			op.Variables["input"] = map[string]any{"where": map[string]any{}, "startDate": "2026-06-01", "endDate": "2026-06-02"}
		}
		statements.Take()
		answer := api.As(t, site.Key, tenant.RoleView).Ask(op.Query, op.Variables)
		if len(answer.Errors) > 0 {
			t.Fatalf("%s: %.1000s", field.Name, answer.Body)
		}
		var data any
		if err := json.Unmarshal(answer.Data, &data); err != nil {
			t.Fatal(err)
		}
		noteLong(data, "Query", long)
		return statements.Take()
	}
	for _, site := range []*tenancytest.Site{one, two} {
		cost(site, s.Query.Fields.ForName("site")) // reads the settings, which are kept then
	}
	for _, field := range rootFields(s.Query) {
		if few, many := cost(one, field), cost(two, field); few != many || few == 0 {
			t.Errorf("%s sends %d statements for one row, %d for 2", field.Name, few, many)
		}
	}
	for _, def := range s.Types {
		if def.Kind != ast.Object || def.BuiltIn || exempt[def.Name] {
			continue
		}
		for _, field := range rootFields(def) {
			name := def.Name + "." + field.Name
			switch {
			case field.Type.Elem == nil || field.Name == "userErrors" || field.Name == "messageParameters":
			case strings.HasSuffix(def.Name, "Payload"):
				if payloadLists[name] == "" {
					t.Errorf("nothing says why the list %s costs as many statements however long it is", name)
				}
			case !long[name]:
				t.Errorf("the list %s was never long", name)
			}
		}
	}
}

// fillLong fills a site with n rows of everything, also in those lists that filling alone leaves at one.
func fillLong(t *testing.T, client *ent.Client, key string, n int) *tenancytest.Site {
	t.Helper()
	site := tenancytest.Fill(t, client, key, "Quaxa", n)
	stretch(t, client, site, n)
	return site
}

func stretch(t *testing.T, client *ent.Client, site *tenancytest.Site, n int) {
	t.Helper()
	ctx := site.Context(t.Context())
	client.Register.Update().SetLightspeedShopID(1).ExecX(ctx)
	prices := make([]retail.LevelPrice, n)
	var reasons retail.ReasonBits
	for _, code := range retail.ReasonCode("").Values()[:min(n, len(retail.ReasonCode("").Values()))] {
		reasons |= retail.ReasonCode(code).Found()
	}
	for i := range n {
		prices[i] = retail.LevelPrice{LevelID: int64(i + 1), Amount: 1}
		client.RunEvent.Create().SetRunID(site.IDs["sync_runs"][0]).SetSequence(100 + i).
			SetState(retail.RunRunning).SetPhase(retail.PhaseItems).SetDone(i).ExecX(ctx)
		client.Drift.Create().SetRunID(site.IDs["sync_runs"][0]).SetLightspeedItemID(int64(i + 1)).SetLightspeedShopID(int64(i + 1)).
			SetField(retail.DriftOnHand).SetBefore("1").SetAfter("2").SetCause(retail.CauseMissed).ExecX(ctx)
		client.UnusableRow.Create().SetRunID(site.IDs["sync_runs"][0]).SetLightspeedItemID(int64(i + 1)).SetProblem(retail.RowUnreadable).ExecX(ctx)
		client.ShopStock.Create().SetItemID(site.IDs["pos_items"][0]).SetLightspeedItemID(1).SetLightspeedShopID(int64(i + 2)).
			SetOnHand(1).SetOnOrder(1).SetReorderPoint(1).SetReorderLevel(1).ExecX(ctx)
	}
	client.PosItem.Update().SetPrices(prices).SetReasonBits(reasons).SetRivalIds(site.IDs["pos_items"]).
		SetMatchState(retail.MatchConflict).ExecX(ctx)
	stretchOrders(ctx, client, site, n)
	for _, product := range site.IDs["products"][1:] {
		client.MatchDecision.Create().SetItemID(site.IDs["pos_items"][0]).SetProductID(product).
			SetVerdict(retail.DecisionReject).SetDecidedBy("ann").ExecX(ctx)
	}
}

// stretchOrders gives the first order n of everything that belongs to an order, and has it exported.
func stretchOrders(ctx context.Context, client *ent.Client, site *tenancytest.Site, n int) {
	order := site.IDs["web_orders"][0]
	client.WebOrder.Update().SetExportState(retail.ExportFailed).SetBlockerBits(3).ExecX(ctx)
	client.WebOrder.UpdateOneID(order).SetExportState(retail.ExportExported).ExecX(ctx)
	fulfillments := make([]retail.Fulfillment, n)
	for i := range fulfillments {
		fulfillments[i] = retail.Fulfillment{By: retail.ByStore, Location: site.IDs["locations"][i], Quantity: retail.Unit}
	}
	client.OrderLine.Update().SetFulfillments(fulfillments).ExecX(ctx)
	client.Alert.Update().ClearResolvedAt().ClearDismissedAt().ExecX(ctx)
	for i := range n {
		key := fmt.Sprint("more-", i)
		client.OrderLine.Create().SetOrderID(order).SetKey(key).SetKind(retail.LineFee).SetDescription(key).SetQuantity(retail.Unit).
			SetUnitPrice(1).ExecX(ctx)
		client.OrderPayment.Create().SetOrderID(order).SetKey(key).SetMethod(key).SetAmount(1).SetState(retail.PaymentCaptured).ExecX(ctx)
		client.OrderRefund.Create().SetOrderID(order).SetKey(key).SetAmount(1).SetAfterExport(true).ExecX(ctx)
		client.ExportEvent.Create().SetOrderID(order).SetSequence(100_000_000 + i).SetState(retail.ExportQueued).ExecX(ctx)
	}
	for i, e := range client.OrderExport.Query().AllX(ctx) {
		plan := e.Plan
		for p := range n {
			plan.Payments = append(plan.Payments, retail.SalePayment{Method: fmt.Sprint("method ", p), Amount: 1})
		}
		e.Update().SetState(retail.ExportExported).SetExportedAt(time.Date(2026, 5, 2+i, 12, 0, 0, 0, time.UTC)).SetPlan(plan).ExecX(ctx)
	}
}

// payloadLists are the lists that mutations answer with, each with the test that counts its statements, or why it is never long.
var payloadLists = map[string]string{
	"SaveSaleDatesPayload.results":        "TestStatementsOfSaleDates",
	"ConfirmMatchesPayload.results":       "the decisions of a batch are read and stored together",
	"UndoConfirmMatchesPayload.results":   "so are those that are withdrawn",
	"UndoConfirmMatchesPayload.restored":  "and those that stand again",
	"SetMatchesAsidePayload.results":      "the items are read and stored together",
	"ImportProductsPayload.results":       "TestStatementsOfAnImport",
	"ImportLocationsPayload.locations":    "TestStatementsOfLocations",
	"UpdateReserveStockPayload.locations": "TestStatementsOfReserves",
	"LinkItemPayload.withdrawn":           "a decision takes the place of three others at most",
	"UnlinkItemPayload.withdrawn":         "a decision takes the place of three others at most",
	"RejectMatchPayload.withdrawn":        "a decision takes the place of three others at most",
	"WithdrawDecisionPayload.withdrawn":   "it is the one decision",

	"ImportOrdersPayload.results":            "TestStatementsOfOrders",
	"ChangeOrderStatusPayload.results":       "TestStatementsOfOrders",
	"ExportOrdersPayload.results":            "TestStatementsOfOrders",
	"RetryExportsPayload.results":            "TestStatementsOfBulkActs",
	"RecordStoreFulfillmentsPayload.results": "TestStatementsOfBulkActs",
	"MarkRefundsDonePayload.results":         "TestStatementsOfBulkActs",
	"ImportStatusTypesPayload.statusTypes":   "statuses are few, and each that is renamed is written",
	"ReorderStatusTypesPayload.statusTypes":  "statuses are few, and each that moves is written",
}

// exempt are types whose lists have bounds of their own: the checklist's issues, what is wrong with an input or a price, the
// effects of a change, and the examples of a preview (see TestStatementsOfSaleDates). So are those that a row brings with it, as an entry of
// the audit log does, and what a subscription names.
var exempt = map[string]bool{
	"Setup": true, "UserError": true, "ImportProductResult": true, "EffectivePrice": true, "SaleDatesPreview": true,
	"SettingsPreview": true, "PreviewItem": true,
	"AuditEvent": true, "AlertsChange": true, "SettingsChange": true,
	"SaveSaleDatesResult": true, "OrderResult": true, "ImportOrderResult": true, "ExportCounts": true,
	"CustomerErasure": true,                        // the orders that keep their data are read together
	"CustomerData":    true,                        // counts, by four statements at most
	"OrdersChange":    true, "MatchesChange": true, // which orders have changed is one statement, of at most 250
}

// nodeIDs returns the ids of two rows of every kind, as many as may be asked for.
func nodeIDs(site *tenancytest.Site) []string {
	var ids []string
	for round := range 2 {
		for _, kind := range slices.Sorted(maps.Keys(site.IDs)) {
			if round < len(site.IDs[kind]) {
				ids = append(ids, site.IDs[kind][round])
			}
		}
	}
	return ids[:min(len(ids), 100)]
}

func noteLong(tree any, under string, long map[string]bool) {
	object, ok := tree.(map[string]any)
	if !ok {
		return
	}
	if name, ok := object["__typename"].(string); ok {
		under = name
	}
	for name, value := range object {
		list, isList := value.([]any)
		if !isList {
			noteLong(value, "", long)
			continue
		}
		key := under + "." + graphtest.Name(name)
		long[key] = long[key] || len(list) > 1
		for _, element := range list {
			noteLong(element, "", long)
		}
	}
}

// A batch of products costs as many statements as a single one.
func TestStatementsOfAnImport(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	_, _ = storetest.Site(t, client, "a")
	counting, statements := storetest.Counting(db)
	api := graphtest.New(t, counting, unbounded)
	cost := func(n int, price string) int {
		rows := make([]any, n)
		for i := range rows {
			rows[i] = map[string]any{"key": fmt.Sprintf("%d-%d", n, i), "name": "Bike", "gtin1": "12345678905", "price": price}
		}
		statements.Take()
		api.As(t, "a", tenant.RoleService).Get(nil, `mutation($p: [ProductInput!]!) { importProducts(input: {products: $p}) {
			results { outcome product { id price { amount } stock { available } posItem { id } } } } }`, map[string]any{"p": rows})
		return statements.Take()
	}
	cost(2, "1")                                    // the platform's contact is noted, which it is not again for a while
	for i, price := range []string{"1", "2", "2"} { // new, changed, unchanged
		most := []int{17, 14, 5}[i] // three of them write the audit log where something changed
		if one, all := cost(1, price), cost(250, price); one != all || one > most {
			t.Errorf("one product costs %d statements, 250 cost %d, want at most %d", one, all, most)
		}
	}
}

// The reserves of many locations, each another, cost as many statements as that of one.
func TestStatementsOfReserves(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	ctx, _ := storetest.Site(t, client, "a")
	counting, statements := storetest.Counting(db)
	api := graphtest.New(t, counting, unbounded)
	var rows []any
	for i := range 50 {
		location := client.Location.Create().SetKey(fmt.Sprint(i)).SetName(fmt.Sprint(i)).SaveX(ctx)
		rows = append(rows, map[string]any{"locationId": location.ID, "units": i + 1})
	}
	cost := func(n int) int {
		client.Location.Update().SetReserve(0).ExecX(ctx)
		statements.Take()
		api.As(t, "a", tenant.RoleManage).Get(nil, `mutation($l: [LocationReserveInput!]!) { updateReserveStock(input: {locations: $l}) {
			locations { id name shop { id } reserveStock } userErrors { message } } }`, map[string]any{"l": rows[:n]})
		return statements.Take()
	}
	if one, all := cost(1), cost(50); one != all {
		t.Errorf("one reserve costs %d statements, 50 cost %d", one, all)
	}
}

// All locations of a site cost as many statements as a single one.
func TestStatementsOfLocations(t *testing.T) {
	t.Parallel()
	client, db := storetest.Any(t)
	_, _ = storetest.Site(t, client, "a")
	counting, statements := storetest.Counting(db)
	api := graphtest.New(t, counting, unbounded)
	cost := func(n int, name string) int {
		rows := make([]any, n)
		for i := range rows {
			rows[i] = map[string]any{"key": fmt.Sprintf("%d", i), "name": fmt.Sprint(name, i)}
		}
		statements.Take()
		api.As(t, "a", tenant.RoleService).Get(nil, `mutation($l: [LocationInput!]!) { importLocations(input: {locations: $l}) {
			locations { id name shop { id } } userErrors { message } } }`, map[string]any{"l": rows})
		return statements.Take()
	}
	cost(1, "first") // the platform's contact is noted, which it is not again for a while
	if one, all := cost(1, "old"), cost(50, "new"); one != all {
		t.Errorf("one location costs %d statements, 50 cost %d", one, all)
	}
}

// However many orders are taken in, given a status or exported at once, the number of statements is the same.
func TestStatementsOfOrders(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	client, db := storetest.Any(t)
	counting, statements := storetest.Counting(db)
	graphtest.NewRetailer(t, client).SetUpExports()
	status := client.OrderStatus.Create().SetSiteID(tenant.SiteID("a")).SetKey("s").SetName("Open").SetNameKey("open").
		SaveX(tenant.WithSite(t.Context(), tenant.SiteID("a")))
	api := graphtest.New(t, counting)
	cost := func(n, version int) (costs [3]int) {
		orders := make([]row, n)
		for i := range orders {
			orders[i] = graphtest.NewOrder(fmt.Sprint(n, "-", i), graphtest.With("sourceVersion", version), graphtest.With("note", fmt.Sprint(version)))
		}
		var data struct {
			ImportOrders struct {
				Results []struct{ Order struct{ ID string } }
			}
		}
		statements.Take()
		api.As(t, "a", tenant.RoleService).Get(&data, graphtest.ImportOrders, row{"in": orders})
		costs[0] = statements.Take()
		ids := make([]string, n)
		for i, r := range data.ImportOrders.Results {
			ids[i] = r.Order.ID
		}
		staff := api.As(t, "a", tenant.RoleManage)
		staff.Get(nil, `mutation($in: ChangeOrderStatusInput!) { changeOrderStatus(input: $in) { results { order { id } } } }`,
			row{"in": row{"orderIds": ids, "statusId": status.ID}})
		costs[1] = statements.Take()
		staff.Get(nil, `mutation($in: ExportOrdersInput!) { exportOrders(input: $in) { results { order { exportState } } } }`,
			row{"in": row{"orderIds": ids}})
		costs[2] = statements.Take()
		return costs
	}
	cost(2, 1)                                  // the item is evaluated for the first time
	for version := 1; version <= 3; version++ { // new and then changed; exported once
		if one, all := cost(1, version), cost(100, version); one != all || one[0] > []int{21, 30, 30}[version-1] || one[2] > 40 {
			t.Errorf("version %d: one order costs %v statements, 100 cost %v", version, one, all)
		}
	}
}
