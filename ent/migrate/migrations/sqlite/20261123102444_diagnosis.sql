-- Add columns to table: "pos_items"
ALTER TABLE `pos_items` ADD COLUMN `reason_bits` integer NOT NULL DEFAULT 0;
ALTER TABLE `pos_items` ADD COLUMN `in_stock` bool NOT NULL DEFAULT false;
-- The reasons that are stored already, as bits: the lower of the code, the upper if it blocks
WITH `c`(`code`, `bit`) AS (VALUES ('ARCHIVED', 1), ('NOT_IN_CATALOGUE', 2), ('MATCH_CONFLICT', 4), ('NO_COST', 8), ('NO_MSRP', 16), ('NO_IDENTIFIER', 32), ('NO_GTIN', 64), ('INVALID_UPC', 128), ('INVALID_EAN', 256), ('NO_MPN', 512), ('NO_BRAND', 1024), ('NO_MAPPED_SHOP', 2048), ('NO_RULE_ENABLED', 4096), ('NO_RULE_MET', 8192)) UPDATE `pos_items` SET `reason_bits` = (SELECT COALESCE(SUM(c.bit + CASE WHEN json_extract(r.value, '$.blocking') THEN c.bit * 4294967296 ELSE 0 END), 0) FROM json_each(`pos_items`.`reasons`) AS r JOIN `c` ON c.code = json_extract(r.value, '$.code')) WHERE json_type(`reasons`) = 'array';
-- What is in stock in a mapped shop
UPDATE `pos_items` SET `in_stock` = true WHERE EXISTS (SELECT 1 FROM `shop_stocks` AS s JOIN `shops` AS h ON h.site_id = s.site_id AND h.lightspeed_id = s.lightspeed_shop_id AND NOT h.archived JOIN `store_mappings` AS m ON m.shop_id = h.id JOIN `locations` AS l ON l.id = m.location_id AND l.active WHERE s.item_id = `pos_items`.id AND s.on_hand > 0);
-- Create index "positem_site_id_brand" to table: "pos_items"
CREATE INDEX `positem_site_id_brand` ON `pos_items` (`site_id`, `brand`);
-- Create index "positem_site_id_reason_bits" to table: "pos_items"
CREATE INDEX `positem_site_id_reason_bits` ON `pos_items` (`site_id`, `reason_bits`, `displayed`, `in_stock`, `match_state`, `archived`);
