// Package audit chains the entries of an audit log by their hashes, and finds what is wrong in a chain.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// HashBytes is the length of a hash.
const HashBytes = sha256.Size

// Change is one value that changed, in words.
type Change struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"` // empty = there was nothing
	After  string `json:"after,omitempty"`  // empty = there is nothing any more
}

// Entry is what one entry of a log says.
type Entry struct {
	ID        string
	SiteID    string
	Action    string
	Actor     string
	Role      string
	Target    string
	Changes   []Change
	More      int
	RequestID string
	At        time.Time
}

// version begins the canonical bytes: another form of them would have another.
const version = "possync audit entry 1"

// canonical returns the bytes that an entry is hashed as. Each text has its length before it, so that no two entries have the same.
func (e Entry) canonical() []byte {
	var b []byte
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	for _, s := range []string{version, e.ID, e.SiteID, e.Action, e.Actor, e.Role, e.Target, e.RequestID} {
		text(s)
	}
	b = binary.AppendVarint(b, e.At.UnixMicro()) // as exact as the databases are
	b = binary.AppendVarint(b, int64(e.More))
	b = binary.AppendUvarint(b, uint64(len(e.Changes)))
	for _, c := range e.Changes {
		text(c.Field)
		text(c.Before)
		text(c.After)
	}
	return b
}

// Hash returns the hash of an entry that follows on the one with the hash previous, or on [Genesis].
func Hash(previous []byte, e Entry) []byte {
	h := sha256.New()
	h.Write(previous)
	h.Write(e.canonical())
	return h.Sum(nil)
}

// Genesis is what the first entry of a log follows on.
func Genesis() []byte { return make([]byte, HashBytes) }
