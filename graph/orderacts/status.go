package orderacts

import (
	"context"
	"fmt"
	"strings"

	"possync/ent"
	"possync/ent/orderstatus"
	"possync/ent/weborder"
	"possync/graph/orderimport"
	"possync/graph/orders"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/orderbook"
)

const (
	maxSorted   = 250 // statuses that are sorted at once
	maxStatuses = 500 // of a site
)

// StatusChange says which orders get which status.
type StatusChange struct {
	Orders           orders.Selection
	StatusID         string
	ExpectedRevision *int // of the order, if it is one; nil = any
}

// ChangeStatus sets the status of orders. It returns one result for each, in their order, or what is wrong with the input as a
// whole.
func ChangeStatus(ctx context.Context, by Actor, change StatusChange) ([]*orders.Result, usererror.List, error) {
	m, err := lockMany(ctx, by, change.Orders)
	if err != nil {
		return nil, nil, err
	}
	m.checkRevisionOf(change)
	status, err := m.status(ctx, change.StatusID)
	if err != nil {
		return nil, nil, err
	}
	if status != nil && status.Retired {
		m.found.Say(usererror.Archived, "The status \"{status}\" is retired. Choose another one.", message.Values{"status": status.Name}, "statusId")
	}
	if m.found.Any() {
		return nil, m.found, nil
	}
	m.each(func(row *ent.WebOrder, _ *usererror.List, _ []any) bool {
		return row.StatusID == nil || *row.StatusID != status.ID
	})
	if len(m.changed) > 0 {
		if err := m.noteStatuses(ctx, status); err != nil {
			return nil, nil, err
		}
		number, err := orderbook.NextChange(ctx, m.client)
		if err != nil {
			return nil, nil, err
		}
		err = m.client.WebOrder.Update().Where(weborder.IDIn(m.changed...)).
			SetStatusID(status.ID).AddRevision(1).SetChangeSequence(number).SetUpdatedAt(m.Now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("set the status of orders: %w", err)
		}
	}
	return m.answer(ctx)
}

// noteStatuses notes which statuses the orders that change have now, and that they get another.
func (m *many) noteStatuses(ctx context.Context, after *ent.OrderStatus) error {
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return err
	}
	byID := sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.ID })
	for _, id := range m.changed {
		name := "none"
		if row := m.known[id]; row != nil && row.StatusID != nil && byID[*row.StatusID] != nil {
			name = byID[*row.StatusID].Name
		}
		m.saysOf(ctx, id, "Status", name, after.Name)
	}
	return nil
}

// checkRevisionOf checks the revision of the order whose status is to be changed. That there is no such order is its result.
func (m *many) checkRevisionOf(change StatusChange) {
	if change.ExpectedRevision == nil {
		return
	}
	if len(change.Orders.IDs) > 1 || change.Orders.Where != nil {
		m.found.Add(usererror.Invalid, "A revision can be expected of one order alone. Leave it out, or choose one order.", "expectedRevision")
		return
	}
	if len(m.chosen.IDs) == 1 {
		if order := m.known[m.chosen.IDs[0]]; order != nil {
			m.checkRevision(order.Revision, change.ExpectedRevision)
		}
	}
}

// status returns a status, or adds the error that there is none.
func (a *act) status(ctx context.Context, id string) (*ent.OrderStatus, error) {
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return nil, err
	}
	status := sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.ID })[id]
	if status == nil {
		a.found.Add(usererror.NotFound, "This status does not exist. Choose another one.", "statusId")
	}
	return status, nil
}

// name reads a status's name. Only the status with the id may have it already.
func (a *act) name(ctx context.Context, text, id string) (string, error) {
	name := a.found.Text(text, orderimport.StatusName, "name")
	statuses, err := sitedata.Statuses(ctx)
	for _, s := range statuses {
		if s.NameKey == orderimport.NameKey(name) && s.ID != id {
			sentence := "Another status already has the name \"{status}\". Choose a different name."
			if s.Retired {
				sentence = "A retired status already has the name \"{status}\". Restore that status instead."
			}
			a.found.Say(usererror.Duplicate, sentence, message.Values{"status": s.Name}, "name")
		}
	}
	return name, err
}

