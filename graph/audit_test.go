package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/ent/auditevent"
	"possync/graph/auditing"
	"possync/graph/graphtest"
	"possync/internal/audit"
	"possync/internal/database/databasetest"
	"possync/internal/message"
	"possync/internal/records/auditlog"
	"possync/internal/records/orderbook"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/tenant"
)

// Every mutation that changes a row of its site leaves an entry, by a walk over all mutations with everything that their inputs can be.
func TestEveryMutationIsAudited(t *testing.T) {
	skipVolume(t)
	t.Parallel()
	client, db := storetest.Any(t)
	site := tenancytest.Fill(t, client, "a", "Quaxa", 2)
	api := graphtest.New(t, client, unbounded)
	ctx := site.Context(t.Context())
	pool := graphtest.Pool{IDs: site.SomeIDs(), Texts: []string{"key-1", "new"}, Named: map[string]any{
		"windowStart": "05:00", "windowEnd": "23:00", "price": "1", "placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1,
		"currencyCode": "USD", "timeZone": "Europe/Berlin", "quantity": "1", "unitPrice": "1", "amount": "1", "intervalMinutes": 15,
		"units": 7, "name": "Another name", "enabled": true, "startDate": "2026-06-01", "endDate": "2026-06-02",
	}}
	for name, kind := range map[string]string{
		"orderId": "web_orders", "orderIds": "web_orders", "posItemId": "pos_items", "posItemIds": "pos_items", "productId": "products",
		"productIds": "products", "decisionId": "match_decisions", "syncRunId": "sync_runs", "alertId": "alerts", "statusId": "order_status",
		"statusIds": "order_status", "lineId": "order_lines", "paymentId": "order_payments", "refundId": "order_refunds", "shopId": "shops",
		"locationId": "locations", "employeeId": "employees", "registerId": "registers", "statusAfterId": "order_status",
		"paymentTypeId": "payment_types", "regularPriceLevelId": "price_levels", "salePriceLevelId": "price_levels",
	} {
		pool.Named[name] = site.IDs[kind][0]
	}
	client.Alert.Update().ClearResolvedAt().ClearDismissedAt().ExecX(ctx)
	entries := func() int { return client.AuditEvent.Query().CountX(ctx) }
	// dump is all of the site but the log, when the platform was last heard of, and the numbers and locks that move although nothing changes.
	dump := func() map[string]string {
		rows := site.Dump(t, db)
		maps.DeleteFunc(rows, func(id, _ string) bool {
			return strings.Contains(id, "aud_") || strings.Contains(id, "auc_") || strings.Contains(id, "exq_") || strings.Contains(id, "con_")
		})
		return rows
	}
	s, changing := schema(), 0
	for _, field := range rootFields(s.Mutation) {
		logged := 0
		before, known := dump(), entries()
		for _, op := range firstOf(graphtest.Operations(s, ast.Mutation, field, pool), 30) {
			role := allowed(field)[0]
			answer := api.As(t, "a", role).Ask(op.Query, op.Variables)
			if now := entries(); now > known {
				last := client.AuditEvent.Query().Order(ent.Desc(auditevent.FieldSequence)).FirstX(ctx)
				if want := auditing.Action(field.Name); last.Action != want || last.Actor != "ann" || last.Role != string(role) || last.RequestID == "" {
					t.Errorf("%s: the entry is %v", field.Name, last)
				}
				logged += now - known
				before, known = dump(), now
				continue
			}
			after := dump()
			if diff := changed(before, after); len(diff) > 0 {
				t.Errorf("%s (%s) leaves no entry and changes %v: %.300s", field.Name, op.Varied, diff, answer.Body)
				before = after
			}
		}
		if logged > 0 {
			changing++
		}
	}
	if changing < 15 {
		t.Errorf("only %d mutations changed anything: the walk shows nothing of the others", changing)
	}
}

