package retail

import (
	"io"
	"slices"
)

// RunState is the state of a sync run.
type RunState string

// The states of a run. The last four are final, see [RunState.Final].
const (
	RunQueued              RunState = "QUEUED"                // waits for a process
	RunRunning             RunState = "RUNNING"               // a process works on it
	RunWaiting             RunState = "WAITING"               // started, and waits for what its WaitReason says
	RunCompleted           RunState = "COMPLETED"             // all done
	RunCompletedWithIssues RunState = "COMPLETED_WITH_ISSUES" // done, but some records could not be stored
	RunFailed              RunState = "FAILED"                // stopped by an error; what was synced is kept
	RunCancelled           RunState = "CANCELLED"             // stopped by a person; what was synced is kept
)

// Values lists the spellings.
func (RunState) Values() []string {
	return spellings(RunQueued, RunRunning, RunWaiting, RunCompleted, RunCompletedWithIssues, RunFailed, RunCancelled)
}

// MarshalGQL writes the value as GraphQL.
func (v RunState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RunState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Final reports whether a run in this state never changes again.
func (v RunState) Final() bool {
	switch v {
	case RunCompleted, RunCompletedWithIssues, RunFailed, RunCancelled:
		return true
	default:
		return false
	}
}

// CanRunMove reports whether a run may change from one state to another. Staying is not a move.
//
// One process takes a run from the queue. The run may wait and continue any number of times, and a process that stops puts it
// back into the queue. It completes only from RUNNING, and fails or is cancelled from any state that is not final. Final
// states never change.
func CanRunMove(from, to RunState) bool {
	var next []RunState
	switch from {
	case RunQueued:
		next = []RunState{RunRunning, RunFailed, RunCancelled}
	case RunRunning:
		next = []RunState{RunQueued, RunWaiting, RunCompleted, RunCompletedWithIssues, RunFailed, RunCancelled}
	case RunWaiting:
		next = []RunState{RunQueued, RunRunning, RunFailed, RunCancelled}
	}
	return slices.Contains(next, to)
}

// RunPhase is the step that a run is at. Phases follow each other in the order of Values; a run skips those that its kind
// does not need.
type RunPhase string

// The phases of a run.
const (
	PhasePreparing  RunPhase = "PREPARING"  // signing in, reading what is due
	PhaseReference  RunPhase = "REFERENCE"  // shops, registers, employees, price levels, payment types
	PhaseItems      RunPhase = "ITEMS"      // items with their codes, costs and prices
	PhaseStock      RunPhase = "STOCK"      // stock of each item and shop
	PhaseEvaluation RunPhase = "EVALUATION" // matching and rules over what is stored
	PhaseFinished   RunPhase = "FINISHED"   // nothing more to do; the state says how it ended
)

// Values lists the spellings in the order of work.
func (RunPhase) Values() []string {
	return spellings(PhasePreparing, PhaseReference, PhaseItems, PhaseStock, PhaseEvaluation, PhaseFinished)
}

// MarshalGQL writes the value as GraphQL.
func (v RunPhase) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RunPhase) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// RunKind is how much a run reads.
type RunKind string

// The kinds of runs.
const (
	KindFull       RunKind = "FULL"       // everything in the POS
	KindDelta      RunKind = "DELTA"      // what changed since the last run
	KindEvaluation RunKind = "EVALUATION" // nothing: stored items are matched and evaluated again
	KindReference  RunKind = "REFERENCE"  // shops, registers, employees, price levels and payment types only
	KindShopFull   RunKind = "SHOP_FULL"  // all stock of one shop
	KindShopDelta  RunKind = "SHOP_DELTA" // what changed in one shop's stock since the last run
	KindItems      RunKind = "ITEMS"      // chosen items with their stock
)

// Values lists the spellings.
func (RunKind) Values() []string {
	return spellings(KindFull, KindDelta, KindEvaluation, KindReference, KindShopFull, KindShopDelta, KindItems)
}

// MarshalGQL writes the value as GraphQL.
func (v RunKind) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RunKind) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Scoped reports whether a run of the kind is a scoped sync: it reads only what a person chose, and changes neither the
// schedule nor the positions from which the next runs continue.
func (v RunKind) Scoped() bool { return v == KindShopFull || v == KindShopDelta || v == KindItems }

// OfShop reports whether a run of the kind reads one shop's stock.
func (v RunKind) OfShop() bool { return v == KindShopFull || v == KindShopDelta }

// RunTrigger is what started a run.
type RunTrigger string

// The triggers of runs.
const (
	TriggerConnect  RunTrigger = "CONNECT"  // the POS was connected
	TriggerSchedule RunTrigger = "SCHEDULE" // the sync schedule
	TriggerManual   RunTrigger = "MANUAL"   // a person asked for it
	TriggerSettings RunTrigger = "SETTINGS" // a setting changed
)

// Values lists the spellings.
func (RunTrigger) Values() []string {
	return spellings(TriggerConnect, TriggerSchedule, TriggerManual, TriggerSettings)
}

// MarshalGQL writes the value as GraphQL.
func (v RunTrigger) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *RunTrigger) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// WaitReason is why a run is WAITING. All but the last end without a person's help.
type WaitReason string

// The reasons to wait.
const (
	WaitPOSBudget      WaitReason = "POS_BUDGET"      // the account's API budget is used up and refills slowly
	WaitPOSUnavailable WaitReason = "POS_UNAVAILABLE" // the POS cannot be reached or responds with errors
	WaitPOSThrottled   WaitReason = "POS_THROTTLED"   // the POS rejected a request and said when to retry
	WaitInternal       WaitReason = "INTERNAL"        // something fails on our side, and is retried
	WaitConfirmation   WaitReason = "CONFIRMATION"    // it would take many items off the website, and a person must confirm it, see [Loss]
)

// Values lists the spellings.
func (WaitReason) Values() []string {
	return spellings(WaitPOSBudget, WaitPOSUnavailable, WaitPOSThrottled, WaitInternal, WaitConfirmation)
}

// MarshalGQL writes the value as GraphQL.
func (v WaitReason) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *WaitReason) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
