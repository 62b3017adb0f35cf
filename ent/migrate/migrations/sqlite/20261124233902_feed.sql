-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Drop index "product_site_id_feed_sequence" from table: "products"
DROP INDEX `product_site_id_feed_sequence`;
-- Create index "product_site_id_feed_sequence_key" to table: "products"
CREATE INDEX `product_site_id_feed_sequence_key` ON `products` (`site_id`, `feed_sequence`, `key`);
-- Create "new_sync_states" table
CREATE TABLE `new_sync_states` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `due_at` datetime NULL, `lease_owner` text NOT NULL DEFAULT (''), `lease_until` datetime NULL, `fence` integer NOT NULL DEFAULT (0), `sequence` integer NOT NULL DEFAULT (0), `next_run_at` datetime NULL, `reference_due_at` datetime NULL, `full_due_at` datetime NULL, `full_completed_at` datetime NULL, `full_started_at` datetime NULL, `clock_back_at` datetime NULL, `last_success_at` datetime NULL, `items_since` datetime NULL, `stock_since` datetime NULL, `pos_clock` datetime NULL, `evaluation_wanted` integer NOT NULL DEFAULT (0), `evaluation_done` integer NOT NULL DEFAULT (0), `evaluation_cursor` integer NOT NULL DEFAULT (0), `evaluation_running` integer NOT NULL DEFAULT (0), `feed_sequence` integer NOT NULL DEFAULT (0), `feed_all_sequence` integer NOT NULL DEFAULT (0), `sales_told_date` text NOT NULL DEFAULT (''), `sales_due_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_states_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "sync_states" to new temporary table "new_sync_states"
INSERT INTO `new_sync_states` (`id`, `created_at`, `updated_at`, `due_at`, `lease_owner`, `lease_until`, `fence`, `sequence`, `next_run_at`, `reference_due_at`, `full_due_at`, `full_completed_at`, `full_started_at`, `clock_back_at`, `last_success_at`, `items_since`, `stock_since`, `pos_clock`, `evaluation_wanted`, `evaluation_done`, `evaluation_cursor`, `evaluation_running`, `feed_sequence`, `sales_told_date`, `sales_due_at`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `due_at`, `lease_owner`, `lease_until`, `fence`, `sequence`, `next_run_at`, `reference_due_at`, `full_due_at`, `full_completed_at`, `full_started_at`, `clock_back_at`, `last_success_at`, `items_since`, `stock_since`, `pos_clock`, `evaluation_wanted`, `evaluation_done`, `evaluation_cursor`, `evaluation_running`, `feed_sequence`, `sales_told_date`, `sales_due_at`, `site_id` FROM `sync_states`;
-- Drop "sync_states" table after copying rows
DROP TABLE `sync_states`;
-- Rename temporary table "new_sync_states" to "sync_states"
ALTER TABLE `new_sync_states` RENAME TO `sync_states`;
-- Create index "syncstate_site_id" to table: "sync_states"
CREATE UNIQUE INDEX `syncstate_site_id` ON `sync_states` (`site_id`);
-- Create index "syncstate_due_at" to table: "sync_states"
CREATE INDEX `syncstate_due_at` ON `sync_states` (`due_at`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
