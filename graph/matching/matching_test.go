package matching_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/records/store/storetest"
	"possync/internal/retail"
)

// fixture is a retailer whose manager decides.
type fixture struct{ *graphtest.Retailer }

func run(t *testing.T, fn func(d fixture)) {
	t.Helper()
	graphtest.EachRetailer(t, func(_ *testing.T, s *graphtest.Retailer) { fn(fixture{s}) })
}

func (d fixture) item(n int64) *ent.PosItem {
	return d.Client.PosItem.Create().SetLightspeedID(n).SetDescription(fmt.Sprint("Item ", n)).SaveX(d.Ctx)
}

func (d fixture) product(key string) *ent.Product {
	return d.Client.Product.Create().SetKey(key).SetName("Product " + key).SetMatchPending(false).SaveX(d.Ctx)
}

const payload = `{ posItem { lightspeedItemId matchPending decisions { verdict idle product { key } decidedBy } } decision { id verdict }
	withdrawn { verdict posItem { lightspeedItemId } product { key } } userErrors { code field message } }`

// decide asks for a mutation and tells what became of it in a line: the errors, or the decisions that now stand about the
// item and what was withdrawn.
func (d fixture) decide(mutation string) string {
	d.T.Helper()
	type decision struct {
		Kind    string `json:"verdict"`
		Idle    bool
		PosItem struct{ LightspeedItemID string }
		Product struct{ Key string }
	}
	var out map[string]struct {
		PosItem *struct {
			LightspeedItemID string
			MatchPending     bool
			Decisions        []decision
		}
		Withdrawn  []decision
		UserErrors []struct {
			Code, Message string
			Field         []string
		}
	}
	d.Staff.Get(&out, "mutation { "+mutation+" "+payload+" }", nil)
	var words []string
	for _, result := range out {
		for _, e := range result.UserErrors {
			words = append(words, strings.Join(append([]string{e.Code}, e.Field...), " "))
		}
		if result.PosItem == nil {
			continue
		}
		if !result.PosItem.MatchPending {
			d.T.Errorf("%s: the item does not wait to be matched", mutation)
		}
		for _, s := range result.PosItem.Decisions {
			words = append(words, s.Kind+" "+s.Product.Key)
		}
		for _, s := range result.Withdrawn {
			words = append(words, fmt.Sprintf("instead of %s %s %s", s.Kind, s.PosItem.LightspeedItemID, s.Product.Key))
		}
	}
	return strings.Join(words, ", ")
}

func (d fixture) expect(mutation, want string) {
	d.T.Helper()
	if got := d.decide(mutation); got != want {
		d.T.Errorf("%s: %s; want %s", mutation, got, want)
	}
}

func linkItem(i *ent.PosItem, p *ent.Product) string {
	return fmt.Sprintf("linkItem(input: {posItemId: %q, productId: %q})", i.ID, p.ID)
}

func rejectMatch(i *ent.PosItem, p *ent.Product) string {
	return fmt.Sprintf("rejectMatch(input: {posItemId: %q, productId: %q})", i.ID, p.ID)
}

func unlinkItem(i *ent.PosItem) string {
	return fmt.Sprintf("unlinkItem(input: {posItemId: %q})", i.ID)
}

// marked returns what waits to be matched, and takes the marks away.
func (d fixture) marked() string {
	var words []string
	for _, i := range d.Client.PosItem.Query().Order(ent.Asc("lightspeed_id")).AllX(d.Ctx) {
		if i.MatchWantedAt != nil {
			words = append(words, fmt.Sprint(i.LightspeedID))
		}
	}
	for _, p := range d.Client.Product.Query().Order(ent.Asc("key")).AllX(d.Ctx) {
		if p.MatchPending {
			words = append(words, p.Key)
		}
	}
	d.Client.PosItem.Update().ClearMatchWantedAt().ExecX(d.Ctx)
	d.Client.Product.Update().SetMatchPending(false).ExecX(d.Ctx)
	return strings.Join(words, " ")
}

