/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A consequence that the user has read and accepts. */
export type Acknowledgement =
  /** Nothing is displayed and no order is exported until a Lightspeed account is connected again. */
  | 'EMPTIES_WEBSITE'
  /** The sale dates of every product of the site are set. */
  | 'EVERY_PRODUCT'
  /**
   * More than 30 % of the displayed items, and more than 9, are hidden, or nothing of them is left to sell: by this change, and by those
   * since the last confirmation but at most in the last 24 hours. The error's message has the figures.
   */
  | 'HIDES_MANY'
  /** The prices of more than 30 % of the displayed items, and more than 9, fall by more than half. The error's message has both figures. */
  | 'LOWERS_PRICES'
  /** If the new account differs from the one before, store mappings and all mirrored items of the old one are removed. */
  | 'OTHER_ACCOUNT'
  /** The site's present Lightspeed connection stops working when the new one succeeds. */
  | 'REPLACES_CONNECTION';

/** When a barcode that one item and one product share links them. Links that were made stay, whichever is chosen. */
export type BarcodeLinks =
  /** At once, unless something contradicts it. New sites have this. */
  | 'AT_ONCE'
  /** When another code or the names agree, or a person confirms it. Sites that are older than this setting have it until they change it. */
  | 'CONFIRMED';

/** What can keep an order from being exported. Values are only ever added. */
export type BlockerCode =
  /** The amounts are too large to add up. */
  | 'AMOUNT_TOO_LARGE'
  /** The order is not paid in full. */
  | 'BALANCE_DUE'
  /** The order is cancelled. */
  | 'CANCELLED'
  /** A payment type needs a customer in Lightspeed, and the order has no name, e-mail address or phone number to make one of. */
  | 'CUSTOMER_REQUIRED'
  /** The chosen employee is archived or no longer in Lightspeed. */
  | 'EMPLOYEE_GONE'
  /** The chosen employee may not work in the shop of the register that the order would go to. */
  | 'EMPLOYEE_IN_OTHER_SHOP'
  /** The chosen employee is locked in Lightspeed. */
  | 'EMPLOYEE_LOCKED'
  /** Use order exporting is off. */
  | 'EXPORT_OFF'
  /** A line has a fraction of a unit; Lightspeed sells whole units. */
  | 'FRACTIONAL_QUANTITY'
  /** The order's total is below zero. */
  | 'NEGATIVE_TOTAL'
  /** Lightspeed is not connected. */
  | 'NOT_CONNECTED'
  /** No employee is chosen. */
  | 'NO_EMPLOYEE'
  /** The order has no lines. */
  | 'NO_LINES'
  /** No register is chosen. */
  | 'NO_REGISTER'
  /** Lightspeed refused this order's sale or customer. */
  | 'ORDER_REFUSED'
  /** More was collected than the order's total. */
  | 'OVERPAID'
  /** A payment is promised but not collected yet. */
  | 'PAYMENT_NOT_CAPTURED'
  /** An order is paid by a payment type that is archived in Lightspeed. */
  | 'PAYMENT_TYPE_ARCHIVED'
  /** The user who connected may not make sales, customers or payment types in Lightspeed. */
  | 'POS_FORBIDDEN'
  /** Lightspeed refuses sales as they are set up here: the register, the employee or the store. */
  | 'POS_REFUSED'
  /** Lightspeed no longer accepts the connection: connect again. */
  | 'POS_SIGN_IN'
  /** A payment was refunded, but the order's total is still more than what is left of the payments. */
  | 'REFUNDED'
  /** The register that the order would go to is archived or no longer in Lightspeed. */
  | 'REGISTER_GONE'
  /** The setup is not complete. */
  | 'SETUP_INCOMPLETE'
  /** The order has more lines than one sale can take. */
  | 'TOO_MANY_LINES'
  /** What the buyer was charged differs from what the lines come to by more than rounding explains. */
  | 'TOTAL_MISMATCH'
  /** A product is not linked to a POS item, and the settings do not allow it as a text line. */
  | 'UNLINKED_PRODUCT';

/** How to connect. */
export type ConnectLightspeedInput = {
  /** REPLACES_CONNECTION when one exists; OTHER_ACCOUNT when the account may differ from the one before. */
  acknowledge?: Array<Acknowledgement> | null | undefined;
  /**
   * Where the browser goes afterwards, an https address of an allowed origin: `lightspeed=granted` and `lightspeedCode` are added to its
   * query, or `lightspeed` alone with what went wrong. null = a page of this service, which shows the code.
   */
  returnUrl?: string | null | undefined;
};

/** Which figure an item must have in Lightspeed. */
export type CostBasis =
  /** Default Cost. */
  | 'DEFAULT_COST'
  /** MSRP. */
  | 'MSRP';

/** Which alert, and why. */
export type DismissAlertInput = {
  /** Id of an Alert that is not resolved. */
  alertId: string;
  /** Why it needs no more attention, 1 to 500 characters. */
  reason: string;
};

/** Why no run had found a difference, as far as that can be known. Values are only ever added. */
export type DriftCause =
  /** Lightspeed's clock went back since the last full sync, so its time stamps are not reliable. */
  | 'CLOCK_WENT_BACK'
  /** Its time stamp moved after the last full sync, but no run in between received it, perhaps because a response was incomplete. */
  | 'MISSED'
  /** Lightspeed no longer lists it. That does not prove that it is gone, so what is stored stays. */
  | 'ROW_VANISHED'
  /**
   * Lightspeed changed it without moving its time stamp, which is older than the last full sync: as when an item is archived
   * or a brand is renamed.
   */
  | 'STAMP_NOT_MOVED'
  /** Unknown: it is not known when the last full sync was. */
  | 'UNKNOWN';

