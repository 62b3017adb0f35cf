// Package yardstick holds benchmarks against their bars: what a piece of work costs, or how it compares with a yardstick that ran
// beside it, and what it should be.
package yardstick

import (
	"encoding/json"
	"os"
	"testing"
)

// Row is a line of the table that `make bench` prints.
type Row struct {
	Work      string  `json:"work"`
	Yardstick string  `json:"yardstick"` // what it is compared with, or what was counted
	Measured  float64 `json:"measured"`
	Bar       float64 `json:"bar"`
	AtLeast   bool    `json:"atLeast"` // the measure should be the bar or more, not the bar or less
	Unit      string  `json:"unit"`
}

// Met reports whether the bar was met.
func (r Row) Met() bool {
	if r.AtLeast {
		return r.Measured >= r.Bar
	}
	return r.Measured <= r.Bar
}

// fileVariable names the file to which rows are added.
const fileVariable = "POSSYNC_BENCH_ROWS"

// Report adds the row to the table if one is being made, and reports it as a metric if it is a benchmark's. A bar that is missed fails
// nothing: the machine may be busy. Tests that count something report it too; they fail by themselves.
func Report(tb testing.TB, r Row) {
	tb.Helper()
	if b, measures := tb.(*testing.B); measures {
		b.ReportMetric(r.Measured, r.Unit)
	}
	name := os.Getenv(fileVariable)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			tb.Error(err)
		}
	}()
	if err := json.NewEncoder(file).Encode(r); err != nil {
		tb.Fatal(err)
	}
}
