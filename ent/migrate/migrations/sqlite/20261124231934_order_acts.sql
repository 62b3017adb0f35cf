-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_order_lines" table
CREATE TABLE `new_order_lines` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `position` integer NOT NULL DEFAULT (0), `kind` text NOT NULL, `product_key` text NOT NULL DEFAULT (''), `description` text NOT NULL, `quantity` integer NOT NULL, `unit_price` integer NOT NULL, `discount` integer NOT NULL DEFAULT (0), `tax` integer NOT NULL DEFAULT (0), `removed` bool NOT NULL DEFAULT (false), `removed_by` text NOT NULL DEFAULT (''), `added_by` text NOT NULL DEFAULT (''), `fulfilled_by` text NOT NULL DEFAULT (''), `fulfilled_quantity` integer NOT NULL DEFAULT (0), `fulfilled_at` datetime NULL, `site_id` text NOT NULL, `product_id` text NULL, `fulfilled_location_id` text NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_lines_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_lines_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_locations_fulfilled_location` FOREIGN KEY (`fulfilled_location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL, CONSTRAINT `order_lines_web_orders_lines` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "order_lines" to new temporary table "new_order_lines"
INSERT INTO `new_order_lines` (`id`, `created_at`, `updated_at`, `key`, `position`, `kind`, `product_key`, `description`, `quantity`, `unit_price`, `discount`, `tax`, `removed`, `added_by`, `fulfilled_by`, `fulfilled_quantity`, `fulfilled_at`, `site_id`, `product_id`, `fulfilled_location_id`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `position`, `kind`, `product_key`, `description`, `quantity`, `unit_price`, `discount`, `tax`, `removed`, `added_by`, `fulfilled_by`, `fulfilled_quantity`, `fulfilled_at`, `site_id`, `product_id`, `fulfilled_location_id`, `order_id` FROM `order_lines`;
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
-- Create index "orderline_order_id" to table: "order_lines"
CREATE INDEX `orderline_order_id` ON `order_lines` (`order_id`);
-- Create index "orderline_product_id" to table: "order_lines"
CREATE INDEX `orderline_product_id` ON `order_lines` (`product_id`);
-- Create index "orderline_fulfilled_location_id" to table: "order_lines"
CREATE INDEX `orderline_fulfilled_location_id` ON `order_lines` (`fulfilled_location_id`);
-- Create "new_order_payments" table
CREATE TABLE `new_order_payments` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `method` text NOT NULL, `amount` integer NOT NULL, `refunded` integer NOT NULL DEFAULT (0), `state` text NOT NULL, `offline` bool NOT NULL DEFAULT (false), `note` text NOT NULL DEFAULT (''), `recorded_by` text NOT NULL DEFAULT (''), `captured_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_payments_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_payments_web_orders_payments` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "order_payments" to new temporary table "new_order_payments"
INSERT INTO `new_order_payments` (`id`, `created_at`, `updated_at`, `key`, `method`, `amount`, `refunded`, `state`, `offline`, `recorded_by`, `captured_at`, `site_id`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `method`, `amount`, `refunded`, `state`, `offline`, `recorded_by`, `captured_at`, `site_id`, `order_id` FROM `order_payments`;
-- Drop "order_payments" table after copying rows
DROP TABLE `order_payments`;
-- Rename temporary table "new_order_payments" to "order_payments"
ALTER TABLE `new_order_payments` RENAME TO `order_payments`;
-- Create index "orderpayment_site_id_order_id_key" to table: "order_payments"
CREATE UNIQUE INDEX `orderpayment_site_id_order_id_key` ON `order_payments` (`site_id`, `order_id`, `key`);
-- Create index "orderpayment_order_id" to table: "order_payments"
CREATE INDEX `orderpayment_order_id` ON `order_payments` (`order_id`);
-- Create "new_web_orders" table
CREATE TABLE `new_web_orders` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `number` text NOT NULL, `placed_at` datetime NOT NULL, `source_status_key` text NOT NULL DEFAULT (''), `cancelled` bool NOT NULL DEFAULT (false), `prices_include_tax` bool NOT NULL DEFAULT (false), `customer_name` text NOT NULL DEFAULT (''), `customer_email` text NOT NULL DEFAULT (''), `customer` json NOT NULL, `note` text NOT NULL DEFAULT (''), `total` integer NOT NULL DEFAULT (0), `captured_total` integer NOT NULL DEFAULT (0), `balance_due` integer NOT NULL DEFAULT (0), `fulfilled` bool NOT NULL DEFAULT (false), `blocker_bits` integer NOT NULL DEFAULT (0), `export_state` text NOT NULL DEFAULT (''), `refund_open` bool NOT NULL DEFAULT (false), `source_version` integer NOT NULL DEFAULT (0), `content_hash` integer NOT NULL DEFAULT (0), `revision` integer NOT NULL DEFAULT (1), `site_id` text NOT NULL, `status_id` text NULL, `pickup_location_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `web_orders_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `web_orders_order_status_status` FOREIGN KEY (`status_id`) REFERENCES `order_status` (`id`) ON DELETE SET NULL, CONSTRAINT `web_orders_locations_pickup_location` FOREIGN KEY (`pickup_location_id`) REFERENCES `locations` (`id`) ON DELETE SET NULL);
-- Copy rows from old table "web_orders" to new temporary table "new_web_orders"
INSERT INTO `new_web_orders` (`id`, `created_at`, `updated_at`, `key`, `number`, `placed_at`, `cancelled`, `prices_include_tax`, `customer_name`, `customer_email`, `customer`, `note`, `total`, `captured_total`, `balance_due`, `fulfilled`, `blocker_bits`, `export_state`, `refund_open`, `source_version`, `content_hash`, `revision`, `site_id`, `status_id`, `pickup_location_id`) SELECT `id`, `created_at`, `updated_at`, `key`, `number`, `placed_at`, `cancelled`, `prices_include_tax`, `customer_name`, `customer_email`, `customer`, `note`, `total`, `captured_total`, `balance_due`, `fulfilled`, `blocker_bits`, `export_state`, `refund_open`, `source_version`, `content_hash`, `revision`, `site_id`, `status_id`, `pickup_location_id` FROM `web_orders`;
-- Drop "web_orders" table after copying rows
DROP TABLE `web_orders`;
-- Rename temporary table "new_web_orders" to "web_orders"
ALTER TABLE `new_web_orders` RENAME TO `web_orders`;
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
