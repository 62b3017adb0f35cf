package retail

import "io"

// DriftField is what differs between the mirror and the POS.
type DriftField string

// The fields that can differ.
const (
	DriftItem         DriftField = "ITEM"             // the item as a whole: it is stored only on one side
	DriftDescription  DriftField = "DESCRIPTION"      // its description
	DriftBrand        DriftField = "BRAND"            // its manufacturer's name
	DriftCategory     DriftField = "CATEGORY"         // its category with those above
	DriftSystemSKU    DriftField = "SYSTEM_SKU"       // its System ID
	DriftUPC          DriftField = "UPC"              // its UPC
	DriftEAN          DriftField = "EAN"              // its EAN
	DriftCustomSKU    DriftField = "CUSTOM_SKU"       // its Custom SKU
	DriftMakersSKU    DriftField = "MANUFACTURER_SKU" // its Manufact. SKU
	DriftCost         DriftField = "DEFAULT_COST"     // its Default Cost
	DriftPrices       DriftField = "PRICES"           // its prices, by level
	DriftItemKind     DriftField = "ITEM_KIND"        // its Type
	DriftSize         DriftField = "SIZE"             // its size
	DriftColor        DriftField = "COLOR"            // its colour
	DriftComponents   DriftField = "COMPONENTS"       // what it is made of
	DriftArchived     DriftField = "ARCHIVED"         // whether it is archived
	DriftOnHand       DriftField = "ON_HAND"          // its stock in a shop
	DriftOnOrder      DriftField = "ON_ORDER"         // what is on order for a shop
	DriftReorderPoint DriftField = "REORDER_POINT"    // its Reorder Point in a shop
	DriftReorderLevel DriftField = "REORDER_LEVEL"    // its Maximum Stock Level in a shop
)

// Values lists the spellings.
func (DriftField) Values() []string {
	return spellings(DriftItem, DriftDescription, DriftBrand, DriftCategory, DriftSystemSKU, DriftUPC, DriftEAN, DriftCustomSKU,
		DriftMakersSKU, DriftCost, DriftPrices, DriftItemKind, DriftSize, DriftColor, DriftComponents, DriftArchived, DriftOnHand, DriftOnOrder, DriftReorderPoint, DriftReorderLevel)
}

// MarshalGQL writes the value as GraphQL.
func (v DriftField) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *DriftField) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// DriftCause is why no run had found a difference before, as far as that can be known.
type DriftCause string

// The causes of drift.
const (
	CauseStampNotMoved DriftCause = "STAMP_NOT_MOVED" // the POS changed it and left its time stamp older than the last full sync
	CauseMissed        DriftCause = "MISSED"          // its stamp moved after the last full sync, but no run in between received it
	CauseClockBack     DriftCause = "CLOCK_WENT_BACK" // the POS's clock went back, so stamps mean nothing
	CauseVanished      DriftCause = "ROW_VANISHED"    // the POS no longer lists it; what is stored stays
	CauseUnknown       DriftCause = "UNKNOWN"         // it is not known when the last full sync was
)

// Values lists the spellings.
func (DriftCause) Values() []string {
	return spellings(CauseStampNotMoved, CauseMissed, CauseClockBack, CauseVanished, CauseUnknown)
}

// MarshalGQL writes the value as GraphQL.
func (v DriftCause) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *DriftCause) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }
