package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/retail"
)

// Alert is something that staff should know about.
type Alert struct {
	Cause   string // what it is about: each cause has one alert, however often it occurs
	Code    string // for programs
	Message string // for staff: what is wrong and what to do
	Setting string // the setting that fixes it; empty = none does
}

// SignInAlert says that Lightspeed no longer accepts the connection: an export meets it, or the connection itself is known to have ended.
// It ends when somebody connects again, or Lightspeed accepts the connection again.
func SignInAlert() Alert {
	code := retail.BlockerSignIn
	return Alert{
		Cause: ExportCauses + "site/" + string(code), Code: string(code), Message: code.Blocker(retail.BlockerFacts{}).Text(), Setting: retail.SettingConnection,
	}
}

// Raise raises an alert. An open one is counted, and so is one that was dismissed, as long as it goes on and says the same: a person has
// settled that. One that was resolved, or says something else than what was dismissed, is opened again.
func Raise(ctx context.Context, client *ent.Client, a Alert, now time.Time) error {
	same := alert.And(alert.CodeEQ(a.Code), alert.MessageEQ(a.Message), alert.SettingEQ(a.Setting))
	open := client.Alert.Update().Where(alert.Cause(a.Cause), alert.ResolvedAtIsNil(), alert.Or(alert.DismissedAtIsNil(), same)).
		AddCount(1).SetCode(a.Code).SetMessage(a.Message).SetSetting(a.Setting).SetLastAt(now).SetUpdatedAt(now)
	closed := client.Alert.Update().Where(alert.Cause(a.Cause), alert.Or(alert.ResolvedAtNotNil(), alert.DismissedAtNotNil())).
		SetCount(1).SetCode(a.Code).SetMessage(a.Message).SetSetting(a.Setting).SetFirstAt(now).SetLastAt(now).
		ClearResolvedAt().ClearDismissedAt().SetDismissedBy("").SetDismissReason("").SetUpdatedAt(now)
	for _, update := range []*ent.AlertUpdate{open, closed} {
		n, err := update.Save(ctx)
		if err != nil {
			return fmt.Errorf("raise the alert %s: %w", a.Cause, err)
		}
		if n > 0 {
			return nil
		}
	}
	err := client.Alert.Create().SetCause(a.Cause).SetCode(a.Code).SetMessage(a.Message).SetSetting(a.Setting).
		SetFirstAt(now).SetLastAt(now).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(alert.FieldSiteID, alert.FieldCause).
		Update(func(u *ent.AlertUpsert) { u.AddCount(1).UpdateLastAt().UpdateMessage() }).Exec(ctx)
	if err != nil {
		return fmt.Errorf("raise the alert %s: %w", a.Cause, err)
	}
	return nil
}

// Resolve ends the alert of a cause, if it is open.
func Resolve(ctx context.Context, client *ent.Client, cause string, now time.Time) error {
	err := client.Alert.Update().Where(alert.Cause(cause), alert.ResolvedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("resolve the alert %s: %w", cause, err)
	}
	return nil
}
