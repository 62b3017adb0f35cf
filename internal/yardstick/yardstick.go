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

// Report reports the row as a metric of the benchmark, and adds it to the table if one is being made. A bar that is missed fails
// nothing: the machine may be busy.
func Report(b *testing.B, r Row) {
	b.Helper()
	b.ReportMetric(r.Measured, r.Unit)
	name := os.Getenv(fileVariable)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			b.Error(err)
		}
	}()
	if err := json.NewEncoder(file).Encode(r); err != nil {
		b.Fatal(err)
	}
}
