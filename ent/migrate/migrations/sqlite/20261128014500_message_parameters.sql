-- Add column "message_parameters" to table: "alerts"
ALTER TABLE `alerts` ADD COLUMN `message_parameters` json NULL;
-- Add column "reason_parameters" to table: "export_events"
ALTER TABLE `export_events` ADD COLUMN `reason_parameters` json NULL;
-- Add column "reason_parameters" to table: "order_exports"
ALTER TABLE `order_exports` ADD COLUMN `reason_parameters` json NULL;
-- Add column "revision" to table: "order_status"
ALTER TABLE `order_status` ADD COLUMN `revision` integer NOT NULL DEFAULT (1);
