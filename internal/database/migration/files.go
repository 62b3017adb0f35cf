package migration

import (
	"errors"
	"fmt"
	"io/fs"

	"ariga.io/atlas/sql/migrate"

	"possync/internal/database"
)

// file is one migration. Its hash, from atlas.sum, covers the files before it too.
type file struct {
	name, version, hash, sql string
}

// files are the migrations of one database in order.
type files []file

// Directory returns the name of the directory that holds the migrations of a dialect.
func Directory(dialect string) string {
	if dialect == database.SQLite {
		return "sqlite"
	}
	return dialect
}

// load reads the files for a dialect and verifies them against atlas.sum.
func load(migrations fs.FS, dialect string) (files, error) {
	sub, err := fs.Sub(migrations, Directory(dialect))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	entries, err := fs.ReadDir(sub, ".")
	if err != nil {
		return nil, fmt.Errorf("read migrations for %s: %w", dialect, err)
	}
	dir := &migrate.MemDir{}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		content, err := fs.ReadFile(sub, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read migrations for %s: %w", dialect, err)
		}
		if err := dir.WriteFile(entry.Name(), content); err != nil {
			return nil, fmt.Errorf("read migrations for %s: %w", dialect, err)
		}
	}
	if err := migrate.Validate(dir); err != nil {
		if e, ok := errors.AsType[*migrate.ChecksumError](err); ok {
			return nil, fmt.Errorf("%w: %s was %s", ErrChecksum, e.File, e.Reason)
		}
		return nil, fmt.Errorf("%w: %w", ErrChecksum, err)
	}
	return list(dir)
}

func list(dir *migrate.MemDir) (files, error) {
	found, err := dir.Files()
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	sums, err := dir.Checksum()
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	var set files
	for _, f := range found {
		local := migrate.NewLocalFile(f.Name(), f.Bytes())
		if local.IsCheckpoint() || len(local.Directive("txmode")) > 0 {
			return nil, fmt.Errorf("migration %s: checkpoints and txmode are not supported", f.Name())
		}
		hash, err := sums.SumByName(f.Name())
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrChecksum, f.Name(), err)
		}
		if n := len(set); n > 0 && set[n-1].version == f.Version() {
			return nil, fmt.Errorf("migrations %s and %s have one version", set[n-1].name, f.Name())
		}
		set = append(set, file{name: f.Name(), version: f.Version(), hash: hash, sql: string(f.Bytes())})
	}
	return set, nil
}

// pending returns the files that are not among the applied ones, which are hashes by version.
func (set files) pending(applied map[string]string) (files, error) {
	known := 0
	var left files
	for _, f := range set {
		hash, ok := applied[f.version]
		if !ok {
			left = append(left, f)
			continue
		}
		if hash != f.hash || len(left) > 0 {
			return nil, fmt.Errorf("%w: %s", ErrChanged, f.name)
		}
		known++
	}
	if known == len(applied) {
		return left, nil
	}
	for _, f := range set {
		delete(applied, f.version)
	}
	unknown := ""
	for version := range applied {
		unknown = max(unknown, version)
	}
	return nil, fmt.Errorf("%w: version %s is unknown here", ErrNewer, unknown)
}
