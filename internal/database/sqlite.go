package database

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"possync/internal/filelock"
)

// sqliteOptions hold for every connection of the pool, which is why they are in the open string. Times are text and
// compare as text, so one zone and one layout are part of being right.
const sqliteOptions = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)" +
	"&_pragma=synchronous(NORMAL)&_txlock=immediate&_time_format=sqlite&_timezone=UTC"

// prepareSQLite turns a URL into the driver's open string, and creates the file and its folder if they may be created.
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

// LockFile keeps an SQLite file for this process until the lock is released. It fails with [filelock.ErrHeld] while another
// process does the same. It binds only those who ask for it: reading the file, or a migration, does not wait.
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

// parseSQLite returns the file's path, and the mode if one is given that forbids creating it.
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
		// Each connection of a pool would see a database of its own.
		return "", "", fmt.Errorf("%w: SQLite needs the path of a file", ErrURL)
	}
	// Clean also folds a leading "//", which in a URI would begin a host.
	return filepath.Clean(path), mode, nil
}

// createPrivate makes sure that the file is there, readable by its owner alone; SQLite gives its side files (-wal, -shm)
// the same permissions. A file that exists keeps what its owner gave it.
func createPrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("create the folder of the SQLite file: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("create the SQLite file: %w", err)
	}
	return file.Close()
}
