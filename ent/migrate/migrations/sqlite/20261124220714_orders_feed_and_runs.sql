-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_locations" table
CREATE TABLE `new_locations` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), `reserve` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `locations_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "locations" to new temporary table "new_locations"
INSERT INTO `new_locations` (`id`, `created_at`, `updated_at`, `key`, `name`, `active`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `name`, `active`, `site_id` FROM `locations`;
-- Drop "locations" table after copying rows
DROP TABLE `locations`;
-- Rename temporary table "new_locations" to "locations"
ALTER TABLE `new_locations` RENAME TO `locations`;
-- Create index "location_site_id_key" to table: "locations"
CREATE UNIQUE INDEX `location_site_id_key` ON `locations` (`site_id`, `key`);
-- Create "new_products" table
CREATE TABLE `new_products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `mpn` text NOT NULL DEFAULT (''), `gtin1` text NOT NULL DEFAULT (''), `gtin2` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `price` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `sale_start_date` text NOT NULL DEFAULT (''), `sale_end_date` text NOT NULL DEFAULT (''), `gtin1_code` text NOT NULL DEFAULT (''), `gtin2_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_pending` bool NOT NULL DEFAULT (true), `stale_codes` json NULL, `feed_sequence` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "products" to new temporary table "new_products"
INSERT INTO `new_products` (`id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `content_hash`, `match_pending`, `stale_codes`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `content_hash`, `match_pending`, `stale_codes`, `site_id` FROM `products`;
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
-- Create index "product_site_id_feed_sequence" to table: "products"
CREATE INDEX `product_site_id_feed_sequence` ON `products` (`site_id`, `feed_sequence`);
-- Create index "product_site_id_sale_start_date" to table: "products"
CREATE INDEX `product_site_id_sale_start_date` ON `products` (`site_id`, `sale_start_date`);
-- Create index "product_site_id_sale_end_date" to table: "products"
CREATE INDEX `product_site_id_sale_end_date` ON `products` (`site_id`, `sale_end_date`);
-- Create "new_sync_runs" table
CREATE TABLE `new_sync_runs` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `kind` text NOT NULL, `trigger` text NOT NULL, `state` text NOT NULL, `phase` text NOT NULL, `requested_by` text NOT NULL DEFAULT (''), `sequence` integer NOT NULL DEFAULT (0), `done` integer NOT NULL DEFAULT (0), `total` integer NULL, `items_read` integer NOT NULL DEFAULT (0), `items_changed` integer NOT NULL DEFAULT (0), `stock_read` integer NOT NULL DEFAULT (0), `stock_changed` integer NOT NULL DEFAULT (0), `evaluated` integer NOT NULL DEFAULT (0), `shown` integer NOT NULL DEFAULT (0), `hidden` integer NOT NULL DEFAULT (0), `issues` integer NOT NULL DEFAULT (0), `requests` integer NOT NULL DEFAULT (0), `throttled` integer NOT NULL DEFAULT (0), `wait_reason` text NULL, `resume_at` datetime NULL, `failures` integer NOT NULL DEFAULT (0), `error_code` text NOT NULL DEFAULT (''), `error_message` text NOT NULL DEFAULT (''), `cancel_requested` bool NOT NULL DEFAULT (false), `cursor` text NOT NULL DEFAULT (''), `scope_shop_id` integer NOT NULL DEFAULT (0), `scope_item_ids` json NULL, `displayed_before` integer NULL, `would_hide` integer NOT NULL DEFAULT (0), `confirmed_at` datetime NULL, `confirmed_by` text NOT NULL DEFAULT (''), `drifted` integer NOT NULL DEFAULT (0), `pos_started_at` datetime NULL, `greatest_stamp` datetime NULL, `started_at` datetime NULL, `finished_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_runs_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "sync_runs" to new temporary table "new_sync_runs"
INSERT INTO `new_sync_runs` (`id`, `created_at`, `updated_at`, `kind`, `trigger`, `state`, `phase`, `requested_by`, `sequence`, `done`, `total`, `items_read`, `items_changed`, `stock_read`, `stock_changed`, `evaluated`, `shown`, `hidden`, `issues`, `requests`, `throttled`, `wait_reason`, `resume_at`, `failures`, `error_code`, `error_message`, `cancel_requested`, `cursor`, `pos_started_at`, `greatest_stamp`, `started_at`, `finished_at`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `kind`, `trigger`, `state`, `phase`, `requested_by`, `sequence`, `done`, `total`, `items_read`, `items_changed`, `stock_read`, `stock_changed`, `evaluated`, `shown`, `hidden`, `issues`, `requests`, `throttled`, `wait_reason`, `resume_at`, `failures`, `error_code`, `error_message`, `cancel_requested`, `cursor`, `pos_started_at`, `greatest_stamp`, `started_at`, `finished_at`, `site_id` FROM `sync_runs`;
-- Drop "sync_runs" table after copying rows
DROP TABLE `sync_runs`;
-- Rename temporary table "new_sync_runs" to "sync_runs"
ALTER TABLE `new_sync_runs` RENAME TO `sync_runs`;
-- Create index "syncrun_site_id_state" to table: "sync_runs"
CREATE INDEX `syncrun_site_id_state` ON `sync_runs` (`site_id`, `state`);
-- Create index "syncrun_site_id_created_at" to table: "sync_runs"
CREATE INDEX `syncrun_site_id_created_at` ON `sync_runs` (`site_id`, `created_at`);
-- Create "new_sync_states" table
CREATE TABLE `new_sync_states` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `due_at` datetime NULL, `lease_owner` text NOT NULL DEFAULT (''), `lease_until` datetime NULL, `fence` integer NOT NULL DEFAULT (0), `sequence` integer NOT NULL DEFAULT (0), `next_run_at` datetime NULL, `reference_due_at` datetime NULL, `full_due_at` datetime NULL, `full_completed_at` datetime NULL, `last_success_at` datetime NULL, `items_since` datetime NULL, `stock_since` datetime NULL, `pos_clock` datetime NULL, `evaluation_wanted` integer NOT NULL DEFAULT (0), `evaluation_done` integer NOT NULL DEFAULT (0), `evaluation_cursor` integer NOT NULL DEFAULT (0), `evaluation_running` integer NOT NULL DEFAULT (0), `feed_sequence` integer NOT NULL DEFAULT (0), `sales_told_date` text NOT NULL DEFAULT (''), `sales_due_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sync_states_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "sync_states" to new temporary table "new_sync_states"
INSERT INTO `new_sync_states` (`id`, `created_at`, `updated_at`, `due_at`, `lease_owner`, `lease_until`, `fence`, `sequence`, `next_run_at`, `reference_due_at`, `full_due_at`, `full_completed_at`, `last_success_at`, `items_since`, `stock_since`, `pos_clock`, `evaluation_wanted`, `evaluation_done`, `evaluation_cursor`, `evaluation_running`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `due_at`, `lease_owner`, `lease_until`, `fence`, `sequence`, `next_run_at`, `reference_due_at`, `full_due_at`, `full_completed_at`, `last_success_at`, `items_since`, `stock_since`, `pos_clock`, `evaluation_wanted`, `evaluation_done`, `evaluation_cursor`, `evaluation_running`, `site_id` FROM `sync_states`;
-- Drop "sync_states" table after copying rows
DROP TABLE `sync_states`;
-- Rename temporary table "new_sync_states" to "sync_states"
ALTER TABLE `new_sync_states` RENAME TO `sync_states`;
-- Create index "syncstate_site_id" to table: "sync_states"
CREATE UNIQUE INDEX `syncstate_site_id` ON `sync_states` (`site_id`);
-- Create index "syncstate_due_at" to table: "sync_states"
CREATE INDEX `syncstate_due_at` ON `sync_states` (`due_at`);
-- Create "alerts" table
CREATE TABLE `alerts` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `cause` text NOT NULL, `code` text NOT NULL, `message` text NOT NULL, `setting` text NOT NULL DEFAULT (''), `count` integer NOT NULL DEFAULT (1), `first_at` datetime NOT NULL, `last_at` datetime NOT NULL, `resolved_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `alerts_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "alert_site_id_cause" to table: "alerts"
CREATE UNIQUE INDEX `alert_site_id_cause` ON `alerts` (`site_id`, `cause`);
-- Create index "alert_site_id_resolved_at" to table: "alerts"
CREATE INDEX `alert_site_id_resolved_at` ON `alerts` (`site_id`, `resolved_at`);
-- Create "drifts" table
CREATE TABLE `drifts` (`id` text NOT NULL, `lightspeed_item_id` integer NOT NULL, `lightspeed_shop_id` integer NOT NULL DEFAULT (0), `field` text NOT NULL, `before` text NOT NULL, `after` text NOT NULL, `cause` text NOT NULL, `at` datetime NOT NULL, `site_id` text NOT NULL, `run_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `drifts_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `drifts_sync_runs_run` FOREIGN KEY (`run_id`) REFERENCES `sync_runs` (`id`) ON DELETE CASCADE);
-- Create index "drift_site_id_run_id" to table: "drifts"
CREATE INDEX `drift_site_id_run_id` ON `drifts` (`site_id`, `run_id`);
-- Create index "drift_run_id" to table: "drifts"
CREATE INDEX `drift_run_id` ON `drifts` (`run_id`);
-- Create "export_desks" table
CREATE TABLE `export_desks` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `queue_number` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `export_desks_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "exportdesk_site_id" to table: "export_desks"
CREATE UNIQUE INDEX `exportdesk_site_id` ON `export_desks` (`site_id`);
-- Create "export_events" table
CREATE TABLE `export_events` (`id` text NOT NULL, `sequence` integer NOT NULL, `state` text NOT NULL, `reason_code` text NOT NULL DEFAULT (''), `reason_message` text NOT NULL DEFAULT (''), `at` datetime NOT NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `export_events_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `export_events_web_orders_order` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "exportevent_site_id_sequence" to table: "export_events"
CREATE UNIQUE INDEX `exportevent_site_id_sequence` ON `export_events` (`site_id`, `sequence`);
-- Create index "exportevent_site_id_order_id_sequence" to table: "export_events"
CREATE INDEX `exportevent_site_id_order_id_sequence` ON `export_events` (`site_id`, `order_id`, `sequence`);
-- Create index "exportevent_order_id" to table: "export_events"
CREATE INDEX `exportevent_order_id` ON `export_events` (`order_id`);
-- Create "export_lanes" table
CREATE TABLE `export_lanes` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `register` integer NOT NULL, `due_at` datetime NULL, `lease_owner` text NOT NULL DEFAULT (''), `lease_until` datetime NULL, `fence` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `export_lanes_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "exportlane_site_id_register" to table: "export_lanes"
CREATE UNIQUE INDEX `exportlane_site_id_register` ON `export_lanes` (`site_id`, `register`);
-- Create index "exportlane_due_at" to table: "export_lanes"
CREATE INDEX `exportlane_due_at` ON `export_lanes` (`due_at`);
-- Create "export_settings" table
CREATE TABLE `export_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `enabled` bool NOT NULL, `when_fulfilled` bool NOT NULL, `unlinked_lines` text NOT NULL, `tax_handling` text NOT NULL, `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `employee_id` text NULL, `register_id` text NULL, `status_after_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `export_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `export_settings_employees_employee` FOREIGN KEY (`employee_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL, CONSTRAINT `export_settings_registers_register` FOREIGN KEY (`register_id`) REFERENCES `registers` (`id`) ON DELETE SET NULL, CONSTRAINT `export_settings_order_status_status_after` FOREIGN KEY (`status_after_id`) REFERENCES `order_status` (`id`) ON DELETE SET NULL);
-- Create index "exportsettings_site_id" to table: "export_settings"
CREATE UNIQUE INDEX `exportsettings_site_id` ON `export_settings` (`site_id`);
-- Create "order_exports" table
CREATE TABLE `order_exports` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state` text NOT NULL, `trigger` text NOT NULL, `requested_by` text NOT NULL DEFAULT (''), `requested_at` datetime NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `attempts` integer NOT NULL DEFAULT (0), `reason_code` text NOT NULL DEFAULT (''), `reason_message` text NOT NULL DEFAULT (''), `due_at` datetime NULL, `lane` integer NOT NULL DEFAULT (0), `queue_number` integer NOT NULL DEFAULT (0), `plan` json NULL, `account_id` text NOT NULL DEFAULT (''), `reference` text NOT NULL DEFAULT (''), `sent` bool NOT NULL DEFAULT (false), `sale_id` integer NOT NULL DEFAULT (0), `ticket_number` text NOT NULL DEFAULT (''), `total` integer NOT NULL DEFAULT (0), `exported_at` datetime NULL, `swept_at` datetime NULL, `sweep_due_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_exports_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_exports_web_orders_export` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "order_exports_order_id_key" to table: "order_exports"
CREATE UNIQUE INDEX `order_exports_order_id_key` ON `order_exports` (`order_id`);
-- Create index "orderexport_site_id_state" to table: "order_exports"
CREATE INDEX `orderexport_site_id_state` ON `order_exports` (`site_id`, `state`);
-- Create index "orderexport_site_id_lane_queue_number" to table: "order_exports"
CREATE INDEX `orderexport_site_id_lane_queue_number` ON `order_exports` (`site_id`, `lane`, `queue_number`);
-- Create index "orderexport_site_id_sequence" to table: "order_exports"
CREATE INDEX `orderexport_site_id_sequence` ON `order_exports` (`site_id`, `sequence`);
-- Create index "orderexport_site_id_reference" to table: "order_exports"
CREATE INDEX `orderexport_site_id_reference` ON `order_exports` (`site_id`, `reference`);
-- Create index "orderexport_due_at" to table: "order_exports"
CREATE INDEX `orderexport_due_at` ON `order_exports` (`due_at`);
-- Create index "orderexport_sweep_due_at" to table: "order_exports"
CREATE INDEX `orderexport_sweep_due_at` ON `order_exports` (`sweep_due_at`);
-- Create "order_lines" table
CREATE TABLE `order_lines` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `position` integer NOT NULL DEFAULT (0), `kind` text NOT NULL, `product_key` text NOT NULL DEFAULT (''), `description` text NOT NULL, `quantity` integer NOT NULL, `unit_price` integer NOT NULL, `discount` integer NOT NULL DEFAULT (0), `tax` integer NOT NULL DEFAULT (0), `removed` bool NOT NULL DEFAULT (false), `added_by` text NOT NULL DEFAULT (''), `fulfilled_by` text NOT NULL DEFAULT (''), `fulfilled_quantity` integer NOT NULL DEFAULT (0), `fulfilled_at` datetime NULL, `site_id` text NOT NULL, `product_id` text NULL, `fulfilled_location_id` text NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_lines_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_lines_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_locations_fulfilled_location` FOREIGN KEY (`fulfilled_location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_web_orders_lines` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "orderline_site_id_order_id_key" to table: "order_lines"
CREATE UNIQUE INDEX `orderline_site_id_order_id_key` ON `order_lines` (`site_id`, `order_id`, `key`);
-- Create index "orderline_site_id_product_id" to table: "order_lines"
CREATE INDEX `orderline_site_id_product_id` ON `order_lines` (`site_id`, `product_id`);
-- Create index "orderline_order_id" to table: "order_lines"
CREATE INDEX `orderline_order_id` ON `order_lines` (`order_id`);
-- Create index "orderline_product_id" to table: "order_lines"
CREATE INDEX `orderline_product_id` ON `order_lines` (`product_id`);
-- Create index "orderline_fulfilled_location_id" to table: "order_lines"
CREATE INDEX `orderline_fulfilled_location_id` ON `order_lines` (`fulfilled_location_id`);
-- Create "order_payments" table
CREATE TABLE `order_payments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `method` text NOT NULL, `amount` integer NOT NULL, `refunded` integer NOT NULL DEFAULT (0), `state` text NOT NULL, `offline` bool NOT NULL DEFAULT (false), `recorded_by` text NOT NULL DEFAULT (''), `captured_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_payments_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_payments_web_orders_payments` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "orderpayment_site_id_order_id_key" to table: "order_payments"
CREATE UNIQUE INDEX `orderpayment_site_id_order_id_key` ON `order_payments` (`site_id`, `order_id`, `key`);
-- Create index "orderpayment_order_id" to table: "order_payments"
CREATE INDEX `orderpayment_order_id` ON `order_payments` (`order_id`);
-- Create "order_refunds" table
CREATE TABLE `order_refunds` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `amount` integer NOT NULL, `reason` text NOT NULL DEFAULT (''), `refunded_by` text NOT NULL DEFAULT (''), `refunded_at` datetime NOT NULL, `after_export` bool NOT NULL DEFAULT (false), `done_in_pos_at` datetime NULL, `done_in_pos_by` text NOT NULL DEFAULT (''), `site_id` text NOT NULL, `payment_id` text NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_refunds_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_refunds_order_payments_payment` FOREIGN KEY (`payment_id`) REFERENCES `order_payments` (`id`) ON DELETE SET NULL, CONSTRAINT `order_refunds_web_orders_refunds` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "orderrefund_site_id_order_id_key" to table: "order_refunds"
CREATE UNIQUE INDEX `orderrefund_site_id_order_id_key` ON `order_refunds` (`site_id`, `order_id`, `key`);
-- Create index "orderrefund_order_id" to table: "order_refunds"
CREATE INDEX `orderrefund_order_id` ON `order_refunds` (`order_id`);
-- Create index "orderrefund_payment_id" to table: "order_refunds"
CREATE INDEX `orderrefund_payment_id` ON `order_refunds` (`payment_id`);
-- Create "order_status" table
CREATE TABLE `order_status` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `name_key` text NOT NULL, `position` integer NOT NULL DEFAULT (0), `retired` bool NOT NULL DEFAULT (false), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_status_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "orderstatus_site_id_key" to table: "order_status"
CREATE UNIQUE INDEX `orderstatus_site_id_key` ON `order_status` (`site_id`, `key`);
-- Create index "orderstatus_site_id_name_key" to table: "order_status"
CREATE UNIQUE INDEX `orderstatus_site_id_name_key` ON `order_status` (`site_id`, `name_key`);
-- Create "pos_claims" table
CREATE TABLE `pos_claims` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `kind` text NOT NULL, `key` text NOT NULL, `lightspeed_id` integer NOT NULL DEFAULT (0), `sent` bool NOT NULL DEFAULT (false), `owner` text NOT NULL DEFAULT (''), `held_until` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `pos_claims_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "posclaim_site_id_kind_key" to table: "pos_claims"
CREATE UNIQUE INDEX `posclaim_site_id_kind_key` ON `pos_claims` (`site_id`, `kind`, `key`);
-- Create "register_routes" table
CREATE TABLE `register_routes` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `site_id` text NOT NULL, `location_id` text NOT NULL, `register_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `register_routes_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `register_routes_locations_location` FOREIGN KEY (`location_id`) REFERENCES `locations` (`id`) ON DELETE CASCADE, CONSTRAINT `register_routes_registers_register` FOREIGN KEY (`register_id`) REFERENCES `registers` (`id`) ON DELETE CASCADE);
-- Create index "registerroute_site_id_location_id" to table: "register_routes"
CREATE UNIQUE INDEX `registerroute_site_id_location_id` ON `register_routes` (`site_id`, `location_id`);
-- Create index "registerroute_location_id" to table: "register_routes"
CREATE INDEX `registerroute_location_id` ON `register_routes` (`location_id`);
-- Create index "registerroute_register_id" to table: "register_routes"
CREATE INDEX `registerroute_register_id` ON `register_routes` (`register_id`);
-- Create "setting_changes" table
CREATE TABLE `setting_changes` (`id` text NOT NULL, `setting` text NOT NULL, `revision` integer NOT NULL, `field` text NOT NULL, `before` text NOT NULL, `after` text NOT NULL, `changed_by` text NOT NULL, `changed_at` datetime NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `setting_changes_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "settingchange_site_id_setting_revision" to table: "setting_changes"
CREATE INDEX `settingchange_site_id_setting_revision` ON `setting_changes` (`site_id`, `setting`, `revision`);
-- Create index "settingchange_site_id_changed_at" to table: "setting_changes"
CREATE INDEX `settingchange_site_id_changed_at` ON `setting_changes` (`site_id`, `changed_at`);
-- Create "web_orders" table
CREATE TABLE `web_orders` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `number` text NOT NULL, `placed_at` datetime NOT NULL, `cancelled` bool NOT NULL DEFAULT (false), `prices_include_tax` bool NOT NULL DEFAULT (false), `customer_name` text NOT NULL DEFAULT (''), `customer_email` text NOT NULL DEFAULT (''), `customer` json NOT NULL, `note` text NOT NULL DEFAULT (''), `total` integer NOT NULL DEFAULT (0), `captured_total` integer NOT NULL DEFAULT (0), `balance_due` integer NOT NULL DEFAULT (0), `fulfilled` bool NOT NULL DEFAULT (false), `blocker_bits` integer NOT NULL DEFAULT (0), `export_state` text NOT NULL DEFAULT (''), `refund_open` bool NOT NULL DEFAULT (false), `source_version` integer NOT NULL DEFAULT (0), `content_hash` integer NOT NULL DEFAULT (0), `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `status_id` text NULL, `pickup_location_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `web_orders_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `web_orders_order_status_status` FOREIGN KEY (`status_id`) REFERENCES `order_status` (`id`) ON DELETE SET NULL, CONSTRAINT `web_orders_locations_pickup_location` FOREIGN KEY (`pickup_location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL);
-- Create index "weborder_site_id_key" to table: "web_orders"
CREATE UNIQUE INDEX `weborder_site_id_key` ON `web_orders` (`site_id`, `key`);
-- Create index "weborder_site_id_number" to table: "web_orders"
CREATE UNIQUE INDEX `weborder_site_id_number` ON `web_orders` (`site_id`, `number`);
-- Create index "weborder_site_id_placed_at" to table: "web_orders"
CREATE INDEX `weborder_site_id_placed_at` ON `web_orders` (`site_id`, `placed_at`);
-- Create index "weborder_site_id_status_id_placed_at" to table: "web_orders"
CREATE INDEX `weborder_site_id_status_id_placed_at` ON `web_orders` (`site_id`, `status_id`, `placed_at`);
-- Create index "weborder_site_id_export_state_blocker_bits_placed_at" to table: "web_orders"
CREATE INDEX `weborder_site_id_export_state_blocker_bits_placed_at` ON `web_orders` (`site_id`, `export_state`, `blocker_bits`, `placed_at`);
-- Create index "weborder_site_id_customer_email" to table: "web_orders"
CREATE INDEX `weborder_site_id_customer_email` ON `web_orders` (`site_id`, `customer_email`);
-- Create index "weborder_refund_open" to table: "web_orders"
CREATE INDEX `weborder_refund_open` ON `web_orders` (`site_id`) WHERE refund_open;
-- Create index "weborder_status_id" to table: "web_orders"
CREATE INDEX `weborder_status_id` ON `web_orders` (`status_id`);
-- Create index "weborder_pickup_location_id" to table: "web_orders"
CREATE INDEX `weborder_pickup_location_id` ON `web_orders` (`pickup_location_id`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
