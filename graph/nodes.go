package graph

import (
	"context"
	"fmt"
	"maps"

	"possync/ent"
	"possync/graph/alertemails"
	"possync/graph/auditevents"
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
const maxNodes = 250

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
		rows, err := sitedata.Locations(ctx)
		return indexed(rows, err, func(l *ent.Location) string { return l.ID })
	case "map":
		rows, err := mappings(ctx)
		return indexed(rows, err, func(m *ent.StoreMapping) string { return m.ID })
	case "shp":
		rows, err := sitedata.Shops(ctx)
		return indexed(rows, err, func(s *ent.Shop) string { return s.ID })
	case "reg":
		rows, err := sitedata.Registers(ctx)
		return indexed(rows, err, func(r *ent.Register) string { return r.ID })
	case "eml":
		rows, err := alertemails.ByID(ctx, ids)
		return indexed(rows, err, func(e *alertemails.Email) string { return e.ID })
	case "emp":
		rows, err := sitedata.Employees(ctx)
		return indexed(rows, err, func(e *ent.Employee) string { return e.ID })
	case "lvl":
		rows, err := sitedata.PriceLevels(ctx)
		return indexed(rows, err, func(p *ent.PriceLevel) string { return p.ID })
	case "pay":
		rows, err := sitedata.PaymentTypes(ctx)
		return indexed(rows, err, func(p *ent.PaymentType) string { return p.ID })
	case "prd":
		rows, err := catalogue.ProductsByID(ctx, ids)
		return indexed(rows, err, func(p *catalogue.Product) string { return p.ID })
	case "itm":
		rows, err := catalogue.ItemsByID(ctx, ids)
		return indexed(rows, err, func(i *catalogue.Item) string { return i.ID })
	case "dec":
		rows, err := catalogue.DecisionsByID(ctx, ids)
		return indexed(rows, err, func(d *catalogue.Decision) string { return d.ID })
	case "run":
		rows, err := syncruns.RunsByID(ctx, ids)
		return indexed(rows, err, func(r *syncruns.Run) string { return r.ID })
	case "ord":
		rows, err := orders.ByID(ctx, ids)
		return indexed(rows, err, func(o *orders.Order) string { return o.ID })
	case "lin":
		rows, err := orders.LinesByID(ctx, ids)
		return indexed(rows, err, func(l *orders.Line) string { return l.ID })
	case "pmt":
		rows, err := orders.PaymentsByID(ctx, ids)
		return indexed(rows, err, func(p *orders.Payment) string { return p.ID })
	case "rfd":
		rows, err := orders.RefundsByID(ctx, ids)
		return indexed(rows, err, func(r *orders.Refund) string { return r.ID })
	case "sta":
		rows, err := sitedata.Statuses(ctx)
		return indexed(rows, err, func(s *ent.OrderStatus) string { return s.ID })
	case "aud":
		rows, err := auditevents.ByID(ctx, ids)
		return indexed(rows, err, func(e *auditevents.Event) string { return e.ID })
	case "alr":
		rows, err := export.AlertsByID(ctx, ids)
		return indexed(rows, err, func(a *export.Alert) string { return a.ID })
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

// indexed makes a map of rows by their ids, or passes on the error of reading them.
func indexed[T ent.Noder](rows []T, err error, idOf func(T) string) (map[string]ent.Noder, error) {
	nodes := make(map[string]ent.Noder, len(rows))
	for _, row := range rows {
		nodes[idOf(row)] = row
	}
	return nodes, err
}
