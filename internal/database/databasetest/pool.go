package databasetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"possync/internal/database"
)

// copies are the copies of templates and snapshots that this process has made.
var copies pool

// pool keeps the databases that tests have ended with, for the next tests that want a copy of the same one: PostgreSQL takes far
// longer to create a database than to empty one. A database is used again only if nobody is connected to it and nothing but rows
// has changed in it; otherwise it is dropped. So a test may do with its database what it likes.
type pool struct {
	mu    sync.Mutex
	idle  map[string][]string // names of the copies by that of their parent; first the one that is idle longest
	fresh map[string]string   // the fingerprint of a new copy, by the name of its parent
}

// take returns a copy of the database parent for the test, and takes it back afterwards.
func (p *pool) take(t testing.TB, server, parent string) *database.DB {
	t.Helper()
	name, db := p.reuse(t, server, parent)
	if db == nil {
		name, db = p.create(t, server, parent)
	}
	t.Cleanup(func() { p.put(parent, name) })
	t.Cleanup(func() { closeOrFail(t, db) })
	return db
}

// reuse returns a database that other tests have used, or nil if there is none that can be.
func (p *pool) reuse(t testing.TB, server, parent string) (string, *database.DB) {
	t.Helper()
	for range p.count(parent) {
		name, fresh, ok := p.pop(parent)
		if !ok {
			break
		}
		db, err := database.Open(t.Context(), withDatabase(server, name), database.WithMaxConns(maxConns))
		if err != nil {
			t.Fatal(err)
		}
		if err = reset(t.Context(), db, fresh); err == nil {
			return name, db
		}
		closeOrFail(t, db)
		if errors.Is(err, errInUse) {
			p.put(parent, name)
			continue
		}
		drop(t, server, name)
		if !errors.Is(err, errChanged) {
			t.Fatalf("empty the database %s: %v", name, err)
		}
	}
	return "", nil
}

// create returns a new copy.
func (p *pool) create(t testing.TB, server, parent string) (string, *database.DB) {
	t.Helper()
	admin, err := database.Open(t.Context(), server, database.WithMaxConns(2))
	if err != nil {
		t.Fatal(err)
	}
	defer closeOrFail(t, admin)
	name, err := owned.create(t.Context(), admin, parent)
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Open(t.Context(), withDatabase(server, name), database.WithMaxConns(maxConns))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.remember(t.Context(), db, parent); err != nil {
		t.Fatal(errors.Join(err, db.Close()))
	}
	return name, db
}

// remember keeps the fingerprint of the first copy of a database.
func (p *pool) remember(ctx context.Context, db *database.DB, parent string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fresh[parent] != "" {
		return nil
	}
	found, err := inspect(ctx, db.SQL)
	if err != nil {
		return err
	}
	if p.fresh == nil {
		p.fresh, p.idle = map[string]string{}, map[string][]string{}
	}
	p.fresh[parent] = found.fingerprint
	return nil
}

func (p *pool) count(parent string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.idle[parent])
}

func (p *pool) pop(parent string) (name, fresh string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	idle := p.idle[parent]
	if len(idle) == 0 {
		return "", "", false
	}
	p.idle[parent] = idle[1:]
	return idle[0], p.fresh[parent], true
}

func (p *pool) put(parent, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle[parent] = append(p.idle[parent], name)
}
