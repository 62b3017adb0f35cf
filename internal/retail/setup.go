package retail

import (
	"fmt"
	"io"
)

// LinkState is the state of a site's link to its POS.
type LinkState string

// The states of a link.
const (
	LinkNeverConnected LinkState = "NEVER_CONNECTED" // nobody connected a POS yet
	LinkConnected      LinkState = "CONNECTED"       // usable
	LinkNeedsReauth    LinkState = "NEEDS_REAUTH"    // the POS no longer accepts the stored sign-in
	LinkDisconnected   LinkState = "DISCONNECTED"    // disconnected by a person; data and mappings are kept
)

// Values lists the spellings.
func (LinkState) Values() []string {
	return spellings(LinkNeverConnected, LinkConnected, LinkNeedsReauth, LinkDisconnected)
}

// MarshalGQL writes the value as GraphQL.
func (v LinkState) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *LinkState) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// SetupCode says what setup lacks. Codes are only ever added.
type SetupCode string

// The setup codes.
const (
	SetupNotConnected       SetupCode = "NOT_CONNECTED"
	SetupNeedsReauth        SetupCode = "NEEDS_REAUTH"
	SetupNoLocations        SetupCode = "NO_LOCATIONS"
	SetupNoStoreMapped      SetupCode = "NO_STORE_MAPPED"
	SetupMappedShopArchived SetupCode = "MAPPED_SHOP_ARCHIVED"
	SetupNoImportRule       SetupCode = "NO_IMPORT_RULE"
	SetupNoProducts         SetupCode = "NO_PRODUCTS"
	SetupFirstSyncPending   SetupCode = "FIRST_SYNC_PENDING"
	SetupRegularLevelGone   SetupCode = "REGULAR_PRICE_LEVEL_GONE"
	SetupSaleLevelGone      SetupCode = "SALE_PRICE_LEVEL_GONE"
	SetupSyncUnconfirmed    SetupCode = "SYNC_NEEDS_CONFIRMATION"

	SetupExportNoEmployee        SetupCode = "EXPORT_NO_EMPLOYEE"
	SetupExportEmployeeGone      SetupCode = "EXPORT_EMPLOYEE_GONE"
	SetupExportEmployeeLocked    SetupCode = "EXPORT_EMPLOYEE_LOCKED"
	SetupExportNoRegister        SetupCode = "EXPORT_NO_REGISTER"
	SetupExportRegisterGone      SetupCode = "EXPORT_REGISTER_GONE"
	SetupExportEmployeeElsewhere SetupCode = "EXPORT_EMPLOYEE_IN_OTHER_SHOP"
	SetupPaymentTypeArchived     SetupCode = "PAYMENT_TYPE_ARCHIVED"
)

// Values lists the spellings.
func (SetupCode) Values() []string {
	return spellings(SetupNotConnected, SetupNeedsReauth, SetupNoLocations, SetupNoStoreMapped,
		SetupMappedShopArchived, SetupNoImportRule, SetupNoProducts, SetupFirstSyncPending,
		SetupRegularLevelGone, SetupSaleLevelGone, SetupSyncUnconfirmed, SetupExportNoEmployee, SetupExportEmployeeGone, SetupExportEmployeeLocked,
		SetupExportNoRegister, SetupExportRegisterGone, SetupExportEmployeeElsewhere, SetupPaymentTypeArchived)
}

