package migration_test

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ariga.io/atlas/sql/migrate"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"possync/internal/database"
	"possync/internal/database/databasetest"
	"possync/internal/database/migration"
)

// dir returns a migrations file system with the same files for both databases, and their atlas.sum.
func dir(t *testing.T, content map[string]string) fstest.MapFS {
	t.Helper()
	set := fstest.MapFS{}
	for _, name := range []string{"postgres", "sqlite"} {
		mem := &migrate.MemDir{}
		for _, file := range slices.Sorted(maps.Keys(content)) {
			if err := mem.WriteFile(file, []byte(content[file])); err != nil {
				t.Fatal(err)
			}
			set[name+"/"+file] = &fstest.MapFile{Data: []byte(content[file])}
		}
		sum, err := mem.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		text, err := sum.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		set[name+"/atlas.sum"] = &fstest.MapFile{Data: text}
	}
	return set
}

const (
	first  = "20260101000000_first.sql"
	second = "20260102000000_second.sql"
	third  = "20260103000000_third.sql"
)

var (
	one = map[string]string{first: "-- Create \"a\" table\ncreate table a (id int primary key);\ncreate table b (id int);\n"}
	two = with(one, second, "alter table a add column n int;\ninsert into a values (1, 7);\n-- the end\n")
)

func with(files map[string]string, name, sql string) map[string]string {
	files = maps.Clone(files)
	files[name] = sql
	return files
}

func apply(t *testing.T, db *database.DB, files fs.FS, want ...string) {
	t.Helper()
	got, err := migration.Apply(t.Context(), db, files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("applied (-want +got):\n%s", diff)
	}
}

func pending(t *testing.T, db *database.DB, files fs.FS, want ...string) {
	t.Helper()
	got, err := migration.Status(t.Context(), db, files)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("pending (-want +got):\n%s", diff)
	}
}

func count(t *testing.T, db *database.DB, query string) (n int) {
	t.Helper()
	if err := db.SQL.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestApplyInOrderAndOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		pending(t, db, dir(t, two), "20260101000000", "20260102000000")
		apply(t, db, dir(t, one), "20260101000000")
		apply(t, db, dir(t, one))
		pending(t, db, dir(t, two), "20260102000000")
		apply(t, db, dir(t, two), "20260102000000")
		pending(t, db, dir(t, two))
		if n := count(t, db, "select n from a"); n != 7 {
			t.Errorf("n = %d", n)
		}
		if n := count(t, db, "select count(*) from schema_migrations where hash <> '' and applied_at is not null"); n != 2 {
			t.Errorf("%d rows in schema_migrations, want 2", n)
		}
	})
}

func TestStatusChangesNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		pending(t, db, dir(t, one), "20260101000000")
		if _, err := db.SQL.ExecContext(t.Context(), "select 1 from schema_migrations"); err == nil {
			t.Error("Status made the table schema_migrations")
		}
	})
}

func TestRefusals(t *testing.T) {
	edited := dir(t, two)
	edited["sqlite/"+first] = &fstest.MapFile{Data: []byte("create table c (id int);")}
	edited["postgres/"+first] = edited["sqlite/"+first]
	added := dir(t, two)
	added["sqlite/"+third] = &fstest.MapFile{Data: []byte("create table c (id int);")}
	added["postgres/"+third] = added["sqlite/"+third]
	unsummed := dir(t, two)
	delete(unsummed, "sqlite/atlas.sum")
	delete(unsummed, "postgres/atlas.sum")
	changed := maps.Clone(two)
	changed[first] += "create table c (id int);"
	for _, c := range []struct {
		name  string
		files fs.FS
		want  error
	}{
		{"file edited after atlas.sum", edited, migration.ErrChecksum},
		{"file missing from atlas.sum", added, migration.ErrChecksum},
		{"no atlas.sum", unsummed, migration.ErrChecksum},
		{"applied file changed", dir(t, changed), migration.ErrChanged},
		{"file put before an applied one", dir(t, with(two, "20260101120000_between.sql", "create table c (id int);")), migration.ErrChanged},
		{"older program", dir(t, one), migration.ErrNewer},
		{"no directory", fstest.MapFS{}, fs.ErrNotExist},
	} {
		t.Run(c.name, func(t *testing.T) {
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				apply(t, db, dir(t, two), "20260101000000", "20260102000000")
				if applied, err := migration.Apply(t.Context(), db, c.files); !errors.Is(err, c.want) || len(applied) > 0 {
					t.Errorf("Apply = %v, %v; want %v", applied, err, c.want)
				}
				if left, err := migration.Status(t.Context(), db, c.files); !errors.Is(err, c.want) || len(left) > 0 {
					t.Errorf("Status = %v, %v; want %v", left, err, c.want)
				}
			})
		})
	}
	db := databasetest.SQLite(t, databasetest.Template{})
	for name, files := range map[string]map[string]string{
		"one version twice": with(one, "20260101000000_other.sql", "create table c (id int);"),
		"txmode":            {first: "-- atlas:txmode none\n\ncreate table a (id int);"},
	} {
		if _, err := migration.Apply(t.Context(), db, dir(t, files)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A file that fails half way leaves nothing of itself, the files before it stay, and mending the file mends the run.
func TestFailingFileIsUndone(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		broken := with(two, third, "create table c (id int); insert into c values (1); insert into nothing values (1);")
		applied, err := migration.Apply(t.Context(), db, dir(t, broken))
		if err == nil || !strings.Contains(err.Error(), third) {
			t.Fatalf("Apply = %v, want an error that names the file", err)
		}
		if diff := cmp.Diff([]string{"20260101000000", "20260102000000"}, applied); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		pending(t, db, dir(t, broken), "20260103000000")
		apply(t, db, dir(t, with(two, third, "create table c (id int);")), "20260103000000")
	})
}

