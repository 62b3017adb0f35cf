package auditlog

import (
	"context"
	stdsql "database/sql"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/auditevent"
	"possync/ent/site"
	"possync/internal/audit"
	"possync/internal/tenant"
)

// batch is how many entries are read or removed at a time.
const batch = 1000

// Report is what is known of a site's log.
type Report struct {
	SiteKey  string
	Entries  int    // that are kept
	Last     int    // the sequence of the last one
	Sum      []byte // its hash: whoever keeps it elsewhere can show later that nothing before it was written again
	Findings []audit.Finding
}

// Verify looks at every entry of the sites' logs, and reports each site. It acts for the system.
func Verify(ctx context.Context, client *ent.Client, report func(Report) error) error {
	sites, err := client.Site.Query().Order(ent.Asc(site.FieldKey)).All(ctx)
	if err != nil {
		return fmt.Errorf("list the sites: %w", err)
	}
	for _, s := range sites {
		r, err := verifySite(tenant.WithSite(ctx, s.ID), client)
		if err != nil {
			return fmt.Errorf("read the audit log of %s: %w", s.Key, err)
		}
		r.SiteKey = s.Key
		if err := report(r); err != nil {
			return err
		}
	}
	return nil
}

// verifySite looks at the acting site's log as it is at one moment, so that servers may go on writing.
func verifySite(ctx context.Context, client *ent.Client) (r Report, err error) {
	tx, err := client.BeginTx(ctx, &stdsql.TxOptions{ReadOnly: true, Isolation: stdsql.LevelRepeatableRead})
	if err != nil {
		return r, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // there is nothing to commit
	from, end := audit.Place{Sum: audit.Genesis()}, audit.Place{Sum: audit.Genesis()}
	chain, err := tx.AuditChain.Query().Only(ctx)
	switch {
	case ent.IsNotFound(err):
	case err != nil:
		return r, fmt.Errorf("read the chain: %w", err)
	default:
		end = audit.Place{Sequence: chain.Sequence, Sum: chain.Hash}
		if chain.CheckpointSequence > 0 {
			from = audit.Place{Sequence: chain.CheckpointSequence, Sum: chain.CheckpointHash}
		}
	}
	r.Last, r.Sum = end.Sequence, end.Sum
	v := audit.NewVerifier(from, func(sum []byte) (int, bool, error) {
		row, err := tx.AuditEvent.Query().Where(auditevent.Hash(sum)).First(ctx)
		if ent.IsNotFound(err) {
			return 0, false, nil
		}
		if err != nil {
			return 0, false, fmt.Errorf("look for an entry: %w", err)
		}
		return row.Sequence, true, nil
	})
	for after := -1; ; {
		rows, err := tx.AuditEvent.Query().Where(auditevent.SequenceGT(after)).Order(ent.Asc(auditevent.FieldSequence)).Limit(batch).All(ctx)
		if err != nil {
			return r, fmt.Errorf("read the entries after %d: %w", after, err)
		}
		for _, row := range rows {
			if err := v.Next(linkOf(row)); err != nil {
				return r, err
			}
			after = row.Sequence
		}
		r.Entries += len(rows)
		if len(rows) < batch {
			break
		}
	}
	r.Findings = v.End(end)
	return r, nil
}

func linkOf(row *ent.AuditEvent) audit.Link {
	return audit.Link{Sequence: row.Sequence, Previous: row.Previous, Sum: row.Hash, Entry: audit.Entry{
		ID: row.ID, SiteID: row.SiteID, Action: row.Action, Actor: row.Actor, Role: row.Role, Target: row.Target, Changes: row.Changes,
		More: row.MoreChanges, RequestID: row.RequestID, At: row.At,
	}}
}

// Transact runs fn in a transaction.
type Transact func(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error

// Prune removes the entries of all sites that were written before a moment, and keeps in each chain the hash of the last of them. It
// acts for the system, in short transactions.
func Prune(ctx context.Context, client *ent.Client, before, now time.Time, inTx Transact) error {
	for after := ""; ; {
		sites, err := client.AuditEvent.Query().Where(auditevent.AtLT(before), auditevent.SiteIDGT(after)).
			Order(ent.Asc(auditevent.FieldSiteID)).Limit(batch).GroupBy(auditevent.FieldSiteID).Strings(ctx)
		if err != nil {
			return fmt.Errorf("look for old entries of the audit log: %w", err)
		}
		if err := pruneSites(ctx, sites, before, now, inTx); err != nil || len(sites) < batch {
			return err
		}
		after = sites[len(sites)-1]
	}
}

func pruneSites(ctx context.Context, sites []string, before, now time.Time, inTx Transact) error {
	for _, siteID := range sites {
		for more := true; more; {
			err := inTx(tenant.WithSite(ctx, siteID), func(ctx context.Context, tx *ent.Client) (err error) {
				more, err = pruneSite(ctx, tx, before, now)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// pruneSite removes at most a batch of the acting site's old entries: those at the beginning of the log alone, so that what is left is
// one chain.
func pruneSite(ctx context.Context, tx *ent.Client, before, now time.Time) (more bool, err error) {
	if err := tx.AuditChain.Update().AddSequence(0).Exec(ctx); err != nil { // locks it: of two processes one comes second
		return false, fmt.Errorf("lock the audit log: %w", err)
	}
	rows, err := tx.AuditEvent.Query().Order(ent.Asc(auditevent.FieldSequence)).Limit(batch).
		Select(auditevent.FieldSequence, auditevent.FieldAt, auditevent.FieldHash).All(ctx)
	if err != nil {
		return false, fmt.Errorf("read the oldest entries of the audit log: %w", err)
	}
	removed := 0
	for removed < len(rows) && rows[removed].At.Before(before) {
		removed++
	}
	if removed == 0 {
		return false, nil
	}
	last := rows[removed-1]
	if _, err := tx.AuditEvent.Delete().Where(auditevent.SequenceLTE(last.Sequence)).Exec(ctx); err != nil {
		return false, fmt.Errorf("remove old entries of the audit log: %w", err)
	}
	err = tx.AuditChain.Update().SetCheckpointSequence(last.Sequence).SetCheckpointHash(last.Hash).SetCheckpointAt(now).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("move the beginning of the audit log: %w", err)
	}
	return removed == batch, nil
}
