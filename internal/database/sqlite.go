package database

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"possync/internal/filelock"
)

// sqliteOptions are in the connection string, so that they apply to every connection of the pool. SQLite stores and compares times as
// text, so all must have the same zone and layout. The write-ahead log of one large transaction does not keep its size for good.
const sqliteOptions = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(NORMAL)&_pragma=journal_size_limit(67108864)&_txlock=immediate&_time_format=sqlite&_timezone=UTC"

// prepareSQLite turns a URL into the driver's connection string, and creates the file and its folder if that is allowed.
func prepareSQLite(raw string) (dsn, path string, err error) {
	path, mode, err := parseSQLite(raw)
	if err != nil {
		return "", "", err
	}
	if mode == "" {
		if err := createPrivate(path); err != nil {
			return "", "", err
		}
	}
	dsn = "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + sqliteOptions
	if mode != "" {
		dsn += "&mode=" + mode
	}
	return dsn, path, nil
}

// LockFile reserves an SQLite file for this process until the lock is released. It fails with [filelock.ErrHeld] while another process
// has the lock. Who does not ask for the lock is not stopped by it: reading the file, or a migration, does not wait.
func LockFile(path string) (*filelock.Lock, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil { // else it is not there yet
		path = target
	}
	lock, err := filelock.Acquire(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("the SQLite file %s serves one process at a time: %w", path, err)
	}
	return lock, nil
}

// parseSQLite returns the file's path, and the mode if it forbids creating the file.
func parseSQLite(raw string) (path, mode string, err error) {
	if rest, ok := strings.CutPrefix(raw, "sqlite:"); ok {
		path = rest // verbatim: a path is not a URI
	} else {
		u, err := url.Parse(raw)
		if err != nil || u.Fragment != "" || (u.Host != "" && u.Host != "localhost") {
			return "", "", fmt.Errorf("%w: malformed SQLite URI", ErrURL)
		}
		if path = u.Path; path == "" {
			if path, err = url.PathUnescape(u.Opaque); err != nil {
				return "", "", fmt.Errorf("%w: malformed SQLite URI", ErrURL)
			}
		}
		q, err := url.ParseQuery(u.RawQuery)
		if err != nil {
			return "", "", fmt.Errorf("%w: malformed parameters of the SQLite URI", ErrURL)
		}
		for key := range q {
			if key != "mode" { // a _pragma runs any SQL, and the rest would undo sqliteOptions
				return "", "", fmt.Errorf("%w: the SQLite parameter %q is set by the program", ErrURL, key)
			}
		}
		switch mode = q.Get("mode"); mode {
		case "", "rw":
		case "rwc":
			mode = ""
		default:
			return "", "", fmt.Errorf("%w: SQLite mode must be rw or rwc", ErrURL)
		}
	}
	if path == "" || strings.HasPrefix(path, ":memory:") {
		// Each connection of the pool would have its own database.
		return "", "", fmt.Errorf("%w: SQLite needs the path of a file", ErrURL)
	}
	// Clean also shortens a leading "//", which would begin a host in a URI.
	return filepath.Clean(path), mode, nil
}

// createPrivate creates the file, readable only by its owner, unless it exists. SQLite gives its other files (-wal, -shm) the same
// permissions. The permissions of an existing file are not changed.
//
// It never opens a file that exists: to close it would end all locks of this process on it, also those of SQLite's connections (that is how
// POSIX has it). The next process that closed the file would then take itself for the last, and delete the -wal that this one works with.
func createPrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("create the folder of the SQLite file: %w", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil // or SQLite says what is wrong with it
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("create the SQLite file: %w", err)
	}
	return file.Close()
}
