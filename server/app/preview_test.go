package app_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/graphtest"
	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/lightspeed/sandbox"
	"possync/internal/records/display"
	"possync/internal/records/display/displaytest"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/synclog"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/jobs/jobstest"
)

// shopFloor is a site with random items, whose settings people change over the API and whose items the jobs evaluate.
type shopFloor struct {
	*jobstest.Fixture
	graphtest.Caller
	t    *testing.T
	shop *displaytest.Shop
	rng  *rand.Rand
}

func newShopFloor(t *testing.T, client *ent.Client, seed uint64, items int) *shopFloor {
	f := &shopFloor{t: t, rng: rand.New(rand.NewPCG(seed, 3))}
	f.Fixture = jobstest.New(t, client, sandbox.Options{Items: 1, Shops: 1})
	f.Caller = graphtest.New(t, client).As(t, f.Site.Key, tenant.RoleManage)
	f.shop = displaytest.Fill(t, f.Ctx, client, f.rng, f.Site.ID, 3, items)
	client.LightspeedLink.Create().SetState(retail.LinkConnected).SetAccountID("1").SetAccountName("A").SetEmployeeName("E").
		SetConnectedBy("ann").SetConnectedAt(f.Clock.Now()).ExecX(f.Ctx)
	return f
}

// shown is what the website has of an item.
type shown struct {
	Displayed bool
	Reasons   []string
	Price     string
}

const shownFields = `displayed price { price { amount } onSale } reasons { code blocking }`

func readShown(state any, reasons []any, price any) shown {
	s := shown{Displayed: state.(bool), Reasons: []string{}, Price: "none"}
	for _, r := range reasons {
		m := r.(map[string]any)
		s.Reasons = append(s.Reasons, fmt.Sprintf("%v %v", m["code"], m["blocking"]))
	}
	if p, ok := price.(map[string]any); ok {
		s.Price = fmt.Sprintf("%v %v", p["price"].(map[string]any)["amount"], p["onSale"])
	}
	return s
}

// now returns what the website has of every item, by its id.
func (f *shopFloor) now() map[string]shown {
	f.t.Helper()
	all := map[string]shown{}
	for after := any(nil); ; {
		list := f.Tree(`query($after: Cursor) { posItems(first: 100, after: $after) { edges { node { id diagnosis { displayed reasons { code blocking } }
			product { effectivePrice { price { amount } onSale } } } } pageInfo { hasNextPage endCursor } } }`, map[string]any{"after": after})["posItems"].(map[string]any)
		for _, edge := range list["edges"].([]any) {
			node := edge.(map[string]any)["node"].(map[string]any)
			var price any
			if p, ok := node["product"].(map[string]any); ok {
				price = p["effectivePrice"]
			}
			diagnosis := node["diagnosis"].(map[string]any)
			all[node["id"].(string)] = readShown(diagnosis["displayed"], diagnosis["reasons"].([]any), price)
		}
		info := list["pageInfo"].(map[string]any)
		if after = info["endCursor"]; info["hasNextPage"] != true {
			return all
		}
	}
}

// foreseen is what a preview tells.
type foreseen struct {
	counts        map[string]any
	before, after map[string]shown
	effects       map[string][]any
	order         []string // of the list
}

