package restore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"

	"possync/ent"
	"possync/internal/database"
)

// identityParts distinguish a PostgreSQL database from what replaces it: a dump in another server, a replica that takes over
// (which begins a timeline, as does a recovery to a point in time), a dump or a copy in another database of the server, and a
// dump whose tables are created again in the same database.
var identityParts = []string{
	"(select system_identifier::text from pg_control_system())",
	"substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)",
	"(select oid::text from pg_database where datname = current_database())",
	"pg_relation_filenode('database_states')::text",
}

// identityOf returns the expression that identifies the database: of those parts that its user may ask for. SQLite has none.
func identityOf(ctx context.Context, client *ent.Client) (expression string, err error) {
	if client.Dialect() != dialect.Postgres {
		return "''", nil
	}
	allowed := make([]string, len(identityParts))
	for i, part := range identityParts {
		allowed[i] = "coalesce(" + part + ", '')"
		if err := ask(ctx, client, part); err != nil {
			if !database.IsUnsupported(err) {
				return "", fmt.Errorf("identify the database: %w", err)
			}
			allowed[i] = "''" // some hosted databases lack what it asks for
		}
	}
	return strings.Join(allowed, " || '/' || "), nil
}

func ask(ctx context.Context, client *ent.Client, expression string) (err error) {
	rows, err := client.QueryContext(ctx, "select "+expression)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
	}
	return rows.Err()
}
