//go:build race

package inventory_test

// The race detector slows histories tenfold; `make test` runs more without it as well, and `make soak` many.
const defaultHistories = 4
