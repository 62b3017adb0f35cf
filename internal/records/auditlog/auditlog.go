// Package auditlog writes the audit log of a site, removes what is old of it, and finds what was done to it since.
//
// An entry is written in the transaction of the change that it is about. The row of the site's chain is the last lock that such a
// transaction takes, so that nobody waits for it who does not wait for the change itself.
package auditlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/auditchain"
	"possync/internal/audit"
	"possync/internal/pid"
	"possync/internal/tenant"
	"possync/internal/text"
)

// Entry is what somebody did.
type Entry struct {
	Action    string // as the API's AuditAction has it
	Actor     string // the platform's user or service
	Role      string // that they acted in
	Target    string // the id of what was changed; empty = the site, or many things
	Changes   []audit.Change
	More      int // changes that are not listed
	RequestID string
}

const (
	maxField = 100  // bytes of the name of what changed
	maxValue = 1000 // bytes of a value
)

// Append writes entries at the end of the acting site's log.
func Append(ctx context.Context, client *ent.Client, now time.Time, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	last, sum, err := reserve(ctx, client, siteID, len(entries))
	if err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	now = now.UTC().Truncate(time.Microsecond)
	creates := make([]*ent.AuditEventCreate, len(entries))
	for i, e := range entries {
		entry := audit.Entry{
			ID: pid.New("aud"), SiteID: siteID, Action: e.Action, Actor: e.Actor, Role: e.Role, Target: e.Target,
			Changes: shortened(e.Changes), More: e.More, RequestID: e.RequestID, At: now,
		}
		previous := sum
		sum = audit.Hash(previous, entry)
		creates[i] = client.AuditEvent.Create().SetID(entry.ID).SetSiteID(siteID).SetSequence(last - len(entries) + i + 1).
			SetAction(entry.Action).SetActor(entry.Actor).SetRole(entry.Role).SetTarget(entry.Target).SetChanges(entry.Changes).
			SetMoreChanges(entry.More).SetRequestID(entry.RequestID).SetAt(entry.At).SetPrevious(previous).SetHash(sum)
	}
	if err := client.AuditEvent.CreateBulk(creates...).Exec(ctx); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	if err := client.AuditChain.Update().Where(auditchain.SiteID(siteID)).SetHash(sum).Exec(ctx); err != nil {
		return fmt.Errorf("move the end of the audit log: %w", err)
	}
	return nil
}

var errNoPlace = errors.New("the database gave no place in it")

// reserve takes the next n places of the log, and returns the last of them and the hash of the entry before the first. It locks the
// site's chain until the transaction ends, and makes it when there is none: by one statement.
func reserve(ctx context.Context, client *ent.Client, siteID string, n int) (last int, sum []byte, err error) {
	query, args := sql.Dialect(client.Dialect()).Insert(auditchain.Table).
		Columns(auditchain.FieldID, auditchain.FieldSiteID, auditchain.FieldSequence, auditchain.FieldHash, auditchain.FieldCheckpointSequence).
		Values(pid.New("auc"), siteID, n, audit.Genesis(), 0).
		OnConflict(sql.ConflictColumns(auditchain.FieldSiteID), sql.ResolveWith(func(u *sql.UpdateSet) { u.Add(auditchain.FieldSequence, n) })).
		Returning(auditchain.FieldSequence, auditchain.FieldHash).Query()
	rows, err := client.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if !rows.Next() {
		return 0, nil, errors.Join(rows.Err(), errNoPlace)
	}
	if err := rows.Scan(&last, &sum); err != nil {
		return 0, nil, err
	}
	return last, sum, rows.Err()
}

// shortened returns the changes with texts that are not too long. Those whose values are the same are left out.
func shortened(changes []audit.Change) []audit.Change {
	short := make([]audit.Change, 0, len(changes))
	for _, c := range changes {
		if c.Before != c.After {
			short = append(short, audit.Change{
				Field: text.Shorten(c.Field, maxField), Before: text.Shorten(c.Before, maxValue), After: text.Shorten(c.After, maxValue),
			})
		}
	}
	return short
}
