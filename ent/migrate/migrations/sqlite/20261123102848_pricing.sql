-- Add columns to "products" table
ALTER TABLE `products` ADD COLUMN `sale_start_date` text NOT NULL DEFAULT ('');
ALTER TABLE `products` ADD COLUMN `sale_end_date` text NOT NULL DEFAULT ('');
-- Create "pricing_settings" table
CREATE TABLE `pricing_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `enabled` bool NOT NULL, `revision` integer NOT NULL DEFAULT (1), `enabled_revision` integer NOT NULL DEFAULT (1), `regular_level_revision` integer NOT NULL DEFAULT (1), `sale_level_revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `regular_level_id` text NULL, `sale_level_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pricing_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pricing_settings_price_levels_regular_level` FOREIGN KEY (`regular_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL, CONSTRAINT `pricing_settings_price_levels_sale_level` FOREIGN KEY (`sale_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL);
-- Create index "pricingsettings_site_id" to table: "pricing_settings"
CREATE UNIQUE INDEX `pricingsettings_site_id` ON `pricing_settings` (`site_id`);
