package catalogue

import (
	"possync/ent/positem"
	"possync/ent/product"
	"possync/graph/paging"
)

// itemColumns are what the fields of a PosItem need of its row; TestColumnsOfLists asks for each of them alone. For others a list reads all.
var itemColumns = paging.Columns{
	"__typename": nil, "id": nil,
	"lightspeedItemId": {positem.FieldLightspeedID}, "lightspeedUrl": {positem.FieldLightspeedID},
	"systemSku": {positem.FieldSystemSku}, "description": {positem.FieldDescription}, "brand": {positem.FieldBrand}, "category": {positem.FieldCategory},
	"upc": {positem.FieldUpc}, "ean": {positem.FieldEan}, "customSku": {positem.FieldCustomSku}, "manufacturerSku": {positem.FieldManufacturerSku},
	"defaultCost": {positem.FieldDefaultCost}, "msrp": {positem.FieldMsrp}, "prices": {positem.FieldPrices},
	"variant": {positem.FieldSize, positem.FieldColor}, "archived": {positem.FieldArchived}, "kind": {positem.FieldItemKind},
	"stock":      {positem.FieldLightspeedID, positem.FieldItemKind, positem.FieldComponents},
	"matchState": {positem.FieldMatchState}, "matchBasis": {positem.FieldMatchBasis}, "matchReason": {positem.FieldMatchReason},
	"product":   {positem.FieldProductID, positem.FieldMatchState},
	"diagnosis": {positem.FieldDisplayed, positem.FieldDisplayHeld, positem.FieldReasonBits},
}

// productColumns are the same of a Product. What follows from its item alone needs none.
var productColumns = paging.Columns{
	"__typename": nil, "id": nil, "posItem": nil, "stock": nil, "tracked": nil,
	"key": {product.FieldKey}, "name": {product.FieldName}, "brand": {product.FieldBrand}, "mpn": {product.FieldMpn},
	"gtin1": {product.FieldGtin1}, "gtin2": {product.FieldGtin2}, "category": {product.FieldCategory},
	"variant": {product.FieldVariantSize, product.FieldVariantColor}, "imageUrl": {product.FieldImageURL}, "websiteUrl": {product.FieldWebsiteURL},
	"active": {product.FieldActive}, "price": {product.FieldPrice}, "displayed": {product.FieldActive, product.FieldMatchPending},
	"effectivePrice": {product.FieldPrice, product.FieldHeldPrice, product.FieldSaleStartDate, product.FieldSaleEndDate},
	"createdAt":      {product.FieldCreatedAt}, "updatedAt": {product.FieldUpdatedAt},
}
