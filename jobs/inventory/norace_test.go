//go:build !race

package inventory_test

const defaultHistories = 60
