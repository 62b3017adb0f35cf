package web_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/graph"
	"possync/graph/graphtest"
	"possync/internal/clock"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/event"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
	"possync/internal/secret"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
	"possync/server/web"
)

// api is the server's handler on a store. A token is the site's key, with "/late" after it for one that has ended.
type api struct {
	t       testing.TB
	url     string
	log     *logBuffer
	clock   *clock.Manual
	revoked map[string]bool // tokens that are no longer accepted

	token string // of the site, with another role than to view after a slash
}

func newAPI(t testing.TB, client *ent.Client, change ...func(*graph.Deps)) *api {
	t.Helper()
	a := &api{t: t, log: &logBuffer{}, token: "world", clock: clock.NewManual(storetest.Now()), revoked: map[string]bool{}}
	key, err := secret.GenerateKey("k")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secret.ParseKeys(key)
	if err != nil {
		t.Fatal(err)
	}
	box, err := secret.NewBox(keys)
	if err != nil {
		t.Fatal(err)
	}
	deps := graph.Deps{
		Client: client, Bus: event.NewBus(), Clock: a.clock, Logger: slog.New(slog.NewJSONHandler(a.log, nil)),
		Box: box, PublicURL: "http://possync.example", OAuth: graphtest.OAuth{}, NewVerifier: func() string { return "v" },
	}
	for _, c := range change {
		c(&deps)
	}
	deps.Streams, deps.Contacts = graph.NewStreams(deps), graph.NewContacts(deps)
	t.Cleanup(func() {
		if err := deps.Streams.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	options := graph.HTTPOptions{Authenticate: func(ctx context.Context, token string) (context.Context, time.Time, error) {
		key, late := strings.CutSuffix(token, "/late")
		role := tenant.RoleView
		for _, other := range []tenant.Role{tenant.RoleManage, tenant.RoleService} {
			if site, ok := strings.CutSuffix(key, "/"+string(other)); ok {
				key, role = site, other
			}
		}
		if key == "" || a.revoked[token] {
			return ctx, time.Time{}, errors.New("bad token")
		}
		end := time.Now().Add(time.Hour)
		if late {
			end = time.Now()
		}
		return tenant.NewContext(ctx, tenant.Principal{SiteID: tenant.SiteID(key), SiteKey: key, Role: role, UserID: "u", ExpiresAt: end}), end, nil
	}}
	handler, err := web.New(web.Options{
		GraphQL: graph.NewHandler(deps, options), Items: graph.NewItemExport(deps, options), Products: graph.NewFeedExport(deps, options),
		Schema: graph.NewSchemaFile(deps, options), Pages: http.NotFoundHandler(),
		PublicURL: &url.URL{Scheme: "http", Host: "possync.example"}, Logger: deps.Logger,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func (a *api) do(method, path, token string, body []byte) *http.Response {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), method, a.url+path, bytes.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// ask posts a query that must succeed.
func (a *api) ask(into any, query string, variables map[string]any) {
	a.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		a.t.Fatal(err)
	}
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.NewDecoder(a.do("POST", "/graphql", a.token, body).Body).Decode(&answer); err != nil {
		a.t.Fatal(err)
	}
	if answer.Errors != nil {
		a.t.Fatalf("%s\nanswers %s", query, answer.Errors)
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		a.t.Fatal(err)
	}
}

// table gets the items as CSV: a map from column to cell for each row.
func (a *api) table(filter url.Values) []map[string]string {
	a.t.Helper()
	response := a.do("GET", "/export/items.csv?"+filter.Encode(), "world", nil)
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		a.t.Fatalf("%d %s: %v", response.StatusCode, body, err)
	}
	text, marked := bytes.CutPrefix(body, []byte("\ufeff"))
	if !marked {
		a.t.Fatal("no byte order mark")
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		a.t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

type item struct {
	LightspeedItemID, SystemSku, Description, Brand, MatchState, Upc, Ean, CustomSku, ManufacturerSku string

	Archived  bool
	Diagnosis struct {
		Displayed bool
		Reasons   []struct {
			Code            string
			Blocking        bool
			Message, Advice string
		}
	}
}

// list pages through posItems.
func (a *api) list(where map[string]any, order string, size int) (all []item, total int) {
	a.t.Helper()
	var after *string
	for {
		var page struct {
			PosItems struct {
				TotalCount int
				Edges      []struct{ Node item }
				PageInfo   struct {
					HasNextPage bool
					EndCursor   *string
				}
			}
		}
		a.ask(&page, `query($w: PosItemWhere, $a: Cursor, $n: Int, $o: PosItemOrder) { posItems(where: $w, after: $a, first: $n, orderBy: $o) { totalCount pageInfo { hasNextPage endCursor }
			edges { node { lightspeedItemId systemSku description brand matchState archived upc ean customSku manufacturerSku
				diagnosis { displayed reasons { code blocking message advice } } } } } }`,
			map[string]any{"w": where, "a": after, "n": size, "o": map[string]any{"field": order}})
		for _, edge := range page.PosItems.Edges {
			all = append(all, edge.Node)
		}
		if total = page.PosItems.TotalCount; !page.PosItems.PageInfo.HasNextPage {
			return all, total
		}
		after = page.PosItems.PageInfo.EndCursor
	}
}

// Over random sites and filters, the list, its count, the summary and the file agree with what a full listing says.
func TestDiagnosisAgreesWithTheListing(t *testing.T) {
	databasetest.NotRaced(t)
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
				w := jobstest.New(t, client, sandbox.Options{Items: 120, Shops: 2, Seed: seed})
				a := newAPI(t, client)
				rng := rand.New(rand.NewPCG(seed, 11))
				w.ImportCatalogue(2)
				a.agree(w, rng, 2) // nothing yet
				w.Connect("admin")
				h := jobstest.NewHistory(w, seed, func() (*ent.Client, func()) {
					other := databasetest.Reopen(t, db)
					return store.NewClient(other), func() { _ = other.Close() }
				})
				w.Work()
				a.agree(w, rng, 5) // no shop is mapped
				w.MapAll()
				for range 15 {
					h.Step()
				}
				h.Settle(w.CheckStock)
				w.CheckEvaluation()
				a.agree(w, rng, 25)
				w.ChangeRules(retail.ImportRules{CostBasis: retail.CostMSRP, RequiredIdentifiers: retail.RequireGTINAndMPN})
				w.Work()
				a.agree(w, rng, 5) // a rule is on no more
			})
		})
	}
}