func firstOf[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// changed lists the rows that differ in more than the numbers that a lock advances.
func changed(before, after map[string]string) []string {
	var ids []string
	for id := range after {
		if before[id] != after[id] && !strings.Contains(id, "sync_states") && !strings.Contains(id, "export_desks") {
			ids = append(ids, id)
		}
	}
	for id := range before {
		if _, ok := after[id]; !ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// entriesOf returns what the log shows, the oldest first: actions with what changed.
func entriesOf(s *graphtest.Retailer, where row) []string {
	s.T.Helper()
	tree := s.Staff.Tree(`query($w: AuditEventWhere) { auditEvents(first: 100, where: $w, orderBy: {direction: ASC}) {
		totalCount edges { node { action actor role target changes { field before after } moreChanges requestId } } } }`, row{"w": where})
	list := []string{}
	for _, e := range graphtest.At(s.T, tree, "auditEvents.edges").([]any) {
		text := fmt.Sprint(graphtest.At(s.T, e, "node.action"))
		for _, c := range graphtest.At(s.T, e, "node.changes").([]any) {
			c := c.(map[string]any)
			text += fmt.Sprintf("; %v: %v → %v", c["field"], c["before"], c["after"])
		}
		list = append(list, text)
	}
	return list
}

// The log says what changed, also in the export settings, and an order's acts without anything of its customer.
func TestAuditOfSettingsAndOrders(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a", graphtest.With("payments", []row{})))
		s.Must("captureOfflinePayment", row{"orderId": id, "amount": "1", "note": "from Jane Doe, 555-0100"})
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onHand: false}) { userErrors { code } } }`, nil)
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onHand: false}) { userErrors { code } } }`, nil) // changes nothing
		list := entriesOf(s, row{"actor": "ann"})
		for _, want := range []string{
			"IMPORT_ORDERS; Created: <nil> → 1",
			"UPDATE_IMPORT_SETTINGS; Balance On Hand: on → off",
		} {
			if n := len(slices.DeleteFunc(slices.Clone(list), func(e string) bool { return e != want })); n != 1 {
				t.Errorf("%d entries say %q: %q", n, want, list)
			}
		}
		for _, part := range []string{"CAPTURE_OFFLINE_PAYMENT; Balance due: ", "UPDATE_EXPORT_SETTINGS; Employee: none → Web; Register: none → Front; "} {
			if !slices.ContainsFunc(list, func(e string) bool { return strings.HasPrefix(e, part) }) {
				t.Errorf("no entry begins with %q: %q", part, list)
			}
		}
		if about := entriesOf(s, row{"target": id}); len(about) != 1 {
			t.Errorf("the order has %q", about)
		}
		if about := entriesOf(s, row{"actions": []string{"UPDATE_IMPORT_SETTINGS"}, "fromDate": "2026-05-02", "toDate": "2026-05-02"}); len(about) != 1 {
			t.Errorf("the day has %q", about)
		}
		if about := entriesOf(s, row{"toDate": "2026-05-01"}); len(about) != 0 {
			t.Errorf("the day before has %q", about)
		}
		all, err := json.Marshal(s.Client.AuditEvent.Query().AllX(s.Ctx))
		if err != nil {
			t.Fatal(err)
		}
		order := s.Client.WebOrder.GetX(s.Ctx, id)
		for _, personal := range []string{order.Customer.FirstName, order.Customer.LastName, order.Customer.Email, order.Customer.Phone, "Jane", "555-0100"} {
			if personal != "" && strings.Contains(string(all), personal) {
				t.Errorf("the log has %q", personal)
			}
		}
		verifySound(t, s.Client)
	})
}