// preview looks at a change page by page, from the front or from the back.
func (f *shopFloor) preview(input map[string]any, where map[string]any, back, descending bool) foreseen {
	f.t.Helper()
	p := foreseen{before: map[string]shown{}, after: map[string]shown{}, effects: map[string][]any{}}
	args, variables := "first: 9, after: $at", map[string]any{"in": input, "where": where, "at": nil}
	variables["direction"] = map[bool]string{false: "ASC", true: "DESC"}[descending]
	if back {
		args = "last: 9, before: $at"
	}
	for {
		tree := f.Tree(`query($in: PreviewSettingsInput!, $at: Cursor, $where: PreviewItemWhere, $direction: OrderDirection!) {
			previewSettings(input: $in) { displayedBefore displayedAfter appearing disappearing emptying repricing needsAcknowledgement lowering acknowledgements
			userErrors { code message field }
			items(`+args+`, where: $where, orderBy: {direction: $direction}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
				edges { cursor node { item { id } effects before { `+shownFields+` } after { `+shownFields+` } } } } } }`, variables)["previewSettings"].(map[string]any)
		if wrong := tree["userErrors"].([]any); len(wrong) > 0 {
			f.t.Fatalf("%v: %v", input, wrong)
		}
		items := tree["items"].(map[string]any)
		var page []string
		for _, edge := range items["edges"].([]any) {
			node := edge.(map[string]any)["node"].(map[string]any)
			id := node["item"].(map[string]any)["id"].(string)
			if _, again := p.before[id]; again {
				f.t.Fatalf("%s is listed twice", id)
			}
			state := func(name string) shown {
				m := node[name].(map[string]any)
				return readShown(m["displayed"], m["reasons"].([]any), m["price"])
			}
			p.before[id], p.after[id], p.effects[id] = state("before"), state("after"), node["effects"].([]any)
			page = append(page, id)
		}
		info := items["pageInfo"].(map[string]any)
		delete(tree, "items")
		delete(tree, "userErrors")
		tree["total"] = items["totalCount"]
		p.counts = tree
		next, cursor := "hasNextPage", "endCursor"
		if back {
			p.order = append(page, p.order...)
			next, cursor = "hasPreviousPage", "startCursor"
		} else {
			p.order = append(p.order, page...)
		}
		if variables["at"] = info[cursor]; info[next] != true {
			return p
		}
	}
}

// change draws a random change of some of the settings.
func (f *shopFloor) change() map[string]any {
	input := map[string]any{}
	coin := func() bool { return f.rng.IntN(2) == 0 }
	if coin() {
		in := map[string]any{}
		for _, rule := range []string{"onHand", "onOrder", "reorder"} {
			if coin() {
				in[rule] = coin()
			}
		}
		if coin() {
			in["costBasis"] = []string{"DEFAULT_COST", "MSRP"}[f.rng.IntN(2)]
		}
		if coin() {
			in["requiredIdentifiers"] = []string{"GTIN_AND_MPN", "GTIN_OR_MPN"}[f.rng.IntN(2)]
		}
		input["importSettings"] = in
	}
	if coin() {
		order := f.rng.Perm(len(f.shop.Shops))
		pairs := []any{}
		for i := range 1 + f.rng.IntN(len(order)) {
			pairs = append(pairs, map[string]any{"shopId": f.shop.Shops[order[i]].ID, "locationId": f.shop.Locations[i].ID})
		}
		input["storeMappings"] = pairs
	}
	if coin() {
		reserves := []any{}
		for _, i := range f.rng.Perm(len(f.shop.Locations))[:1+f.rng.IntN(len(f.shop.Locations))] {
			reserves = append(reserves, map[string]any{"locationId": f.shop.Locations[i].ID, "units": f.rng.IntN(4)})
		}
		input["reserveStock"] = reserves
	}
	if coin() {
		levels := f.rng.Perm(len(f.shop.Levels))
		in := map[string]any{"enabled": f.rng.IntN(4) > 0, "regularPriceLevelId": f.shop.Levels[levels[0]].ID, "salePriceLevelId": nil}
		if coin() {
			in["salePriceLevelId"] = f.shop.Levels[levels[1]].ID
		}
		input["pricingSettings"] = in
	}
	return input
}

