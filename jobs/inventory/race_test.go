//go:build race

package inventory_test

// The race detector slows histories tenfold; `make test` runs all of them without it as well.
const defaultHistories = 4
