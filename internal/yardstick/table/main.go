// Command table prints the rows that benchmarks have reported as a table.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"possync/internal/yardstick"
)

func main() {
	if err := printTable(os.Stdout, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func printTable(w io.Writer, r io.Reader) error {
	lines := bufio.NewScanner(r)
	if _, err := fmt.Fprintf(w, "| work | yardstick | measured | bar | met |\n|---|---|---|---|---|\n"); err != nil {
		return err
	}
	for lines.Scan() {
		var row yardstick.Row
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return fmt.Errorf("read a row: %w", err)
		}
		bound, met := "≤", "no"
		if row.AtLeast {
			bound = "≥"
		}
		if row.Met() {
			met = "yes"
		}
		if _, err := fmt.Fprintf(w, "| %s | %s | %.3g %s | %s %g | %s |\n", row.Work, row.Yardstick, row.Measured, row.Unit, bound, row.Bar, met); err != nil {
			return err
		}
	}
	return lines.Err()
}
