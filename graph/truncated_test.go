package graph_test

import (
	"fmt"
	"testing"

	"possync/graph/graphtest"
	"possync/internal/database/databasetest"
	"possync/internal/retail"
)

// A list that leaves something out says so, with how much there is; one that does not, does not.
func TestTruncatedLists(t *testing.T) {
	databasetest.NotRaced(t)
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		item := s.Client.PosItem.Create().SetLightspeedID(1).SetDescription("Bell").SaveX(s.Ctx)
		s.Enqueue(retail.KindDelta)
		ids := make([]string, 11)
		for i := range ids {
			ids[i] = s.Client.PosItem.Create().SetLightspeedID(int64(i + 2)).SetDescription("Rival").SaveX(s.Ctx).ID
		}
		events := s.Client.RunEvent.Query().CountX(s.Ctx)
		addEvents := func(to int) {
			for ; events < to; events++ {
				s.Client.RunEvent.Create().SetRunID(s.Run.ID).SetSequence(1000 + events).SetState(retail.RunRunning).SetPhase(retail.PhaseItems).SetDone(0).ExecX(s.Ctx)
			}
		}
		alerts := 0
		addAlerts := func(to int) {
			for ; alerts < to; alerts++ {
				s.Client.Alert.Create().SetCause(fmt.Sprint(alerts)).SetCode("X").SetMessage("m").SetSetting("").SetCount(1).SetFirstAt(s.API.Clock.Now()).SetLastAt(s.API.Clock.Now()).ExecX(s.Ctx)
			}
		}
		show := func() string {
			tree := s.Staff.Tree(`query($id: ID!) { alertCount alertsTruncated alerts { id }
				node(id: $id) { ... on PosItem { candidateCount candidatesTruncated rivalCount rivalsTruncated } }
				syncRuns(first: 1) { edges { node { eventCount eventsTruncated events { sequence } drift { count entriesTruncated } } } } }`, map[string]any{"id": item.ID})
			at := func(path string) any { return graphtest.At(t, tree, path) }
			run := "syncRuns.edges.0.node."
			return fmt.Sprint(at("node.candidateCount"), at("node.candidatesTruncated"), at("node.rivalCount"), at("node.rivalsTruncated"),
				" ", at(run+"eventCount"), at(run+"eventsTruncated"), len(at(run+"events").([]any)), " ", at(run+"drift.count"), at(run+"drift.entriesTruncated"),
				" ", at("alertCount"), at("alertsTruncated"), len(at("alerts").([]any)))
		}
		item.Update().SetCandidateIds(ids[:10]).SetRivalIds(ids[:10]).ExecX(s.Ctx)
		s.Run.Update().SetDrifted(1000).ExecX(s.Ctx)
		addEvents(100)
		addAlerts(100)
		if got, want := show(), "10 false 10 false 100 false 100 1000 false 100 false 100"; got != want {
			t.Errorf("whole lists: %s, want %s", got, want)
		}
		item.Update().SetCandidateIds(ids).SetRivalIds(ids).ExecX(s.Ctx)
		s.Run.Update().SetDrifted(1001).ExecX(s.Ctx)
		addEvents(101)
		addAlerts(101)
		if got, want := show(), "11 true 11 true 101 true 100 1001 true 101 true 100"; got != want {
			t.Errorf("truncated lists: %s, want %s", got, want)
		}
	})
}

// The preview of sale dates says when its examples are not all.
func TestTruncatedExamples(t *testing.T) {
	t.Parallel()
	graphtest.EachRetailer(t, func(t *testing.T, s *graphtest.Retailer) {
		for i := range 11 {
			s.Client.Product.Create().SetKey(fmt.Sprint(i)).SetName(fmt.Sprint("Bell ", i)).SetBrand([]string{"A", "B"}[min(i/10, 1)]).SetPrice(1).ExecX(s.Ctx)
		}
		for where, want := range map[string]bool{`{brand: "A"}`: false, "{}": true} {
			tree := s.Staff.Tree(`{ previewSaleDates(input: {where: `+where+`, startDate: "2026-06-01"}) { examplesTruncated examples { product { id } } } }`, nil)
			if got := graphtest.At(t, tree, "previewSaleDates.examplesTruncated"); got != want || len(graphtest.At(t, tree, "previewSaleDates.examples").([]any)) != 10 {
				t.Errorf("where %s: %v", where, tree)
			}
		}
	})
}
