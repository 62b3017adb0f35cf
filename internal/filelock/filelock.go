// Package filelock reserves something for one process by locking a file. The lock ends with the process, even after a crash.
package filelock

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// ErrHeld says that another process, or another part of this one, holds the lock.
var ErrHeld = errors.New("in use by another process")

// Lock is a lock that is held.
type Lock struct{ file *os.File }

// Acquire locks the file, which it makes if need be, without waiting. It fails with [ErrHeld] if the lock is held already;
// the error names the process that holds it, where that can be read. The file stays when the lock is released: to remove it
// would let two processes lock two files of the same name.
func Acquire(path string) (_ *Lock, err error) {
	file, err := open(path)
	if errors.Is(err, ErrHeld) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	if err := lock(file); err != nil {
		if errors.Is(err, ErrHeld) {
			return nil, heldBy(file)
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := file.Truncate(0); err != nil {
		return nil, fmt.Errorf("write the lock file: %w", err)
	}
	if _, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return nil, fmt.Errorf("write the lock file: %w", err)
	}
	return &Lock{file}, nil
}

// Release lets others have the lock. A nil Lock has nothing to release.
func (l *Lock) Release() error {
	if l == nil {
		return nil
	}
	if err := l.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("release a lock: %w", err)
	}
	return nil
}

// heldBy is ErrHeld with the number of the process that the file names.
func heldBy(file *os.File) error {
	text, err := io.ReadAll(io.LimitReader(file, 20))
	pid, problem := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || problem != nil {
		return ErrHeld // that it is held is what counts
	}
	return fmt.Errorf("%w (number %d)", ErrHeld, pid)
}
