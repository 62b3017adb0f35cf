package retail

import "time"

// Loss is what a change, or a run, takes off the website: displayed items that would be hidden or have nothing left to sell. It
// is measured against a moment before, so that no series of small changes takes away what one change could not.
type Loss struct {
	Displayed int // items that were displayed at that moment
	Before    int // of these, the ones that were lost since then, or would be if nothing held them
	Lost      int // of these, the ones that the change would hide or empty
}

// What may be lost without a person's confirmation.
const (
	maxLostPercent = 30
	maxLostItems   = 9 // so few are lost on a busy day of a small shop
)

// NeedsConfirmation reports whether a person must confirm the change: with it more than 30 % of the items are lost, and more
// than 9. A change that takes nothing away needs none.
func (l Loss) NeedsConfirmation() bool { return l.Lost > 0 && l.Exceeded() }

// Exceeded reports whether more than 30 % of the items are lost, and more than 9, whatever the change adds to it.
func (l Loss) Exceeded() bool {
	lost := l.Before + l.Lost
	return lost > maxLostItems && lost*100 > l.Displayed*maxLostPercent
}

// lossWindow is how long losses are counted together.
const lossWindow = 24 * time.Hour

// LossesSince returns the moment that losses are measured against: the last confirmation, but at most 24 hours ago. While
// something is held, the 24 hours are those before that began: time alone ends no hold.
func LossesSince(confirmed, held *time.Time, now time.Time) time.Time {
	if held != nil {
		now = *held
	}
	since := now.Add(-lossWindow)
	if confirmed != nil && confirmed.After(since) {
		return *confirmed
	}
	return since
}
