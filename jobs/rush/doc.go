// Package rush holds no program: its tests and benchmarks send many orders to a sandbox till through the jobs as they run, and
// compare the till's own books with the orders, to the cent.
package rush
