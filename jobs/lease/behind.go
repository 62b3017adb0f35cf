package lease

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/internal/records/counter"
	"possync/internal/tenant"
)

// Row is the site's one row in a table, which a transaction locks before that of its lease.
type Row struct {
	Table string
	Steps []counter.Step // none = the row is only locked
	Read  []string       // what to read of it then: columns as SQL has them, or expressions of these and of [SiteID]
	Into  []any          // pointers for what is read
}

// SiteID is the placeholder for the row's site in an expression of [Row.Read].
const SiteID = "{site}"

// HoldBehind is [Manager.Hold] for a transaction that first locks other rows of the site, one after the other, and reads them. In PostgreSQL
// one statement does all that. A row that is missing is [ErrLost]: where there is work, there is such a row.
func (m *Manager) HoldBehind(ctx context.Context, tx *ent.Client, l Lease, rows []Row, work func(ctx context.Context, tx *ent.Client) error) error {
	if siteID, err := tenant.Site(ctx); err != nil || siteID != l.SiteID {
		return errors.Join(err, fmt.Errorf("the lease is of another site than %s", siteID))
	}
	if tx.Dialect() != dialect.Postgres {
		for _, r := range rows {
			if err := r.lock(ctx, tx, l.SiteID); err != nil {
				return fmt.Errorf("lock the row of site %s in %s: %w", l.SiteID, r.Table, err)
			}
		}
		return m.Hold(ctx, tx, l, work)
	}
	began := m.clock.Now()
	if err := m.lockAll(ctx, tx, l, rows); err != nil {
		return fmt.Errorf("extend the lease on %s of site %s: %w", l.ID, l.SiteID, err)
	}
	return m.holdSince(ctx, tx, l, began, work)
}

// lockAll locks the rows and then extends the lease. Each part of the statement needs the row of the one before it, so PostgreSQL locks
// them in this order. Where it waits for a lock, it looks at the row again: a lease that another worker has taken since is lost.
func (m *Manager) lockAll(ctx context.Context, tx *ent.Client, l Lease, rows []Row) error {
	b := &sql.Builder{}
	b.SetDialect(dialect.Postgres)
	b.WriteString("WITH ")
	var into []any
	var read, from []string
	before := ""
	for i, r := range rows {
		name := fmt.Sprint("locked", i)
		b.WriteString(name + " AS (")
		r.writeLock(b, l.SiteID, before)
		b.WriteString("), ")
		for n := range r.Read {
			read = append(read, fmt.Sprintf("%s.read%d", name, n))
		}
		into, from, before = append(into, r.Into...), append(from, name), name
	}
	table, _ := m.table.name()
	b.WriteString(`held AS (UPDATE "` + table + `" AS t SET "` + claimable.until + `" = `).Arg(m.clock.Now().Add(Duration)).
		WriteString(` FROM ` + before + ` WHERE t."` + claimable.site + `" = ` + before + `."site_id" AND t."` + claimable.id + `" = `).Arg(l.ID).
		WriteString(` AND t."` + claimable.fence + `" = `).Arg(l.Fence).
		WriteString(` AND t."` + claimable.owner + `" = `).Arg(l.owner).
		WriteString(` RETURNING t."` + claimable.fence + `") SELECT held."` + claimable.fence + `"`)
	for _, column := range read {
		b.WriteString(", " + column)
	}
	b.WriteString(" FROM held, " + strings.Join(from, ", "))
	query, args := b.Query()
	return scanOne(ctx, tx, query, args, append([]any{new(int64)}, into...))
}

// writeLock writes the part that locks the row, after the part of that name.
func (r Row) writeLock(b *sql.Builder, siteID, before string) {
	columns := `t."site_id"`
	for i, expression := range r.Read {
		columns += fmt.Sprintf(", (%s) AS read%d", strings.ReplaceAll(expression, SiteID, `t."site_id"`), i)
	}
	if len(r.Steps) == 0 {
		b.WriteString("SELECT " + columns + ` FROM "` + r.Table + `" AS t WHERE t."site_id" = `).Arg(siteID)
		if before != "" {
			b.WriteString(` AND t."site_id" = (SELECT "site_id" FROM ` + before + ")")
		}
		b.WriteString(" FOR UPDATE")
		return
	}
	b.WriteString(`UPDATE "` + r.Table + `" AS t SET `)
	r.writeSteps(b, "t.")
	if before != "" {
		b.WriteString(" FROM " + before)
	}
	b.WriteString(` WHERE t."site_id" = `).Arg(siteID)
	if before != "" {
		b.WriteString(` AND t."site_id" = ` + before + `."site_id"`)
	}
	b.WriteString(" RETURNING " + columns)
}

func (r Row) writeSteps(b *sql.Builder, of string) {
	for i, s := range r.Steps {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(`"` + s.Column + `" = ` + of + `"` + s.Column + `" + `).Arg(s.By)
	}
}

// lock changes and reads the row in SQLite, where the transaction is the only writer.
func (r Row) lock(ctx context.Context, tx *ent.Client, siteID string) error {
	b := &sql.Builder{}
	b.SetDialect(tx.Dialect())
	columns := strings.ReplaceAll(strings.Join(append([]string{`"site_id"`}, r.Read...), ", "), SiteID, `"`+r.Table+`"."site_id"`)
	if len(r.Steps) == 0 {
		b.WriteString("SELECT " + columns + ` FROM "` + r.Table + `" WHERE "site_id" = `).Arg(siteID)
	} else {
		b.WriteString(`UPDATE "` + r.Table + `" SET `)
		r.writeSteps(b, "")
		b.WriteString(` WHERE "site_id" = `).Arg(siteID).WriteString(" RETURNING " + columns)
	}
	query, args := b.Query()
	return scanOne(ctx, tx, query, args, append([]any{new(string)}, r.Into...))
}

// ReleaseAt is [Manager.Release] for who has the database find out when the row is due again, by an expression. It reports whether that is now.
func (m *Manager) ReleaseAt(ctx context.Context, tx *ent.Client, l Lease, next sql.Querier) (due bool, err error) {
	table, _ := m.table.name()
	now := m.clock.Now()
	update := sql.Dialect(tx.Dialect()).Update(table).Set(claimable.owner, "").SetNull(claimable.until).Set(claimable.due, next).Set("updated_at", now).
		Where(sql.And(sql.EQ(claimable.id, l.ID), sql.EQ(claimable.site, l.SiteID), sql.EQ(claimable.fence, l.Fence), sql.EQ(claimable.owner, l.owner)))
	query, args := update.Query()
	b := &sql.Builder{}
	b.SetDialect(tx.Dialect())
	b.SetTotal(len(args))
	b.WriteString(` RETURNING CASE WHEN "` + claimable.due + `" <= `).Arg(now).WriteString(" THEN 1 ELSE 0 END")
	returning, also := b.Query()
	var is int
	if err := scanOne(ctx, tx, query+returning, append(args, also...), []any{&is}); err != nil && !errors.Is(err, ErrLost) {
		return false, fmt.Errorf("release %s of site %s: %w", l.ID, l.SiteID, err)
	}
	return is == 1, nil
}

// scanOne reads the one row that the statement returns.
func scanOne(ctx context.Context, tx *ent.Client, query string, args, into []any) (err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if !rows.Next() {
		return errors.Join(rows.Err(), ErrLost)
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	return rows.Err()
}
