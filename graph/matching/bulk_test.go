package matching_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"possync/ent"
	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

// waiting adds items, each of which waits to be confirmed as a product of its own.
func (d fixture) waiting(n int) (ids []string) {
	d.T.Helper()
	var products []*ent.ProductCreate
	for i := range n {
		key := fmt.Sprint("waiting-", i)
		products = append(products, d.Client.Product.Create().SetKey(key).SetName(key).SetMatchPending(false))
	}
	var items []*ent.PosItemCreate
	for i, p := range d.Client.Product.CreateBulk(products...).SaveX(d.Ctx) {
		items = append(items, d.Client.PosItem.Create().SetLightspeedID(int64(1000+i)).SetDescription("Waiting").SetMatchState(retail.MatchConflict).
			SetMatchBasis(retail.ByUPC).SetMatchReason(retail.MatchUnconfirmed).SetCandidateIds([]string{p.ID}))
	}
	for _, i := range d.Client.PosItem.CreateBulk(items...).SaveX(d.Ctx) {
		ids = append(ids, i.ID)
	}
	return ids
}

// many asks for a mutation about many items, and returns how many decisions it names, and the codes of what is wrong.
func (d fixture) many(mutation string, in map[string]any) (batch any, decisions int, wrong []string) {
	d.T.Helper()
	fields := "results { id decision { verdict } userErrors { code } } userErrors { code field }"
	if mutation == "confirmMatches" {
		fields += " batch"
	}
	input := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input"
	payload := graphtest.At(d.T, d.Staff.Tree(fmt.Sprintf("mutation($in: %s!) { %s(input: $in) { %s } }", input, mutation, fields), map[string]any{"in": in}), mutation)
	for _, e := range graphtest.At(d.T, payload, "userErrors").([]any) {
		wrong = append(wrong, fmt.Sprint(graphtest.At(d.T, e, "code"), " ", graphtest.At(d.T, e, "field")))
	}
	for _, r := range graphtest.At(d.T, payload, "results").([]any) {
		if graphtest.At(d.T, r, "decision") != nil {
			decisions++
		}
		wrong = append(wrong, graphtest.Codes(d.T, graphtest.At(d.T, r, "userErrors"))...)
	}
	if mutation == "confirmMatches" {
		batch = graphtest.At(d.T, payload, "batch")
	}
	return batch, decisions, wrong
}

// 250 matches that are named are confirmed at once, and that is taken back at once; no more can be named.
func TestConfirmManyNamed(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		ids := d.waiting(251)
		if _, n, wrong := d.many("confirmMatches", map[string]any{"posItemIds": ids}); n != 0 || !slices.Equal(wrong, []string{"TOO_MANY [posItemIds]"}) {
			t.Errorf("251: %d decisions, %v", n, wrong)
		}
		batch, n, wrong := d.many("confirmMatches", map[string]any{"posItemIds": ids[:250]})
		if stored := d.Client.MatchDecision.Query().CountX(d.Ctx); n != 250 || stored != 250 || len(wrong) > 0 {
			t.Errorf("250: %d decisions, %d are stored, %v", n, stored, wrong)
		}
		undo := map[string]any{"batch": batch}
		_, n, wrong = d.many("undoConfirmMatches", undo)
		if stored := d.Client.MatchDecision.Query().CountX(d.Ctx); n != 250 || stored != 0 || len(wrong) > 0 {
			t.Errorf("undone: %d decisions, %d are stored, %v", n, stored, wrong)
		}
		if _, n, wrong := d.many("undoConfirmMatches", undo); n != 0 || !slices.Equal(wrong, []string{"NOT_FOUND [batch]"}) {
			t.Errorf("undone again: %d decisions, %v", n, wrong)
		}
	})
}

