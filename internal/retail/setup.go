package retail

import (
	"io"
	"slices"

	"possync/internal/message"
)

// LinkState is the state of a site's connection to its POS.
type LinkState string

// The states of a connection.
const (
	LinkNeverConnected LinkState = "NEVER_CONNECTED" // no POS was ever connected
	LinkConnected      LinkState = "CONNECTED"       // usable
	LinkNeedsReauth    LinkState = "NEEDS_REAUTH"    // the POS no longer accepts the stored tokens
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

// SetupCode says what the setup lacks. Codes are only ever added.
type SetupCode string

// The setup codes.
const (
	SetupNotRegistered      SetupCode = "NOT_REGISTERED"
	SetupNotLive            SetupCode = "NOT_LIVE"
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
	SetupDisplayHeld        SetupCode = "DISPLAY_NEEDS_CONFIRMATION"
	SetupStorageUnavailable SetupCode = "STORAGE_UNAVAILABLE"
	SetupPricesHeld         SetupCode = "PRICES_NEED_CONFIRMATION"

	SetupExportNoEmployee        SetupCode = "EXPORT_NO_EMPLOYEE"
	SetupExportEmployeeGone      SetupCode = "EXPORT_EMPLOYEE_GONE"
	SetupExportEmployeeLocked    SetupCode = "EXPORT_EMPLOYEE_LOCKED"
	SetupExportNoRegister        SetupCode = "EXPORT_NO_REGISTER"
	SetupExportRegisterGone      SetupCode = "EXPORT_REGISTER_GONE"
	SetupExportEmployeeElsewhere SetupCode = "EXPORT_EMPLOYEE_IN_OTHER_SHOP"
	SetupPaymentTypeArchived     SetupCode = "PAYMENT_TYPE_ARCHIVED"
	SetupExportNoStoreRegister   SetupCode = "EXPORT_NO_STORE_REGISTER"
)

// Values lists the spellings.
func (SetupCode) Values() []string {
	return spellings(SetupNotRegistered, SetupNotLive, SetupNotConnected, SetupNeedsReauth, SetupNoLocations, SetupNoStoreMapped,
		SetupMappedShopArchived, SetupNoImportRule, SetupNoProducts, SetupFirstSyncPending,
		SetupRegularLevelGone, SetupSaleLevelGone, SetupSyncUnconfirmed, SetupDisplayHeld, SetupPricesHeld, SetupStorageUnavailable, SetupExportNoEmployee, SetupExportEmployeeGone, SetupExportEmployeeLocked,
		SetupExportNoRegister, SetupExportRegisterGone, SetupExportEmployeeElsewhere, SetupPaymentTypeArchived,
		SetupExportNoStoreRegister)
}

// MarshalGQL writes the value as GraphQL.
func (v SetupCode) MarshalGQL(w io.Writer) { marshalGQL(w, v) }

// UnmarshalGQL reads the value from GraphQL; an unknown spelling is an error.
func (v *SetupCode) UnmarshalGQL(in any) error { return unmarshalGQL(v, in) }

// The groups of settings that a [SetupIssue] can point at and that a change of settings can concern.
const (
	SettingSite       = "site"
	SettingConnection = "connection"
	SettingLocations  = "locations"
	SettingStores     = "storeMappings"
	SettingImport     = "importSettings"
	SettingCatalogue  = "products"
	SettingSync       = "sync"
	SettingPricing    = "pricingSettings"
	SettingSchedule   = "syncSchedule"
	SettingExport     = "exportSettings"
	SettingEmails     = "alertEmailSettings"
)

// SetupFacts is what is known of a site when its setup is checked.
type SetupFacts struct {
	Unregistered        bool // the platform has not sent the site yet
	NotLive             bool // a manager has yet to go live
	LinkState           LinkState
	Locations           int         // stores of the site
	ActiveMappings      int         // mappings whose shop is not archived in the POS
	MappedArchivedShops []string    // names of the mapped shops that are archived in the POS
	Rules               ImportRules // the import rules in force
	Products            int         // products in the website's catalogue
	FirstSyncDone       bool        // a run has read everything once since the POS was connected
	RegularLevelGone    bool        // POS pricing is on, and its regular level is archived or no longer there
	RegularLevel        string      // the archived level's name; "" if it is no longer there
	SaleLevelGone       bool        // POS pricing is on, and its sale level is archived
	SaleLevel           string      // that level's name
	Unconfirmed         *Loss       // what the run that waits for confirmation would take off the website; nil = none waits
	NothingStored       bool        // the database takes no writes now
	PricesHeld          bool        // many prices stay what they were until a manager confirms the lower ones
	HeldItems           int         // items that stay displayed until a manager confirms that they are hidden

	// If order exporting is on: what of the site keeps orders from being exported, see [GateBlockers].
	ExportBlockers []Blocker
	// If order exporting is on: names of payment types that it has used and that are archived in the POS.
	ArchivedPaymentTypes []string

	StoresWithoutRegister []string // names of locations that orders left and that have no register of their own
}

// Live reports whether the website may display what the rules allow: the POS is connected, a store is mapped, a rule is on, and a
// manager has gone live. It stays true while Lightspeed asks for a new sign-in, so that an expired grant does not empty the website; the
// stock shown is then as old as its freshness says.
func (f SetupFacts) Live() bool {
	connected := f.LinkState == LinkConnected || f.LinkState == LinkNeedsReauth
	return !f.NotLive && connected && f.Locations > 0 && f.ActiveMappings > 0 && f.Rules.Any()
}

// SetupIssue is one thing that the setup lacks.
type SetupIssue struct {
	Code     SetupCode
	Blocking bool   // nothing is displayed or exported until this is fixed
	Message  string // for shop staff: what is wrong and what to do
	Setting  string // where to fix it, one of the Setting constants

	MessageParameters []message.Parameter // the figures and names in the message
}

// Same reports whether two issues say the same. What their messages have in them follows from the messages.
func (i SetupIssue) Same(other SetupIssue) bool {
	return i.Code == other.Code && i.Blocking == other.Blocking && i.Message == other.Message && i.Setting == other.Setting
}

// Setup reports whether a site's setup is complete, and lists everything that is missing.
//
// It is complete when the owner has done all their steps, so that no blocking issue is left. Until then nothing is
// displayed or exported. What needs no step of the owner (the catalogue, which the platform sends, and the first sync)
// and what concerns only some shops does not block.
func Setup(f SetupFacts) (complete bool, issues []SetupIssue) {
	say := func(code SetupCode, blocking bool, setting string, said message.Message) {
		issues = append(issues, SetupIssue{Code: code, Blocking: blocking, Message: said.Text, Setting: setting, MessageParameters: said.Parameters})
	}
	add := func(code SetupCode, blocking bool, setting, text string) {
		say(code, blocking, setting, message.Plain(text))
	}
	if f.Unregistered {
		add(SetupNotRegistered, true, SettingSite,
			"The website has not been registered yet. Its platform does that, by registerSite. Ask whoever runs the platform.")
	}
	switch f.LinkState {
	case LinkConnected:
	case LinkNeedsReauth:
		add(SetupNeedsReauth, true, SettingConnection,
			"Lightspeed no longer accepts the connection. Click Connect and sign in again as an admin or manager.")
	default:
		add(SetupNotConnected, true, SettingConnection,
			"Lightspeed is not connected. Click Connect and sign in as an admin or manager.")
	}
	if f.Locations == 0 {
		add(SetupNoLocations, true, SettingLocations,
			"The website has no store locations. Add at least one.")
	}
	if f.ActiveMappings == 0 {
		add(SetupNoStoreMapped, true, SettingStores,
			"No Lightspeed store is connected to a location of the website. Connect at least one under Connect Stores.")
	}
	if len(f.MappedArchivedShops) > 0 {
		say(SetupMappedShopArchived, false, SettingStores, message.Say(
			"Connected stores are archived in Lightspeed, so their stock is not counted: {shops}. Restore them in Lightspeed, or connect other stores under Connect Stores.",
			message.Values{"shops": listed(f.MappedArchivedShops)}))
	}
	if !f.Rules.Any() {
		add(SetupNoImportRule, true, SettingImport,
			"All import settings are off, so no item is displayed. Switch on at least one.")
	}
	if f.Products == 0 {
		add(SetupNoProducts, false, SettingCatalogue,
			"The website's catalogue has no products yet. Items are displayed as soon as their products are in the catalogue.")
	}
	if f.LinkState == LinkConnected && !f.FirstSyncDone {
		add(SetupFirstSyncPending, false, SettingSync,
			"The first sync has not finished yet. It starts automatically; you can follow it under sync status.")
	}
	switch {
	case f.RegularLevelGone && f.RegularLevel == "":
		add(SetupRegularLevelGone, false, SettingPricing,
			"The Regular Price Level is no longer in Lightspeed, so products show the website's own prices. Choose another level in the pricing settings.")
	case f.RegularLevelGone:
		say(SetupRegularLevelGone, false, SettingPricing, message.Say(
			"The Regular Price Level \"{priceLevel}\" is archived or no longer in Lightspeed, so prices stay as they were last read. Restore it in Lightspeed, or choose another level in the pricing settings.",
			message.Values{"priceLevel": f.RegularLevel}))
	}
	if f.SaleLevelGone {
		say(SetupSaleLevelGone, false, SettingPricing, message.Say(
			"The Sale Price Level \"{priceLevel}\" is archived or no longer in Lightspeed, so sale prices stay as they were last read. Restore it in Lightspeed, or choose another level or none in the pricing settings.",
			message.Values{"priceLevel": f.SaleLevel}))
	}
	if l := f.Unconfirmed; l != nil {
		say(SetupSyncUnconfirmed, false, SettingSync, message.Say(
			"A sync is paused because it would hide {lost} of the {displayed} displayed items or leave nothing of them to sell. Check in Lightspeed whether that is right, then confirm or cancel the sync. Stock is not synced until then.",
			message.Values{"lost": l.Lost, "displayed": l.Displayed}))
	}
	if f.HeldItems > 0 {
		say(SetupDisplayHeld, false, SettingCatalogue, message.Say(
			"A change of the catalogue or of the locations would hide {items} of the displayed items. They stay displayed. Check whether that is right, then confirm that they are hidden, or undo the change.",
			message.Values{"items": f.HeldItems}))
	}
	if f.PricesHeld {
		add(SetupPricesHeld, false, SettingCatalogue,
			"Many prices fell by more than half at once. The old prices stay. Check whether the new ones are right, then confirm them, or restore the prices.")
	}
	if f.NothingStored {
		add(SetupStorageUnavailable, false, SettingSync,
			"POS Sync cannot store anything at the moment, so syncs, exports and changes of settings wait. Its operator is informed, and all of it continues on its own.")
	}
	for _, b := range f.ExportBlockers {
		if setup, ok := exportIssues[b.Code]; ok {
			say(setup, false, SettingExport, b.Said().And(message.Plain("Orders are not exported until then.")))
		}
	}
	if len(f.ArchivedPaymentTypes) > 0 {
		say(SetupPaymentTypeArchived, false, SettingExport, message.Say(
			"Payment types that orders were paid with are archived in Lightspeed: {paymentTypes}. Restore them in Lightspeed. Orders paid with them are not exported until then.",
			message.Values{"paymentTypes": listed(f.ArchivedPaymentTypes)}))
	}
	if len(f.StoresWithoutRegister) > 0 {
		say(SetupExportNoStoreRegister, false, SettingExport, message.Say(
			"Orders leave stores that have no register in the export settings: {locations}. Their sales are made at the register for all orders, which lowers the stock of another store. Choose a register for each of these stores.",
			message.Values{"locations": listed(f.StoresWithoutRegister)}))
	}
	if slices.ContainsFunc(issues, func(i SetupIssue) bool { return i.Blocking }) {
		return false, issues
	}
	if f.NotLive {
		add(SetupNotLive, true, SettingSite,
			"Set-up is complete. Nothing is displayed on the website and no order is exported until you go live. Check first what would be displayed.")
	}
	return !f.NotLive, issues
}

// ReadyToGoLive reports whether nothing but a manager's word keeps the site from displaying and exporting.
func ReadyToGoLive(f SetupFacts) bool {
	if !f.NotLive {
		return false
	}
	f.NotLive = false
	complete, _ := Setup(f)
	return complete
}

// exportIssues are the site's export blockers that a change of settings fixes, as issues of the checklist. Each is listed
// once, not once for each order. They keep nothing from being displayed.
var exportIssues = map[BlockerCode]SetupCode{
	BlockerNoEmployee: SetupExportNoEmployee, BlockerEmployeeGone: SetupExportEmployeeGone,
	BlockerEmployeeLocked: SetupExportEmployeeLocked, BlockerNoRegister: SetupExportNoRegister,
	BlockerRegisterGone: SetupExportRegisterGone, BlockerEmployeeElsewhere: SetupExportEmployeeElsewhere,
}
