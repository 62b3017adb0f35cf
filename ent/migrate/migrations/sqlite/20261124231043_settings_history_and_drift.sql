-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_pricing_settings" table
CREATE TABLE `new_pricing_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `enabled` bool NOT NULL, `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `regular_level_id` text NULL, `sale_level_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pricing_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pricing_settings_price_levels_regular_level` FOREIGN KEY (`regular_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL, CONSTRAINT `pricing_settings_price_levels_sale_level` FOREIGN KEY (`sale_level_id`) REFERENCES `price_levels` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "pricing_settings" to new temporary table "new_pricing_settings"
INSERT INTO `new_pricing_settings` (`id`, `created_at`, `updated_at`, `enabled`, `revision`, `site_id`, `regular_level_id`, `sale_level_id`) SELECT `id`, `created_at`, `updated_at`, `enabled`, `revision`, `site_id`, `regular_level_id`, `sale_level_id` FROM `pricing_settings`;
-- Drop "pricing_settings" table after copying rows
DROP TABLE `pricing_settings`;
-- Rename temporary table "new_pricing_settings" to "pricing_settings"
ALTER TABLE `new_pricing_settings` RENAME TO `pricing_settings`;
-- Create index "pricingsettings_site_id" to table: "pricing_settings"
CREATE UNIQUE INDEX `pricingsettings_site_id` ON `pricing_settings` (`site_id`);
-- Add column "full_started_at" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `full_started_at` datetime NULL;
-- Add column "clock_back_at" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `clock_back_at` datetime NULL;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
