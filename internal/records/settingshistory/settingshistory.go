// Package settingshistory records what people changed in their settings, so that it can be looked up, and so that a user whose
// change meets a newer one sees what was changed and by whom.
//
// Its functions work on the client they are given, which may be a transaction's. Secrets never go in. What is recorded goes into the
// audit log too, as changes of the act that made them: the history has a revision and one row for each value, which is how it answers
// what has changed since a revision; the log says who did what, settings or not.
package settingshistory

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/settingchange"
	"possync/internal/audit"
	"possync/internal/event"
	"possync/internal/records/auditlog"
	"possync/internal/retail"
	"possync/internal/tenant"
	"possync/internal/text"
)

// Change is one value that changed, in the words of the shop's staff: a field as the settings page calls it, and its values
// as they would say them.
type Change struct{ Field, Before, After string }

// Entry says which settings were changed, by whom and when.
type Entry struct {
	Setting  string // one of retail's Setting constants
	Revision int    // of the settings, after the change; 0 = they have none
	By       string // the platform's user
	At       time.Time
}

const maxField = 100 // bytes of a field that are kept

// Record writes changes down; those whose values are the same are left out.
func Record(ctx context.Context, client *ent.Client, e Entry, changes ...Change) error {
	var rows []*ent.SettingChangeCreate
	for _, c := range changes {
		if c.Before == c.After {
			continue
		}
		rows = append(rows, client.SettingChange.Create().SetSetting(e.Setting).SetRevision(e.Revision).
			SetField(text.Shorten(c.Field, maxField)).SetBefore(c.Before).SetAfter(c.After).SetChangedBy(e.By).SetChangedAt(e.At))
	}
	if len(rows) == 0 {
		return nil
	}
	if err := client.SettingChange.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("record a change of %s: %w", e.Setting, err)
	}
	siteID, err := tenant.Site(ctx)
	if err != nil {
		return err
	}
	event.Wake(ctx, Topic(siteID))
	audited := make([]audit.Change, len(changes))
	for i, c := range changes {
		audited[i] = audit.Change(c)
	}
	auditlog.Note(ctx, audited...)
	return nil
}

// Topic is woken when settings of the site change.
func Topic(siteID string) string { return "settings:" + siteID }

// Since returns what the acting site's people changed in these settings after a revision, oldest first.
func Since(ctx context.Context, client *ent.Client, setting string, revision int) ([]*ent.SettingChange, error) {
	rows, err := client.SettingChange.Query().
		Where(settingchange.Setting(setting), settingchange.RevisionGT(revision)).
		Order(ent.Asc(settingchange.FieldRevision, settingchange.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what changed in %s: %w", setting, err)
	}
	return rows, nil
}

// AccountLabel says in words to which account a link leads; a nil link, or one that is disconnected, leads to none.
func AccountLabel(link *ent.LightspeedLink) string {
	if link == nil || link.State == retail.LinkNeverConnected || link.State == retail.LinkDisconnected {
		return "none"
	}
	return fmt.Sprintf("%s (%s), as %s", link.AccountName, link.AccountID, link.EmployeeName)
}