// agree compares all ways of asking over random filters.
func (a *api) agree(w *jobstest.Fixture, rng *rand.Rand, times int) {
	a.t.Helper()
	all, _ := a.list(nil, "DESCRIPTION", 100)
	inStock := stocked(a.t, w)
	for range times {
		where, keeps := filter(rng, all, inStock)
		var want []item
		for _, it := range all {
			if keeps(it) {
				want = append(want, it)
			}
		}
		byNumber := func(x, y item) int { return cmp.Compare(number(x), number(y)) }
		slices.SortFunc(want, byNumber)
		for _, order := range []string{"DESCRIPTION", "BRAND"} {
			got, total := a.list(where, order, 1+rng.IntN(60))
			if slices.SortFunc(got, byNumber); total != len(want) || gocmp.Diff(want, got) != "" {
				a.t.Fatalf("%v by %s: totalCount %d, want %d\n%s", where, order, total, len(want), gocmp.Diff(want, got))
			}
		}
		a.summaryAgrees(where, want)
		a.fileAgrees(where, want, inStock)
	}
}

func number(it item) int {
	n, _ := strconv.Atoi(it.LightspeedItemID)
	return n
}

// stocked returns the items that a mapped shop can sell: what it has on hand, what it can make of components, and what needs no
// count. What was sold before it was made is gone from the components, and what is
// reserved, or held for open orders, cannot be sold.
func stocked(t testing.TB, w *jobstest.Fixture) map[string]bool {
	t.Helper()
	type place struct{ item, shop int64 }
	onHand, owed := map[place]int64{}, map[place]int64{}
	for _, s := range w.Client.ShopStock.Query().AllX(w.Ctx) {
		onHand[place{s.LightspeedItemID, s.LightspeedShopID}] = s.OnHand
	}
	items := w.Client.PosItem.Query().AllX(w.Ctx)
	shops := w.Client.Shop.Query().WithMapping(func(q *ent.StoreMappingQuery) { q.WithLocation() }).AllX(w.Ctx)
	for at, units := range w.HeldUnits(items) {
		owed[place{at.Item, at.Shop}] += units
	}
	for _, shop := range shops {
		for _, it := range items {
			for _, c := range it.Components {
				owed[place{c.ItemID, shop.LightspeedID}] += max(-onHand[place{it.LightspeedID, shop.LightspeedID}], 0) * c.Units
			}
		}
	}
	found := map[string]bool{}
	for _, shop := range shops {
		if shop.Edges.Mapping == nil || shop.Archived {
			continue
		}
		left := func(item int64) int64 {
			at := place{item, shop.LightspeedID}
			return max(max(onHand[at], 0)-owed[at]-shop.Edges.Mapping.Edges.Location.Reserve, 0)
		}
		for _, it := range items {
			var made int64
			for n, c := range it.Components {
				if can := left(c.ItemID) / c.Units; n == 0 || can < made {
					made = can
				}
			}
			if it.ItemKind == retail.ItemNonInventory || left(it.LightspeedID)+made > 0 {
				found[strconv.FormatInt(it.LightspeedID, 10)] = true
			}
		}
	}
	return found
}

