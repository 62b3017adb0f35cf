package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"possync/ent"
	"possync/ent/intercept"
	"possync/ent/orderexport"
	"possync/ent/weborder"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/pid"
	"possync/internal/records/orderbook"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Nothing of a site shows in, or is changed by, whatever another site asks, by any root field, argument, id, key, cursor,
// edge or subscription; and what is another's cannot be distinguished from what is not there.
func TestSweep(t *testing.T) {
	skipVolume(t)
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		t.Parallel()
		s := newSweep(t, client, client, db)
		if db.Dialect == dialect.Postgres { // whose statements are the same ones: the rows that refer to b's, as others may not
			s.pool.IDs = s.a.FirstIDs()
		}
		for _, failure := range s.run() {
			t.Error(failure)
		}
	})
}

// The sweep notices when the guard lets one entity's rows through, whichever it is.
func TestSweepCatchesALeak(t *testing.T) {
	skipVolume(t)
	t.Parallel()
	client, db := storetest.Any(t)
	s := newSweep(t, client, client, db)
	for _, e := range tenancytest.Entities(t, client) {
		if hidden[e.Name] {
			continue
		}
		s.api, s.failures = graphtest.New(t, leaky(db, e), unbounded), nil
		for _, field := range rootFields(s.schema.Query) {
			op := graphtest.Plain(s.schema, ast.Query, field, s.pool, 1)
			if field.Name == "nodes" {
				op.Variables["ids"] = anys(s.pool.IDs)
			}
			s.try(op)
		}
		if len(s.failures) == 0 {
			t.Errorf("a leak of %s went unnoticed", e.Name)
		}
	}
}

// hidden are the entities that no query shows anything of: what they hold is the program's own, or sent by a subscription, or
// shown only where something else of the site's refers to it.
var hidden = map[string]bool{
	ent.TypeConnectAttempt: true, ent.TypePosLabel: true, ent.TypeTokenRevocation: true, ent.TypeRevokedToken: true, ent.TypeDrift: true, ent.TypeSettingChange: true,
	ent.TypeAuditChain: true, ent.TypeBudgetSample: true,
	ent.TypeUnusableRow: true, ent.TypeExportLock: true, ent.TypePlatformContact: true, ent.TypeExportQueue: true, ent.TypeClientMutation: true, ent.TypeOrderNotice: true, ent.TypePosClaim: true, ent.TypeExportEvent: true, ent.TypeRegisterRoute: true, ent.TypeStoreMapping: true,
}

// leaky returns a client that is guarded but for reading one entity.
func leaky(db *database.DB, entity tenancytest.Entity) *ent.Client {
	client := ent.NewClient(ent.Driver(leakyDriver{entsql.OpenDB(db.Dialect, db.SQL), entity.Table.Name}))
	client.Intercept(intercept.TraverseFunc(func(ctx context.Context, q intercept.Query) error {
		siteID, _ := tenant.Scope(ctx)
		switch q.Type() {
		case entity.Name:
		case ent.TypeSite:
			q.WhereP(entsql.FieldEQ("id", siteID))
		default:
			q.WhereP(entsql.FieldEQ("site_id", siteID))
		}
		return nil
	}))
	return client
}

// leakyDriver sends the statement that reads a site's settings as if it had forgotten whose rows of a table to take.
type leakyDriver struct {
	*entsql.Driver
	table string
}

func (d leakyDriver) Query(ctx context.Context, query string, args, v any) error {
	list := `FROM "` + d.table + `" AS t WHERE `
	return d.Driver.Query(ctx, strings.Replace(query, list, list+"TRUE OR ", 1), args, v)
}

