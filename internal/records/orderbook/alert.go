package orderbook

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/alert"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/retail"
	"possync/internal/tenant"
)

// Alert is something that staff should know about.
type Alert struct {
	Cause   string           // what it is about: each cause has one alert, however often it occurs
	Code    retail.AlertCode // for programs
	Message message.Message  // for staff: what is wrong and what to do
	Setting string           // the setting that fixes it; empty = none does
}

// AlertTopic is woken when an alert of the site changes.
func AlertTopic(siteID string) string { return "alerts:" + siteID }

// wakeAlerts wakes whoever follows the site's alerts.
func wakeAlerts(ctx context.Context) error {
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	event.Wake(ctx, AlertTopic(siteID))
	return nil
}

// SignInAlert says that Lightspeed no longer accepts the connection: an export meets it, or the connection itself is known to have ended.
// It ends when somebody connects again, or Lightspeed accepts the connection again.
func SignInAlert() Alert {
	code := retail.BlockerSignIn
	return Alert{
		Cause: ExportCauses + "site/" + string(code), Code: retail.AlertCode(code), Message: code.Blocker(retail.BlockerFacts{}).Said(), Setting: retail.SettingConnection,
	}
}

// Raise raises an alert. An open one is counted, and so is one that was dismissed, as long as it goes on and says the same: a person has
// settled that. One that was resolved, or says something else than what was dismissed, is opened again.
func Raise(ctx context.Context, client *ent.Client, a Alert, now time.Time) error {
	if err := wakeAlerts(ctx); err != nil {
		return err
	}
	same := alert.And(alert.CodeEQ(string(a.Code)), alert.MessageEQ(a.Message.Text), alert.SettingEQ(a.Setting))
	open := client.Alert.Update().Where(alert.Cause(a.Cause), alert.ResolvedAtIsNil(), alert.Or(alert.DismissedAtIsNil(), same)).
		AddCount(1).SetCode(string(a.Code)).SetMessage(a.Message.Text).SetMessageParameters(a.Message.Parameters).SetSetting(a.Setting).SetLastAt(now).SetUpdatedAt(now)
	closed := client.Alert.Update().Where(alert.Cause(a.Cause), alert.Or(alert.ResolvedAtNotNil(), alert.DismissedAtNotNil())).
		SetCount(1).SetCode(string(a.Code)).SetMessage(a.Message.Text).SetMessageParameters(a.Message.Parameters).SetSetting(a.Setting).SetFirstAt(now).SetLastAt(now).
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
	err := client.Alert.Create().SetCause(a.Cause).SetCode(string(a.Code)).SetMessage(a.Message.Text).SetMessageParameters(a.Message.Parameters).SetSetting(a.Setting).
		SetFirstAt(now).SetLastAt(now).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(alert.FieldSiteID, alert.FieldCause).
		Update(func(u *ent.AlertUpsert) { u.AddCount(1).UpdateLastAt().UpdateMessage().UpdateMessageParameters() }).Exec(ctx)
	if err != nil {
		return fmt.Errorf("raise the alert %s: %w", a.Cause, err)
	}
	return nil
}

// Resolve ends the alert of a cause, if it is open.
func Resolve(ctx context.Context, client *ent.Client, cause string, now time.Time) error {
	n, err := client.Alert.Update().Where(alert.Cause(cause), alert.ResolvedAtIsNil()).
		SetResolvedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return fmt.Errorf("resolve the alert %s: %w", cause, err)
	}
	if n == 0 {
		return nil
	}
	return wakeAlerts(ctx)
}
