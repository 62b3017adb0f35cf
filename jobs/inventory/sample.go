package inventory

import (
	"context"
	"fmt"

	"possync/ent"
	"possync/ent/displaysample"
	"possync/ent/positem"
	"possync/internal/retail"
)

// sampleDisplay notes how many items are displayed at the end of a run, in place of what was noted before on this day.
func (r *runner) sampleDisplay(ctx context.Context, tx *ent.Client, state *ent.SyncState) error {
	site, err := r.e.Settings.At(ctx, tx, state)
	if err != nil {
		return err
	}
	zone, err := site.Zone()
	if err != nil {
		return err
	}
	var groups []struct {
		Displayed bool
		Count     int
	}
	if err := tx.PosItem.Query().GroupBy(positem.FieldDisplayed).Aggregate(ent.Count()).Scan(ctx, &groups); err != nil {
		return fmt.Errorf("count what is displayed: %w", err)
	}
	live, displayed, hidden := site.Live(state.DisplayHeldSince != nil), 0, 0
	for _, g := range groups {
		if g.Displayed && live {
			displayed += g.Count
		} else {
			hidden += g.Count
		}
	}
	err = tx.DisplaySample.Create().SetSiteID(r.s.id).SetDate(retail.DateIn(zone, r.e.Clock.Now())).SetDisplayed(displayed).SetHidden(hidden).
		OnConflictColumns(displaysample.FieldSiteID, displaysample.FieldDate).
		Update(func(u *ent.DisplaySampleUpsert) { u.UpdateDisplayed().UpdateHidden() }).Exec(ctx)
	if err != nil {
		return fmt.Errorf("note what is displayed: %w", err)
	}
	return nil
}
