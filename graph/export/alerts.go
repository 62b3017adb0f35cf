package export

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/alert"
	"possync/graph/unitofwork"
)

// maxAlerts bounds how many alerts are shown.
const maxAlerts = 100

// Alert is a message to staff.
type Alert struct{ *ent.Alert }

// Setting returns the group of settings where it can be fixed, or nil.
func (a *Alert) Setting() *string {
	if a.Alert.Setting == "" {
		return nil
	}
	return &a.Alert.Setting
}

// Alerts returns the unresolved alerts, the latest first.
func Alerts(ctx context.Context) ([]*Alert, error) {
	rows, err := unitofwork.Client(ctx).Alert.Query().Where(alert.ResolvedAtIsNil()).
		Order(ent.Desc(alert.FieldLastAt, alert.FieldID)).Limit(maxAlerts).All(ctx)
	return alertsOf(rows, err)
}

// AlertsByID reads alerts by their ids, also resolved ones; those that the site does not have are left out.
func AlertsByID(ctx context.Context, ids []string) ([]*Alert, error) {
	return alertsOf(unitofwork.Client(ctx).Alert.Query().Where(alert.IDIn(ids...)).All(ctx))
}

func alertsOf(rows []*ent.Alert, err error) ([]*Alert, error) {
	if err != nil {
		return nil, fmt.Errorf("read alerts: %w", err)
	}
	alerts := make([]*Alert, len(rows))
	for i, row := range rows {
		alerts[i] = &Alert{row}
	}
	return alerts, nil
}
