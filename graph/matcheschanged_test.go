package graph_test

import (
	"slices"
	"testing"
	"time"

	"possync/graph/graphtest"
	"possync/internal/records/matchlog"
	"possync/internal/retail"
	"possync/internal/tenant"
)

const matchesChanged = "subscription($after: Int) { matchesChanged(afterSequence: $after) { sequence posItemIds truncated } }"

// The stream names the items with another match or decision, each once however often it changed, at most four times a second; who comes
// back misses none, and a change of many is one of the lists.
func TestMatchesChanged(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		bell := s.Client.Product.Create().SetKey("brass-bell").SetName("Brass Bell").SetMatchPending(false).SaveX(s.Ctx)
		item := func(n int64) string {
			return s.Client.PosItem.Create().SetLightspeedID(n).SetDescription("Bell").SetMatchState(retail.MatchConflict).
				SetMatchReason(retail.MatchRival).SetCandidateIds([]string{bell.ID}).SaveX(s.Ctx).ID
		}
		a, b := item(9001), item(9002)
		view := s.API.As(t, "a", tenant.RoleView)
		stream := view.Subscribe(matchesChanged, nil)
		if first := stream.Tree(); len(first["posItemIds"].([]any)) != 0 || first["truncated"] != false {
			t.Fatalf("first %v", first)
		}
		next := func(from *graphtest.Stream, truncated bool, want ...string) float64 {
			t.Helper()
			got := from.Tree()
			var ids []string
			for _, id := range got["posItemIds"].([]any) {
				ids = append(ids, id.(string))
			}
			slices.Sort(ids)
			slices.Sort(want)
			if !slices.Equal(ids, want) || got["truncated"] != truncated {
				t.Fatalf("named %v, want %v, truncated %t", got, want, truncated)
			}
			return got["sequence"].(float64)
		}
		aside := func(away bool) {
			t.Helper()
			s.Staff.Tree("mutation($in: SetMatchesAsideInput!) { setMatchesAside(input: $in) { results { id } } }",
				row{"in": row{"posItemIds": []string{a}, "aside": away}})
		}
		aside(true)
		linked := s.Staff.Tree("mutation($in: LinkItemInput!) { linkItem(input: $in) { decision { id } } }",
			row{"in": row{"posItemId": b, "productId": bell.ID}})
		aside(false)
		awaitPause(t, s.API, 250*time.Millisecond)
		if !stream.Silent() {
			t.Fatal("a change was sent at once")
		}
		s.API.Clock.Advance(250 * time.Millisecond)
		seen := next(stream, false, a, b)
		s.Staff.Tree("mutation($in: WithdrawDecisionInput!) { withdrawDecision(input: $in) { userErrors { code } } }",
			row{"in": row{"decisionId": graphtest.At(t, linked, "linkItem.decision.id")}})
		awaitPause(t, s.API, 250*time.Millisecond)
		s.API.Clock.Advance(250 * time.Millisecond)
		next(stream, false, b)
		next(view.Subscribe(matchesChanged, row{"after": seen}), false, b)
		if err := matchlog.MarkAll(s.Ctx, s.Client); err != nil {
			t.Fatal(err)
		}
		next(view.Subscribe(matchesChanged, row{"after": seen}), true)
		if answer := view.Subscribe(matchesChanged, row{"after": -1}).Next(); answer.Code() != "BAD_USER_INPUT" {
			t.Errorf("after -1: %s", answer.Body)
		}
	})
}
