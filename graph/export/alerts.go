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

// Alert is something that staff should know of.
type Alert struct{ *ent.Alert }

// Setting returns the place in the settings that mends it, or nil.
func (a *Alert) Setting() *string {
	if a.Alert.Setting == "" {
		return nil
	}
	return &a.Alert.Setting
}

// Alerts returns the alerts that stand, the latest first.
func Alerts(ctx context.Context) ([]*Alert, error) {
	rows, err := unitofwork.Client(ctx).Alert.Query().Where(alert.ResolvedAtIsNil()).
		Order(ent.Desc(alert.FieldLastAt, alert.FieldID)).Limit(maxAlerts).All(ctx)
	return alertsOf(rows, err)
}

// AlertsByID reads alerts by their ids, those that are resolved too; those that the site does not have are left out.
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
