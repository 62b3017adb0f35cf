// Command diff writes the migration files that lead from the last ones to the ent schema, for both databases.
//
// It needs an empty PostgreSQL database to replay the files in: `make migration name=add_something` provides one. With -hash it
// only writes the checksums, for a new file that was edited by hand.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	atlas "ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"

	"possync/ent"
)

func main() {
	name := flag.String("name", "change", "what the migration does, in snake_case")
	dir := flag.String("dir", "ent/migrate/migrations", "folder that holds postgres/ and sqlite/")
	hash := flag.Bool("hash", false, "only write the checksums, after a new file was edited by hand")
	flag.Parse()
	if *hash {
		if err := errors.Join(checksum(filepath.Join(*dir, "sqlite")), checksum(filepath.Join(*dir, "postgres"))); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := run(context.Background(), *dir, *name, os.Getenv("POSSYNC_TEST_POSTGRES")); err != nil {
		log.Fatal(err)
	}
}

// checksum writes a folder's atlas.sum.
func checksum(dir string) error {
	files, err := atlas.NewLocalDir(dir)
	if err != nil {
		return fmt.Errorf("open %s: %w", dir, err)
	}
	sum, err := files.Checksum()
	if err != nil {
		return fmt.Errorf("read %s: %w", dir, err)
	}
	if err := atlas.WriteSumFile(files, sum); err != nil {
		return fmt.Errorf("write the checksums of %s: %w", dir, err)
	}
	return nil
}

func run(ctx context.Context, dir, name, postgresURL string) error {
	if postgresURL == "" {
		return fmt.Errorf("POSSYNC_TEST_POSTGRES is not set: run this through `make migration name=%s`", name)
	}
	scratch, err := os.MkdirTemp("", "possync-diff")
	if err != nil {
		return fmt.Errorf("make a scratch folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	sqliteURL := "file:" + filepath.Join(scratch, "dev.db") + "?_pragma=foreign_keys(1)&_pragma=legacy_alter_table(1)"
	if err := diff(ctx, "sqlite", sqliteURL, dialect.SQLite, filepath.Join(dir, "sqlite"), name); err != nil {
		return err
	}
	return diff(ctx, "postgres", postgresURL, dialect.Postgres, filepath.Join(dir, "postgres"), name)
}

func diff(ctx context.Context, driver, url, kind, dir, name string) error {
	db, err := sql.Open(driver, url)
	if err != nil {
		return fmt.Errorf("open %s: %w", kind, err)
	}
	defer func() { _ = db.Close() }()
	files, err := atlas.NewLocalDir(dir)
	if err != nil {
		return fmt.Errorf("open %s: %w", dir, err)
	}
	client := ent.NewClient(ent.Driver(entsql.OpenDB(kind, db)))
	err = client.Schema.NamedDiff(ctx, name,
		schema.WithDir(files), schema.WithMigrationMode(schema.ModeReplay), schema.WithDialect(kind),
		schema.WithFormatter(atlas.DefaultFormatter), schema.WithDropColumn(true), schema.WithDropIndex(true))
	if err != nil {
		return fmt.Errorf("diff for %s: %w", kind, err)
	}
	return nil
}
