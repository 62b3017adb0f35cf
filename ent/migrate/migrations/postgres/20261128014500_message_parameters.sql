-- Modify "alerts" table
ALTER TABLE "alerts" ADD COLUMN "message_parameters" jsonb NULL;
-- Modify "export_events" table
ALTER TABLE "export_events" ADD COLUMN "reason_parameters" jsonb NULL;
-- Modify "order_exports" table
ALTER TABLE "order_exports" ADD COLUMN "reason_parameters" jsonb NULL;
-- Modify "order_status" table
ALTER TABLE "order_status" ADD COLUMN "revision" bigint NOT NULL DEFAULT 1;