// The sweep's operations show its own site everything there is: so they would show another's.
func TestSweepReachesEverything(t *testing.T) {
	skipVolume(t)
	t.Parallel()
	client, db := storetest.Any(t)
	s := newSweep(t, client, client, db)
	s.pool.IDs = s.a.FirstIDs()
	seen := map[string]bool{}
	ctx := s.a.Context(t.Context())
	client.PricingSettings.Update().SetEnabled(true).SetRegularLevelID(s.a.IDs["price_levels"][0]).
		SetSaleLevelID(s.a.IDs["price_levels"][1]).ExecX(ctx)
	client.Product.Update().ClearHeldPrice().ExecX(ctx)
	client.PosItem.Update().ClearHeldPrices().SetPrices([]retail.LevelPrice{{LevelID: 1, Amount: 20_000}, {LevelID: 2, Amount: 10_000}}).ExecX(ctx)
	client.PosItem.UpdateOneID(s.a.IDs["pos_items"][1]).SetPrices(nil).ExecX(ctx)
	client.ExportSettings.Update().SetEmployeeID(s.a.IDs["employees"][1]).SetRegisterID(s.a.IDs["registers"][1]).
		SetStatusAfterID(s.a.IDs["order_status"][1]).ExecX(ctx)
	s.fillOrders(ctx, client)
	client.Alert.UpdateOneID(s.a.IDs["alerts"][1]).ClearResolvedAt().ClearDismissedAt().ExecX(ctx)
	for n := range 12 { // so many that hiding them has to be acknowledged
		client.PosItem.Create().SetLightspeedID(int64(9000 + n)).SetDescription("shown").SetDisplayed(true).ExecX(ctx)
	}
	for name, input := range map[string]map[string]any{ // previews of what changes something
		"previewSaleDates": {"where": map[string]any{}, "startDate": "2026-06-01", "endDate": "2026-06-02"},
		"previewSettings":  {"importSettings": map[string]any{"onHand": false, "onOrder": false, "reorder": false}},
	} {
		everything := graphtest.Plain(s.schema, ast.Query, s.schema.Query.Fields.ForName(name), s.pool, 2)
		everything.Variables = map[string]any{"input": input}
		var shown any
		_ = json.Unmarshal(s.ask(s.a, everything).Data, &shown)
		gather(shown, seen)
	}
	confirm := graphtest.Plain(s.schema, ast.Mutation, s.schema.Mutation.Fields.ForName("confirmMatches"), s.pool, 2)
	confirm.Variables = map[string]any{"input": map[string]any{"posItemIds": append([]string{"itm_of_nobody"}, s.a.IDs["pos_items"]...)}}
	var confirmed any
	_ = json.Unmarshal(s.ask(s.a, confirm).Data, &confirmed)
	gather(confirmed, seen)
	export := graphtest.Plain(s.schema, ast.Mutation, s.schema.Mutation.Fields.ForName("exportOrders"), s.pool, 2)
	export.Variables = map[string]any{"input": map[string]any{"orderIds": append([]string{"ord_of_nobody"}, s.a.IDs["web_orders"]...)}}
	var exported any
	_ = json.Unmarshal(s.ask(s.a, export).Data, &exported)
	gather(exported, seen)
	matches := client.SyncState.Query().OnlyX(ctx).MatchSequence + 1 // one item alone has changed since
	client.SyncState.Update().SetMatchAllSequence(0).SetMatchSequence(matches).ExecX(ctx)
	client.PosItem.UpdateOneID(s.a.IDs["pos_items"][0]).SetMatchSequence(matches).ExecX(ctx)
	settings := client.AlertEmailSettings.Query().OnlyX(ctx).Update().SetAddresses("ann@a.example").SaveX(ctx)
	client.AlertEmail.Create().SetAddress(settings.Addresses).SetKind(retail.AlertEmailTest).SetSubject("Test").SetBody("Test").ExecX(ctx)
	for _, kind := range append(kinds[:], ast.Query) { // once more, as the changes have left it
		for _, field := range rootFields(s.root(kind)) {
			for _, op := range graphtest.Operations(s.schema, kind, field, s.pool) {
				var data any
				_ = json.Unmarshal(s.ask(s.a, op).Data, &data)
				gather(data, seen)
			}
		}
	}
	s.seeErased(ctx, client, seen)
	for _, def := range s.schema.Types {
		if def.Kind != ast.Object || def.BuiltIn || s.isRoot(def) || strings.HasSuffix(def.Name, "Payload") {
			continue
		}
		for _, field := range rootFields(def) {
			if !seen[def.Name+"."+field.Name] {
				t.Errorf("no operation shows %s.%s: fill what it shows", def.Name, field.Name)
			}
		}
	}
}

