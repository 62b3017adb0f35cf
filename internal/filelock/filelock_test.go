package filelock_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"possync/internal/filelock"
)

const holdFor = "FILELOCK_TEST_HOLD"

// With the variable set, the test program is the other process: it locks the file and holds it until it is killed.
func TestMain(m *testing.M) {
	path := os.Getenv(holdFor)
	if path == "" {
		os.Exit(m.Run())
	}
	if _, err := filelock.Acquire(path); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	select {}
}

func TestALockIsHeldOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.lock")
	first, err := filelock.Acquire(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filelock.Acquire(path); !errors.Is(err, filelock.ErrHeld) {
		t.Errorf("a second Acquire = %v, want ErrHeld", err)
	}
	for range 2 { // to release twice does no harm
		if err := first.Release(); err != nil {
			t.Error(err)
		}
	}
	second, err := filelock.Acquire(path)
	if err != nil {
		t.Fatalf("Acquire after Release: %v", err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

// A process that is killed leaves no lock behind.
func TestALockEndsWithItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.lock")
	other := exec.CommandContext(t.Context(), os.Args[0])
	other.Env = append(os.Environ(), holdFor+"="+path)
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	_, err = filelock.Acquire(path)
	if !errors.Is(err, filelock.ErrHeld) {
		t.Errorf("Acquire = %v while another process holds the lock, want ErrHeld", err)
	}
	if number := fmt.Sprint(other.Process.Pid); runtime.GOOS != "windows" && !strings.Contains(fmt.Sprint(err), number) {
		t.Errorf("%q does not name process %s", err, number)
	}
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait() // an error tells of the kill
	lock, err := filelock.Acquire(path)
	if err != nil {
		t.Fatalf("Acquire after the other process was killed: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

func TestMissingFolderIsDistinguished(t *testing.T) {
	_, err := filelock.Acquire(filepath.Join(t.TempDir(), "none", "x.lock"))
	if !errors.Is(err, os.ErrNotExist) || errors.Is(err, filelock.ErrHeld) {
		t.Errorf("Acquire = %v, want that the folder is missing", err)
	}
}
