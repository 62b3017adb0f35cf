// Package settings changes a site's settings and records every change. A change that is based on an older revision is refused,
// with what has changed since and by whom. A change that would take many items off the website needs an acknowledgement.
//
// Each mutation of settings, here or in a package beside this one, calls CheckRevision with the revision that it is based on,
// CheckLoss if it can hide products, and Record when it has changed something. Absent fields stay as they are. A change that
// changes nothing writes nothing and sends no wake-up.
package settings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"possync/ent"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/settingshistory"
	"possync/internal/tenant"
)

// Change is one value that changed, in words for shop staff.
type Change = settingshistory.Change

// Record writes down what the acting user changed in the settings, which thereby got this revision (0 = they have none).
// Values that are the same are left out.
func Record(ctx context.Context, setting string, revision int, now time.Time, changes ...Change) error {
	who, _ := tenant.FromContext(ctx)
	return settingshistory.Record(ctx, unitofwork.Client(ctx),
		settingshistory.Entry{Setting: setting, Revision: revision, By: who.UserID, At: now}, changes...)
}

// CheckRevision adds an error at expectedRevision if a change is based on another revision than the current one, with what has
// changed since. A nil expected revision is not checked.
func CheckRevision(ctx context.Context, found *usererror.List, setting string, expected *int, present int) error {
	if expected == nil || *expected == present {
		return nil
	}
	rows, err := settingshistory.Since(ctx, unitofwork.Client(ctx), setting, *expected)
	if err != nil {
		return err
	}
	said := message.Plain("These settings have changed since you loaded them. Load them again, then make your change.")
	if changes := describe(rows); len(changes) > 0 {
		said = message.Say("These settings have changed since you loaded them: {changes}. Load them again, then make your change.",
			message.Values{"changes": strings.Join(changes, "; ")})
	}
	found.AddMessage(usererror.StaleRevision, said, "expectedRevision")
	return nil
}

// maxListed is how many changes a message lists.
const maxListed = 10

// describe lists in words what changed in all: for each field its first and its last value, and who changed it last.
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
	var changes []string
	left := 0
	for _, field := range order {
		before, after := first[field].Before, last[field].After
		switch {
		case before == after: // changed there and back
		case len(changes) == maxListed:
			left++
		default:
			changes = append(changes, fmt.Sprintf("%s is now %s, not %s (changed by %s)", field, after, before, last[field].ChangedBy))
		}
	}
	if left > 0 {
		changes = append(changes, fmt.Sprintf("and %d more", left))
	}
	return changes
}

// OnOff returns the state of a switch in words.
func OnOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
