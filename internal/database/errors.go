package database

import (
	"errors"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsUnique reports whether err says that a row with the same key exists.
func IsUnique(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return pq.As(err, pqerror.UniqueViolation) != nil
}

// IsForeignKey reports whether err says that a referenced row does not exist, or that a row cannot be deleted because others refer to
// it.
func IsForeignKey(err error) bool {
	return sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY ||
		pq.As(err, pqerror.ForeignKeyViolation, pqerror.RestrictViolation) != nil
}

// IsUnsupported reports whether err says that the server does not have a function, or does not allow this user to call it.
func IsUnsupported(err error) bool {
	return pq.As(err, pqerror.UndefinedFunction, pqerror.InsufficientPrivilege, pqerror.FeatureNotSupported,
		pqerror.ObjectNotInPrerequisiteState) != nil
}

// IsRetryable reports whether the whole transaction can be repeated: after a serialization failure, a deadlock or a prepared statement
// that the server no longer knows on PostgreSQL, or a busy database on SQLite. Such a transaction has changed nothing. A lost connection is not retryable, because the commit may have
// happened.
func IsRetryable(err error) bool {
	return sqliteCode(err)&0xff == sqlite3.SQLITE_BUSY || // the low byte is the class of an extended code
		pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) != nil || isStale(err)
}

// IsTimeout reports whether PostgreSQL's server has stopped a statement because it took too long. It has changed nothing.
func IsTimeout(err error) bool { return pq.As(err, pqerror.QueryCanceled) != nil }

// IsLockTimeout reports whether a statement of PostgreSQL has waited for a lock for too long. Its transaction has changed nothing.
func IsLockTimeout(err error) bool { return pq.As(err, pqerror.LockNotAvailable) != nil }

// isStale reports whether err says that a prepared statement cannot be used any longer: its result has other columns since the schema
// was changed, or the server has forgotten it (DISCARD ALL).
func isStale(err error) bool {
	if pq.As(err, pqerror.InvalidSQLStatementName) != nil {
		return true
	}
	e := pq.As(err, pqerror.FeatureNotSupported)
	return e != nil && e.Routine == "RevalidateCachedQuery" // the message is in the server's language
}

// sqliteCode returns SQLite's extended result code, or 0 if err does not come from SQLite.
func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