// Every applier succeeds, and each file is applied by exactly one of them.
func TestAppliersAtOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		files := dir(t, two)
		var group errgroup.Group
		results := make([][]string, 6)
		for i := range results {
			pool := databasetest.Reopen(t, db)
			group.Go(func() (err error) {
				results[i], err = migration.Apply(t.Context(), pool, files)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(slices.Values(slices.Concat(results...)))
		if diff := cmp.Diff([]string{"20260101000000", "20260102000000"}, got); diff != "" {
			t.Errorf("applied by all together (-want +got):\n%s", diff)
		}
	})
}

// The rebuild that Atlas writes for a changed column of a parent table.
const rebuild = `-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_parent" table
CREATE TABLE ` + "`new_parent` (`id` integer NOT NULL, `name` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`)" + `);
INSERT INTO new_parent (id, name) SELECT id, name FROM parent;
DROP TABLE parent;
ALTER TABLE new_parent RENAME TO parent;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
`

const family = `create table parent (id integer primary key, name text not null);
create table child (id integer primary key, parent integer not null references parent (id) on delete cascade);
insert into parent values (1, 'a'), (2, 'b');
insert into child values (10, 1), (11, 1), (12, 2);`

func TestSQLiteRebuildKeepsChildren(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Template{})
	db.SQL.SetMaxOpenConns(1) // whatever the pool gives out afterwards took the place of the connection that migrated
	apply(t, db, dir(t, map[string]string{first: family, second: rebuild}), "20260101000000", "20260102000000")
	if n := count(t, db, "select count(*) from child"); n != 3 {
		t.Errorf("%d children, want 3", n)
	}
	if n := count(t, db, "pragma foreign_keys"); n != 1 {
		t.Error("foreign keys stayed off")
	}
	_, err := db.SQL.ExecContext(t.Context(), "insert into child values (13, 9)")
	if !database.IsForeignKey(err) {
		t.Errorf("an orphan after the rebuild: %v", err)
	}
	if _, err := db.SQL.ExecContext(t.Context(), "delete from parent where id = 1"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "select count(*) from child"); n != 1 {
		t.Errorf("%d children after the cascade, want 1", n)
	}
}

func TestSQLiteRefusesOrphans(t *testing.T) {
	db := databasetest.SQLite(t, databasetest.Template{})
	files := dir(t, map[string]string{first: family, second: "delete from parent where id = 2;"})
	applied, err := migration.Apply(t.Context(), db, files)
	if !errors.Is(err, migration.ErrForeignKeys) || len(applied) != 1 {
		t.Fatalf("Apply = %v, %v; want ErrForeignKeys", applied, err)
	}
	if n := count(t, db, "select count(*) from parent"); n != 2 {
		t.Errorf("%d parents, want both back", n)
	}
	if n := count(t, db, "pragma foreign_keys"); n != 1 {
		t.Error("foreign keys stayed off")
	}
}

// The lock goes with the session, though the pool lives on.
func TestPostgresFreesTheLock(t *testing.T) {
	db := databasetest.Postgres(t, databasetest.Template{})
	apply(t, db, dir(t, one), "20260101000000")
	other := databasetest.Reopen(t, db)
	apply(t, other, dir(t, two), "20260102000000")
}
