// Package alertemail writes messages about a site's alerts, each in the transaction that notes what it is about, and keeps them until they
// are sent.
//
// Every opening of an alert is in one message; as long as the alert stays open no other message repeats it as news. What opens within a
// minute, and within a quarter of an hour of the last message, goes into one message.
package alertemail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/alert"
	"possync/ent/alertemailsettings"
	"possync/ent/predicate"
	"possync/internal/records/settings"
	"possync/internal/retail"
)

// How often messages are written that go at once.
const (
	lasting = time.Minute      // how long an alert must be open before a message goes out: most troubles of a few seconds need none
	pause   = 15 * time.Minute // from one message of a site to the next
	again   = time.Hour        // from one message about a cause to the next, if it ends and opens again
)

// reportedFor is how old the end of an alert may be that a message still reports.
const reportedFor = 7 * 24 * time.Hour

// Addresses are the addresses in settings.
func Addresses(s *ent.AlertEmailSettings) []string { return strings.Fields(s.Addresses) }

// Due returns the sites for which a message may have to be written. It acts for the system.
func Due(ctx context.Context, client *ent.Client, now time.Time) ([]string, error) {
	atOnce := alertemailsettings.And(
		alertemailsettings.ModeEQ(retail.AlertEmailAtOnce), alertemailsettings.AddressesNEQ(""),
		alertemailsettings.Or(alertemailsettings.LastWrittenAtIsNil(), alertemailsettings.LastWrittenAtLTE(now.Add(-pause))),
		func(s *sql.Selector) {
			alerts := sql.Dialect(s.Dialect()).Table(alert.Table)
			of := sql.Dialect(s.Dialect()).Select(alerts.C(alert.FieldID)).From(alerts).Where(sql.ColumnsEQ(alerts.C(alert.FieldSiteID), s.C(alertemailsettings.FieldSiteID)))
			isNew(now)(of)
			s.Where(sql.Exists(of))
		})
	sites, err := client.AlertEmailSettings.Query().Where(alertemailsettings.Or(atOnce, alertemailsettings.DailyDueAtLTE(now))).
		Select(alertemailsettings.FieldSiteID).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for sites with alerts to write of: %w", err)
	}
	return sites, nil
}

// isNew is the condition that an alert is to be written of now.
func isNew(now time.Time) predicate.Alert {
	return alert.And(
		alert.ResolvedAtIsNil(), alert.DismissedAtIsNil(), alert.FirstAtLTE(now.Add(-lasting)),
		alert.Or(alert.EmailedAtIsNil(), alert.And(beforeFirst, alert.EmailedAtLTE(now.Add(-again)))),
	)
}

// beforeFirst is the condition that the last message about an alert is older than its opening.
func beforeFirst(s *sql.Selector) {
	s.Where(sql.ColumnsLT(s.C(alert.FieldEmailedAt), s.C(alert.FieldFirstAt)))
}

// Write writes the acting site's message, one for each address, if it is due, in the transaction of tx, and returns how many. url is where the
// alerts are shown.
func Write(ctx context.Context, tx *ent.Client, site *settings.Snapshot, url string, now time.Time) (int, error) {
	row, err := tx.AlertEmailSettings.Query().Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("read where alerts go: %w", err)
	}
	zone, err := site.Zone()
	if err != nil {
		return 0, err
	}
	daily := row.DailyDueAt != nil && !row.DailyDueAt.After(now)
	if !daily && (row.Mode != retail.AlertEmailAtOnce || row.LastWrittenAt != nil && row.LastWrittenAt.After(now.Add(-pause))) {
		return 0, nil
	}
	news, err := gather(ctx, tx, daily, now)
	if err != nil {
		return 0, err
	}
	taken, err := take(ctx, tx, row, news, zone, now)
	if err != nil || !taken || news.nothing() {
		return 0, err
	}
	if err := news.note(ctx, tx, row.SiteID, now); err != nil {
		return 0, err
	}
	kind := retail.AlertEmailAlerts
	if daily {
		kind = retail.AlertEmailDigest
	}
	subject, body := news.text(site.Site.Name, url, zone)
	addresses := Addresses(row)
	return len(addresses), queue(ctx, tx, kind, addresses, subject, body, now)
}

