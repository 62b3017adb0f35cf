package reference

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"possync/ent"
	"possync/ent/poslabel"
	"possync/internal/records/settings"
	"possync/internal/text"
	"possync/jobs/mirror"
)

const (
	manufacturer = "MANUFACTURER"
	category     = "CATEGORY"
)

// bulkRows bounds the rows of one statement: SQLite takes 32,766 variables.
const bulkRows = 500

// Labels returns what is stored of the ids that items carry.
func Labels(ctx context.Context, client *ent.Client, site *settings.Snapshot) (mirror.Labels, error) {
	rows, err := client.PosLabel.Query().All(ctx)
	if err != nil {
		return mirror.Labels{}, fmt.Errorf("read labels: %w", err)
	}
	labels := mirror.Labels{
		Manufacturers: map[int64]string{}, Categories: map[int64]string{},
		Levels: map[int64]string{}, ArchivedLevels: map[int64]bool{},
	}
	for _, level := range site.PriceLevels {
		labels.Levels[level.LightspeedID] = level.Name
		labels.ArchivedLevels[level.LightspeedID] = level.Archived
	}
	for _, row := range rows {
		if row.Kind == manufacturer {
			labels.Manufacturers[row.LightspeedID] = row.Name
		} else {
			labels.Categories[row.LightspeedID] = row.Name
		}
	}
	return labels, nil
}

type labelKey struct {
	kind string
	id   int64
}

// StoreLabels writes the names that are new or changed. Names that are gone from the POS stay: archived items still refer
// to them.
func StoreLabels(ctx context.Context, tx *ent.Client, l Lists, now time.Time) error {
	listed := make(map[labelKey]string, len(l.Manufacturers)+len(l.Categories))
	for _, m := range l.Manufacturers {
		listed[labelKey{manufacturer, m.ManufacturerID}] = text.Clean(m.Name)
	}
	for _, c := range l.Categories {
		listed[labelKey{category, c.CategoryID}] = text.Clean(c.FullPathName)
	}
	stored, err := tx.PosLabel.Query().All(ctx)
	if err != nil {
		return fmt.Errorf("read labels: %w", err)
	}
	for _, s := range stored {
		if listed[labelKey{s.Kind, s.LightspeedID}] == s.Name {
			delete(listed, labelKey{s.Kind, s.LightspeedID})
		}
	}
	var creates []*ent.PosLabelCreate
	for key, name := range listed {
		creates = append(creates, tx.PosLabel.Create().SetKind(key.kind).SetLightspeedID(key.id).
			SetName(name).SetCreatedAt(now).SetUpdatedAt(now))
	}
	for chunk := range slices.Chunk(creates, bulkRows) {
		err := tx.PosLabel.CreateBulk(chunk...).OnConflict(
			sql.ConflictColumns(poslabel.FieldSiteID, poslabel.FieldKind, poslabel.FieldLightspeedID),
			sql.ResolveWith(func(u *sql.UpdateSet) {
				u.SetExcluded(poslabel.FieldName)
				u.SetExcluded(poslabel.FieldUpdatedAt)
			})).Exec(ctx)
		if err != nil {
			return fmt.Errorf("store labels: %w", err)
		}
	}
	return nil
}
