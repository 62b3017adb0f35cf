package orderimport

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"possync/ent"
	"possync/ent/orderstatus"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/message"
	"possync/internal/pid"
	"possync/internal/records/auditlog"
)

// StatusRow is a status as the platform sends it.
type StatusRow struct{ Key, Name string }

// StatusName are the limits of a status's name.
var StatusName = usererror.Bounds{Least: 1, Most: 100, Bytes: 200}

// maxStatuses is how many statuses a site can have.
const maxStatuses = 500

// Statuses adds or renames statuses by the platform's keys, and returns all. With anything wrong nothing is changed.
func Statuses(ctx context.Context, rows []*StatusRow, now time.Time) ([]*ent.OrderStatus, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	stored, err := sitedata.Statuses(ctx)
	if err != nil {
		return nil, nil, err
	}
	var found usererror.List
	switch {
	case len(rows) == 0:
		found.Add(usererror.Empty, "Send at least one status.", "statusTypes")
	case len(rows) > MaxBatch || len(rows)+len(stored) > maxStatuses:
		found.Say(usererror.TooMany, "You can send at most {limit} statuses at once, and a site can have at most {all}.", message.Values{"limit": MaxBatch, "all": maxStatuses}, "statusTypes")
	}
	if found.Any() {
		return nil, found, nil
	}
	byKey := sitedata.Index(stored, func(s *ent.OrderStatus) string { return s.Key })
	names := map[string]string{} // key by name, as they will be
	last := 0
	for _, s := range stored {
		names[s.NameKey] = s.Key
		last = max(last, s.Position)
	}
	for _, row := range rows { // names that are no longer used are free
		if s := byKey[strings.TrimSpace(row.Key)]; s != nil && names[s.NameKey] == s.Key {
			delete(names, s.NameKey)
		}
	}
	client := unitofwork.Client(ctx)
	var creates []*ent.OrderStatusCreate
	var renamed []*ent.OrderStatus
	seen := map[string]bool{}
	for i, row := range rows {
		key := found.Text(row.Key, usererror.Bounds{Least: 1, Most: 200, Bytes: 200}, "statusTypes", i, "key")
		name := found.Text(row.Name, StatusName, "statusTypes", i, "name")
		if strings.HasPrefix(key, OwnKeys) {
			found.Say(usererror.Invalid, "Keys that begin with \"{prefix}\" are reserved. Use another one.", message.Values{"prefix": OwnKeys}, "statusTypes", i, "key")
		}
		if seen[key] {
			found.Add(usererror.Duplicate, "This key is in the list twice. Remove one of the entries.", "statusTypes", i, "key")
		}
		seen[key] = true
		nameKey := NameKey(name)
		if other, taken := names[nameKey]; taken && other != key {
			found.Say(usererror.Duplicate, "Another status already has the name \"{name}\". Choose a different name.", message.Values{"name": name}, "statusTypes", i, "name")
		}
		names[nameKey] = key
		if old := byKey[key]; old != nil {
			if old.Name != name {
				changed := *old
				changed.Name, changed.NameKey = name, nameKey
				renamed = append(renamed, &changed)
			}
			continue
		}
		last++
		creates = append(creates, client.OrderStatus.Create().SetID(pid.New("sta")).SetSiteID(state.SiteID).SetKey(key).SetName(name).
			SetNameKey(nameKey).SetPosition(last).SetCreatedAt(now).SetUpdatedAt(now))
	}
	if found.Any() {
		return nil, found, nil
	}
	auditlog.Note(ctx, audit.Change{Field: "Statuses added", After: strconv.Itoa(len(creates))},
		audit.Change{Field: "Statuses renamed", After: strconv.Itoa(len(renamed))})
	// Names that are swapped pass through temporary names that no status can have.
	for _, s := range renamed {
		if err := client.OrderStatus.UpdateOneID(s.ID).SetNameKey("\x01" + s.ID).Exec(ctx); err != nil {
			return nil, nil, fmt.Errorf("free a status's name: %w", err)
		}
	}
	for _, s := range renamed {
		err := client.OrderStatus.UpdateOneID(s.ID).SetName(s.Name).SetNameKey(s.NameKey).AddRevision(1).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("rename a status: %w", err)
		}
	}
	if len(creates) > 0 {
		err := client.OrderStatus.CreateBulk(creates...).OnConflictColumns(orderstatus.FieldSiteID, orderstatus.FieldKey).Ignore().Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("store statuses: %w", err)
		}
	}
	sitedata.ClearCache(ctx)
	statuses, err := sitedata.Statuses(ctx)
	return statuses, nil, err
}

// NameKey is the key by which names of statuses are unique: the name without regard to case.
func NameKey(name string) string { return strings.ToLower(name) }
