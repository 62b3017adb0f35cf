// Package tenancy holds every row to its site: it narrows each query and change to the acting site, stamps what is
// created, and refuses edges that lead to another site's rows.
//
// It knows no entity by name but Site, the tenant itself: whatever has a site_id is scoped, and what has none cannot be
// read at all, because the predicate names that column.
package tenancy

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/intercept"
	"possync/ent/site"
	"possync/internal/tenant"
)

// ErrNoScope says that a statement had no scope: the context names neither a site nor the system.
var ErrNoScope = errors.New("tenancy: the context has no site")

// ErrForeign says that a row was to be made for, or linked to, another site's. It reads like any row that is not there.
var ErrForeign = errors.New("tenancy: no such row in this site")

// ErrEmpty says that a row was to be updated without a change. Such an update writes nothing and answers with the row, read
// past the guard.
var ErrEmpty = errors.New("tenancy: an update without a change")

// Guard makes the client scope everything it does, its transactions included. Call it once, before first use.
func Guard(client *ent.Client) {
	client.Intercept(intercept.TraverseFunc(narrowQuery))
	client.Use(narrowMutation)
}

func narrowQuery(ctx context.Context, query intercept.Query) error {
	siteID, kind := tenant.Scope(ctx)
	switch kind {
	case tenant.ScopeSystem:
		return nil
	case tenant.ScopeSite:
		query.WhereP(sql.FieldEQ(column(query.Type()), siteID))
		return nil
	default:
		return fmt.Errorf("read %s: %w", query.Type(), ErrNoScope)
	}
}

// column names the one that holds the tenant: of a site it is its own id.
func column(entity string) string {
	if entity == ent.TypeSite {
		return site.FieldID
	}
	return "site_id"
}

// scopedMutation is what every generated mutation can do.
type scopedMutation interface {
	ent.Mutation
	WhereP(...func(*sql.Selector))
	Client() *ent.Client
}

func narrowMutation(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, mutation ent.Mutation) (ent.Value, error) {
		m, ok := mutation.(scopedMutation)
		if !ok {
			return nil, fmt.Errorf("tenancy: %T cannot be scoped", mutation)
		}
		siteID, kind := tenant.Scope(ctx)
		switch kind {
		case tenant.ScopeSystem:
			return next.Mutate(ctx, m)
		case tenant.ScopeSite:
		default:
			return nil, fmt.Errorf("change %s: %w", m.Type(), ErrNoScope)
		}
		if m.Op().Is(ent.OpCreate) {
			if err := stamp(m, siteID); err != nil {
				return nil, err
			}
		} else {
			if m.Op().Is(ent.OpUpdateOne) && isEmpty(m) {
				return nil, fmt.Errorf("update %s: %w", m.Type(), ErrEmpty)
			}
			m.WhereP(sql.FieldEQ(column(m.Type()), siteID))
		}
		if err := checkEdges(ctx, m, siteID); err != nil {
			return nil, err
		}
		return next.Mutate(ctx, m)
	})
}

func isEmpty(m ent.Mutation) bool {
	return len(m.Fields())+len(m.AddedFields())+len(m.ClearedFields())+
		len(m.AddedEdges())+len(m.RemovedEdges())+len(m.ClearedEdges()) == 0
}

// stamp gives a new row its site, and refuses one that was made out for another.
func stamp(m scopedMutation, siteID string) error {
	name := column(m.Type())
	if m.Type() == ent.TypeSite {
		if id, ok := m.(interface{ ID() (string, bool) }).ID(); !ok || id != siteID {
			return fmt.Errorf("create %s: %w", m.Type(), ErrForeign)
		}
		return nil
	}
	if value, ok := m.Field(name); ok {
		if value != siteID {
			return fmt.Errorf("create %s: %w", m.Type(), ErrForeign)
		}
		return nil
	}
	if err := m.SetField(name, siteID); err != nil {
		return fmt.Errorf("create %s: stamp its site: %w", m.Type(), err)
	}
	return nil
}

// checkEdges loads, as the acting site, every row that the change links to: the database would accept any that exists.
func checkEdges(ctx context.Context, m scopedMutation, siteID string) error {
	for _, edge := range m.AddedEdges() {
		for _, value := range m.AddedIDs(edge) {
			id, ok := value.(string)
			if !ok {
				return fmt.Errorf("link %s.%s: id of type %T", m.Type(), edge, value)
			}
			if id == siteID || isKnown(ctx, siteID, id) {
				continue
			}
			if _, err := m.Client().Noder(ctx, id, ent.WithNodeType(ent.NodeType)); err != nil {
				if ent.IsNotFound(err) {
					return fmt.Errorf("link %s.%s: %w", m.Type(), edge, ErrForeign)
				}
				return fmt.Errorf("link %s.%s: %w", m.Type(), edge, err)
			}
		}
	}
	return nil
}