/** What can differ. Values are only ever added. */
export type DriftField =
  /** Whether the item is archived. */
  | 'ARCHIVED'
  /** The manufacturer's name. */
  | 'BRAND'
  /** The category with those above it. */
  | 'CATEGORY'
  /** The colour, of the item's attributes. */
  | 'COLOR'
  /** What a box or an assembly is made of. */
  | 'COMPONENTS'
  /** The Custom SKU. */
  | 'CUSTOM_SKU'
  /** The Default Cost. */
  | 'DEFAULT_COST'
  /** The description. */
  | 'DESCRIPTION'
  /** The EAN. */
  | 'EAN'
  /** The item as a whole: only one side has it. */
  | 'ITEM'
  /** The Type, such as box or assembly. */
  | 'ITEM_KIND'
  /** The Manufact. SKU. */
  | 'MANUFACTURER_SKU'
  /** Stock in a shop. */
  | 'ON_HAND'
  /** What is on order for a shop. */
  | 'ON_ORDER'
  /** Prices, by level. */
  | 'PRICES'
  /** The Maximum Stock Level in a shop. */
  | 'REORDER_LEVEL'
  /** The Reorder Point in a shop. */
  | 'REORDER_POINT'
  /** The size, of the item's attributes. */
  | 'SIZE'
  /** The System ID. */
  | 'SYSTEM_SKU'
  /** The UPC. */
  | 'UPC';

/** What to change; absent = unchanged. */
export type EditStatusTypeInput = {
  /** 1 to 100 characters; unique among the statuses, regardless of upper and lower case. */
  name?: string | null | undefined;
  /** True: it can no longer be chosen. */
  retired?: boolean | null | undefined;
  /** Id of an OrderStatus. */
  statusId: string;
};

/** State of an order's export. */
export type ExportState =
  /** The order or the settings no longer allow it. It continues on its own when they do. */
  | 'BLOCKED'
  /** The completed sale is in Lightspeed. This is final. */
  | 'EXPORTED'
  /** Lightspeed rejected it, or the totals differ. See the reason, fix it, and use retryExport. */
  | 'FAILED'
  /** Waiting in the queue of its register. */
  | 'QUEUED'
  /** The sale is being created in Lightspeed. */
  | 'SENDING'
  /** We did not receive Lightspeed's response. We check for the sale before anything is sent again; no action is needed. */
  | 'UNCONFIRMED';

/** Whether a site is connected to Lightspeed. */
export type LinkState =
  /** Connected and working. */
  | 'CONNECTED'
  /** Disconnected by the shop; data and mappings are kept. */
  | 'DISCONNECTED'
  /**
   * Lightspeed rejects the connection: a user must connect again. Scheduled syncs are paused. If Lightspeed accepts it again, as after an outage,
   * they continue on their own.
   */
  | 'NEEDS_REAUTH'
  /** No account was ever connected. */
  | 'NEVER_CONNECTED';

/** The reserve stock of a location. */
export type LocationReserveInput = {
  /** Id of a Location. */
  locationId: string;
  /** Units of each item, 0 to 1000000; 0 = everything on hand may be sold. */
  units: number;
};

/** Whether units of open orders are kept from being sold again. */
export type OpenOrders =
  /**
   * The units of open orders are deducted from what can be sold at their location: the one that fulfilled the line, else the one
   * that the platform states for it, else the pickup location, else that of the register's store. Open are orders placed from
   * ordersFrom on that are neither cancelled nor exported. Refunded units, lines of unlinked products and lines that are sent as text
   * do not count. Nothing is deducted while exporting is off.
   */
  | 'DEDUCT'
  /** They are not: the platform keeps account of its open orders itself. Only while a sale is being made are its units deducted. */
  | 'IGNORE';

/** What a change would do to an item. Values are only ever added. */
export type PreviewEffect =
  /** It would appear on the website. */
  | 'APPEARS'
  /** It would disappear from the website. */
  | 'DISAPPEARS'
  /** It would stay on the website, with nothing left to sell. */
  | 'EMPTIED'
  /** Its product would have another effective price at this moment. */
  | 'REPRICED';

/** Import settings to preview; absent = unchanged. */
export type PreviewImportSettingsInput = {
  /** When a shared barcode links an item and a product. */
  barcodeLinks?: BarcodeLinks | null | undefined;
  /** Which figure an item needs. */
  costBasis?: CostBasis | null | undefined;
  /** Balance On Hand above 0. */
  onHand?: boolean | null | undefined;
  /** Balance On Order above 0. */
  onOrder?: boolean | null | undefined;
  /** Reorder Point or Maximum Stock Level above 0. */
  reorder?: boolean | null | undefined;
  /** Which identifiers an item needs. */
  requiredIdentifiers?: RequiredIdentifiers | null | undefined;
};

/** Pricing settings to preview; absent = unchanged. */
export type PreviewPricingSettingsInput = {
  /** Whether Lightspeed's prices are applied. */
  enabled?: boolean | null | undefined;
  /** Id of a PriceLevel that is not archived; null = none. */
  regularPriceLevelId?: string | null | undefined;
  /** Id of another PriceLevel that is not archived; null = none. */
  salePriceLevelId?: string | null | undefined;
};

/** Changes of settings to preview together; absent = unchanged. */
export type PreviewSettingsInput = {
  /** As for updateImportSettings. */
  importSettings?: PreviewImportSettingsInput | null | undefined;
  /** As for updatePricingSettings. */
  pricingSettings?: PreviewPricingSettingsInput | null | undefined;
  /** As for updateReserveStock. */
  reserveStock?: Array<LocationReserveInput> | null | undefined;
  /** The whole set, as for setStoreMappings. */
  storeMappings?: Array<StoreMappingInput> | null | undefined;
};

/** What can be found about an item. Values are only ever added. */
export type ReasonCode =
  /** It is archived in Lightspeed. */
  | 'ARCHIVED'
  /** It is a box or an assembly, and the stock of its components is not enough for one. */
  | 'COMPONENTS_SHORT'
  /**
   * It is a box or an assembly, and Lightspeed does not say what it is made of. Its own stock counts; this keeps it off the website when
   * that meets none of the import settings.
   */
  | 'COMPONENTS_UNKNOWN'
  /** Its EAN field holds no valid barcode number. */
  | 'INVALID_EAN'
  /** Its UPC field holds no valid barcode number. */
  | 'INVALID_UPC'
  /** Its codes fit more than one product, or another item claims the same product. */
  | 'MATCH_CONFLICT'
  /**
   * One barcode number alone says that it is a product: neither a part number, nor a second barcode number, nor
   * the words of description and name confirm it. Its candidate is that product.
   */
  | 'MATCH_UNCONFIRMED'
  /** It is non-inventory in Lightspeed: it can be sold without a count. It never keeps an item off the website. */
  | 'NON_INVENTORY'
  /** No product of the website's catalogue has its codes. */
  | 'NOT_IN_CATALOGUE'
  /** It has no brand, so its part number alone does not identify one product. */
  | 'NO_BRAND'
  /** It has no default cost. */
  | 'NO_COST'
  /** It has no UPC or EAN. */
  | 'NO_GTIN'
  /** It has neither a valid UPC or EAN nor a manufacturer's part number. */
  | 'NO_IDENTIFIER'
  /** No Lightspeed store is mapped to a location. */
  | 'NO_MAPPED_SHOP'
  /** It has no manufacturer's part number. */
  | 'NO_MPN'
  /** It has no MSRP. */
  | 'NO_MSRP'
  /** All import settings are off. */
  | 'NO_RULE_ENABLED'
  /** Its stock in the mapped shops, less the reserve stock and what open orders hold, meets none of the import settings that are on. */
  | 'NO_RULE_MET';