// AddStatus adds a status of the shop's own.
func AddStatus(ctx context.Context, by Actor, text string) (*ent.OrderStatus, usererror.List, error) {
	a, err := begun(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	name, err := a.name(ctx, text, "")
	if err != nil {
		return nil, nil, err
	}
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(statuses) >= maxStatuses {
		a.found.Say(usererror.TooMany, "A site can have at most {limit} statuses. Rename one that is no longer needed.", message.Values{"limit": maxStatuses}, "name")
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	last := 0
	for _, s := range statuses {
		last = max(last, s.Position)
	}
	row, err := a.client.OrderStatus.Create().SetSiteID(a.siteID).SetKey(orderimport.OwnKeys + pid.New("sta")).SetName(name).
		SetNameKey(orderimport.NameKey(name)).SetPosition(last + 1).SetCreatedAt(a.Now).SetUpdatedAt(a.Now).Save(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("add a status: %w", err)
	}
	a.says(ctx, "Status", "", row.Name)
	return row, nil, nil
}

// begun is lockOrder for actions on statuses, not on an order.
func begun(ctx context.Context, by Actor) (*act, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, err
	}
	return &act{Actor: by, siteID: state.SiteID, client: unitofwork.Client(ctx)}, nil
}

// StatusEdit is a change of a status; nil = unchanged.
type StatusEdit struct {
	Name    *string
	Retired *bool // false restores it

	ExpectedRevision *int // nil = any
}

// EditStatus renames a status, retires it or restores it. found holds known errors of the input.
func EditStatus(ctx context.Context, by Actor, id string, edit StatusEdit, found usererror.List) (*ent.OrderStatus, usererror.List, error) {
	a, err := begun(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	a.found = found
	status, err := a.status(ctx, id)
	if err != nil || status == nil {
		return nil, a.found, err
	}
	if edit.ExpectedRevision != nil {
		a.checkStatusRevision(status, *edit.ExpectedRevision, "expectedRevision")
	}
	update := a.client.OrderStatus.UpdateOneID(id).SetUpdatedAt(a.Now)
	if edit.Name != nil {
		text, err := a.name(ctx, *edit.Name, id)
		if err != nil {
			return nil, nil, err
		}
		update.SetName(text).SetNameKey(orderimport.NameKey(text))
	}
	if edit.Retired != nil {
		settings, err := sitedata.Export(ctx)
		if err != nil {
			return nil, nil, err
		}
		if after := settings.StatusAfter; *edit.Retired && after != nil && after.ID == id {
			a.found.Add(usererror.InUse, "Orders get this status after their export. Choose another one in the export settings first.", "retired")
		}
		update.SetRetired(*edit.Retired)
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	name, renamed := update.Mutation().Name()
	retired, moved := update.Mutation().Retired()
	if renamed && name != status.Name || moved && retired != status.Retired {
		update.AddRevision(1)
	}
	row, err := update.Save(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("edit a status: %w", err)
	}
	a.says(ctx, "Name", status.Name, row.Name)
	a.says(ctx, "Retired", yesNo(status.Retired), yesNo(row.Retired))
	return row, nil, nil
}

// checkStatusRevision adds an error if the status has changed since it was read.
func (a *act) checkStatusRevision(status *ent.OrderStatus, expected int, path ...any) {
	if status.Revision != expected {
		a.found.Say(usererror.StaleRevision, "Someone else has changed the status \"{status}\" since you loaded it. Load the page again, then make your change.",
			message.Values{"status": status.Name}, path...)
	}
}

// ReorderStatuses puts the named statuses first, in their order; the others follow as they were. Unless revisions are nil, there is one for
// each, which the status must still have.
func ReorderStatuses(ctx context.Context, by Actor, ids []string, revisions []int) ([]*ent.OrderStatus, usererror.List, error) {
	a, err := begun(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	statuses, err := sitedata.Statuses(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(ids) > maxSorted {
		a.found.Say(usererror.TooMany, "You can sort at most {limit} statuses at once.", message.Values{"limit": maxSorted}, "statusIds")
		return nil, a.found, nil
	}
	if revisions != nil && len(revisions) != len(ids) {
		a.found.Say(usererror.Invalid, "There must be one revision for each of the {count} statuses.", message.Values{"count": len(ids)}, "expectedRevisions")
		return nil, a.found, nil
	}
	byID := sitedata.Index(statuses, func(s *ent.OrderStatus) string { return s.ID })
	named := map[string]bool{}
	var order []*ent.OrderStatus
	for i, id := range ids {
		switch {
		case byID[id] == nil:
			a.found.Add(usererror.NotFound, "This status does not exist. Load the page again.", "statusIds", i)
		case named[id]:
			a.found.Add(usererror.Duplicate, "This status is in the list twice. Remove one of the entries.", "statusIds", i)
		default:
			order = append(order, byID[id])
			if revisions != nil {
				a.checkStatusRevision(byID[id], revisions[i], "expectedRevisions", i)
			}
		}
		named[id] = true
	}
	if a.found.Any() {
		return nil, a.found, nil
	}
	for _, s := range statuses {
		if !named[s.ID] {
			order = append(order, s)
		}
	}
	a.says(ctx, "Order of the statuses", names(statuses), names(order))
	for i, s := range order {
		if s.Position == i+1 {
			continue
		}
		err := a.client.OrderStatus.Update().Where(orderstatus.ID(s.ID)).SetPosition(i + 1).AddRevision(1).SetUpdatedAt(a.Now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("reorder the statuses: %w", err)
		}
	}
	sitedata.ClearCache(ctx)
	sorted, err := sitedata.Statuses(ctx)
	return sorted, nil, err
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func names(statuses []*ent.OrderStatus) string {
	list := make([]string, len(statuses))
	for i, s := range statuses {
		list[i] = s.Name
	}
	return strings.Join(list, ", ")
}
