-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_pos_items" table
CREATE TABLE `new_pos_items` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `system_sku` text NOT NULL DEFAULT (''), `description` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `upc` text NOT NULL DEFAULT (''), `ean` text NOT NULL DEFAULT (''), `custom_sku` text NOT NULL DEFAULT (''), `manufacturer_sku` text NOT NULL DEFAULT (''), `default_cost` integer NOT NULL DEFAULT (0), `msrp` integer NOT NULL DEFAULT (0), `prices` json NULL, `archived` bool NOT NULL DEFAULT (false), `item_kind` text NOT NULL DEFAULT ('DEFAULT'), `size` text NOT NULL DEFAULT (''), `color` text NOT NULL DEFAULT (''), `components` json NULL, `upc_code` text NOT NULL DEFAULT (''), `ean_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `brand_key` text NOT NULL DEFAULT (''), `name_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `search_text` text NOT NULL DEFAULT (''), `match_state` text NOT NULL DEFAULT ('LACKING_CODES'), `match_basis` text NOT NULL DEFAULT (''), `candidate_ids` json NULL, `rival_ids` json NULL, `match_reason` text NOT NULL DEFAULT (''), `set_aside_at` datetime NULL, `set_aside_by` text NOT NULL DEFAULT (''), `match_wanted_at` datetime NULL, `match_pending` bool NOT NULL DEFAULT (false), `displayed` bool NOT NULL DEFAULT (false), `reason_bits` integer NOT NULL DEFAULT (0), `in_stock` bool NOT NULL DEFAULT (false), `lost_at` datetime NULL, `display_held` bool NOT NULL DEFAULT (false), `held_prices` json NULL, `site_id` text NOT NULL, `product_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pos_items_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pos_items_products_pos_item` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "pos_items" to new temporary table "new_pos_items"
INSERT INTO `new_pos_items` (`id`, `created_at`, `updated_at`, `lightspeed_id`, `system_sku`, `description`, `brand`, `category`, `upc`, `ean`, `custom_sku`, `manufacturer_sku`, `default_cost`, `msrp`, `prices`, `archived`, `item_kind`, `size`, `color`, `components`, `upc_code`, `ean_code`, `mpn_key`, `content_hash`, `search_text`, `match_state`, `match_basis`, `candidate_ids`, `rival_ids`, `match_reason`, `set_aside_at`, `set_aside_by`, `match_wanted_at`, `displayed`, `reason_bits`, `in_stock`, `lost_at`, `display_held`, `held_prices`, `site_id`, `product_id`) SELECT `id`, `created_at`, `updated_at`, `lightspeed_id`, `system_sku`, `description`, `brand`, `category`, `upc`, `ean`, `custom_sku`, `manufacturer_sku`, `default_cost`, `msrp`, `prices`, `archived`, `item_kind`, `size`, `color`, `components`, `upc_code`, `ean_code`, `mpn_key`, `content_hash`, `search_text`, `match_state`, `match_basis`, `candidate_ids`, `rival_ids`, `match_reason`, `set_aside_at`, `set_aside_by`, `match_wanted_at`, `displayed`, `reason_bits`, `in_stock`, `lost_at`, `display_held`, `held_prices`, `site_id`, `product_id` FROM `pos_items`;
-- Drop "pos_items" table after copying rows
DROP TABLE `pos_items`;
-- Rename temporary table "new_pos_items" to "pos_items"
ALTER TABLE `new_pos_items` RENAME TO `pos_items`;
-- Create index "pos_items_product_id_key" to table: "pos_items"
CREATE UNIQUE INDEX `pos_items_product_id_key` ON `pos_items` (`product_id`);
-- Create index "positem_site_id_lightspeed_id" to table: "pos_items"
CREATE UNIQUE INDEX `positem_site_id_lightspeed_id` ON `pos_items` (`site_id`, `lightspeed_id`);
-- Create index "positem_site_id_upc_code" to table: "pos_items"
CREATE INDEX `positem_site_id_upc_code` ON `pos_items` (`site_id`, `upc_code`);
-- Create index "positem_site_id_ean_code" to table: "pos_items"
CREATE INDEX `positem_site_id_ean_code` ON `pos_items` (`site_id`, `ean_code`) WHERE ean_code <> '';
-- Create index "positem_site_id_mpn_key" to table: "pos_items"
CREATE INDEX `positem_site_id_mpn_key` ON `pos_items` (`site_id`, `mpn_key`);
-- Create index "positem_site_id_brand_key" to table: "pos_items"
CREATE INDEX `positem_site_id_brand_key` ON `pos_items` (`site_id`, `brand_key`) WHERE brand_key <> '';
-- Create index "positem_site_id_name_key" to table: "pos_items"
CREATE INDEX `positem_site_id_name_key` ON `pos_items` (`site_id`, `name_key`) WHERE name_key <> '';
-- Create index "positem_site_id_description" to table: "pos_items"
CREATE INDEX `positem_site_id_description` ON `pos_items` (`site_id`, `description`);
-- Create index "positem_site_id_brand" to table: "pos_items"
CREATE INDEX `positem_site_id_brand` ON `pos_items` (`site_id`, `brand`);
-- Create index "positem_search" to table: "pos_items"
CREATE INDEX `positem_search` ON `pos_items` (`site_id`, `search_text`, `id`);
-- Create index "positem_site_id_reason_bits" to table: "pos_items"
CREATE INDEX `positem_site_id_reason_bits` ON `pos_items` (`site_id`, `reason_bits`, `displayed`, `in_stock`, `match_state`, `archived`);
-- Create index "positem_conflict" to table: "pos_items"
CREATE INDEX `positem_conflict` ON `pos_items` (`site_id`, `id`) WHERE match_state = 'CONFLICT';
-- Create index "positem_match_reason" to table: "pos_items"
CREATE INDEX `positem_match_reason` ON `pos_items` (`site_id`, `match_reason`, `id`) WHERE match_reason <> '';
-- Create index "positem_lost" to table: "pos_items"
CREATE INDEX `positem_lost` ON `pos_items` (`site_id`, `lost_at`) WHERE lost_at IS NOT NULL;
-- Create index "positem_held" to table: "pos_items"
CREATE INDEX `positem_held` ON `pos_items` (`site_id`) WHERE display_held OR held_prices IS NOT NULL;
-- Create index "positem_made_of" to table: "pos_items"
CREATE INDEX `positem_made_of` ON `pos_items` (`site_id`) WHERE item_kind IN ('BOX', 'ASSEMBLY', 'SERIALIZED_ASSEMBLY');
-- Create index "positem_match_wanted" to table: "pos_items"
CREATE INDEX `positem_match_wanted` ON `pos_items` (`site_id`) WHERE match_wanted_at IS NOT NULL;
-- Create index "positem_match_pending" to table: "pos_items"
CREATE INDEX `positem_match_pending` ON `pos_items` (`site_id`, `id`) WHERE match_pending;
-- Add column "replaced" to table: "match_decisions"
ALTER TABLE `match_decisions` ADD COLUMN `replaced` json NULL;
-- Create "new_products" table
CREATE TABLE `new_products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `mpn` text NOT NULL DEFAULT (''), `gtin1` text NOT NULL DEFAULT (''), `gtin2` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `variant_size` text NOT NULL DEFAULT (''), `variant_color` text NOT NULL DEFAULT (''), `price` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `sale_start_date` text NOT NULL DEFAULT (''), `sale_end_date` text NOT NULL DEFAULT (''), `gtin1_code` text NOT NULL DEFAULT (''), `gtin2_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `part_key` text NOT NULL DEFAULT (''), `brand_key` text NOT NULL DEFAULT (''), `held_price` integer NULL, `search_text` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_pending` bool NOT NULL DEFAULT (true), `stale_codes` json NULL, `feed_sequence` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "products" to new temporary table "new_products"
INSERT INTO `new_products` (`id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `variant_size`, `variant_color`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `brand_key`, `held_price`, `search_text`, `content_hash`, `match_pending`, `stale_codes`, `feed_sequence`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `variant_size`, `variant_color`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `brand_key`, `held_price`, `search_text`, `content_hash`, `match_pending`, `stale_codes`, `feed_sequence`, `site_id` FROM `products`;
-- Drop "products" table after copying rows
DROP TABLE `products`;
-- Rename temporary table "new_products" to "products"
ALTER TABLE `new_products` RENAME TO `products`;
-- Create index "product_site_id_key" to table: "products"
CREATE UNIQUE INDEX `product_site_id_key` ON `products` (`site_id`, `key`);
-- Create index "product_site_id_gtin1_code" to table: "products"
CREATE INDEX `product_site_id_gtin1_code` ON `products` (`site_id`, `gtin1_code`);
-- Create index "product_site_id_gtin2_code" to table: "products"
CREATE INDEX `product_site_id_gtin2_code` ON `products` (`site_id`, `gtin2_code`) WHERE gtin2_code <> '';
-- Create index "product_site_id_mpn_key" to table: "products"
CREATE INDEX `product_site_id_mpn_key` ON `products` (`site_id`, `mpn_key`);
-- Create index "product_site_id_part_key" to table: "products"
CREATE INDEX `product_site_id_part_key` ON `products` (`site_id`, `part_key`) WHERE part_key <> '';
-- Create index "product_site_id_brand_key" to table: "products"
CREATE INDEX `product_site_id_brand_key` ON `products` (`site_id`, `brand_key`) WHERE brand_key <> '';
-- Create index "product_site_id_name" to table: "products"
CREATE INDEX `product_site_id_name` ON `products` (`site_id`, `name`);
-- Create index "product_site_id_brand" to table: "products"
CREATE INDEX `product_site_id_brand` ON `products` (`site_id`, `brand`);
-- Create index "product_site_id_category" to table: "products"
CREATE INDEX `product_site_id_category` ON `products` (`site_id`, `category`);
-- Create index "product_search" to table: "products"
CREATE INDEX `product_search` ON `products` (`site_id`, `search_text`, `id`);
-- Create index "product_site_id_feed_sequence_key" to table: "products"
CREATE INDEX `product_site_id_feed_sequence_key` ON `products` (`site_id`, `feed_sequence`, `key`);
-- Create index "product_site_id_sale_start_date" to table: "products"
CREATE INDEX `product_site_id_sale_start_date` ON `products` (`site_id`, `sale_start_date`) WHERE sale_start_date <> '';
-- Create index "product_site_id_sale_end_date" to table: "products"
CREATE INDEX `product_site_id_sale_end_date` ON `products` (`site_id`, `sale_end_date`) WHERE sale_end_date <> '';
-- Create index "product_price_held" to table: "products"
CREATE INDEX `product_price_held` ON `products` (`site_id`) WHERE held_price IS NOT NULL;
-- Create index "product_match_pending" to table: "products"
CREATE INDEX `product_match_pending` ON `products` (`site_id`) WHERE match_pending;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
-- The keys of part numbers alone follow from those with the brand
UPDATE `products` SET `part_key` = substr(`mpn_key`, instr(`mpn_key`, '|')) WHERE instr(`mpn_key`, '|') > 0 AND length(`mpn_key`) - instr(`mpn_key`, '|') >= 4;
-- Items get the keys of their brands and names when they are matched again. What match_again asked for is no person's decision, and is not noted like one any more
UPDATE `pos_items` SET `match_pending` = true, `match_wanted_at` = CASE WHEN `match_wanted_at` = `updated_at` THEN NULL ELSE `match_wanted_at` END;
