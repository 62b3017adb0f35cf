package databasetest_test

import (
	"context"
	"errors"
	"testing"

	"possync/internal/database"
	"possync/internal/database/databasetest"
)

// Tests that change nothing but rows share databases, and see no rows of each other.
func TestPostgresUsesDatabasesAgain(t *testing.T) {
	template := databasetest.Template{Key: "again " + t.TempDir(), Fill: func(ctx context.Context, db *database.DB) error {
		_, err := db.SQL.ExecContext(ctx, "create table thing (id int primary key); insert into thing values (1)")
		return err
	}}
	names := map[string]bool{}
	const tests = 20
	for range tests {
		t.Run("", func(t *testing.T) {
			db := databasetest.Postgres(t, template)
			var name string
			if err := db.SQL.QueryRowContext(t.Context(), "select current_database()").Scan(&name); err != nil {
				t.Fatal(err)
			}
			names[name] = true
			if n := count(t, db, "select sum(id) from thing"); n != 1 {
				t.Errorf("the ids add up to %d, want 1", n)
			}
			exec(t, db, "update thing set id = 2")
			exec(t, db, "insert into thing values (3)")
		})
	}
	if len(names) == 0 {
		t.Skip("no PostgreSQL")
	}
	if len(names) == tests {
		t.Errorf("%d tests had %d databases", tests, len(names))
	}
}

// After any change of rows a database is as it was. After any other change it is not used again.
func TestReset(t *testing.T) {
	template := databasetest.Template{Key: "reset " + t.TempDir(), Fill: func(ctx context.Context, db *database.DB) error {
		_, err := db.SQL.ExecContext(ctx, `
			create table thing (id int primary key, part int, n int default 0);
			create table part (id int primary key, thing int references thing on delete cascade);
			alter table thing add foreign key (part) references part on delete set null;
			create index by_n on thing (n);
			create sequence numbers;
			create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
			create trigger keep before delete on thing for each row execute function refuse();
			insert into thing values (1, null); insert into part values (1, 1); update thing set part = 1`)
		return err
	}}
	for name, c := range map[string]struct {
		change string
		want   error
	}{
		"nothing":              {"select 1", nil},
		"rows":                 {"insert into part values (2, 1); insert into thing values (2, null), (3, 2); update thing set n = 7, part = null where id = 1; delete from part where id = 1", nil},
		"many rows":            {"insert into thing select g, null from generate_series(2, 5000) g", nil},
		"rows are truncated":   {"truncate thing cascade", nil},
		"table":                {"create table other (id int)", databasetest.ErrChanged},
		"renamed table":        {"alter table part rename to piece", databasetest.ErrChanged},
		"index":                {"create index more on thing (part)", databasetest.ErrChanged},
		"trigger":              {"alter table thing disable trigger keep", databasetest.ErrChanged},
		"function":             {"create or replace function refuse() returns trigger language plpgsql as $$ begin return null; end $$", databasetest.ErrChanged},
		"sequence":             {"select nextval('numbers')", databasetest.ErrChanged},
		"setting":              {"do $$ begin execute format('alter database %I set lock_timeout = 1', current_database()); end $$", databasetest.ErrChanged},
		"planner's statistics": {"analyze thing", databasetest.ErrChanged},
	} {
		t.Run(name, func(t *testing.T) {
			db := databasetest.Postgres(t, template)
			const content = `select concat((select json_agg(t order by id) from thing t), (select json_agg(p order by id) from part p))`
			before, fresh := text(t, db, content), databasetest.Fingerprint(t, db)
			exec(t, db, c.change)
			if err := databasetest.Reset(t.Context(), db, fresh); !errors.Is(err, c.want) {
				t.Fatalf("got the error %v, want %v", err, c.want)
			}
			if c.want != nil {
				return
			}
			if got := text(t, db, content); got != before {
				t.Errorf("got the rows\n%s, want\n%s", got, before)
			}
		})
	}
	t.Run("somebody is connected", func(t *testing.T) {
		db := databasetest.Postgres(t, template)
		exec(t, databasetest.Reopen(t, db), "select 1")
		if err := databasetest.Reset(t.Context(), db, databasetest.Fingerprint(t, db)); !errors.Is(err, databasetest.ErrInUse) {
			t.Errorf("got the error %v, want %v", err, databasetest.ErrInUse)
		}
	})
}

func text(t *testing.T, db *database.DB, query string) (s string) {
	t.Helper()
	if err := db.SQL.QueryRowContext(t.Context(), query).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}
