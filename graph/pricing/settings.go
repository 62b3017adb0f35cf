package pricing

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/pricingsettings"
	"possync/graph/settings"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/message"
	"possync/internal/records/feedlog"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// SettingsChange is a change of the pricing settings.
type SettingsChange struct {
	Enabled                 *bool // nil = unchanged
	RegularLevel, SaleLevel settings.Choice

	LowersPrices bool // the user accepts that many prices fall by more than half
}

// on returns the settings with the change, and everything that is wrong with them.
func (c SettingsChange) on(ctx context.Context, old *ent.PricingSettings) (changed ent.PricingSettings, found usererror.List, err error) {
	levels, err := sitedata.PriceLevels(ctx)
	if err != nil {
		return changed, nil, err
	}
	changed = *old
	settings.Assign(&changed.Enabled, c.Enabled)
	c.RegularLevel.Assign(&changed.RegularLevelID)
	c.SaleLevel.Assign(&changed.SaleLevelID)
	checkPricing(&found, old, &changed, sitedata.Index(levels, func(l *ent.PriceLevel) string { return l.ID }))
	return changed, found, nil
}

// PlanSettings returns where prices would come from with the change, or everything that is wrong with it.
func PlanSettings(ctx context.Context, change SettingsChange) (sitedata.Pricing, usererror.List, error) {
	old, err := sitedata.PricingOf(ctx)
	if err != nil {
		return sitedata.Pricing{}, nil, err
	}
	changed, found, err := change.on(ctx, old.PricingSettings)
	if err != nil || found.Any() {
		return sitedata.Pricing{}, found, err
	}
	pricing, err := sitedata.PricingWith(ctx, &changed)
	return pricing, nil, err
}

// UpdateSettings changes where the website's prices come from. Prices are computed when they are read, so nothing has to be
// evaluated again. expected and found are as in UpdateImport.
func UpdateSettings(ctx context.Context, change SettingsChange, expected *int, found usererror.List, now time.Time) (*ent.PricingSettings, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := sitedata.PricingOf(ctx)
	if err != nil {
		return nil, nil, err
	}
	changed, wrong, err := change.on(ctx, old.PricingSettings)
	if err != nil {
		return nil, nil, err
	}
	found = append(found, wrong...)
	if err := settings.CheckRevision(ctx, &found, retail.SettingPricing, expected, old.Revision); err != nil {
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	if changed.Enabled == old.Enabled && settings.SameID(changed.RegularLevelID, old.RegularLevelID) && settings.SameID(changed.SaleLevelID, old.SaleLevelID) {
		return old.PricingSettings, nil, nil
	}
	if err := checkFall(ctx, old, &changed, change.LowersPrices, &found, now); err != nil || found.Any() {
		return nil, found, err
	}
	client := unitofwork.Client(ctx)
	err = client.PricingSettings.Create().SetSiteID(state.SiteID).SetEnabled(changed.Enabled).
		SetNillableRegularLevelID(changed.RegularLevelID).SetNillableSaleLevelID(changed.SaleLevelID).SetRevision(old.Revision + 1).
		SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(pricingsettings.FieldSiteID).Update(func(u *ent.PricingSettingsUpsert) {
		u.UpdateEnabled().UpdateRegularLevelID().UpdateSaleLevelID().UpdateRevision().UpdateUpdatedAt()
	}).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("store the pricing settings: %w", err)
	}
	levels, err := sitedata.PriceLevels(ctx)
	if err != nil {
		return nil, nil, err
	}
	byID := sitedata.Index(levels, func(l *ent.PriceLevel) string { return l.ID })
	nameOf := func(id *string) string {
		if id == nil {
			return "none"
		}
		return fmt.Sprintf("%q", byID[*id].Name)
	}
	err = settings.Record(ctx, retail.SettingPricing, old.Revision+1, now,
		settings.Change{Field: "POS pricing", Before: settings.OnOff(old.Enabled), After: settings.OnOff(changed.Enabled)},
		settings.Change{Field: "Regular Price Level", Before: nameOf(old.RegularLevelID), After: nameOf(changed.RegularLevelID)},
		settings.Change{Field: "Sale Price Level", Before: nameOf(old.SaleLevelID), After: nameOf(changed.SaleLevelID)})
	if err != nil {
		return nil, nil, err
	}
	if old.Enabled || changed.Enabled {
		if err := feedlog.MarkLinked(ctx, client); err != nil {
			return nil, nil, err
		}
	}
	if err := synclog.SetupChanged(ctx, client); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	updated, err := sitedata.PricingSettings(ctx)
	return updated, nil, err
}

// checkPricing checks the settings after a change. A level that was chosen before and is now archived may stay: the checklist
// reports it, and it is no reason to refuse another change.
func checkPricing(found *usererror.List, old, changed *ent.PricingSettings, levels map[string]*ent.PriceLevel) {
	switchedOn := changed.Enabled && !old.Enabled
	check := func(id, before *string, field string) {
		if id == nil || settings.SameID(id, before) && !switchedOn {
			return
		}
		switch level := levels[*id]; {
		case level == nil:
			found.Add(usererror.NotFound, "This price level does not exist. Refresh the lists from Lightspeed and choose again.", field)
		case level.Archived:
			found.Say(usererror.Archived, "The price level \"{priceLevel}\" is archived in Lightspeed. Choose another one.", message.Values{"priceLevel": level.Name}, field)
		}
	}
	check(changed.RegularLevelID, old.RegularLevelID, "regularPriceLevelId")
	check(changed.SaleLevelID, old.SaleLevelID, "salePriceLevelId")
	// Chosen levels that vanished with their account are null already; that must not keep the sale level from a change.
	if changed.Enabled && changed.RegularLevelID == nil && (switchedOn || old.RegularLevelID != nil) {
		found.Add(usererror.Empty, "Choose a Regular Price Level, or switch off POS pricing.", "regularPriceLevelId")
	}
	if changed.SaleLevelID != nil && settings.SameID(changed.RegularLevelID, changed.SaleLevelID) {
		found.Add(usererror.Duplicate, "The Sale Price Level must not be the same as the Regular Price Level. Choose another one.", "salePriceLevelId")
	}
}
