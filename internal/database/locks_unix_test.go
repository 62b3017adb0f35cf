//go:build unix

package database_test

import (
	"os"
	osexec "os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"possync/internal/database"
)

// envLocked is the path of the file that this test's other process looks at.
const envLocked = "POSSYNC_TEST_LOCKED_FILE"

// While this process has an SQLite file open, other processes see its lock, however often it is opened here: a server has connections for
// requests, for jobs and for its readiness. Without the lock, the sqlite3 that makes a backup took itself for the last to close the file,
// and deleted the write-ahead log.
func TestSQLiteFileStaysLocked(t *testing.T) {
	if path := os.Getenv(envLocked); path != "" {
		seeLock(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "shared.db")
	for range 3 {
		db, err := database.Open(t.Context(), "sqlite:"+path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if _, err := db.SQL.ExecContext(t.Context(), "create table if not exists x (id int)"); err != nil {
			t.Fatal(err)
		}
		other := osexec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		other.Env = append(os.Environ(), envLocked+"="+path)
		if out, err := other.CombinedOutput(); err != nil {
			t.Fatalf("the other process: %v\n%s", err, out)
		}
	}
}

// seeLock is the other process: it asks as SQLite does before it deletes the log.
func seeLock(t *testing.T, path string) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	shared := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 0x40000002, Len: 510} // the bytes that SQLite locks, see its os.h
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &shared); err != nil || shared.Type == syscall.F_UNLCK {
		t.Errorf("nobody has locked the file: %v", err)
	}
}
