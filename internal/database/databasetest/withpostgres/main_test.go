//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"possync/internal/database/databasetest"
)

// envAsProgram makes the test binary be the program.
const envAsProgram = "WITHPOSTGRES_UNDER_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(envAsProgram) == "1" {
		main()
	}
	os.Exit(m.Run())
}

// program prepares the program with a shell script as its command, in a clean environment.
func program(t *testing.T, environment []string, script string) (cmd *exec.Cmd, temp string) {
	t.Helper()
	temp, err := os.MkdirTemp("", "withpostgres-test-") //nolint:usetesting // not t.TempDir: the server's user must get there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(temp) })
	if err := os.Chmod(temp, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(os.Args[0], "--", "/bin/sh", "-c", script)
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); name != databasetest.EnvPostgres && name != databasetest.EnvRequire {
			cmd.Env = append(cmd.Env, entry)
		}
	}
	cmd.Env = append(cmd.Env, envAsProgram+"=1", "TMPDIR="+temp)
	cmd.Env = append(cmd.Env, environment...)
	return cmd, temp
}

// needServer skips where no server is installed. The other ways to get one are not for a unit test.
func needServer(t *testing.T) {
	t.Helper()
	f := newFinder(io.Discard)
	f.ways = []string{"installed"}
	if _, err := f.find(t.Context()); err != nil {
		t.Skip(err)
	}
}

func folders(t *testing.T, temp string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(temp, folderPrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestExitCodePassesOn(t *testing.T) {
	for script, want := range map[string]int{"exit 0": 0, "exit 7": 7, "kill -9 $$": 137} {
		cmd, _ := program(t, []string{"POSSYNC_POSTGRES_FROM=none"}, script)
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("%q: exit code %d, want %d", script, got, want)
		}
	}
}

func TestWithoutPostgres(t *testing.T) {
	script := `echo "the command ran with '$` + databasetest.EnvPostgres + `'"; exit 3`
	cmd, _ := program(t, []string{"POSSYNC_POSTGRES_FROM=none"}, script)
	out, _ := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 3 || !strings.HasPrefix(string(out), "the command ran with ''\n") {
		t.Errorf("exit code %d:\n%s", cmd.ProcessState.ExitCode(), out)
	}
	_, end, _ := strings.Cut(string(out), "\n")
	for _, want := range []string{"LEFT OUT: the PostgreSQL half", "none: PostgreSQL is switched off", "To add it, install PostgreSQL"} {
		if !strings.Contains(end, want) {
			t.Errorf("the end does not say %q:\n%s", want, end)
		}
	}

	cmd, _ = program(t, []string{"POSSYNC_POSTGRES_FROM=none", databasetest.EnvRequire + "=1"}, script)
	out, _ = cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 || bytes.Contains(out, []byte("the command ran")) {
		t.Errorf("required: exit code %d:\n%s", cmd.ProcessState.ExitCode(), out)
	}
}

func TestGivenServerIsUsed(t *testing.T) {
	cmd, temp := program(t, []string{databasetest.EnvPostgres + "=postgres://given/x"}, "printf %s $"+databasetest.EnvPostgres)
	out, err := cmd.Output()
	if err != nil || string(out) != "postgres://given/x" || len(folders(t, temp)) > 0 {
		t.Errorf("%q, %v", out, err)
	}
}

// running is the program with a server, its command waiting for the end of its input.
type running struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	server net.Conn // ends when the server does
	temp   string
}

func startProgram(t *testing.T) running {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a server")
	}
	t.Parallel()
	needServer(t)
	cmd, temp := program(t, []string{"POSSYNC_POSTGRES_FROM=installed"}, "echo $"+databasetest.EnvPostgres+"; exec cat")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = stdin.Close(); _ = cmd.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("read the URL: %v", err)
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	// Sign in: a connection that never does outlives the server by its time limit for that.
	parameters := "user\x00postgres\x00\x00"
	startup := binary.BigEndian.AppendUint32(nil, uint32(8+len(parameters)))
	startup = append(binary.BigEndian.AppendUint32(startup, 3<<16), parameters...)
	if _, err := conn.Write(startup); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if len(folders(t, temp)) != 1 {
		t.Errorf("folders: %v", folders(t, temp))
	}
	return running{cmd, stdin, conn, temp}
}

// awaitServerEnd waits until the server is gone.
func (r running) awaitServerEnd(t *testing.T) {
	t.Helper()
	if err := r.server.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, r.server); err != nil && os.IsTimeout(err) {
		t.Fatal("the server is still there")
	}
}

func TestServerEndsWithTheCommand(t *testing.T) {
	r := startProgram(t)
	if err := r.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Wait(); err != nil {
		t.Error(err)
	}
	r.awaitServerEnd(t)
	if left := folders(t, r.temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSignalEndsEverything(t *testing.T) {
	r := startProgram(t)
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = r.cmd.Wait()
	if got, want := r.cmd.ProcessState.ExitCode(), 128+int(syscall.SIGTERM); got != want {
		t.Errorf("exit code %d, want %d", got, want)
	}
	r.awaitServerEnd(t)
	if left := folders(t, r.temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Killed, the program cannot clean up: the kernel ends the server.
func TestKilledProgramLeavesNoServer(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends a child with its parent")
	}
	r := startProgram(t)
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = r.cmd.Wait()
	r.awaitServerEnd(t)
}

func TestUsage(t *testing.T) {
	var out strings.Builder
	if code := run([]string{"--"}, &out); code != 2 || !strings.HasPrefix(out.String(), "usage:") {
		t.Errorf("exit code %d, %q", code, out.String())
	}
}