// save saves what was looked at, and lets the jobs work. It returns the codes of what was answered without the consent.
func (f *shopFloor) save(input map[string]any) (refused []string) {
	f.t.Helper()
	for name, mutation := range map[string]string{
		"importSettings":  `mutation($in: UpdateImportSettingsInput!) { updateImportSettings(input: $in) { userErrors { code message field } } }`,
		"storeMappings":   `mutation($in: SetStoreMappingsInput!) { setStoreMappings(input: $in) { userErrors { code message field } } }`,
		"reserveStock":    `mutation($in: UpdateReserveStockInput!) { updateReserveStock(input: $in) { locations { reserveStock } revision userErrors { code message field } } }`,
		"pricingSettings": `mutation($in: UpdatePricingSettingsInput!) { updatePricingSettings(input: $in) { userErrors { code message field } } }`,
	} {
		value, ok := input[name]
		if !ok {
			continue
		}
		field := strings.TrimSpace(strings.Split(strings.SplitN(mutation, "{ ", 2)[1], "(")[0])
		in := map[string]any{}
		switch name {
		case "storeMappings":
			in["mappings"] = value
		case "reserveStock":
			in["locations"] = value
		default:
			for k, v := range value.(map[string]any) {
				in[k] = v
			}
		}
		wrong := f.UserErrors(mutation, map[string]any{"in": in}, field)
		if slices.Equal(wrong, []string{"ACKNOWLEDGEMENT_REQUIRED acknowledge"}) {
			refused = append(refused, name)
			in["acknowledge"] = []string{map[bool]string{false: "HIDES_MANY", true: "LOWERS_PRICES"}[name == "pricingSettings"]}
			wrong = f.UserErrors(mutation, map[string]any{"in": in}, field)
		}
		if len(wrong) > 0 {
			f.t.Fatalf("save %v: %v", in, wrong)
		}
	}
	f.Work()
	return refused
}

// A preview tells, item by item, what saving then does: whichever settings are changed, alone or together, whatever they were,
// and whatever people decided about the items.
func TestPreviewIsWhatSavingDoes(t *testing.T) {
	seeds := uint64(18)
	if !databasetest.Volume(t) {
		seeds = 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			if seed%3 == 0 {
				storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) { previewAndSave(t, client, seed) })
				return
			}
			client, _ := storetest.Any(t)
			previewAndSave(t, client, seed)
		})
	}
}

func previewAndSave(t *testing.T, client *ent.Client, seed uint64) {
	f := newShopFloor(t, client, seed, 40)
	f.MapAllTo(f.shop)
	for range 6 {
		f.decide()
		f.Work()
		before := f.now()
		input := f.change()
		p := f.preview(input, nil, f.rng.IntN(2) == 0, false)
		f.checkList(input, p)
		if diff := gocmp.Diff(before, f.now()); diff != "" {
			t.Fatalf("the preview changed something:\n%s", diff)
		}
		f.checkRules()
		refused := f.save(input)
		f.CheckEvaluation()
		f.checkRules()
		after := f.now()
		f.check(input, p, before, after)
		if len(input) == 1 && (len(refused) > 0) != (len(p.counts["acknowledgements"].([]any)) > 0) {
			t.Errorf("%v: %v had to be acknowledged, the preview says %v", input, refused, p.counts)
		}
		delete(input, "pricingSettings")
		refused = slices.DeleteFunc(refused, func(name string) bool { return name == "pricingSettings" })
		if len(input) == 1 && (len(refused) > 0) != (p.counts["needsAcknowledgement"] == true) {
			t.Errorf("%v: %v had to be acknowledged, the preview says %v", input, refused, p.counts)
		}
	}
}

