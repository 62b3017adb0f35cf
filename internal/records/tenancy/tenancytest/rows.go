package tenancytest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"possync/ent"
	"possync/ent/migrate"
	"possync/internal/database"
	"possync/internal/retail"
)

// Dump returns every row of the site, as text by table and id, read past the guard.
func (s *Site) Dump(t testing.TB, db *database.DB) map[string]string {
	t.Helper()
	dump := map[string]string{}
	for _, table := range migrate.Tables {
		column := "site_id"
		if table.Name == "sites" {
			column = "id"
		} else if columnOf(table, column) == nil {
			continue // belongs to no tenant
		}
		s.dumpTable(t, db, table.Name, column, dump)
	}
	return dump
}

func (s *Site) dumpTable(t testing.TB, db *database.DB, table, column string, dump map[string]string) {
	t.Helper()
	rows, err := db.SQL.QueryContext(context.Background(), fmt.Sprintf("select * from %s where %s = $1", table, column), s.ID)
	if err != nil {
		t.Fatalf("dump %s: %v", table, err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatalf("dump %s: %v", table, err)
	}
	for rows.Next() {
		values := make([]any, len(names))
		pointers := make([]any, len(names))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatalf("dump %s: %v", table, err)
		}
		var text strings.Builder
		id := ""
		for i, name := range names {
			if b, ok := values[i].([]byte); ok {
				values[i] = string(b)
			}
			if name == "id" {
				id = fmt.Sprint(values[i])
			}
			fmt.Fprintf(&text, "%s=%v ", name, values[i])
		}
		dump[table+" "+id] = text.String()
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("dump %s: %v", table, err)
	}
}

// LinkToOther makes rows of the site refer to rows of another, past the guard, as no fault of the program should: the first
// row of each entity that refers to others refers to the other's spare ones, each item to the other's products as candidates and to its
// items as rivals, and an order line to the other's location as one that has fulfilled it.
func (s *Site) LinkToOther(t testing.TB, client *ent.Client, db *database.DB, other *Site) {
	t.Helper()
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.SQL.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for _, e := range Entities(t, client) {
		for column, table := range e.References() {
			exec(fmt.Sprintf("update %s set %s = $1 where id = $2", e.Table.Name, column), other.Spare(table.Name), s.IDs[e.Table.Name][0])
		}
	}
	for column, table := range map[string]string{"candidate_ids": "products", "rival_ids": "pos_items"} {
		ids, err := json.Marshal(append(append([]string{}, other.IDs[table]...), s.IDs[table]...))
		if err != nil {
			t.Fatal(err)
		}
		exec(fmt.Sprintf("update pos_items set %s = $1 where site_id = $2", column), string(ids), s.ID)
	}
	fulfillments, err := json.Marshal([]retail.Fulfillment{{By: retail.ByStore, Location: other.IDs["locations"][0], Quantity: retail.Unit}})
	if err != nil {
		t.Fatal(err)
	}
	exec("update order_lines set fulfillments = $1 where id = $2", string(fulfillments), s.IDs["order_lines"][0])
	// Somebody left one of the items aside.
	exec("update pos_items set set_aside_at = null where site_id = $1 and id <> $2", s.ID, s.IDs["pos_items"][0])
}