/** A location whose sales are made at a register of its own. */
export type RegisterRouteInput = {
  /** Id of a Location. */
  locationId: string;
  /** Id of a Register that is not archived. */
  registerId: string;
};

/** Which identifiers an item must have in Lightspeed. */
export type RequiredIdentifiers =
  /** A UPC or EAN, and a Manufact. SKU. */
  | 'GTIN_AND_MPN'
  /** A UPC, an EAN or a Manufact. SKU. */
  | 'GTIN_OR_MPN';

/** What the holder of a token may do within its site. */
export type Role =
  /** Reads everything, changes settings, starts syncs and exports orders. */
  | 'MANAGE'
  /** The website's platform: sends the site, its locations, products and orders, and reads everything. */
  | 'SERVICE'
  /** Reads everything of the site. */
  | 'VIEW';

/** What a run reads. */
export type RunKind =
  /** What changed since the last run. */
  | 'DELTA'
  /** Nothing from the POS: stored items are evaluated with changed settings. */
  | 'EVALUATION'
  /** Everything, by cursor. */
  | 'FULL'
  /** Chosen items with their stock. */
  | 'ITEMS'
  /** Shops, registers, employees, price levels and payment types only. */
  | 'REFERENCE'
  /** What changed in the stock of one shop since the last run. */
  | 'SHOP_DELTA'
  /** All stock of one shop. */
  | 'SHOP_FULL';

/** What a run is doing. */
export type RunPhase =
  /** Deciding what is displayed. */
  | 'EVALUATION'
  /** Done. */
  | 'FINISHED'
  /** Reading items. */
  | 'ITEMS'
  /** Getting ready. */
  | 'PREPARING'
  /** Reading shops, registers and the like. */
  | 'REFERENCE'
  /** Reading stock. */
  | 'STOCK';

/** State of a run. */
export type RunState =
  /** Ended on request. What was synced stays. */
  | 'CANCELLED'
  /** Ended well. */
  | 'COMPLETED'
  /** Ended well, but some rows could not be used. */
  | 'COMPLETED_WITH_ISSUES'
  /** Ended without success: see error. What was synced stays. */
  | 'FAILED'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** In progress. */
  | 'RUNNING'
  /** Waiting for the POS or for a person: see waitReason and resumeAt. When it waits for the POS it continues on its own. */
  | 'WAITING';

/** What caused a run. */
export type RunTrigger =
  /** A connection was made. */
  | 'CONNECT'
  /** A user requested it. */
  | 'MANUAL'
  /** The schedule. */
  | 'SCHEDULE'
  /** Settings were changed. */
  | 'SETTINGS';

/** Which method, which payment type. */
export type SetPaymentMethodMappingInput = {
  /** The mapping's revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** Name of the method, as orders have it, 1 to 1000 characters. */
  method: string;
  /** Id of a PaymentType that is not archived, and needs no gift card or account. */
  paymentTypeId: string;
};

/** The whole set of mappings. */
export type SetStoreMappingsInput = {
  /** Consequences that the user accepts: HIDES_MANY, after the error ACKNOWLEDGEMENT_REQUIRED. */
  acknowledge?: Array<Acknowledgement> | null | undefined;
  /** The revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** At least one pair, at most 250. */
  mappings: Array<StoreMappingInput>;
};

/** How changes of settings are filtered; all given conditions must be met. */
export type SettingChangeWhere = {
  /** Made by this user. */
  changedBy?: string | null | undefined;
  /** Any of these settings. */
  settings?: Array<string> | null | undefined;
};

/** What the set-up can need. Values are only ever added. */
export type SetupCode =
  /** Items stay displayed that a change of the catalogue or of the locations would hide, until confirmHiddenItems: see heldChanges. */
  | 'DISPLAY_NEEDS_CONFIRMATION'
  /** Order exporting is on, and its employee is archived or no longer in Lightspeed. No order is exported. */
  | 'EXPORT_EMPLOYEE_GONE'
  /** Order exporting is on, and its employee may not work in the shop of one of its registers. The orders of that register are not exported. */
  | 'EXPORT_EMPLOYEE_IN_OTHER_SHOP'
  /** Order exporting is on, and its employee is locked in Lightspeed. No order is exported. */
  | 'EXPORT_EMPLOYEE_LOCKED'
  /** Order exporting is on, and no employee is chosen. No order is exported. */
  | 'EXPORT_NO_EMPLOYEE'
  /** Order exporting is on, and no register is chosen. Orders whose pickup location has no register of its own are not exported. */
  | 'EXPORT_NO_REGISTER'
  /**
   * Order exporting is on, and orders left stores that have no register of their own in the export settings. Their sales lower the stock
   * of another store.
   */
  | 'EXPORT_NO_STORE_REGISTER'
  /** Order exporting is on, and one of its registers is archived or no longer in Lightspeed. The orders of that register are not exported. */
  | 'EXPORT_REGISTER_GONE'
  /** The first sync has not ended yet. */
  | 'FIRST_SYNC_PENDING'
  /** A mapped shop is archived in Lightspeed. */
  | 'MAPPED_SHOP_ARCHIVED'
  /** Lightspeed no longer accepts the connection. */
  | 'NEEDS_REAUTH'
  /** No Lightspeed account is connected. */
  | 'NOT_CONNECTED'
  /** All import rules are off: nothing would be displayed. */
  | 'NO_IMPORT_RULE'
  /** The platform has not sent any locations. */
  | 'NO_LOCATIONS'
  /** The platform has not sent any products. */
  | 'NO_PRODUCTS'
  /** No shop is mapped to a location. */
  | 'NO_STORE_MAPPED'
  /** Order exporting is on, and a payment type that it has used is archived in Lightspeed. Orders paid that way are not exported. */
  | 'PAYMENT_TYPE_ARCHIVED'
  /** Prices stay what they were although many fell by more than half at once, until confirmLowerPrices: see heldChanges. */
  | 'PRICES_NEED_CONFIRMATION'
  /** POS pricing is on, and its regular price level is archived or no longer in Lightspeed. Prices stay as they are. */
  | 'REGULAR_PRICE_LEVEL_GONE'
  /** POS pricing is on, and its sale price level is archived or no longer in Lightspeed. Prices stay as they are. */
  | 'SALE_PRICE_LEVEL_GONE'
  /** A sync waits for confirmSync or cancelSync, because it would take many items off the website: see SyncRun.wouldHide. */
  | 'SYNC_NEEDS_CONFIRMATION';

