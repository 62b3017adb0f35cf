package database

import (
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsRefusal reports whether err says that the database takes no writes at all: its disk is full or fails, or it is read-only.
func IsRefusal(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR:
		return true
	}
	return pq.As(err, pqerror.DiskFull, pqerror.ReadOnlySQLTransaction) != nil
}

// Note passes an error on that says that the database takes no writes.
func (db *DB) Note(err error) {
	if db.Refused != nil && IsRefusal(err) {
		db.Refused(err)
	}
}
