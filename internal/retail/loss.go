package retail

// Loss is what a change of settings, or a run, takes off the website: displayed items that would be hidden, or of which the
// website could sell nothing any more.
type Loss struct {
	Displayed int // items that are displayed before
	Lost      int // of these, the ones that would be hidden or emptied
}

// The bounds of what may be lost without somebody's consent.
const (
	maxLostPercent = 30
	maxLostItems   = 9 // so few are lost on a busy day of a small shop
)

// Many reports whether somebody has to consent: more than 30 % of what is displayed would be lost, and more than 9 items.
func (l Loss) Many() bool {
	return l.Lost > maxLostItems && l.Lost*100 > l.Displayed*maxLostPercent
}