func TestDecisionsReplaceEachOther(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		i, j, p, q := d.item(1), d.item(2), d.product("p"), d.product("q")
		steps := []struct{ mutation, want, marked string }{
			{linkItem(i, p), "LINK p", "1 p"},
			{linkItem(i, p), "ALREADY_DECIDED", ""},
			{linkItem(j, p), "LINK p, instead of LINK 1 p", "1 2 p"},
			{linkItem(j, q), "LINK q, instead of LINK 2 p", "2 p q"},
			{linkItem(i, p), "LINK p", "1 p"},
			{linkItem(i, q), "LINK q, instead of LINK 2 q, instead of LINK 1 p", "1 2 p q"},
			{rejectMatch(i, q), "REJECT q, instead of LINK 1 q", "1 q"},
			{rejectMatch(i, q), "ALREADY_DECIDED", ""},
			{rejectMatch(i, p), "REJECT q, REJECT p", "1 p"},
			{linkItem(i, q), "REJECT p, LINK q, instead of REJECT 1 q", "1 q"},
			{unlinkItem(i), "REJECT p, instead of LINK 1 q", "1 q"},
			{unlinkItem(i), "NOT_LINKED posItemId", ""},
		}
		for n, step := range steps {
			if got := d.decide(step.mutation); got != step.want {
				t.Errorf("step %d: %s; want %s", n, got, step.want)
			}
			if got := d.marked(); got != step.marked {
				t.Errorf("step %d: to be matched: %s; want %s", n, got, step.marked)
			}
			if state := d.Client.SyncState.Query().OnlyX(d.Ctx); state.DueAt == nil {
				t.Errorf("step %d: the site is not due", n)
			}
		}
		left := d.Client.MatchDecision.Query().OnlyX(d.Ctx)
		if left.DecidedBy != "ann" || !left.DecidedAt.Equal(storetest.Now()) {
			t.Errorf("decided by %q at %v", left.DecidedBy, left.DecidedAt)
		}
		withdraw := fmt.Sprintf("withdrawDecision(input: {decisionId: %q})", left.ID)
		d.expect(withdraw, "instead of REJECT 1 p")
		d.expect(withdraw, "NOT_FOUND decisionId")
	})
}

func TestUnlinkByCodes(t *testing.T) {
	t.Parallel()
	run(t, func(d fixture) {
		i, p := d.item(1), d.product("p")
		i.Update().SetMatchState(retail.MatchLinked).SetMatchBasis(retail.ByUPC).SetProduct(p).ExecX(d.Ctx)
		d.expect(unlinkItem(i), "REJECT p")
		d.expect(unlinkItem(i), "ALREADY_DECIDED") // before it is matched again
	})
}

func TestWhatCannotBeDecided(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		i, old, p, retired := d.item(1), d.item(2), d.product("p"), d.product("retired")
		d.expect(linkItem(old, retired), "LINK retired")
		old.Update().SetArchived(true).ExecX(d.Ctx)
		retired.Update().SetActive(false).ExecX(d.Ctx)
		gone := &ent.PosItem{ID: "itm_01m83kb0bwek481sx0q6k8q612"}
		nothing := &ent.Product{ID: "prd_01m83kb0bwek481sx0q6k8q612"}
		for _, decide := range []func(*ent.PosItem, *ent.Product) string{linkItem, rejectMatch} {
			d.expect(decide(old, retired), "ARCHIVED posItemId, ARCHIVED productId")
			d.expect(decide(gone, nothing), "NOT_FOUND posItemId, NOT_FOUND productId")
		}
		d.expect(unlinkItem(gone), "NOT_FOUND posItemId")
		d.expect(linkItem(old, p), "ARCHIVED posItemId")
		// The idle decision stands, says so, and can be withdrawn.
		tree := d.Staff.Tree(`{ posItem(lightspeedItemId: "2") { decisions { idle } } }`, nil)
		if graphtest.At(t, tree, "posItem.decisions.0.idle") != true {
			t.Error("the decision about an archived item is not idle")
		}
		d.expect(unlinkItem(old), "instead of LINK 2 retired")
		for n := range 100 {
			d.Client.MatchDecision.Create().SetItem(i).SetProduct(d.product(fmt.Sprint(n))).SetVerdict(retail.DecisionReject).
				SetDecidedBy("ann").ExecX(d.Ctx)
		}
		d.expect(rejectMatch(i, p), "TOO_MANY posItemId")
	})
}

func TestReviewQueue(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		p := d.product("p")
		i, j := d.item(1), d.item(2)
		d.item(3)
		for item, rival := range map[*ent.PosItem]*ent.PosItem{i: j, j: i} {
			item.Update().SetMatchState(retail.MatchConflict).SetMatchBasis(retail.ByEAN).SetMatchReason(retail.MatchRival).
				SetCandidateIds([]string{p.ID}).SetRivalIds([]string{rival.ID}).ExecX(d.Ctx)
		}
		shop := d.Client.Shop.Create().SetLightspeedID(7).SetName("Downtown").SaveX(d.Ctx)
		location := d.Client.Location.Create().SetKey("l").SetName("L").SaveX(d.Ctx)
		for n, shopID := range map[*ent.PosItem]int64{i: 7, j: 8} { // of which 8 is not mapped
			d.Client.ShopStock.Create().SetItem(n).SetLightspeedItemID(n.LightspeedID).SetLightspeedShopID(shopID).
				SetOnHand(1).SetOnOrder(0).SetReorderPoint(0).SetReorderLevel(0).ExecX(d.Ctx)
		}
		i.Update().SetInStock(true).SetShopUnits(1).ExecX(d.Ctx) // as it is evaluated
		list := func(where string) string {
			var out struct {
				ReviewQueue struct {
					TotalCount int
					Edges      []struct {
						Node struct {
							LightspeedItemID, MatchBasis string
							Candidates                   []struct{ Key string }
							Rivals                       []struct{ LightspeedItemID string }
						}
					}
				}
			}
			d.Staff.Get(&out, "{ reviewQueue"+where+" { totalCount edges { node { lightspeedItemId matchBasis candidates { key } rivals { lightspeedItemId } } } } }", nil)
			words := []string{fmt.Sprint(out.ReviewQueue.TotalCount)}
			for _, e := range out.ReviewQueue.Edges {
				words = append(words, fmt.Sprint(e.Node))
			}
			return strings.Join(words, " ")
		}
		first, second := "{1 EAN [{p}] [{2}]}", "{2 EAN [{p}] [{1}]}"
		d.Client.StoreMapping.Create().SetShop(shop).SetLocation(location).ExecX(d.Ctx)
		for where, want := range map[string]string{
			"": "2 " + first + " " + second, "(where: {inStock: true})": "1 " + first, "(where: {inStock: false})": "1 " + second,
			`(where: {search: "item 2"})`: "1 " + second, `(where: {brand: "none"})`: "0",
			"(orderBy: {direction: DESC}, first: 1)": "2 " + second, "(where: {reasons: [RIVAL]})": "2 " + first + " " + second,
			"(where: {reasons: [DOUBT]})": "0", "(where: {setAside: true})": "0",
			"(orderBy: {field: STOCK, direction: DESC})": "2 " + first + " " + second, "(orderBy: {field: STOCK})": "2 " + second + " " + first,
			"(orderBy: {field: STOCK}, first: 1)": "2 " + second, "(orderBy: {field: STOCK}, last: 1)": "2 " + first,
		} {
			if got := list(where); got != want {
				t.Errorf("reviewQueue%s: %s; want %s", where, got, want)
			}
		}
	})
}

