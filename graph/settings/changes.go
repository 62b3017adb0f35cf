// Package settings changes what a site's people may set, and keeps the history of it: every change is recorded, and one that is
// based on an older revision is refused and says what has changed since, and by whom. A change that would take much off the
// website needs an acknowledgement.
//
// A mutation of settings, here or in a package beside this one, calls CheckRevision with the revision that it is based on,
// CheckLoss where it can hide products, and Record when it has changed something. A change leaves what it does not name, and
// does nothing, not even wake anybody, when everything is so already.
package settings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/changelog"
	"possync/internal/tenant"
)

// Change is one value that changed, in the words of the shop's staff.
type Change = changelog.Change

// Record writes down what the acting user changed in the settings, which thereby got this revision (0 = they have none).
// Values that are the same are left out.
func Record(ctx context.Context, setting string, revision int, now time.Time, changes ...Change) error {
	who, _ := tenant.FromContext(ctx)
	return changelog.Record(ctx, unitofwork.Client(ctx),
		changelog.Entry{Setting: setting, Revision: revision, By: who.UserID, At: now}, changes...)
}

// CheckRevision notes in found, at expectedRevision, that a change is based on another revision than the present one, and tells what
// has changed since. A nil expected revision is not checked.
func CheckRevision(ctx context.Context, found *usererror.List, setting string, expected *int, present int) error {
	if expected == nil || *expected == present {
		return nil
	}
	rows, err := changelog.Since(ctx, unitofwork.Client(ctx), setting, *expected)
	if err != nil {
		return err
	}
	message := "These settings have been changed since you looked at them. Look at them again, then make your change."
	if news := describe(rows); len(news) > 0 {
		message = fmt.Sprintf("These settings have been changed since you looked at them: %s. Look at them again, then make your change.",
			strings.Join(news, "; "))
	}
	found.Add(usererror.StaleRevision, message, "expectedRevision")
	return nil
}

// maxTold bounds how many changes a message tells.
const maxListed = 10

// told says in words what changed on the whole: from the first value of each field to its last, by whom it was changed last.
func describe(rows []*ent.SettingChange) []string {
	var order []string
	first, last := map[string]*ent.SettingChange{}, map[string]*ent.SettingChange{}
	for _, row := range rows {
		if first[row.Field] == nil {
			first[row.Field] = row
			order = append(order, row.Field)
		}
		last[row.Field] = row
	}
	var news []string
	left := 0
	for _, field := range order {
		before, after := first[field].Before, last[field].After
		switch {
		case before == after: // changed there and back
		case len(news) == maxListed:
			left++
		default:
			news = append(news, fmt.Sprintf("%s is %s now, not %s (changed by %s)", field, after, before, last[field].ChangedBy))
		}
	}
	if left > 0 {
		news = append(news, fmt.Sprintf("and %d more", left))
	}
	return news
}

// OnOff says a switch in words.
func OnOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