/** What to read. */
export type StartSyncInput = {
  /** True reads everything again, or all stock of the shop; false only what changed. Chosen items are always read whole. */
  full?: boolean;
  /** Ids of PosItems, 1 to 250: read these only, with their stock in every shop. null = not limited to items. */
  posItemIds?: Array<string> | null | undefined;
  /** Id of a Shop that is mapped: read its stock only. null = not limited to a shop. */
  shopId?: string | null | undefined;
};

/** One pair. */
export type StoreMappingInput = {
  /** Id of a Location. */
  locationId: string;
  /** Id of a Shop. */
  shopId: string;
};

/** How lines are exported that a supplier has fulfilled. */
export type SupplierLines =
  /** As text lines, which do not change stock. */
  | 'AS_TEXT'
  /** As items, which lowers the stock of the store that makes the sale. */
  | 'LOWER_STOCK';

/** How runs are filtered; all given conditions must be met. */
export type SyncRunWhere = {
  /** Any of these kinds. */
  kinds?: Array<RunKind> | null | undefined;
  /** Any of these states. */
  states?: Array<RunState> | null | undefined;
};

/** How an order's tax is carried into the sale. */
export type TaxHandling =
  /** As a separate line with the order's amount; Lightspeed adds no tax. */
  | 'LINE'
  /** Lightspeed calculates it by the shop's own rates. If its total then differs from the order's, the export stops. */
  | 'POS';

/** How lines are exported whose product is not linked to a POS item. */
export type UnlinkedLines =
  /** The order is not exported until the product is linked. */
  | 'BLOCK'
  /** They are exported as text lines, which do not change stock. */
  | 'UNLINKED_LINES_AS_MISC';

/** What to change; absent = unchanged. */
export type UpdateExportSettingsInput = {
  /** Id of an Employee that is neither archived nor locked; null = none. */
  employeeId?: string | null | undefined;
  /** Use order exporting. To switch it on, an employee and a register must be set. */
  enabled?: boolean | null | undefined;
  /** The revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** Whether units of open orders are kept from being sold again. */
  openOrders?: OpenOrders | null | undefined;
  /**
   * Orders placed from then on are open until they are exported or cancelled; not in the future. Orders from before it that will never be
   * exported hold no stock. Null = the beginning of the present day in the site's time zone, or none while exporting is off.
   */
  ordersFrom?: string | null | undefined;
  /** Id of a Register that is not archived; null = none. */
  registerId?: string | null | undefined;
  /** All locations whose sales are made at a register of their own, at most 250; each location once. */
  registerRoutes?: Array<RegisterRouteInput> | null | undefined;
  /** Id of an OrderStatus that is not retired; null = No Change. */
  statusAfterId?: string | null | undefined;
  /** How lines are exported that a supplier has fulfilled. */
  supplierLines?: SupplierLines | null | undefined;
  /** How an order's tax is carried into the sale. */
  taxHandling?: TaxHandling | null | undefined;
  /** How lines are exported whose product is not linked. */
  unlinkedLines?: UnlinkedLines | null | undefined;
  /** Export a paid order automatically once all its items are fulfilled. Orders that are already fulfilled are exported when they next change. */
  whenFulfilled?: boolean | null | undefined;
};

/** What to change; absent = unchanged. */
export type UpdateImportSettingsInput = {
  /** Consequences that the user accepts: HIDES_MANY, after the error ACKNOWLEDGEMENT_REQUIRED. */
  acknowledge?: Array<Acknowledgement> | null | undefined;
  /** When a shared barcode links an item and a product; previewSettings shows what AT_ONCE would link and display. */
  barcodeLinks?: BarcodeLinks | null | undefined;
  /** Which figure an item needs. */
  costBasis?: CostBasis | null | undefined;
  /** The revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** Balance On Hand above 0. */
  onHand?: boolean | null | undefined;
  /** Balance On Order above 0. */
  onOrder?: boolean | null | undefined;
  /** Reorder Point or Maximum Stock Level above 0. */
  reorder?: boolean | null | undefined;
  /** Which identifiers an item needs. */
  requiredIdentifiers?: RequiredIdentifiers | null | undefined;
};

/** What to change; absent = unchanged. */
export type UpdatePricingSettingsInput = {
  /** Consequences that the user accepts: LOWERS_PRICES, after the error ACKNOWLEDGEMENT_REQUIRED. */
  acknowledge?: Array<Acknowledgement> | null | undefined;
  /** Whether Lightspeed's prices are applied. To switch it on, a regular price level must be set. */
  enabled?: boolean | null | undefined;
  /** The revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** Id of a PriceLevel that is not archived; null = none. */
  regularPriceLevelId?: string | null | undefined;
  /** Id of another PriceLevel that is not archived; null = none. */
  salePriceLevelId?: string | null | undefined;
};

/** Reserve stock to set. */
export type UpdateReserveStockInput = {
  /** Consequences that the user accepts: HIDES_MANY, after the error ACKNOWLEDGEMENT_REQUIRED. */
  acknowledge?: Array<Acknowledgement> | null | undefined;
  /** StoreMappings.revision as it was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** 1 to 250 locations, each once. */
  locations: Array<LocationReserveInput>;
};

/** What to change; absent = unchanged. */
export type UpdateSyncScheduleInput = {
  /** The revision that was read; null = do not check. */
  expectedRevision?: number | null | undefined;
  /** 1 to 1440. */
  intervalMinutes?: number | null | undefined;
  /** When the day's last run may start; the same as windowStart = the whole day. */
  windowEnd?: string | null | undefined;
  /** When the day's first run may start. */
  windowStart?: string | null | undefined;
};

