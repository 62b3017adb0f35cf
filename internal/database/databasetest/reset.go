package databasetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/lib/pq"

	"possync/internal/database"
)

// pristine is the schema in which a template keeps its rows, so that its copies can get them back.
const pristine = "possync_pristine"

// keepPristine keeps all rows of a database that is filled.
func keepPristine(ctx context.Context, db *database.DB) error {
	_, err := db.SQL.ExecContext(ctx, "drop schema if exists "+pristine+" cascade; create schema "+pristine)
	if err != nil {
		return err
	}
	found, err := inspect(ctx, db.SQL)
	if err != nil {
		return err
	}
	var statements strings.Builder
	for _, table := range found.used {
		fmt.Fprintf(&statements, "create table %s.%s as table public.%[2]s;", pristine, table)
	}
	_, err = db.SQL.ExecContext(ctx, statements.String())
	return err
}

// Why a database cannot be used again: somebody is connected to it (after a test its connections take a moment to end), or more
// than rows has changed.
var (
	errInUse   = errors.New("the database is in use")
	errChanged = errors.New("more than rows has changed")
)

// reset makes a copy as it was when it was new, when it had the fingerprint fresh.
func reset(ctx context.Context, db *database.DB, fresh string) error {
	tx, err := db.SQL.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	found, err := inspect(ctx, tx)
	switch {
	case err != nil:
		return err
	case found.others > 0:
		return errInUse
	case found.fingerprint != fresh || !found.superuser:
		return errChanged
	}
	var statements strings.Builder
	statements.WriteString("set local session_replication_role = replica;") // no triggers, and no order among foreign keys
	if len(found.grown) > 0 {
		fmt.Fprintf(&statements, "truncate %s cascade;", strings.Join(found.grown, ", "))
	}
	for _, table := range found.used {
		fmt.Fprintf(&statements, "delete from public.%s;", table)
	}
	for _, table := range found.kept {
		fmt.Fprintf(&statements, "insert into public.%s table %s.%[1]s;", table, pristine)
	}
	if _, err := tx.ExecContext(ctx, statements.String()); err != nil {
		return err
	}
	return tx.Commit()
}

// condition is what is to be known about a copy before it is used again. The tables are quoted names; all but kept are of the
// schema public.
type condition struct {
	others      int      // connections besides ours
	superuser   bool     // ours may leave triggers out
	fingerprint string   // of all but the rows in the schema public
	used        []string // tables that have rows or had some
	grown       []string // those that are worth truncating, which takes far longer than deleting a few rows
	kept        []string // tables whose rows are in the schema pristine
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func inspect(ctx context.Context, db querier) (c condition, err error) {
	err = db.QueryRowContext(ctx, inspection, pristine).Scan(&c.others, &c.superuser, &c.fingerprint, pq.Array(&c.used),
		pq.Array(&c.grown), pq.Array(&c.kept))
	if err != nil {
		return condition{}, fmt.Errorf("inspect the database: %w", err)
	}
	return c, nil
}

// inspection reads a condition. A changed or new row of a catalogue has a higher xmin than all others, and a deleted one is
// missing from the count; in pg_class, which truncating changes too, the columns are compared. The planner's statistics count as
// a change. Without them it takes an empty table for one of 10 pages, which is why a larger one is truncated.
var inspection = `
with tables as (
	select oid, quote_ident(relname) as name, relnamespace::regnamespace::text as schema, pg_relation_size(oid) as size
	from pg_class where relkind = 'r' and oid >= 16384 and relpersistence <> 't'
)
select
	(select count(*) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'),
	current_setting('is_superuser')::bool,
	md5(concat_ws(';', ` + catalogues() + `
		(select string_agg(concat_ws(',', oid, relname, relnamespace, relowner, relkind, relpersistence, relnatts, relchecks,
			relhasindex, relhasrules, relhastriggers, relrowsecurity, relforcerowsecurity, reltuples > 0, relacl, reloptions), ';' order by oid)
			from pg_class where oid >= 16384),
		(select string_agg(concat_ws(',', oid, size), ';' order by oid) from tables where schema <> 'public'),
		(select string_agg(concat_ws(',', schemaname, sequencename, last_value), ';' order by schemaname, sequencename) from pg_sequences),
		(select string_agg(concat_ws(',', setrole, setconfig), ';' order by setrole) from pg_db_role_setting s
			join pg_database d on d.oid = s.setdatabase where datname = current_database()),
		(select count(*) from pg_statistic where starelid >= 16384),
		(select count(*) from pg_largeobject_metadata))),
	(select array_agg(name) from tables where schema = 'public' and size > 0),
	(select array_agg(name) from tables where schema = 'public' and size > 10 * 8192),
	(select array_agg(name) from tables where schema = $1)`

// catalogues is the part of the fingerprint that shows changes of the schema.
func catalogues() string {
	var parts strings.Builder
	for _, name := range []string{
		"attrdef", "attribute", "collation", "constraint", "depend", "enum", "event_trigger", "extension", "index", "inherits",
		"namespace", "policy", "proc", "rewrite", "sequence", "statistic_ext", "trigger", "type",
	} {
		fmt.Fprintf(&parts, "(select concat_ws(',', count(*), max(xmin::text::bigint)) from pg_%s),\n", name)
	}
	return parts.String()
}
