package graph

import (
	"context"
	"fmt"
	"maps"

	"possync/ent"
	"possync/graph/catalogue"
	"possync/graph/export"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/stores"
	"possync/graph/syncruns"
	"possync/internal/fault"
	"possync/internal/pid"
)

// maxNodes is how many nodes one field may read.
const maxNodes = 100

// nodesOf returns the nodes with the ids, in their order, nil for each that the site does not have. Each kind is read by one
// statement.
func nodesOf(ctx context.Context, ids []string) ([]ent.Noder, error) {
	if len(ids) > maxNodes {
		return nil, fault.New(fault.BadInput, fmt.Sprintf("You can read at most %d ids at once.", maxNodes))
	}
	byKind := map[string][]string{}
	for _, id := range ids {
		if prefix, ok := pid.Prefix(id); ok {
			byKind[prefix] = append(byKind[prefix], id)
		}
	}
	found := map[string]ent.Noder{}
	for kind, ids := range byKind {
		rows, err := nodesOfKind(ctx, kind, ids)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, rows)
	}
	nodes := make([]ent.Noder, len(ids))
	for i, id := range ids {
		nodes[i] = found[id]
	}
	return nodes, nil
}

// nodesOfKind reads the nodes of one kind by their ids. Short lists are read whole, as the API's lists are.
func nodesOfKind(ctx context.Context, kind string, ids []string) (map[string]ent.Noder, error) {
	switch kind {
	case "site":
		site, err := sitedata.Site(ctx)
		if err != nil || site == nil {
			return nil, err
		}
		return map[string]ent.Noder{site.ID: site}, nil
	case "lnk":
		link, err := sitedata.Link(ctx)
		if err != nil || link == nil {
			return nil, err
		}
		return map[string]ent.Noder{link.ID: link}, nil
	case "loc":
		return indexed(func(l *ent.Location) string { return l.ID })(sitedata.Locations(ctx))
	case "map":
		return indexed(func(m *ent.StoreMapping) string { return m.ID })(mappings(ctx))
	case "shp":
		return indexed(func(s *ent.Shop) string { return s.ID })(sitedata.Shops(ctx))
	case "reg":
		return indexed(func(r *ent.Register) string { return r.ID })(sitedata.Registers(ctx))
	case "emp":
		return indexed(func(e *ent.Employee) string { return e.ID })(sitedata.Employees(ctx))
	case "lvl":
		return indexed(func(p *ent.PriceLevel) string { return p.ID })(sitedata.PriceLevels(ctx))
	case "pay":
		return indexed(func(p *ent.PaymentType) string { return p.ID })(sitedata.PaymentTypes(ctx))
	case "prd":
		return indexed(func(p *catalogue.Product) string { return p.ID })(catalogue.ProductsByID(ctx, ids))
	case "itm":
		return indexed(func(i *catalogue.Item) string { return i.ID })(catalogue.ItemsByID(ctx, ids))
	case "dec":
		return indexed(func(d *catalogue.Decision) string { return d.ID })(catalogue.DecisionsByID(ctx, ids))
	case "run":
		return indexed(func(r *syncruns.Run) string { return r.ID })(syncruns.RunsByID(ctx, ids))
	case "ord":
		return indexed(func(o *orders.Order) string { return o.ID })(orders.ByID(ctx, ids))
	case "sta":
		return indexed(func(s *ent.OrderStatus) string { return s.ID })(sitedata.Statuses(ctx))
	case "alr":
		return indexed(func(a *export.Alert) string { return a.ID })(export.AlertsByID(ctx, ids))
	default: // an id of nothing that the API shows
		return nil, nil
	}
}

func mappings(ctx context.Context) ([]*ent.StoreMapping, error) {
	set, err := stores.Read(ctx)
	if err != nil {
		return nil, err
	}
	return set.Mappings, nil
}

func indexed[T ent.Noder](idOf func(T) string) func([]T, error) (map[string]ent.Noder, error) {
	return func(rows []T, err error) (map[string]ent.Noder, error) {
		nodes := make(map[string]ent.Noder, len(rows))
		for _, row := range rows {
			nodes[idOf(row)] = row
		}
		return nodes, err
	}
}