// verifySound fails if anything is wrong in a log.
func verifySound(t *testing.T, client *ent.Client) {
	t.Helper()
	err := auditlog.Verify(tenant.System(t.Context()), client, func(r auditlog.Report) error {
		if len(r.Findings) > 0 || r.Entries == 0 {
			t.Errorf("the log of %s has %d entries, and %v", r.SiteKey, r.Entries, r.Findings)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An entry is part of its mutation: if that fails there is none, and each field of a document has one.
func TestAuditEntriesAreOfTheTransaction(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.Platform.Ask(twoChanges, nil)
		if list := entriesOf(s, nil); len(list) != 0 {
			t.Errorf("a document that failed left %q", list)
		}
		s.Platform.Get(nil, `mutation {
			first: importLocations(input: {locations: [{key: "l", name: "L"}]}) { userErrors { code } }
			second: importLocations(input: {locations: [{key: "m", name: "M"}]}) { userErrors { code } } }`, nil)
		want := []string{"IMPORT_LOCATIONS; Locations added or changed: <nil> → 1", "IMPORT_LOCATIONS; Locations added or changed: <nil> → 1"}
		if diff := cmp.Diff(want, entriesOf(s, nil)); diff != "" {
			t.Errorf("two fields (-want +got):\n%s", diff)
		}
		verifySound(t, s.Client)
	})
}

// Pages of the log join without gaps, in both directions.
func TestPagesOfTheAuditLog(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for i := range 5 {
			err := auditlog.Append(s.Ctx, s.Client, storetest.Now().Add(time.Duration(i)*time.Hour), auditlog.Entry{
				Action: "START_SYNC", Actor: "ann", Changes: []audit.Change{{Field: "n", After: fmt.Sprint(i)}},
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		var sequences []float64
		for after := any(nil); ; {
			tree := s.Staff.Tree(`query($a: Cursor) { auditEvents(first: 2, after: $a) { edges { node { sequence } } pageInfo { hasNextPage endCursor } } }`, row{"a": after})
			for _, e := range graphtest.At(t, tree, "auditEvents.edges").([]any) {
				sequences = append(sequences, graphtest.At(t, e, "node.sequence").(float64))
			}
			if graphtest.At(t, tree, "auditEvents.pageInfo.hasNextPage") == false {
				break
			}
			after = graphtest.At(t, tree, "auditEvents.pageInfo.endCursor")
		}
		if diff := cmp.Diff([]float64{5, 4, 3, 2, 1}, sequences); diff != "" {
			t.Errorf("sequences (-want +got):\n%s", diff)
		}
	})
}

// The streams of settings and alerts begin with all there is, and then name what changes.
func TestSettingsAndAlertsChanged(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		settings := s.Staff.Subscribe(`subscription { settingsChanged { sequence settings } }`, nil)
		defer settings.Close()
		first := settings.Tree()
		if all := graphtest.At(t, first, "settings").([]any); len(all) != 7 {
			t.Errorf("the stream begins with %v", all)
		}
		s.Staff.Get(nil, `mutation { updateImportSettings(input: {onHand: false}) { userErrors { code } } }`, nil)
		next := settings.Tree()
		if diff := cmp.Diff([]any{"importSettings"}, graphtest.At(t, next, "settings")); diff != "" {
			t.Errorf("changed (-want +got):\n%s", diff)
		}
		if graphtest.At(t, next, "sequence").(float64) <= graphtest.At(t, first, "sequence").(float64) {
			t.Errorf("the sequence does not grow: %v, %v", first, next)
		}

		alerts := s.Staff.Subscribe(`subscription { alertsChanged { sequence alertIds } }`, nil)
		defer alerts.Close()
		if ids := graphtest.At(t, alerts.Tree(), "alertIds").([]any); len(ids) != 0 {
			t.Errorf("the stream begins with %v", ids)
		}
		if err := orderbook.Raise(s.Ctx, s.Client, orderbook.Alert{Cause: "c", Code: "X", Message: message.Plain("M.")}, s.API.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		s.API.Bus.Publish(orderbook.AlertTopic(s.Site.ID)) // as the transaction of a job does
		id := s.Client.Alert.Query().OnlyX(s.Ctx).ID
		if diff := cmp.Diff([]any{id}, graphtest.At(t, alerts.Tree(), "alertIds")); diff != "" {
			t.Errorf("raised (-want +got):\n%s", diff)
		}
		s.Staff.Get(nil, `mutation($id: ID!) { dismissAlert(input: {alertId: $id, reason: "known"}) { userErrors { code } } }`, row{"id": id})
		if diff := cmp.Diff([]any{id}, graphtest.At(t, alerts.Tree(), "alertIds")); diff != "" {
			t.Errorf("dismissed (-want +got):\n%s", diff)
		}
	})
}

// Samples of the last day are listed, the oldest first, and no others.
func TestBudgetSamples(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for i, age := range []time.Duration{25 * time.Hour, 2 * time.Hour, time.Hour, time.Minute} {
			s.Client.BudgetSample.Create().SetMinute(i).SetLevel(float64(i)).SetSize(60).SetDripPerSecond(1).
				SetSampledAt(s.API.Clock.Now().Add(-age)).ExecX(s.Ctx)
		}
		levels := func(last int) string {
			tree := s.Staff.Tree(`query($n: Int!) { budgetSamples(last: $n) { level } }`, row{"n": last})
			text, err := json.Marshal(graphtest.At(t, tree, "budgetSamples"))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		if got, want := levels(1440), `[{"level":1},{"level":2},{"level":3}]`; got != want {
			t.Errorf("the day has %s, want %s", got, want)
		}
		if got, want := levels(2), `[{"level":2},{"level":3}]`; got != want {
			t.Errorf("the last two are %s, want %s", got, want)
		}
		if answer := s.Staff.Ask(`{ budgetSamples(last: 1441) { level } }`, nil); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("too many: %s", answer.Body)
		}
	})
}

// An export of orders that have theirs already leaves no entry in the audit log.
func TestExportsThatChangeNothingAreNotAudited(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		s.SetUpExports()
		id := s.Sell(graphtest.NewOrder("a"))
		for range 2 {
			s.Must("exportOrders", row{"orderIds": []string{id}})
		}
		if n := s.Client.AuditEvent.Query().Where(auditevent.Action("EXPORT_ORDERS")).CountX(s.Ctx); n != 1 {
			t.Errorf("%d entries, want that of the first", n)
		}
	})
}
