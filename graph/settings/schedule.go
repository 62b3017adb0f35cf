package settings

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/syncschedule"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/event"
	"possync/internal/message"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// ScheduleChange is a change of the sync schedule; nil = unchanged.
type ScheduleChange struct {
	IntervalMinutes        *int
	WindowStart, WindowEnd *retail.TimeOfDay
}

// UpdateSchedule changes the sync schedule, and when the next run starts. expected and found are as in UpdateImport.
func UpdateSchedule(ctx context.Context, change ScheduleChange, expected *int, found usererror.List, now time.Time) (*ent.SyncSchedule, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := sitedata.Schedule(ctx)
	if err != nil {
		return nil, nil, err
	}
	before := scheduleOf(old)
	after, minutes := before, old.IntervalMinutes
	Assign(&minutes, change.IntervalMinutes)
	Assign(&after.WindowStart, change.WindowStart)
	Assign(&after.WindowEnd, change.WindowEnd)
	checkInterval(&found, minutes)
	if err := CheckRevision(ctx, &found, retail.SettingSchedule, expected, old.Revision); err != nil {
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	after.Interval = time.Duration(minutes) * time.Minute
	if after == before {
		return old, nil, nil
	}
	client := unitofwork.Client(ctx)
	err = client.SyncSchedule.Create().SetSiteID(state.SiteID).SetIntervalMinutes(minutes).
		SetWindowStart(int(after.WindowStart)).SetWindowEnd(int(after.WindowEnd)).
		SetRevision(old.Revision + 1).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(syncschedule.FieldSiteID).Update(func(u *ent.SyncScheduleUpsert) {
		u.UpdateIntervalMinutes().UpdateWindowStart().UpdateWindowEnd().UpdateRevision().UpdateUpdatedAt()
	}).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("store the schedule: %w", err)
	}
	every := func(minutes int) string {
		if minutes == 1 {
			return "1 minute"
		}
		return fmt.Sprintf("%d minutes", minutes)
	}
	err = Record(ctx, retail.SettingSchedule, old.Revision+1, now,
		Change{Field: "Time from one sync to the next", Before: every(old.IntervalMinutes), After: every(minutes)},
		Change{Field: "Time of the day's first sync", Before: before.WindowStart.String(), After: after.WindowStart.String()},
		Change{Field: "Time of the day's last sync", Before: before.WindowEnd.String(), After: after.WindowEnd.String()})
	if err != nil {
		return nil, nil, err
	}
	if err := Reschedule(ctx, now); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	schedule, err := sitedata.Schedule(ctx)
	return schedule, nil, err
}

func scheduleOf(s *ent.SyncSchedule) retail.Schedule {
	return retail.Schedule{
		Interval:    time.Duration(s.IntervalMinutes) * time.Minute,
		WindowStart: retail.TimeOfDay(s.WindowStart), WindowEnd: retail.TimeOfDay(s.WindowEnd),
	}
}

// checkInterval checks a number of minutes before it is made a duration, which a large one would overflow.
func checkInterval(found *usererror.List, minutes int) {
	if least, most := int(retail.MinInterval/time.Minute), int(retail.MaxInterval/time.Minute); minutes < least || minutes > most {
		found.Say(usererror.Invalid, "The interval must be from {least} to {limit} minutes.", message.Values{"least": least, "limit": most}, "intervalMinutes")
	}
}

// Reschedule sets when the next run of the acting site starts, after its schedule or its time zone changed. A site that is not
// connected has no next run.
func Reschedule(ctx context.Context, now time.Time) error {
	client := unitofwork.Client(ctx)
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return err
	}
	site, err := settings.Read(ctx, client)
	if err != nil {
		return err
	}
	if site.Connected() {
		next, err := synclog.NextRun(site, now)
		if err != nil {
			return err
		}
		update := client.SyncState.UpdateOneID(state.ID).SetNextRunAt(next)
		if state.DueAt == nil || state.DueAt.After(next) {
			update.SetDueAt(next)
		}
		if err := update.Exec(ctx); err != nil {
			return fmt.Errorf("reschedule: %w", err)
		}
	}
	event.Wake(ctx, synclog.WorkTopic)
	_, err = synclog.Next(ctx, client) // the status reports the next run
	return err
}
