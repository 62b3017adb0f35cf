-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_export_desks" table
CREATE TABLE `new_export_desks` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `queue_number` integer NOT NULL DEFAULT (0), `sweep_due_at` datetime NULL, `site_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `export_desks_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "export_desks" to new temporary table "new_export_desks"
INSERT INTO `new_export_desks` (`id`, `created_at`, `updated_at`, `sequence`, `queue_number`, `site_id`) SELECT `id`, `created_at`, `updated_at`, `sequence`, `queue_number`, `site_id` FROM `export_desks`;
-- Drop "export_desks" table after copying rows
DROP TABLE `export_desks`;
-- Rename temporary table "new_export_desks" to "export_desks"
ALTER TABLE `new_export_desks` RENAME TO `export_desks`;
-- Create index "exportdesk_site_id" to table: "export_desks"
CREATE UNIQUE INDEX `exportdesk_site_id` ON `export_desks` (`site_id`);
-- Create index "exportdesk_sweep_due_at" to table: "export_desks"
CREATE INDEX `exportdesk_sweep_due_at` ON `export_desks` (`sweep_due_at`);
-- Create "new_order_exports" table
CREATE TABLE `new_order_exports` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `state` text NOT NULL, `trigger` text NOT NULL, `requested_by` text NOT NULL DEFAULT (''), `requested_at` datetime NOT NULL, `sequence` integer NOT NULL DEFAULT (0), `attempts` integer NOT NULL DEFAULT (0), `failures` integer NOT NULL DEFAULT (0), `doubtful` bool NOT NULL DEFAULT (false), `reason_code` text NOT NULL DEFAULT (''), `reason_message` text NOT NULL DEFAULT (''), `due_at` datetime NULL, `lane` integer NOT NULL DEFAULT (0), `queue_number` integer NOT NULL DEFAULT (0), `plan` json NULL, `account_id` text NOT NULL DEFAULT (''), `reference` text NOT NULL DEFAULT (''), `sent` bool NOT NULL DEFAULT (false), `sale_id` integer NOT NULL DEFAULT (0), `ticket_number` text NOT NULL DEFAULT (''), `total` integer NOT NULL DEFAULT (0), `exported_at` datetime NULL, `sweep_due_at` datetime NULL, `site_id` text NOT NULL, `order_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `order_exports_sites_site` FOREIGN KEY (`site_id`) REFERENCES `sites` (`id`) ON DELETE CASCADE, CONSTRAINT `order_exports_web_orders_export` FOREIGN KEY (`order_id`) REFERENCES `web_orders` (`id`) ON DELETE CASCADE);
-- Copy rows from old table "order_exports" to new temporary table "new_order_exports"
INSERT INTO `new_order_exports` (`id`, `created_at`, `updated_at`, `state`, `trigger`, `requested_by`, `requested_at`, `sequence`, `attempts`, `reason_code`, `reason_message`, `due_at`, `lane`, `queue_number`, `plan`, `account_id`, `reference`, `sent`, `sale_id`, `ticket_number`, `total`, `exported_at`, `sweep_due_at`, `site_id`, `order_id`) SELECT `id`, `created_at`, `updated_at`, `state`, `trigger`, `requested_by`, `requested_at`, `sequence`, `attempts`, `reason_code`, `reason_message`, `due_at`, `lane`, `queue_number`, `plan`, `account_id`, `reference`, `sent`, `sale_id`, `ticket_number`, `total`, `exported_at`, `sweep_due_at`, `site_id`, `order_id` FROM `order_exports`;
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
-- Create index "orderexport_due_at" to table: "order_exports"
CREATE INDEX `orderexport_due_at` ON `order_exports` (`due_at`);
-- Create index "orderexport_sweep_due_at" to table: "order_exports"
CREATE INDEX `orderexport_sweep_due_at` ON `order_exports` (`sweep_due_at`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