// filter draws a filter, and tells what it should keep.
func filter(rng *rand.Rand, all []item, inStock map[string]bool) (where map[string]any, keeps func(item) bool) {
	where = map[string]any{}
	var tests []func(item) bool
	add := func(name string, value any, test func(item) bool) {
		if rng.IntN(5) == 0 {
			where[name] = value
			tests = append(tests, test)
		}
	}
	flag := rng.IntN(2) == 0
	add("displayed", flag, func(it item) bool { return it.Diagnosis.Displayed == flag })
	add("inStock", flag, func(it item) bool { return inStock[it.LightspeedItemID] == flag })
	add("linked", !flag, func(it item) bool { return (it.MatchState == "LINKED") == !flag })
	add("archived", !flag, func(it item) bool { return it.Archived == !flag })
	states := retail.MatchState("").Values()
	state := states[rng.IntN(len(states))]
	add("matchState", state, func(it item) bool { return it.MatchState == state })
	codes := retail.ReasonCode("").Values()
	rng.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
	some := slices.Clone(codes[:rng.IntN(4)])
	add("reasons", some, func(it item) bool { return found(it, some, false) })
	others := slices.Clone(codes[4 : 5+rng.IntN(3)])
	add("blockingReasons", others, func(it item) bool { return found(it, others, true) })
	if len(all) > 0 {
		it := all[rng.IntN(len(all))]
		add("brand", it.Brand, func(other item) bool { return other.Brand == it.Brand })
		add("lightspeedItemIds", []string{it.LightspeedItemID}, func(other item) bool { return other.LightspeedItemID == it.LightspeedItemID })
		text := []string{it.SystemSku, it.ManufacturerSku, it.CustomSku, it.Upc, it.Ean, it.Description}[rng.IntN(6)]
		if code, problem := retail.ParseGTIN(text); problem == retail.CodeOK {
			text = string(code[:3]) + " " + string(code[3:9]) + "-" + string(code[9:]) // its 14 digits, as people type them
		}
		add("search", strings.ToLower(text), func(other item) bool { return matches(other, strings.ToLower(text)) })
	}
	return where, func(it item) bool {
		return !slices.ContainsFunc(tests, func(test func(item) bool) bool { return !test(it) })
	}
}

func found(it item, codes []string, blocking bool) bool {
	for _, r := range it.Diagnosis.Reasons {
		if slices.Contains(codes, r.Code) && (r.Blocking || !blocking) {
			return true
		}
	}
	return false
}

