-- Modify "pos_items" table
ALTER TABLE "pos_items" ADD COLUMN "reason_bits" bigint NOT NULL DEFAULT 0, ADD COLUMN "in_stock" boolean NOT NULL DEFAULT false;
-- The reasons that are stored already, as bits: the lower of the code, the upper if it blocks
UPDATE "pos_items" SET "reason_bits" = (SELECT COALESCE(SUM(c.bit + CASE WHEN (r.reason->>'blocking')::boolean THEN c.bit * 4294967296 ELSE 0 END), 0)::bigint FROM jsonb_array_elements("reasons") AS r(reason) JOIN (VALUES ('ARCHIVED', 1::bigint), ('NOT_IN_CATALOGUE', 2), ('MATCH_CONFLICT', 4), ('NO_COST', 8), ('NO_MSRP', 16), ('NO_IDENTIFIER', 32), ('NO_GTIN', 64), ('INVALID_UPC', 128), ('INVALID_EAN', 256), ('NO_MPN', 512), ('NO_BRAND', 1024), ('NO_MAPPED_SHOP', 2048), ('NO_RULE_ENABLED', 4096), ('NO_RULE_MET', 8192)) AS c(code, bit) ON c.code = r.reason->>'code') WHERE jsonb_typeof("reasons") = 'array';
-- What is in stock in a mapped shop
UPDATE "pos_items" SET "in_stock" = true WHERE EXISTS (SELECT 1 FROM "shop_stocks" AS s JOIN "shops" AS h ON h.site_id = s.site_id AND h.lightspeed_id = s.lightspeed_shop_id AND NOT h.archived JOIN "store_mappings" AS m ON m.shop_id = h.id JOIN "locations" AS l ON l.id = m.location_id AND l.active WHERE s.item_id = "pos_items".id AND s.on_hand > 0);
-- Create index "positem_site_id_brand" to table: "pos_items"
CREATE INDEX "positem_site_id_brand" ON "pos_items" ("site_id", "brand");
-- Create index "positem_site_id_reason_bits" to table: "pos_items"
CREATE INDEX "positem_site_id_reason_bits" ON "pos_items" ("site_id", "reason_bits", "displayed", "in_stock", "match_state", "archived");
