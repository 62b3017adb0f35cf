package databasetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"possync/internal/database"
)

// parents are the PostgreSQL databases that this process makes copies of.
var parents parentSet

// parentSet keeps the names of the databases that templates and snapshots were made in.
type parentSet struct {
	mu    sync.Mutex
	names map[parentKey]string
}

// parentKey names a template, or a snapshot of this process.
type parentKey struct {
	key      string
	snapshot bool
}

// get returns the name of the database with the template's content, and makes it if need be.
func (p *parentSet) get(ctx context.Context, server string, template Template) (name string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if name, ok := p.names[keyOf(template)]; ok {
		return name, nil
	}
	admin, err := database.Open(ctx, server, database.WithMaxConns(2))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, admin.Close()) }()
	return p.make(ctx, admin, template)
}

func keyOf(template Template) parentKey { return parentKey{template.Key, template.Base != nil} }

// make is get with the lock held: what a template is made on is made first.
func (p *parentSet) make(ctx context.Context, admin *database.DB, template Template) (name string, err error) {
	if name, ok := p.names[keyOf(template)]; ok {
		return name, nil
	}
	if template.Base != nil {
		var base string
		if base, err = p.make(ctx, admin, *template.Base); err == nil {
			name, err = makeSnapshot(ctx, admin, base, template)
		}
	} else {
		name, err = ensureTemplate(ctx, admin, template)
	}
	if err != nil {
		return "", err
	}
	if p.names == nil {
		p.names = map[parentKey]string{}
	}
	p.names[keyOf(template)] = name
	return name, nil
}

func makeSnapshot(ctx context.Context, admin *database.DB, base string, template Template) (name string, err error) {
	if name, err = owned.create(ctx, admin, base); err != nil {
		return "", err
	}
	db, err := database.Open(ctx, withDatabase(admin.URL(), name), database.WithMaxConns(maxConns))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }() // also when Fill ends the test
	if err := fillTemplate(ctx, db, template); err != nil {
		return "", fmt.Errorf("fill: %w", err)
	}
	return name, nil
}