// The undo of a bulk confirmation brings back exactly the decisions of before, but for those that somebody has replaced since.
func TestUndoBringsBackWhatWasReplaced(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		i, j, k, l := d.item(1), d.item(2), d.item(3), d.item(4)
		p, q, r, other := d.product("p"), d.product("q"), d.product("r"), d.product("other")
		d.expect(linkItem(j, p), "LINK p")
		d.expect(linkItem(i, q), "LINK q")
		d.expect(rejectMatch(i, r), "LINK q, REJECT r")
		d.expect(linkItem(l, other), "LINK other")
		// While the other item is archived and the other product retired, their decisions are idle.
		j.Update().SetArchived(true).ExecX(d.Ctx)
		q.Update().SetActive(false).ExecX(d.Ctx)
		for item, candidate := range map[*ent.PosItem]*ent.Product{i: p, k: r} {
			item.Update().SetMatchState(retail.MatchConflict).SetMatchBasis(retail.ByUPC).SetMatchReason(retail.MatchUnconfirmed).
				SetCandidateIds([]string{candidate.ID}).ExecX(d.Ctx)
		}
		standing := func() []*ent.MatchDecision {
			return d.Client.MatchDecision.Query().Order(ent.Asc("id")).AllX(d.Ctx)
		}
		pairs := func() string {
			var words []string
			for _, m := range d.Client.MatchDecision.Query().WithItem().WithProduct().AllX(d.Ctx) {
				words = append(words, fmt.Sprint(m.Edges.Item.LightspeedID, " ", m.Verdict, " ", m.Edges.Product.Key))
			}
			slices.Sort(words)
			return strings.Join(words, ", ")
		}
		confirm := func() (batch string) {
			t.Helper()
			tree := d.Staff.Tree(fmt.Sprintf(`mutation { confirmMatches(input: {posItemIds: [%q, %q]}) { batch results { userErrors { code } } } }`, i.ID, k.ID), nil)
			return graphtest.At(t, tree, "confirmMatches.batch").(string)
		}
		undo := func(batch string) string {
			t.Helper()
			tree := d.Staff.Tree(fmt.Sprintf(`mutation { undoConfirmMatches(input: {batch: %q}) { results { decision { product { key } } }
				restored { product { key } } userErrors { code } } }`, batch), nil)
			return fmt.Sprint(graphtest.At(t, tree, "undoConfirmMatches"))
		}
		before, was := standing(), pairs()
		batch := confirm()
		if got := pairs(); got != "1 LINK p, 1 REJECT r, 3 LINK r, 4 LINK other" {
			t.Fatalf("confirmed: %s", got)
		}
		d.marked()
		if got := undo(batch); strings.Count(got, "key:") != 4 {
			t.Errorf("undone: %s", got)
		}
		if after := standing(); fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("the decisions are\n%v\nwere\n%v", after, before)
		}
		if got := d.marked(); got != "1 2 3 p q r" {
			t.Errorf("to be matched: %s", got)
		}
		if got := undo(batch); !strings.Contains(got, "NOT_FOUND") {
			t.Errorf("undone twice: %s", got)
		}
		// What was decided since stands.
		batch = confirm()
		q.Update().SetActive(true).ExecX(d.Ctx)
		d.expect(linkItem(l, q), "LINK q, instead of LINK 4 other")
		undo(batch)
		if got := pairs(); got != "1 REJECT r, 2 LINK p, 4 LINK q" || was == got {
			t.Errorf("undone after another decision: %s; were %s", got, was)
		}
	})
}
