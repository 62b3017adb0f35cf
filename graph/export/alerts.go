package export

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/graph/catalogue"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/audit"
	"possync/internal/event"
	"possync/internal/records/auditlog"
	"possync/internal/records/orderbook"
	"possync/internal/retail"
)

const (
	maxAlerts = 100 // that are shown
	maxReason = 500 // characters of why one was dismissed
)

// Alert is a message to staff.
type Alert struct {
	*ent.Alert
	waiting *catalogue.Lazy[map[string]int] // how many orders wait, by the causes of alerts; of all that were read together
}

// AlertCode returns what it is about, or OTHER if this version does not know it.
func (a *Alert) AlertCode() retail.AlertCode { return retail.Known(a.Code, retail.AlertOther) }

// OrderCount returns how many orders wait because of it, or nil when it is not about exports.
func (a *Alert) OrderCount(ctx context.Context) (*int, error) {
	if !orderbook.AboutExports(a.Cause) {
		return nil, nil
	}
	waiting, err := a.waiting.Get(ctx, func(ctx context.Context) (map[string]int, error) {
		return orderbook.Waiting(ctx, unitofwork.Client(ctx))
	})
	n := waiting[a.Cause]
	return &n, err
}

// Setting returns the group of settings where it can be fixed, or nil.
func (a *Alert) Setting() *string {
	if a.Alert.Setting == "" {
		return nil
	}
	return &a.Alert.Setting
}

// DismissedBy returns who dismissed it, or nil.
func (a *Alert) DismissedBy() *string { return orNull(a.Alert.DismissedBy) }

// DismissReason returns why it was dismissed, or nil.
func (a *Alert) DismissReason() *string { return orNull(a.Alert.DismissReason) }

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Dismissal is an alert that a person wants to see no more, until its cause changes.
type Dismissal struct{ AlertID, Reason, UserID string }

// Dismiss dismisses an alert. Dismissing it again changes nothing.
func Dismiss(ctx context.Context, d Dismissal, now time.Time) (*Alert, usererror.List, error) {
	if _, err := unitofwork.Lock(ctx); err != nil {
		return nil, nil, err
	}
	var found usererror.List
	reason := found.Text(d.Reason, usererror.Bounds{Least: 1, Most: maxReason}, "reason")
	var row *ent.Alert
	client := unitofwork.Client(ctx)
	if usererror.Storable(d.AlertID) {
		var err error
		if row, err = client.Alert.Get(ctx, d.AlertID); err != nil && !ent.IsNotFound(err) {
			return nil, nil, fmt.Errorf("read the alert: %w", err)
		}
	}
	switch {
	case row == nil:
		found.Add(usererror.NotFound, "This alert does not exist. Load the page again.", "alertId")
	case row.ResolvedAt != nil:
		found.Add(usererror.AlreadyFinished, "This alert is already resolved.", "alertId")
	}
	if found.Any() {
		return nil, found, nil
	}
	if row.DismissedAt == nil {
		var err error
		row, err = client.Alert.UpdateOne(row).SetDismissedAt(now).SetDismissedBy(d.UserID).SetDismissReason(reason).SetUpdatedAt(now).Save(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("dismiss the alert: %w", err)
		}
		auditlog.Note(ctx, audit.Change{Field: "Alert " + row.Code, Before: "open", After: "dismissed"})
		event.Wake(ctx, orderbook.AlertTopic(row.SiteID))
	}
	return alertsFrom([]*ent.Alert{row})[0], nil, nil
}

// Alerts returns the open alerts, the latest first: those that are neither resolved nor dismissed.
func Alerts(ctx context.Context) ([]*Alert, error) {
	rows, err := unitofwork.Client(ctx).Alert.Query().Where(alert.ResolvedAtIsNil(), alert.DismissedAtIsNil()).
		Order(ent.Desc(alert.FieldLastAt, alert.FieldID)).Limit(maxAlerts).All(ctx)
	return alertsOf(rows, err)
}

// CountAlerts returns how many alerts are open, and whether Alerts leaves the oldest out.
func CountAlerts(ctx context.Context) (n int, truncated bool, err error) {
	n, err = unitofwork.Client(ctx).Alert.Query().Where(alert.ResolvedAtIsNil(), alert.DismissedAtIsNil()).Count(ctx)
	if err != nil {
		return 0, false, fmt.Errorf("count alerts: %w", err)
	}
	return n, n > maxAlerts, nil
}

// AlertsByID reads alerts by their ids, also resolved ones; those that the site does not have are left out.
func AlertsByID(ctx context.Context, ids []string) ([]*Alert, error) {
	return alertsOf(unitofwork.Client(ctx).Alert.Query().Where(alert.IDIn(ids...)).All(ctx))
}

// lastChange returns when any alert last changed, in microseconds since 1970; 0 = there was never one.
func lastChange(ctx context.Context) (int64, error) {
	row, err := unitofwork.Client(ctx).Alert.Query().Order(ent.Desc(alert.FieldUpdatedAt)).First(ctx)
	switch {
	case ent.IsNotFound(err):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("look for the latest change of alerts: %w", err)
	}
	return row.UpdatedAt.UnixMicro(), nil
}

func alertsOf(rows []*ent.Alert, err error) ([]*Alert, error) {
	if err != nil {
		return nil, fmt.Errorf("read alerts: %w", err)
	}
	return alertsFrom(rows), nil
}

func alertsFrom(rows []*ent.Alert) []*Alert {
	waiting := &catalogue.Lazy[map[string]int]{}
	alerts := make([]*Alert, len(rows))
	for i, row := range rows {
		alerts[i] = &Alert{row, waiting}
	}
	return alerts
}