func matches(it item, text string) bool {
	text = strings.TrimSpace(text)
	if code, problem := retail.ParseGTIN(text); problem == retail.CodeOK {
		for _, own := range []string{it.Upc, it.Ean} {
			if parsed, problem := retail.ParseGTIN(own); problem == retail.CodeOK && parsed == code {
				return true
			}
		}
	}
	for _, own := range []string{it.Description, it.Brand, it.SystemSku, it.CustomSku, it.ManufacturerSku, it.Upc, it.Ean} {
		if strings.Contains(strings.ToLower(own), text) {
			return true
		}
	}
	return false
}

type reasonCount struct {
	Code            string
	Count, Blocking int
	Message, Advice string
}

func (a *api) summaryAgrees(where map[string]any, items []item) {
	a.t.Helper()
	var got struct {
		DiagnosisSummary struct {
			Total, Displayed, NotDisplayed int
			Reasons                        []reasonCount
		}
	}
	a.ask(&got, `query($w: PosItemWhere) { diagnosisSummary(where: $w) { total displayed notDisplayed reasons { code count blocking message advice } } }`,
		map[string]any{"w": where})
	counts, displayed := map[string]reasonCount{}, 0
	for _, it := range items {
		if it.Diagnosis.Displayed {
			displayed++
		}
		for _, r := range it.Diagnosis.Reasons {
			c := counts[r.Code]
			c.Code, c.Message, c.Advice = r.Code, r.Message, r.Advice
			if c.Count++; r.Blocking {
				c.Blocking++
			}
			counts[r.Code] = c
		}
	}
	s := got.DiagnosisSummary
	if s.Total != len(items) || s.Displayed != displayed || s.NotDisplayed != len(items)-displayed {
		a.t.Fatalf("%v: %+v, want %d items and %d displayed", where, s, len(items), displayed)
	}
	if !slices.IsSortedFunc(s.Reasons, func(x, y reasonCount) int { return cmp.Compare(y.Count, x.Count) }) {
		a.t.Errorf("not the most frequent first: %+v", s.Reasons)
	}
	byCode := func(x, y reasonCount) int { return cmp.Compare(x.Code, y.Code) }
	slices.SortFunc(s.Reasons, byCode)
	want := slices.SortedFunc(maps.Values(counts), byCode)
	if len(want)+len(s.Reasons) > 0 && gocmp.Diff(want, s.Reasons) != "" {
		a.t.Fatalf("%v: reasons\n%s", where, gocmp.Diff(want, s.Reasons))
	}
}

func (a *api) fileAgrees(where map[string]any, items []item, inStock map[string]bool) {
	a.t.Helper()
	query := url.Values{}
	singular := map[string]string{"reasons": "reason", "blockingReasons": "blockingReason", "lightspeedItemIds": "lightspeedItemId"}
	for name, value := range where {
		if list, ok := value.([]string); ok {
			if len(list) == 0 {
				return // an empty list cannot be told from none in a query string
			}
			query[singular[name]] = list
			continue
		}
		query.Set(name, fmt.Sprint(value))
	}
	var want []map[string]string
	for _, it := range items {
		var codes, blocking, messages, advice []string
		for _, r := range it.Diagnosis.Reasons {
			if codes = append(codes, r.Code); r.Blocking {
				blocking = append(blocking, r.Code)
			}
			messages, advice = append(messages, r.Message), append(advice, r.Advice)
		}
		want = append(want, map[string]string{
			"lightspeedItemId": it.LightspeedItemID, "systemSku": it.SystemSku, "upc": it.Upc, "ean": it.Ean, "brand": it.Brand,
			"description": it.Description, "matchState": it.MatchState, "archived": fmt.Sprint(it.Archived),
			"displayed": fmt.Sprint(it.Diagnosis.Displayed), "inStock": fmt.Sprint(inStock[it.LightspeedItemID]),
			"reasons": strings.Join(codes, "; "), "blockingReasons": strings.Join(blocking, "; "),
			"messages": strings.Join(messages, " "), "advice": strings.Join(advice, " "),
			"customSku": it.CustomSku, "manufacturerSku": it.ManufacturerSku,
		})
	}
	got := a.table(query)
	for _, row := range got {
		for _, other := range []string{"category", "onHand", "reserve", "held", "available"} { // see TestItemsFileHasStock
			delete(row, other)
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		a.t.Fatalf("%v: the file differs\n%s", query, diff)
	}
}
