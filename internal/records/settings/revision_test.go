package settings_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/settings"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy/tenancytest"
)

// Whatever a snapshot holds, a change of it raises the revision of its site, and of no other. What it leaves out does not.
func TestEveryChangeRaisesTheRevision(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		site := tenancytest.Fill(t, client, "a", "Quaxa", 2)
		other := tenancytest.Fill(t, client, "b", "Quaxb", 2)
		ctx := site.Context(t.Context())
		raised := func(doing string, want bool, statement string, args ...any) {
			t.Helper()
			before, others := revision(ctx, client), revision(other.Context(t.Context()), client)
			if result, err := db.SQL.ExecContext(t.Context(), statement, args...); err != nil {
				t.Fatalf("%s: %v", doing, err)
			} else if n, err := result.RowsAffected(); err != nil || n != 1 {
				t.Fatalf("%s: %d rows, %v", doing, n, err)
			}
			if after := revision(ctx, client); (after > before) != want {
				t.Errorf("%s: the revision was %d and is %d", doing, before, after)
			}
			if after := revision(other.Context(t.Context()), client); after != others {
				t.Errorf("%s: the revision of another site was %d and is %d", doing, others, after)
			}
		}
		for _, table := range slices.Backward(settings.Tables()) { // what refers to others goes first: it is deleted with them
			id := site.IDs[table.Name][0]
			held := settings.Columns(table)
			for _, c := range table.Columns {
				if c.Name == "id" || c.Name == "site_id" {
					continue // they never change
				}
				value, ok := another(table, c, site)
				if !ok {
					continue // it refers to a row that must stay; to change it is to make another row
				}
				raised("change "+table.Name+"."+c.Name, slices.Contains(held, c.Name),
					fmt.Sprintf(`update %s set "%s" = %s where id = $1`, table.Name, c.Name, value), id)
			}
			if table.Name == "sites" {
				continue // with it goes the state too
			}
			spare, kept := site.Spare(table.Name), "kept_"+table.Name
			if _, err := db.SQL.ExecContext(t.Context(), fmt.Sprintf("create table %s as select * from %s where id = '%s'", kept, table.Name, spare)); err != nil {
				t.Fatal(err)
			}
			raised("delete from "+table.Name, true, fmt.Sprintf("delete from %s where id = $1", table.Name), spare)
			raised("insert into "+table.Name, true, fmt.Sprintf("insert into %s select * from %s", table.Name, kept))
		}
	})
}

// another is an SQL expression for another value of a column.
func another(table *schema.Table, c *schema.Column, site *tenancytest.Site) (string, bool) {
	name := `"` + c.Name + `"`
	for _, fk := range table.ForeignKeys {
		if fk.Columns[0] != c {
			continue
		}
		if c.Nullable {
			return "null", true
		}
		return "'" + site.Spare(fk.RefTable.Name) + "'", true
	}
	switch c.Type {
	case field.TypeBool:
		return "not " + name, true
	case field.TypeTime:
		return "'2031-02-03 04:05:06.123456+00:00'", true
	case field.TypeBytes:
		return "null", true
	case field.TypeString:
		return "'XYZ'", true
	default:
		return name + " + 100", true
	}
}

func revision(ctx context.Context, client *ent.Client) int64 {
	return client.SyncState.Query().OnlyX(ctx).SettingsRevision
}