// seeErased notes what shows when the orders have become old, when their customers are erased, and when the site is being deleted.
func (s *sweep) seeErased(ctx context.Context, client *ent.Client, seen map[string]bool) {
	see := func(kind ast.Operation, name string, variables map[string]any) {
		op := graphtest.Plain(s.schema, kind, s.root(kind).Fields.ForName(name), s.pool, 3)
		if variables != nil {
			op.Variables = variables
		}
		var data any
		_ = json.Unmarshal(s.ask(s.a, op).Data, &data)
		gather(data, seen)
	}
	client.WebOrder.Update().SetPlacedAt(storetest.Now().AddDate(-1, 0, 0)).ClearCustomerErasedAt().SetCustomer(retail.Customer{Email: "ann@example.com"}).ExecX(ctx)
	client.OrderExport.Update().SetState(retail.ExportExported).SetExportedAt(storetest.Now()).SetCustomerID(1).ExecX(ctx)
	client.WebOrder.Update().SetExportState(retail.ExportExported).ExecX(ctx)
	client.WebOrder.Update().Where(weborder.IDNEQ(s.a.IDs["web_orders"][1])).SetRefundOpen(false).ExecX(ctx) // the others need their customers no more
	s.api = graphtest.New(s.t, client, unbounded, func(d *graph.Deps, _ *graph.HTTPOptions) { d.CustomerDataKeep = 24 * time.Hour })
	see(ast.Query, "customerData", nil)
	see(ast.Mutation, "eraseCustomer", map[string]any{"input": map[string]any{"orderIds": s.a.IDs["web_orders"], "acknowledge": []string{"ERASES_UNEXPORTED"}}})
	client.SyncState.Update().SetDeletionRequestedAt(storetest.Now()).SetDeletionRequestedBy("ann").ExecX(ctx)
	see(ast.Query, "siteDeletion", nil)
}

// fillOrders has an order stand in the POS with a refund that is to be made there too, another wait for its export, and one be taken in.
func (s *sweep) fillOrders(ctx context.Context, client *ent.Client) {
	order := s.a.IDs["web_orders"][1]
	client.WebOrder.UpdateOneID(order).SetExportState(retail.ExportExported).ExecX(ctx)
	client.OrderExport.Update().SetState(retail.ExportQueued).SetSent(true).ClearExportedAt().ExecX(ctx) // sent: the site's pause holds up no other
	exported := client.OrderExport.Query().Where(orderexport.OrderID(order)).OnlyX(ctx)
	client.Alert.Create().SetCause(orderbook.FailedCause).SetCode("EXPORTS_FAILED").SetMessage("It failed.").
		SetFirstAt(time.Now()).SetLastAt(time.Now()).ExecX(ctx)
	plan := exported.Plan
	plan.RegisterID = client.Register.GetX(ctx, s.a.IDs["registers"][1]).LightspeedID
	plan.Payments = []retail.SalePayment{{Method: "Card", Amount: 1, TypeID: client.PaymentType.GetX(ctx, s.a.IDs["payment_types"][1]).LightspeedID}}
	exported.Update().SetState(retail.ExportExported).SetExportedAt(exported.RequestedAt.Add(time.Minute)).SetPlan(plan).ExecX(ctx)
	client.OrderRefund.Create().SetOrderID(order).SetKey("open").SetAmount(1).SetAfterExport(true).ExecX(ctx)
	s.pool.Named["currencyCode"] = "USD" // the site's
}

// gather notes each field that has a value.
func gather(tree any, seen map[string]bool) {
	switch v := tree.(type) {
	case []any:
		for _, element := range v {
			gather(element, seen)
		}
	case map[string]any:
		for name, value := range v {
			list, isList := value.([]any)
			if value != nil && (!isList || len(list) > 0) {
				seen[fmt.Sprintf("%v.%s", v["__typename"], graphtest.Name(name))] = true
			}
			gather(value, seen)
		}
	}
}

