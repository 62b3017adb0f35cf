-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_products" table
CREATE TABLE `new_products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `mpn` text NOT NULL DEFAULT (''), `gtin1` text NOT NULL DEFAULT (''), `gtin2` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `price` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `sale_start_date` text NOT NULL DEFAULT (''), `sale_end_date` text NOT NULL DEFAULT (''), `gtin1_code` text NOT NULL DEFAULT (''), `gtin2_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_pending` bool NOT NULL DEFAULT (true), `stale_codes` json NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "products" to new temporary table "new_products"
INSERT INTO `new_products` (`id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `gtin1_code`, `gtin2_code`, `mpn_key`, `content_hash`, `match_pending`, `stale_codes`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `gtin1_code`, `gtin2_code`, `mpn_key`, `content_hash`, `match_pending`, `stale_codes`, `site_id` FROM `products`;
-- Drop "products" table after copying rows
DROP TABLE `products`;
-- Rename temporary table "new_products" to "products"
ALTER TABLE `new_products` RENAME TO `products`;
-- Create index "product_site_id_key" to table: "products"
CREATE UNIQUE INDEX `product_site_id_key` ON `products` (`site_id`, `key`);
-- Create index "product_site_id_gtin1_code" to table: "products"
CREATE INDEX `product_site_id_gtin1_code` ON `products` (`site_id`, `gtin1_code`);
-- Create index "product_site_id_gtin2_code" to table: "products"
CREATE INDEX `product_site_id_gtin2_code` ON `products` (`site_id`, `gtin2_code`);
-- Create index "product_site_id_mpn_key" to table: "products"
CREATE INDEX `product_site_id_mpn_key` ON `products` (`site_id`, `mpn_key`);
-- Create index "product_site_id_match_pending" to table: "products"
CREATE INDEX `product_site_id_match_pending` ON `products` (`site_id`, `match_pending`);
-- Create index "product_site_id_name" to table: "products"
CREATE INDEX `product_site_id_name` ON `products` (`site_id`, `name`);
-- Create "pricing_settings" table
CREATE TABLE `pricing_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `enabled` bool NOT NULL, `revision` integer NOT NULL DEFAULT (1), `enabled_revision` integer NOT NULL DEFAULT (1), `regular_level_revision` integer NOT NULL DEFAULT (1), `sale_level_revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `regular_level_id` text NULL, `sale_level_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pricing_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pricing_settings_price_levels_regular_level` FOREIGN KEY (`regular_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL, CONSTRAINT `pricing_settings_price_levels_sale_level` FOREIGN KEY (`sale_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL);
-- Create index "pricingsettings_site_id" to table: "pricing_settings"
CREATE UNIQUE INDEX `pricingsettings_site_id` ON `pricing_settings` (`site_id`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
