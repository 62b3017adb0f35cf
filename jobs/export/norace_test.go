//go:build !race

package export_test

// sampledPairs is of how many schedules of two faults one is walked.
const sampledPairs = 40