/** What can be wrong with an input. Values are only ever added. */
export type UserErrorCode =
  /** The change has a consequence that must be acknowledged: see Acknowledgement. */
  | 'ACKNOWLEDGEMENT_REQUIRED'
  /** This was already decided. */
  | 'ALREADY_DECIDED'
  /** The order is already exported. An order is exported once. */
  | 'ALREADY_EXPORTED'
  /** The run has already ended. */
  | 'ALREADY_FINISHED'
  /** What the input names is archived in Lightspeed or retired on the website. */
  | 'ARCHIVED'
  /** The selection now has a different number of entries than expected. Check it again. */
  | 'COUNT_CHANGED'
  /** Two entries name the same thing. */
  | 'DUPLICATE'
  /** A list has no entries and must have at least one. */
  | 'EMPTY'
  /** It is too late for this change. */
  | 'EXPIRED'
  /** The order cannot be exported: see its exportBlockers. */
  | 'EXPORT_BLOCKED'
  /** A value is empty, too long or not of the expected form. */
  | 'INVALID'
  /** It is in use, so it cannot be changed like this. */
  | 'IN_USE'
  /** The clientMutationKey was used before with another input. */
  | 'KEY_REUSED'
  /** The employee is locked in Lightspeed. */
  | 'LOCKED'
  /** Lightspeed no longer accepts the connection: connect again. */
  | 'NEEDS_REAUTH'
  /** No Lightspeed account is connected. */
  | 'NOT_CONNECTED'
  /** The site has nothing with this id or key. */
  | 'NOT_FOUND'
  /** The POS item is linked to no product. */
  | 'NOT_LINKED'
  /** The Lightspeed store is not mapped to a location of the website. */
  | 'NOT_MAPPED'
  /** The run, or the match of the POS item, is not waiting for a confirmation. */
  | 'NOT_WAITING'
  /** Someone else changed the settings since they were read. Read them again. */
  | 'STALE_REVISION'
  /** A sync is running that does not cover what is requested: try again when it has ended. */
  | 'SYNC_IN_PROGRESS'
  /** A list has too many entries. */
  | 'TOO_MANY'
  /** More is requested than is left. */
  | 'TOO_MUCH';

/** Why a run waits. */
export type WaitReason =
  /**
   * It would take more than 30 % of the items that were displayed when it began off the website, or leave
   * nothing of them to sell; fewer than 10 items never stop it. What left the website in the 24 hours before, but
   * not by selling out, counts too, unless it was confirmed. Nothing beyond that limit is stored. No other sync
   * starts until confirmSync or cancelSync.
   */
  | 'CONFIRMATION'
  /** The account has nearly reached its request limit, which recovers over time. */
  | 'POS_BUDGET'
  /** Lightspeed rejected requests because there were too many. */
  | 'POS_THROTTLED'
  /** Lightspeed does not respond, or responds with errors. */
  | 'POS_UNAVAILABLE';

export type TheirsQueryVariables = Exact<{
  settings: Array<string> | string;
}>;


export type TheirsQuery = { settingChanges: { edges: Array<{ node: { revision: number, field: string, before: string, after: string, changedBy: string, changedAt: string } }> } };

export type ActivityPageQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  where?: SettingChangeWhere | null | undefined;
}>;


export type ActivityPageQuery = { settingChanges: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { setting: string, revision: number, field: string, before: string, after: string, changedBy: string, changedAt: string } }> } };

export type DismissAlertMutationVariables = Exact<{
  input: DismissAlertInput;
}>;


