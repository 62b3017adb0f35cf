package graphtest

import (
	"context"
	"strings"
	"sync/atomic"

	"entgo.io/ent/dialect"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/store"
	"possync/internal/records/tenancy"
)

// Statements counts what is sent to the database.
type Statements struct {
	n      atomic.Int64
	writes atomic.Int64
	before atomic.Pointer[func(n int)]
}

// Before has fn called before each statement is sent, with how many were counted so far, this one included.
func (s *Statements) Before(fn func(n int)) { s.before.Store(&fn) }

// Take returns how many statements were sent since it was last called.
func (s *Statements) Take() int { return int(s.n.Swap(0)) }

// TakeWrites returns how many of the statements since it was last called have changed rows, or might have.
func (s *Statements) TakeWrites() int { return int(s.writes.Swap(0)) }

// Counting returns a guarded client whose statements are counted.
func Counting(db *database.DB) (*ent.Client, *Statements) {
	s := &Statements{}
	driver := dialect.DebugWithContext(store.Driver(db), func(_ context.Context, v ...any) {
		for _, text := range v {
			if t, ok := text.(string); ok && strings.Contains(t, "query=") {
				s.count(!strings.Contains(t, "query=SELECT"))
			}
		}
	})
	client := ent.NewClient(ent.Driver(driver))
	tenancy.Guard(client)
	return client, s
}

func (s *Statements) count(writes bool) {
	n := s.n.Add(1)
	if writes {
		s.writes.Add(1)
	}
	if fn := s.before.Load(); fn != nil {
		(*fn)(int(n))
	}
}
