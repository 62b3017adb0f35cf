package retail

import "io"

// ReasonCode says why an item is not on the website, or what is missing although it is. Codes are only ever added.
type ReasonCode string

// The reason codes.
const (
	ReasonArchived       ReasonCode = "ARCHIVED"
	ReasonNotInCatalogue ReasonCode = "NOT_IN_CATALOGUE"
	ReasonMatchConflict  ReasonCode = "MATCH_CONFLICT"
	ReasonUnconfirmed    ReasonCode = "MATCH_UNCONFIRMED"
	ReasonNoCost         ReasonCode = "NO_COST"
	ReasonNoMSRP         ReasonCode = "NO_MSRP"
	ReasonNoIdentifier   ReasonCode = "NO_IDENTIFIER"
	ReasonNoGTIN         ReasonCode = "NO_GTIN"
	ReasonInvalidUPC     ReasonCode = "INVALID_UPC"
	ReasonInvalidEAN     ReasonCode = "INVALID_EAN"
	ReasonNoMPN          ReasonCode = "NO_MPN"
	ReasonNoBrand        ReasonCode = "NO_BRAND"
	ReasonNoMappedShop   ReasonCode = "NO_MAPPED_SHOP"
	ReasonNoRuleEnabled  ReasonCode = "NO_RULE_ENABLED"
	ReasonNoRuleMet      ReasonCode = "NO_RULE_MET"

	ReasonNonInventory      ReasonCode = "NON_INVENTORY"
	ReasonComponentsUnknown ReasonCode = "COMPONENTS_UNKNOWN"
	ReasonComponentsShort   ReasonCode = "COMPONENTS_SHORT"
)

// Values lists the spellings, in the order in which [Evaluate] reports reasons.
func (ReasonCode) Values() []string {
	return spellings(ReasonArchived, ReasonNotInCatalogue, ReasonMatchConflict, ReasonUnconfirmed, ReasonNoCost, ReasonNoMSRP,
		ReasonNoIdentifier, ReasonNoGTIN, ReasonInvalidUPC, ReasonInvalidEAN, ReasonNoMPN, ReasonNoBrand,
		ReasonNoMappedShop, ReasonNoRuleEnabled, ReasonNoRuleMet, ReasonNonInventory, ReasonComponentsUnknown, ReasonComponentsShort)
}

// MarshalGQL writes the value as GraphQL.
func (v ReasonCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *ReasonCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// Reason is a reason code for one item. The same code can keep one item from being displayed and be a mere warning for
// another, depending on the site's settings.
type Reason struct {
	Code     ReasonCode `json:"code"`
	Blocking bool       `json:"blocking"` // the item is not displayed because of this
}

// Message says in one sentence, for shop staff, what is wrong. It is "" for an unknown code.
func (v ReasonCode) Message() string { m, _ := v.texts(); return m }

// Advice says for shop staff what to do about it. It is "" for an unknown code.
func (v ReasonCode) Advice() string { _, a := v.texts(); return a }

func (v ReasonCode) texts() (message, advice string) {
	switch v {
	case ReasonArchived:
		return "The item is archived in Lightspeed.",
			"Restore the item in Lightspeed if it should be sold online."
	case ReasonNotInCatalogue:
		return "No product in the website's catalogue has this item's UPC, EAN, or brand and MPN.",
			"Compare the item's codes with the product's GTIN1, GTIN2 and MPN, or add the product to the catalogue."
	case ReasonMatchConflict:
		return "The item's codes match more than one product, or another item matches the same product.",
			"Choose the right product in the review queue. Or fix the codes in Lightspeed, so that each item has its own, and archive duplicates."
	case ReasonNoCost:
		return "The item has no default cost.",
			"Enter a default cost for the item in Lightspeed, or choose MSRP as the cost basis in the import settings."
	case ReasonNoMSRP:
		return "The item has no MSRP.",
			"Enter an MSRP for the item in Lightspeed, or choose default cost as the cost basis in the import settings."
	case ReasonNoIdentifier:
		return "The item has neither a valid UPC or EAN nor a brand with a manufacturer's part number.",
			"Enter the barcode number in the UPC field in Lightspeed, or choose the brand and enter the part number in the Manufact. SKU field."
	case ReasonNoGTIN:
		return "The item has no UPC or EAN.",
			"Enter the barcode number in the UPC field in Lightspeed."
	case ReasonInvalidUPC:
		return "The number in the item's UPC field is not a valid barcode number.",
			"Scan the product's barcode into the UPC field in Lightspeed. Do not enter in-store numbers there."
	case ReasonInvalidEAN:
		return "The number in the item's EAN field is not a valid barcode number.",
			"Scan the product's barcode into the EAN field in Lightspeed. Do not enter in-store numbers there."
	case ReasonNoMPN:
		return "The item has no manufacturer's part number.",
			"Enter the part number in the Manufact. SKU field in Lightspeed."
	case ReasonNoBrand:
		return "The item has no brand, and its part number alone does not identify one product.",
			"Choose the item's brand (manufacturer) in Lightspeed."
	case ReasonNoMappedShop:
		return "No Lightspeed store is connected to a location of the website.",
			"Connect at least one store under Connect Stores."
	case ReasonNoRuleEnabled:
		return "All import settings are off.",
			"Switch on at least one import setting."
	case ReasonNoRuleMet:
		return "The item's stock in the connected stores, less their reserve stock and what open orders hold, meets none of the import settings that are on.",
			"Receive or order stock in a connected store, lower its reserve stock, or switch on another import setting."
	case ReasonNonInventory:
		return "The item is non-inventory in Lightspeed: it is sold without a count.",
			"No action is needed. If it should be counted, change its type in Lightspeed."
	case ReasonComponentsUnknown:
		return "The item is a box or an assembly, and Lightspeed does not say what it is made of. Its own stock counts.",
			"Enter the components of the item in Lightspeed, or receive stock of the item itself."
	case ReasonComponentsShort:
		return "The item is a box or an assembly, and the stock of its components in the connected stores is not enough for one.",
			"Receive or order its components in a connected store, or lower the reserve stock."
	case ReasonUnconfirmed:
		return "Only one code matches this product, the barcode or the part number. Names and other codes do not confirm it.",
			"Compare the two in the review queue, then link or reject them. Or enter the item's brand and part number (Manufact. SKU) in Lightspeed."
	default:
		return "", ""
	}
}
