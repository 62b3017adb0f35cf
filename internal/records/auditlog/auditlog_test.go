package auditlog_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"possync/ent"
	"possync/internal/audit"
	"possync/internal/database"
	"possync/internal/records/auditlog"
	"possync/internal/records/store"
	"possync/internal/records/store/storetest"
	"possync/internal/tenant"
)

// write writes n entries, a day apart.
func write(t *testing.T, ctx context.Context, client *ent.Client, n int) {
	t.Helper()
	for i := range n {
		at := storetest.Now().Add(time.Duration(i) * 24 * time.Hour)
		err := auditlog.Append(ctx, client, at, auditlog.Entry{
			Action: "UPDATE_IMPORT_SETTINGS", Actor: "änn", Role: "manage", RequestID: "r", Changes: []audit.Change{{Field: "n", After: fmt.Sprint(i)}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// findings returns what is wrong in the logs of all sites.
func findings(t *testing.T, client *ent.Client) []string {
	t.Helper()
	found := []string{}
	err := auditlog.Verify(tenant.System(t.Context()), client, func(r auditlog.Report) error {
		for _, f := range r.Findings {
			found = append(found, fmt.Sprintf("%s: %s %d", r.SiteKey, f.Kind, f.Sequence))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Whatever somebody does to the rows of a log is found, and named.
func TestTamperedRowsAreFound(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		a, site := storetest.Site(t, client, "a")
		b, _ := storetest.Site(t, client, "b")
		write(t, a, client, 6)
		write(t, b, client, 2)
		do := func(statement string) {
			t.Helper()
			if _, err := db.SQL.ExecContext(t.Context(), statement, site.ID); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(when string, want ...string) {
			t.Helper()
			if diff := cmp.Diff(append([]string{}, want...), findings(t, client)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		expect("as written")
		do(`UPDATE audit_events SET actor = 'bob' WHERE site_id = $1 AND sequence = 2`)
		expect("an actor was changed", "a: changed 2")
		do(`UPDATE audit_events SET actor = 'änn' WHERE site_id = $1 AND sequence = 2`)
		expect("and changed back")
		do(`UPDATE audit_events SET changes = '[{"field":"n","after":"7"}]' WHERE site_id = $1 AND sequence = 4`)
		expect("a value was changed", "a: changed 4")
		do(`UPDATE audit_events SET changes = '[{"field": "n", "after": "3"}]' WHERE site_id = $1 AND sequence = 4`)
		expect("and changed back, in other spelling")
		do(`UPDATE audit_events SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE site_id = $1 AND sequence IN (2, 3)`)
		do(`UPDATE audit_events SET sequence = -sequence WHERE site_id = $1 AND sequence < 0`)
		expect("two were swapped", "a: moved 2")
		do(`UPDATE audit_events SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE site_id = $1 AND sequence IN (2, 3)`)
		do(`UPDATE audit_events SET sequence = -sequence WHERE site_id = $1 AND sequence < 0`)
		expect("and swapped back")
		do(`DELETE FROM audit_events WHERE site_id = $1 AND sequence = 6`)
		expect("the last was removed", "a: missing 6")
		do(`DELETE FROM audit_events WHERE site_id = $1 AND sequence IN (1, 4)`)
		expect("and others", "a: missing 1", "a: missing 4", "a: missing 6")
	})
}

// What is old is removed, and the rest is as sound as the whole was; the log goes on behind it, also when all of it was removed.
func TestPrunedLogIsSound(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		other, _ := storetest.Site(t, client, "b")
		write(t, ctx, client, 6)
		write(t, other, client, 1)
		prune := func(days int) {
			t.Helper()
			before := storetest.Now().Add(time.Duration(days)*24*time.Hour - time.Minute)
			err := auditlog.Prune(tenant.System(t.Context()), client, before, storetest.Now(), func(ctx context.Context, fn func(context.Context, *ent.Client) error) error {
				return store.InTx(ctx, client, store.Silent{}, fn)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		expect := func(when string, left int) {
			t.Helper()
			if n, found := client.AuditEvent.Query().CountX(ctx), findings(t, client); n != left || len(found) > 0 {
				t.Errorf("%s: %d entries, want %d; %v", when, n, left, found)
			}
		}
		prune(0)
		expect("nothing is old", 6)
		prune(4)
		expect("four are old", 2)
		if _, err := db.SQL.ExecContext(t.Context(), `DELETE FROM audit_events WHERE site_id = $1 AND sequence = 5`, site.ID); err != nil {
			t.Fatal(err)
		}
		if found := findings(t, client); !slices.Equal(found, []string{"a: missing 5"}) {
			t.Errorf("one more was removed: %v", found)
		}
		prune(100)
		expect("all are old", 0)
		write(t, ctx, client, 2)
		expect("it goes on", 2)
	})
}

// Entries that are written at the same time come one after the other.
func TestConcurrentEntries(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, client *ent.Client, _ *database.DB) {
		ctx, _ := storetest.Site(t, client, "a")
		var all errgroup.Group
		for range 8 {
			all.Go(func() error {
				return store.InTx(ctx, client, store.Silent{}, func(ctx context.Context, tx *ent.Client) error {
					return auditlog.Append(ctx, tx, storetest.Now(), auditlog.Entry{Action: "START_SYNC", Actor: "ann"}, auditlog.Entry{Action: "CANCEL_SYNC", Actor: "ann"})
				})
			})
		}
		if err := all.Wait(); err != nil {
			t.Fatal(err)
		}
		if n, found := client.AuditEvent.Query().CountX(ctx), findings(t, client); n != 16 || len(found) > 0 {
			t.Errorf("%d entries, %v", n, found)
		}
	})
}