// sweep tries everything as site b on site a.
type sweep struct {
	t        *testing.T
	schema   *ast.Schema
	api      *graphtest.API
	db       *database.DB
	a, b     *tenancytest.Site
	pool     graphtest.Pool // of a's
	before   map[string]string
	absentID map[string]string // an id of nothing for each kind
	nothing  map[string]string // answers about what is not there
	failures []string
}

func newSweep(t *testing.T, filling, tested *ent.Client, db *database.DB) *sweep {
	s := &sweep{
		t: t, schema: schema(), db: db, api: graphtest.New(t, tested, unbounded),
		a: tenancytest.Fill(t, filling, "a", "Quaxa", 3),
		b: tenancytest.Fill(t, filling, "b", "Quaxb", 2), absentID: map[string]string{}, nothing: map[string]string{},
	}
	s.b.LinkToOther(t, filling, db, s.a)
	s.a.LinkToOther(t, filling, db, s.b)
	s.pool = graphtest.Pool{
		IDs:     s.a.SomeIDs(),
		Texts:   []string{"key-4", "3", "key-1", "1", ""}, // the first two are a's alone
		Cursors: s.cursors(graphtest.New(t, filling, unbounded)),
		Named: map[string]any{
			"currencyCode": "USD", "placedAt": "2026-05-01T10:00:00Z", "sourceVersion": 1, "quantity": "1", "unitPrice": "1", "amount": "1", "timeZone": "Europe/Berlin", "price": "1.50", "returnUrl": "https://shop.example/back",
			"intervalMinutes": 15, "windowStart": "05:00", "windowEnd": "23:00", "search": s.a.Marker, "fromDate": "2026-04-01", "toDate": "2026-06-01", "brand": s.a.Marker + " brand 1",
		},
	}
	s.before = s.a.Dump(t, db)
	return s
}

// cursors returns the cursors of a's lists.
func (s *sweep) cursors(api *graphtest.API) (cursors []string) {
	for _, field := range rootFields(s.schema.Query) {
		if strings.HasSuffix(field.Type.Name(), "Connection") {
			tree := api.As(s.t, "a", tenant.RoleView).Tree(fmt.Sprintf("{ %s { edges { cursor } } }", field.Name), nil)
			cursors = append(cursors, graphtest.At(s.t, tree, field.Name+".edges.0.cursor").(string))
		}
	}
	return cursors
}

// kinds are the kinds of operations, those that change nothing first.
var kinds = [...]ast.Operation{ast.Query, ast.Subscription, ast.Mutation}

func (s *sweep) root(kind ast.Operation) *ast.Definition {
	return map[ast.Operation]*ast.Definition{
		ast.Query: s.schema.Query, ast.Mutation: s.schema.Mutation, ast.Subscription: s.schema.Subscription,
	}[kind]
}

func (s *sweep) isRoot(def *ast.Definition) bool {
	return def == s.schema.Query || def == s.schema.Mutation || def == s.schema.Subscription
}

func (s *sweep) run() []string {
	for _, kind := range kinds {
		s.tryAll(kind)
	}
	return s.failures
}

func (s *sweep) tryAll(kind ast.Operation) {
	pool := s.pool
	if kind == ast.Mutation { // what b writes itself, it may read
		pool.Named = maps.Clone(pool.Named)
		pool.Named["brand"] = "Neutral"
	}
	for _, field := range rootFields(s.root(kind)) {
		operations := graphtest.Operations(s.schema, kind, field, pool)
		for _, op := range operations {
			s.try(op)
		}
		if kind != ast.Mutation {
			continue
		}
		// Reading everything costs more than the mutations do: once for all of a field says as well which rows they reach.
		if diff := cmp.Diff(s.before, s.a.Dump(s.t, s.db)); diff != "" {
			s.fail(operations[0], "or another of its operations changed a's rows (-before +after):\n%s", diff)
			s.before = s.a.Dump(s.t, s.db)
		}
	}
}

func (s *sweep) fail(op graphtest.Operation, format string, args ...any) {
	s.failures = append(s.failures, fmt.Sprintf("%s %s (%s): ", op.Kind, op.Field.Name, op.Varied)+fmt.Sprintf(format, args...))
}

