-- Create "connect_attempts" table
CREATE TABLE `connect_attempts` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state_hash` blob NOT NULL, `verifier` blob NOT NULL, `user_id` text NOT NULL, `return_url` text NOT NULL DEFAULT (''), `other_account_acknowledged` bool NOT NULL DEFAULT (false), `expires_at` datetime NOT NULL, `used_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `connect_attempts_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "connectattempt_site_id_expires_at" to table: "connect_attempts"
CREATE INDEX `connectattempt_site_id_expires_at` ON `connect_attempts` (`site_id`, `expires_at`);
-- Create "employees" table
CREATE TABLE `employees` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `locked` bool NOT NULL DEFAULT (false), `lightspeed_shop_id` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `employees_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "employee_site_id_lightspeed_id" to table: "employees"
CREATE UNIQUE INDEX `employee_site_id_lightspeed_id` ON `employees` (`site_id`, `lightspeed_id`);
-- Create "import_settings" table
CREATE TABLE `import_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `on_hand` bool NOT NULL, `on_order` bool NOT NULL, `reorder` bool NOT NULL, `cost_basis` text NOT NULL, `required_identifiers` text NOT NULL, `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `import_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "importsettings_site_id" to table: "import_settings"
CREATE UNIQUE INDEX `importsettings_site_id` ON `import_settings` (`site_id`);
-- Create "lightspeed_links" table
CREATE TABLE `lightspeed_links` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state` text NOT NULL, `account_id` text NOT NULL, `account_name` text NOT NULL DEFAULT (''), `employee_name` text NOT NULL DEFAULT (''), `connected_by` text NOT NULL DEFAULT (''), `connected_at` datetime NULL, `disconnected_at` datetime NULL, `reauth_since` datetime NULL, `access_token` blob NULL, `refresh_token` blob NULL, `access_expires_at` datetime NULL, `token_version` integer NOT NULL DEFAULT (0), `renewal_owner` text NOT NULL DEFAULT (''), `renewal_until` datetime NULL, `budget_level` real NOT NULL DEFAULT (0), `budget_size` real NOT NULL DEFAULT (0), `budget_drip_per_second` real NOT NULL DEFAULT (0), `budget_observed_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `lightspeed_links_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "lightspeedlink_site_id" to table: "lightspeed_links"
CREATE UNIQUE INDEX `lightspeedlink_site_id` ON `lightspeed_links` (`site_id`);
-- Create "locations" table
CREATE TABLE `locations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `locations_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "location_site_id_key" to table: "locations"
CREATE UNIQUE INDEX `location_site_id_key` ON `locations` (`site_id`, `key`);
-- Create "payment_types" table
CREATE TABLE `payment_types` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `kind` text NOT NULL DEFAULT (''), `requires_customer` bool NOT NULL DEFAULT (false), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_types_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "paymenttype_site_id_lightspeed_id" to table: "payment_types"
CREATE UNIQUE INDEX `paymenttype_site_id_lightspeed_id` ON `payment_types` (`site_id`, `lightspeed_id`);
-- Create "pos_items" table
CREATE TABLE `pos_items` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `system_sku` text NOT NULL DEFAULT (''), `description` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `upc` text NOT NULL DEFAULT (''), `ean` text NOT NULL DEFAULT (''), `custom_sku` text NOT NULL DEFAULT (''), `manufacturer_sku` text NOT NULL DEFAULT (''), `default_cost` integer NOT NULL DEFAULT (0), `msrp` integer NOT NULL DEFAULT (0), `prices` json NULL, `archived` bool NOT NULL DEFAULT (false), `upc_code` text NOT NULL DEFAULT (''), `ean_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_state` text NOT NULL DEFAULT ('LACKING_CODES'), `match_basis` text NOT NULL DEFAULT (''), `candidate_ids` json NULL, `displayed` bool NOT NULL DEFAULT (false), `reasons` json NULL, `site_id` text NOT NULL, `product_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pos_items_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pos_items_products_pos_item` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL);
-- Create index "pos_items_product_id_key" to table: "pos_items"
CREATE UNIQUE INDEX `pos_items_product_id_key` ON `pos_items` (`product_id`);
-- Create index "positem_site_id_lightspeed_id" to table: "pos_items"
CREATE UNIQUE INDEX `positem_site_id_lightspeed_id` ON `pos_items` (`site_id`, `lightspeed_id`);
-- Create index "positem_site_id_upc_code" to table: "pos_items"
CREATE INDEX `positem_site_id_upc_code` ON `pos_items` (`site_id`, `upc_code`);
-- Create index "positem_site_id_ean_code" to table: "pos_items"
CREATE INDEX `positem_site_id_ean_code` ON `pos_items` (`site_id`, `ean_code`);
-- Create index "positem_site_id_mpn_key" to table: "pos_items"
CREATE INDEX `positem_site_id_mpn_key` ON `pos_items` (`site_id`, `mpn_key`);
-- Create index "positem_site_id_displayed" to table: "pos_items"
CREATE INDEX `positem_site_id_displayed` ON `pos_items` (`site_id`, `displayed`);
-- Create index "positem_site_id_match_state" to table: "pos_items"
CREATE INDEX `positem_site_id_match_state` ON `pos_items` (`site_id`, `match_state`);
-- Create index "positem_site_id_description" to table: "pos_items"
CREATE INDEX `positem_site_id_description` ON `pos_items` (`site_id`, `description`);
-- Create "pos_labels" table
CREATE TABLE `pos_labels` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `kind` text NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `pos_labels_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "poslabel_site_id_kind_lightspeed_id" to table: "pos_labels"
CREATE UNIQUE INDEX `poslabel_site_id_kind_lightspeed_id` ON `pos_labels` (`site_id`, `kind`, `lightspeed_id`);
-- Create "price_levels" table
CREATE TABLE `price_levels` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `price_levels_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "pricelevel_site_id_lightspeed_id" to table: "price_levels"
CREATE UNIQUE INDEX `pricelevel_site_id_lightspeed_id` ON `price_levels` (`site_id`, `lightspeed_id`);
-- Create "products" table
CREATE TABLE `products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `mpn` text NOT NULL DEFAULT (''), `gtin1` text NOT NULL DEFAULT (''), `gtin2` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `price` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `gtin1_code` text NOT NULL DEFAULT (''), `gtin2_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_pending` bool NOT NULL DEFAULT (true), `stale_codes` json NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
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
-- Create "registers" table
CREATE TABLE `registers` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `lightspeed_shop_id` integer NOT NULL, `open` bool NOT NULL DEFAULT (false), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `registers_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "register_site_id_lightspeed_id" to table: "registers"
CREATE UNIQUE INDEX `register_site_id_lightspeed_id` ON `registers` (`site_id`, `lightspeed_id`);
-- Create "run_events" table
CREATE TABLE `run_events` (`id` text NOT NULL, `sequence` integer NOT NULL, `state` text NOT NULL, `phase` text NOT NULL, `done` integer NOT NULL, `total` integer NULL, `at` datetime NOT NULL, `site_id` text NOT NULL, `run_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `run_events_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `run_events_sync_runs_run` FOREIGN KEY (`run_id`) REFERENCES `sync_runs` (`id`) ON DELETE CASCADE);
-- Create index "runevent_site_id_sequence" to table: "run_events"
CREATE UNIQUE INDEX `runevent_site_id_sequence` ON `run_events` (`site_id`, `sequence`);
-- Create "shops" table
CREATE TABLE `shops` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `time_zone` text NOT NULL DEFAULT (''), `stock_as_of` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `shops_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "shop_site_id_lightspeed_id" to table: "shops"
CREATE UNIQUE INDEX `shop_site_id_lightspeed_id` ON `shops` (`site_id`, `lightspeed_id`);
-- Create "shop_stocks" table
CREATE TABLE `shop_stocks` (`id` text NOT NULL, `lightspeed_item_id` integer NOT NULL, `lightspeed_shop_id` integer NOT NULL, `on_hand` integer NOT NULL, `on_order` integer NOT NULL, `reorder_point` integer NOT NULL, `reorder_level` integer NOT NULL, `updated_at` datetime NOT NULL, `item_id` text NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `shop_stocks_pos_items_stock` FOREIGN KEY (`item_id`) REFERENCES `pos_items` (`id`) ON DELETE CASCADE, CONSTRAINT `shop_stocks_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "shopstock_site_id_lightspeed_item_id_lightspeed_shop_id" to table: "shop_stocks"
CREATE UNIQUE INDEX `shopstock_site_id_lightspeed_item_id_lightspeed_shop_id` ON `shop_stocks` (`site_id`, `lightspeed_item_id`, `lightspeed_shop_id`);
-- Create index "shopstock_item_id" to table: "shop_stocks"
CREATE INDEX `shopstock_item_id` ON `shop_stocks` (`item_id`);
-- Create "sites" table
CREATE TABLE `sites` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `currency_code` text NOT NULL, `time_zone` text NOT NULL, `mapping_revision` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`));
-- Create index "site_key" to table: "sites"
CREATE UNIQUE INDEX `site_key` ON `sites` (`key`);
-- Create "store_mappings" table
CREATE TABLE `store_mappings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `location_id` text NOT NULL, `shop_id` text NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `store_mappings_locations_mapping` FOREIGN KEY (`location_id`) REFERENCES `locations` (`id`) ON DELETE CASCADE, CONSTRAINT `store_mappings_shops_mapping` FOREIGN KEY (`shop_id`) REFERENCES `shops` (`id`) ON DELETE CASCADE, CONSTRAINT `store_mappings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "store_mappings_location_id_key" to table: "store_mappings"
CREATE UNIQUE INDEX `store_mappings_location_id_key` ON `store_mappings` (`location_id`);
-- Create index "store_mappings_shop_id_key" to table: "store_mappings"
CREATE UNIQUE INDEX `store_mappings_shop_id_key` ON `store_mappings` (`shop_id`);
-- Create index "storemapping_site_id" to table: "store_mappings"
CREATE INDEX `storemapping_site_id` ON `store_mappings` (`site_id`);
-- Create "sync_runs" table
CREATE TABLE `sync_runs` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `kind` text NOT NULL, `trigger` text NOT NULL, `state` text NOT NULL, `phase` text NOT NULL, `requested_by` text NOT NULL DEFAULT (''), `sequence` integer NOT NULL DEFAULT (0), `done` integer NOT NULL DEFAULT (0), `total` integer NULL, `items_read` integer NOT NULL DEFAULT (0), `items_changed` integer NOT NULL DEFAULT (0), `stock_read` integer NOT NULL DEFAULT (0), `stock_changed` integer NOT NULL DEFAULT (0), `evaluated` integer NOT NULL DEFAULT (0), `shown` integer NOT NULL DEFAULT (0), `hidden` integer NOT NULL DEFAULT (0), `issues` integer NOT NULL DEFAULT (0), `requests` integer NOT NULL DEFAULT (0), `throttled` integer NOT NULL DEFAULT (0), `wait_reason` text NULL, `resume_at` datetime NULL, `failures` integer NOT NULL DEFAULT (0), `error_code` text NOT NULL DEFAULT (''), `error_message` text NOT NULL DEFAULT (''), `cancel_requested` bool NOT NULL DEFAULT (false), `cursor` text NOT NULL DEFAULT (''), `pos_started_at` datetime NULL, `greatest_stamp` datetime NULL, `started_at` datetime NULL, `finished_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_runs_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "syncrun_site_id_state" to table: "sync_runs"
CREATE INDEX `syncrun_site_id_state` ON `sync_runs` (`site_id`, `state`);
-- Create index "syncrun_site_id_created_at" to table: "sync_runs"
CREATE INDEX `syncrun_site_id_created_at` ON `sync_runs` (`site_id`, `created_at`);
-- Create "sync_schedules" table
CREATE TABLE `sync_schedules` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `interval_minutes` integer NOT NULL, `window_start` integer NOT NULL, `window_end` integer NOT NULL, `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_schedules_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "syncschedule_site_id" to table: "sync_schedules"
CREATE UNIQUE INDEX `syncschedule_site_id` ON `sync_schedules` (`site_id`);
-- Create "sync_states" table
CREATE TABLE `sync_states` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `due_at` datetime NULL, `lease_owner` text NOT NULL DEFAULT (''), `lease_until` datetime NULL, `fence` integer NOT NULL DEFAULT (0), `sequence` integer NOT NULL DEFAULT (0), `next_run_at` datetime NULL, `reference_due_at` datetime NULL, `full_due_at` datetime NULL, `full_completed_at` datetime NULL, `last_success_at` datetime NULL, `items_since` datetime NULL, `stock_since` datetime NULL, `pos_clock` datetime NULL, `evaluation_wanted` integer NOT NULL DEFAULT (0), `evaluation_done` integer NOT NULL DEFAULT (0), `evaluation_cursor` integer NOT NULL DEFAULT (0), `evaluation_running` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_states_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "syncstate_site_id" to table: "sync_states"
CREATE UNIQUE INDEX `syncstate_site_id` ON `sync_states` (`site_id`);
-- Create index "syncstate_due_at" to table: "sync_states"
CREATE INDEX `syncstate_due_at` ON `sync_states` (`due_at`);
-- Create "token_revocations" table
CREATE TABLE `token_revocations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `refresh_token` blob NOT NULL, `sealed_for` text NOT NULL, `attempts` integer NOT NULL DEFAULT (0), `due_at` datetime NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `token_revocations_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "tokenrevocation_due_at" to table: "token_revocations"
CREATE INDEX `tokenrevocation_due_at` ON `token_revocations` (`due_at`);
