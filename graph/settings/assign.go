package settings

// Choice is a change of what a setting refers to.
type Choice struct {
	Given bool    // false = unchanged
	ID    *string // nil = none
}

// Assign changes the reference, if the choice was given.
func (c Choice) Assign(id **string) {
	if c.Given {
		*id = c.ID
	}
}

// Assign changes a setting to what to points to; nil leaves it as it is.
func Assign[T any](setting, to *T) {
	if to != nil {
		*setting = *to
	}
}

// SameID reports whether two references are the same, which nil is to nil alone.
func SameID(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }
