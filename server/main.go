// Command server is POS Sync: one program that serves the API, runs the jobs and migrates the database. It includes a demo and a
// local Lightspeed.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // sites have time zones, and a machine may have none

	"possync/internal/heap"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	paced := heap.Pace(os.Getenv)
	code := Run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	paced()
	os.Exit(code)
}
