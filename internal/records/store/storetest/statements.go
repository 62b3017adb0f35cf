package storetest

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"entgo.io/ent/dialect"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/store"
)

// Statements counts what is sent to the database.
type Statements struct {
	n            atomic.Int64
	writes       atomic.Int64
	transactions atomic.Int64 // their beginnings and ends
	before       atomic.Pointer[func(n int)]

	mu   sync.Mutex
	list []string
}

// Before has fn called before each statement is sent, with how many were counted so far, this one included.
func (s *Statements) Before(fn func(n int)) { s.before.Store(&fn) }

// Take returns how many statements were sent since it was last called.
func (s *Statements) Take() int { return int(s.n.Swap(0)) }

// List returns the statements since it was last called, each with its transaction, and the beginnings and ends of these: to see what a
// count consists of.
func (s *Statements) List() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := strings.Join(s.list, "\n")
	s.list = nil
	return list
}

// note adds a line to the list, which keeps the last ones.
func (s *Statements) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) >= maxListed {
		s.list = s.list[1:]
	}
	s.list = append(s.list, line)
}

const maxListed = 500

// TakeWrites returns how many of the statements since it was last called have changed rows, or might have.
func (s *Statements) TakeWrites() int { return int(s.writes.Swap(0)) }

// TakeTransactions returns how many BEGINs and COMMITs were sent since it was last called.
func (s *Statements) TakeTransactions() int { return int(s.transactions.Swap(0)) }

// Counting returns a guarded client whose statements are counted.
func Counting(db *database.DB) (*ent.Client, *Statements) {
	s := &Statements{}
	driver := dialect.DebugWithContext(store.Driver(db), func(_ context.Context, v ...any) {
		for _, text := range v {
			t, _ := text.(string)
			s.note(t)
			switch {
			case strings.Contains(t, "query="):
				s.count(!strings.Contains(t, "query=SELECT"))
			case strings.Contains(t, ": started"), strings.HasPrefix(t, "Tx") && strings.HasSuffix(t, ": committed"):
				s.transactions.Add(1)
			}
		}
	})
	return store.NewClientOver(driver), s
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
