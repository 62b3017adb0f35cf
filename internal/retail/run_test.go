package retail_test

import (
	"testing"

	"pgregory.net/rapid"

	"possync/internal/retail"
)

func TestFinal(t *testing.T) {
	final := map[retail.RunState]bool{
		retail.RunCompleted: true, retail.RunCompletedWithIssues: true, retail.RunFailed: true, retail.RunCancelled: true,
	}
	for _, v := range retail.RunState("").Values() {
		if s := retail.RunState(v); s.Final() != final[s] {
			t.Errorf("%s.Final() = %v", s, s.Final())
		}
	}
}

func TestCanMove(t *testing.T) {
	const q, r, w, c, i, f, x = retail.RunQueued, retail.RunRunning, retail.RunWaiting, retail.RunCompleted,
		retail.RunCompletedWithIssues, retail.RunFailed, retail.RunCancelled
	allowed := map[[2]retail.RunState]bool{
		{q, r}: true, {q, f}: true, {q, x}: true,
		{r, q}: true, {r, w}: true, {r, c}: true, {r, i}: true, {r, f}: true, {r, x}: true,
		{w, q}: true, {w, r}: true, {w, f}: true, {w, x}: true,
	}
	states := append(retail.RunState("").Values(), "", "UNKNOWN")
	for _, from := range states {
		for _, to := range states {
			move := [2]retail.RunState{retail.RunState(from), retail.RunState(to)}
			if got := retail.CanRunMove(move[0], move[1]); got != allowed[move] {
				t.Errorf("CanMove(%q, %q) = %v", from, to, got)
			}
		}
	}
}

// Whatever a run went through, it can still be cancelled until it is final, and nothing follows a final state.
func TestRunAlwaysEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := retail.RunState("").Values()
		state := retail.RunQueued
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			to := retail.RunState(rapid.SampledFrom(all).Draw(t, "to"))
			if !retail.CanRunMove(state, to) {
				continue
			}
			if state.Final() {
				t.Fatalf("%s moved to %s", state, to)
			}
			state = to
		}
		if state.Final() == retail.CanRunMove(state, retail.RunCancelled) {
			t.Fatalf("%s: final and cancellable must exclude each other", state)
		}
	})
}
