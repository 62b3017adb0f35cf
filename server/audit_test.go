package main

import (
	"strings"
	"testing"

	"possync/ent"
	"possync/internal/database"
	"possync/internal/records/auditlog"
	"possync/internal/records/store/storetest"
)

// The command says that a log is sound, with the hash to keep, or which entry was changed.
func TestAuditVerify(t *testing.T) {
	storetest.Run(t, func(t *testing.T, client *ent.Client, db *database.DB) {
		ctx, site := storetest.Site(t, client, "a")
		for range 3 {
			if err := auditlog.Append(ctx, client, storetest.Now(), auditlog.Entry{Action: "START_SYNC", Actor: "ann"}); err != nil {
				t.Fatal(err)
			}
		}
		env := map[string]string{"POSSYNC_DATABASE_URL": db.URL()}
		if o := run(t, env, "audit", "verify"); o.code != exitOK || !strings.HasPrefix(o.stdout, "a: 3 entries, the last is 3 with the hash ") {
			t.Errorf("a sound log: %+v", o)
		}
		if _, err := db.SQL.ExecContext(t.Context(), `UPDATE audit_events SET actor = 'bob' WHERE site_id = $1 AND sequence = 2`, site.ID); err != nil {
			t.Fatal(err)
		}
		o := run(t, env, "audit", "verify")
		if o.code != exitFailed || !strings.Contains(o.stdout, "a: entry 2 (aud_") || !strings.Contains(o.stdout, ") was changed\n") || !strings.Contains(o.stderr, "1 findings") {
			t.Errorf("a changed entry: %+v", o)
		}
		if o := run(t, env, "audit", "mend"); o.code != exitUsage {
			t.Errorf("another action: %+v", o)
		}
	})
}
