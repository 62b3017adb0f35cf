package graph

import (
	"possync/graph/model"
	"possync/graph/preview"
	"possync/graph/pricing"
	"possync/graph/settings"
	"possync/graph/stores"
	"possync/graph/usererror"
)

// changeOf reads the change to preview, and what is wrong with its shape.
func changeOf(input model.PreviewSettingsInput) (change preview.Change, found usererror.List) {
	if in := input.ImportSettings.Value(); in != nil {
		var wrong usererror.List
		change.Import = &settings.ImportChange{
			OnHand:              given(&wrong, in.OnHand, "onHand"),
			OnOrder:             given(&wrong, in.OnOrder, "onOrder"),
			Reorder:             given(&wrong, in.Reorder, "reorder"),
			CostBasis:           given(&wrong, in.CostBasis, "costBasis"),
			RequiredIdentifiers: given(&wrong, in.RequiredIdentifiers, "requiredIdentifiers"),
			BarcodeLinks:        given(&wrong, in.BarcodeLinks, "barcodeLinks"),
		}
		found = append(found, wrong.Below("importSettings")...)
	}
	if input.StoreMappings.Value() != nil {
		change.Mappings = pairsOf(input.StoreMappings.Value())
	}
	if input.ReserveStock.Value() != nil {
		change.Reserves = reservesOf(input.ReserveStock.Value())
	}
	if in := input.PricingSettings.Value(); in != nil {
		var wrong usererror.List
		change.Pricing = &pricing.SettingsChange{
			Enabled:      given(&wrong, in.Enabled, "enabled"),
			RegularLevel: settings.Choice{Given: in.RegularPriceLevelID.IsSet(), ID: in.RegularPriceLevelID.Value()},
			SaleLevel:    settings.Choice{Given: in.SalePriceLevelID.IsSet(), ID: in.SalePriceLevelID.Value()},
		}
		found = append(found, wrong.Below("pricingSettings")...)
	}
	return change, found
}

func pairsOf(input []*model.StoreMappingInput) []stores.Pair {
	pairs := make([]stores.Pair, len(input))
	for i, m := range input {
		pairs[i] = stores.Pair{ShopID: m.ShopID, LocationID: m.LocationID}
	}
	return pairs
}

func reservesOf(input []*model.LocationReserveInput) []stores.Reserve {
	stock := make([]stores.Reserve, len(input))
	for i, l := range input {
		stock[i] = stores.Reserve{LocationID: l.LocationID, Units: l.Units}
	}
	return stock
}