// What a person must choose is not confirmed among many: each says why, and the others are confirmed.
func TestConfirmWhatIsClear(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		ids := d.waiting(6)
		products := d.Client.Product.Query().Order(ent.Asc("key")).IDsX(d.Ctx)
		change := func(n int) *ent.PosItemUpdateOne { return d.Client.PosItem.UpdateOneID(ids[n]) }
		change(1).SetCandidateIds(products[1:3]).SetMatchReason(retail.MatchRival).ExecX(d.Ctx)
		change(2).SetRivalIds(ids[:1]).SetMatchReason(retail.MatchRival).ExecX(d.Ctx)
		change(3).SetArchived(true).ExecX(d.Ctx)
		change(4).SetMatchState(retail.MatchLinked).SetProductID(products[4]).SetMatchReason("").ExecX(d.Ctx)
		d.Client.Product.UpdateOneID(products[5]).SetActive(false).ExecX(d.Ctx)
		named := append(slices.Clone(ids), ids[0], "itm_01m83kb0bwek481sx0q6k8q612")
		_, n, wrong := d.many("confirmMatches", map[string]any{"posItemIds": named})
		if want := []string{"INVALID", "INVALID", "ARCHIVED", "NOT_WAITING", "ARCHIVED", "DUPLICATE", "NOT_FOUND"}; n != 1 || !slices.Equal(wrong, want) {
			t.Errorf("%d decisions, %v, want %v", n, wrong, want)
		}
		if only := d.Client.MatchDecision.Query().OnlyX(d.Ctx); only.ItemID != ids[0] || only.ProductID != products[0] || only.Verdict != retail.DecisionLink || only.DecidedBy != "ann" {
			t.Errorf("decided %v", only)
		}
		for name, in := range map[string]map[string]any{
			"EMPTY [posItemIds]": {"posItemIds": []string{}}, "INVALID [posItemIds]": {}, "INVALID [expectedCount]": {"where": map[string]any{}},
			"COUNT_CHANGED [expectedCount]": {"where": map[string]any{}, "expectedCount": 99},
		} {
			for _, mutation := range []string{"confirmMatches", "setMatchesAside"} {
				if _, n, wrong := d.many(mutation, in); n != 0 || !slices.Equal(wrong, []string{name}) {
					t.Errorf("%s of %v: %d decisions, %v", mutation, in, n, wrong)
				}
			}
		}
	})
}

// What is left aside is not in the queue until it is put back, and the queue counts candidates and rivals beyond those that it shows.
func TestQueueWithoutWhatIsLeftAside(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	run(t, func(d fixture) {
		ids := d.waiting(13)
		products := d.Client.Product.Query().Order(ent.Asc("key")).IDsX(d.Ctx)
		d.Client.PosItem.UpdateOneID(ids[0]).SetCandidateIds(products).SetRivalIds(ids[1:]).ExecX(d.Ctx)
		first := d.Staff.Tree("query($id: ID!) { node(id: $id) { ... on PosItem { candidateCount candidates { id } rivalCount rivals { id } } } }", map[string]any{"id": ids[0]})
		if c, r := len(graphtest.At(t, first, "node.candidates").([]any)), len(graphtest.At(t, first, "node.rivals").([]any)); c != 10 || r != 10 ||
			graphtest.At(t, first, "node.candidateCount") != 13.0 || graphtest.At(t, first, "node.rivalCount") != 12.0 {
			t.Errorf("%d candidates and %d rivals are shown: %v", c, r, first)
		}
		queue := func(where string) float64 {
			return graphtest.At(t, d.Staff.Tree("{ reviewQueue(where: {"+where+"}) { totalCount } }", nil), "reviewQueue.totalCount").(float64)
		}
		aside := func(in map[string]any) {
			t.Helper()
			if _, _, wrong := d.many("setMatchesAside", in); len(wrong) > 0 {
				t.Errorf("%v: %v", in, wrong)
			}
		}
		aside(map[string]any{"posItemIds": ids[:4]})
		if a, b := queue(""), queue("setAside: true"); a != 9 || b != 4 {
			t.Errorf("%v wait, %v are left aside", a, b)
		}
		item := d.Staff.Tree("query($id: ID!) { node(id: $id) { ... on PosItem { setAsideBy setAsideAt matchState } } }", map[string]any{"id": ids[0]})
		if got := fmt.Sprint(graphtest.At(t, item, "node")); got != "map[matchState:CONFLICT setAsideAt:2026-05-02T18:20:31Z setAsideBy:ann]" {
			t.Errorf("left aside: %s", got)
		}
		aside(map[string]any{"where": map[string]any{"setAside": true}, "expectedCount": 4, "aside": false})
		if a, b := queue(""), queue("setAside: true"); a != 13 || b != 0 {
			t.Errorf("put back: %v wait, %v are left aside", a, b)
		}
	})
}
