package graph

import (
	"maps"
	"slices"
)

// WeighedNames returns the fields and types whose cost is not the usual one.
func WeighedNames() []string {
	return slices.Concat(slices.Collect(maps.Keys(weights)), values, counts)
}