// MarshalGQL writes the value as GraphQL.
func (v SetupCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *SetupCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// The settings that a [SetupIssue] can point at, and that a change of settings concerns.
const (
	SettingConnection = "connection"
	SettingLocations  = "locations"
	SettingStores     = "storeMappings"
	SettingImport     = "importSettings"
	SettingCatalogue  = "products"
	SettingSync       = "sync"
	SettingPricing    = "pricingSettings"
	SettingSchedule   = "syncSchedule"
	SettingExport     = "exportSettings"
)

// SetupFacts is what is known of a site when its setup is judged.
type SetupFacts struct {
	LinkState           LinkState
	Locations           int         // stores of the site
	ActiveMappings      int         // mappings whose shop is not archived in the POS
	MappedArchivedShops int         // mapped shops that are archived in the POS
	Rules               ImportRules // the import rules in force
	Products            int         // products in the website's catalogue
	FirstSyncDone       bool        // a run has read everything once since the POS was connected
	RegularLevelGone    bool        // POS pricing is on, and its regular level is archived or no longer there
	SaleLevelGone       bool        // POS pricing is on, and its sale level is archived
	Unconfirmed         *Loss       // what a run would take off the website that waits to be confirmed; nil = none waits

	// Order exporting is on, and these of the site's would keep an order from being exported, see [ExportGate].
	ExportBlockers []BlockerCode
	// Order exporting is on, and a payment type that it has used is archived in the POS.
	ArchivedPaymentTypes []string
}

// Live reports whether the website may display what the rules allow: the owner has connected, mapped and chosen. It
// stays true while Lightspeed asks for a new sign-in, so that an expired grant does not empty the website; the stock
// shown is then as old as its freshness says.
func (f SetupFacts) Live() bool {
	connected := f.LinkState == LinkConnected || f.LinkState == LinkNeedsReauth
	return connected && f.Locations > 0 && f.ActiveMappings > 0 && f.Rules.Any()
}

// SetupIssue is one thing that setup lacks.
type SetupIssue struct {
	Code     SetupCode
	Blocking bool   // the integration does not function until this is mended
	Message  string // for shop staff: what is wrong and what to do
	Setting  string // the setting that mends it, one of the Setting constants
}

// Setup says whether a site's setup is complete, and everything that is missing at once.
//
// Complete means that the owner has done every step that is theirs: nothing blocking is left. Until then nothing is
// displayed or exported. What comes by itself (the catalogue, which the website's platform feeds in, and the first sync)
// and what concerns only some shops is reported without blocking.
func Setup(f SetupFacts) (complete bool, issues []SetupIssue) {
	add := func(code SetupCode, blocking bool, setting, message string) {
		issues = append(issues, SetupIssue{Code: code, Blocking: blocking, Message: message, Setting: setting})
	}
	switch f.LinkState {
	case LinkConnected:
	case LinkNeedsReauth:
		add(SetupNeedsReauth, true, SettingConnection,
			"Lightspeed no longer accepts the sign-in. Click Connect and sign in again as an admin or manager.")
	default:
		add(SetupNotConnected, true, SettingConnection,
			"Lightspeed is not connected. Click Connect and sign in as an admin or manager.")
	}
	if f.Locations == 0 {
		add(SetupNoLocations, true, SettingLocations,
			"The website has no store locations. Add at least one location.")
	}
	if f.ActiveMappings == 0 {
		add(SetupNoStoreMapped, true, SettingStores,
			"No Lightspeed store is connected to a location. Connect at least one.")
	}
	if f.MappedArchivedShops > 0 {
		add(SetupMappedShopArchived, false, SettingStores,
			"A connected Lightspeed store is archived, so its stock is no longer counted. Connect another store in its place, or restore it in Lightspeed.")
	}
	if !f.Rules.Any() {
		add(SetupNoImportRule, true, SettingImport,
			"All import settings are off, so no item would be displayed. Switch at least one on.")
	}
	if f.Products == 0 {
		add(SetupNoProducts, false, SettingCatalogue,
			"The website's catalogue has no products yet. Items are displayed once their products are in the catalogue.")
	}
	if f.LinkState == LinkConnected && !f.FirstSyncDone {
		add(SetupFirstSyncPending, false, SettingSync,
			"The first sync has not finished yet. It starts by itself; its progress is shown under sync status.")
	}
	if f.RegularLevelGone {
		add(SetupRegularLevelGone, false, SettingPricing,
			"The Regular Price Level is archived or no longer in Lightspeed. Prices stay as they were last read, or the website's own. Choose another level.")
	}
	if f.SaleLevelGone {
		add(SetupSaleLevelGone, false, SettingPricing,
			"The Sale Price Level is archived or no longer in Lightspeed. Sale prices stay as they were last read. Choose another level, or none.")
	}
	if l := f.Unconfirmed; l != nil {
		add(SetupSyncUnconfirmed, false, SettingSync, fmt.Sprintf(
			"A sync has stopped because it would take %d of the %d displayed items off the website or leave nothing of them to sell. Look in Lightspeed whether that is right; then confirm the sync, or cancel it. Until then no stock is synced.",
			l.Lost, l.Displayed))
	}
	for _, code := range f.ExportBlockers {
		if setup, ok := exportIssues[code]; ok {
			b := code.Blocker()
			add(setup, false, SettingExport, b.Message+" No order is exported until then. "+b.Advice)
		}
	}
	if len(f.ArchivedPaymentTypes) > 0 {
		add(SetupPaymentTypeArchived, false, SettingExport,
			"Orders were paid by payment types that are archived in Lightspeed by now: "+named(f.ArchivedPaymentTypes)+". Restore them there, or orders paid so cannot be exported.")
	}
	for _, issue := range issues {
		if issue.Blocking {
			return false, issues
		}
	}
	return true, issues
}

// exportIssues are the site's blockers of exports that settings mend, as issues of the checklist: each is told once, and not
// once an order. They keep nothing from being displayed.
var exportIssues = map[BlockerCode]SetupCode{
	BlockerNoEmployee: SetupExportNoEmployee, BlockerEmployeeGone: SetupExportEmployeeGone,
	BlockerEmployeeLocked: SetupExportEmployeeLocked, BlockerNoRegister: SetupExportNoRegister,
	BlockerRegisterGone: SetupExportRegisterGone, BlockerEmployeeElsewhere: SetupExportEmployeeElsewhere,
}
