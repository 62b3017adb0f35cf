package retail

// Loss is what a change of settings, or a run, takes off the website: displayed items that would be hidden or have nothing
// left to sell.
type Loss struct {
	Displayed int // items that are displayed before
	Lost      int // of these, the ones that would be hidden or emptied
}

// What may be lost without a person's confirmation.
const (
	maxLostPercent = 30
	maxLostItems   = 9 // so few are lost on a busy day of a small shop
)

// NeedsConfirmation reports whether a person must confirm: more than 30 % of the displayed items would be lost, and more than 9.
func (l Loss) NeedsConfirmation() bool {
	return l.Lost > maxLostItems && l.Lost*100 > l.Displayed*maxLostPercent
}