// try asks as b, and asks again for what is not there at all.
func (s *sweep) try(op graphtest.Operation) {
	answer := s.ask(s.b, op)
	answer.Body = withoutEchoes(answer.Body)
	s.check(op, answer.Body)
	if code := answer.Code(); code == "INTERNAL" || op.Varied == "nothing" && code != "" {
		s.fail(op, "answers %s", answer.Body)
	}
	absent, ok := s.askForNothing(op)
	if there := withoutRequestIDs(answer.Body); ok && there != absent {
		s.fail(op, "a's answers\n%s\nand what is not there\n%s", there, absent)
	}
}

// askForNothing asks with a's ids and keys replaced by ones of nothing, if there are any. Two rows of a kind become the same
// question, which is asked once.
func (s *sweep) askForNothing(op graphtest.Operation) (body string, ok bool) {
	s.t.Helper()
	twin := op
	if twin.Variables, ok = s.absent(op); !ok {
		return "", false
	}
	variables, err := json.Marshal(twin.Variables)
	if err != nil {
		s.t.Fatal(err)
	}
	question := op.Query + string(variables)
	body, asked := s.nothing[question]
	if !asked {
		body = withoutRequestIDs(withoutEchoes(s.ask(s.b, twin).Body))
		s.nothing[question] = body
	}
	return body, true
}

// check looks for anything of a's, and for secrets of anybody's.
func (s *sweep) check(op graphtest.Operation, body string) {
	for _, id := range s.a.AllIDs() {
		if strings.Contains(body, id) {
			s.fail(op, "shows a's %s", id)
			return
		}
	}
	for _, text := range []string{s.a.Marker, s.a.Numbers(), s.a.Secret, s.b.Secret} {
		if strings.Contains(body, text) {
			s.fail(op, "shows %s: %s", text, body)
			return
		}
	}
}

// absent returns the variables with a's ids, and in queries its keys, replaced by ones of nothing.
func (s *sweep) absent(op graphtest.Operation) (map[string]any, bool) {
	replaced := false
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case string:
			switch prefix, isID := pid.Prefix(v); {
			case isID && slices.Contains(s.pool.IDs, v):
				replaced = true
				if s.absentID[prefix] == "" {
					s.absentID[prefix] = pid.New(prefix)
				}
				return s.absentID[prefix]
			case op.Kind == ast.Query && v == "key-4":
				replaced = true
				return "key-9"
			case op.Kind == ast.Query && v == "3":
				replaced = true
				return "9"
			}
		case []any:
			list := make([]any, len(v))
			for i := range v {
				list[i] = walk(v[i])
			}
			return list
		case map[string]any:
			object := map[string]any{}
			for name := range v {
				object[name] = walk(v[name])
			}
			return object
		}
		return v
	}
	variables, _ := walk(op.Variables).(map[string]any)
	return variables, replaced
}

func anys(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

var requestIDs = regexp.MustCompile(`"requestId":"[^"]*"`)

var echoes = regexp.MustCompile(`("__typename":"ConfirmMatchResult",)"id":"[^"]*",`)

// withoutEchoes takes from a response the ids that it repeats because they were given.
func withoutEchoes(body string) string { return echoes.ReplaceAllString(body, "$1") }

// withoutRequestIDs takes from a response what differs each time.
func withoutRequestIDs(body string) string { return requestIDs.ReplaceAllString(body, "") }

// ask asks as somebody of the site who may, and takes one answer of a subscription.
func (s *sweep) ask(site *tenancytest.Site, op graphtest.Operation) graphtest.Answer {
	role := tenant.RoleView
	if allow := op.Field.Directives.ForName("allow"); allow != nil {
		role = tenant.Role(strings.ToLower(allow.Arguments.ForName("roles").Value.Children[0].Value.Raw))
	}
	caller := s.api.As(s.t, site.Key, role)
	if op.Kind != ast.Subscription {
		return caller.Ask(op.Query, op.Variables)
	}
	stream := caller.Subscribe(op.Query, op.Variables)
	defer stream.Close()
	return stream.Next()
}
