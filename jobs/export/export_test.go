package export

// Without returns an exporter that lacks guards, so that tests can see that they are needed.
func Without(d Deps, intent, choice, look bool) *Exporter {
	x := New(d)
	x.without = guards{intent: intent, choice: choice, look: look}
	return x
}

// CompareAtOnce has so many sales compared at once.
func (x *Exporter) CompareAtOnce(n int) { x.compare = n }
