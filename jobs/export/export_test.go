package export

// Without returns an exporter that lacks guards, so that tests can see that they are needed.
func Without(d Deps, intent, choice, look bool) *Exporter {
	return &Exporter{Deps: d, without: guards{intent: intent, choice: choice, look: look}}
}
