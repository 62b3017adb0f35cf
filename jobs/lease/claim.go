package lease

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"possync/ent/syncstate"
	"possync/internal/tenant"
)

// claimable are the columns of a table whose rows can be claimed.
var claimable = struct{ id, site, due, fence, owner, until string }{
	syncstate.FieldID, syncstate.FieldSiteID, syncstate.FieldDueAt, syncstate.FieldFence, syncstate.FieldLeaseOwner,
	syncstate.FieldLeaseUntil,
}

// Claim takes up to limit rows that are due and free, those that are due longest, in any order. It works across sites. Rows that another process is
// claiming at the moment are left to it, so that no two wait for each other.
func (m *Manager) Claim(ctx context.Context, limit int) ([]Lease, error) {
	now, t := m.clock.Now(), m.rows()
	due := m.build().Select(t.C(claimable.id)).From(t).
		Where(sql.And(
			sql.LTE(t.C(claimable.due), now),
			sql.Or(sql.IsNull(t.C(claimable.until)), sql.LTE(t.C(claimable.until), now)))).
		OrderBy(sql.Asc(t.C(claimable.due))).Limit(limit)
	leases, err := m.update(ctx, due, func(u *sql.UpdateBuilder) {
		u.Add(claimable.fence, 1).Set(claimable.owner, m.owner).Set(claimable.until, now.Add(Duration))
	})
	if err != nil {
		return nil, fmt.Errorf("claim due rows: %w", err)
	}
	return leases, nil
}

// extendAll extends leases that the process holds, by one statement, and returns those that it has lost. A row that a transaction has
// locked is left as it is: the others would wait for its end, and run out.
func (m *Manager) extendAll(ctx context.Context, held []Lease) (lost []Lease, err error) {
	t := m.rows()
	ids := make([]any, len(held))
	for i, l := range held {
		ids[i] = l.ID
	}
	ours := m.build().Select(t.C(claimable.id)).From(t).Where(sql.And(sql.In(t.C(claimable.id), ids...), sql.EQ(t.C(claimable.owner), m.owner)))
	extended, err := m.update(ctx, ours, func(u *sql.UpdateBuilder) { u.Set(claimable.until, m.clock.Now().Add(Duration)) })
	if err != nil {
		return nil, fmt.Errorf("keep leases alive: %w", err)
	}
	if lost = without(held, extended); len(lost) == 0 {
		return nil, nil
	}
	query, args := ours.Select(m.columns()...).Query()
	still, err := m.query(ctx, query, args)
	if err != nil {
		return nil, fmt.Errorf("look for leases that were lost: %w", err)
	}
	return without(lost, still), nil
}

func without(leases, others []Lease) []Lease {
	return slices.DeleteFunc(slices.Clone(leases), func(l Lease) bool { return slices.Contains(others, l) })
}

func (m *Manager) build() *sql.DialectBuilder { return sql.Dialect(m.client.Dialect()) }

func (m *Manager) rows() *sql.SelectTable {
	name, _ := m.table.name()
	return m.build().Table(name)
}

// columns are those that a lease tells.
func (m *Manager) columns() []string {
	columns := []string{claimable.id, claimable.site, claimable.fence}
	if _, register := m.table.name(); register != "" {
		columns = append(columns, register)
	}
	return columns
}

// update changes selected rows of any site, but not those that a transaction has locked, and returns the leases on them.
func (m *Manager) update(ctx context.Context, selected *sql.Selector, change func(*sql.UpdateBuilder)) (leases []Lease, err error) {
	selected = selected.Clone()
	if m.client.Dialect() == dialect.Postgres { // SQLite has one writer at a time anyway
		selected.For(sql.LockUpdate, sql.WithLockAction(sql.SkipLocked))
	}
	// As a WITH it is read once: PostgreSQL might read a subquery again for each row, and go beyond its limit.
	chosen := m.build().Table("chosen")
	name, _ := m.table.name()
	u := m.build().Update(name).Prefix(sql.With("chosen").As(selected)).
		Where(sql.In(claimable.id, m.build().Select(chosen.C(claimable.id)).From(chosen)))
	change(u)
	query, args := u.Returning(m.columns()...).Query()
	return m.query(ctx, query, args)
}

func (m *Manager) query(ctx context.Context, query string, args []any) (leases []Lease, err error) {
	rows, err := m.client.QueryContext(tenant.System(ctx), query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	_, register := m.table.name()
	for rows.Next() {
		l := Lease{owner: m.owner}
		into := []any{&l.ID, &l.SiteID, &l.Fence}
		if register != "" {
			into = append(into, &l.Register)
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		leases = append(leases, l)
	}
	return leases, rows.Err()
}