export type DismissAlertMutation = { dismissAlert: { alert: { id: string, dismissedAt: string | null, dismissedBy: string | null, dismissReason: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type SaveMethodMutationVariables = Exact<{
  input: SetPaymentMethodMappingInput;
}>;


export type SaveMethodMutation = { setPaymentMethodMapping: { paymentMethodMapping: { method: string, revision: number, changedBy: string | null, paymentType: { id: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ExportPageQueryVariables = Exact<{ [key: string]: never; }>;


export type ExportPageQuery = { exportSettings: { revision: number, enabled: boolean, whenFulfilled: boolean, unlinkedLines: UnlinkedLines, taxHandling: TaxHandling, supplierLines: SupplierLines, openOrders: OpenOrders, ordersFrom: string | null, employee: { id: string } | null, register: { id: string } | null, registerRoutes: Array<{ location: { id: string }, register: { id: string } }>, statusAfter: { id: string } | null, issues: Array<{ code: BlockerCode, message: string, advice: string }> }, employees: Array<{ id: string, name: string, locked: boolean, archived: boolean }>, registers: Array<{ id: string, name: string, archived: boolean, shop: { id: string, name: string } | null }>, locations: Array<{ id: string, name: string, active: boolean }>, statusTypes: Array<{ id: string, name: string, retired: boolean }>, paymentMethodMappings: Array<{ method: string, revision: number, changedBy: string | null, paymentType: { id: string } | null }>, paymentTypes: Array<{ id: string, name: string, archived: boolean }> };

export type SaveExportMutationVariables = Exact<{
  input: UpdateExportSettingsInput;
}>;


export type SaveExportMutation = { updateExportSettings: { exportSettings: { revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type LightspeedPageQueryVariables = Exact<{ [key: string]: never; }>;


export type LightspeedPageQuery = { lightspeedLink: { id: string, state: LinkState, lightspeedAccountId: string, accountName: string, employeeName: string, connectedBy: string, connectedAt: string | null, disconnectedAt: string | null, reauthSince: string | null, budget: { level: number, size: number, dripPerSecond: number, observedAt: string } | null } | null, shops: Array<{ id: string, archived: boolean, location: { id: string } | null }>, syncStatus: { sequence: number, lastSuccessAt: string | null, nextRunAt: string | null, referenceAsOf: string | null } };

export type ConnectMutationVariables = Exact<{
  input: ConnectLightspeedInput;
}>;


export type ConnectMutation = { connectLightspeed: { authorizeUrl: string | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type CompleteMutationVariables = Exact<{
  code: string;
}>;


export type CompleteMutation = { completeConnection: { lightspeedLink: { id: string, state: LinkState, lightspeedAccountId: string, accountName: string, employeeName: string, connectedBy: string, connectedAt: string | null, disconnectedAt: string | null, reauthSince: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type DisconnectMutationVariables = Exact<{ [key: string]: never; }>;


export type DisconnectMutation = { disconnectLightspeed: { lightspeedLink: { id: string, state: LinkState, disconnectedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type PreviewQueryVariables = Exact<{
  input: PreviewSettingsInput;
  effects?: Array<PreviewEffect> | PreviewEffect | null | undefined;
}>;


export type PreviewQuery = { previewSettings: { displayedBefore: number, displayedAfter: number, appearing: number, disappearing: number, emptying: number, repricing: number, linking: number, lowering: number, acknowledgements: Array<Acknowledgement>, items: { edges: Array<{ node: { effects: Array<PreviewEffect>, item: { id: string, lightspeedItemId: string, description: string, brand: string, manufacturerSku: string, stock: Array<{ onHand: number, onOrder: number, available: number, shop: { id: string } | null, location: { id: string } | null }> }, before: { displayed: boolean, price: { price: { amount: string, currencyCode: string } } | null }, after: { displayed: boolean, price: { price: { amount: string, currencyCode: string } } | null, reasons: Array<{ code: ReasonCode, blocking: boolean, message: string }> } } }> }, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type PricesPageQueryVariables = Exact<{ [key: string]: never; }>;


export type PricesPageQuery = { pricingSettings: { revision: number, enabled: boolean, regularPriceLevel: { id: string, name: string, archived: boolean } | null, salePriceLevel: { id: string, name: string, archived: boolean } | null }, priceLevels: Array<{ id: string, name: string, archived: boolean }>, syncStatus: { sequence: number, referenceAsOf: string | null } };

export type SavePricesMutationVariables = Exact<{
  input: UpdatePricingSettingsInput;
}>;


export type SavePricesMutation = { updatePricingSettings: { pricingSettings: { revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ReadReferencesMutationVariables = Exact<{ [key: string]: never; }>;


export type ReadReferencesMutation = { refreshReferenceData: { syncRun: { id: string } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type RunsPageQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  where?: SyncRunWhere | null | undefined;
}>;


export type RunsPageQuery = { syncRuns: { totalCount: number, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ node: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } }> } };

export type RunPageQueryVariables = Exact<{
  id: string;
}>;


export type RunPageQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { confirmedAt: string | null, confirmedBy: string, id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, events: Array<{ sequence: number, state: RunState, phase: RunPhase, done: number, total: number | null, at: string }>, drift: { count: number, entries: { totalCount: number, edges: Array<{ node: { lightspeedItemId: string, field: DriftField, before: string, after: string, cause: DriftCause, at: string, shop: { id: string, name: string } | null, posItem: { id: string, description: string } | null } }> } }, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null }
   | null };

export type SchedulePageQueryVariables = Exact<{ [key: string]: never; }>;


export type SchedulePageQuery = { syncSchedule: { revision: number, intervalMinutes: number, windowStart: string, windowEnd: string, nextRunAt: string | null } };

export type SaveScheduleMutationVariables = Exact<{
  input: UpdateSyncScheduleInput;
}>;


export type SaveScheduleMutation = { updateSyncSchedule: { syncSchedule: { revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ShownPageQueryVariables = Exact<{ [key: string]: never; }>;


export type ShownPageQuery = { importSettings: { revision: number, onHand: boolean, onOrder: boolean, reorder: boolean, costBasis: CostBasis, requiredIdentifiers: RequiredIdentifiers, barcodeLinks: BarcodeLinks } };

export type SaveShownMutationVariables = Exact<{
  input: UpdateImportSettingsInput;
}>;


export type SaveShownMutation = { updateImportSettings: { importSettings: { revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type RunPartsFragment = { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null };

export type StatusPageQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusPageQuery = { lightspeedLink: { id: string, state: LinkState, accountName: string, employeeName: string, budget: { level: number, size: number, dripPerSecond: number, observedAt: string } | null } | null, shops: Array<{ id: string, name: string, archived: boolean, stockAsOf: string | null, location: { id: string, name: string } | null }>, syncRuns: { edges: Array<{ node: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } }> }, heldChanges: { itemsSince: string | null, items: number, pricesSince: string | null, prices: number } };

export type SyncNowSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SyncNowSubscription = { syncStatus: { sequence: number, state: RunState | null, phase: RunPhase | null, done: number, total: number | null, lastSuccessAt: string | null, nextRunAt: string | null, at: string, run: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } | null } };

export type StartSyncMutationVariables = Exact<{
  input: StartSyncInput;
}>;


export type StartSyncMutation = { startSync: { syncRun: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type CancelSyncMutationVariables = Exact<{
  id: string;
}>;


export type CancelSyncMutation = { cancelSync: { syncRun: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ConfirmSyncMutationVariables = Exact<{
  id: string;
}>;


export type ConfirmSyncMutation = { confirmSync: { syncRun: { id: string, kind: RunKind, trigger: RunTrigger, state: RunState, phase: RunPhase, sequence: number, done: number, total: number | null, waitReason: WaitReason | null, resumeAt: string | null, displayedBefore: number | null, wouldHide: number, cancelRequested: boolean, requestedBy: string, chosenItems: number | null, createdAt: string, startedAt: string | null, finishedAt: string | null, shop: { id: string, name: string } | null, counts: { itemsRead: number, itemsChanged: number, stockRead: number, stockChanged: number, shown: number, hidden: number, issues: number, checks: number }, error: { code: string, message: string } | null } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ConfirmHiddenMutationVariables = Exact<{
  count: number;
}>;


export type ConfirmHiddenMutation = { confirmHiddenItems: { heldChanges: { itemsSince: string | null, items: number, pricesSince: string | null, prices: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ConfirmLowerMutationVariables = Exact<{
  count: number;
}>;


export type ConfirmLowerMutation = { confirmLowerPrices: { heldChanges: { itemsSince: string | null, items: number, pricesSince: string | null, prices: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type StatusesPageQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusesPageQuery = { statusTypes: Array<{ id: string, name: string, retired: boolean }> };

export type AddStatusMutationVariables = Exact<{
  name: string;
}>;


export type AddStatusMutation = { addStatusType: { statusType: { id: string, name: string, retired: boolean } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type EditStatusMutationVariables = Exact<{
  input: EditStatusTypeInput;
}>;


export type EditStatusMutation = { editStatusType: { statusType: { id: string, name: string, retired: boolean } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ReorderStatusesMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ReorderStatusesMutation = { reorderStatusTypes: { statusTypes: Array<{ id: string }> | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type StoresPageQueryVariables = Exact<{ [key: string]: never; }>;


export type StoresPageQuery = { shops: Array<{ id: string, name: string, archived: boolean }>, locations: Array<{ id: string, name: string, active: boolean, reserveStock: number }>, storeMappings: { revision: number, mappings: Array<{ id: string, shop: { id: string }, location: { id: string } }> } };

export type SaveMappingsMutationVariables = Exact<{
  input: SetStoreMappingsInput;
}>;


export type SaveMappingsMutation = { setStoreMappings: { storeMappings: { revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type SaveReserveMutationVariables = Exact<{
  input: UpdateReserveStockInput;
}>;


export type SaveReserveMutation = { updateReserveStock: { revision: number | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> }> } };

export type ShellQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellQuery = { viewer: { userId: string, role: Role }, site: { id: string, name: string, timeZone: string, currencyCode: string } | null, lightspeedLink: { id: string, state: LinkState, accountName: string } | null, setup: { sequence: number, complete: boolean, issues: Array<{ code: SetupCode, blocking: boolean, message: string, setting: string }> }, alerts: Array<{ id: string, code: string, message: string, setting: string | null, count: number, firstAt: string, lastAt: string, dismissedAt: string | null }>, exportCounts: { ready: number, refundOpen: number, states: Array<{ state: ExportState | null, count: number }> }, diagnosisSummary: { total: number, displayed: number, notDisplayed: number }, reviewQueue: { totalCount: number } };

export type SetupChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SetupChangedSubscription = { setupChanged: { sequence: number, complete: boolean, issues: Array<{ code: SetupCode, blocking: boolean, message: string, setting: string }> } };

export const RunPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<RunPartsFragment, unknown>;
export const TheirsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Theirs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"settings"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"settingChanges"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"settings"},"value":{"kind":"Variable","name":{"kind":"Name","value":"settings"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"changedBy"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TheirsQuery, TheirsQueryVariables>;
export const ActivityPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ActivityPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SettingChangeWhere"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"settingChanges"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setting"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"changedBy"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ActivityPageQuery, ActivityPageQueryVariables>;
export const DismissAlertDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DismissAlert"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DismissAlertInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dismissAlert"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alert"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"dismissedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dismissedBy"}},{"kind":"Field","name":{"kind":"Name","value":"dismissReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<DismissAlertMutation, DismissAlertMutationVariables>;
export const SaveMethodDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveMethod"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetPaymentMethodMappingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setPaymentMethodMapping"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentMethodMapping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"changedBy"}},{"kind":"Field","name":{"kind":"Name","value":"paymentType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveMethodMutation, SaveMethodMutationVariables>;
export const ExportPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExportPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"employee"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"register"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"registerRoutes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"register"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"statusAfter"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"whenFulfilled"}},{"kind":"Field","name":{"kind":"Name","value":"unlinkedLines"}},{"kind":"Field","name":{"kind":"Name","value":"taxHandling"}},{"kind":"Field","name":{"kind":"Name","value":"supplierLines"}},{"kind":"Field","name":{"kind":"Name","value":"openOrders"}},{"kind":"Field","name":{"kind":"Name","value":"ordersFrom"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"advice"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"employees"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"locked"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"Field","name":{"kind":"Name","value":"registers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"locations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"active"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statusTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"paymentMethodMappings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"changedBy"}},{"kind":"Field","name":{"kind":"Name","value":"paymentType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"paymentTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}}]}}]} as unknown as DocumentNode<ExportPageQuery, ExportPageQueryVariables>;
export const SaveExportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateExportSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateExportSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveExportMutation, SaveExportMutationVariables>;
export const LightspeedPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LightspeedPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lightspeedLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lightspeedAccountId"}},{"kind":"Field","name":{"kind":"Name","value":"accountName"}},{"kind":"Field","name":{"kind":"Name","value":"employeeName"}},{"kind":"Field","name":{"kind":"Name","value":"connectedBy"}},{"kind":"Field","name":{"kind":"Name","value":"connectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disconnectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reauthSince"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"dripPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"shops"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"syncStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"referenceAsOf"}}]}}]}}]} as unknown as DocumentNode<LightspeedPageQuery, LightspeedPageQueryVariables>;
export const ConnectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Connect"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectLightspeedInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connectLightspeed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authorizeUrl"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ConnectMutation, ConnectMutationVariables>;
export const CompleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Complete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lightspeedLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"lightspeedAccountId"}},{"kind":"Field","name":{"kind":"Name","value":"accountName"}},{"kind":"Field","name":{"kind":"Name","value":"employeeName"}},{"kind":"Field","name":{"kind":"Name","value":"connectedBy"}},{"kind":"Field","name":{"kind":"Name","value":"connectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"disconnectedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reauthSince"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<CompleteMutation, CompleteMutationVariables>;
export const DisconnectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Disconnect"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"disconnectLightspeed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"acknowledge"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"EMPTIES_WEBSITE"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lightspeedLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"disconnectedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<DisconnectMutation, DisconnectMutationVariables>;
export const PreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Preview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PreviewSettingsInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"effects"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PreviewEffect"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"previewSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"displayedAfter"}},{"kind":"Field","name":{"kind":"Name","value":"appearing"}},{"kind":"Field","name":{"kind":"Name","value":"disappearing"}},{"kind":"Field","name":{"kind":"Name","value":"emptying"}},{"kind":"Field","name":{"kind":"Name","value":"repricing"}},{"kind":"Field","name":{"kind":"Name","value":"linking"}},{"kind":"Field","name":{"kind":"Name","value":"lowering"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledgements"}},{"kind":"Field","name":{"kind":"Name","value":"items"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"8"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"effects"},"value":{"kind":"Variable","name":{"kind":"Name","value":"effects"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"effects"}},{"kind":"Field","name":{"kind":"Name","value":"item"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lightspeedItemId"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"manufacturerSku"}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"onOrder"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"before"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayed"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"after"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayed"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"reasons"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"blocking"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<PreviewQuery, PreviewQueryVariables>;
export const PricesPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PricesPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pricingSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"regularPriceLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"Field","name":{"kind":"Name","value":"salePriceLevel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"priceLevels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"Field","name":{"kind":"Name","value":"syncStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"referenceAsOf"}}]}}]}}]} as unknown as DocumentNode<PricesPageQuery, PricesPageQueryVariables>;
export const SavePricesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SavePrices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdatePricingSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePricingSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pricingSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SavePricesMutation, SavePricesMutationVariables>;
export const ReadReferencesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReadReferences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshReferenceData"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ReadReferencesMutation, ReadReferencesMutationVariables>;
export const RunsPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunsPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRunWhere"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<RunsPageQuery, RunsPageQueryVariables>;
export const RunPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedAt"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"drift"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lightspeedItemId"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"posItem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<RunPageQuery, RunPageQueryVariables>;
export const SchedulePageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SchedulePage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncSchedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"intervalMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"windowStart"}},{"kind":"Field","name":{"kind":"Name","value":"windowEnd"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}}]}}]}}]} as unknown as DocumentNode<SchedulePageQuery, SchedulePageQueryVariables>;
export const SaveScheduleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveSchedule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateSyncScheduleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateSyncSchedule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncSchedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveScheduleMutation, SaveScheduleMutationVariables>;
export const ShownPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShownPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"onOrder"}},{"kind":"Field","name":{"kind":"Name","value":"reorder"}},{"kind":"Field","name":{"kind":"Name","value":"costBasis"}},{"kind":"Field","name":{"kind":"Name","value":"requiredIdentifiers"}},{"kind":"Field","name":{"kind":"Name","value":"barcodeLinks"}}]}}]}}]} as unknown as DocumentNode<ShownPageQuery, ShownPageQueryVariables>;
export const SaveShownDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveShown"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateImportSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateImportSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveShownMutation, SaveShownMutationVariables>;
export const StatusPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StatusPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lightspeedLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accountName"}},{"kind":"Field","name":{"kind":"Name","value":"employeeName"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"dripPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"shops"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}},{"kind":"Field","name":{"kind":"Name","value":"stockAsOf"}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"6"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"heldChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsSince"}},{"kind":"Field","name":{"kind":"Name","value":"items"}},{"kind":"Field","name":{"kind":"Name","value":"pricesSince"}},{"kind":"Field","name":{"kind":"Name","value":"prices"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<StatusPageQuery, StatusPageQueryVariables>;
export const SyncNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SyncNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"lastSuccessAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextRunAt"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<SyncNowSubscription, SyncNowSubscriptionVariables>;
export const StartSyncDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartSyncInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startSync"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<StartSyncMutation, StartSyncMutationVariables>;
export const CancelSyncDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelSync"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"syncRunId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<CancelSyncMutation, CancelSyncMutationVariables>;
export const ConfirmSyncDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmSync"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"syncRunId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RunParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RunParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"waitReason"}},{"kind":"Field","name":{"kind":"Name","value":"resumeAt"}},{"kind":"Field","name":{"kind":"Name","value":"displayedBefore"}},{"kind":"Field","name":{"kind":"Name","value":"wouldHide"}},{"kind":"Field","name":{"kind":"Name","value":"cancelRequested"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"chosenItems"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsRead"}},{"kind":"Field","name":{"kind":"Name","value":"itemsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"stockRead"}},{"kind":"Field","name":{"kind":"Name","value":"stockChanged"}},{"kind":"Field","name":{"kind":"Name","value":"shown"}},{"kind":"Field","name":{"kind":"Name","value":"hidden"}},{"kind":"Field","name":{"kind":"Name","value":"issues"}},{"kind":"Field","name":{"kind":"Name","value":"checks"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<ConfirmSyncMutation, ConfirmSyncMutationVariables>;
export const ConfirmHiddenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmHidden"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"count"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmHiddenItems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"expectedCount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"count"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"heldChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsSince"}},{"kind":"Field","name":{"kind":"Name","value":"items"}},{"kind":"Field","name":{"kind":"Name","value":"pricesSince"}},{"kind":"Field","name":{"kind":"Name","value":"prices"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmHiddenMutation, ConfirmHiddenMutationVariables>;
export const ConfirmLowerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmLower"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"count"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmLowerPrices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"expectedCount"},"value":{"kind":"Variable","name":{"kind":"Name","value":"count"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"heldChanges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"itemsSince"}},{"kind":"Field","name":{"kind":"Name","value":"items"}},{"kind":"Field","name":{"kind":"Name","value":"pricesSince"}},{"kind":"Field","name":{"kind":"Name","value":"prices"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmLowerMutation, ConfirmLowerMutationVariables>;
export const StatusesPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StatusesPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}}]}}]} as unknown as DocumentNode<StatusesPageQuery, StatusesPageQueryVariables>;
export const AddStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addStatusType"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<AddStatusMutation, AddStatusMutationVariables>;
export const EditStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EditStatus"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EditStatusTypeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"editStatusType"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusType"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"retired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<EditStatusMutation, EditStatusMutationVariables>;
export const ReorderStatusesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReorderStatuses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reorderStatusTypes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"statusIds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"statusTypes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<ReorderStatusesMutation, ReorderStatusesMutationVariables>;
export const StoresPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StoresPage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"shops"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"Field","name":{"kind":"Name","value":"locations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"reserveStock"}}]}},{"kind":"Field","name":{"kind":"Name","value":"storeMappings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"mappings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"shop"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"location"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]} as unknown as DocumentNode<StoresPageQuery, StoresPageQueryVariables>;
export const SaveMappingsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveMappings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetStoreMappingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setStoreMappings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"storeMappings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveMappingsMutation, SaveMappingsMutationVariables>;
export const SaveReserveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveReserve"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateReserveStockInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateReserveStock"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<SaveReserveMutation, SaveReserveMutationVariables>;
export const ShellDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Shell"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}},{"kind":"Field","name":{"kind":"Name","value":"site"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lightspeedLink"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"accountName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"setup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"blocking"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"setting"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"setting"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"firstAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}},{"kind":"Field","name":{"kind":"Name","value":"dismissedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"exportCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"states"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ready"}},{"kind":"Field","name":{"kind":"Name","value":"refundOpen"}}]}},{"kind":"Field","name":{"kind":"Name","value":"diagnosisSummary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"displayed"}},{"kind":"Field","name":{"kind":"Name","value":"notDisplayed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reviewQueue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<ShellQuery, ShellQueryVariables>;
export const SetupChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SetupChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setupChanged"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"blocking"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"setting"}}]}}]}}]}}]} as unknown as DocumentNode<SetupChangedSubscription, SetupChangedSubscriptionVariables>;