package settings

import (
	"context"
	"fmt"
	"time"

	"possync/ent"
	"possync/ent/importsettings"
	"possync/ent/positem"
	"possync/ent/predicate"
	"possync/graph/sitedata"
	"possync/graph/unitofwork"
	"possync/graph/usererror"
	"possync/internal/records/feedlog"
	"possync/internal/records/matchlog"
	"possync/internal/records/partialindex"
	"possync/internal/records/settings"
	"possync/internal/records/synclog"
	"possync/internal/retail"
)

// ImportChange is a change of the import settings; nil = unchanged.
type ImportChange struct {
	OnHand, OnOrder, Reorder *bool
	CostBasis                *retail.CostBasis
	RequiredIdentifiers      *retail.RequiredIdentifiers
	BarcodeLinks             *retail.BarcodeLinks
}

// On returns the settings with the change.
func (c ImportChange) On(old *ent.ImportSettings) *ent.ImportSettings {
	changed := *old
	Assign(&changed.OnHand, c.OnHand)
	Assign(&changed.OnOrder, c.OnOrder)
	Assign(&changed.Reorder, c.Reorder)
	Assign(&changed.CostBasis, c.CostBasis)
	Assign(&changed.RequiredIdentifiers, c.RequiredIdentifiers)
	Assign(&changed.BarcodeLinks, c.BarcodeLinks)
	return &changed
}

// UpdateImport changes the import settings and has every item evaluated again. found holds known errors of the input: with
// any error nothing is changed.
func UpdateImport(ctx context.Context, change ImportChange, consent Consent, found usererror.List, now time.Time) (*ent.ImportSettings, usererror.List, error) {
	state, err := unitofwork.Lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	old, err := sitedata.ImportSettings(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := CheckRevision(ctx, &found, retail.SettingImport, consent.Revision, old.Revision); err != nil {
		return nil, nil, err
	}
	if found.Any() {
		return nil, found, nil
	}
	changed := change.On(old)
	if settings.RulesOf(changed) == settings.RulesOf(old) && changed.BarcodeLinks == old.BarcodeLinks {
		return old, nil, nil
	}
	after, err := sitedata.Rules(ctx)
	if err != nil {
		return nil, nil, err
	}
	after.Import = settings.RulesOf(changed)
	if err := CheckLoss(ctx, after, consent, &found, now); err != nil || found.Any() {
		return nil, found, err
	}
	client := unitofwork.Client(ctx)
	err = client.ImportSettings.Create().SetSiteID(state.SiteID).
		SetOnHand(changed.OnHand).SetOnOrder(changed.OnOrder).SetReorder(changed.Reorder).
		SetCostBasis(changed.CostBasis).SetRequiredIdentifiers(changed.RequiredIdentifiers).
		SetBarcodeLinks(changed.BarcodeLinks).
		SetRevision(old.Revision + 1).SetCreatedAt(now).SetUpdatedAt(now).
		OnConflictColumns(importsettings.FieldSiteID).Update(func(u *ent.ImportSettingsUpsert) {
		u.UpdateOnHand().UpdateOnOrder().UpdateReorder().UpdateCostBasis().UpdateRequiredIdentifiers().UpdateBarcodeLinks().UpdateRevision().UpdateUpdatedAt()
	}).Exec(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("store the import settings: %w", err)
	}
	err = Record(ctx, retail.SettingImport, old.Revision+1, now,
		Change{Field: "Balance On Hand", Before: OnOff(old.OnHand), After: OnOff(changed.OnHand)},
		Change{Field: "Balance On Order", Before: OnOff(old.OnOrder), After: OnOff(changed.OnOrder)},
		Change{Field: "Reorder Point or Maximum Stock Level", Before: OnOff(old.Reorder), After: OnOff(changed.Reorder)},
		Change{Field: "Figure that an item needs", Before: costWords[old.CostBasis], After: costWords[changed.CostBasis]},
		Change{
			Field: "Identifiers that an item needs", Before: identifierWords[old.RequiredIdentifiers],
			After: identifierWords[changed.RequiredIdentifiers],
		},
		Change{Field: "Links by barcode", Before: barcodeWords[old.BarcodeLinks], After: barcodeWords[changed.BarcodeLinks]})
	if err != nil {
		return nil, nil, err
	}
	if changed.BarcodeLinks == retail.BarcodeLinksAtOnce && old.BarcodeLinks != retail.BarcodeLinksAtOnce {
		err := client.PosItem.Update().Where(partialindex.Filled[predicate.PosItem](positem.FieldMatchReason), positem.MatchReasonEQ(retail.MatchUnconfirmed)).
			SetMatchWantedAt(now).SetUpdatedAt(now).Exec(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("have the waiting items matched: %w", err)
		}
		if err := matchlog.MarkAll(ctx, client); err != nil {
			return nil, nil, err
		}
	}
	if err := synclog.RequestEvaluation(ctx, client, now); err != nil {
		return nil, nil, err
	}
	if settings.RulesOf(changed).Any() != settings.RulesOf(old).Any() { // nothing is displayed while all are off, whatever the result of each item
		if err := feedlog.MarkLinked(ctx, client); err != nil {
			return nil, nil, err
		}
	}
	if err := synclog.SetupChanged(ctx, client); err != nil {
		return nil, nil, err
	}
	sitedata.ClearCache(ctx)
	settings, err := sitedata.ImportSettings(ctx)
	return settings, nil, err
}

var (
	costWords    = map[retail.CostBasis]string{retail.CostDefaultCost: "Default Cost", retail.CostMSRP: "MSRP"}
	barcodeWords = map[retail.BarcodeLinks]string{
		retail.BarcodeLinksAtOnce: "at once, unless something contradicts them", retail.BarcodeLinksConfirmed: "when names agree or a person confirms them",
	}
	identifierWords = map[retail.RequiredIdentifiers]string{
		retail.RequireGTINAndMPN: "a UPC or EAN, and a Manufact. SKU", retail.RequireGTINOrMPN: "a UPC, an EAN or a Manufact. SKU",
	}
)

// set changes a value to the one given, if there is one.