// take notes that the site's message is written now, and reports false if another process has done so in between.
func take(ctx context.Context, tx *ent.Client, row *ent.AlertEmailSettings, news *news, zone *time.Location, now time.Time) (bool, error) {
	update := tx.AlertEmailSettings.Update().Where(alertemailsettings.ID(row.ID), alertemailsettings.Revision(row.Revision))
	if row.LastWrittenAt == nil {
		update.Where(alertemailsettings.LastWrittenAtIsNil())
	} else {
		update.Where(alertemailsettings.LastWrittenAt(*row.LastWrittenAt))
	}
	if row.DailyDueAt != nil {
		update.Where(alertemailsettings.DailyDueAt(*row.DailyDueAt)).SetDailyDueAt(retail.NextTimeOfDay(retail.TimeOfDay(row.DailyAt), zone, now))
	}
	if news.nothing() {
		if row.DailyDueAt == nil {
			return false, nil
		}
	} else {
		update.SetLastWrittenAt(now)
	}
	n, err := update.Save(ctx)
	if err != nil {
		return false, fmt.Errorf("note that alerts are written of: %w", err)
	}
	return n == 1, nil
}

// news is what a message says.
type news struct{ opened, open, over []*ent.Alert }

func (n *news) nothing() bool { return len(n.opened)+len(n.open)+len(n.over) == 0 }

// gather reads what the message says. One that goes at once needs an alert that is new; then it says what else has opened, what is still
// open, and which of those that were written of have ended. The daily one says what is open and what has ended.
func gather(ctx context.Context, tx *ent.Client, daily bool, now time.Time) (*news, error) {
	if !daily {
		due, err := tx.Alert.Query().Where(isNew(now)).Exist(ctx)
		if err != nil || !due {
			return &news{}, wrap("look for new alerts", err)
		}
	}
	rows, err := tx.Alert.Query().Where(alert.Or(
		alert.And(alert.ResolvedAtIsNil(), alert.DismissedAtIsNil()), alert.ResolvedAtGT(now.Add(-reportedFor)),
	)).Order(ent.Asc(alert.FieldFirstAt, alert.FieldID)).All(ctx)
	if err != nil {
		return nil, wrap("read the alerts", err)
	}
	n := &news{}
	for _, a := range rows {
		known := a.EmailedAt != nil && !a.EmailedAt.Before(a.FirstAt)
		switch {
		case a.ResolvedAt == nil && known:
			n.open = append(n.open, a)
		case a.ResolvedAt == nil:
			n.opened = append(n.opened, a)
		case known && !a.EmailedAt.After(*a.ResolvedAt), daily && !known && a.DismissedAt == nil:
			n.over = append(n.over, a)
		}
	}
	return n, nil
}

// note notes that the alerts were written of. It leaves updated_at as it is: nothing has changed for who follows them.
func (n *news) note(ctx context.Context, tx *ent.Client, siteID string, now time.Time) error {
	var ids []any
	for _, list := range [][]*ent.Alert{n.opened, n.open, n.over} {
		for _, a := range list {
			ids = append(ids, a.ID)
		}
	}
	query, args := sql.Dialect(tx.Dialect()).Update(alert.Table).Set(alert.FieldEmailedAt, now).
		Where(sql.And(sql.EQ(alert.FieldSiteID, siteID), sql.In(alert.FieldID, ids...))).Query()
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("note which alerts were written of: %w", err)
	}
	return nil
}

func queue(ctx context.Context, tx *ent.Client, kind retail.AlertEmailKind, addresses []string, subject, body string, now time.Time) error {
	rows := make([]*ent.AlertEmailCreate, len(addresses))
	for i, address := range addresses {
		rows[i] = tx.AlertEmail.Create().SetKind(kind).SetAddress(address).SetSubject(subject).SetBody(body).SetDueAt(now).SetCreatedAt(now).SetUpdatedAt(now)
	}
	if err := tx.AlertEmail.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("queue messages: %w", err)
	}
	return nil
}

func wrap(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// NextDaily returns when the next daily message of settings is due; nil = never.
func NextDaily(mode retail.AlertEmailMode, at retail.TimeOfDay, addresses int, zone *time.Location, now time.Time) *time.Time {
	if mode != retail.AlertEmailDaily || addresses == 0 {
		return nil
	}
	next := retail.NextTimeOfDay(at, zone, now)
	return &next
}
