-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_import_settings" table
CREATE TABLE `new_import_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `on_hand` bool NOT NULL, `on_order` bool NOT NULL, `reorder` bool NOT NULL, `cost_basis` text NOT NULL, `required_identifiers` text NOT NULL, `barcode_links` text NOT NULL DEFAULT ('CONFIRMED'), `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `import_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "import_settings" to new temporary table "new_import_settings"
INSERT INTO `new_import_settings` (`id`, `created_at`, `updated_at`, `on_hand`, `on_order`, `reorder`, `cost_basis`, `required_identifiers`, `revision`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `on_hand`, `on_order`, `reorder`, `cost_basis`, `required_identifiers`, `revision`, `site_id` FROM `import_settings`;
-- Drop "import_settings" table after copying rows
DROP TABLE `import_settings`;
-- Rename temporary table "new_import_settings" to "import_settings"
ALTER TABLE `new_import_settings` RENAME TO `import_settings`;
-- Create index "importsettings_site_id" to table: "import_settings"
CREATE UNIQUE INDEX `importsettings_site_id` ON `import_settings` (`site_id`);
-- Create "new_payment_types" table
CREATE TABLE `new_payment_types` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `name` text NOT NULL, `archived` bool NOT NULL DEFAULT (false), `kind` text NOT NULL DEFAULT (''), `requires_customer` bool NOT NULL DEFAULT (false), `code` text NOT NULL DEFAULT (''), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_types_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "payment_types" to new temporary table "new_payment_types"
INSERT INTO `new_payment_types` (`id`, `created_at`, `updated_at`, `lightspeed_id`, `name`, `archived`, `kind`, `requires_customer`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `lightspeed_id`, `name`, `archived`, `kind`, `requires_customer`, `site_id` FROM `payment_types`;
-- Drop "payment_types" table after copying rows
DROP TABLE `payment_types`;
-- Rename temporary table "new_payment_types" to "payment_types"
ALTER TABLE `new_payment_types` RENAME TO `payment_types`;
-- Create index "paymenttype_site_id_lightspeed_id" to table: "payment_types"
CREATE UNIQUE INDEX `paymenttype_site_id_lightspeed_id` ON `payment_types` (`site_id`, `lightspeed_id`);
-- Create "new_pos_items" table
CREATE TABLE `new_pos_items` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `lightspeed_id` integer NOT NULL, `system_sku` text NOT NULL DEFAULT (''), `description` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `upc` text NOT NULL DEFAULT (''), `ean` text NOT NULL DEFAULT (''), `custom_sku` text NOT NULL DEFAULT (''), `manufacturer_sku` text NOT NULL DEFAULT (''), `default_cost` integer NOT NULL DEFAULT (0), `msrp` integer NOT NULL DEFAULT (0), `prices` json NULL, `archived` bool NOT NULL DEFAULT (false), `item_kind` text NOT NULL DEFAULT ('DEFAULT'), `size` text NOT NULL DEFAULT (''), `color` text NOT NULL DEFAULT (''), `components` json NULL, `upc_code` text NOT NULL DEFAULT (''), `ean_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `search_text` text NOT NULL DEFAULT (''), `match_state` text NOT NULL DEFAULT ('LACKING_CODES'), `match_basis` text NOT NULL DEFAULT (''), `candidate_ids` json NULL, `rival_ids` json NULL, `match_reason` text NOT NULL DEFAULT (''), `set_aside_at` datetime NULL, `set_aside_by` text NOT NULL DEFAULT (''), `match_wanted_at` datetime NULL, `displayed` bool NOT NULL DEFAULT (false), `reason_bits` integer NOT NULL DEFAULT (0), `in_stock` bool NOT NULL DEFAULT (false), `lost_at` datetime NULL, `display_held` bool NOT NULL DEFAULT (false), `held_prices` json NULL, `site_id` text NOT NULL, `product_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `pos_items_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `pos_items_products_pos_item` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "pos_items" to new temporary table "new_pos_items"
INSERT INTO `new_pos_items` (`id`, `created_at`, `updated_at`, `lightspeed_id`, `system_sku`, `description`, `brand`, `category`, `upc`, `ean`, `custom_sku`, `manufacturer_sku`, `default_cost`, `msrp`, `prices`, `archived`, `upc_code`, `ean_code`, `mpn_key`, `content_hash`, `search_text`, `match_state`, `match_basis`, `candidate_ids`, `rival_ids`, `match_wanted_at`, `displayed`, `reason_bits`, `in_stock`, `site_id`, `product_id`) SELECT `id`, `created_at`, `updated_at`, `lightspeed_id`, `system_sku`, `description`, `brand`, `category`, `upc`, `ean`, `custom_sku`, `manufacturer_sku`, `default_cost`, `msrp`, `prices`, `archived`, `upc_code`, `ean_code`, `mpn_key`, `content_hash`, `search_text`, `match_state`, `match_basis`, `candidate_ids`, `rival_ids`, `match_wanted_at`, `displayed`, `reason_bits`, `in_stock`, `site_id`, `product_id` FROM `pos_items`;
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
-- Create index "positem_conflict" to table: "pos_items"
CREATE INDEX `positem_conflict` ON `pos_items` (`site_id`, `id`) WHERE match_state = 'CONFLICT';
-- Create index "positem_match_reason" to table: "pos_items"
CREATE INDEX `positem_match_reason` ON `pos_items` (`site_id`, `match_reason`, `id`) WHERE match_reason <> '';
-- Create index "positem_lost" to table: "pos_items"
CREATE INDEX `positem_lost` ON `pos_items` (`site_id`, `lost_at`) WHERE lost_at IS NOT NULL;
-- Create index "positem_held" to table: "pos_items"
CREATE INDEX `positem_held` ON `pos_items` (`site_id`) WHERE display_held OR held_prices IS NOT NULL;
-- Create index "positem_match_wanted" to table: "pos_items"
CREATE INDEX `positem_match_wanted` ON `pos_items` (`site_id`) WHERE match_wanted_at IS NOT NULL;
-- Create index "positem_site_id_description" to table: "pos_items"
CREATE INDEX `positem_site_id_description` ON `pos_items` (`site_id`, `description`);
-- Create index "positem_site_id_brand" to table: "pos_items"
CREATE INDEX `positem_site_id_brand` ON `pos_items` (`site_id`, `brand`);
-- Create index "positem_search" to table: "pos_items"
CREATE INDEX `positem_search` ON `pos_items` (`site_id`, `search_text`, `id`);
-- Create index "positem_site_id_reason_bits" to table: "pos_items"
CREATE INDEX `positem_site_id_reason_bits` ON `pos_items` (`site_id`, `reason_bits`, `displayed`, `in_stock`, `match_state`, `archived`);
-- Create "new_match_decisions" table
CREATE TABLE `new_match_decisions` (`id` text NOT NULL, `verdict` text NOT NULL, `decided_by` text NOT NULL, `batch_id` text NOT NULL DEFAULT (''), `decided_at` datetime NOT NULL, `site_id` text NOT NULL, `item_id` text NOT NULL, `product_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `match_decisions_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `match_decisions_pos_items_item` FOREIGN KEY (`item_id`) REFERENCES `pos_items` (`id`) ON DELETE CASCADE, CONSTRAINT `match_decisions_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "match_decisions" to new temporary table "new_match_decisions"
INSERT INTO `new_match_decisions` (`id`, `verdict`, `decided_by`, `decided_at`, `site_id`, `item_id`, `product_id`) SELECT `id`, `verdict`, `decided_by`, `decided_at`, `site_id`, `item_id`, `product_id` FROM `match_decisions`;
-- Drop "match_decisions" table after copying rows
DROP TABLE `match_decisions`;
-- Rename temporary table "new_match_decisions" to "match_decisions"
ALTER TABLE `new_match_decisions` RENAME TO `match_decisions`;
-- Create index "matchdecision_site_id_item_id_product_id" to table: "match_decisions"
CREATE UNIQUE INDEX `matchdecision_site_id_item_id_product_id` ON `match_decisions` (`site_id`, `item_id`, `product_id`);
-- Create index "matchdecision_site_id_product_id" to table: "match_decisions"
CREATE INDEX `matchdecision_site_id_product_id` ON `match_decisions` (`site_id`, `product_id`);
-- Create index "matchdecision_linked_item" to table: "match_decisions"
CREATE UNIQUE INDEX `matchdecision_linked_item` ON `match_decisions` (`site_id`, `item_id`) WHERE verdict = 'LINK';
-- Create index "matchdecision_linked_product" to table: "match_decisions"
CREATE UNIQUE INDEX `matchdecision_linked_product` ON `match_decisions` (`site_id`, `product_id`) WHERE verdict = 'LINK';
-- Create index "matchdecision_site_id_batch_id" to table: "match_decisions"
CREATE INDEX `matchdecision_site_id_batch_id` ON `match_decisions` (`site_id`, `batch_id`) WHERE batch_id <> '';
-- Create index "matchdecision_item_id" to table: "match_decisions"
CREATE INDEX `matchdecision_item_id` ON `match_decisions` (`item_id`);
-- Create index "matchdecision_product_id" to table: "match_decisions"
CREATE INDEX `matchdecision_product_id` ON `match_decisions` (`product_id`);
-- Create "new_products" table
CREATE TABLE `new_products` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `brand` text NOT NULL DEFAULT (''), `mpn` text NOT NULL DEFAULT (''), `gtin1` text NOT NULL DEFAULT (''), `gtin2` text NOT NULL DEFAULT (''), `category` text NOT NULL DEFAULT (''), `variant_size` text NOT NULL DEFAULT (''), `variant_color` text NOT NULL DEFAULT (''), `price` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `sale_start_date` text NOT NULL DEFAULT (''), `sale_end_date` text NOT NULL DEFAULT (''), `gtin1_code` text NOT NULL DEFAULT (''), `gtin2_code` text NOT NULL DEFAULT (''), `mpn_key` text NOT NULL DEFAULT (''), `brand_key` text NOT NULL DEFAULT (''), `held_price` integer NULL, `search_text` text NOT NULL DEFAULT (''), `content_hash` integer NOT NULL DEFAULT (0), `match_pending` bool NOT NULL DEFAULT (true), `stale_codes` json NULL, `feed_sequence` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "products" to new temporary table "new_products"
INSERT INTO `new_products` (`id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `search_text`, `content_hash`, `match_pending`, `stale_codes`, `feed_sequence`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `name`, `brand`, `mpn`, `gtin1`, `gtin2`, `category`, `price`, `active`, `sale_start_date`, `sale_end_date`, `gtin1_code`, `gtin2_code`, `mpn_key`, `search_text`, `content_hash`, `match_pending`, `stale_codes`, `feed_sequence`, `site_id` FROM `products`;
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
-- Create index "product_site_id_brand_key" to table: "products"
CREATE INDEX `product_site_id_brand_key` ON `products` (`site_id`, `brand_key`) WHERE brand_key <> '';
-- Create index "product_price_held" to table: "products"
CREATE INDEX `product_price_held` ON `products` (`site_id`) WHERE held_price IS NOT NULL;
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
-- Create index "product_match_pending" to table: "products"
CREATE INDEX `product_match_pending` ON `products` (`site_id`) WHERE match_pending;
-- Create "new_alerts" table
CREATE TABLE `new_alerts` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `cause` text NOT NULL, `code` text NOT NULL, `message` text NOT NULL, `setting` text NOT NULL DEFAULT (''), `count` integer NOT NULL DEFAULT (1), `first_at` datetime NOT NULL, `last_at` datetime NOT NULL, `resolved_at` datetime NULL, `dismissed_at` datetime NULL, `dismissed_by` text NOT NULL DEFAULT (''), `dismiss_reason` text NOT NULL DEFAULT (''), `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `alerts_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "alerts" to new temporary table "new_alerts"
INSERT INTO `new_alerts` (`id`, `created_at`, `updated_at`, `cause`, `code`, `message`, `setting`, `count`, `first_at`, `last_at`, `resolved_at`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `cause`, `code`, `message`, `setting`, `count`, `first_at`, `last_at`, `resolved_at`, `site_id` FROM `alerts`;
-- Drop "alerts" table after copying rows
DROP TABLE `alerts`;
-- Rename temporary table "new_alerts" to "alerts"
ALTER TABLE `new_alerts` RENAME TO `alerts`;
-- Create index "alert_site_id_cause" to table: "alerts"
CREATE UNIQUE INDEX `alert_site_id_cause` ON `alerts` (`site_id`, `cause`);
-- Create index "alert_site_id_resolved_at" to table: "alerts"
CREATE INDEX `alert_site_id_resolved_at` ON `alerts` (`site_id`, `resolved_at`);
-- Create "new_export_settings" table
CREATE TABLE `new_export_settings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `enabled` bool NOT NULL, `when_fulfilled` bool NOT NULL, `unlinked_lines` text NOT NULL, `tax_handling` text NOT NULL, `supplier_lines` text NOT NULL DEFAULT ('LOWER_STOCK'), `open_orders` text NOT NULL DEFAULT ('DEDUCT'), `orders_from` datetime NULL, `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `employee_id` text NULL, `register_id` text NULL, `status_after_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `export_settings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `export_settings_employees_employee` FOREIGN KEY (`employee_id`) REFERENCES `employees` (`id`) ON DELETE SET NULL, CONSTRAINT `export_settings_registers_register` FOREIGN KEY (`register_id`) REFERENCES `registers` (`id`) ON DELETE SET NULL, CONSTRAINT `export_settings_order_status_status_after` FOREIGN KEY (`status_after_id`) REFERENCES `order_status` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "export_settings" to new temporary table "new_export_settings"
INSERT INTO `new_export_settings` (`id`, `created_at`, `updated_at`, `enabled`, `when_fulfilled`, `unlinked_lines`, `tax_handling`, `revision`, `site_id`, `employee_id`, `register_id`, `status_after_id`) SELECT `id`, `created_at`, `updated_at`, `enabled`, `when_fulfilled`, `unlinked_lines`, `tax_handling`, `revision`, `site_id`, `employee_id`, `register_id`, `status_after_id` FROM `export_settings`;
-- Drop "export_settings" table after copying rows
DROP TABLE `export_settings`;
-- Rename temporary table "new_export_settings" to "export_settings"
ALTER TABLE `new_export_settings` RENAME TO `export_settings`;
-- Create index "exportsettings_site_id" to table: "export_settings"
CREATE UNIQUE INDEX `exportsettings_site_id` ON `export_settings` (`site_id`);
-- Create "new_order_lines" table
CREATE TABLE `new_order_lines` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `position` integer NOT NULL DEFAULT (0), `kind` text NOT NULL, `product_key` text NOT NULL DEFAULT (''), `description` text NOT NULL, `quantity` integer NOT NULL, `unit_price` integer NOT NULL, `discount` integer NOT NULL DEFAULT (0), `tax` integer NOT NULL DEFAULT (0), `removed` bool NOT NULL DEFAULT (false), `removed_by` text NOT NULL DEFAULT (''), `added_by` text NOT NULL DEFAULT (''), `fulfilled_by` text NOT NULL DEFAULT (''), `fulfilled_quantity` integer NOT NULL DEFAULT (0), `fulfilled_at` datetime NULL, `refunded_quantity` integer NOT NULL DEFAULT (0), `held_units` integer NOT NULL DEFAULT (0), `site_id` text NOT NULL, `product_id` text NULL, `fulfilled_location_id` text NULL, `location_id` text NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_lines_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_lines_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_locations_fulfilled_location` FOREIGN KEY (`fulfilled_location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_locations_location` FOREIGN KEY (`location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_web_orders_lines` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "order_lines" to new temporary table "new_order_lines"
INSERT INTO `new_order_lines` (`id`, `created_at`, `updated_at`, `key`, `position`, `kind`, `product_key`, `description`, `quantity`, `unit_price`, `discount`, `tax`, `removed`, `removed_by`, `added_by`, `fulfilled_by`, `fulfilled_quantity`, `fulfilled_at`, `site_id`, `product_id`, `fulfilled_location_id`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `position`, `kind`, `product_key`, `description`, `quantity`, `unit_price`, `discount`, `tax`, `removed`, `removed_by`, `added_by`, `fulfilled_by`, `fulfilled_quantity`, `fulfilled_at`, `site_id`, `product_id`, `fulfilled_location_id`, `order_id` FROM `order_lines`;
-- Drop "order_lines" table after copying rows
DROP TABLE `order_lines`;
-- Rename temporary table "new_order_lines" to "order_lines"
ALTER TABLE `new_order_lines` RENAME TO `order_lines`;
-- Create index "orderline_site_id_order_id_key" to table: "order_lines"
CREATE UNIQUE INDEX `orderline_site_id_order_id_key` ON `order_lines` (`site_id`, `order_id`, `key`);
-- Create index "orderline_site_id_product_id" to table: "order_lines"
CREATE INDEX `orderline_site_id_product_id` ON `order_lines` (`site_id`, `product_id`);
-- Create index "orderline_unknown_product" to table: "order_lines"
CREATE INDEX `orderline_unknown_product` ON `order_lines` (`site_id`, `product_key`) WHERE product_id IS NULL;
-- Create index "orderline_held" to table: "order_lines"
CREATE INDEX `orderline_held` ON `order_lines` (`site_id`, `product_id`) WHERE held_units > 0;
-- Create index "orderline_order_id" to table: "order_lines"
CREATE INDEX `orderline_order_id` ON `order_lines` (`order_id`);
-- Create index "orderline_product_id" to table: "order_lines"
CREATE INDEX `orderline_product_id` ON `order_lines` (`product_id`);
-- Create index "orderline_fulfilled_location_id" to table: "order_lines"
CREATE INDEX `orderline_fulfilled_location_id` ON `order_lines` (`fulfilled_location_id`);
-- Create index "orderline_location_id" to table: "order_lines"
CREATE INDEX `orderline_location_id` ON `order_lines` (`location_id`);
-- Add column "shipping_address" to table: "web_orders"
ALTER TABLE `web_orders` ADD COLUMN `shipping_address` json NULL;
-- Add column "stated_total" to table: "web_orders"
ALTER TABLE `web_orders` ADD COLUMN `stated_total` integer NULL;
-- Add column "display_held_since" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `display_held_since` datetime NULL;
-- Add column "display_confirmed_at" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `display_confirmed_at` datetime NULL;
-- Add column "prices_held_since" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `prices_held_since` datetime NULL;
-- Add column "prices_confirmed_at" to table: "sync_states"
ALTER TABLE `sync_states` ADD COLUMN `prices_confirmed_at` datetime NULL;
-- Create "new_order_exports" table
CREATE TABLE `new_order_exports` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state` text NOT NULL, `trigger` text NOT NULL, `requested_by` text NOT NULL DEFAULT (''), `requested_at` datetime NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `attempts` integer NOT NULL DEFAULT (0), `let_go` integer NOT NULL DEFAULT (0), `failures` integer NOT NULL DEFAULT (0), `doubtful` bool NOT NULL DEFAULT (false), `reason_code` text NOT NULL DEFAULT (''), `reason_message` text NOT NULL DEFAULT (''), `due_at` datetime NULL, `lane` integer NOT NULL DEFAULT (0), `queue_number` integer NOT NULL DEFAULT (0), `plan` json NULL, `account_id` text NOT NULL DEFAULT (''), `reference` text NOT NULL DEFAULT (''), `sent` bool NOT NULL DEFAULT (false), `sale_id` integer NOT NULL DEFAULT (0), `ticket_number` text NOT NULL DEFAULT (''), `customer_id` integer NOT NULL DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `exported_at` datetime NULL, `sale_checked_at` datetime NULL, `sweep_due_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_exports_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_exports_web_orders_export` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "order_exports" to new temporary table "new_order_exports"
INSERT INTO `new_order_exports` (`id`, `created_at`, `updated_at`, `state`, `trigger`, `requested_by`, `requested_at`, `sequence`, `attempts`, `let_go`, `failures`, `doubtful`, `reason_code`, `reason_message`, `due_at`, `lane`, `queue_number`, `plan`, `account_id`, `reference`, `sent`, `sale_id`, `ticket_number`, `total`, `exported_at`, `sweep_due_at`, `site_id`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `state`, `trigger`, `requested_by`, `requested_at`, `sequence`, `attempts`, `let_go`, `failures`, `doubtful`, `reason_code`, `reason_message`, `due_at`, `lane`, `queue_number`, `plan`, `account_id`, `reference`, `sent`, `sale_id`, `ticket_number`, `total`, `exported_at`, `sweep_due_at`, `site_id`, `order_id` FROM `order_exports`;
-- Drop "order_exports" table after copying rows
DROP TABLE `order_exports`;
-- Rename temporary table "new_order_exports" to "order_exports"
ALTER TABLE `new_order_exports` RENAME TO `order_exports`;
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
-- Create index "orderexport_site_id_exported_at" to table: "order_exports"
CREATE INDEX `orderexport_site_id_exported_at` ON `order_exports` (`site_id`, `exported_at`) WHERE exported_at IS NOT NULL;
-- Create index "orderexport_due_at" to table: "order_exports"
CREATE INDEX `orderexport_due_at` ON `order_exports` (`due_at`);
-- Create index "orderexport_sweep_due_at" to table: "order_exports"
CREATE INDEX `orderexport_sweep_due_at` ON `order_exports` (`sweep_due_at`);
-- Create "client_mutations" table
CREATE TABLE `client_mutations` (`id` text NOT NULL, `mutation` text NOT NULL, `key` text NOT NULL, `input_hash` text NOT NULL, `answer` text NOT NULL DEFAULT (''), `created_at` datetime NOT NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `client_mutations_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Create index "clientmutation_site_id_mutation_key" to table: "client_mutations"
CREATE UNIQUE INDEX `clientmutation_site_id_mutation_key` ON `client_mutations` (`site_id`, `mutation`, `key`);
-- Create index "clientmutation_created_at" to table: "client_mutations"
CREATE INDEX `clientmutation_created_at` ON `client_mutations` (`created_at`);
-- Create "order_notices" table
CREATE TABLE `order_notices` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `code` text NOT NULL, `params` json NULL, `raised_at` datetime NOT NULL, `acknowledged_at` datetime NULL, `acknowledged_by` text NOT NULL DEFAULT (''), `resolved_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_notices_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_notices_web_orders_notices` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Create index "ordernotice_site_id_order_id_code" to table: "order_notices"
CREATE UNIQUE INDEX `ordernotice_site_id_order_id_code` ON `order_notices` (`site_id`, `order_id`, `code`);
-- Create index "ordernotice_open" to table: "order_notices"
CREATE INDEX `ordernotice_open` ON `order_notices` (`site_id`, `code`) WHERE acknowledged_at IS NULL AND resolved_at IS NULL;
-- Create index "ordernotice_order_id" to table: "order_notices"
CREATE INDEX `ordernotice_order_id` ON `order_notices` (`order_id`);
-- Create "payment_method_mappings" table
CREATE TABLE `payment_method_mappings` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `method` text NOT NULL, `method_key` text NOT NULL, `changed_by` text NOT NULL DEFAULT (''), `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `payment_type_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_method_mappings_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `payment_method_mappings_payment_types_payment_type` FOREIGN KEY (`payment_type_id`) REFERENCES `payment_types` (`id`) ON DELETE CASCADE);
-- Create index "paymentmethodmapping_site_id_method_key" to table: "payment_method_mappings"
CREATE UNIQUE INDEX `paymentmethodmapping_site_id_method_key` ON `payment_method_mappings` (`site_id`, `method_key`);
-- Create index "paymentmethodmapping_payment_type_id" to table: "payment_method_mappings"
CREATE INDEX `paymentmethodmapping_payment_type_id` ON `payment_method_mappings` (`payment_type_id`);
-- Sites that are older than the setting keep confirming links by barcode, also those that have the import settings' defaults
INSERT INTO `import_settings` (`id`, `created_at`, `updated_at`, `on_hand`, `on_order`, `reorder`, `cost_basis`, `required_identifiers`, `barcode_links`, `revision`, `site_id`) SELECT 'imp_' || substr(`id`, 6), `created_at`, `updated_at`, true, false, false, 'DEFAULT_COST', 'GTIN_OR_MPN', 'CONFIRMED', 1, `id` FROM `sites` WHERE `id` NOT IN (SELECT `site_id` FROM `import_settings`);
-- Exporting that is on was enabled, as far as is known, when its settings were made
UPDATE `export_settings` SET `orders_from` = `created_at` WHERE `enabled`;
-- The tables that were built anew have lost their triggers, and the new one needs some, see the migration settings_revision
CREATE TRIGGER `settings_revision_import_settings_insert` AFTER INSERT ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_import_settings_update` AFTER UPDATE ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_import_settings_delete` AFTER DELETE ON `import_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_insert` AFTER INSERT ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_update` AFTER UPDATE ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_types_delete` AFTER DELETE ON `payment_types` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_insert` AFTER INSERT ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_update` AFTER UPDATE ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_export_settings_delete` AFTER DELETE ON `export_settings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_method_mappings_insert` AFTER INSERT ON `payment_method_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_method_mappings_update` AFTER UPDATE ON `payment_method_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = NEW.`site_id`; END;
CREATE TRIGGER `settings_revision_payment_method_mappings_delete` AFTER DELETE ON `payment_method_mappings` BEGIN UPDATE `sync_states` SET `settings_revision` = `settings_revision` + 1 WHERE `site_id` = OLD.`site_id`; END;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
