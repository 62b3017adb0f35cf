package tenancy_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/google/go-cmp/cmp"

	"possync/ent"
	"possync/ent/migrate"
	"possync/internal/database"
	"possync/internal/database/tenantcheck"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/records/tenancy"
	"possync/internal/records/tenancy/tenancytest"
)

// Every table belongs to the tenants, and what is unique is so within one.
func TestEveryTableHasATenant(t *testing.T) {
	for _, table := range migrate.Tables {
		// The tenants, and what belongs to none.
		if slices.Contains([]string{"sites", "database_states", "seal_sentinels", "site_deletions", "write_checks"}, table.Name) {
			continue
		}
		columns := map[string]*schema.Column{}
		for _, c := range table.Columns {
			columns[c.Name] = c
		}
		if c := columns["site_id"]; c == nil || c.Nullable {
			t.Errorf("%s has no site_id that must be set", table.Name)
		}
		references := map[string]bool{}
		for _, fk := range table.ForeignKeys {
			for _, c := range fk.Columns {
				references[c.Name] = true
			}
		}
		if !references["site_id"] {
			t.Errorf("%s.site_id refers to no site", table.Name)
		}
		for _, c := range table.Columns {
			// A reference may be unique on its own: the row it refers to is of one site, as the sweep below shows.
			if c.Unique && c.Name != "id" && !references[c.Name] {
				t.Errorf("%s.%s is unique across the tenants", table.Name, c.Name)
			}
		}
		for _, index := range table.Indexes {
			if index.Unique && index.Columns[0].Name != "site_id" {
				t.Errorf("unique index %s does not start with site_id", index.Name)
			}
		}
	}
}

// Another site's rows can be neither read, changed, deleted nor linked to, whatever entity they are of.
func TestSweep(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		for _, failure := range sweep(t, client, client, db) {
			t.Error(failure)
		}
	})
}

// The second lock alone, below a client that is not guarded, shows and changes nothing of another site either. What it cannot do is
// to hold new links: the statement that makes one names the acting site.
func TestSweepWithoutTheGuard(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		for _, failure := range sweep(t, client, ent.NewClient(ent.Driver(store.Driver(db))), db) {
			if !strings.HasPrefix(failure, "b makes a ") && !strings.HasPrefix(failure, "b links ") {
				t.Error(failure)
			}
		}
	})
}

// The sweep notices a client that is not guarded, whatever is done with it.
func TestSweepCatchesALeak(t *testing.T) {
	client, db := storetest.Any(t)
	unguarded := ent.NewClient(ent.Driver(entsql.OpenDB(db.Dialect, db.SQL)))
	failures := strings.Join(sweep(t, client, unguarded, db), "\n")
	for _, e := range tenancytest.Entities(t, client) {
		for _, kind := range []string{"lists", "gets", "updates", "deletes"} {
			if !strings.Contains(failures, "b "+kind+" "+e.Name+" ") {
				t.Errorf("that b %s a's %s went unnoticed", kind, e.Name)
			}
		}
		for column := range e.References() {
			if !strings.Contains(failures, "b makes a "+e.Name+" with a's "+column) {
				t.Errorf("that b links %s.%s went unnoticed", e.Name, column)
			}
		}
	}
	if !strings.Contains(failures, "a's rows changed") {
		t.Error("that a's rows changed went unnoticed")
	}
}

// sweep tries, as site b with the client under test, everything on the rows of site a.
func sweep(t *testing.T, filling, tested *ent.Client, db *database.DB) (failures []string) {
	a := tenancytest.Fill(t, filling, "a", "Quaxa", 2)
	b := tenancytest.Fill(t, filling, "b", "Quaxb", 2)
	before := a.Dump(t, db)
	if len(before) != len(a.AllIDs()) {
		t.Fatalf("%d rows in the dump, %d were made", len(before), len(a.AllIDs()))
	}
	fail := func(format string, args ...any) { failures = append(failures, fmt.Sprintf(format, args...)) }
	as := b.Context(t.Context())
	entities := tenancytest.Entities(t, tested)
	each := func(try func(e tenancytest.Entity, id string)) {
		for _, e := range entities {
			if len(a.IDs[e.Table.Name]) == 0 {
				t.Fatalf("no %s was made", e.Name)
			}
			for _, id := range a.IDs[e.Table.Name] {
				try(e, id)
			}
		}
	}
	for _, e := range entities {
		seen, err := e.IDs(as)
		if err != nil && !refused(err) {
			fail("list %s: %v", e.Name, err)
		}
		for _, id := range a.IDs[e.Table.Name] {
			if slices.Contains(seen, id) {
				fail("b lists %s %s", e.Name, id)
			}
		}
	}
	each(func(e tenancytest.Entity, id string) {
		if err := e.Get(as, id); !ent.IsNotFound(err) && !refused(err) {
			fail("b gets %s %s: %v", e.Name, id, err)
		}
	})
	each(func(e tenancytest.Entity, id string) {
		err := e.UpdateOne(as, id, b.Texts(e))
		if !ent.IsNotFound(err) && !errors.Is(err, tenancy.ErrEmpty) && !refused(err) {
			fail("b updates %s %s: %v", e.Name, id, err)
		}
	})
	for _, e := range entities {
		failures = append(failures, link(t, as, e, a, b)...)
	}
	for _, e := range entities {
		if err := e.UpdateAll(as, b.Shared(e)); err != nil && !refused(err) {
			fail("update all %s: %v", e.Name, err)
		}
	}
	slices.Reverse(entities) // children go before their parents
	each(func(e tenancytest.Entity, id string) {
		if err := e.DeleteOne(as, id); !ent.IsNotFound(err) && !refused(err) {
			fail("b deletes %s %s: %v", e.Name, id, err)
		}
	})
	for _, e := range entities {
		if err := e.DeleteAll(as); err != nil && !refused(err) {
			fail("delete all %s: %v", e.Name, err)
		}
	}
	if diff := cmp.Diff(before, a.Dump(t, db)); diff != "" {
		fail("a's rows changed (-before +after):\n%s", diff)
	}
	return failures
}

// refused reports whether the second lock did not send the statement.
func refused(err error) bool { return errors.Is(err, tenantcheck.ErrRefused) }

// link tries to make rows of b that refer to a's, and to make b's refer to them.
func link(t *testing.T, as context.Context, e tenancytest.Entity, a, b *tenancytest.Site) (failures []string) {
	for column, table := range e.References() {
		foreign := a.Spare(table.Name)
		values := b.Values(t, e)
		values["site_id"], values[column] = b.ID, foreign
		if _, err := e.Create(as, values); !errors.Is(err, tenancy.ErrForeign) {
			failures = append(failures, fmt.Sprintf("b makes a %s with a's %s: %v", e.Name, column, err))
		}
		if slices.Contains(e.Mutable(), column) {
			err := e.UpdateOne(as, b.IDs[e.Table.Name][0], map[string]any{column: foreign})
			if !errors.Is(err, tenancy.ErrForeign) {
				failures = append(failures, fmt.Sprintf("b links %s.%s to a's: %v", e.Name, column, err))
			}
		}
	}
	return failures
}
