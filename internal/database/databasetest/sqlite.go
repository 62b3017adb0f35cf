package databasetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"possync/internal/database"
)

// SQLite returns a fresh SQLite database in a file of its own. It skips the test where only PostgreSQL is chosen.
func SQLite(t testing.TB, template Template) *database.DB {
	t.Helper()
	if !chosen(t, database.SQLite) {
		t.Skip(EnvDatabases + " leaves SQLite out")
	}
	path := filepath.Join(t.TempDir(), "test.db")
	content, err := sqliteTemplates.get(t.Context(), template)
	if err != nil {
		t.Fatalf("make the SQLite template: %v", err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

// sqliteTemplates lives as long as the test process: nothing else outlives a single test.
var sqliteTemplates templateFiles

// templateFiles keeps the content of the template files by key.
type templateFiles struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (f *templateFiles) get(ctx context.Context, template Template) ([]byte, error) {
	if template.Fill == nil {
		return nil, nil // an empty file is an empty database
	}
	var base []byte
	if template.Base != nil {
		var err error
		if base, err = f.get(ctx, *template.Base); err != nil {
			return nil, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if content, ok := f.files[template.Key]; ok {
		return content, nil
	}
	content, err := makeFile(ctx, base, template)
	if err != nil {
		return nil, err
	}
	if f.files == nil {
		f.files = map[string][]byte{}
	}
	f.files[template.Key] = content
	return content, nil
}

// makeFile fills a database that begins with the content base.
func makeFile(ctx context.Context, base []byte, template Template) (content []byte, err error) {
	dir, err := os.MkdirTemp("", "possync-template-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := os.RemoveAll(dir); err == nil {
			err = e
		}
	}()
	path := filepath.Join(dir, "template.db")
	if err := os.WriteFile(path, base, 0o600); err != nil {
		return nil, err
	}
	db, err := database.Open(ctx, "sqlite:"+path)
	if err != nil {
		return nil, err
	}
	err = template.Fill(ctx, db)
	if e := db.Close(); err == nil {
		err = e // the last connection to close moves the write-ahead log into the file
	}
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path + "-wal"); err == nil {
		return nil, fmt.Errorf("the write-ahead log of %s outlived its connections", path)
	}
	return os.ReadFile(path)
}