func (f *shopFloor) check(input map[string]any, p foreseen, before, after map[string]shown) {
	f.t.Helper()
	counts := map[string]any{"displayedBefore": 0., "displayedAfter": 0., "appearing": 0., "disappearing": 0., "repricing": 0., "total": 0.}
	add := func(name string, when bool) {
		if when {
			counts[name] = counts[name].(float64) + 1
		}
	}
	for id, was := range before {
		is := after[id]
		add("displayedBefore", was.Displayed)
		add("displayedAfter", is.Displayed)
		add("appearing", !was.Displayed && is.Displayed)
		add("disappearing", was.Displayed && !is.Displayed)
		amount := func(s shown) string { a, _, _ := strings.Cut(s.Price, " "); return a }
		add("repricing", amount(was) != amount(is))
		_, listed := p.before[id]
		add("total", listed)
		if changes := was.Displayed != is.Displayed || amount(was) != amount(is); changes && !listed {
			f.t.Errorf("%v: %s is not foreseen: %+v becomes %+v", input, id, was, is)
		}
		if listed {
			if diff := gocmp.Diff([]shown{was, is}, []shown{p.before[id], p.after[id]}); diff != "" {
				f.t.Errorf("%v: %s (-what happened +what was reported):\n%s", input, id, diff)
			}
		}
	}
	for name, n := range counts {
		if p.counts[name] != n {
			f.t.Errorf("%v: %s is reported as %v, it was %v", input, name, p.counts[name], n)
		}
	}
}

// checkList reads the list in the other order, and a part of it, page by page.
func (f *shopFloor) checkList(input map[string]any, p foreseen) {
	f.t.Helper()
	number := map[string]int64{}
	for _, item := range f.Client.PosItem.Query().AllX(f.Ctx) {
		number[item.ID] = item.LightspeedID
	}
	if !slices.IsSortedFunc(p.order, func(a, b string) int { return cmp.Compare(number[a], number[b]) }) {
		f.t.Errorf("%v: the list is not in order", input)
	}
	turned := f.preview(input, nil, f.rng.IntN(2) == 0, true).order
	slices.Reverse(turned)
	if diff := gocmp.Diff(p.order, turned); diff != "" {
		f.t.Errorf("%v: the list by falling numbers differs:\n%s", input, diff)
	}
	var some []any
	for _, effect := range []any{"APPEARS", "DISAPPEARS", "EMPTIED", "REPRICED"} {
		if f.rng.IntN(2) == 0 {
			some = append(some, effect)
		}
	}
	var want []string
	for _, id := range p.order {
		if slices.ContainsFunc(p.effects[id], func(e any) bool { return slices.Contains(some, e) }) {
			want = append(want, id)
		}
	}
	part := f.preview(input, map[string]any{"effects": append([]any{}, some...)}, f.rng.IntN(2) == 0, false)
	if diff := gocmp.Diff(want, part.order); diff != "" || part.counts["total"] != float64(len(want)) {
		f.t.Errorf("%v with %v: %v rows in all (-want +got):\n%s", input, some, part.counts["total"], diff)
	}
}

// checkRules holds the rules that the API works out to those that the jobs read.
func (f *shopFloor) checkRules() {
	f.t.Helper()
	site, err := settings.Read(f.Ctx, f.Client)
	if err != nil {
		f.t.Fatal(err)
	}
	rules := display.RulesOf(site)
	p := f.preview(map[string]any{}, nil, false, false)
	if p.counts["total"] != 0. || p.counts["displayedBefore"] != p.counts["displayedAfter"] {
		f.t.Fatalf("no change does something under %+v: %v", rules, p.counts)
	}
}

// decide links or rejects a random pair.
func (f *shopFloor) decide() {
	items := f.Client.PosItem.Query().Order(ent.Asc(positem.FieldLightspeedID)).AllX(f.Ctx)
	products := f.Client.Product.Query().Order(ent.Asc(product.FieldKey)).AllX(f.Ctx)
	kind := []retail.DecisionKind{retail.DecisionLink, retail.DecisionReject}[f.rng.IntN(2)]
	f.Decide(items[f.rng.IntN(len(items))], products[f.rng.IntN(len(products))], kind)
}

// MapAllTo maps every shop to the location of the same number.
func (f *shopFloor) MapAllTo(shop *displaytest.Shop) {
	for i := range shop.Shops {
		f.Client.StoreMapping.Create().SetShopID(shop.Shops[i].ID).SetLocationID(shop.Locations[i].ID).ExecX(f.Ctx)
	}
	if err := synclog.RequestEvaluation(f.Ctx, f.Client, f.Clock.Now()); err != nil {
		f.t.Fatal(err)
	}
}
